"""Whether a return still takes figures, and the sentence that says why not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils import timezone

from metrics.models import Expectation, Indicator, Return, ReturnStep
from metrics.owed import holding
from partnerships.periods import Span, day, how_long

STILL_CORRECTED = "An approved figure can still be corrected, with a reason."
_RETURN = """
SELECT r.* FROM metrics_return r JOIN partnerships_period p ON p.id = r.period_id
WHERE r.dataset_id = %s AND p.kind = %s AND p.first = %s AND p.last = %s
"""
ASK = "The business unit can move the date."
TAKE_BACK = (
    "They can be changed again when the business unit takes the submission back, or an approver "
    "sends one back."
)


def dates_in_words(found: Return, *, on: date) -> str:
    """When a return is due and closes, as somebody who enters figures needs to know it."""
    if on > found.closed_to_edits:
        return (
            f"This return closed to changes after {day(found.closed_to_edits)}. {STILL_CORRECTED}"
        )
    if on > found.closed_to_new:
        return (
            f"This return closed to new figures after {day(found.closed_to_new)}. What is entered "
            f"can be changed until {day(found.closed_to_edits)}."
        )
    return f"Due {day(found.due)}. New figures are taken until {day(found.closed_to_new)}."


def due_words(due: date, *, on: date, days_late: int) -> str:
    """The day on which a return is due, and how far off that is: 30 April 2026, in 12 days."""
    if on <= due:
        return f"{day(due)}, {_until(due, on)}"
    if days_late:
        return f"{day(due)}, {how_long(due, on)} late"
    return day(due)


def closed_words(last: date, *, on: date) -> str:
    """The last day for something: 14 May 2026, in 26 days, or that it is over."""
    return f"{day(last)}, {_until(last, on)}" if on <= last else f"Closed after {day(last)}"


def _until(last: date, on: date) -> str:
    days = (last - on).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def submitted_in_words(found: Return, indicators: Iterable[Indicator]) -> str:
    """Which agencies have submitted their figures of those indicators; empty where none has."""
    steps = last_steps(found)
    here = {step.agency_id: step for each in indicators if (step := steps.get(each.pk))}
    said = [submitted_by(step) for step in here.values() if step.kind == ReturnStep.Kind.SUBMITTED]
    if not said:
        return ""
    return f"{' '.join(sorted(said))} Submitted figures cannot be changed. {TAKE_BACK}"


@dataclass(frozen=True, slots=True)
class Closing:
    """What the dates of one return, and the steps of its parts, say on a day about its figures.

    `dates` is None where its quarter was given none; `steps` are the last ones, by indicator.
    """

    dates: Return | None
    on: date
    steps: Mapping[int, ReturnStep] = field(default_factory=dict)

    def why(self, *, indicator: int, entered: bool, approved: bool, sent_back: bool = False) -> str:
        """Why a figure cannot be entered or changed; empty where it can.

        The correction of an approved figure is always possible: it needs a reason and a second
        person (`metrics.actions`). So is putting right what was sent back, while dates allow it.
        """
        if approved or self.dates is None:
            return ""
        if self.on > (last := self.dates.closed_to_edits):
            return f"{self._quarter} closed to changes after {day(last)}. {ASK}"
        if not entered and self.on > (last := self.dates.closed_to_new):
            return f"{self._quarter} closed to new figures after {day(last)}. {ASK}"
        step = self.steps.get(indicator)
        if step is not None and step.kind == ReturnStep.Kind.LOCKED:
            return f"The return for {self._quarter} is locked. {STILL_CORRECTED}"
        if step is not None and step.kind == ReturnStep.Kind.SUBMITTED and not sent_back:
            return f"{submitted_by(step)} Its figures cannot be changed now. {TAKE_BACK}"
        return ""

    @property
    def _quarter(self) -> str:
        assert self.dates is not None
        return str(self.dates.period.span.label)


def closing_of(dataset: int, span: Span, *, on: date) -> Closing:
    """The closing of a dataset's return for a quarter: at most three queries.

    In a transaction of PostgreSQL nobody submits, locks or moves the dates of the return until
    it ends; others may enter. On SQLite the transaction holds the one write lock (settings:
    IMMEDIATE).
    """
    holds = connection.vendor == "postgresql" and connection.in_atomic_block
    # Read and held by one statement: the dates are those after whoever was waited for. It is
    # asked for each figure that is saved; put together by Django it cost as much as the insert.
    sql = f"{_RETURN} FOR SHARE OF r" if holds else _RETURN
    found = next(iter(Return.objects.raw(sql, [dataset, span.kind, span.first, span.last])), None)
    return Closing(None, on) if found is None else Closing(found, on, last_steps(found))


def last_steps(found: Return) -> dict[int, ReturnStep]:
    """By indicator the newest step of those who supply it; none where nobody took one."""
    taken = ReturnStep.objects.filter(part_of=found)
    if not taken.exists():  # as while most figures are entered
        return {}
    steps: dict[int, ReturnStep] = {}
    for step in taken.select_related("agency__organisation").order_by("-at", "-pk"):
        steps.setdefault(step.agency_id, step)
    supplied: dict[int, list[int]] = {}
    expected = Expectation.objects.filter(holding(on=found.period.last), agency__in=steps)
    for agency, indicator in expected.values_list("agency", "indicator"):
        supplied.setdefault(agency, []).append(indicator)
    made: dict[int, ReturnStep] = {}
    for agency, step in steps.items():  # the newest first
        for indicator in supplied.get(agency, []):
            made.setdefault(indicator, step)
    return made


def submitted_by(step: ReturnStep) -> str:
    """Who submitted when, as a sentence."""
    on = day(timezone.localdate(step.at))
    return f"{step.agency.organisation} submitted its part of this return on {on}."
