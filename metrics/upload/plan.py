"""What an uploaded file would do: its lines beside what is stored."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import QuerySet

from metrics.addresses import WHOLE
from metrics.checks import Context, Found, warnings
from metrics.entries import Entry, problems
from metrics.models import Cell, Decision
from metrics.owed import Owed
from metrics.returns.actions import answered
from metrics.returns.closing import Closing, closing_of
from metrics.returns.queries import contexts
from metrics.saving import NOTHING_ASKED, Answer, settled
from metrics.upload.matching import Line, Matched, Refused
from metrics.upload.scopes import Scope
from metrics.upload.together import apart
from partnerships.periods import Span


class Stored(NamedTuple):
    """The newest revision of a cell, as far as a file is compared with it.

    `number` is 0 where there is none yet; `latest` then is the id that it is to get, if any.
    """

    cell: int
    latest: int | None
    approved: bool
    number: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    marker: str
    marker_reason: str
    flags: str
    note: str
    warnings: str
    answer: str
    by: str
    at: datetime | None
    sent_back: bool


Key = tuple[int, int, str]
Contexts = Mapping[Key, Context]
_SAYS = attrgetter(*(each.name for each in fields(Entry)))


class Planned(NamedTuple):
    """A figure that the file adds or changes; `stored` is what it changes.

    `found` is what the checks ask about; `said` what was answered before about the same numbers.
    """

    line: Line
    entry: Entry
    stored: Stored | None
    found: tuple[Found, ...] = ()
    said: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether somebody is still to say why it is right."""
        return bool(self.found) and not self.said

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.found)

    def answered(self, words: str) -> Answer:
        """What stands with the figure where `words` answer all that is asked."""
        return Answer(self.codes, self.said or words) if self.found else NOTHING_ASKED


@dataclass(slots=True)
class Plan:
    """Everything a file would do. Nothing of it may be done while a row is refused."""

    added: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    unchanged: int = 0
    still_sent_back: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def asked(self) -> list[Planned]:
        """The figures for which somebody is to say why they are right."""
        return [each for each in (*self.added, *self.changed) if each.is_asked]

    @property
    def seen(self) -> str:
        """Tells this plan from any other: also from one made after somebody else saved."""
        digest = hashlib.sha256()
        for planned in (*self.added, *self.changed):
            before = planned.stored
            over = (before.number, before.approved) if before else (0, False)
            says = (planned.line.key, over, _SAYS(planned.entry), planned.codes, planned.said)
            digest.update(f"{says}\n".encode())
        for refused in self.refused:
            digest.update(f"{refused.row}:{refused.what}\n".encode())
        return digest.hexdigest()


def closings(scopes: Iterable[Scope], span: Span, *, on: date) -> dict[int, Closing]:
    """By dataset whether its return still takes figures on a day."""
    return {each.dataset.pk: closing_of(each.dataset.pk, span, on=on) for each in scopes}


def contexts_of(lines: Sequence[Line], span: Span) -> Contexts:
    """What the lines are held against; two queries for each return.

    As in the form of a return: whole figures, and the categories that it asks for. Any other part
    has no series of its own.
    """
    found: dict[Key, Context] = {}
    for scope in scopes_used(lines):
        dataset = scope.dataset.pk
        asked = {each.place: each for each in scope.owed}
        wanted = {
            line.key: asked.get(line.key[1:]) or Owed(line.indicator)
            for line in lines
            if line.key[0] == dataset and (line.slice == WHOLE or line.key[1:] in asked)
        }
        if wanted:
            held = contexts(scope.dataset, scope.area, span, wanted.values())
            found |= {key: held[each.key] for key, each in wanted.items()}
    return found


def plan_of(matched: Matched, span: Span, *, on: date) -> Plan:
    """What the lines of a period would do now."""
    used = scopes_used(matched.lines)
    plan = compared(
        matched,
        stored_in(used, span),
        closings(used, span, on=on),
        contexts_of(matched.lines, span),
    )
    brought = ((each.line, each.entry) for each in (*plan.added, *plan.changed))
    plan.refused += apart(brought, matched.columns, span)
    plan.refused.sort(key=lambda refused: refused.row)
    return plan


def compared(
    matched: Matched,
    stored: Mapping[Key, Stored],
    closed: Mapping[int, Closing],
    held_against: Contexts,
) -> Plan:
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
            plan.added.append(_planned(line, entry, here, held_against))
        elif here.approved and not line.scope.may_correct:
            plan.refused.append(
                Refused(line.row, "", "The figure is approved, and you may not correct it.")
            )
        else:
            plan.changed.append(_planned(line, entry, here, held_against))
    return plan


def stored_in(scopes: Iterable[Scope], span: Span) -> dict[Key, Stored]:
    """The figures of a period in the returns of the scopes; one query."""
    cells = cells_in(scopes, span).values_list(
        "dataset_id",
        "indicator_id",
        "slice__key",
        "pk",
        "latest_id",
        "approved_id",
        "latest__number",
        "latest__value",
        "latest__numerator",
        "latest__denominator",
        "latest__marker",
        "latest__marker_reason",
        "latest__flags",
        "latest__note",
        "latest__warnings",
        "latest__answer",
        "latest__by__name",
        "latest__at",
        "latest__decision__outcome",
    )
    found: dict[Key, Stored] = {}
    row: Any  # nineteen columns of as many kinds
    for row in cells.iterator(chunk_size=5000):
        cell, latest, approved, number, *said, outcome = row[3:]
        sent_back = outcome == Decision.Outcome.SENT_BACK
        found[row[:3]] = Stored._make(
            (cell, latest, approved is not None, number or 0, *said, sent_back)
        )
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
    return list({line.key[0]: line.scope for line in lines}.values())


def _planned(line: Line, entry: Entry, here: Stored | None, held_against: Contexts) -> Planned:
    context = held_against.get(line.key)
    found = tuple(warnings(entry, context)) if context else ()
    if not found:
        return Planned(line, entry, here)
    before = here if here and here.number else None
    return Planned(line, entry, here, found, answered(entry, found, before))


def _why_closed(line: Line, here: Stored | None, closed: Mapping[int, Closing]) -> str:
    dataset, indicator, _ = line.key
    return closed[dataset].why(
        indicator=indicator,
        entered=here is not None and here.number > 0,
        approved=here is not None and here.approved,
        sent_back=here is not None and here.sent_back,
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
