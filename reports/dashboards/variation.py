"""How much an indicator usually varies: its series with XmR limits, and what is unusual in it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from metrics.addresses import WHOLE
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.spc import Segment, Signal, runs, xmr
from metrics.charts.spec import ChartSpec, Limits, Point, Series
from metrics.charts.spec import Kind as Drawn
from metrics.models import Cell, Indicator
from metrics.official.comparators import official_beside
from metrics.queries import unbroken_since, whole_cells
from metrics.readings import measure_of, reading_of
from metrics.wording import ordinary_words, signal_words, unit_header, value_cell
from partnerships.elements import Cell as TableCell
from partnerships.elements import Column, Link, Table, Tag, table
from partnerships.models import Partnership
from partnerships.periods import Kind, Span
from reports.dashboards.indicators import linked

# Those of which a series can be told whole, one period after the other. Rolling years overlap.
KINDS = {Kind.QUARTER, Kind.YEAR, Kind.ACADEMIC_YEAR, Kind.CALENDAR_YEAR}


@dataclass(frozen=True, slots=True)
class Variation:
    """One series: its chart, what its limits mean, and the figures that are unusual."""

    chart: ChartSpec
    sentences: tuple[str, ...]
    unusual: Table


def variations(partnership: Partnership, indicator: Indicator) -> list[Variation]:
    """Of each source and kind of period that has enough of the partnership's own figures."""
    since = unbroken_since(partnership.pk, [indicator]).get(indicator.pk)
    found: dict[tuple[int, Kind], dict[Span, Cell]] = defaultdict(dict)
    cells = whole_cells().filter(
        Q(dataset__owner=partnership) | official_beside(partnership),
        indicator=indicator,
        area__partnership=partnership,
        slice__key=WHOLE,
        mention=1,
        approved__isnull=False,
        period__kind__in=KINDS,
    )
    for cell in cells.order_by("dataset__code", "period__last"):
        found[cell.dataset_id, Kind(cell.period.kind)][cell.period.span] = cell
    return [
        made
        for number, by_span in enumerate(found.values(), start=1)
        if (made := _variation(f"chart-variation-{number}", by_span, since)) is not None
    ]


def _variation(key: str, by_span: dict[Span, Cell], since: date | None) -> Variation | None:
    spans = _one_after_the_other(by_span, since)
    if not spans:
        return None
    cells = [by_span.get(span) for span in spans]
    readings = [_reading(cell) for cell in cells]
    any_cell = next(iter(by_span.values()))
    measure = measure_of(any_cell.indicator)
    known = [None if each is None or each.value is None else float(each.value) for each in readings]
    (segment,) = xmr(
        known,
        floor=None if measure.unit == "money" else 0.0,
        ceiling=100.0 if measure.unit == "percent" else None,
    )
    if segment.mean is None:
        return None
    decimals = max(each.decimals for each in readings if each is not None)
    title = f"{any_cell.indicator.name}, {any_cell.area.name}: {any_cell.dataset.title}"
    return Variation(
        chart=ChartSpec(
            key=key,
            title=title,
            unit=unit_header(measure),
            kind=Drawn.LINE,
            series=(Series(any_cell.area.name, tuple(_points(spans, readings))),),
            limits=_limits(segment),
        ),
        sentences=tuple(_sentences(spans, by_span, segment, measure, decimals)),
        unusual=_unusual(key, title, cells, runs(known, segment)),
    )


def _one_after_the_other(by_span: dict[Span, Cell], since: date | None) -> list[Span]:
    """The periods from the first to the newest, also those without a figure, after any break."""
    oldest, span = min(by_span), max(by_span)
    spans = []
    while span >= oldest and (since is None or span.last >= since):
        spans.append(span)
        if (cell := by_span.get(span)) is not None and "b" in _stated(cell).flags:
            break  # a break that was marked with the figure itself, the first that compares
        span = span.quarter_before or span.year_before
    return spans[::-1]


def _stated(cell: Cell) -> Reading:
    assert cell.approved is not None
    return reading_of(cell.approved)


def _reading(cell: Cell | None) -> Reading | None:
    """A figure that takes part: a number, and no total of which a part is missing."""
    if cell is None:
        return None
    reading = _stated(cell)
    return reading if reading.value is not None and reading.complete else None


def _points(spans: Sequence[Span], readings: Sequence[Reading | None]) -> Iterator[Point]:
    for span, reading in zip(spans, readings, strict=True):
        yield (
            Point(span.label, None, "[x]")
            if reading is None
            else Point(
                span.label, reading.value, value_cell(reading), provisional="p" in reading.flags
            )
        )


def _limits(segment: Segment) -> Limits:
    lower, mean, upper = (
        Decimal(str(each)) for each in (segment.lower, segment.mean, segment.upper)
    )
    return Limits(mean, upper, lower or None, segment.trial)


def _sentences(
    spans: Sequence[Span],
    by_span: dict[Span, Cell],
    segment: Segment,
    measure: Measure,
    decimals: int,
) -> Iterator[str]:
    yield from ordinary_words(segment, measure, decimals)
    if min(by_span) < spans[0]:
        yield f"Figures before {spans[0].label} are left out: they were counted in another way."
    if not any(segment.signals):
        yield "None of the figures is unusual."


def _unusual(
    key: str, title: str, cells: Sequence[Cell | None], found: Sequence[tuple[Signal, range]]
) -> Table:
    """What more than ordinary variation explains, newest first: a figure, or those of a run."""
    rows: list[list[TableCell | Link | Tag | str]] = []
    for signal, places in found:
        first, last = cells[places[0]], cells[places[-1]]
        assert first is not None
        assert last is not None
        period = first.period.span.label
        if first is not last:
            period += f" to {last.period.span.label}"
        figures = linked(first) if first is last else f"{len(places)} figures"
        rows.append([period, figures, signal_words(signal, len(places))])
    columns = [
        Column("Period", whole=True),
        Column("Figure", numeric=True),
        Column("What is unusual", long=True),
    ]
    return table(f"{key}-unusual", f"Unusual figures: {title}", columns, rows[::-1], beneath=True)
