"""What reviews, inspections, audits and agencies find, and what children say; what follows."""

from reviews.models.audits import (
    AuditGrade,
    AuditResult,
    CaseAudit,
    Dissemination,
    Grade,
)
from reviews.models.counts import ReviewTotal, ThemeTotal
from reviews.models.inspections import Finding, Inspection, ProposedAction
from reviews.models.practice import (
    Clock,
    PracticeReview,
    ReviewCircumstances,
    ReviewTheme,
    Theme,
)
from reviews.models.recommendations import (
    Action,
    ActionUpdate,
    Answer,
    Challenge,
    Recommendation,
    RecommendationSource,
)
from reviews.models.self_assessments import (
    AssessmentMeasure,
    AssessmentStep,
    AssuranceArea,
    GradeMove,
    SelfAssessment,
)
from reviews.models.told import Measured, Told
from reviews.models.training import TrainingActivity, TrainingMeasure, TrainingPriority
from reviews.models.voice import VoiceActivity, VoiceMeasure

__all__ = [
    "Action",
    "ActionUpdate",
    "Answer",
    "AssessmentMeasure",
    "AssessmentStep",
    "AssuranceArea",
    "AuditGrade",
    "AuditResult",
    "CaseAudit",
    "Challenge",
    "Clock",
    "Dissemination",
    "Finding",
    "Grade",
    "GradeMove",
    "Inspection",
    "Measured",
    "PracticeReview",
    "ProposedAction",
    "Recommendation",
    "RecommendationSource",
    "ReviewCircumstances",
    "ReviewTheme",
    "ReviewTotal",
    "SelfAssessment",
    "Theme",
    "ThemeTotal",
    "Told",
    "TrainingActivity",
    "TrainingMeasure",
    "TrainingPriority",
    "VoiceActivity",
    "VoiceMeasure",
]
