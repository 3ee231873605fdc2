"""Rows of audits, self-assessments, training and voice: the least that the database accepts."""

import factory
from factory.django import DjangoModelFactory

from reviews.models import (
    AssessmentMeasure,
    AssessmentStep,
    AssuranceArea,
    AuditGrade,
    AuditResult,
    CaseAudit,
    Dissemination,
    GradeMove,
    SelfAssessment,
    TrainingActivity,
    TrainingMeasure,
    TrainingPriority,
    VoiceActivity,
    VoiceMeasure,
)
from tests.factories import PartnershipFactory, PeriodFactory
from tests.kept_factories import PriorityFactory


class CaseAuditFactory(DjangoModelFactory[CaseAudit]):
    """A multi-agency audit that was reported on."""

    class Meta:
        model = CaseAudit

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"audit-{n}")
    name = factory.Sequence(lambda n: f"Audit {n}")
    kind = CaseAudit.Kind.MULTI_AGENCY
    period = factory.SubFactory(PeriodFactory)
    status = CaseAudit.Status.REPORTED


class AuditResultFactory(DjangoModelFactory[AuditResult]):
    class Meta:
        model = AuditResult

    audit = factory.SubFactory(CaseAuditFactory)
    period = factory.SubFactory(PeriodFactory)


class AuditGradeFactory(DjangoModelFactory[AuditGrade]):
    class Meta:
        model = AuditGrade

    result = factory.SubFactory(AuditResultFactory)
    grade = "good"
    value = 40


class DisseminationFactory(DjangoModelFactory[Dissemination]):
    class Meta:
        model = Dissemination

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"newsletter-{n}")
    means = factory.Sequence(lambda n: f"Newsletter {n}")
    period = factory.SubFactory(PeriodFactory)


class SelfAssessmentFactory(DjangoModelFactory[SelfAssessment]):
    class Meta:
        model = SelfAssessment

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"section-11-{n}")
    name = factory.Sequence(lambda n: f"Section 11, cycle {n}")
    kind = SelfAssessment.Kind.SECTION_11


class AssessmentStepFactory(DjangoModelFactory[AssessmentStep]):
    class Meta:
        model = AssessmentStep

    assessment = factory.SubFactory(SelfAssessmentFactory)
    number = factory.Sequence(lambda n: n + 1)
    code = factory.Sequence(lambda n: f"survey-{n}")
    name = factory.Sequence(lambda n: f"Survey {n}")
    period = factory.SubFactory(PeriodFactory)


class AssessmentMeasureFactory(DjangoModelFactory[AssessmentMeasure]):
    class Meta:
        model = AssessmentMeasure

    step = factory.SubFactory(AssessmentStepFactory)
    measure = "responses"
    value = 384


class AssuranceAreaFactory(DjangoModelFactory[AssuranceArea]):
    class Meta:
        model = AssuranceArea

    assessment = factory.SubFactory(SelfAssessmentFactory)
    number = factory.Sequence(lambda n: n + 1)
    area = factory.Sequence(lambda n: f"Whether standard {n} is met")


class GradeMoveFactory(DjangoModelFactory[GradeMove]):
    class Meta:
        model = GradeMove

    assessment = factory.SubFactory(SelfAssessmentFactory)
    period = factory.SubFactory(PeriodFactory)
    was = "inadequate"
    became = "good"
    instances = 3


class TrainingActivityFactory(DjangoModelFactory[TrainingActivity]):
    class Meta:
        model = TrainingActivity

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"course-{n}")
    name = factory.Sequence(lambda n: f"Course {n}")
    kind = TrainingActivity.Kind.COURSE
    provider = "partnership"


class TrainingPriorityFactory(DjangoModelFactory[TrainingPriority]):
    class Meta:
        model = TrainingPriority

    activity = factory.SubFactory(TrainingActivityFactory)
    priority = factory.SubFactory(
        PriorityFactory, partnership=factory.SelfAttribute("..activity.partnership")
    )


class TrainingMeasureFactory(DjangoModelFactory[TrainingMeasure]):
    class Meta:
        model = TrainingMeasure

    activity = factory.SubFactory(TrainingActivityFactory)
    period = factory.SubFactory(PeriodFactory)
    measure = "attended"
    value = 40


class VoiceActivityFactory(DjangoModelFactory[VoiceActivity]):
    class Meta:
        model = VoiceActivity

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"survey-{n}")
    name = factory.Sequence(lambda n: f"Survey {n}")
    period = factory.SubFactory(PeriodFactory)
    who = "young people"
    said_or_done = "Ask us sooner."


class VoiceMeasureFactory(DjangoModelFactory[VoiceMeasure]):
    class Meta:
        model = VoiceMeasure

    activity = factory.SubFactory(VoiceActivityFactory)
    period = factory.SubFactory(PeriodFactory)
    measure = "pledges"
    value = 12
