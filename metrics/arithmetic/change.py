"""The change of one figure against the year or the quarter before it.

The one place where it is decided; `metrics.arithmetic.table` does the same for many at once.
Source of the rules: docs/methodology.md.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from metrics.arithmetic import reasons, states
from metrics.arithmetic.reading import Against, Measure, Reading
from metrics.arithmetic.rounding import (
    STORED_PLACES,
    Basis,
    Level,
    level_of,
    relative_interval,
)
from partnerships.amounts import half_up

VERSION = 1  # of the rules; part of the rule's name, raised when a result would differ
LARGEST = 10**14  # a percentage beyond it, from next to nothing, says nothing and fits no column


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """What changed. Amounts have the indicator's unit and six decimals, halves up.

    `percent` is of the value before; `points` are percentage points; at most one is given.
    `rounding_low` and `rounding_high` bound that amount (else `absolute`) where printed values
    were rounded. `low` and `high` are the 95% interval of the ratio of two rates (1 is no
    change) or of the difference of two proportions in percentage points; None has no bound.
    `p` is that test's. `reason` is a sentence and all amounts are None where there is no change.
    `rule` is basis, test and version: `unrounded:newcombe:1`; or `none`, why and version.
    """

    absolute: Decimal | None = None
    percent: Decimal | None = None
    points: Decimal | None = None
    rounding_low: Decimal | None = None
    rounding_high: Decimal | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    state: str = ""
    reason: str = ""
    caution: str = ""
    rule: str = ""


def change_of(
    before: Reading | None,
    after: Reading,
    measure: Measure,
    *,
    against: Against = "year-before",
    break_between: str | None = None,
    caution: str | None = None,
    overlapping: bool = False,
    dispersion: float | None = None,
) -> ChangeResult:
    """The change from `before` to `after`, or the reason why there is none.

    `break_between` says in words what broke the series between them, `caution` what makes
    them comparable only with care. `overlapping` periods share days and are not tested.
    `dispersion` is the overdispersion factor of clustered events, None while unknown.
    """
    why = reasons.why_none(before, after, against, break_between)
    if before is None or why is not None:
        code, sentence = why or reasons.missing(against)
        return ChangeResult(reason=sentence, rule=f"none:{code}:{VERSION}")
    old, new = level_of(before, measure), level_of(after, measure)
    assert old is not None
    assert new is not None
    basis = max(old.basis, new.basis)
    absolute = new.value - old.value
    low, high = _rounding(old, new, measure) if basis is Basis.ROUNDED else (None, None)
    plain = before.is_plain and after.is_plain
    judged = states.judge(
        _counted(
            _counts(before, old, measure),
            _counts(after, new, measure),
            measure.kind_of_count,
            overlapping=overlapping,
            plain=plain,
            dispersion=dispersion,
        )
    )
    outcome = states.Outcome(int(judged.outcome[0]))
    return ChangeResult(
        absolute=_stored(absolute),
        percent=_stored(_percent(absolute, old, measure)),
        points=_stored(absolute) if measure.unit == "percent" else None,
        rounding_low=_stored(low),
        rounding_high=_stored(high),
        low=_bound(judged.low[0]),
        high=_bound(judged.high[0]),
        p=_bound(judged.p[0]),
        state=states.STATES[judged.state[0]],
        caution=reasons.caution((before, old.disagrees), (after, new.disagrees), against, caution),
        rule=f"{basis.word}:{outcome.word}:{VERSION}",
    )


def _percent(absolute: Fraction, old: Level, measure: Measure) -> Fraction | None:
    """Of the value before; none from 0 or from less, and none for percentages."""
    if measure.unit == "percent" or old.value <= 0:
        return None
    percent = absolute / old.value * 100
    return percent if abs(percent) < LARGEST else None


def _counts(reading: Reading, level: Level, measure: Measure) -> tuple[float, float]:
    """Events and exposure of one figure; NaN where they are not known."""
    if measure.unit == "count":
        return float(level.value), 1.0
    if measure.unit == "money" or level.disagrees or reading.numerator is None:
        return float("nan"), float("nan")
    return float(reading.numerator), float(reading.denominator or 0)


def _counted(
    before: tuple[float, float],
    after: tuple[float, float],
    kind: str,
    *,
    overlapping: bool,
    plain: bool,
    dispersion: float | None,
) -> states.Counted:
    """One pair as arrays of one."""
    numbers = (*before, *after, float("nan") if dispersion is None else dispersion)
    kinds = (kind == "independent", kind == "clustered", kind == "proportion")
    return states.Counted(
        *(np.array([number]) for number in numbers),
        *(np.array([flag]) for flag in (*kinds, overlapping, plain)),
    )


def _rounding(old: Level, new: Level, measure: Measure) -> tuple[Fraction, Fraction | None]:
    """Bounds of the percentage, or of the difference where there is no percentage."""
    if _percent(new.value - old.value, old, measure) is not None:
        return relative_interval(old, new)
    return new.low - old.high, new.high - old.low


def _stored(value: Fraction | None) -> Decimal | None:
    return None if value is None else half_up(value, STORED_PLACES)


def _bound(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
