"""Official statistics on the page of an indicator, and where own figures differ from them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from metrics.arithmetic.reading import Reading
from metrics.arithmetic.standing import Standing, better_words
from metrics.models import Area, Cell, Indicator
from metrics.official.comparators import Beside, Comparators, Standings, comparators_of
from metrics.official.disagreements import Pair
from metrics.official.median import COMPARED, NAME
from metrics.official.medians import address_of_median
from metrics.readings import measure_of, reading_of
from metrics.wording import (
    join_words,
    legend,
    standing_words,
    unit_header,
    value_cell,
    when_words,
    with_sign,
)
from partnerships.amounts import number_words
from partnerships.elements import Cell as TableCell
from partnerships.elements import Column, Marker, Table, table
from partnerships.models import Partnership
from partnerships.periods import Span

NONE = "–"


@dataclass(frozen=True, slots=True)
class Official:
    """What the page shows of official statistics: now, how they stand, who, and over time."""

    newest: Table
    sentences: tuple[str, ...]
    members: Table
    series: Table
    markers: tuple[Marker, ...]


def official(partnership: Partnership, indicator: Indicator) -> Official | None:
    """None where the official statistics have nothing of the partnership's area."""
    found = comparators_of(partnership, indicator)
    if found is None:
        return None
    return Official(
        newest=_newest(found),
        sentences=tuple(_sentences(found)),
        members=_members(found),
        series=_series(found),
        markers=tuple(Marker(*each) for each in legend(_shown(found))),
    )


def differences(pairs: Iterable[Pair]) -> Table:
    """Own and official figures that rounding does not bring together, each with its page."""
    return table(
        "differences",
        "Own figures and official ones that differ",
        [
            "Indicator",
            "Area",
            Column("Period", whole=True),
            Column("Own figure", numeric=True),
            Column("Official figure", numeric=True),
            Column("Own less official", numeric=True),
            "Own source",
            "Official source",
        ],
        (_difference(pair) for pair in pairs if not pair.agrees),
    )


def _difference(pair: Pair) -> list[TableCell | str]:
    own, there = pair.own, pair.official
    return [
        f"{own.indicator.name} ({unit_header(measure_of(own.indicator))})",
        own.area.name,
        own.period.span.label,
        linked(own),
        linked(there),
        difference_words(pair),
        own.dataset.title + (f", mention {own.mention}" if own.mention > 1 else ""),
        there.dataset.title,
    ]


def difference_words(pair: Pair) -> str:
    """Own less official: −844, +9.1 percentage points."""
    assert pair.own.approved is not None
    assert pair.official.approved is not None
    decimals = max(pair.own.approved.decimals, pair.official.approved.decimals)
    measure = measure_of(pair.own.indicator)
    if measure.unit == "percent":
        return f"{number_words(pair.difference, decimals, signed=True)} percentage points"
    return with_sign(pair.difference, decimals, measure, signed=True)


def linked(cell: Cell) -> TableCell:
    """A figure that leads to where it comes from."""
    assert cell.approved is not None
    text = value_cell(reading_of(cell.approved))
    return TableCell(text, numeric=True, url=reverse("figure", args=[cell.address]))


def _newest(found: Comparators) -> Table:
    columns = ["Area", Column("Period", whole=True), *_figure_columns(found), "Source"]
    rows: list[list[TableCell | str]] = []
    for area, series in found.areas:
        newest = next((each for each in series if each.reading.value is not None), series[0])
        cell = newest.cell
        rows.append(
            [area.name, cell.period.span.label, *_figures(found, newest), cell.dataset.title]
        )
    if found.newest.median.used:
        newest = found.areas[0][1][0]
        median = _median(found, found.newest.span)
        empty = [NONE] if _is_count(found) else []
        rows.insert(
            1,
            [
                NAME,
                found.newest.span.label,
                *empty,
                median,
                f"Worked out from {newest.cell.dataset.title}",
            ],
        )
    return table("official", "Official statistics, newest figures", columns, rows)


def _figure_columns(found: Comparators) -> list[Column | str]:
    figure = Column(f"Figure ({unit_header(found.measure)})", numeric=True)
    rate = Column(unit_header(found.compared).capitalize(), numeric=True)
    return [figure, rate] if _is_count(found) else [figure]


def _figures(found: Comparators, beside: Beside) -> list[TableCell | str]:
    figure = linked(beside.cell)
    if not _is_count(found):
        return [figure]
    return [figure, value_cell(beside.compared) if beside.compared else NONE]


def _is_count(found: Comparators) -> bool:
    return found.measure.unit == "count"


def _median(found: Comparators, span: Span) -> TableCell:
    """A rate or a percentage leads to its page; of numbers made comparable there is none."""
    median = found.medians.get(span)
    if median is None or median.value is None or found.model is None:
        return TableCell(NONE, numeric=True)
    if found.measure.unit not in COMPARED:
        return TableCell(value_cell(Reading(median.value, decimals=1)), numeric=True)
    address = address_of_median(found.partnership, found.indicator.code, span, found.model.year)
    text = value_cell(Reading(median.value, decimals=median.decimals))
    return TableCell(text, numeric=True, url=reverse("figure", args=[address]))


def _sentences(found: Comparators) -> Iterator[str]:
    standings = found.newest
    if standings.among_authorities is not None:
        better = better_words(found.measure.polarity)
        own = found.areas[0][0].name
        places = [f"{_place(standings.among_authorities)} authorities that have a figure"]
        if standings.among_neighbours is not None:
            neighbours = _place(standings.among_neighbours)
            places.insert(0, f"{neighbours} among itself and its statistical neighbours")
        without = standings.authorities - standings.among_authorities.of
        left_out = f" {without:,} more {'has' if without == 1 else 'have'} none." if without else ""
        yield (f"{own} is {join_words(places)} {when_words(standings.span)}; {better}.{left_out}")
    else:
        yield "Numbers of areas that differ in size are not compared without their population."
    if standings.median.used:
        yield from _about_neighbours(found, standings)
    if _is_count(found) and standings.among_authorities is not None:
        yield (
            "Numbers of areas that differ in size are compared for every 10,000 children aged 0 "
            "to 17, as estimated for the June before."
        )


def _place(standing: Standing) -> str:
    return f"{'the ' * (standing.position == 1)}{standing_words(standing)}"


def _about_neighbours(found: Comparators, standings: Standings) -> Iterator[str]:
    assert found.model is not None
    missing = standings.median.missing
    without = f" {join_words(missing)} had no figure and are left out." if missing else ""
    yield (
        f"The neighbours are those of the {found.model.year} model, for every year: the median is "
        f"the middle of their figures, each as exact as its counts give it.{without}"
    )


def _members(found: Comparators) -> Table:
    span = found.newest.span
    year = found.model.year if found.model else ""
    return table(
        "neighbours",
        f"Statistical neighbours in the {year} model, {span.label}",
        ["Authority", "How alike", *_figure_columns(found)],
        (
            [
                f"{each.rank}. {each.name}",
                each.closeness or NONE,
                *(
                    _figures(found, each.figure)
                    if each.figure
                    else [NONE] * len(_figure_columns(found))
                ),
            ]
            for each in found.newest.members
        ),
    )


def _series(found: Comparators) -> Table:
    """Period by period: the own area, its neighbours' median, its region and England."""
    by_area = [
        (area, {each.cell.period.span: each for each in series}) for area, series in found.areas
    ]
    spans = sorted({span for _, series in by_area for span in series}, key=_end, reverse=True)
    unit = unit_header(found.compared)
    heads: list[Column | str] = [Column("Period", whole=True)]
    for area, _ in by_area:
        heads.append(Column(area.name, numeric=True))
        if _is_count(found):
            heads.append(Column(f"{area.name}, {unit}", numeric=True))
    has_median = any(median.used for median in found.medians.values())
    middle = [Column(NAME + (f", {unit}" if _is_count(found) else ""), numeric=True)]
    return table(
        "official-series",
        "Official statistics by period",
        [*heads, *(middle if has_median else [])],
        (_row(found, by_area, span, has_median=has_median) for span in spans),
        notes=[
            f"The median of {span.label} is without {join_words(median.missing)}."
            for span in spans
            if (median := found.medians.get(span)) and median.used and median.missing
        ],
    )


def _row(
    found: Comparators,
    by_area: list[tuple[Area, dict[Span, Beside]]],
    span: Span,
    *,
    has_median: bool,
) -> list[TableCell | str]:
    cells: list[TableCell | str] = [span.label]
    for _, series in by_area:
        beside = series.get(span)
        cells += _figures(found, beside) if beside else [NONE] * len(_figure_columns(found))
    if has_median:
        cells.append(_median(found, span))
    return cells


def _end(span: Span) -> int:
    return span.last.toordinal()


def _shown(found: Comparators) -> Iterator[Reading]:
    for _, series in found.areas:
        yield from (each.reading for each in series)
    yield from (each.figure.reading for each in found.newest.members if each.figure)
