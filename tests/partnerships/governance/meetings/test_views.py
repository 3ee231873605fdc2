"""Pages of meetings, attendance and seats: entered and read in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from partnerships.calendar import store_period
from partnerships.models import (
    Attendance,
    Body,
    Meeting,
    Partnership,
    Period,
    Register,
    User,
)
from partnerships.periods import Kind, Span, parse
from tests.factories import AgencyFactory, OrganisationFactory
from tests.kept_factories import (
    AttendanceFactory,
    BodyFactory,
    MeetingFactory,
    RegisterFactory,
    SeatFactory,
)

ClientOf = Callable[[User], Client]
GOVERNANCE = "/p/testshire/governance/"
BOARD = f"{GOVERNANCE}board/"
GRID = f"{BOARD}attendance/2025-26/"
SEATS = "/p/testshire/seats/"


@pytest.fixture
def board(testshire: Partnership) -> Body:
    return BodyFactory(partnership=testshire, code="board", name="The board")


@pytest.fixture
def year(db: None) -> Period:
    return store_period(parse("2025-26"))


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_meeting_is_entered_read_changed_and_removed_in_the_browser(
    board: Body, client_of: ClientOf, business_unit: User, partner: User
) -> None:
    unit, reader = client_of(business_unit), client_of(partner)
    entry = {"period": "5 June 2025", "status": "held", "hours": "1.5", "seen": "0"}
    assert unit.post(f"{BOARD}meetings/add/", entry).headers["Location"] == BOARD
    page = text(reader, BOARD)
    assert "5 June 2025" in page
    assert "About 1.5 hours each." in page
    assert "Add meetings" not in page
    url = f"{BOARD}meetings/2025-06-05/held/"
    assert f'href="{url}"' in text(unit, BOARD)
    change = {"number": "2", "hours": "", "note": "One was long.", "seen": "1"}
    assert unit.post(url, change).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.number, meeting.hours, meeting.note) == (2, None, "One was long.")
    assert (
        "Somebody else has changed this"
        in unit.post(url, change | {"number": "3"}).content.decode()
    )
    assert "Remove “Held, 5 June 2025”?" in text(unit, f"{url}remove/")
    assert unit.post(f"{url}remove/", {"seen": "2", "reason": "Entered twice."}).status_code == 302
    assert Meeting.objects.count() == 0
    assert "Nobody has entered when this body met." in text(reader, BOARD)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("period", "", "Enter the period."),
        ("period", "soon", "“soon” is not a period."),
        ("period", "5 June 2024", "“Held” is kept for 5 June 2024 already."),
        ("status", "", "Choose what became of it."),
        ("number", "many", "Enter a whole number."),
        ("number", "0", "For no meetings choose “Did not meet”."),
        ("hours", "long", "Enter hours like 2 or 1.5."),
    ],
)
def test_meeting_that_cannot_be_added_says_what_is_wrong(
    board: Body, client_of: ClientOf, business_unit: User, name: str, value: str, said: str
) -> None:
    MeetingFactory(body=board, period=store_period(parse("2024-06-05")))
    entry = {"period": "2025-26", "status": "held", "note": "Kept.", "seen": "0", name: value}
    answer = client_of(business_unit).post(f"{BOARD}meetings/add/", entry)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="Kept."' in answer.content.decode()
    assert Meeting.objects.count() == 1


def test_number_that_stays_keeps_its_source(
    board: Body, client_of: ClientOf, business_unit: User
) -> None:
    meeting = MeetingFactory(
        body=board, fact_id="T-1", hours=2, hours_fact_id="T-2", source="report"
    )
    unit, url = client_of(business_unit), f"{BOARD}meetings/2019-20/held/"
    for entry, facts, source in (
        ({"number": "2", "hours": "2", "note": "Ours."}, ("T-1", "T-2"), "report"),
        ({"number": "3", "hours": "2"}, ("", "T-2"), "report"),
        ({"number": "3", "hours": "1"}, ("", ""), ""),
    ):
        meeting.refresh_from_db()
        assert unit.post(url, entry | {"seen": str(meeting.version)}).status_code == 302
        meeting.refresh_from_db()
        assert ((meeting.fact_id, meeting.hours_fact_id), meeting.source) == (facts, source)


def test_attendance_begins_with_the_seats_and_the_members_of_the_last_register(
    board: Body, year: Period, client_of: ClientOf, business_unit: User
) -> None:
    SeatFactory(partnership=board.partnership, body=board, period=year, name="Chair")
    SeatFactory(
        partnership=board.partnership, body=board, period=year, name="Doctor", state="vacant"
    )
    AttendanceFactory(register__body=board, code="police", member="Police")
    MeetingFactory(body=board, period=year, number=4)
    unit = client_of(business_unit)
    this_year = Span.containing(Kind.YEAR, timezone.localdate())
    assert f'value="{this_year.key}"' in text(unit, f"{BOARD}attendance/add/")
    going_on = unit.post(f"{BOARD}attendance/add/", {"period": "2025/26"})
    assert going_on.headers["Location"] == GRID
    page = text(unit, GRID)
    boxes = [
        f'name="member-{place}" value="{who}"'
        for place, who in enumerate(("Chair", "Doctor", "Police"))
    ]
    assert [box for box in boxes if box not in page] == []
    assert 'name="held" value="4"' in page
    assert 'name="attended-1" value="0"' in page
    assert '<option value="vacant" selected>' in page
    assert 'name="attended-0" value' not in page
    assert 'name="member-5"' in page
    assert 'name="member-6"' not in page


def entry(*rows: tuple[str, str, str, str], held: str = "2", seen: str = "0") -> dict[str, str]:
    """Of each row: member, attended, out of, why absent."""
    sent = {"held": held, "seen": seen, "rows": str(len(rows))}
    for place, row in enumerate(rows):
        names = ("member", "attended", "held", "absence")
        sent |= {f"{name}-{place}": value for name, value in zip(names, row, strict=True)}
    return sent


def test_attendance_is_entered_changed_and_read_in_the_browser(
    board: Body, client_of: ClientOf, business_unit: User, partner: User
) -> None:
    council = OrganisationFactory(name="Testshire Council")
    AgencyFactory(partnership=board.partnership, organisation=council)
    unit, reader = client_of(business_unit), client_of(partner)
    sent = entry(
        ("Chair", "2", "", ""),
        ("Left out", "", "", ""),
        ("Housing", "1", "", "apologies"),
        ("New member", "1", "1", ""),
        ("", "", "", ""),
    ) | {"organisation-2": str(council.pk), "note-2": "Sent a deputy once."}
    assert unit.post(GRID, sent).headers["Location"] == BOARD
    rows = Attendance.objects.values_list("code", "attended", "held", "absence", "note")
    assert list(rows) == [
        ("chair", 2, 2, "", ""),
        ("housing", 1, 2, "apologies", "Sent a deputy once."),
        ("new-member", 1, 1, "", ""),
    ]
    page = text(reader, BOARD)
    for told in ("1 of 2", "50%", "Sent apologies", "Testshire Council", "1 of 1"):
        assert told in page
    page = text(unit, GRID)
    assert 'name="held-0" value' not in page
    assert 'name="held-2" value="1"' in page
    changed = entry(("Chair", "1", "", "other"), seen="1")
    assert unit.post(GRID, changed).status_code == 302
    assert Attendance.objects.get().absence == "other"
    overtaken = unit.post(GRID, entry(("Chair", "2", "", ""), seen="1"))
    assert "Somebody else has changed this" in overtaken.content.decode()
    assert "Remove the attendance of 2025-26?" in text(unit, f"{GRID}remove/")
    assert unit.post(f"{GRID}remove/", {"seen": "2", "reason": "Entered twice."}).status_code == 302
    assert Register.objects.count() == 0
    assert unit.get(f"{GRID}remove/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        (entry(("Chair", "1", "", ""), held=""), "held", "Enter how many meetings were held."),
        (entry(("Chair", "1", "", ""), held="0"), "held", "how many meetings were held: 1 or more"),
        (
            entry(("Chair", "3", "", "")),
            "attended-0",
            "Chair cannot have attended 3 of 2 meetings.",
        ),
        (entry(("", "", "", ""), ("Chair", "3", "", "")), "attended-1", "Chair cannot have"),
        (entry(("Chair", "one", "", "")), "attended-0", "Enter a whole number."),
        (entry(("Chair", "-1", "", "")), "attended-0", "Enter 0 or more."),
        (entry(("Chair", "", "", "vacant")), "attended-0", "0 if none"),
        (entry(("", "1", "", "")), "member-0", "Say whose attendance this is"),
        (entry(("A", "1", "", ""), ("a", "1", "", "")), "member-1", "“a” stands here twice."),
        (entry(("Chair", "2", "", "vacant")), "absence-0", "attended every meeting."),
        (entry(("Chair", "0", "0", "")), "held-0", "Enter how many meetings were held"),
        (entry(("Chair", "1", "", "ill")), "absence-0", "Select a valid choice."),
    ],
)
def test_attendance_that_cannot_be_saved_says_where_and_keeps_what_was_entered(
    board: Body,
    client_of: ClientOf,
    business_unit: User,
    sent: dict[str, str],
    field: str,
    said: str,
) -> None:
    answer = client_of(business_unit).post(GRID, sent | {"note-0": "Kept."})
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    summary = page[: page.index("</ul>", page.index("There is a problem"))]
    assert f'<a href="#id_{field}">' in summary
    assert said in summary
    assert 'value="Kept."' in page
    assert Register.objects.count() == 0


def test_attendance_of_nobody_is_refused(
    board: Body, client_of: ClientOf, business_unit: User
) -> None:
    answer = client_of(business_unit).post(GRID, entry(("Chair", "", "", "")))
    assert "Enter how many meetings at least one member attended." in answer.content.decode()


def test_numbers_that_stay_keep_their_source(
    board: Body, client_of: ClientOf, business_unit: User
) -> None:
    told: dict[str, Any] = {"worked_out": True, "source": "report", "register__body": board}
    chair = AttendanceFactory(code="chair", member="Chair", fact_id="T-1", **told)
    told["register"] = chair.register
    del told["register__body"]
    AttendanceFactory(code="police", member="Police", fact_id="T-2", **told)
    sent = entry(("Chair", "1", "", "apologies"), ("Police", "2", "", ""), seen="1")
    unit = client_of(business_unit)
    assert unit.post(f"{BOARD}attendance/2019-20/", sent).status_code == 302
    rows = Attendance.objects.values_list("code", "fact_id", "source", "worked_out")
    assert list(rows) == [("chair", "T-1", "report", True), ("police", "", "", False)]


def test_organisation_of_elsewhere_cannot_be_chosen(
    board: Body, otherton: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    other = AgencyFactory(partnership=otherton).organisation
    sent = entry(("Chair", "1", "", "")) | {"organisation-0": str(other.pk)}
    answer = client_of(business_unit).post(GRID, sent)
    assert answer.status_code == 422
    assert other.name not in answer.content.decode()


@pytest.mark.parametrize("rows", ["0", "-1", "many", "101", ""])
def test_grid_that_was_tampered_with_is_refused(
    board: Body, client_of: ClientOf, business_unit: User, rows: str
) -> None:
    sent = entry(("Chair", "1", "", "")) | {"rows": rows}
    assert client_of(business_unit).post(GRID, sent).status_code == 422
    assert Register.objects.count() == 0


def test_pages_without_rows_say_what_is_not_kept(
    board: Body, client_of: ClientOf, partner: User
) -> None:
    reader = client_of(partner)
    assert "No seats are kept here" in text(reader, SEATS)
    page = text(reader, BOARD)
    assert "Nobody has entered who came to the meetings of this body." in page
    assert "Nobody has entered the seats on this body." in page


@pytest.mark.parametrize(
    "path",
    [
        "governance/board/attendance/soon/",
        "governance/board/meetings/2025-26/held/",
        "governance/board/meetings/2019-20/other/",
        "governance/gone/attendance/2025-26/",
        "seats/2019-20/gone/",
        "seats/soon/chair/",
    ],
)
def test_what_is_not_kept_is_not_there(
    board: Body, otherton: Partnership, client_of: ClientOf, business_unit: User, path: str
) -> None:
    MeetingFactory(body=BodyFactory(partnership=otherton, code="gone"))
    MeetingFactory(body=board)
    SeatFactory(partnership=otherton, code="gone")
    assert client_of(business_unit).get(f"/p/testshire/{path}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_number_of_questions_for_any_number_of_rows(
    board: Body,
    client_of: ClientOf,
    business_unit: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        period = store_period(parse(f"{2019 + number}-{20 + number}"))
        MeetingFactory(body=board, period=period)
        register = RegisterFactory(body=board, period=period)
        for _ in range(rows):
            seat = SeatFactory(
                partnership=board.partnership,
                body=board,
                period=period,
                state="vacant",
                organisation=OrganisationFactory(),
            )
            AttendanceFactory(register=register, seat=seat, organisation=seat.organisation)
    client = client_of(business_unit)
    with django_assert_num_queries(11):
        client.get(BOARD)
    with django_assert_num_queries(4):
        client.get(SEATS)
    with django_assert_num_queries(6):
        client.get(GOVERNANCE)
    with django_assert_num_queries(8):
        client.get(f"{BOARD}attendance/2019-20/")
