"""What the permission walk needs of what people keep by hand, but for figures."""

from collections.abc import Callable
from datetime import date
from typing import Any

from partnerships.models import Agency, Partnership
from reviews.models import (
    AssessmentMeasure,
    Dissemination,
    GradeMove,
    TrainingMeasure,
    VoiceMeasure,
)
from tests.factories import PeriodFactory
from tests.kept_factories import (
    ActionFactory,
    AnswerFactory,
    AttendanceFactory,
    BodyFactory,
    BudgetLineFactory,
    ChallengeFactory,
    ClockFactory,
    FindingFactory,
    InspectionFactory,
    MeetingFactory,
    MilestoneFactory,
    NamedFigureFactory,
    PriorityFactory,
    PriorityYearFactory,
    PromiseFactory,
    ProposedActionFactory,
    RecommendationFactory,
    RecommendationSourceFactory,
    ReviewFactory,
    RiskFactory,
    SeatFactory,
    ThemeFactory,
    ThemeTotalFactory,
)
from tests.report_factories import RequirementFactory
from tests.told_factories import (
    AssessmentMeasureFactory,
    AssuranceAreaFactory,
    AuditGradeFactory,
    CaseAuditFactory,
    DisseminationFactory,
    GradeMoveFactory,
    SelfAssessmentFactory,
    TrainingMeasureFactory,
    VoiceMeasureFactory,
)

OF_ACCOUNTS = (
    *("budget_edit", "budget_amounts", "budget_line_add"),
    *("budget_line", "budget_line_remove"),
)
OF_REQUIREMENT = (
    *("requirement_answer", "requirement_answer_remove"),
    *("requirement_edit", "requirement_remove"),
)
OF_2019_20 = (
    *("seat", "seat_remove", "meeting", "meeting_remove", "register", "register_remove"),
    *("budget_period", *OF_ACCOUNTS),
)
OF_RECOMMENDATION = (
    *("recommendation_edit", "recommendation_remove"),
    *("answer_add", "answer_edit", "answer_remove"),
)
# The part of the address that names one thing, by the addresses that have it.
NAMES = {
    "code": {
        "R1": (
            *("review", "review_edit", "review_clock", "review_restricted"),
            *("review_remove", "review_clock_remove"),
        ),
        "history": (
            *("theme_edit", "theme_remove", "theme_count_add"),
            *("theme_count_edit", "theme_count_remove"),
        ),
        "visit": (
            *("inspection", "inspection_edit", "inspection_remove", "finding_add"),
            *("inspection_statement", "inspection_statement_remove"),
        ),
        "board": (
            *("body", "body_edit", "meeting_add", "meeting", "meeting_remove"),
            *("register_add", "register", "register_remove"),
        ),
        "chair": ("seat", "seat_remove"),
        "salaries": ("budget_line", "budget_line_remove"),
        "neglect": ("priority", "priority_year_add", "priority_year_edit"),
        "launch": ("promise_edit", "milestone_edit", "risk_edit", "named_figure_edit"),
        "health": ("challenge_edit", "challenge_remove"),
        "meeting": (
            "recommendation_source",
            "recommendation_source_edit",
            "recommendation_add",
            "recommendation_edit",
            *("recommendation_remove", "answer_add", "answer_edit", "answer_remove"),
        ),
        "audit": (
            *("case_audit", "case_audit_edit", "case_audit_remove"),
            *("case_audit_grades_add", "case_audit_grades_edit", "case_audit_grades_remove"),
        ),
        "cycle": (
            "self_assessment",
            "self_assessment_edit",
            "assessment_step_add",
            "assessment_step_edit",
            "assessment_figure_add",
            "assessment_figure_edit",
            "assessment_area_add",
            "assessment_area_edit",
            "assessment_move_add",
            "assessment_move_edit",
            *("self_assessment_remove", "assessment_step_remove", "assessment_figure_remove"),
            *("assessment_area_remove", "assessment_move_remove"),
        ),
        "course": (
            "training_activity",
            "training_edit",
            "training_figure_add",
            "training_figure_edit",
            *("training_remove", "training_figure_remove"),
        ),
        "survey": (
            *("voice_activity", "voice_edit", "voice_figure_add", "voice_figure_edit"),
            *("voice_remove", "voice_figure_remove"),
        ),
    },
}
OWN_PARTS: dict[tuple[str, str], Callable[[Any], Any]] = {
    **{
        (name, "code"): (lambda world, code=code: code)  # type: ignore[misc]
        for code, names in NAMES["code"].items()
        for name in names
    },
    ("review_restricted_save", "code"): lambda world: "R1",
    **{(name, "code"): lambda world: "visit" for name in ("finding_edit", "finding_remove")},
    **{(name, "number"): lambda world: 1 for name in ("finding_edit", "finding_remove")},
    **{
        (name, "kind"): lambda world: "rapid-review"
        for name in ("review_clock", "review_clock_remove")
    },
    ("priority_year_edit", "period"): lambda world: "2019-20",
    ("promise_edit", "period"): lambda world: "2020-21",
    **{(name, "label"): lambda world: "1" for name in OF_RECOMMENDATION},
    **{(name, "told"): lambda world: "2024-03-25" for name in ("answer_edit", "answer_remove")},
    **{
        (name, "period"): lambda world: "2019-20"
        for name in ("theme_count_edit", "theme_count_remove")
    },
    **{(name, "code"): lambda world: "guidance" for name in ("requirements", *OF_REQUIREMENT)},
    **{(name, "requirement"): lambda world: "work-done" for name in OF_REQUIREMENT},
    ("requirement_add", "code"): lambda world: "guidance",
    **{(name, "period"): lambda world: "2019-20" for name in OF_2019_20},
    **{(name, "fund"): lambda world: "all" for name in OF_ACCOUNTS},
    ("meeting", "status"): lambda world: "held",
    ("meeting_remove", "status"): lambda world: "held",
    **{
        (f"case_audit_grades_{verb}", "period"): lambda world: "2019-20"
        for verb in ("edit", "remove")
    },
    **{
        (f"{what}_{verb}", "pk"): (lambda world, model=model: model.objects.get().pk)  # type: ignore[misc]
        for verb in ("edit", "remove")
        for what, model in (
            ("dissemination", Dissemination),
            ("assessment_figure", AssessmentMeasure),
            ("assessment_move", GradeMove),
            ("training_figure", TrainingMeasure),
            ("voice_figure", VoiceMeasure),
        )
    },
}


def build_kept(here: Partnership, police: Agency) -> None:
    """One of each at the partnership; the action is the police's."""
    ClockFactory(review=ReviewFactory(partnership=here, code="R1"))
    theme = ThemeFactory(partnership=here, code="history")
    ThemeTotalFactory(theme=theme, period=PeriodFactory(key="2019-20"))
    RequirementFactory(edition__code="guidance", code="work-done")
    visit = InspectionFactory(partnership=here, code="visit")
    FindingFactory(inspection=visit)
    ProposedActionFactory(inspection=visit)
    board = BodyFactory(partnership=here, code="board")
    SeatFactory(partnership=here, code="chair", body=board)
    MeetingFactory(body=board)
    AttendanceFactory(register__body=board)
    BudgetLineFactory(budget__partnership=here, code="salaries")
    priority = PriorityFactory(partnership=here, code="neglect")
    PriorityYearFactory(priority=priority, period=PeriodFactory(key="2019-20"))
    for make in (PromiseFactory, MilestoneFactory, RiskFactory, NamedFigureFactory):
        make(partnership=here, code="launch")
    ChallengeFactory(partnership=here, code="health")
    source = RecommendationSourceFactory(partnership=here, code="meeting")
    recommendation = RecommendationFactory(source=source)
    AnswerFactory(recommendation=recommendation, told=date(2024, 3, 25))
    ActionFactory(partnership=here, recommendation=recommendation, number=1, agency=police)
    AuditGradeFactory(result__audit=CaseAuditFactory(partnership=here, code="audit"))
    DisseminationFactory(partnership=here)
    cycle = SelfAssessmentFactory(partnership=here, code="cycle")
    AssessmentMeasureFactory(step__assessment=cycle, step__number=1)
    AssuranceAreaFactory(assessment=cycle, number=1)
    GradeMoveFactory(assessment=cycle)
    TrainingMeasureFactory(activity__partnership=here, activity__code="course")
    VoiceMeasureFactory(activity__partnership=here, activity__code="survey")
