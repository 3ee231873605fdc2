"""What the dashboard shows, as plain values for the component templates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify

from metrics.arithmetic.false_discovery import discoveries
from metrics.arithmetic.reading import Measure, Reading
from metrics.models import Change
from metrics.readings import measure_of, reading_of
from metrics.wording import (
    change_cell,
    judgement,
    legend,
    moved_words,
    state_words,
    unit_header,
    value_cell,
)
from partnerships.elements import Cell as TableCell
from partnerships.elements import Column, Link, Marker, Table, Tag, table
from partnerships.models import Partnership
from reports.dashboards.queries import Row

LARGEST = 6  # how many differences are put into words where none can be tested


@dataclass(frozen=True, slots=True)
class Sentence:
    """One change in words, with the page that shows it."""

    link: Link
    words: str
    tag: Tag | None


@dataclass(frozen=True, slots=True)
class Highlights:
    """What changed, in words. `tested` counts the changes that could be tested at all."""

    clear: list[Sentence]
    largest: list[Sentence]
    tested: int
    compared: int


def highlights(partnership: Partnership, rows: Sequence[Row]) -> Highlights:
    """The clear changes, held to one rate of false alarms over all that were tested.

    Where nothing can be tested, the largest differences, said to be untested.
    """
    changes = [(row, row.change) for row in rows if row.change and row.change.absolute is not None]
    kept = discoveries([change.p for _, change in changes])
    clear = [row for (row, _), keep in zip(changes, kept, strict=True) if keep]
    tested = sum(change.p is not None for _, change in changes)
    largest: list[Row] = []
    if not tested:
        by_size = sorted(changes, key=lambda pair: _size(pair[1]), reverse=True)
        largest = [row for row, _ in by_size[:LARGEST]]
    return Highlights(
        clear=[_sentence(partnership, row, tag=True) for row in clear],
        largest=[_sentence(partnership, row, tag=False) for row in largest],
        tested=tested,
        compared=len(changes),
    )


def themes(partnership: Partnership, rows: Iterable[Row]) -> list[tuple[str, Table]]:
    """A table for each theme: each figure with the year before, its change, and its state."""
    by_theme: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_theme[row.cell.indicator.theme].append(row)
    return [
        (_title(theme), _table(partnership, theme, members)) for theme, members in by_theme.items()
    ]


def markers(rows: Iterable[Row]) -> list[Marker]:
    """The marks that stand in the tables, with their meaning."""
    readings = [reading for row in rows for reading in _readings(row)]
    return [Marker(mark, meaning) for mark, meaning in legend(readings) if mark != "[z]"]


def _table(partnership: Partnership, theme: str, rows: Iterable[Row]) -> Table:
    return table(
        f"theme-{slugify(theme)}",
        _title(theme),
        [
            "Indicator",
            Column("Figure", numeric=True, beside=True),  # in sight on a phone, too
            Column("Unit", beside=True),
            Column("Year before", numeric=True, beside=True),
            Column("Change", numeric=True, beside=True),
            Column("Can we say that it changed?", long=True),
            Column("Period", whole=True),
        ],
        (_cells(partnership, row) for row in rows),
    )


def _cells(partnership: Partnership, row: Row) -> list[TableCell | Link | Tag | str]:
    cell, change = row.cell, row.change
    before, after = _readings(row)
    assert after is not None
    measure = measure_of(cell.indicator)
    return [
        _indicator_link(partnership, row),
        TableCell(value_cell(after), numeric=True, url=reverse("figure", args=[cell.address])),
        unit_header(measure),
        value_cell(before) if before else "–",
        change_cell(change, before, after, measure) if change else "not compared",
        _said(change, before),
        cell.period.span.label,
    ]


def _said(change: Change | None, before: Reading | None) -> str:
    if change is None:
        return "Not worked out yet"
    if before is None or change.absolute is None:
        return change.reason
    words = state_words(change).capitalize()
    return f"{words}. {change.caution}" if change.caution else words


def _sentence(partnership: Partnership, row: Row, *, tag: bool) -> Sentence:
    assert row.change is not None
    before, after = _readings(row)
    assert after is not None
    measure: Measure = measure_of(row.cell.indicator)
    state = state_words(row.change).capitalize()
    verdict = judgement(row.change.state, measure.polarity)
    words = f"{moved_words(row.change, before, after, measure)}."
    if row.change.caution:
        words += f" {row.change.caution}"
    return Sentence(
        link=_indicator_link(partnership, row),
        words=words,
        tag=Tag(f"{state}{_verdict_words(verdict)}", "blue") if tag else None,
    )


def _verdict_words(verdict: str) -> str:
    return f": {verdict}" if verdict in {"better", "worse"} else ""


def _indicator_link(partnership: Partnership, row: Row) -> Link:
    indicator = row.cell.indicator
    return Link(indicator.name, reverse("indicator", args=[partnership.slug, indicator.code]))


def _readings(row: Row) -> tuple[Reading | None, Reading | None]:
    assert row.cell.approved is not None
    earlier = row.change.from_revision if row.change else None
    return (reading_of(earlier) if earlier else None, reading_of(row.cell.approved))


def _size(change: Change) -> float:
    return abs(float(change.percent if change.percent is not None else change.points or 0))


def _title(theme: str) -> str:
    return theme.replace("-", " ").capitalize()
