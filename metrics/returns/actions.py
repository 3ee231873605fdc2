"""Saving figures of a return: held against the checks first, each saved whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from metrics import checks
from metrics.actions import FigureError
from metrics.checks import Context, Found
from metrics.entries import Entry
from metrics.models import Revision
from metrics.places import Place
from metrics.saving import NOTHING_ASKED, Answer, Saving, save_entries
from partnerships.models import User


class Before(Protocol):
    """A revision, or as much of one as tells what was answered about it."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def numerator(self) -> Decimal | None: ...
    @property
    def denominator(self) -> Decimal | None: ...
    @property
    def warnings(self) -> str: ...
    @property
    def answer(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """One figure as it was sent: where it belongs, what was typed, and on top of which revision.

    `answer` says why what was asked about is right; `asked` is what `Asks.about` was then.
    `before` is the revision that was seen: what was answered about it is not asked again.
    """

    place: Place
    entry: Entry
    seen: int
    context: Context
    reason: str = ""
    answer: str = ""
    asked: str = ""
    before: Revision | None = None


class Asks(FigureError):
    """The checks found something unlikely and nobody has said yet why it is right.

    `about` names the numbers and the checks, so that an answer is not taken for other numbers.
    """

    def __init__(self, found: list[Found], about: str) -> None:
        super().__init__(" ".join(each.message for each in found))
        self.found = found
        self.about = about


def save(sent: Sent, *, by: User, at: datetime) -> Revision:
    """Saves one figure. Raises what `save_entry` raises, and `Asks`."""
    came = save_sound({"": sent}, by=by, at=at)[""]
    if isinstance(came, FigureError):
        raise came
    return came


def save_sound(
    sent: Mapping[str, Sent], *, by: User, at: datetime
) -> dict[str, Revision | FigureError]:
    """Saves each figure that can be saved; by the same keys what came of it."""
    ready: dict[str, Saving] = {}
    came: dict[str, Revision | FigureError] = {}
    for key, one in sent.items():
        try:
            ready[key] = Saving(one.place, one.entry, one.seen, one.reason, _answer(one))
        except Asks as asks:
            came[key] = asks
    if ready:
        came |= zip(ready, save_entries(list(ready.values()), by=by, at=at), strict=True)
    return came


def answered(entry: Entry, found: Sequence[Found], before: Before | None) -> str:
    """What was said before, when the same was asked about the same numbers; empty where not."""
    if before and before.warnings == _codes(found) and _same_numbers(entry, before):
        return before.answer
    return ""


def _answer(sent: Sent) -> Answer:
    found = checks.warnings(sent.entry, sent.context)
    if not found:
        return NOTHING_ASKED
    codes, entry = tuple(each.code for each in found), sent.entry
    if said := answered(entry, found, sent.before):
        return Answer(codes, said)
    about = f"{_codes(found)}:{entry.value}/{entry.numerator}/{entry.denominator}"
    if not sent.answer or sent.asked != about:
        raise Asks(found, about)
    return Answer(codes, sent.answer)


def _codes(found: Sequence[Found]) -> str:
    """As a revision keeps them."""
    return ",".join(each.code for each in found)


def _same_numbers(entry: Entry, before: Before) -> bool:
    if entry.numerator is None:
        return entry.value == before.value
    return (entry.numerator, entry.denominator) == (before.numerator, before.denominator)
