"""Where a report tells what guidance asks for, said in the browser."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from partnerships.models import AuditEvent
from reports.models import GuidanceEdition, Requirement, RequirementAnswer
from reports.requirements.actions import Asked, keep_requirements
from tests.factories import UserFactory
from tests.report_factories import RequirementFactory
from tests.reports.planned import Planned, make_planned

PAGE = "/p/testshire/reports/2019-20/guidance/working/"
ONE = f"{PAGE}work-done/"


@pytest.fixture
def planned(db: None) -> Planned:
    asked = [
        Asked("work-done", "Chapter 3", "What was done"),
        Asked("effect", "Chapter 3", "How well"),
    ]
    keep_requirements(edition="working", title="Working together", asked=asked)
    return make_planned()


@pytest.fixture
def unit(planned: Planned) -> Client:
    client = Client()
    client.force_login(planned.unit, "django.contrib.auth.backends.ModelBackend")
    return client


def answers() -> list[tuple[str, str]]:
    return list(RequirementAnswer.objects.order_by("section").values_list("section", "why_not"))


def test_a_requirement_is_answered_by_sections_and_by_why_not(unit: Client) -> None:
    assert f'href="{PAGE}"' in unit.get("/p/testshire/reports/").content.decode()
    page = unit.get(PAGE).content.decode()
    assert f'href="{ONE}"' in page
    assert page.count("Not said") == 2
    sent = {"sections": ["front-door", "plans"], "why_not": "", "seen": ""}
    assert unit.post(ONE, sent).headers["Location"] == PAGE
    assert answers() == [("front-door", ""), ("plans", "")]
    page = unit.get(PAGE).content.decode()
    assert "1. The front door; 2. Plans" in page
    assert page.count("Not said") == 1
    more = {"sections": ["plans"], "why_not": "Not yet known.", "seen": "front-door=|plans="}
    assert unit.post(ONE, more).status_code == 302
    assert answers() == [("", "Not yet known."), ("plans", "")]
    event = AuditEvent.objects.latest("id")
    assert event.verb == "requirement answered"
    assert event.detail["before"] == "front-door=|plans="


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"seen": ""}, "Choose the sections that answer it, or say why none does."),
        ({"sections": ["none"], "seen": ""}, "Choose sections of this report."),
        ({"sections": ["plans"], "seen": "old="}, "Somebody else has changed this"),
    ],
)
def test_an_answer_that_cannot_be_kept_says_why(
    unit: Client, sent: dict[str, object], message: str
) -> None:
    answer = unit.post(ONE, sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert answers() == []


def test_the_same_answer_again_is_no_change(unit: Client) -> None:
    unit.post(ONE, {"sections": ["plans"], "seen": ""})
    before = AuditEvent.objects.count()
    assert unit.post(ONE, {"sections": ["plans"], "seen": "plans="}).status_code == 302
    assert AuditEvent.objects.count() == before
    assert unit.get(f"{PAGE}unknown/").status_code == 404
    assert GuidanceEdition.objects.count() == 1


def test_an_answer_is_removed_with_all_that_it_said(unit: Client) -> None:
    assert f'href="{ONE}remove/"' not in unit.get(ONE).content.decode()
    assert unit.get(f"{ONE}remove/").status_code == 404
    sent = {"sections": ["front-door", "plans"], "why_not": "Not all.", "seen": ""}
    assert unit.post(ONE, sent).status_code == 302
    assert f'href="{ONE}remove/"' in unit.get(ONE).content.decode()
    assert unit.post(f"{ONE}remove/", {"seen": "0"}).status_code == 422
    gone = unit.post(f"{ONE}remove/", {"seen": "0", "reason": "Of another report."})
    assert gone.headers["Location"] == PAGE
    assert answers() == []
    event = AuditEvent.objects.latest("id")
    assert event.verb == "answer to a requirement removed"
    said = event.detail["removed"]
    assert all(words in said for words in ("front-door", "section: plans", "why not: Not all."))


@pytest.fixture
def keeper(planned: Planned) -> Client:
    client = Client()
    keeper = UserFactory(is_platform_administrator=True)
    client.force_login(keeper, "django.contrib.auth.backends.ModelBackend")
    return client


def words(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_a_requirement_is_added_changed_and_removed_in_the_browser(keeper: Client) -> None:
    assert 'href="/guidance/"' in words(keeper, reverse("my"))
    assert 'href="/guidance/working/add/"' in words(keeper, "/guidance/")
    new = {"code": "voice", "wording": "What children said", "reference": "Chapter 4"}
    assert keeper.post("/guidance/working/add/", new).headers["Location"] == "/guidance/"
    made = Requirement.objects.get(code="voice")
    assert (made.position, made.edition.code) == (3, "working")
    twice = keeper.post("/guidance/working/add/", new)
    assert "There is a requirement voice already." in twice.content.decode()
    url = "/guidance/working/voice/"
    assert f'href="{url}"' in words(keeper, "/guidance/")
    seen = "Chapter 4: What children said"
    changed = {"wording": "What families said", "reference": "Chapter 4", "seen": seen}
    assert keeper.post(url, changed).status_code == 302
    overtaken = keeper.post(url, changed | {"wording": "Nothing"})
    assert "Somebody else has changed this" in overtaken.content.decode()
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.subject) == ("requirement changed", "requirement:working:voice")
    assert (event.partnership, event.detail) == (None, {"before": seen})
    assert f'href="{url}remove/"' in words(keeper, url)
    gone = keeper.post(f"{url}remove/", {"seen": "0", "reason": "Asked for elsewhere."})
    assert gone.headers["Location"] == "/guidance/"
    assert not Requirement.objects.filter(code="voice").exists()
    said = AuditEvent.objects.latest("id").detail["removed"]
    assert "position: 3; code: voice; reference: Chapter 4; wording: What families said" in said


def test_a_requirement_that_a_report_answers_stays(keeper: Client, unit: Client) -> None:
    unit.post(ONE, {"sections": ["plans"], "seen": ""})
    sent = {"seen": "0", "reason": "Asked for elsewhere."}
    refused = keeper.post("/guidance/working/work-done/remove/", sent)
    assert refused.status_code == 422
    assert "Reports say where they tell it: “Yearly report 2019-20”." in refused.content.decode()
    assert Requirement.objects.filter(code="work-done").exists()
    assert answers() == [("plans", "")]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"code": "add"}, "“add” cannot be a short name."),
        ({"wording": ""}, "Say what a report is to tell."),
        ({"reference": ""}, "Say where the guidance asks for it."),
    ],
)
def test_a_requirement_that_cannot_be_kept_says_why(
    keeper: Client, sent: dict[str, str], message: str
) -> None:
    new = {"code": "voice", "wording": "What children said", "reference": "Chapter 4"}
    answer = keeper.post("/guidance/working/add/", new | sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert Requirement.objects.count() == 2


def test_the_page_of_guidance_asks_as_much_for_one_edition_as_for_three(
    keeper: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keeper.get("/guidance/")
    with CaptureQueriesContext(connection) as once:
        keeper.get("/guidance/")
    for _ in range(2):
        RequirementFactory()
    with django_assert_num_queries(len(once)):
        keeper.get("/guidance/")
