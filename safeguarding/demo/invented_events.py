"""What happened in the newest quarters of a synthetic partnership, as `living.csv` tells it.

Its rows stand in the order in which it happened. `quarter` counts
back from the newest that has ended (0); `subject` is a series, or an agency with all it supplies.

states of figures: `entered` (waits), `approved`, `sent-back`; of approved ones `corrected` by
`amount` (waits for a second person) and `revised` (so, and a second person approved it). What
comes by category is entered, approved and corrected with its whole; the amount belongs to the last
category.

what a series' agency says of it: `cannot-supply` for `amount` weeks, which leaves it out of what
the agency enters meanwhile, and `taken-back` of what it said

comments of figures, entered or not: `commented` by the business unit; `flagged` by the approver, to
be followed up

steps of an agency's part: `submitted`, `given-back`, `locked`
"""

from dataclasses import dataclass
from pathlib import Path

from metrics.models import ReturnStep
from safeguarding.demo.files import Row, known, rows
from safeguarding.demo.invented_series import Invention

STEPS = {
    "submitted": ReturnStep.Kind.SUBMITTED,
    "given-back": ReturnStep.Kind.RETURNED,
    "locked": ReturnStep.Kind.LOCKED,
}
SAYINGS = ("cannot-supply", "taken-back")
COMMENTS = ("commented", "flagged")
STATES = [*STEPS, *SAYINGS, *COMMENTS, "entered", "approved", "sent-back", "corrected", "revised"]
NEEDS_WORDS = {*SAYINGS, *COMMENTS, "sent-back", "given-back", "corrected", "revised"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to figures, or to an agency's part, of a newest quarter."""

    quarter: int
    subject: str
    state: str
    amount: int
    words: str


def living_of(folder: Path, invented: Invention) -> list[Event]:
    """The events of a folder's `living.csv`. Raises `FileError` with file and line."""
    return [_event(row, invented) for row in rows(folder / "living.csv")]


def _event(row: Row, invented: Invention) -> Event:
    state, subject = known(row, "state", STATES), row.required("subject")
    agencies = set(invented.agencies)
    codes = {each.code for each in invented.series}
    what, subjects = "agency or series", agencies | codes
    if state in STEPS:
        what, subjects = "agency", agencies
    elif state in SAYINGS:
        what, subjects = "series", codes
    if subject not in subjects:
        raise row.error(f"subject is {subject!r}, which is no {what} of series.csv.")
    if state in NEEDS_WORDS:
        row.required("words")
    if state == "cannot-supply":
        row.required("amount")
    return Event(
        quarter=row.whole("quarter", 0),
        subject=subject,
        state=state,
        amount=int(row.number("amount") or 0),
        words=row.text("words"),
    )
