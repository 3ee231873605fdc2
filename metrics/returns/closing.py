"""Whether a return still takes figures, and the sentence that says why not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.utils import timezone

from metrics.models import Cell, Dataset, Expectation, Return, ReturnStep
from partnerships.models import Period
from partnerships.periods import Span, day

STILL_CORRECTED = "An approved figure can still be corrected, with a reason."
ASK = "Ask the business unit, which can move the date."


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


@dataclass(frozen=True, slots=True)
class Closing:
    """What the dates and locks of one return say on a day about any of its figures.

    `dates` is None where its quarter was given none; `locked` are ids of indicators.
    """

    dates: Return | None
    locked: frozenset[int]
    on: date

    def why(self, *, indicator: int, entered: bool, approved: bool) -> str:
        """Why a figure cannot be entered or changed; empty where it can.

        The correction of an approved figure is always possible: it needs a reason and a second
        person (`metrics.actions`).
        """
        if approved or self.dates is None:
            return ""
        quarter = self.dates.period.span.label
        if self.on > self.dates.closed_to_edits:
            return f"{quarter} closed to changes after {day(self.dates.closed_to_edits)}. {ASK}"
        if not entered and self.on > self.dates.closed_to_new:
            return f"{quarter} closed to new figures after {day(self.dates.closed_to_new)}. {ASK}"
        if indicator in self.locked:
            return f"The return for {quarter} is locked. {STILL_CORRECTED}"
        return ""

    def of(self, cell: Cell) -> str:
        """The same of a cell of its return."""
        return self.why(
            indicator=cell.indicator_id,
            entered=cell.latest_id is not None,
            approved=cell.approved_id is not None,
        )


def closing_of(dataset: int, span: Span, *, on: date) -> Closing:
    """The closing of a dataset's return for a quarter: at most three queries."""
    found = (
        Return.objects.filter(
            dataset=dataset,
            period__kind=span.kind,
            period__first=span.first,
            period__last=span.last,
        )
        .select_related("period")
        .first()
    )
    return Closing(found, _locked(found) if found else frozenset(), on)


class At(Protocol):
    """The place of a figure, as much of it as belongs to a return."""

    @property
    def dataset(self) -> Dataset: ...
    @property
    def period(self) -> Period: ...


def closing_at(place: At, *, at: datetime) -> Closing:
    """The closing of a place's return at a moment."""
    return closing_of(place.dataset.pk, place.period.span, on=timezone.localdate(at))


def _locked(found: Return) -> frozenset[int]:
    """The indicators of which the last step of those who supply them was to lock."""
    steps = ReturnStep.objects.filter(part_of=found).order_by("-at", "-pk")
    last = list(steps.values_list("agency", "kind"))
    if not last:
        return frozenset()
    expected = Expectation.objects.filter(agency__in={agency for agency, _ in last})
    supplied: dict[int, list[int]] = {}
    for agency, indicator in expected.values_list("agency", "indicator"):
        supplied.setdefault(agency, []).append(indicator)
    kinds: dict[int, str] = {}
    for agency, kind in last:
        for indicator in supplied.get(agency, []):
            kinds.setdefault(indicator, kind)
    return frozenset(each for each, kind in kinds.items() if kind == ReturnStep.Kind.LOCKED)
