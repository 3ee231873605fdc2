"""The dashboard beside others, and how the partnership stands apart from its figures."""

from datetime import date
from decimal import Decimal

import pytest

from metrics.models import Area, Dataset, Indicator
from partnerships.models import Partnership
from partnerships.periods import parse
from reports.dashboards.beside import beside_others
from reports.dashboards.queries import Row, rows_of
from reports.dashboards.standing import standing
from tests.factories import (
    AreaFactory,
    CellFactory,
    DatasetFactory,
    IndicatorFactory,
    PeriodFactory,
    figure,
)
from tests.kept_factories import (
    ActionFactory,
    ClockFactory,
    MilestoneFactory,
    PriorityFactory,
    ReviewFactory,
)

TODAY = date(2026, 7, 10)
YEAR = parse("2019-20")

pytestmark = pytest.mark.django_db


def put(dataset: Dataset, indicator: object, area: Area, value: str, year: str = "2019-20") -> None:
    cell = CellFactory(
        dataset=dataset, indicator=indicator, area=area, period=PeriodFactory(key=year)
    )
    figure(value=Decimal(value), cell=cell)


def words(partnership: Partnership) -> list[tuple[str, str]]:
    rows: list[Row] = rows_of(partnership, YEAR)
    return [(each.link.text, each.words) for each in beside_others(partnership, rows)]


def test_figure_stands_beside_england_first_then_others_of_its_own_source(
    testshire: Partnership,
) -> None:
    own = DatasetFactory(owner=testshire, kind="printed")
    indicator = IndicatorFactory(name="Plans", unit="rate", base=10000)
    england = AreaFactory(name="England", kind="country", partnership=None)
    neighbours = AreaFactory(name="statistical neighbours", kind="neighbours", partnership=None)
    put(own, indicator, AreaFactory(partnership=testshire), "65")
    put(own, indicator, neighbours, "60")
    put(own, indicator, england, "70")
    assert words(testshire) == [
        ("Plans", "2019-20: 65 per 10,000, below England (70), above statistical neighbours (60).")
    ]


def test_other_years_other_partnerships_and_other_regions_are_left_out(
    testshire: Partnership,
) -> None:
    own = DatasetFactory(owner=testshire, kind="printed")
    indicator = IndicatorFactory(name="Plans")
    england = AreaFactory(name="England", kind="country", partnership=None)
    official = DatasetFactory(owner=None, kind="official")
    put(own, indicator, AreaFactory(partnership=testshire), "65")
    put(own, indicator, england, "70", year="2018-19")
    put(DatasetFactory(kind="printed"), indicator, england, "71")
    put(official, indicator, AreaFactory(kind="region", partnership=None), "72")
    assert words(testshire) == []
    put(official, indicator, england, "73")
    assert words(testshire) == []  # a count of all England
    Indicator.objects.update(unit="rate", base=10000)
    assert words(testshire) == [("Plans", "2019-20: 65 per 10,000, below England (73).")]


def test_standing_tells_of_what_is_kept_and_of_nothing_else(testshire: Partnership) -> None:
    assert standing(testshire, today=TODAY) == []
    PriorityFactory(partnership=testshire)
    review = ReviewFactory(partnership=testshire, state="in-progress")
    ClockFactory(review=review, starts=date(2026, 1, 5), due=date(2026, 1, 26))
    ActionFactory(partnership=testshire, due=date(2026, 7, 1))
    ActionFactory(partnership=testshire, due=date(2026, 8, 1))
    MilestoneFactory(partnership=testshire, first=date(2026, 9, 1), what="The yearly report")
    told = {fact.key: fact.value for fact in standing(testshire, today=TODAY)}
    assert told["Priorities"] == "1 in all"
    assert told["Practice reviews"] == (
        "1 in progress, 0 completed, 1 late on a time that the law gives"
    )
    assert told["Actions"] == "2 open, of them 1 overdue"
    assert told["Next dates"].endswith("The yearly report")
    urls = [fact.links[0].url for fact in standing(testshire, today=TODAY)]
    assert urls[0] == "/p/testshire/priorities/"
