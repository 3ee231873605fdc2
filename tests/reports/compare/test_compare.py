"""One indicator across places: by name, with intervals, and nothing that is not published."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from metrics.actions import ask_for_changes
from metrics.charts.places.layout import CHOSEN, OTHER
from metrics.models import Area, Cell, Dataset, Indicator
from partnerships.jobs import run_now
from partnerships.models import Job, RoleName, User
from partnerships.people.actions import system_actor
from reports.models import PrintedFigure
from tests.factories import (
    AreaFactory,
    CellFactory,
    DatasetFactory,
    IndicatorFactory,
    NeighbourFactory,
    NeighbourSetFactory,
    PartnershipFactory,
    PeriodFactory,
    RelatedIndicatorFactory,
    RoleFactory,
    UserFactory,
    figure,
)
from tests.report_factories import EditionFactory, PrintedFigureFactory, PublicationFactory

ClientOf = Callable[[User], Client]
URL = "/compare/repeat/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def repeat() -> Indicator:
    indicator: Indicator = IndicatorFactory(
        code="repeat", name="Repeat plans", unit="percent", kind_of_count="proportion"
    )
    return indicator


def partnership_area(name: str, *, synthetic: bool = False) -> Area:
    area: Area = AreaFactory(
        partnership=PartnershipFactory(slug=name.lower(), short_name=name, synthetic=synthetic),
        code=name.lower(),
        name=name,
    )
    return area


def elsewhere(name: str, kind: str = "authority") -> Area:
    area: Area = AreaFactory(code=name.lower(), name=name, kind=kind, partnership=None)
    return area


def given(
    area: Area, indicator: Indicator, *, official: bool = False, key: str = "2019-20", **value: Any
) -> Cell:
    dataset = area.partnership and area.partnership.datasets.first()
    if official:
        dataset = Dataset.objects.filter(kind="official").first()
        dataset = dataset or DatasetFactory(kind="official", owner=None, title="Statistics")
    more = {"dataset": dataset} if dataset else {}
    period = PeriodFactory(key=key)
    return figure(cell=CellFactory(area=area, indicator=indicator, period=period, **more), **value)


def part_of(part: int, whole: int = 100) -> dict[str, Any]:
    value = Decimal(part * 100) / whole
    return {"value": value, "numerator": Decimal(part), "denominator": Decimal(whole)}


def printed(cell: Cell, text: str, value: str | None, marker: str = "", **edition: Any) -> None:
    """A figure as the published edition of a report prints it."""
    made = PublicationFactory(edition__report__partnership=cell.area.partnership, **edition).edition
    PrintedFigureFactory(
        edition=made,
        address=f"{cell.address}@1",
        text=text,
        value=None if value is None else Decimal(value),
        marker=marker,
    )


def shown(client: Client, url: str = URL) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def rows(page: str) -> list[str]:
    """The places of the table, in its order."""
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    return [re.sub("<[^>]*>", "", each).strip() for each in re.findall(r"<th.*?</th>", body)]


def bars(page: str) -> int:
    wide = page.partition('class="chart-wide"')[2].partition('class="chart-narrow"')[0]
    return sum(wide.count(f'fill="{colour}"') for colour in (CHOSEN, OTHER))


@pytest.fixture
def filled(repeat: Indicator) -> Area:
    """Official figures of two partnerships, two neighbours of the first, and England."""
    ashby, corby = partnership_area("Ashby"), partnership_area("Corby")
    near, hidden, england = elsewhere("Barton"), elsewhere("Derby"), elsewhere("England", "country")
    model = NeighbourSetFactory(authority=ashby)
    for area in (hidden, near):
        NeighbourFactory(neighbour_set=model, area=area)
    for area, part in ((corby, 60), (near, 24), (ashby, 20)):
        given(area, repeat, official=True, **part_of(part))
    given(england, repeat, official=True, **part_of(2300, 10_000))
    given(hidden, repeat, official=True, value=None, marker="c")
    elsewhere("Zennor")
    return ashby


def test_places_stand_by_name_and_only_a_test_says_that_they_differ(
    filled: Area, client: Client
) -> None:
    page = shown(client)
    assert rows(page) == ["Ashby (chosen)", "Barton", "Corby", "Derby", "England"]
    assert "Ashby, 20% in 2019-20, is:" in page
    said = re.findall(r"<li>([^<]*)</li>", page.partition("What can be said")[2])
    assert said[:4] == [
        "not clearly different from Barton (24%)",
        "clearly below Corby (60%)",
        "not compared: Derby is confidential",
        "not clearly different from England (23%)",
    ]
    assert "13.3 to 28.9" in page
    assert not re.search(r"highest|lowest|rank|\b\d+(st|nd|rd|th) of", page)


def test_what_is_held_back_is_a_mark_and_no_bar(filled: Area, client: Client) -> None:
    page = shown(client)
    assert bars(page) == 4
    assert "Derby: [c]." in page
    assert "confidential" in page


def test_others_are_held_against_the_partnership_that_is_chosen(
    filled: Area, client: Client
) -> None:
    page = shown(client, f"{URL}?partnership=corby&period=2019-20")
    assert rows(page) == ["Ashby", "Corby (chosen)", "England"]
    assert "clearly above Ashby (20%)" in page


def test_nothing_unpublished_of_another_partnership_shows(
    repeat: Indicator, client_of: ClientOf, client: Client
) -> None:
    ashby, corby = partnership_area("Ashby"), partnership_area("Corby")
    cell = given(ashby, repeat, value=Decimal("41.73"), decimals=2)
    later = given(ashby, repeat, key="2021-22", value=Decimal("42.73"), decimals=2)
    given(corby, repeat, value=Decimal(50))
    printed(cell, "45.73%", "45.73")
    report = PrintedFigure.objects.get().edition.report
    draft = EditionFactory(report=report)
    for of in (cell, later):
        PrintedFigureFactory(edition=draft, address=of.address, text="43.73%", value="43.73")
    people = [
        RoleFactory(partnership=corby.partnership).user,
        RoleFactory(partnership=ashby.partnership, name=RoleName.COUNCIL_SCRUTINY).user,
        RoleFactory(partnership=ashby.partnership, name=RoleName.CONTRIBUTOR).user,
        UserFactory(),
    ]
    for somebody in (client, *map(client_of, people)):
        for query in ("", "?partnership=ashby", "?period=2021-22", "?partnership=ashby&period=x"):
            page = shown(somebody, URL + query)
            assert "45.73" in page
            assert not re.search(r"41\.73|42\.73|43\.73", page)
            assert 'value="2021-22"' not in page
    assert "Corby" not in rows(shown(client))
    assert bars(shown(client_of(people[0]))) == 2
    ours = shown(
        client_of(RoleFactory(partnership=ashby.partnership).user), f"{URL}?period=2019-20"
    )
    assert "41.73" in ours
    assert "45.73" not in ours
    assert 'value="2021-22"' in ours
    assert "Ashby (yours, chosen)" in ours


def test_the_newest_edition_counts_and_a_change_is_no_figure(
    repeat: Indicator, client: Client
) -> None:
    cell = given(partnership_area("Ashby"), repeat, value=Decimal(1))
    printed(cell, "31%", "31")
    report = PrintedFigure.objects.get().edition.report
    newer = PublicationFactory(edition__report=report).edition
    about = "Change of Repeat plans, Ashby, 2019-20, on the year before"
    PrintedFigureFactory(edition=newer, address=cell.address, about=about, text="5%", value=5)
    assert "Nothing to compare" in shown(client)
    PrintedFigureFactory(edition=newer, address=cell.address, text="32%, highest of 9", value=32)
    page = shown(client)
    assert ">32<" in page.replace("> ", ">").replace(" <", "<")
    assert "highest of" not in page
    assert "There is no chart" in page


def test_without_counts_behind_them_nothing_is_said_of_two_places(
    repeat: Indicator, client: Client
) -> None:
    for name, value in (("Ashby", "31"), ("Corby", "64")):
        printed(given(partnership_area(name), repeat, value=Decimal(1)), f"{value}%", value)
    page = shown(client)
    assert bars(page) == 2
    words = "Whether Ashby differs from Corby cannot be said: the counts behind the figure of Ashby"
    assert words in page
    assert not re.search(r"(above|below) Corby", page)


def test_numbers_are_compared_as_rates_or_not_at_all(client: Client) -> None:
    number = IndicatorFactory(code="repeat", kind_of_count="independent")
    ashby, corby = partnership_area("Ashby"), partnership_area("Corby")
    for area, value in ((ashby, 120), (corby, 400)):
        given(area, number, official=True, value=Decimal(value))
    page = shown(client)
    assert bars(page) == 0
    assert "In the table only: Ashby (chosen) and Corby." in page
    assert "Nothing here can be compared with the figure of Ashby." in page
    people = IndicatorFactory(code="population-0-17", kind_of_count="none", disclosive=False)
    for area, value in ((ashby, 60_000), (corby, 100_000)):
        given(area, people, official=True, key="2019-06-30", value=Decimal(value))
    page = shown(client)
    assert bars(page) == 2
    assert "Ashby, 20.0 per 10,000 in 2019-20, is:" in page
    assert "clearly below Corby (40.0)" in page
    assert "as officially estimated for 30 June 2019" in page


def test_an_invented_partnership_takes_part_where_it_is_chosen(
    filled: Area, repeat: Indicator, client: Client
) -> None:
    given(partnership_area("Aardland", synthetic=True), repeat, official=True, **part_of(50))
    assert "Aardland (invented" not in " ".join(rows(shown(client)))
    assert rows(shown(client, f"{URL}?partnership=aardland"))[0] == "Aardland (invented, chosen)"


def test_an_own_figure_stands_in_the_table_beside_the_official_one(
    filled: Area, repeat: Indicator, client_of: ClientOf
) -> None:
    given(filled, repeat, value=Decimal(77))
    page = shown(client_of(RoleFactory(partnership=filled.partnership).user))
    assert rows(page)[:2] == ["Ashby (yours, chosen)", "Ashby (yours, chosen)"]
    assert bars(page) == 4
    assert "the chart has the official one" in page
    assert re.search(r"<th[^>]*> Source </th>", page)


def test_the_source_of_all_figures_is_said_once(filled: Area, client: Client) -> None:
    page = shown(client)
    assert not re.search(r"<th[^>]*> Source </th>", page)
    assert page.count("Source of every figure: ") == 1


def test_what_is_asked_for_and_not_there_is_said(filled: Area, client: Client) -> None:
    assert "There is no figure of the period asked for" in shown(client, f"{URL}?period=1999-00")
    assert client.get(f"{URL}?partnership=nowhere").status_code == 404
    assert client.get("/compare/no-such-code/").status_code == 404


def test_related_indicators_are_listed_and_pages_lead_here(
    filled: Area, repeat: Indicator, client: Client
) -> None:
    RelatedIndicatorFactory(indicator=repeat, other__code="repeat-within-two-years")
    page = shown(client)
    assert "/indicators/repeat-within-two-years/" in page
    assert "One counts children, the other counts families." in page
    assert f'href="{URL}"' in shown(client, "/indicators/repeat/")


@pytest.mark.parametrize("more", [1, 4])
def test_more_places_cost_no_more_queries(
    filled: Area,
    repeat: Indicator,
    more: int,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(more):
        area = partnership_area(f"Place{number}")
        given(area, repeat, official=True, **part_of(30))
        printed(given(area, repeat, key="2018-19", value=Decimal(9)), "31%", "31")
    with django_assert_num_queries(12):
        client.get(URL)


def test_changes_stand_beside_figures_that_may_be_read_and_not_beside_printed_ones(
    filled: Area, repeat: Indicator, client: Client
) -> None:
    given(filled, repeat, official=True, key="2018-19", **part_of(40))
    printed(given(partnership_area("Place"), repeat, value=Decimal(9)), "31%", "31")
    assert run_now(ask_for_changes(None, by=system_actor())).state == Job.State.DONE
    page = shown(client)
    assert "Change on the year before" in page
    assert "−20 percentage points" in page
    assert "Clearly lower (95% interval −31.9 to −7.3 percentage points)" in page
    assert page.count("There is no figure for the year before.") == 3
    assert page.count("See the report") == 1
