"""Who wants to hear that an approved figure was corrected: apps above this one register here."""

from collections.abc import Callable
from datetime import datetime

from metrics.models import Cell
from partnerships.models import User

Listener = Callable[[Cell, User, datetime], None]

_listeners: list[Listener] = []


def hears_of_corrections(listener: Listener) -> Listener:
    """Registers what is called in the transaction that approves a correction."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell_of_correction(cell: Cell, *, by: User, at: datetime) -> None:
    """To be called where a figure that counted before is replaced by another."""
    for listener in _listeners:
        listener(cell, by, at)
