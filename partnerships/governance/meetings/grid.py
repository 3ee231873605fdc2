"""What the grid of attendance begins with, so that nobody types what is known already."""

from django.utils.text import slugify

from partnerships.governance.meetings.forms import GridRow
from partnerships.governance.meetings.queries import meetings_count
from partnerships.models import Attendance, Body, Meeting, Register, Seat
from partnerships.periods import Span


def first_rows(body: Body, span: Span, register: Register | None) -> list[GridRow]:
    """The rows that are kept; for a new register, the members of the last one and the seats."""
    if register:
        held = most_held(register)
        return [
            GridRow(
                member=row.member,
                organisation=row.organisation_id,
                attended=row.attended,
                held=None if row.held == held else row.held,
                absence=row.absence,
                note=row.note,
            )
            for row in register.rows.all()
        ]
    rows = {slugify(seat.name): _of_seat(seat, span) for seat in _seats(body, span)}
    before = body.registers.filter(period__last__lt=span.last).order_by("-period__last").first()
    for row in before.rows.all() if before else ():
        rows.setdefault(row.code, GridRow(member=row.member, organisation=row.organisation_id))
    return list(rows.values())


def first_held(body: Body, span: Span, register: Register | None) -> int | None:
    """How many meetings were held, as the register says or else as they are kept."""
    if register:
        return most_held(register)
    held = meetings_count(body, span, Meeting.Status.HELD)
    return int(held.value) if held and held.value else None


def most_held(register: Register) -> int:
    """Members who joined late have fewer meetings to attend."""
    return max(row.held for row in register.rows.all())


def _seats(body: Body, span: Span) -> list[Seat]:
    """The body's seats in the period, or in the newest one before it for which they are kept."""
    seats = body.seats.filter(period__last__lte=span.last).select_related("period")
    newest = seats.order_by("-period__last").first()
    return list(seats.filter(period=newest.period).order_by("name")) if newest else []


def _of_seat(seat: Seat, span: Span) -> GridRow:
    """A seat that was vacant all through the period was at no meeting."""
    vacant = seat.state == Seat.State.VACANT and seat.period.span == span
    return GridRow(
        member=seat.name,
        organisation=seat.organisation_id,
        attended=0 if vacant else None,
        absence=Attendance.Absence.VACANT if vacant else "",
    )
