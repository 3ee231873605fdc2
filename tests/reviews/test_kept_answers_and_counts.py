"""Answers, counts of themes and challenges are kept by hand, changed, and removed for a reason."""

from datetime import date

import pytest
from django.test import Client

from partnerships.models import AuditEvent, RoleName
from reviews.models import Answer, Challenge, Recommendation, ThemeTotal
from tests.factories import PeriodFactory
from tests.kept_factories import (
    ActionFactory,
    ChallengeFactory,
    RecommendationFactory,
    RecommendationSourceFactory,
    ThemeFactory,
    ThemeTotalFactory,
)
from tests.world import World, person

SOURCE = "/p/testshire/actions/recommendations/meeting/"
ANSWER = {
    "told_day": "25",
    "told_month": "3",
    "told_year": "2024",
    "words": "It is being done.",
    "seen": "0",
}
COUNTS = "/p/testshire/learning/history/counts/"


@pytest.fixture
def unit(world: World) -> Client:
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(person(world.partnership, RoleName.BUSINESS_UNIT, "keeper"), backend)
    return client


@pytest.fixture
def recommendation(world: World) -> Recommendation:
    source = RecommendationSourceFactory(partnership=world.partnership, code="meeting")
    found: Recommendation = RecommendationFactory(source=source)
    return found


def words(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def last() -> tuple[str, dict[str, str]]:
    event = AuditEvent.objects.latest("id")
    return event.verb, event.detail


def test_an_answer_is_added_changed_and_removed_in_the_browser(
    unit: Client, recommendation: Recommendation
) -> None:
    assert f'href="{SOURCE}1/answers/add/"' in words(unit, SOURCE)
    assert unit.post(f"{SOURCE}1/answers/add/", ANSWER).headers["Location"] == SOURCE
    answer = Answer.objects.get()
    assert (answer.told, answer.words) == (date(2024, 3, 25), "It is being done.")
    again = unit.post(f"{SOURCE}1/answers/add/", ANSWER | {"words": "Another."})
    assert again.status_code == 422
    assert "There is an answer of that day already." in again.content.decode()
    url = f"{SOURCE}1/answers/2024-03-25/"
    assert f'href="{url}"' in words(unit, SOURCE)
    assert unit.post(url, {"words": "It is done.", "seen": "1"}).status_code == 302
    assert unit.post(url, {"words": "Mine.", "seen": "1"}).status_code == 422
    assert Answer.objects.get().words == "It is done."
    assert f'href="{url}remove/"' in words(unit, url)
    without = unit.post(f"{url}remove/", {"seen": "2"})
    assert without.status_code == 422
    assert "Say why it is removed." in without.content.decode()
    reason = {"seen": "2", "reason": "Of another recommendation."}
    assert unit.post(f"{url}remove/", reason).headers["Location"] == SOURCE
    assert not Answer.objects.exists()
    verb, detail = last()
    assert verb == "answer removed"
    assert detail["reason"] == "Of another recommendation."
    assert "words: It is done." in detail["removed"]
    assert unit.get(url).status_code == 404
    assert unit.get(f"{SOURCE}1/answers/2024-13-25/").status_code == 404


def test_a_changed_answer_is_no_longer_the_sources(
    unit: Client, recommendation: Recommendation
) -> None:
    unit.post(f"{SOURCE}1/answers/add/", ANSWER)
    Answer.objects.update(source="printed", fact_id="X-1")
    url = f"{SOURCE}1/answers/2024-03-25/"
    unit.post(url, {"words": "It is being done.", "seen": "1"})
    assert Answer.objects.get().fact_id == "X-1"
    unit.post(url, {"words": "It is done.", "seen": "1"})
    assert (Answer.objects.get().source, Answer.objects.get().fact_id) == ("", "")


def test_a_recommendation_that_an_action_stands_on_stays(
    unit: Client, recommendation: Recommendation
) -> None:
    action = ActionFactory(
        partnership=recommendation.source.partnership, recommendation=recommendation, number=1
    )
    reason = {"seen": "1", "reason": "Entered twice."}
    refused = unit.post(f"{SOURCE}1/remove/", reason)
    assert refused.status_code == 422
    assert "Other entries stand on it (actions)." in refused.content.decode()
    action.delete()
    assert unit.post(f"{SOURCE}1/remove/", reason).status_code == 302
    assert not Recommendation.objects.exists()


def test_a_challenge_is_removed_over_the_version_seen_only(unit: Client, world: World) -> None:
    ChallengeFactory(partnership=world.partnership, code="health")
    url = "/p/testshire/actions/challenges/health/"
    assert f'href="{url}remove/"' in words(unit, url)
    sent = {"reason": "It was none.", "seen": "2"}
    assert unit.post(f"{url}remove/", sent).status_code == 422
    assert Challenge.objects.exists()
    assert unit.post(f"{url}remove/", sent | {"seen": "1"}).status_code == 302
    assert not Challenge.objects.exists()
    assert last()[0] == "challenge removed"


def test_a_theme_is_counted_changed_and_removed_in_the_browser(unit: Client, world: World) -> None:
    ThemeFactory(partnership=world.partnership, code="history", learning="Learning")
    sent = {"period": "2019-20", "value": "13", "reviews": "13", "seen": "0"}
    assert f'href="{COUNTS}add/"' in words(unit, "/p/testshire/learning/history/")
    assert unit.post(f"{COUNTS}add/", sent | {"value": "14"}).status_code == 422
    assert unit.post(f"{COUNTS}add/", sent).status_code == 302
    twice = unit.post(f"{COUNTS}add/", sent | {"value": "12"})
    assert "The theme is counted for that period already." in twice.content.decode()
    url = f"{COUNTS}2019-20/"
    assert f'href="{url}"' in words(unit, "/p/testshire/reviews/")
    assert unit.post(url, {"value": "9", "reviews": "13", "seen": "1"}).status_code == 302
    assert unit.post(url, {"value": "8", "reviews": "13", "seen": "1"}).status_code == 422
    total = ThemeTotal.objects.get()
    assert (total.value, total.version) == (9, 2)
    assert unit.post(f"{url}remove/", {"seen": "2", "reason": "Wrong year."}).status_code == 302
    assert not ThemeTotal.objects.exists()
    assert last() == (
        "count of a theme removed",
        {
            "reason": "Wrong year.",
            "removed": "theme: Learning; period: 2019-20; value: 9; reviews: 13",
        },
    )


def test_what_another_partnership_keeps_is_not_there(unit: Client) -> None:
    theme = ThemeFactory(code="theirs")
    ThemeTotalFactory(theme=theme, period=PeriodFactory(key="2019-20"))
    assert unit.get("/p/testshire/learning/theirs/counts/2019-20/").status_code == 404
    assert unit.get("/p/testshire/learning/theirs/counts/2019-20/remove/").status_code == 404
