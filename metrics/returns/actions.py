"""Saving many figures of a return at once: each figure is saved whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from metrics.actions import FigureError, Place, save_entry
from metrics.entries import Entry
from metrics.models import Revision
from partnerships.models import User


@dataclass(frozen=True, slots=True)
class Sent:
    """One figure as it was sent: where it belongs, what was typed, and on top of which revision."""

    place: Place
    entry: Entry
    seen: int
    reason: str = ""


def save_sound(
    sent: Iterable[Sent], *, by: User, at: datetime
) -> dict[str, Revision | FigureError]:
    """Saves each figure that can be saved; for each indicator's code what came of it.

    Each is a transaction of its own, so that one that is refused takes none of the others
    with it (docs/decisions/returns.md).
    """
    came: dict[str, Revision | FigureError] = {}
    for one in sent:
        try:
            came[one.place.indicator.code] = save_entry(
                place=one.place, entry=one.entry, by=by, at=at, seen=one.seen, reason=one.reason
            )
        except FigureError as error:
            came[one.place.indicator.code] = error
    return came
