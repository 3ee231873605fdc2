"""Who meets which part of a return: the quarter, its indicators, and who may enter what."""

from collections.abc import Collection

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from metrics import queries
from metrics.actions import Place
from metrics.addresses import Address
from metrics.models import Cell, Dataset, Indicator, Slice
from metrics.queries import ReturnRow
from partnerships.calendar import store_period
from partnerships.context import first_page
from partnerships.door import SignedIn
from partnerships.models import Agency, Partnership
from partnerships.periods import Kind, PeriodError, Span, parse
from partnerships.permissions import Permission, agencies_of

ENTERS = (Permission.ENTER_FIGURES, Permission.ENTER_OWN_AGENCY_FIGURES)
WORKS_ON_RETURNS = (*ENTERS, Permission.APPROVE_FIGURES)


def return_or_404(partnership: Partnership, period: str) -> tuple[Dataset, Span]:
    """The dataset of the returns and the quarter, or 404: ended quarters only."""
    dataset = queries.returns_dataset(partnership)
    try:
        span = parse(period)
    except PeriodError as error:
        raise Http404 from error
    if dataset is None or span.kind is not Kind.QUARTER or span.last >= timezone.localdate():
        raise Http404
    return dataset, span


def own_agencies(request: SignedIn, partnership: Partnership) -> Collection[Agency] | None:
    """The agencies whose part of a return is all that somebody meets; None for the whole."""
    if {Permission.ENTER_FIGURES, Permission.APPROVE_FIGURES} & request.permissions:
        return None
    return agencies_of(request.user, partnership, on=timezone.localdate())


def indicators_for(request: SignedIn, partnership: Partnership) -> list[Indicator]:
    """All that the partnership collects; for a contributor, what their agencies supply."""
    agencies = own_agencies(request, partnership)
    today = timezone.localdate()
    return list(queries.expected_indicators(partnership, on=today, agencies=agencies))


def indicator_or_404(request: SignedIn, partnership: Partnership, code: str) -> Indicator:
    for indicator in indicators_for(request, partnership):
        if indicator.code == code:
            return indicator
    raise Http404


def cell_or_404(partnership: Partnership, period: str, code: str) -> Cell:
    dataset, span = return_or_404(partnership, period)
    cell = queries.cell_at(Address(dataset.code, code, partnership.area.code, span.key))
    if cell is None:
        raise Http404
    return cell


def indicators_to_enter(request: SignedIn, partnership: Partnership) -> list[Indicator]:
    """What somebody may enter figures of. Who also approves meets more than that."""
    if Permission.ENTER_FIGURES in request.permissions:
        agencies = None
    elif Permission.ENTER_OWN_AGENCY_FIGURES in request.permissions:
        agencies = agencies_of(request.user, partnership, on=timezone.localdate())
    else:
        return []
    today = timezone.localdate()
    return list(queries.expected_indicators(partnership, on=today, agencies=agencies))


def may_enter(request: SignedIn, partnership: Partnership, row: ReturnRow) -> bool:
    """Entering and correcting are two permissions; a contributor may do both with their own."""
    whole = Permission.CORRECT_FIGURES if row.is_approved else Permission.ENTER_FIGURES
    if whole in request.permissions:
        return True
    own = Permission.ENTER_OWN_AGENCY_FIGURES in request.permissions
    return own and row.indicator in indicators_to_enter(request, partnership)


def place_of(partnership: Partnership, dataset: Dataset, span: Span, indicator: Indicator) -> Place:
    """Where the partnership's own figure of a quarter belongs."""
    return Place(
        dataset=dataset,
        indicator=indicator,
        area=partnership.area,
        period=store_period(span),
        slice=Slice.objects.get_or_create(key="all")[0],
    )


def trail(
    request: SignedIn, partnership: Partnership, span: Span | None = None, here: str = ""
) -> list[tuple[str, str]]:
    """The breadcrumbs; the last is the page itself and has no address."""
    made = [(partnership.short_name, first_page(partnership, request.permissions))]
    made.append(("Returns", reverse("returns", args=[partnership.slug]) if span else ""))
    if span:
        address = reverse("return_period", args=[partnership.slug, span.key])
        made.append((span.label, address if here else ""))
    if here:
        made.append((here, ""))
    return made
