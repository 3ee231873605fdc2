"""What a file would do, as plain values for the component templates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from metrics.addresses import WHOLE
from metrics.arithmetic.reading import Measure, Reading
from metrics.saving import settled
from metrics.upload.plan import Planned, Stored
from metrics.upload.taking import Preview
from metrics.wording import value_words
from partnerships.elements import Column, Fact, Table, table
from partnerships.periods import day

SHOWN = 100  # rows of each table; the rest is counted


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview as its page shows it: words only, so that it can be kept as JSON."""

    seen: str
    # Of "added", "changed", "unchanged", "refused", "sent-back", "asked".
    counts: dict[str, int]
    left_out: dict[str, int]
    understood: list[str]
    refused: list[list[str]] = field(default_factory=list)
    changed: list[list[str]] = field(default_factory=list)
    added: list[list[str]] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)
    answer: str = ""  # what its sender said of them, while a large file waits for its worker

    @property
    def to_save(self) -> int:
        return self.counts["added"] + self.counts["changed"]


def shown_of(preview: Preview) -> Shown:
    """The first rows of each kind in words, and how many there are."""
    plan = preview.plan
    several = len({each.scope.dataset.pk for each in preview.matched.lines}) > 1
    said = sorted(preview.matched.said.items())
    return Shown(
        seen=plan.seen,
        counts={
            "added": len(plan.added),
            "changed": len(plan.changed),
            "unchanged": plan.unchanged,
            "refused": len(plan.refused),
            "sent-back": plan.still_sent_back,
            "asked": len(plan.asked),
        },
        left_out=dict(sorted(preview.matched.left_out.items())),
        understood=[*preview.table.said, *(_first(*each) for each in said)],
        refused=[
            [f"{row.row}", row.column or "whole row", row.what] for row in plan.refused[:SHOWN]
        ],
        changed=[
            [_name(each, several), _was(each), _becomes(each), _entered(each.stored)]
            for each in plan.changed[:SHOWN]
        ],
        added=[[_name(each, several), _becomes(each)] for each in plan.added[:SHOWN]],
        asked=[
            [f"{each.line.row}", _name(each, several), _becomes(each), _asks(each)]
            for each in sorted(plan.asked, key=lambda each: each.line.row)[:SHOWN]
        ],
    )


def counts(shown: Shown) -> list[Fact]:
    """How many figures the file adds, changes and leaves, and what was left out."""
    names = {"New": "added", "Changed": "changed", "As they are": "unchanged", "Refused": "refused"}
    return [
        *(Fact(name, f"{shown.counts[key]:,}") for name, key in names.items()),
        *(Fact(why, f"{count:,}") for why, count in shown.left_out.items()),
    ]


def refused(shown: Shown) -> Table:
    """The rows that cannot be taken, and what to do about each."""
    return table(
        "refused",
        "Put these right",
        ["Row", Column("Column"), Column("What to do", long=True)],
        shown.refused,
        notes=_more(shown.counts["refused"]),
    )


def asked(shown: Shown) -> Table:
    """The figures that look unlikely, and in what."""
    return table(
        "asked",
        "Are these figures right?",
        [
            "Row",
            Column("Figure", long=True),
            Column("From the file", numeric=True),
            Column("Why the portal asks", long=True),
        ],
        shown.asked,
        notes=[
            "Put them right in the file and upload it again, or say below why they are right.",
            *_more(shown.counts["asked"]),
        ],
    )


def changed(shown: Shown) -> Table:
    """The figures that are entered already, and what they would become."""
    return table(
        "changed",
        "Changed figures",
        [
            "Figure",
            Column("Now", numeric=True, beside=True),
            Column("From the file", numeric=True),
            Column("Entered", long=True),
        ],
        shown.changed,
        notes=_more(shown.counts["changed"]),
    )


def added(shown: Shown) -> Table:
    """The figures that nobody has entered yet."""
    return table(
        "added",
        "New figures",
        ["Figure", Column("From the file", numeric=True)],
        shown.added,
        notes=_more(shown.counts["added"]),
    )


def _more(count: int) -> list[str]:
    return [f"The first {SHOWN} of {count:,} are shown."] if count > SHOWN else []


def _first(what: str, rows: Sequence[str]) -> str:
    if len(rows) == 1:
        return f"{what} Row {rows[0]}."
    several = "1,000 or more" if len(rows) == 1000 else f"{len(rows):,}"
    return f"{what} {several} cells, the first in row {rows[0]}."


def _name(each: Planned, several: bool) -> str:
    name = each.line.indicator.name
    if each.line.slice != WHOLE:
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


def _asks(each: Planned) -> str:
    return " ".join(found.finding for found in each.found)


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
    approved = " Approved: this is a correction." if stored.approved else ""
    return f"{stored.by}, {moment(stored.at)}.{approved}"


def moment(when: datetime) -> str:
    """A time here: 21 November 2026, 09:30."""
    at = timezone.localtime(when)
    return f"{day(at.date())}, {at:%H:%M}"
