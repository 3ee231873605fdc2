"""Where a report tells what guidance asks for, said in the browser."""

import pytest
from django.test import Client

from partnerships.models import AuditEvent
from reports.models import GuidanceEdition, RequirementAnswer
from reports.requirements.actions import Asked, keep_requirements
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
