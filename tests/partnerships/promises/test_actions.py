"""What is refused and recorded of promises, milestones, risks and single figures."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerships.calendar import store_period
from partnerships.event_dates import When, WhenPrecision
from partnerships.known_dates import read
from partnerships.models import (
    AuditEvent,
    Milestone,
    NamedFigure,
    Partnership,
    Promise,
    Risk,
    User,
)
from partnerships.periods import parse
from partnerships.promises.actions import (
    FigureWords,
    MilestoneWords,
    RiskWords,
    save_figure,
    save_milestone,
    save_risk,
)
from partnerships.refusals import Overtaken, Refused
from tests.partnerships.promises.conftest import MakePromise

SUMMER = When(date(2019, 7, 14), WhenPrecision.SEASON)


def test_promise_comes_last_of_its_year_and_is_recorded(
    promise: MakePromise, testshire: Partnership
) -> None:
    made = [promise("b"), promise("a"), promise("a", year="2021-22", report_year="2020-21")]
    assert [each.number for each in made] == [1, 2, 1]
    kept = promise("b", outcome="kept", outcome_source="The board.", seen=1)
    assert (kept.number, kept.version) == (1, 2)
    events = AuditEvent.objects.filter(partnership=testshire).order_by("id")
    assert [(event.verb, event.subject, event.detail["outcome"]) for event in events] == [
        ("promise added", "promise:testshire:2020-21:b", "not-told"),
        ("promise added", "promise:testshire:2020-21:a", "not-told"),
        ("promise added", "promise:testshire:2021-22:a", "not-told"),
        ("promise changed", "promise:testshire:2020-21:b", "kept"),
    ]


def test_promise_saved_again_changes_nothing_and_changed_over_the_version_seen_only(
    promise: MakePromise,
) -> None:
    promise("a")
    assert promise("a", seen=1).version == 1
    assert promise("a", "Do more", seen=1).version == 2
    with pytest.raises(Overtaken):
        promise("a", "Mine", seen=1)
    with pytest.raises(Refused, match="There is a promise a already"):
        promise("a", "Another")
    assert Promise.objects.get().text == "Do more"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"code": "add"}, "code"),
        ({"outcome": "kept"}, "outcome_source"),
        ({"outcome": "not-told", "outcome_source": "The board."}, "outcome"),
        ({"outcome": "broken", "outcome_source": "The board."}, "outcome"),
        ({"year": "2020"}, "year"),
        ({"report_year": "2019-20-q1"}, "report_year"),
        ({"year": "2018-19"}, "year"),
        ({"text": "x" * 301}, "text"),
    ],
)
def test_promise_that_cannot_stand_is_refused_at_its_field(
    promise: MakePromise, told: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        promise(**({"code": "a"} | told))
    assert refused.value.field == field
    assert Promise.objects.count() == 0


def test_milestone_of_a_summer_is_kept_by_its_first_day(
    testshire: Partnership, business_unit: User
) -> None:
    words = MilestoneWords(what="Relaunch", when=SUMMER, state="planned")
    made = save_milestone(partnership=testshire, code="relaunch", words=words, by=business_unit)
    assert (made.first, made.when.words) == (date(2019, 6, 1), "summer 2019")
    same = save_milestone(
        partnership=testshire, code="relaunch", words=words, seen=1, by=business_unit
    )
    assert same.version == 1
    event = AuditEvent.objects.get()
    assert event.detail == {"state": "planned", "when": "summer 2019"}


def test_milestone_in_a_state_that_there_is_not_is_refused(
    testshire: Partnership, business_unit: User
) -> None:
    words = MilestoneWords(what="Relaunch", when=SUMMER, state="missed")
    with pytest.raises(Refused) as refused:
        save_milestone(partnership=testshire, code="relaunch", words=words, by=business_unit)
    assert refused.value.field == "state"
    assert Milestone.objects.count() == 0


def test_risk_is_closed_with_its_reason(testshire: Partnership, business_unit: User) -> None:
    open_risk = RiskWords(what="It may fail.", since=read("2018-19"), carried_over=True)
    made = save_risk(partnership=testshire, code="fail", words=open_risk, by=business_unit)
    assert (made.since, made.since_precision, made.closed) == (
        date(2018, 4, 1),
        "financial-year",
        None,
    )
    closed = RiskWords(
        what="It may fail.",
        since=read("2018-19"),
        closed=date(2020, 5, 4),
        closed_why="It works.",
    )
    made = save_risk(partnership=testshire, code="fail", words=closed, seen=1, by=business_unit)
    assert (made.closed, made.version) == (date(2020, 5, 4), 2)
    assert AuditEvent.objects.latest("id").detail == {"closed": "2020-05-04"}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"closed": date(2020, 5, 4)}, "closed_why"),
        ({"closed_why": "It works."}, "closed"),
        (
            {"closed": date(2018, 3, 31), "closed_why": "It works.", "since": read("2018-19")},
            "closed",
        ),
    ],
)
def test_risk_that_is_half_closed_is_refused(
    testshire: Partnership, business_unit: User, told: dict[str, Any], field: str
) -> None:
    words = RiskWords(what="It may fail.", **told)
    with pytest.raises(Refused) as refused:
        save_risk(partnership=testshire, code="fail", words=words, by=business_unit)
    assert refused.value.field == field
    assert Risk.objects.count() == 0


def test_single_figure_keeps_the_decimals_that_it_was_written_with(
    testshire: Partnership, business_unit: User
) -> None:
    for code, value, decimals in (("a", "2.5", 1), ("b", "30", 0), ("c", "1E+2", 0)):
        words = FigureWords(
            what="Classes",
            area="Testshire",
            period=store_period(parse("2019-20")),
            value=Decimal(value),
            unit="classes",
        )
        made = save_figure(partnership=testshire, code=code, words=words, by=business_unit)
        assert made.decimals == decimals


@pytest.mark.parametrize(
    "told", [{}, {"value": Decimal(3), "in_words": "Three"}], ids=["neither", "both"]
)
def test_single_figure_is_a_number_or_words(
    testshire: Partnership, business_unit: User, told: dict[str, Any]
) -> None:
    period = store_period(parse("2019-20"))
    words = FigureWords(what="Partners", area="Testshire", period=period, **told)
    with pytest.raises(Refused) as refused:
        save_figure(partnership=testshire, code="partners", words=words, by=business_unit)
    assert refused.value.field == "value"
    assert NamedFigure.objects.count() == 0
