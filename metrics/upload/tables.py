"""What a file would do, as plain values for the component templates."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from metrics.actions import settled
from metrics.arithmetic.reading import Measure, Reading
from metrics.upload.actions import Preview
from metrics.upload.matching import Refused
from metrics.upload.plan import Planned, Stored
from metrics.wording import value_words
from partnerships.elements import Column, Fact, Table, table
from partnerships.periods import day

SHOWN = 100  # rows of each table; the rest is counted


def counts(preview: Preview) -> list[Fact]:
    """How many figures the file adds, changes and leaves, and what was left out."""
    plan = preview.plan
    facts = [
        Fact("New", f"{len(plan.added):,}"),
        Fact("Changed", f"{len(plan.changed):,}"),
        Fact("As they are", f"{plan.unchanged:,}"),
        Fact("Refused", f"{len(plan.refused):,}"),
    ]
    return facts + [
        Fact(why, f"{count:,}") for why, count in sorted(preview.matched.left_out.items())
    ]


def understood(preview: Preview) -> list[str]:
    """What was read otherwise than it stands, each with the first row where it was."""
    return [*preview.table.said, *(_first(*each) for each in _in_order(preview.matched.said))]


def refused(rows: Sequence[Refused]) -> Table:
    """The rows that cannot be taken, and what to do about each."""
    return table(
        "refused",
        "Put these right",
        ["Row", Column("Column"), Column("What to do", long=True)],
        ([f"{row.row}", row.column or "whole row", row.what] for row in rows[:SHOWN]),
        notes=_more(len(rows)),
    )


def changed(planned: Sequence[Planned], *, several: bool) -> Table:
    """The figures that are entered already, and what they would become."""
    return table(
        "changed",
        "Changed figures",
        [
            "Figure",
            Column("Now", numeric=True),
            Column("From the file", numeric=True),
            Column("Entered", long=True),
        ],
        (
            [_name(each, several), _was(each), _becomes(each), _entered(each.stored)]
            for each in planned[:SHOWN]
        ),
        notes=_more(len(planned)),
    )


def added(planned: Sequence[Planned], *, several: bool) -> Table:
    """The figures that nobody has entered yet."""
    return table(
        "added",
        "New figures",
        ["Figure", Column("From the file", numeric=True)],
        ([_name(each, several), _becomes(each)] for each in planned[:SHOWN]),
        notes=_more(len(planned)),
    )


def _more(count: int) -> list[str]:
    return [f"The first {SHOWN} of {count:,} are shown."] if count > SHOWN else []


def _in_order(said: Mapping[str, Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
    return sorted(said.items())


def _first(what: str, rows: Sequence[str]) -> str:
    if len(rows) == 1:
        return f"{what} Row {rows[0]}."
    several = "1,000 or more" if len(rows) == 1000 else f"{len(rows):,}"
    return f"{what} {several} cells, the first in row {rows[0]}."


def _name(each: Planned, several: bool) -> str:
    name = each.line.indicator.name
    if each.line.slice != "all":
        name = f"{name} ({each.line.slice})"
    return f"{each.line.scope.partnership.short_name}: {name}" if several else name


def _becomes(each: Planned) -> str:
    line, entry = each.line, each.entry
    value, marker, _reason = settled(entry, line.measure)
    return _words(
        Reading(
            value=value,
            numerator=entry.numerator,
            denominator=entry.denominator,
            decimals=line.indicator.decimals,
            marker=marker,
            flags=entry.flags,
        ),
        line.measure,
        entry.note,
    )


def _was(each: Planned) -> str:
    stored = each.stored
    assert stored is not None  # nothing is changed where nothing was
    return _words(
        Reading(
            value=stored.value,
            numerator=stored.numerator,
            denominator=stored.denominator,
            decimals=each.line.indicator.decimals,
            marker=stored.marker,
            flags=stored.flags,
        ),
        each.line.measure,
        stored.note,
    )


def _words(reading: Reading, measure: Measure, note: str) -> str:
    """The figure with its two numbers, and the note under it, so that any change can be seen."""
    said = value_words(reading, measure)
    if reading.numerator is not None and reading.denominator is not None:
        said = f"{said} ({reading.numerator:,f} out of {reading.denominator:,f})".replace(
            ".000000", ""
        )
    if "p" in reading.flags:
        said = f"{said}, provisional"
    return f"{said}. Note: {note}" if note else said


def _entered(stored: Stored | None) -> str:
    if stored is None or stored.at is None:
        return ""
    at = timezone.localtime(stored.at)
    approved = " Approved: this is a correction." if stored.approved else ""
    return f"{stored.by}, {day(at.date())}, {at:%H:%M}.{approved}"
