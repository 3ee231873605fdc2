"""The page on which all figures of a return are entered."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.views.decorators.http import require_http_methods

from metrics import queries
from metrics.actions import Overtaken
from metrics.models import Dataset, Revision
from metrics.owed import slices_of
from metrics.places import Place
from metrics.returns import access
from metrics.returns.actions import Sent, save_sound
from metrics.returns.closing import dates_in_words, submitted_in_words
from metrics.returns.comments import comments_on
from metrics.returns.grid.rows import Grid, GridRow
from metrics.returns.grid.typing_views import rows_saved, wants_rows
from metrics.returns.grid.words_form import save_typed
from metrics.returns.queries import contexts, return_of
from metrics.returns.words import words_of
from partnerships.calendar import store_period
from partnerships.door import SignedIn, needs
from partnerships.models import Partnership
from partnerships.periods import Span

TITLE = "Enter all figures"
NOTHING_TYPED = "Nothing was typed, so nothing was saved."


@needs(*access.ENTERS)
@require_http_methods(["GET", "POST"])
def return_grid(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """Every figure that this person enters in one quarter's return, in one form."""
    dataset, span = access.return_or_404(partnership, period)
    owed = access.owed_to_enter(request, partnership, span)

    expected = access.words_to_enter(request, partnership, span)
    excused = access.excused(request, partnership, span)

    def grid_of(data: QueryDict | None = None) -> Grid:
        rows = queries.return_rows(dataset, partnership.area, span, owed)
        said = comments_on(rows)
        return Grid(rows, words_of(dataset, span, expected), excused, said, data)

    if request.method == "GET":
        return _page(request, partnership, dataset, span, grid_of())
    grid = grid_of(request.POST)
    figures, was_first = _save(request, partnership, dataset, span, grid)
    comments = _save_comments(request, partnership, dataset, span, grid)
    texts, also_first = save_typed(
        grid.words, dataset=dataset, span=span, by=request.user, at=timezone.now()
    )
    overtaken = was_first or also_first or any(each.overtaken for each in grid.rows)
    words = said_saved(figures, comments, texts)
    if wants_rows(request):
        now, status = grid.renewed(grid_of()), _status(grid, overtaken)
        return rows_saved(request, partnership, span, now, words, status=status)
    if grid.errors:
        if words:
            messages.success(request, words)
        now, status = grid.renewed(grid_of()), _status(grid, overtaken)
        return _page(request, partnership, dataset, span, now, status=status)
    messages.success(request, words or NOTHING_TYPED)
    return redirect("return_grid", partnership.slug, span.key)


def _status(grid: Grid, overtaken: bool) -> int:
    if overtaken:
        return 409
    return 422 if grid.errors else 200


def said_saved(figures: int, comments: int, texts: int) -> str:
    """How much was saved, as a sentence; empty where nothing was."""
    counted = [(figures, "figure"), (comments, "comment"), (texts, "text")]
    said = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counted if count]
    return f"{get_text_list(said, 'and')} saved." if said else ""


def _save(
    request: SignedIn, partnership: Partnership, dataset: Dataset, span: Span, grid: Grid
) -> tuple[int, bool]:
    """How many figures were saved, and whether somebody else's was in the way of one."""
    sound = grid.sound()
    if not sound:
        return 0, False
    rows = {each.key: each for each in grid.rows if each.key in sound}
    places = _places(partnership, dataset, span, rows.values())
    held_against = contexts(
        dataset, partnership.area, span, [each.row.owed for each in rows.values()]
    )
    sent = {
        key: Sent(
            place=places[key],
            entry=form.entry(),
            seen=form.cleaned_data["seen"],
            context=held_against[key],
            reason=form.reason,
            answer=form.answer,
            asked=form.asked,
            before=form.latest,
        )
        for key, form in sound.items()
    }
    came = save_sound(sent, by=request.user, at=timezone.now())
    refused = {key: error for key, error in came.items() if not isinstance(error, Revision)}
    for key, error in refused.items():
        rows[key].tell(error)
    overtaken = any(isinstance(error, Overtaken) for error in refused.values())
    return len(came) - len(refused), overtaken


def _save_comments(
    request: SignedIn, partnership: Partnership, dataset: Dataset, span: Span, grid: Grid
) -> int:
    """How many comments were saved; beside each of the others stands why not."""
    typed = [each for each in grid.rows if each.typed_comment is not None]
    if not typed:
        return 0
    places = _places(partnership, dataset, span, typed)
    now = timezone.now()
    return sum(each.save_comment(places[each.key], by=request.user, at=now) for each in typed)


def _places(
    partnership: Partnership, dataset: Dataset, span: Span, rows: Iterable[GridRow]
) -> dict[str, Place]:
    """Where the figures of some rows belong, by their keys."""
    owed = {each.key: each for each in rows}
    period, slices = store_period(span), slices_of(each.row.owed for each in owed.values())
    return {
        key: Place(
            dataset=dataset,
            indicator=each.row.indicator,
            area=partnership.area,
            period=period,
            slice=slices[key],
            cell=each.row.cell_id,
        )
        for key, each in owed.items()
    }


def _page(
    request: SignedIn,
    partnership: Partnership,
    dataset: Dataset,
    span: Span,
    grid: Grid,
    *,
    status: int = 200,
) -> HttpResponse:
    before = span.quarter_before
    assert before is not None  # a return is of a quarter
    part_of = return_of(dataset, span)
    context = {
        "partnership": partnership,
        "trail": access.trail(request, partnership, span, TITLE),
        "title": TITLE,
        "span": span,
        "before": before,
        "form": grid,
        "dates": dates_in_words(part_of, on=timezone.localdate()) if part_of else "",
        "submitted": submitted_in_words(part_of, [each.row.indicator for each in grid.rows])
        if part_of
        else "",
        "progress": grid.progress,
    }
    return render(request, "metrics/grid.html", context, status=status)
