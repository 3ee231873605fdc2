"""Figures by category in the grid: beneath their total, folded away until somebody wants them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from metrics.queries import State

if TYPE_CHECKING:
    from metrics.returns.grid.rows import GridRow


@dataclass(frozen=True, slots=True)
class Division:
    """The rows of one breakdown of a total."""

    name: str
    rows: "list[GridRow]"

    @property
    def key(self) -> str:
        """A name for it on its page."""
        return self.rows[0].key.rpartition("__")[0]

    @property
    def entered(self) -> str:
        done = sum(each.row.state is not State.NOT_ENTERED for each in self.rows)
        return f"{done} of {len(self.rows)} entered"

    @property
    def is_open(self) -> bool:
        """Whether something in it is to be put right, or was begun and not finished."""
        states = {each.row.state for each in self.rows}
        begun = State.NOT_ENTERED in states and len(states) > 1
        wrong = any(each.is_wrong for each in self.rows)
        return begun or wrong or State.SENT_BACK in states

    @property
    def made(self) -> Decimal | None:
        """What the saved categories of a count make; None where none has a number."""
        if any(each.row.indicator.unit != "count" for each in self.rows):
            return None
        latest = [each.row.latest for each in self.rows]
        numbers = [each.value for each in latest if each is not None and each.value is not None]
        return sum(numbers, Decimal(0)) if numbers else None

    @property
    def made_words(self) -> str:
        """What the saved categories make, as a sentence; empty where there is nothing to say."""
        made = self.made
        return "" if made is None else f"Saved so far: the categories make {made:,.0f}."


@dataclass(frozen=True, slots=True)
class Whole:
    """A total in the grid and what is asked for beneath it."""

    row: "GridRow"
    divisions: list[Division]


def wholes(rows: "Iterable[GridRow]") -> Iterator[Whole]:
    """The rows of a return with their categories beneath them."""
    for _, of_one in groupby(rows, key=lambda each: each.row.indicator.pk):
        total, *parts = of_one
        by_breakdown = groupby(parts, key=_breakdown)
        yield Whole(total, [Division(name, list(some)) for name, some in by_breakdown])


def _breakdown(row: "GridRow") -> str:
    category = row.row.owed.category
    assert category is not None  # the first row of an indicator is its whole
    return str(category.breakdown.name)
