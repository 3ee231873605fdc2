"""What an uploaded file would do: its lines beside what is stored."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from metrics.actions import settled
from metrics.entries import Entry, problems
from metrics.models import Cell, Decision
from metrics.returns.closing import Closing, closing_of
from metrics.upload.matching import Line, Matched, Refused
from metrics.upload.scopes import Scope
from partnerships.periods import Span


class Stored(NamedTuple):
    """The newest revision of a cell, as far as a file is compared with it."""

    cell: int
    approved: bool
    number: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    marker: str
    marker_reason: str
    flags: str
    note: str
    by: str
    at: datetime | None
    sent_back: bool


Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """A figure that the file adds or changes; `stored` is what it changes."""

    line: Line
    entry: Entry
    stored: Stored | None


@dataclass(slots=True)
class Plan:
    """Everything a file would do. Nothing of it may be done while a row is refused."""

    added: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    unchanged: int = 0
    still_sent_back: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """Tells this plan from any other: also from one made after somebody else saved."""
        digest = hashlib.sha256()
        for planned in (*self.added, *self.changed):
            number = planned.stored.number if planned.stored else 0
            digest.update(f"{planned.line.key}:{number}:{planned.entry}\n".encode())
        for refused in self.refused:
            digest.update(f"{refused.row}:{refused.what}\n".encode())
        return digest.hexdigest()


def closings(scopes: Iterable[Scope], span: Span, *, on: date) -> dict[int, Closing]:
    """By dataset whether its return still takes figures on a day."""
    return {each.dataset.pk: closing_of(each.dataset.pk, span, on=on) for each in scopes}


def compared(matched: Matched, stored: dict[Key, Stored], closed: Mapping[int, Closing]) -> Plan:
    """Sorts the lines into what they would add, change and leave, and refuses what is closed."""
    plan = Plan(refused=list(matched.refused))
    for line in matched.lines:
        here = stored.get(line.key)
        entry = _with_what_stands(line, here)
        found = problems(entry, line.measure)
        if found:
            column = matched.columns.words(found[0].field)
            plan.refused.append(Refused(line.row, column, found[0].message))
        elif here and here.number and _is_the_same(entry, line, here):
            plan.unchanged += 1
            plan.still_sent_back += here.sent_back
        elif why := _why_closed(line, here, closed):
            plan.refused.append(Refused(line.row, "", why))
        elif here is None or here.number == 0:
            plan.added.append(Planned(line, entry, here))
        elif here.approved and not line.scope.may_correct:
            plan.refused.append(
                Refused(line.row, "", "The figure is approved, and you may not correct it.")
            )
        else:
            plan.changed.append(Planned(line, entry, here))
    plan.refused.sort(key=lambda refused: refused.row)
    return plan


def stored_in(scopes: Iterable[Scope], span: Span) -> dict[Key, Stored]:
    """The figures of a period in the returns of the scopes; one query."""
    cells = cells_in(scopes, span).values_list(
        "dataset_id",
        "indicator_id",
        "slice__key",
        "pk",
        "approved_id",
        "latest__number",
        "latest__value",
        "latest__numerator",
        "latest__denominator",
        "latest__marker",
        "latest__marker_reason",
        "latest__flags",
        "latest__note",
        "latest__by__name",
        "latest__at",
        "latest__decision__outcome",
    )
    found: dict[Key, Stored] = {}
    row: Any  # sixteen columns of as many kinds
    for row in cells.iterator(chunk_size=5000):
        cell, approved, number, *said, outcome = row[3:]
        sent_back = outcome == Decision.Outcome.SENT_BACK
        found[row[:3]] = Stored._make((cell, approved is not None, number or 0, *said, sent_back))
    return found


def cells_in(scopes: Iterable[Scope], span: Span) -> QuerySet[Cell]:
    """The cells of a period in the returns of the scopes."""
    wanted = list(scopes)
    return Cell.objects.filter(
        dataset__in=[scope.dataset for scope in wanted],
        area__in=[scope.area for scope in wanted],
        period__kind=span.kind,
        period__first=span.first,
        period__last=span.last,
        mention=1,
    ).order_by("pk")


def scopes_used(lines: Sequence[Line]) -> list[Scope]:
    """The scopes that the lines are of, each once, in order of their first line."""
    return list({line.scope.dataset.pk: line.scope for line in lines}.values())


def _why_closed(line: Line, here: Stored | None, closed: Mapping[int, Closing]) -> str:
    return closed[line.scope.dataset.pk].why(
        indicator=line.indicator.pk,
        entered=here is not None and here.number > 0,
        approved=here is not None and here.approved,
    )


def _with_what_stands(line: Line, stored: Stored | None) -> Entry:
    """Where the file is silent about a note, a reason or provisional, what is stored stays."""
    entry = line.entry
    if stored is None or stored.number == 0:
        return entry
    kept: dict[str, Any] = {}
    if stored.note and not entry.note:
        kept["note"] = stored.note
    if "p" in stored.flags and not line.says_provisional:
        kept["flags"] = "p"
    if entry.marker and entry.marker == stored.marker and not entry.marker_reason:
        kept["marker_reason"] = stored.marker_reason
    return replace(entry, **kept) if kept else entry


def _is_the_same(entry: Entry, line: Line, stored: Stored) -> bool:
    value, marker, reason = settled(entry, line.measure)
    return (
        value == stored.value
        and entry.numerator == stored.numerator
        and entry.denominator == stored.denominator
        and marker == stored.marker
        and reason == stored.marker_reason
        and entry.note == stored.note
        and ("p" in entry.flags) == ("p" in stored.flags)
    )
