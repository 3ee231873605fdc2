"""Whether a return still takes figures, and the sentence that says why not."""

from datetime import date

from metrics.models import Cell, Return, ReturnStep
from partnerships.periods import day

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


def _return_of(cell: Cell) -> Return | None:
    """The return that a figure belongs to; none where its quarter was given no dates."""
    found = Return.objects.filter(dataset=cell.dataset_id, period=cell.period_id)
    return found.select_related("period").first()


def why_closed(cell: Cell, *, on: date) -> str:
    """Why a figure cannot be entered or changed on a day; empty where it can.

    The correction of an approved figure is always possible: it needs a reason and a second
    person (`metrics.actions`).
    """
    if cell.approved_id is not None or (found := _return_of(cell)) is None:
        return ""
    quarter = found.period.span.label
    if on > found.closed_to_edits:
        return f"{quarter} closed to changes after {day(found.closed_to_edits)}. {ASK}"
    if cell.latest_id is None and on > found.closed_to_new:
        return f"{quarter} closed to new figures after {day(found.closed_to_new)}. {ASK}"
    step = ReturnStep.objects.filter(
        part_of=found, agency__expectations__indicator=cell.indicator_id
    ).order_by("-at", "-pk")
    last = step.first()
    if last is not None and last.kind == ReturnStep.Kind.LOCKED:
        return f"The return for {quarter} is locked. {STILL_CORRECTED}"
    return ""
