"""What the grades of an audit say, of one period and against the year before. Pure.

An audit does better where more of its cases are good or outstanding and no more are inadequate.
Where both shares fall, or both rise, it is mixed: nobody can say better or worse for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from metrics.arithmetic.change import ChangeResult, change_of
from metrics.arithmetic.reading import Measure, Polarity, Reading
from metrics.arithmetic.states import HIGHER, LOWER, NO_CLEAR_CHANGE, TOO_FEW
from metrics.wording import change_cell, join_words, moved_words
from partnerships.amounts import half_up, number_words

GRADE_WORDS: Mapping[str, str] = {
    "outstanding": "outstanding",
    "good": "good",
    "requires-improvement": "requires improvement",
    "inadequate": "inadequate",
}
_GOOD = ("outstanding", "good")
_POLARITY: Mapping[str, Polarity] = {
    "outstanding": "higher-is-better",
    "good": "higher-is-better",
    "requires-improvement": "neutral",
    "inadequate": "lower-is-better",
}
_UNTESTED = "The number of cases is not known, so nobody can say whether this is more than chance."


class Verdict(StrEnum):
    """What two years' grades say together."""

    BETTER = "Better"
    WORSE = "Worse"
    MIXED = "Mixed"
    SAME = "About the same"
    UNCLEAR = "No clear change"


@dataclass(frozen=True, slots=True)
class Shares:
    """The grades of one period: percentages as stated, or numbers of cases."""

    unit: Literal["percent", "count"]
    values: Mapping[str, Decimal]  # by grade; a grade that nobody tells is not in it
    decimals: Mapping[str, int]

    @property
    def total(self) -> Decimal:
        return sum(self.values.values(), Decimal(0))

    def reading(self, *grades: str) -> Reading | None:
        """The share that several grades have together; None where none of them is told."""
        told = [grade for grade in grades if grade in self.values]
        if not told or not self.total:
            return None
        value = sum((self.values[grade] for grade in told), Decimal(0))
        decimals = max(self.decimals[grade] for grade in told)
        if self.unit == "percent":
            return Reading(value=value, decimals=decimals)
        return Reading(
            value=half_up(value * 100 / self.total, 1),
            numerator=value,
            denominator=self.total,
            decimals=1,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods compared: what became of each grade, and what it comes to."""

    verdict: Verdict
    moved: str
    why: str  # of the verdict, without a number in it
    cells: Mapping[str, str]  # the change of each grade, as a table has it
    points: Mapping[str, Decimal | None]  # the same as percentage points

    @property
    def sentence(self) -> str:
        return f"{self.moved} {self.why}"


def gap(shares: Shares) -> str:
    """By how much percentages miss 100, in a sentence; empty where they do not, or are counts."""
    short = _short(shares)
    if not short:
        return ""
    decimals = max(shares.decimals.values())
    points = number_words(abs(short), decimals)
    way = "less" if short > 0 else "more"
    sentence = f"The grades make {number_words(shares.total, decimals)}%, {points} {way} than 100%."
    return sentence + _excuse(shares)


def gap_in_words(shares: Shares) -> str:
    """The same without a number, for a report, in which each number has an address."""
    short = _short(shares)
    if not short:
        return ""
    return f"The grades make {'less' if short > 0 else 'more'} than a whole.{_excuse(shares)}"


def _short(shares: Shares) -> Decimal:
    """What percentages lack of 100; 0 of counts, and where there are none."""
    return Decimal(0) if shares.unit == "count" or not shares.values else 100 - shares.total


def _excuse(shares: Shares) -> str:
    slack = sum((Decimal(5).scaleb(-places - 1) for places in shares.decimals.values()), Decimal(0))
    return " Rounding can explain it." if abs(_short(shares)) <= slack else ""


def compare(before: Shares, after: Shares, *, earlier: str) -> Comparison:
    """What became of the grades since the year before; `earlier` is that period in words."""
    changes = {
        grade: _change(before, after, grade)
        for grade in GRADE_WORDS
        if grade in before.values or grade in after.values
    }
    moved = [
        f"{GRADE_WORDS[grade]} {moved_words(change, old, new, _measure(grade))}"
        for grade, (change, old, new) in changes.items()
        if new is not None
    ]
    verdict, why = _verdict(before, after)
    return Comparison(
        verdict=verdict,
        moved=f"Against {earlier}: {join_words(moved)}.",
        why=why,
        cells={
            grade: change_cell(change, old, new, _measure(grade)) if new else "not compared"
            for grade, (change, old, new) in changes.items()
        },
        points={grade: change.absolute for grade, (change, _, _) in changes.items()},
    )


def _measure(grade: str) -> Measure:
    return Measure("percent", kind_of_count="proportion", polarity=_POLARITY[grade])


def _change(
    before: Shares, after: Shares, *grades: str
) -> tuple[ChangeResult, Reading | None, Reading | None]:
    old, new = before.reading(*grades), after.reading(*grades)
    return change_of(old, new or Reading(marker="x"), _measure(grades[0])), old, new


def _verdict(before: Shares, after: Shares) -> tuple[Verdict, str]:
    """The verdict, and the sentences that say why."""
    good, good_tested = _way(before, after, *_GOOD)
    bad, bad_tested = _way(before, after, "inadequate")
    tested = good_tested and bad_tested
    both = _both(good, bad, clearly="clearly " if tested else "")
    untested = "" if tested else f" {_UNTESTED}"
    if good == 0 and bad == 0:
        if tested:
            return Verdict.UNCLEAR, "So few cases do not show a clear change."
        return Verdict.SAME, f"About the same.{untested}"
    if good >= 0 >= bad:
        return Verdict.BETTER, f"Better: {both}.{untested}"
    if good <= 0 <= bad:
        return Verdict.WORSE, f"Worse: {both}.{untested}"
    return Verdict.MIXED, f"Neither better nor worse as a whole: {both}.{untested}"


def _way(before: Shares, after: Shares, *grades: str) -> tuple[int, bool]:
    """1 up, −1 down, 0 neither; and whether that was tested."""
    change, old, new = _change(before, after, *grades)
    if change.state in {HIGHER, LOWER, NO_CLEAR_CHANGE, TOO_FEW}:
        return {HIGHER: 1, LOWER: -1}.get(change.state, 0), True
    if change.absolute is None or old is None or new is None:
        return 0, False
    rounded = half_up(change.absolute, min(old.decimals, new.decimals))
    return (rounded > 0) - (rounded < 0), False


def _both(good: int, bad: int, *, clearly: str) -> str:
    words = {1: f"a {clearly}larger share", -1: f"a {clearly}smaller share"}
    told = [
        f"{words[way]} of the cases was {what}"
        for way, what in ((good, "good or outstanding"), (bad, "inadequate"))
        if way
    ]
    return (", but " if good == bad else " and ").join(told)
