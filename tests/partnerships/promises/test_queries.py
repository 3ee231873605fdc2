"""What pages and reports read of promises, milestones, risks and single figures."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from partnerships.models import Partnership, Promise
from partnerships.periods import parse
from partnerships.promises.queries import (
    milestones_of,
    named_figures_of,
    promised_years,
    promises_made_in,
    promises_of,
    risks_of,
)
from partnerships.promises.wording import named_unit, singular
from partnerships.stated import find
from tests.factories import PeriodFactory
from tests.kept_factories import (
    MilestoneFactory,
    NamedFigureFactory,
    PriorityFactory,
    PromiseFactory,
    RiskFactory,
)
from tests.partnerships.promises.conftest import MakePromise

YEAR = parse("2020-21")
Outcome = Promise.Outcome
TOLD = {"outcome_source": "The board."}


@pytest.fixture
def promised(promise: MakePromise, testshire: Partnership) -> None:
    """Three promises in two lists for 2020-21, and one for the year after."""
    neglect = PriorityFactory(partnership=testshire, code="neglect", name="See neglect")
    in_neglect = {"in_list": "neglect", "where_in_report": "Priority 1"}
    promise("n1", "Use the tool", priority=neglect, outcome="kept", **in_neglect, **TOLD)
    promise("s1", "Meet", outcome="partly", **TOLD)
    promise("n2", "Count its use", priority=neglect, **in_neglect)
    promise("s2", "Meet again", year="2021-22")


def test_promises_of_a_year_stand_list_by_list_in_the_report_s_order(
    promised: None, testshire: Partnership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = promises_of(testshire, YEAR)
    assert (found.total, found.report_years) == (3, (parse("2019-20"),))
    assert [
        (each.code, each.title, [line.text for line in each.promises]) for each in found.lists
    ] == [
        ("neglect", "Priority 1", ["Use the tool", "Count its use"]),
        ("next-steps", "Next steps", ["Meet"]),
    ]
    first = found.lists[0].promises[0]
    assert (first.priority, first.outcome, first.outcome_source) == (
        "See neglect",
        Outcome.KEPT,
        "The board.",
    )


def test_promises_are_counted_by_outcome_each_count_with_its_address(
    promised: None, testshire: Partnership
) -> None:
    counts = promises_of(testshire, YEAR).counts
    assert [(outcome.value, int(stated.value or 0)) for outcome, stated in counts] == [
        ("kept", 1),
        ("partly", 1),
        ("not-kept", 0),
        ("not-told", 1),
    ]
    for outcome, stated in counts:
        assert stated.address == f"promises:testshire:2020-21:{outcome.value}"
        assert find(stated.address) == (testshire, stated)


def test_promises_of_one_outcome_leave_out_lists_that_have_none(
    promised: None, testshire: Partnership
) -> None:
    found = promises_of(testshire, YEAR)
    assert [
        (each.code, [line.code for line in each.promises]) for each in found.only(Outcome.PARTLY)
    ] == [("next-steps", ["s1"])]
    assert found.only(None) == found.lists
    assert found.only(Outcome.NOT_KEPT) == ()


def test_report_of_a_year_finds_what_it_promised_by_the_year_promised_for(
    promised: None, testshire: Partnership
) -> None:
    made = promises_made_in(testshire, parse("2019-20"))
    assert [(each.year.key, each.total) for each in made] == [("2020-21", 3), ("2021-22", 1)]
    assert promises_made_in(testshire, YEAR) == ()
    assert [year.key for year in promised_years(testshire)] == ["2021-22", "2020-21"]


def test_promises_of_one_publication_are_counted_as_its_own(testshire: Partnership) -> None:
    PromiseFactory.create_batch(2, partnership=testshire, source="report")
    assert {stated.source for _, stated in promises_of(testshire, YEAR).counts} == {"report"}
    PromiseFactory(partnership=testshire)
    assert {stated.source for _, stated in promises_of(testshire, YEAR).counts} == {""}


def test_promises_of_another_partnership_and_of_no_year_are_not_there(
    promised: None, testshire: Partnership, otherton: Partnership
) -> None:
    assert promises_of(otherton, YEAR).counts == ()
    for address in (
        "promises:otherton:2020-21:kept",
        "promises:testshire:2018-19:kept",
        "promises:testshire:2020-21:forgotten",
        "promises:testshire:soon:kept",
        "promises:testshire:2020-21",
    ):
        assert find(address) is None


def test_milestones_of_a_year_are_those_in_it_and_those_planned_for_the_year_after(
    testshire: Partnership,
) -> None:
    for code, first, precision, state in (
        ("before", date(2020, 3, 31), "day", "actual"),
        ("spring", date(2020, 3, 1), "season", "planned"),
        ("during", date(2020, 9, 1), "month", "actual"),
        ("coming", date(2021, 10, 1), "month", "revised"),
        ("happened", date(2021, 5, 1), "month", "actual"),
        ("far", date(2022, 4, 1), "day", "planned"),
    ):
        MilestoneFactory(
            partnership=testshire, code=code, first=first, precision=precision, state=state
        )
    found = milestones_of(testshire, YEAR)
    assert [line.code for line in found.in_year] == ["spring", "during"]
    assert [line.code for line in found.coming] == ["coming"]


def test_risks_of_a_year_began_by_its_end_and_were_not_closed_before_it(
    testshire: Partnership,
) -> None:
    closed = {"closed_why": "It is over."}
    day = {"since_precision": "day"}
    for code, told in (
        ("always", {}),
        ("begun", {"since": date(2021, 3, 31), **day}),
        ("later", {"since": date(2021, 4, 1), **day}),
        ("over", {"closed": date(2020, 3, 31), **closed}),
        ("closed-in-it", {"closed": date(2020, 4, 1), **closed}),
    ):
        RiskFactory(partnership=testshire, code=code, **told)
    assert {line.code for line in risks_of(testshire, YEAR)} == {"always", "begun", "closed-in-it"}


def test_single_figures_of_a_year_have_addresses_or_words(testshire: Partnership) -> None:
    year = PeriodFactory(key="2020-21")
    NamedFigureFactory(
        partnership=testshire,
        code="classes",
        what="Classes",
        period=year,
        value=Decimal("2.5"),
        decimals=1,
        unit="classes",
        qualifier="about",
        fact_id="TST-001",
        source="report",
    )
    NamedFigureFactory(
        partnership=testshire,
        code="rhythm",
        what="Rhythm",
        period=PeriodFactory(key="2020-m05"),
        value=None,
        in_words="Monthly",
    )
    NamedFigureFactory(partnership=testshire, code="older")
    classes, rhythm = named_figures_of(testshire, YEAR)
    assert (classes.words, rhythm.words, rhythm.stated) == ("about 2.5 classes", "Monthly", None)
    assert classes.stated is not None
    assert (classes.stated.about, classes.stated.fact_id, classes.stated.source) == (
        "Classes, Testshire, 2020-21",
        "TST-001",
        "report",
    )
    assert find("named:testshire:classes") == (testshire, classes.stated)
    for address in ("named:testshire:rhythm", "named:testshire:gone", "named:testshire:a:b"):
        assert find(address) is None


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        ("years", 1, "year"),
        ("years", 3, "years"),
        ("working days", 1, "working day"),
        ("rank", 1, "number"),
        ("%", 1, "%"),
        ("number", 1, "number"),
    ],
)
def test_unit_follows_its_number(unit: str, value: int, expected: str) -> None:
    assert named_unit(unit, Decimal(value)) == expected


def test_plural_has_its_singular() -> None:
    plurals = ["classes", "authorities", "hours", "staff"]
    assert [singular(each) for each in plurals] == ["class", "authority", "hour", "staff"]
