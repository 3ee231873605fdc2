"""What is due and what happens, out of milestones, actions, clocks and statements.

An entry is a date as far as it is told, what it is of, and how it stands today. What is not told
to the month stands apart from the months.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from partnerships.elements import Cell, Column, Table, Tag, table
from partnerships.event_dates import WhenPrecision
from partnerships.models import Partnership
from partnerships.periods import Kind, Span, day, snapshot
from partnerships.promises.queries import milestones_at
from partnerships.promises.tables import state_tag
from reviews.models import Clock, ProposedAction
from reviews.practice.queries import ReadClock
from reviews.practice.queries import read as read_clock
from reviews.recommendations.queries import actions_at
from reviews.recommendations.tables import COLOURS

WHOLE = {WhenPrecision.DAY, WhenPrecision.MONTH}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar. `late` waits and is over its date."""

    when: Span
    words: str  # the date as far as it is told
    what: str
    kind: str
    state: Tag
    url: str
    late: bool
    to_the_month: bool = True


@dataclass(frozen=True, slots=True)
class Month:
    """The entries of a month, or of the year where no month is told."""

    key: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A financial year by month, what is late today, and the years to choose from.

    What is late is there in the year of today only.
    """

    year: Span
    late: tuple[Entry, ...]
    months: tuple[Month, ...]
    years: tuple[Span, ...]


def calendar_of(partnership: Partnership, year: Span, *, today: date) -> Calendar:
    """The calendar of a financial year, as it stands today. Four queries."""
    entries = sorted(entries_at(partnership, today=today), key=_place)
    own = [entry for entry in entries if entry.when.overlaps(year)]
    years = {_year_of(entry.when.first) for entry in entries}
    return Calendar(
        year=year,
        late=tuple(entry for entry in entries if entry.late and year == _year_of(today)),
        months=tuple(_months(own, year)),
        years=tuple(sorted(years | {year, _year_of(today)}, reverse=True)),
    )


def entries_at(partnership: Partnership, *, today: date) -> Iterator[Entry]:
    """Every entry of a partnership, in no order."""
    yield from _milestones(partnership, today)
    yield from _actions(partnership, today)
    yield from _clocks(partnership, today)
    yield from _statements(partnership, today)


def entries_table(key: str, caption: str, entries: tuple[Entry, ...]) -> Table:
    return table(
        key,
        caption,
        [Column("When", whole=True), "What", "Kind", "How it stands"],
        [(each.words, Cell(each.what, url=each.url), each.kind, each.state) for each in entries],
    )


def _milestones(partnership: Partnership, today: date) -> Iterator[Entry]:
    page = reverse("milestones", args=[partnership.slug])
    for line in milestones_at(partnership):
        yield Entry(
            when=line.when.span,
            words=line.when.words[:1].upper() + line.when.words[1:],
            what=line.what,
            kind="Milestone",
            state=state_tag(line, today=today),
            url=page,
            late=False,  # that something was planned does not say whether it happened
            to_the_month=line.when.precision in WHOLE,
        )


def _actions(partnership: Partnership, today: date) -> Iterator[Entry]:
    for line in actions_at(partnership, today=today):
        if line.reading.due:
            yield Entry(
                when=snapshot(line.reading.due),
                words=day(line.reading.due),
                what=f"{line.owner}: {line.text}",
                kind=f"Action {line.number}",
                state=Tag(line.reading.beside_its_date, COLOURS[line.reading.standing]),
                url=reverse("action", args=[partnership.slug, line.number]),
                late=line.is_overdue,
            )


def _clocks(partnership: Partnership, today: date) -> Iterator[Entry]:
    clocks = Clock.objects.filter(review__partnership=partnership).select_related("review")
    for clock in clocks:
        read = ReadClock(clock, read_clock(clock, today=today))
        yield Entry(
            when=snapshot(clock.due),
            words=day(clock.due),
            what=f"{clock.review.name}: {read.title}",
            kind="Clock of a review",
            state=Tag(_short(read), read.tag.colour),
            url=reverse("review", args=[partnership.slug, clock.review.code]),
            late=read.reading.is_late and clock.met is None,
        )


def _short(read: ReadClock) -> str:
    """How a clock stands beside its date: `Late, 3 working days over`, or only `Met`."""
    reading = read.reading
    if read.clock.met and not reading.is_late:
        return reading.standing.value
    return f"{reading.standing}, {reading.far}"


def _statements(partnership: Partnership, today: date) -> Iterator[Entry]:
    statements = ProposedAction.objects.filter(inspection__partnership=partnership)
    for statement in statements.select_related("inspection"):
        yield Entry(
            when=snapshot(statement.due),
            words=day(statement.due),
            what=f"Statement of proposed action: {statement.inspection.name}",
            kind="Inspection",
            state=_sent(statement, today),
            url=reverse("inspection", args=[partnership.slug, statement.inspection.code]),
            late=False,  # a day that nobody entered does not say that it was not sent
        )


def _sent(statement: ProposedAction, today: date) -> Tag:
    if statement.sent:
        return Tag(f"Sent {day(statement.sent)}", "green")
    if statement.due < today:
        return Tag("Not known whether it was sent", "grey")
    return Tag("To be sent", "blue")


def _months(entries: list[Entry], year: Span) -> Iterator[Month]:
    """The months that have entries, and before them what is not told to the month."""
    loose = tuple(each for each in entries if not each.to_the_month)
    if loose:
        yield Month("loose", f"Some time in {year.label}", loose)
    by_month: dict[Span, list[Entry]] = {}
    for each in entries:
        if each.to_the_month:
            month = Span.containing(Kind.MONTH, each.when.first)
            by_month.setdefault(month, []).append(each)
    for month, found in by_month.items():
        yield Month(month.key, month.label, tuple(found))


def _place(entry: Entry) -> tuple[date, bool, str, str]:
    """By day; what is told to the month comes after the days of that month."""
    return entry.when.last, entry.when.first < entry.when.last, entry.kind, entry.what


def _year_of(on: date) -> Span:
    return Span.containing(Kind.YEAR, on)
