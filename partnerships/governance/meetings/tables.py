"""Meetings, attendance and seats as their pages draw them."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from partnerships.amounts import number_words
from partnerships.elements import Colour, Column, Link, Table, Tag, table
from partnerships.governance.meetings.queries import (
    AttendanceOf,
    AttendanceRow,
    SeatOf,
    meeting_hours,
)
from partnerships.models import Meeting, Seat

NONE = "–"
NOT_KNOWN = "Not known"
NOTE = Column("Note", long=True)
COLOURS: dict[str, Colour] = {
    Seat.State.FILLED: "green",
    Seat.State.VACANT: "orange",
    Seat.State.UNKNOWN: "grey",
}


def meetings_table(rows: Iterable[tuple[Meeting, str]]) -> Table:
    """Each row with the address of the page on which it is changed, or an empty one."""
    return table(
        "meetings",
        "Meetings, the newest first",
        [Column("When", whole=True), "What became of it", Column("How many", numeric=True), NOTE],
        [
            (
                Link(str(meeting.period), url) if url else str(meeting.period),
                meeting.get_status_display(),
                NOT_KNOWN if meeting.number is None else number_words(Decimal(meeting.number), 0),
                _about(meeting),
            )
            for meeting, url in rows
        ],
    )


def attendance_table(found: AttendanceOf) -> Table:
    held = f"; {found.held.words} held" if found.held else ""
    notes = [_note(row) for row in found.rows]
    tells = any(notes)
    return table(
        f"attendance-{found.period_key}",
        f"Attendance, {found.period}{held}",
        [
            "Member",
            Column("Organisation", long=True),
            Column("Attended", numeric=True, whole=True),
            Column("Percentage", numeric=True),
            Column("Why absent", long=True),
            *([NOTE] if tells else []),
        ],
        [
            (
                row.member,
                row.organisation or NONE,
                row.attended.cell,
                row.percentage.cell,
                row.absence,
                *([note] if tells else []),
            )
            for row, note in zip(found.rows, notes, strict=True)
        ],
        beneath=True,
    )


def _note(row: AttendanceRow) -> str:
    """Not where it says no more than the reason beside it."""
    return "" if row.note.rstrip(".") == row.absence else row.note


def seats_table(
    seats: Iterable[SeatOf],
    url_of: Callable[[SeatOf], str] | None,
    *,
    with_body: bool = True,
) -> Table:
    """`url_of` gives the page on which a seat is changed, for those who may."""
    return table(
        "seats",
        "Seats, the newest period first",
        [
            "Office",
            *(["Body"] if with_body else []),
            Column("Appointed by or from", long=True),
            Column("Period", whole=True),
            "State",
            NOTE,
        ],
        [
            (
                Link(seat.name, url_of(seat)) if url_of else seat.name,
                *([seat.body or "None"] if with_body else []),
                seat.organisation or NONE,
                seat.period,
                state_tag(seat),
                seat.note,
            )
            for seat in seats
        ],
    )


def vacant_words(seat: SeatOf) -> str:
    """One line of a list of vacancies: "Designated Doctor (Board), 2019-20"."""
    body = f" ({seat.body})" if seat.body else ""
    return f"{seat.name}{body}, {seat.period}"


def state_tag(seat: SeatOf) -> Tag:
    return Tag(seat.state_words, COLOURS[seat.state])


def _about(meeting: Meeting) -> str:
    stated = meeting_hours(meeting)
    hours = f"{stated.words.capitalize()} each." if stated else ""
    return " ".join(filter(None, [hours, meeting.note]))
