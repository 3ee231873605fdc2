"""What the form of a return asks for while somebody types: what was saved, and rates."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from metrics.entries import Entry, asks_for_two, problems
from metrics.forms import NumberField
from metrics.models import Revision
from metrics.owed import Owed
from metrics.readings import measure_of
from metrics.returns import access, tables
from metrics.returns.grid.rows import Grid
from metrics.saving import revision_content
from partnerships.door import SignedIn, needs
from partnerships.models import Partnership
from partnerships.periods import Span

JSON = "application/json"


def wants_rows(request: HttpRequest) -> bool:
    """Whether the page itself sent what was typed, and goes on being typed into."""
    return request.headers.get("Accept") == JSON


def rows_saved(
    request: SignedIn, partnership: Partnership, span: Span, grid: Grid, said: str, *, status: int
) -> JsonResponse:
    """The rows that were sent, as they stand now, and how far the return is."""
    around = {"partnership": partnership, "span": span, "before": span.quarter_before}

    def drawn(template: str, **row: object) -> str:
        return render_to_string(template, around | row, request)

    rows = {
        each.key: drawn("metrics/grid_row.html", each=each)
        for each in grid.rows
        if _was_sent(request.POST, each.key)
    }
    rows |= {
        each.key: drawn("metrics/grid_words.html", text=each)
        for each in grid.words
        if _was_sent(request.POST, each.key)
    }
    divisions = {
        each.key: {"entered": each.entered, "made": each.made_words}
        for theme in grid.themes
        for whole in theme.wholes
        for each in whole.divisions
    }
    answer = {
        "said": said,
        "wrong": len(grid.errors),
        "rows": rows,
        "divisions": divisions,
        "progress": drawn("components/progress.html", progress=grid.progress),
    }
    return JsonResponse(answer, status=status)


@needs(*access.ENTERS)
@require_GET
def return_rate(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """What two numbers make, as the portal would store and print it; nothing is saved."""
    _, span = access.return_or_404(partnership, period)
    key = request.GET.get("row", "")
    asked = access.owed_to_enter(request, partnership, span)
    owed = next((each for each in asked if each.key == key), None)
    return JsonResponse({"words": _rate(owed, request.GET) if owed else ""})


def _rate(owed: Owed, typed: QueryDict) -> str:
    """The rate in words; empty where the numbers make none."""
    measure = measure_of(owed.indicator)
    if not asks_for_two(measure):
        return ""
    try:
        above, below = (
            NumberField(unit="count").clean(typed.get(name))
            for name in ("numerator", "denominator")
        )
    except ValidationError:
        return ""
    entry = Entry(numerator=above, denominator=below)
    if problems(entry, measure):
        return ""
    content = revision_content(
        entry,
        measure,
        number=1,
        decimals=owed.indicator.decimals,
        correcting=False,
        reason="",
    )
    return tables.words(Revision(**content), owed.indicator)


def _was_sent(data: QueryDict, key: str) -> bool:
    return f"{key}-seen" in data
