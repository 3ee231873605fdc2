"""A partnership's seats, meetings and attendance, from its folder of files.

Loading again mends what differs, and leaves alone what a person has changed since; a register
of attendance counts as one.
"""

from itertools import groupby
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from partnerships.calendar import store_period
from partnerships.governance.meetings.actions import (
    MeetingWords,
    SeatWords,
    save_meeting,
    save_seat,
)
from partnerships.governance.meetings.registers import Came, save_register
from partnerships.models import (
    Attendance,
    Body,
    Meeting,
    Organisation,
    Partnership,
    Period,
    Register,
    Seat,
    User,
)
from partnerships.periods import parse
from partnerships.refusals import Refused
from safeguarding.demo.files import Row, known, named, rows_if_any
from safeguarding.demo.kept import kept_by_people
from safeguarding.demo.printed import said_by

LEVELS = ("total", "single", "hours-each")


def load_meetings_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads seats, meetings and attendance, all or none. Returns how many rows were read."""
    kept = kept_by_people(partnership)
    seats, meetings, attendance = (
        rows_if_any(folder / name) for name in ("seats.csv", "meetings.csv", "attendance.csv")
    )
    with transaction.atomic():
        for row in seats:
            with named(row):
                _seat(row, partnership, kept, by)
        for row in meetings:
            with named(row):
                _meeting(row, meetings, partnership, kept, by)
        for _, of_register in groupby(attendance, key=_register_of):
            _register(list(of_register), partnership, kept, by)
    return {
        "seats": len(seats),
        "rows of meetings": len(meetings),
        "rows of attendance": len(attendance),
    }


def _seat(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    period, code = _period(row), slugify(row.required("seat"))[:80]
    found = partnership.seats.filter(period=period, code=code).first()
    if f"seat:{partnership.slug}:{period.key}:{code}" in kept:
        return
    words = SeatWords(
        name=row.required("seat"),
        state=known(row, "state", Seat.State.values),
        body=_body(row, partnership) if row.text("body") else None,
        organisation=_organisation(row),
        note=row.text("note"),
        source=said_by(row, partnership),
    )
    save_seat(
        partnership=partnership,
        period=period,
        code=code,
        words=words,
        seen=found.version if found else 0,
        by=by,
    )


def _meeting(
    row: Row,
    of_file: list[Row],
    partnership: Partnership,
    kept: frozenset[str],
    by: User,
) -> None:
    """One row of meetings; how long each lasted stands on a row of its own."""
    level = known(row, "level", LEVELS)
    body, period = _body(row, partnership), _period(row)
    status = known(row, "status", Meeting.Status.values)
    if level == "hours-each":
        if not any(_same_meetings(row, other) for other in of_file):
            raise row.error("no row says how many meetings lasted so long.")
        return
    if f"meetings:{partnership.slug}:{body.code}:{period.key}:{status}" in kept:
        return
    found = body.meetings.filter(period=period, status=status).first()
    hours = next((other for other in of_file if _same_meetings(other, row)), None)
    number = row.whole("value", 1) if level == "single" or row.text("value") else None
    words = MeetingWords(
        number=number,
        hours=hours.number("value") if hours else None,
        note=row.text("note"),
        fact_id=row.text("fact_id"),
        hours_fact_id=hours.text("fact_id") if hours else "",
        source=said_by(row, partnership),
    )
    seen = found.version if found else 0
    save_meeting(body=body, period=period, status=status, words=words, seen=seen, by=by)


def _same_meetings(hours: Row, counted: Row) -> bool:
    """Whether the first row says how long the meetings of the second lasted."""
    columns = ("body", "period", "status")
    return (hours.text("level"), counted.text("level")) == ("hours-each", "total") and all(
        hours.text(column) == counted.text(column) for column in columns
    )


def _register_of(row: Row) -> tuple[str, str]:
    return row.required("body"), row.required("period")


def _register(found: list[Row], partnership: Partnership, kept: frozenset[str], by: User) -> None:
    """The rows of one register; what is wrong is said of the row that has it."""
    first = found[0]
    with named(first):
        body, period = _body(first, partnership), _period(first)
    stored = body.registers.filter(period=period).first()
    if Register(body=body, period=period).key in kept:
        return
    came = [_came(row, partnership) for row in found]
    try:
        save_register(
            body=body, period=period, rows=came, seen=stored.version if stored else 0, by=by
        )
    except Refused as error:
        raise _row_of(found, error).error(str(error)) from error


def _row_of(found: list[Row], error: Refused) -> Row:
    """The row that the refusal's field names by its place, such as `attended-3`."""
    place = (error.field or "").rpartition("-")[2]
    return found[int(place)] if place.isdigit() else found[0]


def _came(row: Row, partnership: Partnership) -> Came:
    return Came(
        member=row.required("member"),
        attended=row.whole("attended", 0),
        held=row.whole("held", 0),
        organisation=_organisation(row),
        absence=known(row, "absence_reason", ["", *Attendance.Absence.values]),
        worked_out=bool(row.text("value")),
        note=row.text("note"),
        fact_id=row.text("fact_id"),
        source=said_by(row, partnership),
    )


def _period(row: Row) -> Period:
    return store_period(parse(row.required("period")))


def _body(row: Row, partnership: Partnership) -> Body:
    code = row.required("body")
    found = partnership.bodies.select_related("partnership").filter(code=code).first()
    if found is None:
        raise row.error(f"body is {code!r}, which is no body of bodies.csv.")
    return found


def _organisation(row: Row) -> Organisation | None:
    slug = row.text("organisation")
    if not slug:
        return None
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise row.error(f"organisation is {slug!r}, which is not in organisations.csv.")
    return found
