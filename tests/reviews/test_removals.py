"""Learning and assurance: each entry is removed for a reason, and the record says what it was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from partnerships.models import AuditEvent, Partnership, RoleName
from reviews.models import PracticeReview, ReviewTheme, TrainingPriority
from tests.factories import PeriodFactory
from tests.kept_factories import (
    ClockFactory,
    FindingFactory,
    InspectionFactory,
    ProposedActionFactory,
    RecommendationSourceFactory,
    ReviewFactory,
    ReviewThemeFactory,
    ThemeFactory,
)
from tests.told_factories import (
    AssessmentMeasureFactory,
    AssessmentStepFactory,
    AssuranceAreaFactory,
    AuditGradeFactory,
    CaseAuditFactory,
    DisseminationFactory,
    GradeMoveFactory,
    SelfAssessmentFactory,
    TrainingActivityFactory,
    TrainingMeasureFactory,
    TrainingPriorityFactory,
    VoiceActivityFactory,
    VoiceMeasureFactory,
)
from tests.world import World, person

HERE = "/p/testshire/"
CYCLE = "assurance/self-assessments/cycle/"


@dataclass(frozen=True)
class Kept:
    """One thing, the page on which it is changed, where one goes on, and what the record says.

    `edit` and `verb` and `said` may hold the key of the row as `{pk}`.
    """

    make: Callable[[Partnership], Any]
    edit: str
    back: str
    verb: str
    said: str


def cycle(here: Partnership) -> Any:
    return SelfAssessmentFactory(partnership=here, code="cycle", name="Section 11")


def course(here: Partnership) -> Any:
    return TrainingActivityFactory(partnership=here, code="course", name="Neglect")


def survey(here: Partnership) -> Any:
    return VoiceActivityFactory(partnership=here, code="survey", name="Survey")


def visit(here: Partnership) -> Any:
    return InspectionFactory(partnership=here, code="visit")


def review(here: Partnership) -> Any:
    return ReviewFactory(partnership=here, code="R1")


KEPT = [
    Kept(review, "reviews/R1/edit/", "reviews/", "review removed", "code: R1; kind: rapid-review"),
    Kept(
        lambda here: ClockFactory(review=review(here)),
        "reviews/R1/clocks/rapid-review/",
        "reviews/R1/",
        "clock removed",
        "starts: 2026-07-01; due: 2026-07-22",
    ),
    Kept(
        lambda here: ThemeFactory(partnership=here, code="history", learning="Ask again."),
        "learning/history/",
        "reviews/",
        "theme removed",
        "learning: Ask again.",
    ),
    Kept(visit, "inspections/visit/edit/", "inspections/", "inspection removed", "Focused visit"),
    Kept(
        lambda here: FindingFactory(inspection=visit(here)),
        "inspections/visit/findings/1/",
        "inspections/visit/",
        "finding removed",
        "inspection: Focused visit; number: 1; kind: strength",
    ),
    Kept(
        lambda here: ProposedActionFactory(inspection=visit(here)),
        "inspections/visit/statement/",
        "inspections/visit/",
        "statement of action removed",
        "due: 2026-07-01",
    ),
    Kept(
        lambda here: CaseAuditFactory(partnership=here, code="neglect", name="Neglect"),
        "assurance/audits/neglect/edit/",
        "assurance/",
        "audit removed",
        "name: Neglect; kind: multi-agency; period: 2019-20",
    ),
    Kept(
        lambda here: (
            AuditGradeFactory(
                result__audit=CaseAuditFactory(partnership=here, code="neglect")
            ).result
        ),
        "assurance/audits/neglect/grades/2019-20/",
        "assurance/audits/neglect/",
        "grades of an audit removed",
        "period: 2019-20; unit: percent / grade: good; value: 40",
    ),
    Kept(
        lambda here: DisseminationFactory(partnership=here, means="Newsletter"),
        "assurance/dissemination/{pk}/",
        "assurance/",
        "means of dissemination removed",
        "means: Newsletter; period: 2019-20",
    ),
    Kept(cycle, CYCLE + "edit/", "assurance/", "self-assessment removed", "name: Section 11"),
    Kept(
        lambda here: AssessmentStepFactory(assessment=cycle(here), number=1, name="Survey"),
        CYCLE + "steps/1/",
        CYCLE,
        "step of a self-assessment removed",
        "number: 1; code",
    ),
    Kept(
        lambda here: AssessmentMeasureFactory(step__assessment=cycle(here), step__number=1),
        CYCLE + "steps/1/figures/{pk}/",
        CYCLE,
        "figure of a self-assessment removed",
        "measure: responses; value: 384",
    ),
    Kept(
        lambda here: AssuranceAreaFactory(assessment=cycle(here), number=1, area="Supervision"),
        CYCLE + "areas/1/",
        CYCLE,
        "area for assurance removed",
        "number: 1; area: Supervision",
    ),
    Kept(
        lambda here: GradeMoveFactory(assessment=cycle(here)),
        CYCLE + "moves/{pk}/",
        CYCLE,
        "move between grades removed",
        "period: 2019-20; was: inadequate; became: good; instances: 3",
    ),
    Kept(course, "training/course/edit/", "training/", "training removed", "name: Neglect"),
    Kept(
        lambda here: TrainingMeasureFactory(activity=course(here), value=0),
        "training/course/figures/{pk}/",
        "training/course/",
        "figure of training removed",
        "measure: attended; value: 0",
    ),
    Kept(survey, "voice/survey/edit/", "voice/", "voice removed", "who: young people"),
    Kept(
        lambda here: VoiceMeasureFactory(activity=survey(here)),
        "voice/survey/figures/{pk}/",
        "voice/survey/",
        "figure of voice removed",
        "activity: Survey; period: 2019-20",
    ),
]


@pytest.fixture
def unit(world: World) -> Client:
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(person(world.partnership, RoleName.BUSINESS_UNIT, "keeper"), backend)
    return client


def exists(row: Model) -> bool:
    return type(row)._default_manager.filter(pk=row.pk).exists()


def remove_url(edit: str, pk: int) -> str:
    return HERE + edit.format(pk=pk).removesuffix("edit/") + "remove/"


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.verb)
def test_it_is_removed_for_a_reason_from_the_page_on_which_it_is_changed(
    unit: Client, world: World, kept: Kept
) -> None:
    PeriodFactory(key="2019-20")
    row = kept.make(world.partnership)
    edit = HERE + kept.edit.format(pk=row.pk)
    remove = remove_url(kept.edit, row.pk)
    assert f'href="{remove}"' in unit.get(edit).content.decode()
    without = unit.post(remove, {"seen": "1"})
    assert without.status_code == 422
    assert "Say why it is removed." in without.content.decode()
    sent = {"reason": "Entered twice.", "seen": "1"}
    overtaken = unit.post(remove, sent | {"seen": "2"})
    assert "Somebody else has changed this" in overtaken.content.decode()
    assert exists(row)
    answer = unit.post(remove, sent)
    assert answer.headers["Location"] == HERE + kept.back
    assert not exists(row)
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.partnership) == (kept.verb, world.partnership)
    assert event.detail["reason"] == "Entered twice."
    assert kept.said in event.detail["removed"]
    assert unit.get(remove).status_code == 404


@pytest.mark.parametrize(
    ("edit", "make", "what"),
    [
        (
            "reviews/R1/edit/",
            lambda here: RecommendationSourceFactory(
                partnership=here, kind="review", review=review(here)
            ),
            "recommendation sources",
        ),
        ("inspections/visit/edit/", KEPT[4].make, "findings"),
        ("inspections/visit/edit/", KEPT[5].make, "statements of proposed action"),
        ("assurance/audits/neglect/edit/", KEPT[7].make, "grades of periods"),
        (CYCLE + "edit/", KEPT[10].make, "assessment steps"),
        (CYCLE + "steps/1/", KEPT[11].make, "figures of a step"),
        ("training/course/edit/", KEPT[15].make, "figures of training"),
        ("voice/survey/edit/", KEPT[17].make, "figures of voice"),
    ],
)
def test_what_other_entries_stand_on_stays(
    unit: Client, world: World, edit: str, make: Callable[[Partnership], Any], what: str
) -> None:
    row = make(world.partnership)
    before = AuditEvent.objects.count()
    refused = unit.post(remove_url(edit, 0), {"reason": "Entered twice.", "seen": "1"})
    assert refused.status_code == 422
    said = " ".join(refused.content.decode().split())
    assert f"Other entries stand on it ({what}). Remove those first." in said
    assert exists(row)
    assert AuditEvent.objects.count() == before


def test_a_review_goes_with_its_clocks_and_themes_but_not_with_restricted_details(
    unit: Client, world: World
) -> None:
    found: PracticeReview = review(world.partnership)
    ClockFactory(review=found)
    theme = ReviewThemeFactory(review=found, theme__learning="Ask again.").theme
    url = HERE + "reviews/R1/restricted/save/"
    unit.post(url, {"text": "A boy of six.", "seen": "0"})
    sent = {"reason": "Entered twice.", "seen": "1"}
    refused = unit.post(HERE + "reviews/R1/remove/", sent)
    assert "Other entries stand on it (restricted details)." in refused.content.decode()
    assert (exists(found), found.clocks.count()) == (True, 1)
    unit.post(url, {"text": "", "seen": "1"})
    assert unit.post(HERE + "reviews/R1/remove/", sent).status_code == 302
    assert (exists(found), exists(theme), ReviewTheme.objects.count()) == (False, True, 0)
    said = AuditEvent.objects.latest("id").detail["removed"]
    assert "kind: rapid-review; starts: 2026-07-01" in said
    assert "theme: Ask again." in said
    assert "boy" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_training_goes_with_its_priorities_and_the_record_names_them(
    unit: Client, world: World
) -> None:
    activity = course(world.partnership)
    TrainingPriorityFactory(activity=activity, priority__name="Less neglect")
    sent = {"reason": "Entered twice.", "seen": "1"}
    assert unit.post(HERE + "training/course/remove/", sent).status_code == 302
    assert not TrainingPriority.objects.exists()
    assert "priority: Less neglect" in AuditEvent.objects.latest("id").detail["removed"]


def test_a_clock_is_changed_over_the_version_seen_only(unit: Client, world: World) -> None:
    clock = ClockFactory(review=review(world.partnership))
    url = HERE + "reviews/R1/clocks/rapid-review/"
    sent = {"starts_day": "2", "starts_month": "7", "starts_year": "2026"}
    assert unit.post(url, sent | {"seen": "1"}).status_code == 302
    overtaken = unit.post(url, sent | {"starts_day": "3", "seen": "1"})
    assert "Somebody else has changed this" in overtaken.content.decode()
    clock.refresh_from_db()
    assert (clock.starts, clock.version) == (date(2026, 7, 2), 2)
