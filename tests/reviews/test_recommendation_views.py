"""The pages of recommendations and actions, and who may report on which action."""

from collections.abc import Callable

import pytest
from django.test import Client

from partnerships.models import Agency, Partnership, User
from reviews.models import Action, ActionUpdate, PracticeReview, RecommendationSource
from tests.factories import AgencyFactory, RoleFactory
from tests.kept_factories import (
    ActionFactory,
    ActionUpdateFactory,
    InspectionFactory,
    RecommendationFactory,
    RecommendationSourceFactory,
)

ClientOf = Callable[[User], Client]
ACTIONS = "/p/testshire/actions/"
SOURCES = ACTIONS + "recommendations/"

SOURCE = {
    "code": "spring",
    "kind": "scrutiny",
    "name": "Scrutiny meeting",
    "review": "",
    "inspection": "",
    "told": "March 2026",
    "note": "",
    "seen": "0",
}


def days(name: str, day: str = "", month: str = "", year: str = "") -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


ACTION = {
    "text": "Name one person in health.",
    "agency": "",
    **days("due", "1", "5", "2020"),
    "state": "open",
    **days("done"),
    "dropped_why": "",
    "seen": "0",
}
UPDATE = {"words": "It has begun.", **days("done")}
DONE = {"words": "It is done.", **days("done", "4", "5", "2020")}


def text(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


@pytest.fixture
def police_action(testshire: Partnership, testshire_police: Agency) -> Action:
    return ActionFactory(partnership=testshire, number=1, text="Ours.", agency=testshire_police)


@pytest.fixture
def other_action(testshire: Partnership) -> Action:
    agency = AgencyFactory(partnership=testshire, organisation__name="Testshire Health")
    return ActionFactory(partnership=testshire, number=2, text="Theirs.", agency=agency)


def test_recommendation_is_entered_answered_and_read(
    client_of: ClientOf, business_unit: User, partner: User
) -> None:
    unit = client_of(business_unit)
    sent = unit.post(f"{SOURCES}add/", SOURCE)
    assert sent.headers["Location"] == f"{SOURCES}spring/"
    said = {"number": "2", "part": "a", "text": "Ask the children.", "seen": "0"}
    assert unit.post(f"{SOURCES}spring/add/", said).status_code == 302
    twice = unit.post(f"{SOURCES}spring/add/", said)
    assert "There is a recommendation 2a already." in twice.content.decode()
    recommendation = RecommendationSource.objects.get().recommendations.get()
    sent = unit.post(f"{ACTIONS}add/", ACTION | {"recommendation": str(recommendation.pk)})
    assert sent.headers["Location"] == f"{ACTIONS}1/"

    reader = client_of(partner)
    page = text(reader, f"{SOURCES}spring/")
    assert "Ask the children." in page
    assert "Action 1, The business unit: Name one person in health." in page
    assert " overdue" in page
    assert "Add a recommendation" not in page
    page = text(reader, ACTIONS)
    assert "1 action is overdue." in page
    assert "Scrutiny meeting, recommendation 2a" in page
    assert "March 2026" in text(reader, SOURCES)


def test_recommendation_s_words_are_changed(
    testshire: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    source = RecommendationSourceFactory(partnership=testshire, code="spring")
    RecommendationFactory(source=source, number=2, part="a")
    unit, url = client_of(business_unit), f"{SOURCES}spring/2a/"
    assert unit.post(url, {"text": "Changed.", "seen": "1"}).status_code == 302
    assert source.recommendations.get().text == "Changed."
    assert unit.post(url, {"text": "Mine.", "seen": "1"}).status_code == 422
    assert unit.get(f"{SOURCES}spring/2b/").status_code == 404


@pytest.mark.parametrize(
    ("url", "entry", "said"),
    [
        (f"{SOURCES}add/", SOURCE | {"code": "taken"}, "There is a source taken already."),
        (f"{SOURCES}add/", SOURCE | {"name": ""}, "Enter a name."),
        (f"{SOURCES}add/", SOURCE | {"told": "soon"}, "“soon” is not a date."),
        (f"{SOURCES}taken/add/", {"number": "0", "seen": "0"}, "Enter a number from 1 to 999."),
        (f"{SOURCES}taken/add/", {"part": "1", "seen": "0"}, "Enter one small letter, like a."),
        (f"{ACTIONS}add/", ACTION, "Choose the recommendation that it answers."),
        (f"{ACTIONS}add/", ACTION | {"text": ""}, "Say what is to be done."),
        (f"{ACTIONS}add/", ACTION | {"due_month": "13"}, "must have a month from 1 to 12."),
    ],
)
def test_what_cannot_be_added_says_what_is_wrong(
    testshire: Partnership,
    client_of: ClientOf,
    business_unit: User,
    url: str,
    entry: dict[str, str],
    said: str,
) -> None:
    RecommendationSourceFactory(partnership=testshire, code="taken")
    answer = client_of(business_unit).post(url, entry)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (RecommendationSource.objects.count(), Action.objects.count()) == (1, 0)


def test_action_is_ended_by_the_unit_with_its_day_or_its_reason(
    police_action: Action, client_of: ClientOf, business_unit: User
) -> None:
    unit, url = client_of(business_unit), f"{ACTIONS}1/edit/"
    entry = ACTION | {
        "recommendation": str(police_action.recommendation_id),
        "agency": str(police_action.agency_id),
        "seen": "1",
    }
    for wrong, said in (
        ({"state": "done"}, "Enter the day on which it was done."),
        ({"state": "dropped"}, "Say why it is no longer pursued."),
    ):
        answer = unit.post(url, entry | wrong)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    dropped = {"state": "dropped", "dropped_why": "Another action does it."}
    assert unit.post(url, entry | dropped).headers["Location"] == f"{ACTIONS}1/"
    page = text(unit, f"{ACTIONS}1/")
    assert "Another action does it." in page
    assert "Add an update" not in page
    refused = unit.post(f"{ACTIONS}1/update/", UPDATE)
    assert "This action is not open any more." in refused.content.decode()


def test_choice_of_a_review_or_an_inspection_is_of_this_partnership(
    otherton: Partnership, review: PracticeReview, client_of: ClientOf, business_unit: User
) -> None:
    elsewhere = InspectionFactory(partnership=otherton, name="Visit to Otherton")
    unit = client_of(business_unit)
    form = text(unit, f"{SOURCES}add/")
    assert "Rapid review R1" in form
    assert "Visit to Otherton" not in form
    theirs = SOURCE | {"kind": "inspection", "inspection": str(elsewhere.pk)}
    assert unit.post(f"{SOURCES}add/", theirs).status_code == 422
    tied = SOURCE | {"kind": "review", "review": str(review.pk)}
    assert unit.post(f"{SOURCES}add/", tied).status_code == 302
    assert "/p/testshire/reviews/R1/" in text(unit, f"{SOURCES}spring/")


def test_contributor_sees_and_reports_on_their_agency_s_actions_only(
    police_action: Action, other_action: Action, client_of: ClientOf, contributor: User
) -> None:
    client = client_of(contributor)
    page = text(client, ACTIONS)
    assert "Ours." in page
    assert "Theirs." not in page
    assert SOURCES not in page
    for url in (f"{ACTIONS}2/", f"{ACTIONS}2/update/", f"{ACTIONS}?agency=other"):
        assert client.get(url).status_code == 404
    sent = client.post(f"{ACTIONS}1/update/", UPDATE)
    assert sent.headers["Location"] == f"{ACTIONS}1/"
    assert client.post(f"{ACTIONS}2/update/", UPDATE).status_code == 404
    update = ActionUpdate.objects.get()
    assert (update.by, update.agency) == (contributor, police_action.agency)
    assert "It has begun." in text(client, f"{ACTIONS}1/")


def test_partner_of_an_agency_reads_all_and_reports_on_its_own(
    police_action: Action, other_action: Action, client_of: ClientOf, testshire: Partnership
) -> None:
    user = RoleFactory(partnership=testshire, agency=police_action.agency).user
    client = client_of(user)
    page = text(client, ACTIONS)
    assert "Ours." in page
    assert "Theirs." in page
    assert "Add an update" in text(client, f"{ACTIONS}1/")
    assert client.post(f"{ACTIONS}1/update/", DONE).status_code == 302
    police_action.refresh_from_db()
    assert (police_action.state, str(police_action.done)) == ("done", "2020-05-04")
    assert "Add an update" not in text(client, f"{ACTIONS}2/")
    assert client.post(f"{ACTIONS}2/update/", UPDATE).status_code == 403
    assert client.get(f"{ACTIONS}1/edit/").status_code == 403


def test_partner_of_no_agency_reports_on_no_action(
    police_action: Action, testshire: Partnership, client_of: ClientOf, partner: User
) -> None:
    ActionFactory(partnership=testshire, number=3, text="The unit's own.")
    client = client_of(partner)
    for number in (1, 3):
        assert client.get(f"{ACTIONS}{number}/").status_code == 200
        assert client.post(f"{ACTIONS}{number}/update/", UPDATE).status_code == 403
    assert ActionUpdate.objects.count() == 0


def test_names_of_those_who_told_are_for_roles_that_read_true_values(
    police_action: Action, client_of: ClientOf, contributor: User, partner: User
) -> None:
    ActionUpdateFactory(action=police_action, by__name="Somebody Known")
    assert "Somebody Known" in text(client_of(partner), f"{ACTIONS}1/")
    page = text(client_of(contributor), f"{ACTIONS}1/")
    assert "The business unit, 1 July 2020" in page
    assert "Somebody Known" not in page


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (UPDATE | {"words": ""}, "Say what has happened."),
        (DONE | {"done_year": "2999"}, "This day is still to come."),
        (DONE | {"done_day": ""}, "The day on which it was done must include a day."),
    ],
)
def test_update_that_cannot_be_added_says_what_is_wrong_and_keeps_the_words(
    police_action: Action,
    client_of: ClientOf,
    contributor: User,
    entry: dict[str, str],
    said: str,
) -> None:
    answer = client_of(contributor).post(f"{ACTIONS}1/update/", entry)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert entry["words"] in answer.content.decode()
    assert ActionUpdate.objects.count() == 0


def test_actions_of_one_owner_are_shown_alone(
    police_action: Action,
    other_action: Action,
    testshire: Partnership,
    client_of: ClientOf,
    partner: User,
) -> None:
    ActionFactory(partnership=testshire, number=3, text="Of the unit itself.")
    client = client_of(partner)
    page = text(client, f"{ACTIONS}?agency=testshire-police")
    assert "Ours." in page
    assert "Theirs." not in page
    assert "Show the actions of all owners" in page
    assert "Of the unit itself." in text(client, f"{ACTIONS}?agency=business-unit")
    assert client.get(f"{ACTIONS}?agency=nobody").status_code == 404


@pytest.mark.parametrize("url", [ACTIONS, SOURCES])
def test_page_of_a_partnership_without_any_says_so(
    client_of: ClientOf, partner: User, url: str
) -> None:
    assert "Nobody has entered" in text(client_of(partner), url)


def test_contributor_whose_agency_owns_none_is_told_who_enters_them(
    other_action: Action, client_of: ClientOf, contributor: User
) -> None:
    page = text(client_of(contributor), ACTIONS)
    assert "No actions of your agency are kept here" in page
