"""Rows of files beside the register and the store: what each is taken for, or why it is not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from metrics.entries import Entry
from metrics.models import Cell, Revision
from metrics.returns.parts.actions import set_dates
from metrics.upload.matching import Matched, Refused, matched
from metrics.upload.plan import Plan, plan_of
from metrics.upload.reading import table_of
from metrics.upload.scopes import Scope, scopes_of
from partnerships.models import User
from tests.factories import CategoryFactory, CellFactory, figure
from tests.metrics.upload.files import csv_file, xlsx_file
from tests.world import Q1, World

TODAY = date(2026, 7, 10)


def scope_of(world: World, user: User | None = None) -> tuple[Scope, ...]:
    who = user or world.unit
    roles = list(who.roles.select_related("partnership", "agency__organisation"))
    return scopes_of(who, world.partnership, roles, Q1, on=TODAY)


def match(
    world: World, *rows: str, user: User | None = None, content: bytes | None = None
) -> Matched:
    table = table_of(csv_file(*rows) if content is None else content, "a.csv")
    return matched(table, scope_of(world, user), Q1)


def planned(world: World, *rows: str) -> Plan:
    return plan_of(match(world, *rows), Q1, on=TODAY)


def referrals_of(world: World) -> Cell:
    place = world.place()
    cell: Cell = CellFactory(
        dataset=place.dataset, indicator=place.indicator, area=place.area, period=place.period
    )
    return cell


@pytest.mark.parametrize(
    ("headings", "row", "column", "said"),
    [
        ("Code,Value", "nothing,12", "A, “Code”", "“nothing” is no figure of this return"),
        ("Code,Value", ",12", "", "does not say which figure it is"),
        ("Code,Value", "referrals,twelve", "B, “Value”", "“twelve” is not a number."),
        ("Code,Value", "referrals,12.5", "B, “Value”", "12.5 is not a whole number."),
        ("Code,Value", "referrals,–5", "B, “Value”", "-5 is below 0."),
        ("Code,Value", "timely,75", "B, “Value”", "works this figure out of two numbers"),
        ("Code,Value,Num", "referrals,,12", "C, “Num”", "This figure is one number."),
        ("Code,Num,Denom", "timely,30,", "C, “Denom”", "Enter both numbers"),
        ("Code,Num,Denom", "timely,50,40", "B, “Num”", "50 is more than 40"),
        (
            "Code,Value,Num,Denom",
            "timely,80%,30,40",
            "B, “Value”",
            "30 out of 40 gives 75, not 80.",
        ),
        (
            "Code,Value,Indicator name",
            "referrals,1,Conferences held in time",
            "C,",
            "have not slipped",
        ),
        ("Code,Value,Marker", "referrals,,c", "C, “Marker”", "“c” is not among the answers."),
        ("Code,Value,Marker", "referrals,1,x", "B, “Value”", "Take one of them away."),
        ("Code,Value,No number", "referrals,,Not available", "", "why there is no number"),
        ("Code,Value,Provisional", "referrals,1,perhaps", "C,", "neither yes nor no"),
        ("Code,Value,Breakdown", "referrals,1,age=99", "C,", "not a breakdown of the register"),
        ("Code,Value,qualifier", "referrals,1,about", "C,", "cannot be said in a return"),
        ("Code,Value,Period", "referrals,1,some time", "C,", "“some time” is not a period."),
        ("Code,Value,Partnership", "referrals,1,Elsewhere", "C,", "not a partnership for which"),
        ("Code,Value,Note", f"referrals,1,{'a' * 501}", "C,", "more than 500 characters"),
    ],
)
def test_row_is_refused_with_its_place_and_what_to_do(
    world: World, headings: str, row: str, column: str, said: str
) -> None:
    plan = planned(world, headings, row)
    (refused,) = plan.refused
    assert refused.row == 2
    assert refused.column.startswith(column)
    assert said in refused.what
    assert (plan.added, plan.changed) == ([], [])


def test_same_figure_on_two_rows_names_both(world: World) -> None:
    found = match(world, "Code,Value", "referrals,1", "Referrals,2")
    assert found.refused == [
        Refused(3, "A, “Code”", "The same figure stands on row 2 too. Leave one of them.")
    ]


def test_rows_are_known_by_name_and_by_any_case(world: World) -> None:
    found = match(world, "Measure,Value", "REFERRALS ,1")
    assert [line.indicator for line in found.lines] == [world.referrals]


@pytest.mark.parametrize(
    "period",
    [
        "Q1 2025-26",
        "2025-26-q1",
        "q1 2025/26",
        "",
        "2025–26-q1",
        "2025/26 Q1",
        "Q1 25/26",
        "Apr-Jun 2025",
        "30/06/2025",
        "1 April 2025",
        "2025-06-30",
    ],
)
def test_period_may_be_written_as_people_do(world: World, period: str) -> None:
    assert len(match(world, "Code,Value,Period", f"referrals,1,{period}").lines) == 1


def test_rows_of_other_periods_and_sources_are_left_out_and_counted(world: World) -> None:
    found = match(
        world,
        "indicator,value,period_kind,period_start,period_end,dataset,area",
        "referrals,1,quarter,2025-01-01,2025-03-31,testshire-returns,testshire",
        "referrals,1,year,2025-04-01,2026-03-31,testshire-returns,testshire",
        "referrals,1,quarter,2025-04-01,2025-06-30,printed,testshire",
        "referrals,,quarter,2025-04-01,2025-06-30,testshire-returns,testshire",
        "referrals,1,quarter,2025-04-01,2025-06-30,testshire-returns,testshire",
    )
    assert [line.row for line in found.lines] == [6]
    assert found.left_out == {
        "Rows of other periods": 2,
        "Rows of other sources than the returns": 1,
        "Rows without a figure, which stay as they are": 1,
    }


def test_days_written_as_numbers_are_read_and_said(world: World) -> None:
    content = xlsx_file(
        ("Code", "Value", "period_end"), ("referrals", 1, 45838), ("timely", 1, date(2025, 6, 30))
    )
    found = matched(table_of(content, "a.xlsx"), scope_of(world), Q1)
    assert found.said == {
        "Numbers in the column of periods were read as the days of a spreadsheet.": ["2"]
    }
    assert [line.row for line in found.lines] == [2]


def test_day_of_a_spreadsheet_may_stand_in_a_text_file(world: World) -> None:
    found = match(world, "Code,Value,Period", "referrals,1,45838")
    assert [line.row for line in found.lines] == [2]
    assert list(found.said) == [
        "Numbers in the column of periods were read as the days of a spreadsheet."
    ]


def test_share_beside_its_numbers_may_be_rounded(world: World) -> None:
    (line,) = match(world, "Code,Value,Num,Denom", "timely,67%,2,3").lines
    assert line.entry == Entry(numerator=Decimal(2), denominator=Decimal(3))


def test_breakdown_of_the_register_is_a_figure_of_its_own(world: World) -> None:
    CategoryFactory(breakdown__code="age", code="5-11")
    found = match(world, "Code,Breakdown,Value", "referrals,,9", "referrals,age=5-11,4")
    assert [line.slice for line in found.lines] == ["all", "age=5-11"]


def test_what_the_file_is_silent_about_stays(world: World) -> None:
    figure(
        approved=False,
        cell=referrals_of(world),
        value=Decimal(100),
        note="One team only.",
        flags="p",
    )
    assert planned(world, "Code,Value,Note", "referrals,100,").unchanged == 1
    (changed,) = planned(world, "Code,Value,Provisional", "referrals,100,No").changed
    assert changed.entry == Entry(value=Decimal(100), note="One team only.")
    (changed,) = planned(world, "Code,Value,Note", "referrals,100,Two teams.").changed
    assert changed.entry == Entry(value=Decimal(100), note="Two teams.", flags="p")


def test_approved_figure_is_changed_only_by_who_may_correct(world: World) -> None:
    figure(cell=referrals_of(world))
    assert len(planned(world, "Code,Value", "referrals,101").changed) == 1
    scopes = [replace(scope, may_correct=False) for scope in scope_of(world)]
    found = matched(table_of(csv_file("Code,Value", "referrals,101"), "a.csv"), scopes, Q1)
    plan = plan_of(found, Q1, on=TODAY)
    assert [refused.what for refused in plan.refused] == [
        "The figure is approved, and you may not correct it."
    ]
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    ("closed_to_new", "closed_to_edits", "entered", "said"),
    [
        (1, 30, False, "closed to new figures after 9 July 2026"),
        (1, 30, True, ""),
        (2, 1, False, "closed to changes after 9 July 2026"),
        (2, 1, True, "closed to changes after 9 July 2026"),
    ],
)
def test_return_that_is_closed_refuses_the_rows_of_a_file_as_it_does_by_hand(
    world: World, closed_to_new: int, closed_to_edits: int, entered: bool, said: str
) -> None:
    """Days before today on which it closed; an approved figure can still be corrected."""
    days = sorted(
        [TODAY - timedelta(days=closed_to_new), TODAY + timedelta(days=closed_to_edits)]
        if closed_to_edits == 30
        else [TODAY - timedelta(days=each) for each in (closed_to_new, closed_to_edits)]
    )
    set_dates(
        dataset=world.dataset,
        span=Q1,
        due=days[0],
        closed_to_new=days[0],
        closed_to_edits=days[1],
        by=world.unit,
    )
    if entered:
        figure(cell=referrals_of(world), approved=False)
    plan = planned(world, "Code,Value", "referrals,101")
    if said:
        (refused,) = plan.refused
        assert said in refused.what
    else:
        assert (plan.refused, len(plan.changed)) == ([], 1)
