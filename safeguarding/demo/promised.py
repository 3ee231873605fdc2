"""A partnership's promises, milestones, risks, single figures and challenges, from its folder.

Loading again mends what differs, and leaves alone what a person has changed since.
"""

from pathlib import Path

from metrics.models import Area
from partnerships.calendar import store_period
from partnerships.event_dates import When, WhenPrecision
from partnerships.known_dates import read
from partnerships.models import (
    Milestone,
    NamedFigure,
    Partnership,
    Priority,
    Promise,
    Risk,
    User,
)
from partnerships.periods import parse
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
from reviews.challenges.actions import ChallengeWords, save_challenge
from reviews.models import Challenge
from safeguarding.demo.files import Row, load_each
from safeguarding.demo.kept import kept_by_people
from safeguarding.demo.printed import said_by

# How the files name what the portal names otherwise.
OUTCOMES = {"met": "kept", "not-met": "not-kept", "not-known": "not-told"}


def load_promises_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads all five files, all or none. Returns how many rows were read."""
    files = (
        ("promises", "promises.csv", _promise),
        ("milestones", "milestones.csv", _milestone),
        ("risks", "risks.csv", _risk),
        ("single figures", "other_figures.csv", _figure),
        ("challenges", "challenges.csv", _challenge),
    )
    return load_each(folder, files, partnership, kept_by_people(partnership), by)


def _promise(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code, year = row.required("promise"), store_period(parse(row.required("year")))
    found = partnership.promises.filter(year=year, code=code).first()
    if found and found.key in kept:
        return
    outcome = row.required("outcome")
    words = PromiseWords(
        report_year=store_period(parse(row.required("report_year"))),
        in_list=row.required("list"),
        where_in_report=row.required("where_in_report"),
        text=row.required("text"),
        priority=_priority(row, partnership),
        outcome=OUTCOMES.get(outcome, outcome),
        outcome_source=row.text("outcome_source"),
        number=row.line - 1,  # its place in the file is that in the report
        source=said_by(row, partnership),
    )
    seen = _version(found)
    save_promise(partnership=partnership, year=year, code=code, words=words, seen=seen, by=by)


def _priority(row: Row, partnership: Partnership) -> Priority | None:
    code = row.text("priority")
    if not code:
        return None
    found = partnership.priorities.filter(code=code).first()
    if found is None:
        raise row.error(f"there is no priority {code!r}. Add it to priorities.csv first.")
    return found


def _milestone(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("milestone")
    found = partnership.milestones.filter(code=code).first()
    if found and found.key in kept:
        return
    precision = row.required("precision")
    if precision not in set(WhenPrecision):
        raise row.error(f"precision is {precision!r}. It is one of {', '.join(WhenPrecision)}.")
    words = MilestoneWords(
        what=row.required("what"),
        when=When(row.first_day("when"), WhenPrecision(precision)),
        state=row.required("planned_or_actual"),
        note=row.text("note"),
        source=said_by(row, partnership),
        fact_id=row.text("fact_id"),
    )
    seen = _version(found)
    save_milestone(partnership=partnership, code=code, words=words, seen=seen, by=by)


def _risk(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("code")
    found = partnership.risks.filter(code=code).first()
    if found and found.key in kept:
        return
    words = RiskWords(
        what=row.required("risk"),
        since=read(row.text("since")),
        carried_over=row.yes("carried_over"),
        doing=row.cells.get("doing", "").strip(),
        note=row.text("note"),
        source=said_by(row, partnership),
    )
    save_risk(partnership=partnership, code=code, words=words, seen=_version(found), by=by)


def _figure(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("figure")
    found = partnership.named_figures.filter(code=code).first()
    if found and found.key in kept:
        return
    area = Area.objects.filter(code=row.required("area")).first()
    if area is None:
        raise row.error(f"area is {row.text('area')!r}, which is not in areas.csv.")
    words = FigureWords(
        what=row.required("what"),
        area=area.name,
        period=store_period(parse(row.required("period"))),
        value=row.number("value"),
        in_words=row.text("in_words"),
        unit=row.required("unit"),
        qualifier=row.required("qualifier"),
        of_children=row.yes("of_children"),
        public_since=row.day("public_since"),
        note=row.text("note"),
        source=said_by(row, partnership),
        fact_id=row.text("fact_id"),
    )
    save_figure(partnership=partnership, code=code, words=words, seen=_version(found), by=by)


def _challenge(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("challenge")
    found = partnership.challenges.filter(code=code).first()
    if found and found.key in kept:
        return
    words = ChallengeWords(
        raised_by=row.required("raised_by"),
        raised_with=row.required("raised_with"),
        about=row.required("about"),
        period=store_period(parse(row.required("period"))),
        outcome=row.text("outcome"),
        note=row.text("note"),
        source=said_by(row, partnership),
        fact_id=row.cells.get("fact_id", "").strip(),
    )
    save_challenge(partnership=partnership, code=code, words=words, seen=_version(found), by=by)


def _version(found: Promise | Milestone | Risk | NamedFigure | Challenge | None) -> int:
    return found.version if found else 0
