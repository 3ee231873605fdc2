"""The synthetic partnership's audits, self-assessment, training and voice: invented.

Entered by the demo's unit as in the browser, for the financial years before today.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from partnerships.models import Partnership, User
from partnerships.periods import Kind, Span
from reviews.assurance.actions import (
    AuditWords,
    GradeWords,
    save_audit,
    save_dissemination,
    save_result,
)
from reviews.assurance.assessment_actions import (
    MoveWords,
    StepWords,
    save_area,
    save_assessment,
    save_move,
    save_step,
    save_step_figure,
)
from reviews.figures import FigureWords, Telling, code_of
from reviews.models import CaseAudit
from reviews.training.actions import ActivityWords, save_activity, save_figure
from reviews.voice.actions import VoiceWords, save_voice
from reviews.voice.actions import save_figure as save_voice_figure

GRADES = ("outstanding", "good", "requires-improvement", "inadequate")
COURSES: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
    (
        "neglect-level-2",
        "Seeing neglect early",
        "course",
        {
            "sessions": "6",
            "places": "120",
            "allocated": "112",
            "attended": "97",
            "no-shows": "15",
            "knowledge-before": "5.1",
            "knowledge-after": "7.6",
            "confidence-before": "4.8",
            "confidence-after": "7.4",
        },
    ),
    (
        "exploitation-basics",
        "Exploitation: the basics",
        "course",
        {"sessions": "4", "places": "80", "allocated": "80", "attended": "71", "no-shows": "9"},
    ),
    (
        "conference",
        "Conference on listening to babies",
        "conference",
        {"sessions": "2", "attended": "164"},
    ),
    ("private-fostering", "Private fostering", "e-learning", {"completed": "48"}),
)


def load_invented_assurance(partnership: Partnership, *, by: User, today: date) -> int:
    """Three audits, a self-assessment, four trainings and two voices.

    Returns how many were added: none where the partnership has audits.
    """
    if partnership.case_audits.exists():
        return 0
    year = Span.containing(Kind.YEAR, today).year_before
    _audits(partnership, year, by)
    _assessment(partnership, year, by)
    _training(partnership, year, by)
    _voice(partnership, year, by)
    for means in ("Newsletters", "Seven-minute briefings"):
        save_dissemination(
            partnership=partnership,
            code=code_of(means),
            means=means,
            period=year,
            by=by,
        )
    return 10


def _audits(partnership: Partnership, year: Span, by: User) -> None:
    """One counted over three years, one in percentages that rounding keeps from 100, one held."""
    before = year.year_before
    neglect = _audit(partnership, "neglect", "Multi-agency audit of neglect", year, by, cases=30)
    for span, counts in (
        (before.year_before, "0 9 14 7"),
        (before, "1 12 13 4"),
        (year, "2 20 7 1"),
    ):
        _grade(neglect, span, "count", counts, by)
    strategy = _audit(
        partnership, "strategy-discussions", "Audit of strategy discussions", year, by
    )
    for span, shares in ((before, "5 40 40 15"), (year, "4 37 44 14")):
        _grade(strategy, span, "percent", shares, by)
    save_audit(
        partnership=partnership,
        code="babies",
        words=AuditWords(
            name="Audit of plans before birth",
            kind="multi-agency",
            status="on-hold",
            theme="babies",
            period=year,
            telling=Telling(note="Waits for the new pathway."),
        ),
        by=by,
    )


def _audit(
    partnership: Partnership, code: str, name: str, year: Span, by: User, cases: int | None = None
) -> CaseAudit:
    words = AuditWords(
        name=name,
        kind="multi-agency",
        status="reported",
        theme="practice with children",
        period=year,
        cases=cases,
    )
    return save_audit(partnership=partnership, code=code, words=words, by=by)


def _grade(audit: CaseAudit, span: Span, unit: str, values: str, by: User) -> None:
    grades = {
        grade: GradeWords(Decimal(value))
        for grade, value in zip(GRADES, values.split(), strict=True)
    }
    save_result(audit=audit, period=span, unit=unit, grades=grades, by=by)


def _assessment(partnership: Partnership, year: Span, by: User) -> None:
    """A cycle with one area still to be answered, and agencies' grades a year later."""
    cycle = save_assessment(
        partnership=partnership,
        code="section-11",
        name="Section 11 self-assessment",
        kind="section-11",
        by=by,
    )
    for name, counted, value in (
        ("Self-assessments sent in", "agencies", 17),
        ("Survey of practitioners", "responses", 212),
        ("Visits by young people", "visits", 5),
        ("Action plans asked for again", "", 0),
    ):
        words = StepWords(name, year)
        step = save_step(assessment=cycle, words=words, by=by)
        if counted:
            figure = FigureWords(counted, Decimal(value))
            save_step_figure(step=step, words=figure, by=by)
    for area, answered_by in (
        ("Whether staff hear what became of a referral", "survey of practitioners"),
        ("Whether supervision asks after the child's day", ""),
    ):
        save_area(assessment=cycle, area=area, answered_by=answered_by, by=by)
    for was, became, instances in (
        ("inadequate", "all", 8),
        ("inadequate", "good-or-outstanding", 3),
        ("inadequate", "requires-improvement", 4),
        ("inadequate", "inadequate", 1),
        ("requires-improvement", "all", 30),
        ("requires-improvement", "good-or-outstanding", 18),
        ("requires-improvement", "requires-improvement", 11),
        ("requires-improvement", "not-relevant", 1),
    ):
        move = MoveWords(was, became, year, instances)
        save_move(assessment=cycle, words=move, by=by)


def _training(partnership: Partnership, year: Span, by: User) -> None:
    for code, name, kind, counted in COURSES:
        activity = save_activity(
            partnership=partnership,
            code=code,
            words=ActivityWords(name, kind, "partnership"),
            priorities=list(partnership.priorities.filter(code="neglect"))
            if "neglect" in code
            else [],
            by=by,
        )
        for measure, value in counted.items():
            words = FigureWords(measure, Decimal(value))
            save_figure(activity=activity, period=year, words=words, by=by)


def _voice(partnership: Partnership, year: Span, by: User) -> None:
    """One that was answered and told back, one of which nobody says yet what changed."""
    survey = save_voice(
        partnership=partnership,
        code="survey-of-schools",
        words=VoiceWords(
            name="Survey in schools",
            period=year,
            who="young people aged 11 to 16",
            said_or_done="Many do not know whom to ask for help at weekends",
            changed="The helpline is open at weekends too, and schools show its number",
            told_back="An assembly in each school that took part",
        ),
        by=by,
    )
    answers = FigureWords("answers", Decimal(1140), of_children=True)
    save_voice_figure(activity=survey, period=year, words=answers, by=by)
    save_voice(
        partnership=partnership,
        code="parents-at-conferences",
        words=VoiceWords(
            name="Parents after conferences",
            period=year,
            who="parents",
            said_or_done="Reports come too late to be read before the meeting",
        ),
        by=by,
    )
