"""Verbs that change the seats of a partnership and the meetings of its bodies."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from partnerships.audit import record
from partnerships.models import Body, Meeting, Organisation, Partnership, Period, Seat, User
from partnerships.periods import Kind
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out
from partnerships.stated import address_of

Status = Meeting.Status


@dataclass(frozen=True, slots=True)
class SeatWords:
    """An office in a period. `name` is the office, never a person."""

    name: str
    state: str
    body: Body | None = None
    organisation: Organisation | None = None
    note: str = ""
    fact_id: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """How many meetings, about how long each lasted (in hours), and what else is known."""

    number: int | None = None
    hours: Decimal | None = None
    note: str = ""
    fact_id: str = ""
    hours_fact_id: str = ""
    source: str = ""


def save_seat(
    *,
    partnership: Partnership,
    period: Period,
    code: str,
    words: SeatWords,
    seen: int = 0,
    by: User,
) -> Seat:
    """Adds a seat (`seen` 0) or changes the version seen; the same again is no change.

    Raises `Refused` and `Overtaken`.
    """
    columns = _columns(words)
    if not code:
        raise Refused("Name the office in letters or numbers.", "name")
    if words.body and words.body.partnership_id != partnership.pk:
        raise Refused("Choose a body of this partnership.", "body")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        found = partnership.seats.filter(period=period, code=code).first()
        if found and not seen:
            raise Refused(f"The seat “{found.name}” is kept for {period} already.", "name")
        if found and _says(found, columns):
            return found
        _must_be_the_version(found, seen)
        columns["version"] = seen + 1
        seat, made = Seat.objects.update_or_create(
            partnership=partnership, period=period, code=code, defaults=columns
        )
        verb = "seat added" if made else "seat changed"
        record(
            by=by,
            verb=verb,
            subject=seat.key,
            partnership=partnership,
            detail={"state": words.state},
        )
    return seat


def carry_seats(*, partnership: Partnership, of: Period, into: Period, by: User) -> int:
    """Adds the seats of one period to another, as they were. Returns how many were added.

    What is kept for the other period already stays as it is. Raises `Refused` where nothing is
    left to carry over.
    """
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        there = set(partnership.seats.filter(period=into).values_list("code", flat=True))
        missing = partnership.seats.filter(period=of).exclude(code__in=there)
        for seat in missing.select_related("body", "organisation"):
            words = SeatWords(seat.name, seat.state, seat.body, seat.organisation)
            save_seat(partnership=partnership, period=into, code=seat.code, words=words, by=by)
        if not missing:
            raise Refused(f"All seats of {of} are kept for {into} already.", "into")
        return len(missing)


def remove_seat(seat: Seat, why: Removal) -> None:
    """Takes a seat out of a period.

    Raises `Overtaken`, and `Refused` where a register names it or a report prints it.
    """
    if seat.attendance.exists():
        raise Refused("The attendance of this seat is kept. Take it out of there first.")
    take_out(
        seat,
        why,
        verb="seat removed",
        subject=seat.key,
        figures=[address_of("seats", seat.partnership, seat.period.key, "")],
    )


def save_meeting(
    *, body: Body, period: Period, status: str, words: MeetingWords, seen: int = 0, by: User
) -> Meeting:
    """Adds meetings of a body (`seen` 0) or changes the version seen; the same is no change.

    A day has one meeting unless the words say more. Raises `Refused` and `Overtaken`.
    """
    columns = _columns(words)
    columns["number"] = _number(period, status, words.number)
    if words.hours is not None and status != Status.HELD:
        raise Refused("Only a meeting that was held has a length.", "hours")
    if words.hours is not None and words.hours <= 0:
        raise Refused("Enter a length above 0 hours.", "hours")
    with transaction.atomic():
        Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
        found = body.meetings.filter(period=period, status=status).first()
        if found and not seen:
            raise Refused(
                f"“{found.get_status_display()}” is kept for {period} already. Change it there.",
                "period",
            )
        if found and _says(found, columns):
            return found
        _must_be_the_version(found, seen)
        columns["version"] = seen + 1
        meeting, made = Meeting.objects.update_or_create(
            body=body, period=period, status=status, defaults=columns
        )
        _record(by, "meetings added" if made else "meetings changed", meeting)
    return meeting


def remove_meeting(meeting: Meeting, why: Removal) -> None:
    """Takes meetings out. Raises `Overtaken`, and `Refused` where a report prints them."""
    body = meeting.body
    take_out(
        meeting,
        why,
        verb="meetings removed",
        subject=meeting.key,
        figures=[address_of("meetings", body.partnership, body.code, "")],
    )


def _number(period: Period, status: str, number: int | None) -> int | None:
    if status == Status.DID_NOT_MEET:
        if number:
            raise Refused("A body that did not meet had no meetings. Clear the number.", "number")
        return 0
    if number == 0:
        raise Refused("For no meetings choose “Did not meet”.", "number")
    return 1 if number is None and period.kind == Kind.SNAPSHOT else number


def _record(by: User, verb: str, meeting: Meeting) -> None:
    number = "not known" if meeting.number is None else str(meeting.number)
    record(
        by=by,
        verb=verb,
        subject=meeting.key,
        partnership=meeting.body.partnership,
        detail={"number": number},
    )


def _columns(words: SeatWords | MeetingWords) -> dict[str, Any]:
    return {name: getattr(words, name) for name in words.__dataclass_fields__}


def _says(found: Seat | Meeting, columns: dict[str, Any]) -> bool:
    return all(getattr(found, name) == value for name, value in columns.items())


def _must_be_the_version(found: Seat | Meeting | None, seen: int) -> None:
    if (found.version if found else 0) != seen:
        raise Overtaken
