"""Loading of seats, meetings and attendance: Walsall's from its files, and their addresses."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from partnerships.governance.meetings.actions import MeetingWords, save_meeting
from partnerships.governance.meetings.queries import as_read, attendances_of, meetings_count
from partnerships.governance.meetings.registers import Came, save_register
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
from partnerships.stated import find
from safeguarding.demo.files import FileError, rows
from safeguarding.demo.governance import load_governance_of
from safeguarding.demo.meetings import load_meetings_of
from tests.factories import (
    DatasetFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
)
from tests.kept_factories import BodyFactory

WALSALL = settings.BASE_DIR / "fixtures" / "walsall"
REPORT, LETTER = "walsall-yearly-report-2019-20", "walsall-inspection-letter-2023-01-06"


@pytest.fixture
def walsall(system: User) -> Partnership:
    """With its bodies, the organisations that the files name, and the documents."""
    partnership = PartnershipFactory(slug="walsall", name="Walsall", short_name="Walsall")
    for code in (REPORT, LETTER):
        DatasetFactory(code=code, kind="printed", owner=partnership)
    named = {
        row.text("organisation")
        for name in ("seats.csv", "attendance.csv")
        for row in rows(WALSALL / name)
    }
    for slug in named - {""}:
        OrganisationFactory(slug=slug)
    load_governance_of(WALSALL, partnership, by=system)
    return partnership


def test_meetings_of_walsall_stand_as_its_report_tells(walsall: Partnership, system: User) -> None:
    counts = load_meetings_of(WALSALL, walsall, by=system)
    assert counts == {"seats": 6, "rows of meetings": 12, "rows of attendance": 25}
    assert Meeting.objects.count() == 11
    youth = Meeting.objects.get(body__code="youth-safeguarding-partners")
    assert (youth.number, youth.hours, youth.fact_id, youth.hours_fact_id) == (
        12,
        Decimal(2),
        "WAL-302",
        "WAL-303",
    )
    did_not = Meeting.objects.get(status="did-not-meet")
    assert (did_not.number, did_not.fact_id, did_not.source) == (0, "WAL-355", REPORT)
    board = Body.objects.get(code="board")
    told = {status: meetings_count(board, parse("2019-20"), status) for status in Meeting.Status}
    assert {status: found.words for status, found in told.items() if found} == {
        "held": "2 meetings",
        "postponed": "at least 2 meetings",
    }


def test_attendance_of_walsall_stands_as_its_report_tells(
    walsall: Partnership, system: User
) -> None:
    load_meetings_of(WALSALL, walsall, by=system)
    board = Body.objects.get(code="board")
    [found] = attendances_of(board)
    assert found.held is not None
    assert (found.body, found.period, found.held.cell) == (board.name, "2019-20", "2")
    assert len(found.rows) == 18
    by_code = {row.code: row for row in found.rows}
    doctor, member = by_code["designated-doctor"], by_code["lead-member"]
    assert (doctor.attended.words, doctor.percentage.words, doctor.absence, doctor.seat) == (
        "0 of 2 meetings",
        "0%",
        "The post was vacant",
        "Designated Doctor",
    )
    assert (member.absence, member.attended.fact_id, member.attended.source) == (
        "Not stated",
        "WAL-360",
        REPORT,
    )
    leaders = Body.objects.get(code="leadership-group")
    [other] = attendances_of(leaders)
    assert other.period_key == "2019-07-01-to-2020-03-31"
    assert [row.percentage.cell for row in other.rows] == [
        *("100%", "67%", "100%", "83%", "67%", "100%", "50%")
    ]


def test_seats_of_walsall_name_their_vacancy_and_their_source(
    walsall: Partnership, system: User
) -> None:
    load_meetings_of(WALSALL, walsall, by=system)
    found = as_read(walsall.seats.all())
    of_2019 = [seat for seat in found if seat.period_key == "2019-20"]
    assert [(seat.name, seat.vacant) for seat in of_2019][:2] == [
        ("Designated Doctor", True),
        ("Designated Nurse", False),
    ]
    sources = set(Seat.objects.values_list("period__last__year", "source"))
    assert sources == {(2020, REPORT), (2023, LETTER)}


WORDS = {
    "meetings:walsall:board:2019-20": "2 meetings",
    "meetings:walsall:board:2019-20:postponed": "at least 2 meetings",
    "meetings:walsall:board:2019-m06": "1 meeting",
    "meetings:walsall:board:2019-20-q1": "1 meeting",
    "meetings:walsall:youth-safeguarding-partners:2019-20:hours": "about 2 hours",
    "meetings:walsall:childrens-partnership:2019-10-01-to-2020-04-30": "0 meetings",
    "attendance:walsall:board:2019-20:lead-member": "0 of 2 meetings",
    "attendance:walsall:board:2019-20:housing:percentage": "50%",
    "seats:walsall:2019-20:vacant": "1 seat",
    "seats:walsall:2019-20:filled": "4 seats",
}
NOTHING = [
    "meetings:walsall:board:2019-20:held",
    "meetings:walsall:board:2019-20:hours",
    "meetings:walsall:board:2019-20:cancelled",
    "meetings:walsall:board:2019-20:other",
    "meetings:walsall:board:2018-19",
    "meetings:walsall:board:soon",
    "meetings:walsall:gone:2019-20",
    "meetings:walsall:board",
    "attendance:walsall:board:2019-20",
    "attendance:walsall:board:2019-20:nobody",
    "attendance:walsall:board:soon:housing",
    "attendance:walsall:board:2019-20:housing:held",
    "attendance:walsall:board:2019-20:housing:percentage:more",
    "seats:walsall:2019-20:lost",
    "seats:walsall:2018-19:vacant",
    "seats:walsall:soon:vacant",
    "seats:walsall:2019-20",
]


def test_figure_has_an_address_that_finds_it(walsall: Partnership, system: User) -> None:
    load_meetings_of(WALSALL, walsall, by=system)
    found = {address: find(address) for address in WORDS}
    assert {address: each[1].words for address, each in found.items() if each} == WORDS
    assert {each[1].address for each in found.values() if each} == set(WORDS)
    assert {each[0] for each in found.values() if each} == {walsall}


def test_address_of_nothing_finds_nothing(walsall: Partnership, system: User) -> None:
    load_meetings_of(WALSALL, walsall, by=system)
    assert [address for address in NOTHING if find(address)] == []


def test_loading_again_changes_nothing_and_leaves_what_people_changed(
    walsall: Partnership, system: User
) -> None:
    load_meetings_of(WALSALL, walsall, by=system)
    before = AuditEvent.objects.count()
    load_meetings_of(WALSALL, walsall, by=system)
    assert AuditEvent.objects.count() == before

    board, person = Body.objects.get(code="board"), UserFactory()
    period = Period.objects.get(first="2019-04-01", last="2020-03-31")
    told: dict[str, Any] = {"body": board, "period": period, "seen": 1, "by": person}
    save_register(**told, rows=[Came("Ours", 1, 2)])
    save_meeting(**told, status="held", words=MeetingWords(number=3))
    load_meetings_of(WALSALL, walsall, by=system)
    assert Register.objects.get(body=board).rows.get().member == "Ours"
    assert Meeting.objects.get(body=board, period=period, status="held").number == 3


def test_loading_again_mends_what_differs(walsall: Partnership, system: User) -> None:
    load_meetings_of(WALSALL, walsall, by=system)
    Meeting.objects.filter(fact_id="WAL-357").update(number=7)
    Attendance.objects.filter(fact_id="WAL-373").update(attended=2)
    Seat.objects.filter(code="designated-doctor").update(state="filled")
    load_meetings_of(WALSALL, walsall, by=system)
    assert Meeting.objects.get(fact_id="WAL-357").number == 2
    assert Attendance.objects.get(fact_id="WAL-373").attended == 1
    assert Seat.objects.get(code="designated-doctor").state == "vacant"


SEATS = "seat,body,organisation,state,period,note,source\n"
MEETINGS = "fact_id,body,period,level,status,value,note\n"
ATTENDANCE = "fact_id,body,member,organisation,period,value,attended,held,absence_reason,note\n"


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("seats.csv", SEATS + "Chair,board,,lost,2019-20,,\n", "state is 'lost'. It is one of"),
        ("seats.csv", SEATS + "Chair,gone,,filled,2019-20,,\n", "body is 'gone', which is no body"),
        ("seats.csv", SEATS + "Chair,board,gone,filled,2019-20,,\n", "organisation is 'gone'"),
        ("seats.csv", SEATS + "Chair,board,,filled,soon,,\n", "'soon' is not a period"),
        ("seats.csv", SEATS + "Chair,board,,filled,2019-20,,gone\n", "source is 'gone'"),
        ("seats.csv", SEATS + "…,board,,filled,2019-20,,\n", "Name the office in letters"),
        ("meetings.csv", MEETINGS + ",board,2019-20,some,held,2,\n", "level is 'some'"),
        ("meetings.csv", MEETINGS + ",board,2019-20,total,lost,2,\n", "status is 'lost'"),
        ("meetings.csv", MEETINGS + ",board,2019-20,total,held,0,\n", "choose “Did not meet”"),
        ("meetings.csv", MEETINGS + ",board,2019-20,total,held,two,\n", "value is 'two'"),
        (
            "meetings.csv",
            MEETINGS + ",board,2019-20,hours-each,held,2,\n",
            "no row says how many meetings lasted so long",
        ),
        (
            "attendance.csv",
            ATTENDANCE + ",board,Chair,,2019-20,150,3,2,,\n",
            "Chair cannot have attended 3 of 2 meetings",
        ),
        (
            "attendance.csv",
            ATTENDANCE + ",board,Chair,,2019-20,0,0,2,ill,\n",
            "absence_reason is 'ill'",
        ),
        ("attendance.csv", ATTENDANCE + ",gone,Chair,,2019-20,0,0,2,,\n", "body is 'gone'"),
        ("attendance.csv", ATTENDANCE + ",board,,,2019-20,0,0,2,,\n", "member is empty"),
    ],
)
def test_wrong_row_is_named_and_nothing_is_loaded(
    testshire: Partnership, system: User, tmp_path: Path, file: str, text: str, message: str
) -> None:
    BodyFactory(partnership=testshire, code="board")
    good = {
        "seats.csv": SEATS + "Nurse,,,filled,2019-20,,\n",
        "meetings.csv": MEETINGS + ",board,2018-19,total,held,2,\n",
        "attendance.csv": ATTENDANCE + ",board,Nurse,,2018-19,100,2,2,,\n",
    }
    head = good[file].splitlines(keepends=True)
    wrong = head[1] + text.splitlines(keepends=True)[1]
    for name, rows_ in good.items():
        told = head[0] + wrong if name == file else rows_
        (tmp_path / name).write_text(told, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_meetings_of(tmp_path, testshire, by=system)
    assert f"{(tmp_path / file).as_posix()}, line 3: " in str(caught.value)
    assert message in str(caught.value)
    assert (Seat.objects.count(), Meeting.objects.count(), Register.objects.count()) == (0, 0, 0)


def test_second_row_of_one_member_is_named(
    testshire: Partnership, system: User, tmp_path: Path
) -> None:
    BodyFactory(partnership=testshire, code="board")
    row = ",board,Chair,,2019-20,100,2,2,,\n"
    (tmp_path / "attendance.csv").write_text(ATTENDANCE + row + row, encoding="utf-8")
    with pytest.raises(FileError, match=r"attendance\.csv, line 3: “Chair” stands here twice"):
        load_meetings_of(tmp_path, testshire, by=system)
