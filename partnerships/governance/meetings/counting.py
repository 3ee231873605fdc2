"""How many meetings there were in a period, out of what is kept. Pure: no database.

Some sources give a number for a whole year, others a meeting's month or day, some both. The
number that is given for just the period counts; without one, what lies within it is added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from partnerships.periods import Span


@dataclass(frozen=True, slots=True)
class Kept:
    """Meetings of one period as they are kept. `number` is None where nobody knows how many."""

    span: Span
    number: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many, made of `rows`. `at_least`: there were more, and nobody knows how many."""

    number: int
    rows: tuple[Kept, ...]
    at_least: bool = False


def count_in(span: Span, kept: Sequence[Kept]) -> Count | None:
    """The meetings of a period; None where nothing is kept of it."""
    for row in kept:
        if row.span == span and row.number is not None:
            return Count(row.number, (row,))
    within = [row for row in kept if row.span != span and _inside(row.span, span)]
    counted = tuple(row for row in within if not any(_covers(other, row) for other in within))
    unknown = any(row.number is None for row in [*counted, *(r for r in kept if r.span == span)])
    number = sum(row.number or 0 for row in counted)
    if not counted or (unknown and number == 0):
        return None
    return Count(number, counted, at_least=unknown)


def _covers(one: Kept, other: Kept) -> bool:
    """Whether one row counts the meetings of another one too. None held covers nothing."""
    return one.span != other.span and bool(one.number) and _inside(other.span, one.span)


def _inside(inner: Span, outer: Span) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last
