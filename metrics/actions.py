"""Verbs that write figures: enter or correct, approve, send back.

Each runs in one transaction with its audit row, and asks for the changes to be computed
again where an approved figure moved. `at` is the moment of the request.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from metrics.arithmetic.reading import Measure
from metrics.corrections import tell_of_correction
from metrics.entries import Entry, Problem, problems, worked_out
from metrics.models import Area, Cell, Dataset, Decision, Indicator, Revision, Slice
from metrics.readings import measure_of
from metrics.returns.closing import why_closed
from metrics.returns.partitions import why_it_does_not_add_up
from metrics.touched import touch
from partnerships.audit import record
from partnerships.jobs import enqueue
from partnerships.models import Job, Partnership, Period, User

OFFICIAL = "official statistics"  # the key of their job; no partnership's slug has a space
CHANGED_BEFORE_APPROVAL = "Changed before approval."


class FigureError(Exception):
    """A sentence for the person whose figure could not be saved or decided on."""


class Unsound(FigureError):
    """The entry fails its checks; `problems` says where and how to put it right."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in found))
        self.problems = found


class Closed(FigureError):
    """The return takes no such figure any more; the sentence says since when and what to do."""


class Overtaken(FigureError):
    """Somebody else saved the same figure since this person looked at it."""

    def __init__(self, latest: Revision | None) -> None:
        super().__init__(
            "Somebody else has saved this figure since you opened the page. "
            "Nothing of yours was saved. Look at both, then save again."
        )
        self.latest = latest


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a figure is right that the checks of these codes asked about."""

    codes: tuple[str, ...] = ()
    words: str = ""


NOTHING_ASKED = Answer()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure belongs; `cell` is the key of its cell where that was read already."""

    dataset: Dataset
    indicator: Indicator
    area: Area
    period: Period
    slice: Slice
    cell: int | None = None


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
    """A further revision of the figure at a place; the first makes its cell.

    `seen` is the number of the revision that the person had in front of them, 0 for none.
    Saving the same thing twice, as a double click does, is one revision. A figure that is
    approved already is corrected: that needs a reason, and the revision is flagged `r`.

    Raises `Unsound`, `Overtaken`, `Closed`, or `FigureError` for a correction without a reason.
    """
    measure = measure_of(place.indicator)
    found = problems(entry, measure)
    if found:
        raise Unsound(found)
    with transaction.atomic():
        cell = _made_and_locked(place)
        number = cell.latest.number if cell.latest else 0
        revision = _revision(cell, entry, measure, by=by, at=at, reason=reason)
        revision.warnings, revision.answer = ",".join(answer.codes), answer.words
        if cell.latest is not None and _is_the_same(cell.latest, revision):
            return cell.latest
        if number != seen:
            raise Overtaken(cell.latest)
        if cell.approved_id is not None and not reason:
            raise FigureError("Say why the approved figure is to be corrected.")
        if closed := why_closed(cell, on=timezone.localdate(at)):
            raise Closed(closed)
        revision.save(force_insert=True)
        cell.latest = revision
        cell.save(update_fields=["latest"])
        _record(by, "corrected" if cell.approved_id else "entered", cell, revision)
    return revision


def approve(*, cell: Cell, seen: int, by: User, at: datetime, reason: str = "") -> Decision:
    """Makes the latest revision the one that counts, and asks for its changes to be computed.

    Raises `Overtaken` where the latest is not the one that was seen, and `FigureError` where
    it is decided on already, does not add up with its categories, or is the person's own entry
    and no reason is given.
    """
    with transaction.atomic():
        cell = _locked(cell.pk)
        if why := why_it_does_not_add_up(cell):
            raise FigureError(why)
        corrects = cell.approved_id is not None
        decision = _decide(cell, seen, Decision.Outcome.APPROVED, by=by, at=at, reason=reason)
        cell.approved = decision.revision
        cell.save(update_fields=["approved"])
        _record(by, "approved", cell, decision.revision)
        ask_for_changes(_owner(cell), by=by, moved=[cell.pk])
        if corrects:
            tell_of_correction(cell, by=by, at=at)
    return decision


def send_back(*, cell: Cell, seen: int, by: User, at: datetime, reason: str) -> Decision:
    """Sends the latest revision back with a reason. What was approved before goes on counting."""
    if not reason:
        raise FigureError("Say what is to be put right.")
    with transaction.atomic():
        cell = _locked(cell.pk)
        decision = _decide(cell, seen, Decision.Outcome.SENT_BACK, by=by, at=at, reason=reason)
        _record(by, "sent back", cell, decision.revision)
    return decision


@transaction.atomic
def ask_for_changes(
    partnership: Partnership | None, *, by: User, moved: Iterable[int] | None = None
) -> Job:
    """The job that computes what changed where approved figures moved; all changes unless told.

    Of a partnership, or without one of official statistics; `moved` are numbers of cells. To be
    called in the transaction that moves them. Asking twice is one job, which does both.
    """
    touch(partnership, moved)
    return enqueue(
        kind="metrics.compute_changes",
        key=partnership.slug if partnership else OFFICIAL,
        by=by,
        partnership=partnership,
        arguments={"partnership": partnership.slug if partnership else None},
    )


def _made_and_locked(place: Place) -> Cell:
    """The cell of a place as `_locked` gives it, made where nobody has entered a figure yet."""
    names = ("dataset", "indicator", "area", "period", "slice")
    here = {name: getattr(place, name) for name in names}
    every = Cell.objects.select_for_update().order_by("pk")
    known = every.filter(pk=place.cell).first() if place.cell else None
    held = every.filter(**here, mention=1)
    cell = known or held.first()
    if cell is None:
        try:
            with transaction.atomic():
                cell = Cell.objects.create(**here)
        except IntegrityError:  # somebody else made it at this moment: theirs is waited for
            cell = held.get()
    for name, its in here.items():
        setattr(cell, name, its)
    return cell


def _locked(pk: int) -> Cell:
    """The cell, held until the transaction ends, so that two writers come one after the other.

    On SQLite the whole transaction holds the one write lock (settings: IMMEDIATE).
    """
    # Its latest revision is read afterwards. Joined to the row that is waited for, PostgreSQL
    # gives none where another writer moved the pointer meanwhile, and nobody would be overtaken.
    return Cell.objects.select_for_update().get(pk=pk)


def _revision(
    cell: Cell, entry: Entry, measure: Measure, *, by: User, at: datetime, reason: str
) -> Revision:
    content = revision_content(
        entry,
        measure,
        number=cell.latest.number + 1 if cell.latest else 1,
        decimals=cell.indicator.decimals,
        correcting=cell.approved_id is not None,
        reason=reason,
    )
    return Revision(cell=cell, by=by, at=at, **content)


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
    """The same person saying the same thing again: a double click, or a form sent twice.

    Not where it was sent back: then saying it again is an answer.
    """
    if any(getattr(latest, name) != getattr(revision, name) for name in _SAID):
        return False
    # Nobody says "revised": it is put there, also to what is approved and sent again unchanged.
    if latest.flags.replace("r", "") != revision.flags.replace("r", ""):
        return False
    sent_back = Decision.objects.filter(revision=latest, outcome=Decision.Outcome.SENT_BACK)
    return not sent_back.exists()


def _decide(
    cell: Cell, seen: int, outcome: Decision.Outcome, *, by: User, at: datetime, reason: str
) -> Decision:
    latest = cell.latest
    if latest is None or latest.number != seen:
        raise Overtaken(latest)
    if Decision.objects.filter(revision=latest).exists() or latest.pk == cell.approved_id:
        raise FigureError("This figure has been decided on already. Open the page again.")
    own = latest.by_id == by.pk
    if own and not reason:
        raise FigureError(
            "You entered this figure yourself. Ask another approver, or, where there is none, "
            "say why you approve your own entry: the reason is printed."
        )
    return Decision.objects.create(
        revision=latest, outcome=outcome, reason=reason, own_entry=own, by=by, at=at
    )


def _owner(cell: Cell) -> Partnership:
    owner = cell.dataset.owner
    if owner is None:
        raise FigureError("Official statistics are loaded from their files, not approved here.")
    return owner


def _record(by: User, verb: str, cell: Cell, revision: Revision) -> None:
    detail: dict[str, Any] = {"revision": revision.number}
    record(
        by=by,
        verb=f"figure {verb}",
        subject=cell.address,
        partnership=cell.dataset.owner,
        detail=detail,
    )
