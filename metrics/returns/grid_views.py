"""The page on which all figures of a return are entered."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from metrics import queries
from metrics.actions import Overtaken
from metrics.models import Dataset, Revision
from metrics.owed import slices_of
from metrics.places import Place
from metrics.returns import access
from metrics.returns.actions import Sent, save_sound
from metrics.returns.closing import dates_in_words, submitted_in_words
from metrics.returns.grid import Grid
from metrics.returns.queries import contexts, return_of
from metrics.returns.typing_views import rows_saved, wants_rows
from metrics.returns.words import words_of
from metrics.returns.words_form import save_typed
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
        return Grid(rows, words_of(dataset, span, expected), excused, data)

    if request.method == "GET":
        return _page(request, partnership, dataset, span, grid_of())
    grid = grid_of(request.POST)
    saved, overtaken = _save(request, partnership, dataset, span, grid)
    texts, also_overtaken = save_typed(
        grid.words, dataset=dataset, span=span, by=request.user, at=timezone.now()
    )
    overtaken = overtaken or also_overtaken
    words = said_saved(saved, texts)
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


def said_saved(figures: int, texts: int) -> str:
    """How much was saved, as a sentence; empty where nothing was."""
    counted = [(figures, "figure", "figures"), (texts, "text", "texts")]
    said = [f"{count} {one if count == 1 else more}" for count, one, more in counted if count]
    return f"{' and '.join(said)} saved." if said else ""


def _save(
    request: SignedIn, partnership: Partnership, dataset: Dataset, span: Span, grid: Grid
) -> tuple[int, bool]:
    """How many figures were saved, and whether somebody else's was in the way of one."""
    sound = grid.sound()
    if not sound:
        return 0, False
    rows = {each.key: each for each in grid.rows if each.key in sound}
    period = store_period(span)
    slices = slices_of(each.row.owed for each in rows.values())
    held_against = contexts(
        dataset, partnership.area, span, [each.row.owed for each in rows.values()]
    )
    sent = {
        key: Sent(
            place=Place(
                dataset=dataset,
                indicator=rows[key].row.indicator,
                area=partnership.area,
                period=period,
                slice=slices[key],
                cell=rows[key].row.cell_id,
            ),
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
