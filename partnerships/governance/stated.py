"""Meetings, attendance and seats by their addresses.

| address | is |
| --- | --- |
| `meetings:<partnership>:<body>:<period>` | meetings held |
| `…:<period>:postponed`, `…:<period>:cancelled` | meetings that were not held |
| `…:<period>:hours` | about how long each of them lasted |
| `attendance:<partnership>:<body>:<period>:<member>` | meetings attended, of those held |
| `attendance:<partnership>:<body>:<period>:<member>:percentage` | the same as a percentage |
| `seats:<partnership>:<period>:vacant`, `:filled`, `:unknown` | how many seats are in that state |
"""

from collections.abc import Sequence
from decimal import Decimal

from partnerships.calendar import find_period
from partnerships.governance.meetings import queries
from partnerships.models import Attendance, Body, Meeting, Partnership, Seat
from partnerships.periods import PeriodError, Span, parse
from partnerships.stated import Stated, address_of, figures

Status = Meeting.Status


@figures("meetings")
def meetings(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """How many meetings a body held, or how many it did not, or how long one lasted."""
    if len(parts) not in {2, 3}:
        return None
    body, span = _body(partnership, parts[0]), _span(parts[1])
    if body is None or span is None:
        return None
    what = parts[2] if len(parts) == 3 else Status.HELD
    if what == "hours":
        held = body.meetings.filter(period=find_period(span.key), status=Status.HELD).first()
        return queries.meeting_hours(held) if held else None
    if what == Status.HELD and len(parts) == 3:
        return None  # one figure has one address
    if what not in {Status.HELD, Status.POSTPONED, Status.CANCELLED}:
        return None
    return queries.meetings_count(body, span, what)


@figures("attendance")
def attendance(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """How many of the meetings held a seat or agency attended."""
    if len(parts) not in {3, 4} or parts[3:] not in ([], ["percentage"]):
        return None
    rows = Attendance.objects.filter(register__body__partnership=partnership)
    row = (
        rows.filter(
            register__body__code=parts[0],
            register__period=find_period(parts[1]),
            code=parts[2],
        )
        .select_related("register__period", "register__body__partnership")
        .first()
    )
    if row is None:
        return None
    told = queries.percentage if parts[3:] else queries.attended
    return told(row.register.body, row.register.period, row)


@figures("seats")
def seats(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """How many seats are vacant, filled, or not known, of those that are kept for a period."""
    if len(parts) != 2 or parts[1] not in Seat.State.values:
        return None
    period = find_period(parts[0])
    kept = partnership.seats.filter(period=period)
    if period is None or not kept:
        return None
    number = sum(seat.state == parts[1] for seat in kept)
    sources = {seat.source for seat in kept}
    return Stated(
        address=address_of("seats", partnership, *parts),
        about=f"Seats, {Seat.State(parts[1]).label.lower()}, {period}",
        value=Decimal(number),
        unit="seat" if number == 1 else "seats",
        out_of=None,
        note=f"Of the {len(kept)} seats that are kept for {period}.",
        source=sources.pop() if len(sources) == 1 else "",
    )


def _body(partnership: Partnership, code: str) -> Body | None:
    return partnership.bodies.filter(code=code).select_related("partnership").first()


def _span(key: str) -> Span | None:
    try:
        return parse(key)
    except PeriodError:
        return None
