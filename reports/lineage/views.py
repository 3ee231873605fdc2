"""The page of one figure."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from metrics.addresses import Address, AddressError
from metrics.models import Cell, Dataset, Revision
from metrics.queries import cell_at, expected_indicators
from partnerships.door import roles_today, sign_in_first
from partnerships.models import User
from partnerships.permissions import Permission, agencies_of, permissions_of
from partnerships.stated import kinds
from reports.disclosure import was_public
from reports.editions.queries import published_figures
from reports.lineage import official, page, public
from reports.lineage.stated import stated_figure
from reports.models import PrintedFigure
from reports.queries.observations import observation_of


@require_GET
def figure(request: HttpRequest, address: str) -> HttpResponseBase:
    """Where a figure comes from. Public where its source is; else for who may read it.

    Of a figure that a published report prints, everybody sees what was printed, and where.
    `@3` at the end of the address shows the third version, whichever one counts now.
    """
    if address.partition(":")[0] in kinds():
        return stated_figure(request, address)
    cell, revision = _found(address)
    names = cell is not None and _may_read_true_values(request, cell)
    if cell is None or revision is None or not (names or _is_public(cell, revision)):
        printed = published_figures(address) if cell else []
        if cell is not None and printed:
            return _printed(request, cell, printed)
        if not request.user.is_authenticated:
            return sign_in_first(request)  # the same for what is not there and what is not theirs
        if cell is not None and not names and _has_a_role(request, cell):
            raise PermissionDenied
        raise Http404
    return _page(request, cell, revision, names=names)


def _page(request: HttpRequest, cell: Cell, revision: Revision, *, names: bool) -> HttpResponse:
    whole = names or _is_public_throughout(cell)

    def may_be_read(other: Cell, counts: Revision) -> bool:
        return names or _is_public(other, counts)

    context = {
        "cell": cell,
        "partnership": cell.dataset.owner,
        "trail": [("Figures", ""), (cell.indicator.name, "")],
        "headline": page.headline(cell, revision),
        "superseded": revision.pk != cell.approved_id,
        "what": page.what_it_is(cell, revision),
        "source": page.source(cell, revision),
        "parts": page.parts(cell),
        "conflict": page.conflict(cell),
        "others": page.others(cell, may_be_read),
        "beside": official.side_by_side(cell, revision, may_be_read),
        "names": names,
        "changes": page.changes(cell) if whole else None,
        "history": page.history(cell, names=names) if whole else None,
    }
    return render(request, "reports/figure.html", context)


def _printed(request: HttpRequest, cell: Cell, printed: list[PrintedFigure]) -> HttpResponse:
    """In the public form of the editions that print it: never read from the figure itself."""
    context = {
        "caption": cell.indicator.name,
        "partnership": cell.dataset.owner,
        "trail": [("Figures", ""), (cell.indicator.name, "")],
        "headline": printed[0].about,
        "lead": public.LEAD,
        "what": public.what_is_printed(cell, printed),
        "source": public.source(cell),
        "places": public.places(printed),
    }
    return render(request, "reports/figure_printed.html", context)


def _found(text: str) -> tuple[Cell | None, Revision | None]:
    """The cell of an address, and the version that it names or that counts."""
    try:
        address = Address.parse(text)
    except AddressError:
        return None, None
    cell = cell_at(address)
    if cell is None:
        return None, None
    if address.revision is None:
        return cell, cell.approved
    return cell, cell.revisions.filter(number=address.revision).first()


def _is_public(cell: Cell, revision: Revision) -> bool:
    """Printed and official figures were published before; only what counts, no later drafts.

    Of children only what was public itself: a further figure may give away what a report hides.
    """
    published = {Dataset.Kind.PRINTED, Dataset.Kind.OFFICIAL}
    if cell.dataset.kind not in published or revision.pk != cell.approved_id:
        return False
    seen = observation_of(cell)
    return not cell.indicator.disclosive or was_public(seen, timezone.localdate())


def _is_public_throughout(cell: Cell) -> bool:
    """Whether every version of the figure, and every figure it is compared with, was public."""
    if not cell.indicator.disclosive:
        return True
    compared = [row.from_revision for row in cell.changes.select_related("from_revision")]
    seen, today = observation_of(cell), timezone.localdate()
    return all(
        was_public(replace(seen, public_since=each.public_since), today)
        for each in (*cell.revisions.all(), *compared)
        if each is not None
    )


def _may_read_true_values(request: HttpRequest, cell: Cell) -> bool:
    user, owner = request.user, cell.dataset.owner
    if not isinstance(user, User) or owner is None:
        return False
    held = permissions_of(role for role in roles_today(request) if role.partnership_id == owner.pk)
    if Permission.READ_TRUE_VALUES in held:
        return True
    if Permission.READ_OWN_AGENCY_VALUES not in held:
        return False
    today = timezone.localdate()
    own = expected_indicators(owner, on=today, agencies=agencies_of(user, owner, on=today))
    return own.filter(pk=cell.indicator_id).exists()


def _has_a_role(request: HttpRequest, cell: Cell) -> bool:
    return any(role.partnership_id == cell.dataset.owner_id for role in roles_today(request))
