"""The page of one figure, where it is entered, approved and corrected."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from metrics import actions, queries
from metrics.models import Cell, Revision
from metrics.owed import Owed
from metrics.places import Place
from metrics.queries import ReturnRow
from metrics.returns import access
from metrics.returns.actions import Asks, Sent, save
from metrics.returns.comments_form import CommentForm
from metrics.returns.figure.forms import ApproveForm, EntryForm, SendBackForm
from metrics.returns.figure.page import cell_page, comment_page
from metrics.returns.partitions import why_it_does_not_add_up
from metrics.returns.queries import contexts
from partnerships.door import SignedIn, needs
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
        return cell_page(request, partnership, row, span, form)
    _must_enter(request, partnership, span, row)
    if not form.is_valid():
        return cell_page(request, partnership, row, span, form, status=422)
    try:
        saved = _save(request, form, access.place_of(partnership, dataset, span, owed), owed)
    except actions.Unsound as error:
        form.show(error.problems)
        return cell_page(request, partnership, row, span, form, status=422)
    except Asks as error:
        form.ask((each.message for each in error.found), error.about)
        return cell_page(request, partnership, row, span, form, status=422)
    except actions.Overtaken as error:
        form.take_over(error.latest)
        (row,) = queries.return_rows(dataset, partnership.area, span, [owed])
        return cell_page(
            request, partnership, row, span, form, status=409, overtaken_by=error.latest
        )
    except actions.FigureError as error:
        form.add_error(None, str(error))
        return cell_page(request, partnership, row, span, form, status=422)
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


@needs(*access.WORKS_ON_RETURNS)
@require_POST
def comment(request: SignedIn, partnership: Partnership, period: str, code: str) -> HttpResponse:
    """Saves the comment on a figure for those who work on it."""
    dataset, span = access.return_or_404(partnership, period)
    owed = access.owed_or_404(request, partnership, span, code)
    form = CommentForm(request.POST)
    place = access.place_of(partnership, dataset, span, owed)
    if form.is_valid() and form.save(place, by=request.user, at=timezone.now()):
        messages.success(request, f"{owed.name}, {span.label}: comment saved.")
        return redirect("return_cell", partnership.slug, span.key, owed.key)
    (row,) = queries.return_rows(dataset, partnership.area, span, [owed])
    status = 409 if form.overtaken else 422
    return comment_page(request, partnership, row, span, form, status=status)


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
