"""Attendance in a report: the registers of its year, with why somebody was absent."""

import pytest

from reports.accounts import AccountError
from reports.accounts.attendance import ATTENDANCE
from reports.models import AnnualReport
from tests.factories import PeriodFactory
from tests.kept_factories import (
    AttendanceFactory,
    BodyFactory,
    MeetingFactory,
    RegisterFactory,
)
from tests.reports.accounts.told import block_of, told


def test_attendance_is_told_of_held_with_the_reason_for_absence(report: AnnualReport) -> None:
    board = BodyFactory(partnership=report.partnership, code="board", name="Board")
    MeetingFactory(body=board, number=3)
    register = RegisterFactory(body=board)
    for member, attended, absence, note in (
        ("Police", 3, "", "For the force."),
        ("College", 3, "", "For the force."),
        ("Designated Doctor", 0, "vacant", "The post was vacant."),
        ("Housing", 2, "", ""),
    ):
        AttendanceFactory(
            register=register,
            member=member,
            code=member.lower().replace(" ", "-"),
            attended=attended,
            held=3,
            absence=absence,
            note=note,
        )
    block = block_of(ATTENDANCE, report, "board")
    assert (block.key, block.title) == ("attendance-board", "Attendance: Board")
    assert told(block) == [
        "In 2019-20 there were 3 meetings.",
        "# Meetings attended, 2019-20",
        "Member | Attended | Share | Why absent",
        "Police | 3 of 3 | 100% | –",
        "College | 3 of 3 | 100% | –",
        "Designated Doctor | 0 of 3 | 0% | The post was vacant",
        "Housing | 2 of 3 | 67% | –",
    ]
    assert block.notes == ("Police; College: For the force.",)
    slug = report.partnership.slug
    assert [figure.address for figure in block.figures][:3] == [
        f"meetings:{slug}:board:2019-20",
        f"attendance:{slug}:board:2019-20:police",
        f"attendance:{slug}:board:2019-20:police:percentage",
    ]


def test_meetings_of_a_part_of_the_year_are_told_with_its_days(report: AnnualReport) -> None:
    board = BodyFactory(partnership=report.partnership, code="board")
    period = PeriodFactory(key="2019-07-01-to-2020-03-31")
    MeetingFactory(body=board, period=period, number=6)
    AttendanceFactory(register=RegisterFactory(body=board, period=period))
    assert told(block_of(ATTENDANCE, report, "board"))[0] == (
        "From 1 July 2019 to 31 March 2020 there were 6 meetings."
    )


def test_registers_within_the_year_are_told_the_earliest_first(report: AnnualReport) -> None:
    board = BodyFactory(partnership=report.partnership, code="board")
    for period in ("2019-20-q3", "2018-19", "2019-20-q1"):
        register = RegisterFactory(body=board, period=PeriodFactory(key=period))
        AttendanceFactory(register=register, member="Police", code="police")
    captions = [line for line in told(block_of(ATTENDANCE, report, "board")) if "#" in line]
    assert captions == [
        "# Meetings attended, Q1 2019-20",
        "# Meetings attended, Q3 2019-20",
    ]


def test_body_whose_attendance_nobody_kept_tells_nothing(report: AnnualReport) -> None:
    BodyFactory(partnership=report.partnership, code="board")
    assert ATTENDANCE.read(report, "board") is None


def test_body_that_there_is_not_is_refused(report: AnnualReport) -> None:
    BodyFactory(code="elsewhere")
    with pytest.raises(AccountError, match="has no body 'elsewhere'"):
        ATTENDANCE.read(report, "elsewhere")
