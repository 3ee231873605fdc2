"""How each constraint of audits, self-assessments, training and voice is broken."""

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.contracts.constraints import again
from tests.told_factories import (
    AssessmentMeasureFactory,
    AssessmentStepFactory,
    AssuranceAreaFactory,
    AuditGradeFactory,
    AuditResultFactory,
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

Case = tuple[str, Callable[[], Any]]


def broken(name: str, make: Callable[..., Any], /, **told: Any) -> Case:
    return name, partial(make, **told)


def twice(name: str, make: Callable[..., Any], *same: str) -> Case:
    return name, partial(again, make, *same)


def figure(noun: str, make: Callable[..., Any]) -> list[Case]:
    """The ways to break the rules that every figure has."""
    return [
        broken(f"{noun}_says_what_it_counts", make, measure=""),
        broken(f"{noun}_is_a_number_or_says_why", make, value=None),
        broken(f"{noun}_has_at_most_three_decimals", make, decimals=4),
        broken(f"{noun}_has_a_known_qualifier", make, qualifier="between"),
    ]


AUDITS: list[Case] = [
    twice("audit_code_is_used_once_at_a_partnership", CaseAuditFactory, "partnership", "code"),
    broken("audit_has_a_code_of_its_own", CaseAuditFactory, code=""),
    broken("audit_has_a_code_of_its_own", CaseAuditFactory, code="add"),
    broken("audit_has_a_name", CaseAuditFactory, name=""),
    broken("audit_kind_is_known", CaseAuditFactory, kind="other"),
    broken("audit_status_is_known", CaseAuditFactory, status="other"),
    broken("audit_that_stopped_short_says_why", CaseAuditFactory, status="on-hold"),
    broken("audit_that_stopped_short_says_why", CaseAuditFactory, status="undertaken-not-reported"),
    twice("audit_has_one_result_a_period", AuditResultFactory, "audit", "period"),
    broken("audit_result_unit_is_known", AuditResultFactory, unit="share"),
    twice("audit_gives_a_grade_once_a_period", AuditGradeFactory, "result"),
    broken("audit_grade_is_known", AuditGradeFactory, grade="poor"),
    broken("audit_grade_is_given_to_no_fewer_than_none", AuditGradeFactory, value=-1),
    broken("audit_grade_has_at_most_three_decimals", AuditGradeFactory, decimals=4),
    twice(
        "means_of_dissemination_is_told_once_a_period",
        DisseminationFactory,
        *("partnership", "code", "period"),
    ),
    broken("means_of_dissemination_has_a_code", DisseminationFactory, code=""),
    broken("means_of_dissemination_is_named", DisseminationFactory, means=""),
]
SELF_ASSESSMENTS: list[Case] = [
    twice(
        "self_assessment_code_is_used_once_at_a_partnership",
        SelfAssessmentFactory,
        *("partnership", "code"),
    ),
    broken("self_assessment_has_a_code_of_its_own", SelfAssessmentFactory, code=""),
    broken("self_assessment_has_a_code_of_its_own", SelfAssessmentFactory, code="add"),
    broken("self_assessment_has_a_name", SelfAssessmentFactory, name=""),
    broken("self_assessment_kind_is_known", SelfAssessmentFactory, kind="section-12"),
    twice("step_has_one_place_in_its_cycle", AssessmentStepFactory, "assessment", "number"),
    twice("step_is_taken_once_a_period", AssessmentStepFactory, "assessment", "code", "period"),
    broken("steps_count_from_one", AssessmentStepFactory, number=0),
    broken("step_has_a_code_of_its_own", AssessmentStepFactory, code=""),
    broken("step_has_a_code_of_its_own", AssessmentStepFactory, code="moves"),
    broken("step_says_what_was_done", AssessmentStepFactory, name=""),
    twice("step_counts_a_thing_once", AssessmentMeasureFactory, "step"),
    *figure("figure_of_a_step", AssessmentMeasureFactory),
    twice("area_for_assurance_has_one_place", AssuranceAreaFactory, "assessment", "number"),
    broken("areas_for_assurance_count_from_one", AssuranceAreaFactory, number=0),
    broken("area_for_assurance_says_what_it_is", AssuranceAreaFactory, area=""),
    twice("move_between_grades_is_counted_once_a_period", GradeMoveFactory, "assessment", "period"),
    broken("move_begins_at_a_known_grade", GradeMoveFactory, was="all"),
    broken("move_ends_at_a_known_grade", GradeMoveFactory, became="better"),
]
TRAINING: list[Case] = [
    twice(
        "training_code_is_used_once_at_a_partnership",
        TrainingActivityFactory,
        *("partnership", "code"),
    ),
    *(
        broken("training_has_a_code_of_its_own", TrainingActivityFactory, code=code)
        for code in ("", "add", "all")
    ),
    broken("training_has_a_name_and_a_provider", TrainingActivityFactory, name=""),
    broken("training_has_a_name_and_a_provider", TrainingActivityFactory, provider=""),
    broken("training_kind_is_known", TrainingActivityFactory, kind="talk"),
    broken("totals_and_only_they_say_of_what", TrainingActivityFactory, kind="total"),
    broken("totals_and_only_they_say_of_what", TrainingActivityFactory, total_of="all"),
    broken(
        "totals_and_only_they_say_of_what", TrainingActivityFactory, kind="total", total_of="talk"
    ),
    twice("training_serves_a_priority_once", TrainingPriorityFactory, "activity", "priority"),
    twice(
        "training_counts_a_thing_once_a_period_and_mention",
        TrainingMeasureFactory,
        *("activity", "period"),
    ),
    broken("mentions_of_training_count_from_one", TrainingMeasureFactory, mention=0),
    *figure("figure_of_training", TrainingMeasureFactory),
]
VOICE: list[Case] = [
    twice("voice_code_is_used_once_at_a_partnership", VoiceActivityFactory, "partnership", "code"),
    broken("voice_has_a_code_of_its_own", VoiceActivityFactory, code=""),
    broken("voice_has_a_code_of_its_own", VoiceActivityFactory, code="add"),
    *(
        broken("voice_says_who_said_or_did_what", VoiceActivityFactory, **{name: ""})
        for name in ("name", "who", "said_or_done")
    ),
    twice("voice_counts_a_thing_once_a_period", VoiceMeasureFactory, "activity", "period"),
    *figure("figure_of_voice", VoiceMeasureFactory),
]

CASES = [*AUDITS, *SELF_ASSESSMENTS, *TRAINING, *VOICE]
