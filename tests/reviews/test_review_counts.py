"""Counts of reviews and themes: where they do not add up, and where they stand."""

import pytest
from django.conf import settings

from partnerships.calendar import store_period
from partnerships.models import Partnership, User
from partnerships.periods import parse
from partnerships.refusals import Refused
from partnerships.stated import find
from reviews.models import ReviewTotal
from reviews.practice.totals import do_not_add_up, save_theme_total
from safeguarding.demo.learning import load_learning_of
from tests.factories import DatasetFactory, PartnershipFactory
from tests.kept_factories import ReviewTotalFactory, ThemeFactory

SANDWELL = settings.BASE_DIR / "fixtures" / "sandwell"
LOCAL = "Local child safeguarding practice review"
SINCE = "2019-04-01-to-2024-01-08"


def total(
    place: Partnership, event: str, period: str, value: int, kind: str = "local-review"
) -> None:
    ReviewTotalFactory(
        partnership=place,
        kind=kind,
        event=event,
        period=store_period(parse(period)),
        value=value,
    )


def said(place: Partnership) -> list[str]:
    return list(do_not_add_up(ReviewTotal.objects.filter(partnership=place).order_by("id")))


@pytest.mark.parametrize(
    ("in_progress", "sentences"),
    [
        (4, []),
        (
            3,
            [
                f"{LOCAL}, 1 April 2019 to 8 January 2024: those published, held back from "
                "publication and in progress make fewer than met the criteria. "
                "The source does not say why."
            ],
        ),
        (
            5,
            [
                f"{LOCAL}, 1 April 2019 to 8 January 2024: those published, held back from "
                "publication and in progress make more than met the criteria. "
                "The source does not say why."
            ],
        ),
    ],
)
def test_reviews_in_their_states_are_held_against_those_that_met_the_criteria(
    testshire: Partnership, in_progress: int, sentences: list[str]
) -> None:
    total(testshire, "criteria-met", SINCE, 13)
    total(testshire, "published", SINCE, 6)
    total(testshire, "held-back", "2024-01-08", 3)
    total(testshire, "in-progress", "2024-01-08", in_progress)
    total(testshire, "in-progress", "2023-03-31", 1)
    total(testshire, "published", SINCE, 9, kind="learning-review")
    assert said(testshire) == sentences


def test_counts_without_any_state_contradict_nothing(testshire: Partnership) -> None:
    total(testshire, "criteria-met", SINCE, 13)
    total(testshire, "in-progress", "2023-03-31", 1)
    assert said(testshire) == []


def test_theme_comes_up_in_no_more_reviews_than_there_are(
    testshire: Partnership, business_unit: User
) -> None:
    theme = ThemeFactory(partnership=testshire, code="neglect")
    period = store_period(parse("2019-20"))
    with pytest.raises(Refused, match=r"^A theme comes up in no more reviews than there are\."):
        save_theme_total(theme=theme, period=period, value=4, reviews=3, by=business_unit)
    save_theme_total(theme=theme, period=period, value=3, reviews=3, by=business_unit)
    save_theme_total(theme=theme, period=period, value=2, reviews=3, by=business_unit)
    assert [(each.value, each.reviews) for each in theme.totals.all()] == [(2, 3)]


def test_counts_of_sandwell_have_addresses_and_do_not_add_up(db: None, system: User) -> None:
    sandwell = PartnershipFactory(slug="sandwell", name="Sandwell")
    DatasetFactory(code="sandwell-scrutiny-papers-2024-03-25", kind="printed", owner=sandwell)
    load_learning_of(SANDWELL, sandwell, by=system)
    found = find(f"themes:sandwell:{SINCE}:information-sharing")
    assert found is not None
    assert (found[1].words, found[1].fact_id) == ("13 of 13", "SAN-011")
    assert find("themes:sandwell:2019-20:information-sharing") is None
    assert len(said(sandwell)) == 1
