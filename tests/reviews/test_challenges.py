"""Challenges: what is refused and recorded, the pages that keep them, what reports read."""

from collections.abc import Callable

import pytest
from django.test import Client

from partnerships.calendar import store_period
from partnerships.models import AuditEvent, Partnership, User
from partnerships.periods import parse
from partnerships.refusals import Overtaken, Refused
from reviews.challenges.actions import ChallengeWords, save_challenge
from reviews.models import Challenge
from tests.factories import PeriodFactory
from tests.kept_factories import ChallengeFactory

ClientOf = Callable[[User], Client]
CHALLENGES = "/p/testshire/actions/challenges/"
ENTRY = {
    "code": "visitors",
    "about": "Too few health visitors",
    "raised_by": "Executive",
    "raised_with": "Health partners",
    "period": "October 2022",
    "outcome": "",
    "note": "",
    "seen": "0",
}


def test_challenge_is_recorded_and_changed_over_the_version_seen_only(
    testshire: Partnership, business_unit: User
) -> None:
    def save(seen: int = 0, outcome: str = "") -> Challenge:
        words = ChallengeWords(
            raised_by="Executive",
            raised_with="Health partners",
            about="Too few",
            period=store_period(parse("2022-23")),
            outcome=outcome,
        )
        return save_challenge(
            partnership=testshire, code="few", words=words, seen=seen, by=business_unit
        )

    assert save().version == 1
    assert save(seen=1).version == 1
    assert save(seen=1, outcome="More are hired.").version == 2
    with pytest.raises(Overtaken):
        save(seen=1, outcome="Mine.")
    with pytest.raises(Refused, match="There is a challenge few already"):
        save()
    events = AuditEvent.objects.order_by("id")
    assert [(event.verb, event.subject) for event in events] == [
        ("challenge added", "challenge:testshire:few"),
        ("challenge changed", "challenge:testshire:few"),
    ]


def test_challenge_is_entered_and_what_came_of_it_told_in_the_browser(
    client_of: ClientOf, business_unit: User, partner: User
) -> None:
    unit = client_of(business_unit)
    assert unit.post(f"{CHALLENGES}add/", ENTRY).headers["Location"] == CHALLENGES
    page = client_of(partner).get(CHALLENGES).content.decode()
    assert "Too few health visitors" in page
    assert "October 2022" in page
    assert "Not told" in page
    assert "Add a challenge" not in page
    told = ENTRY | {"outcome": "More are hired.", "seen": "1"}
    assert unit.post(f"{CHALLENGES}visitors/", told).status_code == 302
    assert "More are hired." in client_of(partner).get(CHALLENGES).content.decode()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("about", "", "Say what was raised."),
        ("raised_by", "", "Say who raised it."),
        ("raised_with", "", "Say with whom it was raised."),
        ("period", "soon", "“soon” is not a date."),
        ("code", "add", "“add” cannot be a short name."),
    ],
)
def test_challenge_that_cannot_be_added_says_what_is_wrong(
    client_of: ClientOf, business_unit: User, name: str, value: str, said: str
) -> None:
    answer = client_of(business_unit).post(f"{CHALLENGES}add/", ENTRY | {name: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Challenge.objects.count() == 0


def test_printed_challenge_is_the_source_s_until_its_words_are_changed(
    testshire: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    made = ChallengeFactory(
        partnership=testshire,
        code="visitors",
        about="Too few health visitors",
        raised_by="Executive",
        period=PeriodFactory(key="2022-m10"),
        source="letter",
    )
    unit, url = client_of(business_unit), f"{CHALLENGES}visitors/"
    assert unit.post(url, ENTRY | {"outcome": "More.", "seen": "1"}).status_code == 302
    made.refresh_from_db()
    assert (made.outcome, made.source) == ("More.", "letter")
    assert unit.post(url, ENTRY | {"about": "Far too few", "seen": "2"}).status_code == 302
    made.refresh_from_db()
    assert made.source == ""


def test_page_of_a_partnership_without_any_says_so(client_of: ClientOf, partner: User) -> None:
    page = client_of(partner).get(CHALLENGES).content.decode()
    assert "Nobody has entered what one partner raised with another." in page
