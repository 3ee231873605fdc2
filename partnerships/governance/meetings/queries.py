"""Reading meetings, attendance and seats: plain values with an address for each figure.

For the pages here and for the yearly report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from partnerships.governance.meetings.counting import Kept, count_in
from partnerships.models import (
    Attendance,
    Body,
    Meeting,
    Partnership,
    Period,
    Register,
    Seat,
)
from partnerships.periods import Span
from partnerships.stated import Stated, address_of

Status = Meeting.Status
WORKED_OUT = "The source prints the percentage; how many were attended is worked out from it."
COUNTED = "Counted from the meetings that are kept one by one."


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One seat or agency, as the register names it. `attended` reads "1 of 2 meetings"."""

    code: str
    member: str
    seat: str  # the office, where the row is a seat's; else empty
    organisation: str
    attended: Stated
    percentage: Stated
    absence: str  # why they were absent, in words; empty where nothing is said
    note: str


@dataclass(frozen=True, slots=True)
class AttendanceOf:
    """Who came to the meetings of a body over a period; in the order of the register."""

    body: str
    period: str
    period_key: str
    held: Stated | None  # None where nobody keeps how many meetings there were
    rows: tuple[AttendanceRow, ...]


@dataclass(frozen=True, slots=True)
class SeatOf:
    """An office in a period."""

    code: str
    name: str
    body: str
    organisation: str
    state: str  # a value of `Seat.State`
    state_words: str
    note: str
    period: str
    period_key: str

    @property
    def vacant(self) -> bool:
        return self.state == Seat.State.VACANT


def attendances_of(body: Body) -> list[AttendanceOf]:
    """All registers of a body, the newest first."""
    meetings = list(_meetings(body))
    return [_attendance(body, register, meetings) for register in registers_of(body)]


def meetings_count(body: Body, span: Span, status: str) -> Stated | None:
    """How many meetings of a status there were in a span, which need not be stored."""
    return _count(body, span, status, list(_meetings(body)))


def meeting_hours(meeting: Meeting) -> Stated | None:
    """About how long each meeting lasted."""
    if meeting.hours is None:
        return None
    body = meeting.body
    return Stated(
        address=address_of("meetings", body.partnership, body.code, meeting.period.key, "hours"),
        about=f"Length of a meeting, {body.name}, {meeting.period}",
        value=meeting.hours,
        unit="hour" if meeting.hours == 1 else "hours",
        decimals=0 if meeting.hours % 1 == 0 else 1,
        qualifier="about",
        fact_id=meeting.hours_fact_id,
        source=meeting.source,
    )


def vacancies_of(partnership: Partnership) -> tuple[SeatOf, ...]:
    """The seats that are vacant in the newest period for which each of them is kept."""
    newest: dict[str, SeatOf] = {}
    for seat in as_read(partnership.seats.all()):
        newest.setdefault(seat.code, seat)
    return tuple(seat for seat in newest.values() if seat.vacant)


def as_read(seats: QuerySet[Seat]) -> tuple[SeatOf, ...]:
    """Seats as their tables show them: the newest period first, then those that are vacant."""
    found = [_seat(seat) for seat in seats.select_related("body", "organisation", "period")]
    order = list(dict.fromkeys(seat.period_key for seat in found))
    return tuple(sorted(found, key=lambda seat: (order.index(seat.period_key), not seat.vacant)))


def registers_of(body: Body) -> QuerySet[Register]:
    rows = Attendance.objects.select_related("seat", "organisation")
    return body.registers.select_related("period").prefetch_related(Prefetch("rows", rows))


def _meetings(body: Body) -> QuerySet[Meeting]:
    return body.meetings.select_related("period")


def _attendance(body: Body, register: Register, meetings: Sequence[Meeting]) -> AttendanceOf:
    period = register.period
    return AttendanceOf(
        body=body.name,
        period=str(period),
        period_key=period.key,
        held=_count(body, period.span, Status.HELD, meetings),
        rows=tuple(_row(body, period, row) for row in register.rows.all()),
    )


def _row(body: Body, period: Period, row: Attendance) -> AttendanceRow:
    return AttendanceRow(
        code=row.code,
        member=row.member,
        seat=row.seat.name if row.seat else "",
        organisation=row.organisation.name if row.organisation else "",
        attended=attended(body, period, row),
        percentage=percentage(body, period, row),
        absence=row.get_absence_display() if row.absence else "",
        note=row.note,
    )


def attended(body: Body, period: Period, row: Attendance) -> Stated:
    """ "1 of 2 meetings". The fact of a source is the number it prints, or the percentage."""
    return Stated(
        address=address_of("attendance", body.partnership, body.code, period.key, row.code),
        about=f"Meetings that {row.member} attended, {body.name}, {period}",
        value=Decimal(row.attended),
        unit="meeting" if row.held == 1 else "meetings",
        out_of=Decimal(row.held),
        note=" ".join(filter(None, [WORKED_OUT if row.worked_out else "", row.note])),
        fact_id=row.fact_id,
        source=row.source,
    )


def percentage(body: Body, period: Period, row: Attendance) -> Stated:
    """The share of the meetings held that was attended, as a whole percentage."""
    return Stated(
        address=address_of(
            "attendance", body.partnership, body.code, period.key, row.code, "percentage"
        ),
        about=f"Share of the meetings that {row.member} attended, {body.name}, {period}",
        value=Decimal(row.attended * 100) / row.held,
        unit="%",
        note=row.note,
        fact_id=row.fact_id,
        source=row.source,
    )


def _count(body: Body, span: Span, status: str, meetings: Iterable[Meeting]) -> Stated | None:
    """Counted by `count_in`; that a body did not meet is a count of 0 meetings held."""
    statuses = {status, Status.DID_NOT_MEET} if status == Status.HELD else {status}
    found = {
        Kept(meeting.period.span, meeting.number): meeting
        for meeting in meetings
        if meeting.status in statuses
    }
    count = count_in(span, list(found))
    if count is None:
        return None
    only = found[count.rows[0]] if len(count.rows) == 1 else None
    stated = only is not None and only.period.span == span
    parts = [body.code, span.key] if status == Status.HELD else [body.code, span.key, status]
    return Stated(
        address=address_of("meetings", body.partnership, *parts),
        about=f"Meetings {status}, {body.name}, {span.label}",
        value=Decimal(count.number),
        unit="meeting" if count.number == 1 else "meetings",
        qualifier="at-least" if count.at_least else "exactly",
        note=only.note if only and stated else COUNTED,
        fact_id=only.fact_id if only and stated else "",
        source=only.source if only else _common_source([found[row] for row in count.rows]),
    )


def _common_source(meetings: Sequence[Meeting]) -> str:
    sources = {meeting.source for meeting in meetings}
    return sources.pop() if len(sources) == 1 else ""


def _seat(seat: Seat) -> SeatOf:
    return SeatOf(
        code=seat.code,
        name=seat.name,
        body=seat.body.name if seat.body else "",
        organisation=seat.organisation.name if seat.organisation else "",
        state=seat.state,
        state_words=seat.get_state_display(),
        note=seat.note,
        period=str(seat.period),
        period_key=seat.period.key,
    )
