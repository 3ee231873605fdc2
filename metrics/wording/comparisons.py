"""A figure beside others: versus, range, rank and list."""

from collections.abc import Sequence
from decimal import Decimal

from metrics.arithmetic.comparison import Comparison, Rank
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.standing import Standing
from metrics.arithmetic.states import HIGHER, LOWER
from metrics.wording.values import amount_words, join_words, unit_words, value_words
from partnerships.amounts import half_up

NO_FIGURES = "no figures"


def versus_words(
    comparison: Comparison | None,
    local: Reading,
    comparator: Reading,
    measure: Measure,
    name: str,
    when: str = "",
) -> str:
    """Beside a comparator: "above England (56)", "clearly above England (56 in 2018-19)".

    `when` is given where the comparator is of another time than the figure. "Clearly" only
    where the test says so; where it finds none: "not clearly different from England (56)".
    """
    shown = amount_words(comparator, measure) if comparator.value is not None else ""
    there = f"{name} ({' '.join(part for part in (shown, when) if part)})"
    if comparison is None:
        missing = local if local.value is None else comparator
        if missing.value is None:
            missing_name = "this figure" if missing is local else name
            return f"not compared: {missing_name} is {value_words(missing, measure)}"
        return f"not compared with {there}"
    if comparison.state in {HIGHER, LOWER}:
        return f"clearly {'above' if comparison.state == HIGHER else 'below'} {there}"
    if half_up(comparison.difference, _coarser(local, comparator)) == 0:
        return f"{'about ' if comparison.rounded else ''}the same as {there}"
    if comparison.state == "no-clear-difference":
        return f"not clearly different from {there}"
    return f"{'above' if comparison.difference > 0 else 'below'} {there}"


def range_words(figures: Sequence[tuple[str, Reading]], measure: Measure) -> str:
    """The least and the most of some figures: "between 56 (England) and 86 (Solihull) per 10,000".

    Figures without a number, or that are only bounds, take no part.
    """
    known = [(name, reading) for name, reading in figures if _is_number(reading)]
    if not known:
        return NO_FIGURES
    low = min(known, key=_size)
    high = max(known, key=_size)
    if _size(low) == _size(high):
        return value_words(low[1], measure)
    first, second = (f"{amount_words(reading, measure)} ({name})" for name, reading in (low, high))
    unit = unit_words(measure) if measure.unit != "count" else ""
    return f"between {first} and {second}{unit}"


def rank_words(rank: Rank | None) -> str:
    """The place among others: "highest of 10", "joint 3rd highest of 10", "lowest of 10"."""
    if rank is None:
        return "not ranked"
    joint = "joint " if rank.joint else ""
    if rank.position == 1:
        return f"{joint}highest of {rank.of}"
    if rank.position == rank.of:
        return f"{joint}lowest of {rank.of}"
    return f"{joint}{ordinal(rank.position)} highest of {rank.of}"


def standing_words(standing: Standing) -> str:
    """The place from the end that counts: "lowest of 11 (level with 1 other)"."""
    number = "" if standing.position == 1 else f"{ordinal(standing.position)} "
    level = f" (level with {standing.level} other{'s' * (standing.level > 1)})"
    return f"{number}{standing.first} of {standing.of:,}{level if standing.level else ''}"


def list_words(figures: Sequence[tuple[str, Reading]], measure: Measure) -> str:
    """Named figures in a row: "police 70%, health 82% and education 73%"."""
    if not figures:
        return NO_FIGURES
    unit = unit_words(measure) if measure.unit == "rate" else ""
    shown = [f"{name} {_in_list(reading, measure)}" for name, reading in figures]
    return join_words(shown) + unit


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _in_list(reading: Reading, measure: Measure) -> str:
    if reading.value is None or measure.unit != "rate":
        return value_words(reading, measure)
    return amount_words(reading, measure)


def _is_number(reading: Reading) -> bool:
    return reading.value is not None and not reading.is_limit and reading.complete


def _size(figure: tuple[str, Reading]) -> Decimal:
    assert figure[1].value is not None
    return figure[1].value


def _coarser(first: Reading, second: Reading) -> int:
    return min(first.decimals, second.decimals)
