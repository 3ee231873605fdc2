"""Whether an account adds up. Pure: no database.

A line may count in another one: salaries in the total of the costs, both totals in what is left.
So each total and balance says what it is made of, and whatever is stated of it can be held
against the sum of its parts. One column (the budget, the actual amounts) is looked at at a time.

Amounts are written as their side reads them: money coming in on the income side, money going out
everywhere else. A part on the other side of the two is therefore taken off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

INCOME = "income"
NOTHING = Decimal(0)


class State(StrEnum):
    """What a comparison found."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ROUNDING = "rounding"  # differs by no more than amounts in whole pounds can
    INCOMPLETE = "incomplete"  # some parts have no amount, so that nothing can be said
    WORKED_OUT = "worked-out"  # nothing is stated: the sum of the parts is the amount
    EMPTY = "empty"  # no amount anywhere


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in one column. `counts_in` is the code of the line that it is a part of, or empty."""

    code: str
    side: str
    amount: Decimal | None
    counts_in: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What a line adds to a sum, in the sum's own direction; None where it has no amount."""

    code: str
    amount: Decimal | None
    adds: bool = True  # False: it stands on the other side and is taken off


@dataclass(frozen=True, slots=True)
class Sum:
    """What is stated of a line, and what its parts make."""

    code: str
    stated: Decimal | None
    parts: tuple[Part, ...]

    @property
    def made(self) -> Decimal:
        """The sum of the parts that have an amount."""
        return sum(
            (part.amount if part.adds else -part.amount for part in self.parts if part.amount),
            NOTHING,
        )

    @property
    def missing(self) -> int:
        """How many parts have no amount."""
        return sum(part.amount is None for part in self.parts)

    @property
    def difference(self) -> Decimal:
        """How much more is stated than the parts make; 0 where nothing is stated."""
        return NOTHING if self.stated is None else self.stated - self.made

    @property
    def amount(self) -> Decimal | None:
        """What counts: the stated amount, else the sum of the parts if all of them are known."""
        if self.stated is not None or self.missing:
            return self.stated
        return self.made

    @property
    def state(self) -> State:
        if self.stated is None and self.missing == len(self.parts):
            return State.EMPTY
        if self.missing:
            return State.INCOMPLETE
        if self.stated is None:
            return State.WORKED_OUT
        if not self.difference:
            return State.AGREES
        return State.ROUNDING if self._rounding_explains else State.DIFFERS

    @property
    def _rounding_explains(self) -> bool:
        """Whether amounts rounded to whole pounds can differ by this much.

        Each of them may be off by half a pound, the stated sum too; one amount by itself is
        rounded as its sum is.
        """
        known = [part.amount for part in self.parts if part.amount is not None]
        if len(known) == 1 or any(each % 1 for each in [*known, self.difference]):
            return False
        return 2 * abs(self.difference) <= len(known) + 1


class Ring(ValueError):
    """A line that is a part of itself, straight or through others."""


def sums(entries: Sequence[Entry]) -> dict[str, Sum]:
    """Each line that has parts, by its code, in the order of the entries.

    A part that has parts of its own counts with what is stated of it, else with what they make.
    Raises `Ring`, and KeyError where a line counts in one that is not there.
    """
    by_code = {entry.code: entry for entry in entries}
    children: dict[str, list[Entry]] = {entry.code: [] for entry in entries}
    for entry in entries:
        if entry.counts_in:
            children[entry.counts_in].append(entry)
    made: dict[str, Sum] = {}
    for entry in entries:
        if children[entry.code]:
            _make(by_code[entry.code], children, made, ())
    return {entry.code: made[entry.code] for entry in entries if entry.code in made}


def amounts(entries: Sequence[Entry]) -> dict[str, Decimal | None]:
    """What counts as each line's amount: as stated, else worked out from its parts."""
    found = sums(entries)
    return {
        entry.code: found[entry.code].amount if entry.code in found else entry.amount
        for entry in entries
    }


def across(whole: Sequence[Entry], funds: Sequence[Sequence[Entry]]) -> dict[str, Sum]:
    """Lines of the account of everything against the same lines of its funds together."""
    of_funds = [amounts(fund) for fund in funds]
    stated = amounts(whole)
    return {
        entry.code: Sum(entry.code, stated[entry.code], parts)
        for entry in whole
        if (parts := _same(entry.code, of_funds))
    }


def _make(
    entry: Entry,
    children: Mapping[str, Sequence[Entry]],
    made: dict[str, Sum],
    above: tuple[str, ...],
) -> Sum:
    """The sum of one line, and of the sums among its parts before it."""
    if entry.code in above:
        raise Ring(f"{entry.code} is a part of itself.")
    if entry.code not in made:
        parts = []
        for child in children[entry.code]:
            amount = child.amount
            if children[child.code]:
                amount = _make(child, children, made, (*above, entry.code)).amount
            adds = (child.side == INCOME) == (entry.side == INCOME)
            parts.append(Part(child.code, amount, adds))
        made[entry.code] = Sum(entry.code, entry.amount, tuple(parts))
    return made[entry.code]


def _same(code: str, of_funds: Sequence[Mapping[str, Decimal | None]]) -> tuple[Part, ...]:
    return tuple(Part(code, fund[code]) for fund in of_funds if code in fund)
