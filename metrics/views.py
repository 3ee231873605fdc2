"""Pages where figures are entered, approved and corrected."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from metrics import actions, queries, tables
from metrics.addresses import Address
from metrics.forms import ApproveForm, EntryForm, SendBackForm
from metrics.models import Area, Cell, Dataset, Indicator, Revision, Slice
from metrics.queries import ReturnRow, State
from partnerships.calendar import store_period
from partnerships.context import first_page
from partnerships.door import SignedIn, needs
from partnerships.elements import Fact
from partnerships.models import Partnership
from partnerships.periods import Kind, PeriodError, Span, parse
from partnerships.permissions import Permission, agencies_of

QUARTERS_SHOWN = 9  # two years and the quarter now being entered

INCOMPLETE = "The form that was sent is not complete. Open the page again and decide there."

ENTERS = (Permission.ENTER_FIGURES, Permission.ENTER_OWN_AGENCY_FIGURES)
WORKS_ON_RETURNS = (*ENTERS, Permission.APPROVE_FIGURES)


@needs(*WORKS_ON_RETURNS)
@require_GET
def returns(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The quarters, and how far each one's return has come."""
    dataset = queries.returns_dataset(partnership)
    today = timezone.localdate()
    indicators = _indicators(request, partnership, today)
    quarters = queries.quarters_to(today, QUARTERS_SHOWN)
    states = (
        queries.return_states(dataset, partnership.area, quarters, indicators) if dataset else {}
    )
    context = {
        "partnership": partnership,
        "trail": _trail(request, partnership),
        "dataset": dataset,
        "quarters": tables.quarters(partnership, states),
    }
    return render(request, "metrics/returns.html", context)


@needs(*WORKS_ON_RETURNS)
@require_GET
def return_period(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """One quarter's return: every figure that this person may see in it, and its state."""
    dataset, span = _return(partnership, period)
    indicators = _indicators(request, partnership, timezone.localdate())
    rows = queries.return_rows(dataset, partnership.area, span, indicators)
    context = {
        "partnership": partnership,
        "trail": _trail(request, partnership, span),
        "span": span,
        "count": len(rows),
        "figures": tables.figures(partnership, span, rows),
        "may_upload": bool(set(ENTERS) & request.permissions),
        "done": sum(row.state is not State.NOT_ENTERED for row in rows),
    }
    return render(request, "metrics/return_period.html", context)


@needs(*WORKS_ON_RETURNS)
@require_http_methods(["GET", "POST"])
def return_cell(
    request: SignedIn, partnership: Partnership, period: str, code: str
) -> HttpResponse:
    """One figure: enter it, correct it once approved, and read its history."""
    dataset, span = _return(partnership, period)
    indicator = _indicator(request, partnership, code)
    (row,) = queries.return_rows(dataset, partnership.area, span, [indicator])
    form = EntryForm(
        request.POST or None,
        indicator=indicator,
        latest=row.cell.latest if row.cell else None,
        correcting=row.is_approved,
    )
    if request.method == "GET":
        return _cell_page(request, partnership, row, span, form)
    _must_enter(request, row)
    if not form.is_valid():
        return _cell_page(request, partnership, row, span, form, status=422)
    try:
        _save(request, form, dataset, partnership.area, span, indicator)
    except actions.Unsound as error:
        form.show(error.problems)
        return _cell_page(request, partnership, row, span, form, status=422)
    except actions.Overtaken as error:
        form.take_over(error.latest)
        (row,) = queries.return_rows(dataset, partnership.area, span, [indicator])
        return _cell_page(
            request, partnership, row, span, form, status=409, overtaken_by=error.latest
        )
    messages.success(request, f"{indicator.name}, {span.label}: saved.")
    return redirect("return_period", partnership.slug, span.key)


@needs(Permission.APPROVE_FIGURES)
@require_POST
def approve(request: SignedIn, partnership: Partnership, period: str, code: str) -> HttpResponse:
    """Approves the figure that the approver had in front of them."""
    cell = _cell(partnership, period, code)
    form = ApproveForm(request.POST, own_entry=False)
    if not form.is_valid():
        messages.error(request, INCOMPLETE)
        return redirect("return_cell", partnership.slug, period, code)
    try:
        actions.approve(
            cell=cell,
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except actions.FigureError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            f"{cell.indicator.name}, {cell.period}: approved. Its changes are being worked out.",
        )
    return redirect("return_cell", partnership.slug, period, code)


@needs(Permission.APPROVE_FIGURES)
@require_POST
def send_back(request: SignedIn, partnership: Partnership, period: str, code: str) -> HttpResponse:
    """Sends the figure back to whoever entered it, with what is to be put right."""
    cell = _cell(partnership, period, code)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say what is to be put right, then send it back.")
        return redirect("return_cell", partnership.slug, period, code)
    try:
        actions.send_back(
            cell=cell,
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except actions.FigureError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{cell.indicator.name}, {cell.period}: sent back.")
    return redirect("return_cell", partnership.slug, period, code)


def _indicators(request: SignedIn, partnership: Partnership, today: date) -> list[Indicator]:
    """All that the partnership collects; for a contributor, what their agencies supply."""
    agencies = None
    if not {Permission.ENTER_FIGURES, Permission.APPROVE_FIGURES} & request.permissions:
        agencies = agencies_of(request.user, partnership, on=today)
    return list(queries.expected_indicators(partnership, on=today, agencies=agencies))


def _indicator(request: SignedIn, partnership: Partnership, code: str) -> Indicator:
    for indicator in _indicators(request, partnership, timezone.localdate()):
        if indicator.code == code:
            return indicator
    raise Http404


def _return(partnership: Partnership, period: str) -> tuple[Dataset, Span]:
    """The dataset of the returns and the quarter, or 404: ended quarters only."""
    dataset = queries.returns_dataset(partnership)
    try:
        span = parse(period)
    except PeriodError as error:
        raise Http404 from error
    if dataset is None or span.kind is not Kind.QUARTER or span.last >= timezone.localdate():
        raise Http404
    return dataset, span


def _cell(partnership: Partnership, period: str, code: str) -> Cell:
    dataset, span = _return(partnership, period)
    place = Address(dataset.code, code, partnership.area.code, span.key)
    cell = queries.cell_at(place)
    if cell is None:
        raise Http404
    return cell


def _trail(
    request: SignedIn,
    partnership: Partnership,
    span: Span | None = None,
    indicator: Indicator | None = None,
) -> list[tuple[str, str]]:
    """The breadcrumbs; the last is the page itself and has no address."""
    trail = [(partnership.short_name, first_page(partnership, request.permissions))]
    trail.append(("Returns", reverse("returns", args=[partnership.slug]) if span else ""))
    if span:
        here = reverse("return_period", args=[partnership.slug, span.key])
        trail.append((span.label, here if indicator else ""))
    if indicator:
        trail.append((indicator.name, ""))
    return trail


def _save(
    request: SignedIn,
    form: EntryForm,
    dataset: Dataset,
    area: Area,
    span: Span,
    indicator: Indicator,
) -> None:
    place = actions.Place(
        dataset=dataset,
        indicator=indicator,
        area=area,
        period=store_period(span),
        slice=Slice.objects.get_or_create(key="all")[0],
    )
    actions.save_entry(
        place=place,
        entry=form.entry(),
        by=request.user,
        at=timezone.now(),
        seen=form.cleaned_data["seen"],
        reason=form.cleaned_data.get("reason", ""),
    )


def _may_enter(request: SignedIn, row: ReturnRow) -> bool:
    """Entering and correcting are two permissions; a contributor may do both with their own."""
    whole = Permission.CORRECT_FIGURES if row.is_approved else Permission.ENTER_FIGURES
    return bool({whole, Permission.ENTER_OWN_AGENCY_FIGURES} & request.permissions)


def _must_enter(request: SignedIn, row: ReturnRow) -> None:
    if not _may_enter(request, row):
        raise PermissionDenied


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
    quarter_before = span.quarter_before
    assert quarter_before is not None  # a return is of a quarter
    context = {
        "partnership": partnership,
        "trail": _trail(request, partnership, span, row.indicator),
        "span": span,
        "row": row,
        "form": form,
        "overtaken_by": overtaken_by,
        "state": tables.STATE_TAGS[row.state],
        "known": [
            Fact(label, tables.words(revision, row.indicator))
            for label, revision in (
                (span.label, latest),
                (f"Quarter before, {quarter_before.label}", row.quarter_before),
                (f"Year before, {span.year_before.label}", row.year_before),
            )
        ],
        "history": tables.history(cell, queries.history_of(cell) if cell else [], row.indicator),
        "may_enter": _may_enter(request, row),
        "approve_form": ApproveForm(initial=seen, own_entry=own) if deciding else None,
        "send_back_form": SendBackForm(initial=seen) if deciding else None,
    }
    return render(request, "metrics/return_cell.html", context, status=status)
