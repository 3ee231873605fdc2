"""Verbs that change who came to the meetings of a body: one register a period, as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from partnerships.audit import record
from partnerships.models import Attendance, Body, Organisation, Period, Register, User
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out
from partnerships.stated import address_of


@dataclass(frozen=True, slots=True)
class Came:
    """How many of the meetings held a seat or agency came to, named as the register names it."""

    member: str
    attended: int
    held: int
    organisation: Organisation | None = None
    absence: str = ""
    worked_out: bool = False
    note: str = ""
    fact_id: str = ""
    source: str = ""

    @property
    def code(self) -> str:
        return slugify(self.member)[:80]


def save_register(
    *, body: Body, period: Period, rows: Sequence[Came], seen: int = 0, by: User
) -> Register:
    """Adds the register of a period (`seen` 0) or changes the version seen, row for row.

    The same again is no change. A refusal names the field with the row's place in `rows`, such as
    `attended-3`. Raises `Refused` and `Overtaken`.
    """
    _must_be_sound(rows)
    with transaction.atomic():
        Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
        found = body.registers.filter(period=period).first()
        if found and not seen:
            raise Refused(f"The attendance of {period} is kept already. Open it.", "period")
        wanted = _rows(body, period, rows)
        if found and _as_kept(found) == [_said(row) for row in wanted]:
            return found
        if (found.version if found else 0) != seen:
            raise Overtaken
        register, made = Register.objects.update_or_create(
            body=body, period=period, defaults={"version": seen + 1}
        )
        register.rows.all().delete()
        for row in wanted:
            row.register = register
        Attendance.objects.bulk_create(wanted)
        record(
            by=by,
            verb="attendance added" if made else "attendance changed",
            subject=register.key,
            partnership=body.partnership,
            detail={row.code: f"{row.attended} of {row.held}" for row in wanted},
        )
    return register


def remove_register(register: Register, why: Removal) -> None:
    """Takes a whole register out. Raises `Overtaken`, and `Refused` where a report prints it."""
    body = register.body
    take_out(
        register,
        why,
        verb="attendance removed",
        subject=register.key,
        parts=[register.rows.all()],
        figures=[address_of("attendance", body.partnership, body.code, register.period.key, "")],
    )


def _must_be_sound(rows: Sequence[Came]) -> None:
    if not rows:
        raise Refused("Enter how many meetings at least one member attended.")
    before: set[str] = set()
    for place, row in enumerate(rows):
        if not row.code:
            raise Refused("Say whose attendance this is, in letters or numbers.", f"member-{place}")
        if row.code in before:
            raise Refused(f"“{row.member}” stands here twice.", f"member-{place}")
        if row.held < 1:
            raise Refused("Enter how many meetings were held: 1 or more.", f"held-{place}")
        if row.attended > row.held:
            raise Refused(
                f"{row.member} cannot have attended {row.attended} of {row.held} meetings.",
                f"attended-{place}",
            )
        if row.absence and row.attended == row.held:
            raise Refused(
                f"{row.member} attended every meeting. Clear the reason for absence.",
                f"absence-{place}",
            )
        before.add(row.code)


def _rows(body: Body, period: Period, rows: Sequence[Came]) -> list[Attendance]:
    """The rows to store; one that has the name of the body's seat in that period is the seat's."""
    seats = {slugify(seat.name)[:80]: seat for seat in body.seats.filter(period=period)}
    return [
        Attendance(
            order=order,
            code=row.code,
            seat=seats.get(row.code),
            **{name: getattr(row, name) for name in Came.__dataclass_fields__},
        )
        for order, row in enumerate(rows, 1)
    ]


_SAID = ("order", "code", "seat_id", "organisation_id", *Came.__dataclass_fields__)


def _said(row: Attendance) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _SAID if name != "organisation")


def _as_kept(register: Register) -> list[tuple[object, ...]]:
    return [_said(row) for row in register.rows.all()]
