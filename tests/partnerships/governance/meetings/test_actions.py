"""Verbs of seats, meetings and attendance: what is refused, what is recorded."""

from decimal import Decimal
from typing import Any

import pytest

from partnerships.calendar import store_period
from partnerships.governance.meetings.actions import (
    MeetingWords,
    SeatWords,
    carry_seats,
    remove_meeting,
    remove_seat,
    save_meeting,
    save_seat,
)
from partnerships.governance.meetings.registers import Came, remove_register, save_register
from partnerships.models import (
    Attendance,
    AuditEvent,
    Body,
    Meeting,
    Partnership,
    Period,
    Register,
    Seat,
    User,
)
from partnerships.periods import parse
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal
from tests.factories import OrganisationFactory
from tests.kept_factories import BodyFactory


@pytest.fixture
def board(testshire: Partnership) -> Body:
    return BodyFactory(partnership=testshire, code="board", name="Board")


@pytest.fixture
def year(db: None) -> Period:
    return store_period(parse("2025-26"))


def twice(board: Body, seen: int, by: User) -> Removal:
    return Removal(board.partnership, seen, "Entered twice.", by)


def last_event() -> tuple[str, str, Any]:
    event = AuditEvent.objects.latest("id")
    return event.verb, event.subject, event.detail


def add_seat(body: Body, period: Period, by: User, seen: int = 0, **told: Any) -> Seat:
    said: dict[str, Any] = {"name": "Designated Doctor", "state": "vacant", "body": body} | told
    return save_seat(
        partnership=body.partnership,
        period=period,
        code="designated-doctor",
        words=SeatWords(**said),
        seen=seen,
        by=by,
    )


def test_seat_saved_again_changes_nothing_and_changed_over_the_version_seen_only(
    board: Body, year: Period, business_unit: User
) -> None:
    seat = add_seat(board, year, business_unit)
    added = ("seat added", "seat:testshire:2025-26:designated-doctor", {"state": "vacant"})
    assert last_event() == added
    assert add_seat(board, year, business_unit, seen=1) == seat
    assert last_event() == added
    changed = add_seat(board, year, business_unit, seen=1, state="filled")
    assert (changed.version, changed.state) == (2, "filled")
    with pytest.raises(Overtaken):
        add_seat(board, year, business_unit, seen=1, state="unknown")
    with pytest.raises(Refused, match="“Designated Doctor” is kept for 2025-26 already"):
        add_seat(board, year, business_unit, state="unknown")


def test_seat_without_a_name_or_on_a_body_elsewhere_is_refused(
    board: Body, year: Period, business_unit: User
) -> None:
    words = SeatWords(name="…", state="filled")
    told: dict[str, Any] = {"partnership": board.partnership, "period": year, "by": business_unit}
    for code, said, field in (
        ("", words, "name"),
        ("x", SeatWords(name="X", state="filled", body=BodyFactory()), "body"),
    ):
        with pytest.raises(Refused) as refused:
            save_seat(**told, code=code, words=said)
        assert refused.value.field == field
    assert Seat.objects.count() == 0


def test_seats_are_carried_over_as_they_were_once(
    board: Body, year: Period, business_unit: User
) -> None:
    seat = add_seat(board, year, business_unit, note="Said of that year.")
    into = store_period(parse("2026-27"))
    told: dict[str, Any] = {
        "partnership": board.partnership,
        "of": year,
        "into": into,
        "by": business_unit,
    }
    assert carry_seats(**told) == 1
    carried = Seat.objects.get(period=into)
    assert (carried.code, carried.body, carried.state, carried.note) == (
        seat.code,
        board,
        "vacant",
        "",
    )
    with pytest.raises(Refused, match="All seats of 2025-26 are kept for 2026-27 already"):
        carry_seats(**told)
    assert Seat.objects.count() == 2


def test_seat_whose_attendance_is_kept_cannot_be_removed(
    board: Body, year: Period, business_unit: User
) -> None:
    seat = add_seat(board, year, business_unit)
    register = save_register(
        body=board,
        period=year,
        rows=[Came("Designated Doctor", 0, 2, absence="vacant")],
        by=business_unit,
    )
    assert register.rows.get().seat == seat
    with pytest.raises(Refused, match="Take it out of there first"):
        remove_seat(seat, twice(board, 1, business_unit))
    remove_register(register, twice(board, 1, business_unit))
    with pytest.raises(Overtaken):
        remove_seat(seat, twice(board, 2, business_unit))
    remove_seat(seat, twice(board, 1, business_unit))
    assert last_event() == (
        "seat removed",
        "seat:testshire:2025-26:designated-doctor",
        {
            "reason": "Entered twice.",
            "removed": "period: 2025-26; code: designated-doctor; name: Designated Doctor; "
            "body: Board; state: vacant",
        },
    )
    assert Seat.objects.count() == 0


def meet(body: Body, key: str, by: User, status: str = "held", seen: int = 0, **told: Any) -> Any:
    return save_meeting(
        body=body,
        period=store_period(parse(key)),
        status=status,
        words=MeetingWords(**told),
        seen=seen,
        by=by,
    )


@pytest.mark.parametrize(
    ("key", "status", "number", "stored"),
    [
        ("2025-06-05", "held", None, 1),
        ("2025-06-05", "held", 2, 2),
        ("2025-m06", "held", None, None),
        ("2025-26", "postponed", None, None),
        ("2025-26", "did-not-meet", None, 0),
        ("2025-26", "did-not-meet", 0, 0),
    ],
)
def test_number_of_meetings_is_what_is_known(
    board: Body, business_unit: User, key: str, status: str, number: int | None, stored: int | None
) -> None:
    assert meet(board, key, business_unit, status, number=number).number == stored
    assert last_event() == (
        "meetings added",
        f"meetings:testshire:board:{key}:{status}",
        {"number": "not known" if stored is None else str(stored)},
    )


@pytest.mark.parametrize(
    ("status", "told", "field"),
    [
        ("held", {"number": 0}, "number"),
        ("did-not-meet", {"number": 1}, "number"),
        ("postponed", {"hours": Decimal(2)}, "hours"),
        ("held", {"hours": Decimal(0)}, "hours"),
    ],
)
def test_meetings_that_cannot_have_been_are_refused(
    board: Body, business_unit: User, status: str, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        meet(board, "2025-26", business_unit, status, **told)
    assert refused.value.field == field
    assert Meeting.objects.count() == 0


def test_meetings_are_changed_and_removed_over_the_version_seen_only(
    board: Body, business_unit: User
) -> None:
    meet(board, "2025-26", business_unit, number=3)
    assert meet(board, "2025-26", business_unit, number=3, seen=1).version == 1
    changed = meet(board, "2025-26", business_unit, number=4, seen=1)
    assert (changed.version, changed.number) == (2, 4)
    with pytest.raises(Overtaken):
        meet(board, "2025-26", business_unit, number=5, seen=1)
    with pytest.raises(Refused, match="“Held” is kept for 2025-26 already") as refused:
        meet(board, "2025-26", business_unit, number=5)
    assert refused.value.field == "period"
    meet(board, "2025-26", business_unit, "postponed")
    with pytest.raises(Overtaken):
        remove_meeting(changed, twice(board, 1, business_unit))
    remove_meeting(changed, twice(board, 2, business_unit))
    assert Meeting.objects.get().status == "postponed"
    assert last_event()[0] == "meetings removed"


def test_register_is_kept_row_for_row_in_order(
    board: Body, year: Period, business_unit: User
) -> None:
    police = OrganisationFactory()
    rows = [Came("Police", 1, 2, organisation=police), Came("Chair", 2, 2)]
    told: dict[str, Any] = {"body": board, "period": year, "by": business_unit}
    register = save_register(**told, rows=rows)
    assert save_register(**told, rows=rows, seen=1).version == 1
    assert last_event() == (
        "attendance added",
        "attendance:testshire:board:2025-26",
        {"police": "1 of 2", "chair": "2 of 2"},
    )
    save_register(**told, rows=rows[::-1], seen=1)
    kept = Attendance.objects.values_list("order", "code", "organisation", "attended")
    assert list(kept) == [(1, "chair", None, 2), (2, "police", police.pk, 1)]
    save_register(**told, rows=rows[1:], seen=2)
    assert [row.member for row in register.rows.all()] == ["Chair"]
    with pytest.raises(Overtaken):
        save_register(**told, rows=rows, seen=2)
    with pytest.raises(Refused, match="The attendance of 2025-26 is kept already"):
        save_register(**told, rows=rows)


@pytest.mark.parametrize(
    ("rows", "field", "message"),
    [
        ([], None, "at least one member"),
        ([Came("Chair", 2, 2), Came("…", 1, 2)], "member-1", "Say whose attendance"),
        ([Came("Chair", 2, 2), Came(" chair", 1, 2)], "member-1", "“ chair” stands here twice"),
        ([Came("Chair", 0, 0)], "held-0", "1 or more"),
        ([Came("Chair", 3, 2)], "attended-0", "cannot have attended 3 of 2 meetings"),
        ([Came("Chair", 2, 2, absence="other")], "absence-0", "attended every meeting"),
    ],
)
def test_register_that_cannot_be_is_refused_at_its_row(
    board: Body,
    year: Period,
    business_unit: User,
    rows: list[Came],
    field: str | None,
    message: str,
) -> None:
    with pytest.raises(Refused, match=message) as refused:
        save_register(body=board, period=year, rows=rows, by=business_unit)
    assert refused.value.field == field
    assert Register.objects.count() == 0


def test_register_is_removed_with_a_record_of_what_it_said(
    board: Body, year: Period, business_unit: User
) -> None:
    register = save_register(body=board, period=year, rows=[Came("Chair", 1, 2)], by=business_unit)
    with pytest.raises(Overtaken):
        remove_register(register, twice(board, 2, business_unit))
    remove_register(register, twice(board, 1, business_unit))
    assert last_event() == (
        "attendance removed",
        "attendance:testshire:board:2025-26",
        {
            "reason": "Entered twice.",
            "removed": "body: Board; period: 2025-26 / "
            "order: 1; code: chair; member: Chair; attended: 1; held: 2",
        },
    )
    assert (Register.objects.count(), Attendance.objects.count()) == (0, 0)
