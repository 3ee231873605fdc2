"""Changes in tables and sentences, and the worded states.

| form | example |
| --- | --- |
| `change_cell` | −767 (−14.9%) · −21 (about −24%) · about +5 percentage points |
| `by_words` | down 767 (14.9%) · down about 24% · up about 5 percentage points |
| `moved_words` | fell from 86 to 65 per 10,000 |
| `up_or_down_words` | up about 5 percentage points, from 19% to 24% |
| `verdict_words` | is clearly lower than the year before · cannot be tested, since … |
| `over_time_words` | 5,135 in 2018-19 to 4,368 in 2019-20, down 767 (14.9%) |

A change that rests on printed, rounded numbers is "about" so much, unless all that the numbers
may have been before rounding gives the same first decimal. A figure without a change is told
with the reason: "stood at 65 per 10,000 (there is no figure for the year before)".
"""

from decimal import Decimal
from typing import Literal, Protocol

from metrics.arithmetic.reading import Measure, Polarity, Reading
from metrics.arithmetic.states import HIGHER, LOWER, NOT_TESTED, NOT_TESTED_BECAUSE
from metrics.wording.values import amount_words, unit_words, value_words, with_sign
from partnerships.amounts import half_up, number_words

Judgement = Literal["better", "worse", "higher", "lower", "similar", ""]

STATE_WORDS: dict[str, str] = {
    "clearly-higher": "clearly higher",
    "clearly-lower": "clearly lower",
    "no-clear-change": "no clear change",
    "no-clear-difference": "no clear difference",
    "too-few": "too few to tell",
    "not-tested": "not tested",
}
NOT_COMPARED = "not compared"
_TESTED = {
    "clearly-higher": "is clearly higher than the year before",
    "clearly-lower": "is clearly lower than the year before",
    "no-clear-change": "is not clearly different from the year before",
    "too-few": "is too small a number to tell a change from chance",
    "not-tested": "cannot be tested against the year before",
}
WIDE = 20  # percentage points: a wider rounding interval is printed as a range
NARROW = Decimal("0.5")  # up to here a first decimal still tells something


class AnyChange(Protocol):
    """What words need of a change: `ChangeResult`, or the row that keeps it."""

    @property
    def absolute(self) -> Decimal | None: ...
    @property
    def percent(self) -> Decimal | None: ...
    @property
    def points(self) -> Decimal | None: ...
    @property
    def rounding_low(self) -> Decimal | None: ...
    @property
    def rounding_high(self) -> Decimal | None: ...
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def rule(self) -> str: ...


def change_cell(change: AnyChange, before: Reading | None, after: Reading, measure: Measure) -> str:
    """A change as it stands in a table; "not compared" where there is none."""
    if change.absolute is None or before is None:
        return NOT_COMPARED
    if _is_same(change, before, after, measure):
        return _same(change)
    if measure.unit == "percent":
        return _points(change, before, after, signed=True)
    amount = with_sign(change.absolute, _decimals(change, before, after), measure, signed=True)
    if _is_approximate(change, measure):
        amount = f"about {amount}"
    return f"{amount} ({_percent(change, signed=True)})" if change.percent is not None else amount


def by_words(change: AnyChange, before: Reading | None, after: Reading, measure: Measure) -> str:
    """By how much: "down 767 (14.9%)"; the reason where there is no change."""
    if change.absolute is None or before is None:
        return _lower_first(change.reason)
    if _is_same(change, before, after, measure):
        return _same(change)
    way = "up" if change.absolute > 0 else "down"
    if measure.unit == "percent":
        return f"{way} {_points(change, before, after, signed=False)}"
    if measure.is_ratio and change.percent is not None:
        return f"{way} {_percent(change, signed=False)}"
    decimals = _decimals(change, before, after)
    amount = with_sign(abs(change.absolute), decimals, measure)
    if measure.is_ratio:
        amount += unit_words(measure, abs(change.absolute), decimals)
    if _is_approximate(change, measure):
        amount = f"about {amount}"
    percent = f" ({_percent(change, signed=False)})" if change.percent is not None else ""
    return f"{way} {amount}{percent}"


def moved_words(change: AnyChange, before: Reading | None, after: Reading, measure: Measure) -> str:
    """What happened: "fell from 86 to 65 per 10,000"; why it cannot be said, where it cannot."""
    if change.absolute is None or before is None:
        if after.value is None:
            return f"had no figure ({value_words(after, measure)})"
        return f"stood at {value_words(after, measure)} ({_lower_first(change.reason)})"
    if _is_same(change, before, after, measure):
        return f"stayed at {value_words(after, measure)}"
    verb = "rose" if change.absolute > 0 else "fell"
    return f"{verb} {_from_to(before, after, measure)}"


def up_or_down_words(
    change: AnyChange, before: Reading | None, after: Reading, measure: Measure
) -> str:
    """By how much, and between what: "up about 5 percentage points, from 19% to 24%"."""
    if change.absolute is None or before is None:
        return value_words(after, measure) + _why(change, after)
    if _is_same(change, before, after, measure):
        return f"{_same(change)}, at {value_words(after, measure)}"
    return f"{by_words(change, before, after, measure)}, {_from_to(before, after, measure)}"


def over_time_words(
    change: AnyChange,
    before: Reading | None,
    after: Reading,
    measure: Measure,
    when: tuple[str, str],
) -> str:
    """Both figures with their times: "5,135 in 2018-19 to 4,368 in 2019-20, down 767 (14.9%)".

    `when` holds the two times as `values.when_words` writes them.
    """
    if change.absolute is None or before is None:
        return f"{value_words(after, measure)} {when[1]}{_why(change, after)}"
    then = f"{value_words(before, measure)} {when[0]}"
    now = f"{amount_words(after, measure)} {when[1]}"
    return f"{then} to {now}, {by_words(change, before, after, measure)}"


def state_words(change: AnyChange) -> str:
    """The state in plain English, with why where it was not tested; empty without a change."""
    if not change.state:
        return ""
    because = not_tested_because(change)
    return f"{STATE_WORDS[change.state]}: {because}" if because else STATE_WORDS[change.state]


def verdict_words(change: AnyChange) -> str:
    """The state as the end of a sentence: "is clearly lower than the year before".

    Where it was not tested, with why; empty without a change.
    """
    if not change.state:
        return ""
    because = not_tested_because(change)
    return f"{_TESTED[change.state]}, since {because}" if because else _TESTED[change.state]


def not_tested_because(change: AnyChange) -> str:
    """Why a change was not tested; empty where it was, and where there is none."""
    return NOT_TESTED_BECAUSE.get(_test(change), "") if change.state == NOT_TESTED else ""


def judgement(state: str, polarity: Polarity) -> Judgement:
    """What a tested state means: better or worse only where it is clear and a direction is good.

    Measures without a good direction, and those that should be close to a comparator, are
    higher, lower or similar. Empty where nothing was tested.
    """
    if state in {"no-clear-change", "no-clear-difference"}:
        return "similar"
    if state not in {HIGHER, LOWER}:
        return ""
    up = state == HIGHER
    if polarity == "higher-is-better":
        return "better" if up else "worse"
    if polarity == "lower-is-better":
        return "worse" if up else "better"
    return "higher" if up else "lower"


def stated_change_words(amount: Decimal | None, unit: str, direction: str, words: str = "") -> str:
    """A change that a source states without levels: "down 12%", "3 times as many".

    `unit` is percent, points, count, multiple or words.
    """
    if direction == "same":
        return "no change"
    if amount is None or unit == "words":
        return words or direction
    size = abs(amount)
    digits = number_words(size, _own_decimals(size))
    if unit == "multiple":
        return f"{digits} times as {'many' if direction == 'up' else 'few'}"
    suffix = {"percent": "%", "points": _point_words(size)}.get(unit, "")
    return f"{direction} {digits}{suffix}"


def _from_to(before: Reading, after: Reading, measure: Measure) -> str:
    """The unit's words stand once, after the second number."""
    return f"from {amount_words(before, measure)} to {value_words(after, measure)}"


def _basis(change: AnyChange) -> str:
    return change.rule.split(":")[0]


def _test(change: AnyChange) -> str:
    return change.rule.split(":")[1] if ":" in change.rule else ""


def _is_approximate(change: AnyChange, measure: Measure) -> bool:
    """Whether a difference is: of what is about so much, and of counts that are rounded."""
    return _basis(change) == "about" or (_is_rounded(change) and not measure.is_ratio)


def _is_rounded(change: AnyChange) -> bool:
    return _basis(change) in {"rounded", "about"}


def _decimals(change: AnyChange, before: Reading, after: Reading) -> int:
    """Of a difference: the finer of two exact numbers, the coarser of two rounded ones."""
    pick = min if _is_rounded(change) else max
    return pick(before.decimals, after.decimals)


def _is_same(change: AnyChange, before: Reading, after: Reading, measure: Measure) -> bool:
    """Whether the difference is 0 as far as the figures are stated."""
    assert change.absolute is not None
    return half_up(change.absolute, _decimals(change, before, after)) == 0


def _same(change: AnyChange) -> str:
    """Equal counts have not changed; equal rounded numbers may have, a little."""
    return "about the same" if _is_rounded(change) else "no change"


def _points(change: AnyChange, before: Reading, after: Reading, *, signed: bool) -> str:
    assert change.points is not None
    decimals = _decimals(change, before, after)
    amount = change.points if signed else abs(change.points)
    digits = number_words(amount, decimals, signed=signed)
    about = "about " if _is_rounded(change) else ""
    return f"{about}{digits}{_point_words(half_up(abs(amount), decimals))}"


def _point_words(size: Decimal) -> str:
    return " percentage point" if size == 1 else " percentage points"


def _percent(change: AnyChange, *, signed: bool) -> str:
    """A percentage change with as many digits as it deserves."""
    assert change.percent is not None
    amount = change.percent if signed else abs(change.percent)
    if not _is_rounded(change) or _is_certain(change):
        return _tenths(amount, signed=signed)
    if change.rounding_low is not None and _is_wide(change):
        return _range(change, signed=signed)
    decimals = 1 if abs(amount) < 1 or _is_narrow(change) else 0
    return f"about {number_words(amount, decimals, signed=signed)}%"


def _tenths(amount: Decimal, *, signed: bool) -> str:
    if half_up(amount, 1) == 0 and amount != 0:
        return "less than 0.1%"
    return f"{number_words(amount, 1, signed=signed)}%"


def _is_certain(change: AnyChange) -> bool:
    """Whether both ends of the rounding interval print the same first decimal."""
    low, high = change.rounding_low, change.rounding_high
    return low is not None and high is not None and half_up(low, 1) == half_up(high, 1)


def _is_narrow(change: AnyChange) -> bool:
    low, high = change.rounding_low, change.rounding_high
    return low is not None and high is not None and high - low <= NARROW


def _is_wide(change: AnyChange) -> bool:
    low, high = change.rounding_low, change.rounding_high
    return low is not None and (high is None or high - low > WIDE)


def _range(change: AnyChange, *, signed: bool) -> str:
    """Where rounding leaves a wide range, the range itself: "between 0% and 133%"."""
    low, high = change.rounding_low, change.rounding_high
    assert low is not None
    if high is None:
        return f"at least {number_words(low, 0, signed=signed)}%"
    ends = [low, high]
    if not signed and high <= 0:
        ends = [-high, -low]
    first, second = (number_words(end, 0, signed=signed) for end in ends)
    return f"between {first}% and {second}%"


def _own_decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _why(change: AnyChange, after: Reading) -> str:
    """The reason in brackets, where the figure itself does not say it already."""
    return "" if after.value is None else f" ({_lower_first(change.reason)})"


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
