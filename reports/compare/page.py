"""What the page of a comparison shows: bars, table and sentences, in alphabetical order.

A place stands before another by its name alone. What can be said of two figures is said in
words, and only where a test says it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from metrics.arithmetic.comparison import Comparison, compare, compare_places
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.states import NOT_TESTED
from metrics.charts.places.spec import Place, PlacesSpec
from metrics.models import Area, Change, Indicator
from metrics.models.register import Unit
from metrics.official.comparators import compared_as, population_day
from metrics.readings import measure_of
from metrics.wording import (
    interval_words,
    join_words,
    legend,
    unit_header,
    value_cell,
    value_words,
    versus_words,
    when_words,
)
from partnerships.elements import Cell as TableCell
from partnerships.elements import Column, Marker, Table, table
from partnerships.models import Partnership
from partnerships.periods import Span
from reports.compare.lines import Line, line_of, one_each
from reports.compare.queries import Choice, Seen
from reports.dashboards.changed import COLUMNS, changed

NONE = "–"
FEWEST = 2  # places of a chart
MANY = 5  # places, from which on chance makes one look different now and then
WIDER = (Area.Kind.COUNTRY, Area.Kind.REGION)


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything of one indicator and period, ready to be drawn.

    `said` are comparisons that were tested, or why there is no figure to compare; `untested`
    is the sentence on all others. `notes` qualify chart and table.
    """

    chart: PlacesSpec | None
    table: Table
    lead: str
    said: tuple[str, ...]
    untested: str
    notes: tuple[str, ...]
    markers: tuple[Marker, ...]


def compared(indicator: Indicator, choice: Choice, at: Iterable[Partnership]) -> Compared:
    """The figures of a choice that has some; `at` are the partnerships of who looks."""
    assert choice.area is not None
    assert choice.span is not None
    chosen, span = choice.area, choice.span
    measure = measure_of(indicator)
    as_compared = compared_as(measure)
    named = _names(chosen, choice.figures, {each.pk for each in at})

    def place(seen: Seen) -> tuple[str, bool]:
        return named[seen.area.pk].casefold(), seen.official

    lines = [
        line_of(seen, named[seen.area.pk], indicator, as_compared, choice.people.get(seen.area.pk))
        for seen in sorted(choice.figures, key=place)
    ]
    shown = one_each(lines)
    own = next((line for line in shown if line.seen.area.pk == chosen.pk), None)
    said, untested = _sentences(own, shown, as_compared)
    return Compared(
        chart=_chart(indicator, span, chosen, shown, as_compared),
        table=_table(indicator, span, lines, choice.changes, as_compared),
        lead=_lead(own, span, as_compared),
        said=said,
        untested=untested,
        notes=tuple(_notes(indicator, span, lines, shown, as_compared)),
        markers=tuple(Marker(*each) for each in legend(line.seen.reading for line in lines)),
    )


def _names(chosen: Area, figures: Iterable[Seen], ours: set[int]) -> dict[int, str]:
    """Each area's name, with whose it is in words: never by colour alone."""
    named = {}
    for area in (chosen, *(each.area for each in figures)):
        marks = ["invented"] if area.partnership and area.partnership.synthetic else []
        marks += ["yours"] if area.partnership_id and area.partnership_id in ours else []
        marks += ["chosen"] if area.pk == chosen.pk else []
        named[area.pk] = f"{area.name} ({', '.join(marks)})" if marks else area.name
    return named


def _chart(
    indicator: Indicator, span: Span, chosen: Area, shown: Sequence[Line], measure: Measure
) -> PlacesSpec | None:
    if sum(line.has_bar for line in shown) < FEWEST:
        return None
    return PlacesSpec(
        key="places",
        title=f"{indicator.name}, {span.label}",
        unit=unit_header(measure),
        places=tuple(
            _place(line, chosen=line.seen.area.pk == chosen.pk)
            for line in shown
            if line.compared is not None
        ),
    )


def _place(line: Line, *, chosen: bool) -> Place:
    reading = line.compared
    assert reading is not None
    low, high = line.interval or (None, None)
    return Place(
        name=line.name,
        value=reading.value,
        text=value_cell(reading),
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        interval=_interval(line),
        chosen=chosen,
        hollow="p" in reading.flags,
    )


def _interval(line: Line) -> str:
    if line.interval is None or line.compared is None:
        return ""
    return interval_words(*line.interval, max(1, line.compared.decimals))


def _table(
    indicator: Indicator,
    span: Span,
    lines: Sequence[Line],
    changes: Mapping[int, Change],
    as_compared: Measure,
) -> Table:
    rate = indicator.unit == Unit.COUNT
    several = len(sources := {line.seen.source for line in lines}) > 1
    columns: list[Column | str] = [
        "Place",
        Column(f"Figure ({unit_header(measure_of(indicator))})", numeric=True),
        *([Column(unit_header(as_compared).capitalize(), numeric=True)] if rate else []),
        Column("95% interval", numeric=True),
        *COLUMNS,
        *([Column("Source", long=True)] if several else []),
    ]
    rows = []
    for line in lines:
        url = reverse("figure", args=[line.seen.address])
        cells: list[TableCell | str] = [
            line.name,
            TableCell(value_cell(line.seen.reading), numeric=True, url=url),
        ]
        if rate:
            cells.append(value_cell(line.compared) if line.compared else NONE)
        cells += [_interval(line) or NONE, *_changed(line.seen, changes, indicator)]
        rows.append([*cells, *([line.seen.source] * several)])
    notes = [] if several else [f"Source of every figure: {source}." for source in sources]
    return table("figures", f"{indicator.name}, {span.label}", columns, rows, notes=notes)


def _changed(seen: Seen, changes: Mapping[int, Change], indicator: Indicator) -> tuple[str, str]:
    """What a report prints of a change stands in the report; nothing else is said of it here."""
    if seen.cell is None:
        return NONE, "See the report"
    return changed(changes.get(seen.cell), indicator)


def _lead(own: Line | None, span: Span, measure: Measure) -> str:
    if own is None or own.compared is None or own.compared.value is None:
        return ""
    words = value_words(own.compared, measure)
    return f"{own.seen.area.name}, {words} {when_words(span)}, is:"


def _sentences(
    own: Line | None, shown: Sequence[Line], measure: Measure
) -> tuple[tuple[str, ...], str]:
    """What can be said of each other place, and of which ones nothing can."""
    if own is None or own.compared is None or own.compared.value is None:
        return (), ""
    said, untested = [], []
    for line in shown:
        if line is own or line.compared is None:
            continue
        found = _compare(own.compared, line, measure)
        if found is not None and found.state == NOT_TESTED:
            untested.append(line.seen.area.name)
        else:
            name = line.seen.area.name
            said.append(versus_words(found, own.compared, line.compared, measure, name))
    if not untested:
        return tuple(said), ""
    return tuple(said), (
        f"Whether {own.seen.area.name} differs from {join_words(untested)} cannot be said: "
        f"{_why_not(own, measure)}."
    )


def _compare(own: Reading, line: Line, measure: Measure) -> Comparison | None:
    """England and a region are so large that chance plays no part in theirs."""
    assert line.compared is not None
    how = compare if line.seen.area.kind in WIDER else compare_places
    return how(own, line.compared, measure)


def _why_not(own: Line, measure: Measure) -> str:
    if measure.kind_of_count == "clustered":
        return "what is counted comes in clusters, so that no interval is known"
    if measure.kind_of_count == "none":
        return "this measure is not a count of events, nor a part of a whole"
    if own.interval is None:
        return f"the counts behind the figure of {own.seen.area.name} are not known"
    return "the counts behind their figures are not known"


def _notes(
    indicator: Indicator,
    span: Span,
    lines: Sequence[Line],
    shown: Sequence[Line],
    measure: Measure,
) -> Iterator[str]:
    june = population_day(span)
    if indicator.unit == Unit.COUNT:
        yield from _about_counts(lines, june)
    if indicator.unit == Unit.MONEY:
        yield "Amounts of places that differ in size are not compared: see the table."
    if any(line.interval for line in shown):
        yield (
            "The line over a bar is its 95% interval: where the true level may lie, when chance "
            "is allowed for. Two intervals that overlap may still differ; the sentences say what "
            "a test of the two says."
        )
    if len(shown) > MANY and any(line.interval for line in shown):
        yield (
            "Each place is compared by itself. Of twenty places that do not differ, about one "
            "looks clearly different by chance."
        )
    if len(lines) > len(shown):
        yield (
            "Where a place has its own figure and an official one, the chart has the official "
            "one. The table has both."
        )


def _about_counts(lines: Sequence[Line], june: Span | None) -> Iterator[str]:
    without = [line.name for line in lines if line.compared is None]
    if any(line.has_bar for line in lines) and june is not None:
        yield (
            "Numbers of places that differ in size are compared for every 10,000 children aged 0 "
            f"to 17, as officially estimated for {june.label}."
        )
    if without:
        yield (
            "Numbers of places that differ in size are not compared without an official number of "
            f"children. In the table only: {join_words(dict.fromkeys(without))}."
        )
