"""Verbs that enter and correct figures: one, or all that somebody typed into a return.

They run in one transaction with their audit rows. `at` is the moment of the request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from metrics.actions import Closed, FigureError, Overtaken, Unsound, deed
from metrics.arithmetic.reading import Measure
from metrics.entries import Entry, problems, worked_out
from metrics.models import Cell, Decision, Revision
from metrics.places import Place, held, make, point_to_newest
from metrics.readings import measure_of
from metrics.returns.closing import Closing, closing_of
from partnerships.audit import record_all
from partnerships.models import User
from partnerships.transactions import begin_again

CHANGED_BEFORE_APPROVAL = "Changed before approval."


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a figure is right that the checks of these codes asked about."""

    codes: tuple[str, ...] = ()
    words: str = ""


NOTHING_ASKED = Answer()


@dataclass(frozen=True, slots=True)
class Saving:
    """One figure to be saved, on top of the revision whose number was `seen`; 0 for none."""

    place: Place
    entry: Entry
    seen: int
    reason: str = ""
    answer: Answer = NOTHING_ASKED


def save_entry(
    *,
    place: Place,
    entry: Entry,
    by: User,
    at: datetime,
    seen: int,
    reason: str = "",
    answer: Answer = NOTHING_ASKED,
) -> Revision:
    """A further revision of one figure, as `save_entries` makes it.

    Raises `Unsound`, `Overtaken`, `Closed`, or `FigureError` for a correction without a reason.
    """
    (came,) = save_entries([Saving(place, entry, seen, reason, answer)], by=by, at=at)
    if isinstance(came, FigureError):
        raise came
    return came


@begin_again
def save_entries(sent: Sequence[Saving], *, by: User, at: datetime) -> list[Revision | FigureError]:
    """A further revision of each figure that can be saved; the first makes its cell.

    Each is of another place, and judged by itself: one that is refused keeps back none of the
    others. In their order, what came of each: its revision, or `Unsound`, `Overtaken`, `Closed`,
    or `FigureError` for a correction without a reason.

    Saving the same thing twice, as a double click does, is one revision. A figure that is
    approved already is corrected: that needs a reason, and the revision is flagged `r`.
    """
    cells = held([each.place for each in sent])
    behind = _Behind(cells, on=timezone.localdate(at))
    came = [
        _judged(each, cell, behind, by=by, at=at) for each, cell in zip(sent, cells, strict=True)
    ]
    new: list[Revision] = [each for each in came if isinstance(each, Revision) and not each.pk]
    if new:
        _write(new, by)
    return came


def _write(new: Sequence[Revision], by: User) -> None:
    make([each.cell for each in new])
    Revision.objects.bulk_create(new)
    point_to_newest(Cell.objects.filter(pk__in=[each.cell_id for each in new]))
    for revision in new:
        revision.cell.latest = revision
    record_all(
        deed(by, "corrected" if each.cell.approved_id else "entered", each.cell, each)
        for each in new
    )


class _Behind:
    """What is read behind the lock about cells that are held: once for all of them."""

    def __init__(self, cells: Sequence[Cell], *, on: date) -> None:
        newest = [each.latest_id for each in cells if each.latest_id]
        decisions = Decision.objects.filter(revision__in=newest, outcome=Decision.Outcome.SENT_BACK)
        self._sent_back = set(decisions.values_list("revision", flat=True)) if newest else set()
        self._closings: dict[tuple[int, int], Closing] = {}
        self._on = on

    def is_sent_back(self, cell: Cell) -> bool:
        return cell.latest_id in self._sent_back

    def why_closed(self, cell: Cell) -> str:
        """Why the figure cannot be entered or changed; empty where it can."""
        if cell.approved_id is not None:  # a correction, which is never closed
            return ""
        key = (cell.dataset_id, cell.period_id)
        if key not in self._closings:
            self._closings[key] = closing_of(cell.dataset_id, cell.period.span, on=self._on)
        return self._closings[key].why(
            indicator=cell.indicator_id,
            entered=cell.latest_id is not None,
            approved=False,
            sent_back=self.is_sent_back(cell),
        )


def _judged(
    sent: Saving, cell: Cell, behind: _Behind, *, by: User, at: datetime
) -> Revision | FigureError:
    """The revision to be written, the one that says the same already, or why there is none."""
    measure = measure_of(sent.place.indicator)
    if found := problems(sent.entry, measure):
        return Unsound(found)
    revision = _revision(sent, cell, measure, by=by, at=at)
    latest = cell.latest
    if latest is not None and _is_the_same(latest, revision) and not behind.is_sent_back(cell):
        return latest  # what was sent back and is said again is an answer, and not this
    if (latest.number if latest else 0) != sent.seen:
        return Overtaken(latest)
    if cell.approved_id is not None and not sent.reason:
        return FigureError("Say why the approved figure is to be corrected.")
    if closed := behind.why_closed(cell):
        return Closed(closed)
    return revision


def _revision(sent: Saving, cell: Cell, measure: Measure, *, by: User, at: datetime) -> Revision:
    content = revision_content(
        sent.entry,
        measure,
        number=cell.latest.number + 1 if cell.latest else 1,
        decimals=cell.indicator.decimals,
        correcting=cell.approved_id is not None,
        reason=sent.reason,
    )
    said = {"warnings": ",".join(sent.answer.codes), "answer": sent.answer.words}
    return Revision(cell=cell, by=by, at=at, **content, **said)


def settled(entry: Entry, measure: Measure) -> tuple[Decimal | None, str, str]:
    """Value, marker and its reason of a sound entry as they are stored."""
    value = worked_out(entry, measure)
    if value is None and not entry.marker:  # none out of none: there is no share to give
        return None, "z", "None out of none."
    return value, entry.marker, entry.marker_reason


def revision_content(
    entry: Entry, measure: Measure, *, number: int, decimals: int, correcting: bool, reason: str
) -> dict[str, Any]:
    """The fields of the revision that a sound entry makes; `correcting` an approved figure."""
    value, marker, marker_reason = settled(entry, measure)
    flags = entry.flags + ("r" if correcting and "r" not in entry.flags else "")
    return {
        "number": number,
        "value": value,
        "numerator": entry.numerator,
        "denominator": entry.denominator,
        "decimals": decimals,
        "marker": marker,
        "marker_reason": marker_reason,
        "flags": "".join(letter for letter in "prefbd" if letter in flags),
        "note": entry.note,
        "reason": reason or (CHANGED_BEFORE_APPROVAL if number > 1 else ""),
    }


_SAID = (
    "value",
    "numerator",
    "denominator",
    "marker",
    "marker_reason",
    "note",
    "by_id",
)


def _is_the_same(latest: Revision, revision: Revision) -> bool:
    """The same person saying the same thing again: a double click, or a form sent twice."""
    if any(getattr(latest, name) != getattr(revision, name) for name in _SAID):
        return False
    # Nobody says "revised": it is put there, also to what is approved and sent again unchanged.
    return latest.flags.replace("r", "") == revision.flags.replace("r", "")
