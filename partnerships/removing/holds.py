"""What holds an entry in its place though no other entry points to it.

A published report prints figures by their addresses, and this app knows nothing of reports: an
app that has something to say registers a function with `@holds`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model

from partnerships.refusals import Refused
from partnerships.stated import find


@dataclass(frozen=True, slots=True)
class Hold:
    """Why an entry stays, in a sentence.

    With the `address` of a figure it holds only where that figure would be gone.
    """

    sentence: str
    address: str = ""


Holder = Callable[[Model, Sequence[str]], Iterable[Hold]]
_holders: list[Holder] = []


def holds(holder: Holder) -> Holder:
    """Registers a function that says what holds a row.

    It takes the row and the beginnings of the addresses of the row's figures.
    """
    _holders.append(holder)
    return holder


def holds_on(row: Model, figures: Sequence[str]) -> list[Hold]:
    """Everything that holds a row. Ask before it is removed."""
    return [hold for holder in _holders for hold in holder(row, figures)]


def must_not_hold(found: Iterable[Hold]) -> None:
    """Raises `Refused` with the first reason that stands. Ask after the row is removed."""
    for hold in found:
        if not hold.address or find(hold.address) is None:
            raise Refused(hold.sentence)
