"""The calendar: milestones, actions, clocks and statements, month by month."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from partnerships.models import Partnership, User
from partnerships.periods import Kind, Span, parse
from reviews.calendar.queries import calendar_of
from tests.kept_factories import (
    ActionFactory,
    ClockFactory,
    InspectionFactory,
    MilestoneFactory,
    ProposedActionFactory,
    ReviewFactory,
)

TODAY = date(2026, 7, 10)
YEAR = parse("2026-27")
CALENDAR = "/p/testshire/calendar/"


@pytest.fixture
def dated(testshire: Partnership) -> None:
    """Some of each, and a milestone of a season; an action and a clock are late."""
    for code, first, precision in (
        ("launch", date(2026, 9, 1), "month"),
        ("day", date(2026, 9, 30), "day"),
        ("relaunch", date(2026, 6, 1), "season"),
        ("past", date(2025, 9, 1), "month"),
    ):
        MilestoneFactory(
            partnership=testshire, code=code, what=code.title(), first=first, precision=precision
        )
    ActionFactory(partnership=testshire, number=1, text="Old", due=date(2026, 3, 31))
    ActionFactory(partnership=testshire, number=2, text="Next", due=date(2026, 7, 12))
    ActionFactory(partnership=testshire, number=3, text="Undated")
    review = ReviewFactory(partnership=testshire, code="R1")
    ClockFactory(review=review, starts=date(2026, 6, 15), due=date(2026, 7, 6))
    for code, due in (("visit", date(2026, 7, 31)), ("before", date(2026, 4, 1))):
        inspection = InspectionFactory(partnership=testshire, code=code, name=code.title())
        ProposedActionFactory(inspection=inspection, due=due)


def test_calendar_of_a_year_stands_month_by_month(
    dated: None, testshire: Partnership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        found = calendar_of(testshire, YEAR, today=TODAY)
    assert [
        (month.title, [(entry.words, entry.what, entry.state.text) for entry in month.entries])
        for month in found.months
    ] == [
        ("Some time in 2026-27", [("Summer 2026", "Relaunch", "Planned")]),
        (
            "April 2026",
            [
                (
                    "1 April 2026",
                    "Statement of proposed action: Before",
                    "Not known whether it was sent",
                )
            ],
        ),
        (
            "July 2026",
            [
                ("6 July 2026", "R1: Rapid review: 15 working days", "Late, 4 working days over"),
                ("12 July 2026", "The business unit: Next", "2 days left"),
                ("31 July 2026", "Statement of proposed action: Visit", "To be sent"),
            ],
        ),
        (
            "September 2026",
            [
                ("30 September 2026", "Day", "Planned"),
                ("September 2026", "Launch", "Planned"),
            ],
        ),
    ]
    assert [year.key for year in found.years] == ["2026-27", "2025-26"]


def test_what_is_late_stands_at_the_top_of_this_year_only(
    dated: None, testshire: Partnership
) -> None:
    found = calendar_of(testshire, YEAR, today=TODAY)
    assert [(entry.words, entry.state.text) for entry in found.late] == [
        ("31 March 2026", "More than 3 months overdue"),
        ("6 July 2026", "Late, 4 working days over"),
    ]
    before = calendar_of(testshire, parse("2025-26"), today=TODAY)
    assert before.late == ()
    assert [month.title for month in before.months] == ["September 2025", "March 2026"]
    assert before.months[0].entries[0].state.text == "Was planned"


def test_met_clock_and_sent_statement_are_late_no_more(testshire: Partnership) -> None:
    review = ReviewFactory(partnership=testshire, code="R1")
    starts, due = date(2026, 6, 15), date(2026, 7, 6)
    ClockFactory(review=review, starts=starts, due=due, met=date(2026, 7, 8))
    held = {"held": date(2026, 7, 1), "held_reason": "Why.", "held_told": "Whom"}
    ClockFactory(review=review, kind="publication", starts=starts, due=date(2026, 12, 15), **held)
    ProposedActionFactory(
        inspection=InspectionFactory(partnership=testshire), due=due, sent=date(2026, 7, 3)
    )
    found = calendar_of(testshire, YEAR, today=TODAY)
    assert found.late == ()
    assert [entry.state.text for month in found.months for entry in month.entries] == [
        "Met late, 2 working days over",
        "Sent 3 July 2026",
        "Held, clock runs on, 158 days left",
    ]


def test_page_shows_a_year_and_offers_the_others(
    dated: None, client_of: Callable[[User], Client], partner: User
) -> None:
    client = client_of(partner)
    page = client.get(f"{CALENDAR}?year=2026-27").content.decode()
    assert "Relaunch" in page
    assert "Summer 2026" in page
    assert 'value="2025-26"' in page
    for wrong in ("2026", "soon", "2026-27-q1"):
        assert client.get(f"{CALENDAR}?year={wrong}").status_code == 404


def test_page_of_a_year_without_any_says_so(
    client_of: Callable[[User], Client], partner: User
) -> None:
    page = client_of(partner).get(CALENDAR).content.decode()
    assert "Nothing is dated in this year" in page
    assert f"Calendar, {Span.containing(Kind.YEAR, timezone.localdate()).label}" in page
