"""Many figures as arrays: the same levels and traits as `rounding` and `reading`, column by column.

Values are held as millionths in double precision, which is exact up to 4.5 thousand million;
whatever is larger, or lies so near a rounding boundary that a double cannot tell, is marked and
worked out again one by one with fractions (`metrics.arithmetic.table`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.arithmetic.intervals import Floats
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.rounding import STORED_PLACES, Basis, level_of
from metrics.arithmetic.states import Flags
from partnerships.amounts import half_up

Ints = NDArray[np.int64]

MILLION = 10.0**STORED_PLACES
EXACT_TO = 2.0**52
UNITS = ("count", "percent", "rate", "average", "money")
KINDS = ("independent", "clustered", "proportion", "none")
_TEXT_TRAITS = ("marker", "words", "qualifier", "flags")
_NUMBER_TRAITS = ("complete", "parts_have", "parts_of")
_USUAL: dict[str, object] = {
    "marker": "",
    "words": "",
    "qualifier": "exactly",
    "flags": "",
    "complete": True,
    "parts_have": 0,
    "parts_of": 0,
}


@dataclass(frozen=True, slots=True)
class Measures:
    """The measure of each cell, column by column."""

    unit: NDArray[np.int8]
    scale: Floats
    kind: NDArray[np.int8]
    each: list[Measure]
    place: Ints  # of a cell's measure in `each`

    def has_unit(self, name: str) -> Flags:
        return np.asarray(self.unit == UNITS.index(name))

    def has_kind(self, name: str) -> Flags:
        return np.asarray(self.kind == KINDS.index(name))


@dataclass(frozen=True, slots=True)
class Levels:
    """`rounding.Level` by columns, in millionths, with the counts behind each value."""

    value: Floats
    low: Floats
    high: Floats
    basis: NDArray[np.int8]
    disagrees: Flags
    delicate: Flags
    events: Floats
    exposure: Floats


@dataclass(frozen=True, slots=True)
class Traits:
    """The few ways in which figures differ but for their number, and which one each cell has.

    `examples` are readings of each; their value is 0 where the cell has a number.
    """

    examples: list[Reading]
    place: Ints
    plain: Flags  # by cell


def measures_of(cells: pd.DataFrame, measures: pd.DataFrame) -> Measures:
    """Raises KeyError where a cell's indicator is not among the measures."""
    each = [
        Measure(unit=row.unit, base=int(row.base), kind_of_count=row.kind_of_count)  # type: ignore[arg-type]
        for row in measures[["unit", "base", "kind_of_count"]].itertuples(index=False)
    ]
    place = pd.Index(measures["indicator"]).get_indexer(pd.Index(cells["indicator"]))
    if (place < 0).any():
        absent = cells["indicator"].to_numpy()[place < 0][0]
        raise KeyError(f"No measure is given for indicator {absent}.")
    unit = np.array([UNITS.index(measure.unit) for measure in each], dtype=np.int8)
    kind = np.array([KINDS.index(measure.kind_of_count) for measure in each], dtype=np.int8)
    scale = np.array([float(measure.scale) for measure in each])
    return Measures(unit[place], scale[place], kind[place], each, place)


def millionths(column: pd.Series) -> Floats:
    """A column of Decimals, floats or integers in millionths; NaN where there is none."""
    found: Floats = column.to_numpy(dtype=np.float64, na_value=np.nan) * MILLION
    return np.rint(found)


def levels_of(cells: pd.DataFrame, measures: Measures, about: Flags) -> Levels:
    """Shapes and rules as in `rounding.level_of`; NaN where there is no number."""
    value = millionths(cells["value"])
    numerator = millionths(cells["numerator"]) / MILLION
    denominator = millionths(cells["denominator"]) / MILLION
    ratio = measures.has_unit("percent") | measures.has_unit("rate") | measures.has_unit("average")
    off = _off(cells)
    half = 0.5 * 10.0 ** (STORED_PLACES - cells["decimals"].to_numpy(dtype=np.int64))
    half = np.where(ratio, half, off * MILLION)
    with np.errstate(divide="ignore", invalid="ignore"):
        derived = numerator / denominator * measures.scale * MILLION
        known = ratio & (denominator != 0) & ~np.isnan(derived)
        away = np.abs(derived - value)
        # `rounding.slack`
        bound = half + off / denominator * measures.scale * (1 + numerator / denominator) * MILLION
        agrees = known & (away <= bound)
        near = np.abs(away - bound) < 1e-6 + np.abs(derived) * 1e-14
        delicate = np.abs(value) > EXACT_TO
        low = np.where(value >= 0, np.maximum(0.0, value - half), value - half)
    for row in np.flatnonzero(known & near):
        agrees[row] = _agrees(cells, int(row), measures)
    unrounded = agrees & (off == 0)
    printed = (ratio & ~unrounded) | (~ratio & (off > 0) & ~about)
    level = np.where(unrounded, derived, value)
    basis = np.select(
        [about, ~ratio & (off == 0), unrounded],
        [Basis.ABOUT, Basis.EXACT, Basis.UNROUNDED],
        Basis.ROUNDED,
    )
    disagrees = known & ~agrees
    counts = measures.has_unit("count")
    countable = ~disagrees & ~measures.has_unit("money")
    return Levels(
        value=level,
        low=np.where(printed, low, level),
        high=np.where(printed, value + half, level),
        basis=basis.astype(np.int8),
        disagrees=disagrees,
        delicate=delicate,
        events=np.where(counts, value / MILLION, np.where(countable, numerator, np.nan)),
        exposure=np.where(counts, 1.0, np.where(countable, denominator, np.nan)),
    )


def _agrees(cells: pd.DataFrame, row: int, measures: Measures) -> bool:
    """Whether numerator and denominator give the printed value, decided with fractions."""
    value, numerator, denominator = (
        decimal_of(cells[name].iloc[row]) for name in ("value", "numerator", "denominator")
    )
    reading = Reading(
        value,
        None,
        numerator,
        denominator,
        int(cells["decimals"].iloc[row]),
        rounded_to=rounded_to(cells, row),
    )
    level = level_of(reading, measures.each[measures.place[row]])
    return level is not None and not level.disagrees


def rounded_to(cells: pd.DataFrame, row: int) -> int:
    """What the counts of a cell are rounded to; 1 where the column is left out."""
    return int(cells["rounded_to"].iloc[row]) if "rounded_to" in cells else 1


def _off(cells: pd.DataFrame) -> Floats:
    """How far the counts of each cell may be off, since the source rounds them."""
    if "rounded_to" not in cells:
        return np.zeros(len(cells))
    to = cells["rounded_to"].to_numpy(dtype=np.float64)
    return np.where(to > 1, to / 2, 0.0)


def traits_of(cells: pd.DataFrame) -> Traits:
    """Sorts the cells into traits; a column that is left out, or empty, has its usual value."""
    names, columns = ["has_number"], [np.asarray(cells["value"].notna())]
    labels: list[list[object]] = [[False, True]]
    for name in (*_TEXT_TRAITS, *_NUMBER_TRAITS):
        if name in cells:
            column = cells[name]
            # Printed words differ from cell to cell; only that there are some is a trait.
            given = column.fillna("").ne("") if name == "words" else column
            codes, label = pd.factorize(given)
            names.append(name)
            columns.append(codes)
            labels.append([*label, _USUAL[name]])  # -1, a missing value, is the last
    place, combinations = combine(columns)
    examples = [
        _example(
            {name: label[code] for name, label, code in zip(names, labels, found, strict=True)}
        )
        for found in combinations
    ]
    plain = np.array([example.is_plain for example in examples], dtype=np.bool_)
    return Traits(examples, place, plain[place])


def _example(given: dict[str, object]) -> Reading:
    known = {**_USUAL, **given}
    have, of = (int(float(str(known[name]))) for name in ("parts_have", "parts_of"))
    return Reading(
        value=Decimal(0) if known["has_number"] else None,
        marker=str(known["marker"]),
        words="in words" if known["words"] else "",
        qualifier=str(known["qualifier"]),
        flags=str(known["flags"]),
        complete=bool(known["complete"]),
        parts=(have, of) if of else None,
    )


def combine(columns: Iterable[NDArray[np.generic]]) -> tuple[Ints, list[tuple[int, ...]]]:
    """Which combination of small codes each row has, and the combinations that occur."""
    arrays = [np.asarray(column, dtype=np.int64) for column in columns]
    key = np.zeros_like(arrays[0])
    for array in arrays:
        least = int(array.min(initial=0))
        width = int(array.max(initial=0)) - least + 1
        # Renumbered at each step, so that the key never outgrows 64 bits.
        key = pd.factorize(key * width + (array - least))[0].astype(np.int64)
    first = np.full(int(key.max(initial=-1)) + 1, -1, dtype=np.int64)
    first[key[::-1]] = np.arange(key.size - 1, -1, -1)
    return key, [tuple(int(array[row]) for array in arrays) for row in first]


def decimal_of(value: object) -> Decimal | None:
    """The decimal of six places that a number stands for; None where there is none.

    A double stands for the shortest decimal that it is nearest to, as when it is printed.
    """
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(str(value))))
    return half_up(exact, STORED_PLACES)
