"""The page of one figure, where it is entered, approved and corrected."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from metrics import actions, queries
from metrics.models import CannotSupply, Cell, Revision
from metrics.owed import Owed
from metrics.places import Place
from metrics.queries import ReturnRow, State
from metrics.returns import access, tables
from metrics.returns.actions import Asks, Sent, save
from metrics.returns.closing import closing_of
from metrics.returns.excused import excused_on, until_and_why
from metrics.returns.forms import ApproveForm, EntryForm, SendBackForm
from metrics.returns.gaps import Group, groups
from metrics.returns.partitions import off_around, why_it_does_not_add_up
from metrics.returns.queries import contexts
from partnerships.door import SignedIn, needs
from partnerships.elements import Fact
from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.permissions import Permission

INCOMPLETE = "The form that was sent is not complete. Open the page again and decide there."


@needs(*access.WORKS_ON_RETURNS)
@require_http_methods(["GET", "POST"])
def return_cell(
    request: SignedIn, partnership: Partnership, period: str, code: str
) -> HttpResponse:
    """One figure: enter it, correct it once approved, and read its history."""
    dataset, span = access.return_or_404(partnership, period)
    owed = access.owed_or_404(request, partnership, span, code)
    (row,) = queries.return_rows(dataset, partnership.area, span, [owed])
    form = EntryForm(
        request.POST or None,
        owed=owed,
        latest=row.cell.latest if row.cell else None,
        correcting=row.is_approved,
    )
    if request.method == "GET":
        return _cell_page(request, partnership, row, span, form)
    _must_enter(request, partnership, span, row)
    if not form.is_valid():
        return _cell_page(request, partnership, row, span, form, status=422)
    try:
        saved = _save(request, form, access.place_of(partnership, dataset, span, owed), owed)
    except actions.Unsound as error:
        form.show(error.problems)
        return _cell_page(request, partnership, row, span, form, status=422)
    except Asks as error:
        form.ask((each.message for each in error.found), error.about)
        return _cell_page(request, partnership, row, span, form, status=422)
    except actions.Overtaken as error:
        form.take_over(error.latest)
        (row,) = queries.return_rows(dataset, partnership.area, span, [owed])
        return _cell_page(
            request, partnership, row, span, form, status=409, overtaken_by=error.latest
        )
    except actions.FigureError as error:
        form.add_error(None, str(error))
        return _cell_page(request, partnership, row, span, form, status=422)
    messages.success(request, f"{owed.name}, {span.label}: saved.")
    if why_it_does_not_add_up(saved.cell):  # its page says which and how
        return redirect("return_cell", partnership.slug, span.key, owed.key)
    return redirect("return_period", partnership.slug, span.key)


@needs(Permission.APPROVE_FIGURES)
@require_POST
def approve(request: SignedIn, partnership: Partnership, period: str, code: str) -> HttpResponse:
    """Approves the figure that the approver had in front of them."""
    return _decide(
        request,
        partnership,
        (period, code),
        ApproveForm(request.POST, own_entry=False),
        actions.approve,
        incomplete=INCOMPLETE,
        done="approved. Its changes are being worked out.",
    )


@needs(Permission.APPROVE_FIGURES)
@require_POST
def send_back(request: SignedIn, partnership: Partnership, period: str, code: str) -> HttpResponse:
    """Sends the figure back to whoever entered it, with what is to be put right."""
    return _decide(
        request,
        partnership,
        (period, code),
        SendBackForm(request.POST),
        actions.send_back,
        incomplete="Say what is to be put right, then send it back.",
        done="sent back.",
    )


def _decide(
    request: SignedIn,
    partnership: Partnership,
    place: tuple[str, str],
    form: ApproveForm | SendBackForm,
    act: Callable[..., object],
    *,
    incomplete: str,
    done: str,
) -> HttpResponse:
    """Decides on the version that was seen; whatever came of it is said on the figure's page.

    `place` is the period and the key of the figure, as its address has them.
    """
    cell = access.cell_or_404(partnership, *place)
    if form.is_valid():
        try:
            act(cell=cell, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.FigureError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{_name(cell)}, {cell.period}: {done}")
    else:
        messages.error(request, incomplete)
    return redirect("return_cell", partnership.slug, *place)


def _save(request: SignedIn, form: EntryForm, place: Place, owed: Owed) -> Revision:
    context = contexts(place.dataset, place.area, place.period.span, [owed])[owed.key]
    sent = Sent(
        place=place,
        entry=form.entry(),
        seen=form.cleaned_data["seen"],
        context=context,
        reason=form.cleaned_data.get("reason", ""),
        answer=form.answer,
        asked=form.asked,
        before=form.latest,
    )
    return save(sent, by=request.user, at=timezone.now())


def _name(cell: Cell) -> str:
    """What the messages call a figure: the indicator, and the category if it is of one."""
    parts = cell.slice.parts.select_related("category")
    return ": ".join([cell.indicator.name, *(part.category.name for part in parts)])


def _must_enter(request: SignedIn, partnership: Partnership, span: Span, row: ReturnRow) -> None:
    if not access.may_enter(request, partnership, span, row):
        raise PermissionDenied


def _why_closed(partnership: Partnership, row: ReturnRow, span: Span) -> str:
    """Why the figure takes no entry now; empty where it does."""
    dataset = queries.returns_dataset(partnership)
    assert dataset is not None  # the page is of a return
    return closing_of(dataset.pk, span, on=timezone.localdate()).why(
        indicator=row.indicator.pk,
        entered=row.latest is not None,
        approved=row.is_approved,
        sent_back=row.state is State.SENT_BACK,
    )


def _excuse(
    request: SignedIn, partnership: Partnership, row: ReturnRow, span: Span
) -> CannotSupply | None:
    """Until when the figure cannot be supplied, and why; None where it is asked for."""
    own = access.own_agencies(request, partnership)
    found = excused_on(partnership, span, on=timezone.localdate(), agencies=own)
    return found.get(row.indicator.pk)


def _known(row: ReturnRow, span: Span, excuse: CannotSupply | None) -> list[Fact]:
    """The figure with what was said of it, and what it is held against."""
    before, latest = span.quarter_before, row.latest
    assert before is not None  # a return is of a quarter
    said = [
        ("Why there is no number", latest.marker_reason if latest else ""),
        ("Note for readers", latest.note if latest else ""),
        ("Cannot be supplied", until_and_why(excuse) if excuse else ""),
    ]
    return [
        Fact(span.label, tables.flagged(latest, row.indicator)),
        *(Fact(label, words) for label, words in said if words),
        Fact(f"Quarter before, {before.label}", tables.flagged(row.quarter_before, row.indicator)),
        Fact(
            f"Year before, {span.year_before.label}", tables.flagged(row.year_before, row.indicator)
        ),
    ]


def _groups(request: SignedIn, partnership: Partnership, row: ReturnRow, span: Span) -> list[Group]:
    """Where the figure and those that it goes together with do not add up."""
    dataset = queries.returns_dataset(partnership)
    assert dataset is not None  # the page is of a return
    found = off_around(
        dataset,
        partnership.area,
        span,
        row.indicator,
        row.owed.slice_key,
    )
    seen = {each.key for each in access.owed_for(request, partnership, span)} if found else set()
    return groups(found, partnership, span, seen=seen)


def _cell_page(
    request: SignedIn,
    partnership: Partnership,
    row: ReturnRow,
    span: Span,
    form: EntryForm,
    *,
    status: int = 200,
    overtaken_by: Revision | None = None,
) -> HttpResponse:
    cell = row.cell
    latest = cell.latest if cell else None
    deciding = (
        Permission.APPROVE_FIGURES in request.permissions
        and latest is not None
        and row.state in {State.WAITING, State.CORRECTION_WAITING}
    )
    seen = {"seen": latest.number if latest else 0}
    own = latest is not None and latest.by_id == request.user.pk
    compared = (row.quarter_before, row.year_before)
    history = list(queries.history_of(cell)) if cell else []
    excuse = None if latest else _excuse(request, partnership, row, span)
    context = {
        "partnership": partnership,
        "trail": access.trail(request, partnership, span, row.name),
        "span": span,
        "row": row,
        "form": form,
        "overtaken_by": overtaken_by,
        "state": tables.state_of(row, {row.indicator.pk} if excuse else ()),
        "known": _known(row, span, excuse),
        "history": tables.history(cell, history, row.indicator),
        "markers": tables.flags_told([*history, *filter(None, compared)]),
        "may_enter": access.may_enter(request, partnership, span, row),
        "closed": _why_closed(partnership, row, span),
        "groups": _groups(request, partnership, row, span),
        "may_type": bool(request.permissions.intersection(access.ENTERS)),
        "approve_form": ApproveForm(initial=seen, own_entry=own) if deciding else None,
        "send_back_form": SendBackForm(initial=seen) if deciding else None,
    }
    return render(request, "metrics/return_cell.html", context, status=status)
