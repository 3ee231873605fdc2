"""Self-assessments: steps and their figures, areas for assurance, and grades that moved."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from partnerships.models import AuditEvent, Partnership, User
from partnerships.period_words import read_period
from partnerships.periods import financial_year
from partnerships.refusals import Overtaken, Refused
from partnerships.stated import find
from reviews.assurance.assessment_actions import (
    MoveWords,
    StepWords,
    save_area,
    save_assessment,
    save_move,
    save_step,
    save_step_figure,
)
from reviews.assurance.assessment_queries import self_assessment_of, self_assessments_of
from reviews.assurance.tables import moves_sentences
from reviews.figures import FigureWords
from reviews.models import (
    AssessmentMeasure,
    AssessmentStep,
    AssuranceArea,
    GradeMove,
    SelfAssessment,
)

ClientOf = Callable[[User], Client]
YEAR = financial_year(2019)
PAGE = "/p/testshire/assurance/self-assessments/section-11/"
SURVEY = StepWords("Survey of practitioners", read_period("November 2019"))
RESPONSES = FigureWords("responses", Decimal(384))


@pytest.fixture
def cycle(testshire: Partnership, business_unit: User) -> SelfAssessment:
    return save_assessment(
        partnership=testshire,
        code="section-11",
        name="Section 11",
        kind="section-11",
        by=business_unit,
    )


@pytest.fixture
def step(cycle: SelfAssessment, business_unit: User) -> AssessmentStep:
    made = save_step(assessment=cycle, words=SURVEY, by=business_unit)
    save_step_figure(step=made, words=RESPONSES, by=business_unit)
    return made


@pytest.fixture
def moves(cycle: SelfAssessment, business_unit: User) -> list[GradeMove]:
    """Of 11 that were inadequate 3 became good or outstanding, 6 better, and 2 stayed."""
    told = (("all", 11), ("good-or-outstanding", 3), ("requires-improvement", 6), ("inadequate", 2))
    return [
        save_move(
            assessment=cycle,
            words=MoveWords("inadequate", became, YEAR, instances),
            by=business_unit,
        )
        for became, instances in told
    ]


def test_steps_follow_each_other_and_are_told_once_a_period(
    step: AssessmentStep, cycle: SelfAssessment, business_unit: User
) -> None:
    with pytest.raises(Refused, match="told of that period already"):
        save_step(assessment=cycle, words=SURVEY, by=business_unit)
    later = StepWords("Survey of practitioners", read_period("November 2020"))
    assert save_step(assessment=cycle, words=later, by=business_unit).number == 2
    moved = StepWords("Survey of staff", read_period("December 2019"))
    changed = save_step(assessment=cycle, words=moved, found=step, seen=1, by=business_unit)
    assert (changed.number, changed.code) == (1, "survey-of-staff")
    with pytest.raises(Overtaken):
        save_step(assessment=cycle, words=SURVEY, found=step, seen=1, by=business_unit)
    with pytest.raises(Refused, match="Say what was done"):
        save_step(assessment=cycle, words=StepWords("–", YEAR), by=business_unit)


def test_figure_of_a_step_is_a_number_or_says_why_there_is_none(
    step: AssessmentStep, business_unit: User
) -> None:
    for words, field in (
        (RESPONSES, "measure"),
        (FigureWords("asked", None), "value"),
        (FigureWords("", Decimal(1)), "measure"),
        (FigureWords("asked", None, "about"), "value"),
        (FigureWords("share", Decimal("1.2345")), "value"),
    ):
        with pytest.raises(Refused) as refused:
            save_step_figure(step=step, words=words, by=business_unit)
        assert refused.value.field == field
    assert AssessmentMeasure.objects.count() == 1


def test_same_again_changes_and_records_nothing(
    step: AssessmentStep, moves: list[GradeMove], cycle: SelfAssessment, business_unit: User
) -> None:
    area = save_area(assessment=cycle, area="Supervision", by=business_unit)
    before = AuditEvent.objects.count()
    save_step(assessment=cycle, words=SURVEY, found=step, seen=1, by=business_unit)
    figure = step.measures.get()
    save_step_figure(step=step, words=RESPONSES, found=figure, seen=1, by=business_unit)
    save_area(assessment=cycle, area="Supervision", found=area, seen=1, by=business_unit)
    same = MoveWords("inadequate", "all", YEAR, 11)
    save_move(assessment=cycle, words=same, found=moves[0], seen=1, by=business_unit)
    save_assessment(
        partnership=cycle.partnership,
        code="section-11",
        name="Section 11",
        kind="section-11",
        seen=1,
        by=business_unit,
    )
    assert AuditEvent.objects.count() == before


def test_area_is_answered_over_the_version_seen_only(
    cycle: SelfAssessment, business_unit: User
) -> None:
    first = save_area(assessment=cycle, area="Neglect", by=business_unit)
    assert save_area(assessment=cycle, area="Voice", by=business_unit).number == 2
    save_area(
        assessment=cycle,
        area="Neglect",
        answered_by="challenge event",
        found=first,
        seen=1,
        by=business_unit,
    )
    with pytest.raises(Overtaken):
        save_area(assessment=cycle, area="Other", found=first, seen=1, by=business_unit)
    told = AssuranceArea.objects.values_list("number", "area", "answered_by")
    assert list(told) == [(1, "Neglect", "challenge event"), (2, "Voice", "")]


def test_moves_are_told_in_a_sentence_and_must_make_their_total_or_say_so(
    moves: list[GradeMove], cycle: SelfAssessment, business_unit: User
) -> None:
    told = self_assessment_of(cycle.partnership, "section-11")
    assert told is not None
    assert moves_sentences(told.moves) == [
        "Of the 11 standards that agencies had graded inadequate, when asked again in 2019-20 "
        "they graded 3 good or outstanding, 6 requires improvement and 2 inadequate as before."
    ]
    assert [each.gap for each in told.moves] == [""]
    wrong = MoveWords("inadequate", "inadequate", YEAR, 5)
    save_move(assessment=cycle, words=wrong, found=moves[-1], seen=1, by=business_unit)
    told = self_assessment_of(cycle.partnership, "section-11")
    assert told is not None
    assert [each.gap for each in told.moves] == ["The moves make 14, not 11."]


def test_figures_of_a_cycle_are_found_by_their_addresses(
    step: AssessmentStep, moves: list[GradeMove], cycle: SelfAssessment
) -> None:
    told = self_assessment_of(cycle.partnership, "section-11")
    assert told is not None
    figures = list(told.figures)
    assert [(each.address.partition("section-11:")[2], each.words) for each in figures] == [
        ("survey-of-practitioners:2019-m11:responses", "384 responses"),
        ("moves:2019-20:inadequate:all", "11 standards"),
        ("moves:2019-20:inadequate:good-or-outstanding", "3 standards"),
        ("moves:2019-20:inadequate:requires-improvement", "6 standards"),
        ("moves:2019-20:inadequate:inadequate", "2 standards"),
    ]
    for figure in figures:
        assert find(figure.address) == (cycle.partnership, figure)
    assert find("self-assessment:testshire:section-11:other:2019-m11:responses") is None
    assert find("self-assessment:testshire:other:x:y:z") is None


def test_cycles_of_a_year_are_those_with_a_step_or_a_move_in_it(
    step: AssessmentStep, moves: list[GradeMove], cycle: SelfAssessment
) -> None:
    def seen(start: int) -> list[str]:
        return [each.code for each in self_assessments_of(cycle.partnership, financial_year(start))]

    assert (seen(2018), seen(2019), seen(2020)) == ([], ["section-11"], [])


def test_cycle_is_entered_in_the_browser_from_name_to_moves(
    client_of: ClientOf, business_unit: User, partner: User, testshire: Partnership
) -> None:
    unit = client_of(business_unit)
    start = {"code": "section-11", "name": "Section 11", "kind": "section-11", "note": ""}
    answer = unit.post(f"{PAGE}../add/".replace("section-11/../", ""), start | {"seen": "0"})
    assert answer.headers["Location"] == PAGE
    entered = (
        ("steps/add/", {"name": "Survey", "period": "November 2019"}),
        (
            "steps/1/figures/add/",
            {"measure": "Answers given", "value": "384", "qualifier": "about"},
        ),
        ("areas/add/", {"area": "Whether staff are supervised"}),
        (
            "moves/add/",
            {"period": "2019-20", "was": "inadequate", "became": "good", "instances": "3"},
        ),
    )
    for path, sent in entered:
        assert unit.post(PAGE + path, sent | {"seen": "0"}).headers["Location"] == PAGE
    page = client_of(partner).get(PAGE).content.decode()
    assert "about 384" in page
    assert "Answers given" in page
    assert "Not answered yet" in page
    assert "they graded 3 good." in page
    assert "Change" not in page.split("<main")[1]
    assert "Add to step 1" not in page

    figure = AssessmentMeasure.objects.get()
    move = GradeMove.objects.get()
    changed = (
        ("edit/", start | {"name": "Section 11 of 2019"}),
        ("steps/1/", {"name": "Survey of staff", "period": "November 2019"}),
        (
            f"steps/1/figures/{figure.pk}/",
            {"measure": "answers given", "value": "385", "qualifier": "exactly"},
        ),
        ("areas/1/", {"area": "Whether staff are supervised", "answered_by": "A survey"}),
        (
            f"moves/{move.pk}/",
            {"period": "2019-20", "was": "inadequate", "became": "good", "instances": "4"},
        ),
    )
    for path, sent in changed:
        assert unit.get(PAGE + path).status_code == 200
        assert unit.post(PAGE + path, sent | {"seen": "1"}).headers["Location"] == PAGE
        again = unit.post(PAGE + path, sent | {"note": "Later.", "seen": "1"})
        assert again.status_code == 422
        assert "Somebody else has changed this" in again.content.decode()
    page = unit.get(PAGE).content.decode()
    for words in ("Section 11 of 2019", "1. Survey of staff", "385", "1 of 1 answered", "graded 4"):
        assert words in page


@pytest.mark.parametrize(
    ("path", "sent", "said"),
    [
        ("steps/add/", {}, "Say what was done."),
        ("steps/add/", {"name": "–", "period": "2019-20"}, "Say what was done, in words."),
        ("steps/1/figures/add/", {}, "Say what is counted."),
        (
            "steps/1/figures/add/",
            {"measure": "asked", "qualifier": "exactly"},
            "Enter the number, or say in the note why there is none.",
        ),
        (
            "steps/1/figures/add/",
            {"measure": "asked", "qualifier": "exactly", "value": "1e400"},
            "is not a number.",
        ),
        (
            "steps/1/figures/add/",
            {"measure": "asked", "qualifier": "exactly", "value": "9" * 30},
            "That number is too large. Check its digits.",
        ),
        ("areas/add/", {}, "Say what is to be assured."),
        ("moves/add/", {}, "Choose the grade at first."),
        (
            "moves/add/",
            {"period": "2019-20", "was": "good", "became": "good", "instances": "-1"},
            "Enter a number that is not below 0.",
        ),
    ],
)
def test_form_that_cannot_be_saved_says_what_is_wrong(
    step: AssessmentStep,
    client_of: ClientOf,
    business_unit: User,
    path: str,
    sent: dict[str, str],
    said: str,
) -> None:
    before = AuditEvent.objects.count()
    answer = client_of(business_unit).post(PAGE + path, sent | {"seen": "0"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert AuditEvent.objects.count() == before
