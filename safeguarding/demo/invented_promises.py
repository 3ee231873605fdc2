"""The synthetic partnership's promises, milestones, risks: invented, entered by the demo's unit.

They are dated from today, so that last year's promises have their outcomes and a milestone is
always to come. Loading again changes nothing.
"""

from datetime import date, timedelta
from decimal import Decimal

from partnerships.calendar import store_period
from partnerships.event_dates import When, WhenPrecision
from partnerships.models import Milestone, Partnership, Promise, User
from partnerships.periods import Kind, Span
from partnerships.promises.actions import (
    FigureWords,
    MilestoneWords,
    PromiseWords,
    RiskWords,
    save_figure,
    save_milestone,
    save_promise,
    save_risk,
)

Outcome = Promise.Outcome
NEXT_STEPS, NEGLECT = "Priorities and next steps", "Priority 2, still to do"

# List, code, text, priority, outcome, who says so: what last year's report said of its next year.
PROMISED = (
    ("next-steps", "one-team", "Take all contacts in one team", "early-help", Outcome.KEPT,
     "Quality and performance subgroup: the team has taken all contacts since the autumn."),
    ("next-steps", "data-set", "Collect one set of figures from all agencies", "", Outcome.PARTLY,
     "Business unit: three of four agencies send theirs every quarter."),
    ("next-steps", "meetings", "Hold every meeting of the executive as planned", "", Outcome.KEPT,
     "Minutes of the executive."),
    ("neglect", "tool", "Use one tool to assess neglect in all agencies", "neglect", Outcome.PARTLY,
     "Quality and performance subgroup: three agencies have begun."),
    ("neglect", "training", "Train two people in each agency to teach the tool", "neglect",
     Outcome.NOT_KEPT, "Learning subgroup: put off to this year, for want of a trainer."),
    ("neglect", "effect", "Count how often the tool is used and what follows", "neglect",
     Outcome.NOT_TOLD, ""),
)  # fmt: skip


def load_invented_promises(partnership: Partnership, *, by: User, today: date) -> int:
    """Promises with each outcome, milestones past and to come, two risks and a single figure.

    Returns how many were added: none where the partnership has promises. Its priorities come
    first.
    """
    if partnership.promises.exists():
        return 0
    year = Span.containing(Kind.YEAR, today).year_before
    _promises(partnership, year, by)
    _milestones(partnership, today, by)
    _risks(partnership, year, today, by)
    words = FigureWords(
        what="Years for which the contract for safeguarding procedures runs",
        area=partnership.short_name,
        period=store_period(year),
        value=Decimal(3),
        unit="years",
    )
    save_figure(partnership=partnership, code="procedures-contract", words=words, by=by)
    return len(PROMISED) + 6


def _promises(partnership: Partnership, year: Span, by: User) -> None:
    """For last year, out of the report of the year before it."""
    report_year = store_period(year.year_before)
    for in_list, code, text, priority, outcome, source in PROMISED:
        words = PromiseWords(
            report_year=report_year,
            in_list=in_list,
            where_in_report=NEGLECT if in_list == "neglect" else NEXT_STEPS,
            text=text,
            priority=partnership.priorities.filter(code=priority).first(),
            outcome=outcome,
            outcome_source=source,
        )
        save_promise(
            partnership=partnership, year=store_period(year), code=code, words=words, by=by
        )


def _milestones(partnership: Partnership, today: date, by: User) -> None:
    month, day = WhenPrecision.MONTH, WhenPrecision.DAY
    for code, what, when, state in (
        ("one-team", "One team takes all contacts",
         When(today - timedelta(days=300), month), Milestone.State.ACTUAL),
        ("tool-everywhere", "The tool to assess neglect is in use everywhere",
         When(today + timedelta(days=75), month), Milestone.State.REVISED),
        ("away-day", "The partners agree the priorities of the next year",
         When(today + timedelta(days=20), day), Milestone.State.PLANNED),
    ):  # fmt: skip
        words = MilestoneWords(what=what, when=when, state=state)
        save_milestone(partnership=partnership, code=code, words=words, by=by)


def _risks(partnership: Partnership, year: Span, today: date, by: User) -> None:
    trainer = RiskWords(
        what="Nobody is left who can teach the tool to assess neglect",
        since=year,
        carried_over=True,
        doing="The learning subgroup asks the neighbouring partnerships for a trainer.",
    )
    save_risk(partnership=partnership, code="no-trainer", words=trainer, by=by)
    contacts = RiskWords(
        what="Contacts wait longer than a working day",
        since=year.year_before,
        doing="One team takes them all.",
        closed=today - timedelta(days=200),
        closed_why="All contacts have been answered within a working day for two quarters.",
    )
    save_risk(partnership=partnership, code="contacts-wait", words=contacts, by=by)
