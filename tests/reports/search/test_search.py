"""Search: every word, in what the person may read, and in nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client

from partnerships.models import Partnership, RoleName, User
from reports.models import PrintedFigure
from reports.search.queries import SHOWN, search
from tests.factories import IndicatorFactory, RoleFactory
from tests.kept_factories import PriorityFactory, ReviewFactory
from tests.report_factories import PrintedFigureFactory, PublicationFactory

ClientOf = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def texts(words: str, *at: Partnership) -> list[tuple[str, str]]:
    return [(kind.key, hit.text) for kind in search(words, at) for hit in kind.hits]


def test_every_word_must_occur_in_any_case_and_any_field() -> None:
    IndicatorFactory(name="Children in care", definition="Looked after on the last day.")
    IndicatorFactory(name="Children missing", definition="Of those looked after.")
    assert texts("CARE looked") == [("indicators", "Children in care")]
    assert texts("looked after") == [
        ("indicators", "Children in care"),
        ("indicators", "Children missing"),
    ]
    assert texts("care elephants") == []


@pytest.mark.parametrize("words", ["", "  ", "\t"])
def test_no_word_finds_nothing(words: str) -> None:
    IndicatorFactory()
    assert search(words, []) == []


def test_signs_that_a_database_knows_are_looked_for_as_they_are() -> None:
    IndicatorFactory(name="Plans within 15 days (%)")
    IndicatorFactory(name="Plans")
    assert texts("15 %") == [("indicators", "Plans within 15 days (%)")]
    assert texts("' OR 1=1") == []


def published_figure(about: str) -> PrintedFigure:
    edition = PublicationFactory().edition
    figure: PrintedFigure = PrintedFigureFactory(edition=edition, about=about, text="4,368")
    return figure


def test_figures_are_found_in_published_editions_only() -> None:
    published_figure("Referrals in 2019-20")
    PrintedFigureFactory(about="Referrals of a draft", text="17")
    assert texts("referrals") == [("figures", "Referrals in 2019-20: 4,368")]


def test_figure_that_a_report_prints_twice_is_found_once() -> None:
    first = published_figure("Referrals in 2019-20")
    PrintedFigureFactory(
        edition=first.edition, about=first.about, text="4,368", address=first.address
    )
    assert texts("referrals") == [("figures", "Referrals in 2019-20: 4,368")]


def test_reviews_are_found_where_the_person_reads_them(testshire: Partnership) -> None:
    ReviewFactory(partnership=testshire, code="T1", summary="About neglect.")
    ReviewFactory(code="X1", summary="About neglect elsewhere.")
    PriorityFactory(partnership=testshire, name="Neglect")
    found = [kind for kind, _ in texts("neglect", testshire)]
    assert found == ["reviews", "priorities"]
    assert texts("neglect") == []


def test_page_shows_a_stranger_nothing_of_a_partnership(
    client_of: ClientOf, client: Client, testshire: Partnership
) -> None:
    ReviewFactory(partnership=testshire, code="T1", summary="About neglect.")
    partner = RoleFactory(partnership=testshire, name=RoleName.PARTNER).user
    council = RoleFactory(partnership=testshire, name=RoleName.COUNCIL_SCRUTINY).user
    assert (
        "/p/testshire/reviews/T1/" in client_of(partner).get("/search/?q=neglect").content.decode()
    )
    for somebody in (client_of(council), client, client_of(RoleFactory().user)):
        page = somebody.get("/search/?q=neglect").content.decode()
        assert "Nothing found" in page
        # Not the code by itself: a random token of the page's forms may hold two such characters.
        assert "reviews/T1" not in page
        assert "About neglect" not in page


def test_more_than_a_page_holds_is_said(client: Client) -> None:
    for number in range(SHOWN + 3):
        IndicatorFactory(name=f"Plans {number}")
    page = client.get("/search/?q=plans").content.decode()
    assert f"({SHOWN + 3})" in page
    assert "And 3 more." in page


def test_what_was_asked_is_shown_as_text(client: Client) -> None:
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in page


def test_too_long_a_search_is_refused_in_words(client: Client) -> None:
    page = client.get("/search/", {"q": "x" * 201}).content.decode()
    assert "at most 200 characters" in page


def test_indicators_come_in_the_order_of_how_near_their_names_are() -> None:
    for name, definition in (
        ("All looked after", "Children in care of any age."),
        ("Care of children, in all", "Of any age."),
        ("Homes of children in care", "Places."),
        ("Children in care with a plan", "Of any age."),
        ("Children in care", "On the last day."),
    ):
        IndicatorFactory(name=name, definition=definition)
    assert [text for _, text in texts("children  IN care")] == [
        "Children in care",
        "Children in care with a plan",
        "Homes of children in care",
        "Care of children, in all",
        "All looked after",
    ]
