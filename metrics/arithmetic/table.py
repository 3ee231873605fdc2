"""The changes of many figures at once: row by row the same as `change.change_of`.

Four frames come in, one comes out.

- cells: `cell_id`, `revision_id`, `dataset`, `indicator`, `area`, `slice`, `mention`,
  `period_id`, `value`, `numerator`, `denominator`, `decimals`, `qualifier`, `marker`; if wanted
  `words`, `flags`, `complete`, `parts_have`, `parts_of`, `rounded_to`
- periods: `period_id`, `kind`, `first`, `last`
- measures: `indicator`, `unit`, `base`, `kind_of_count`
- versions: `indicator`, `area` (empty for everywhere), `first`, `effect`, `words`

Numbers may be Decimals, floats or integers, empty where there are none; days dates, timestamps
or ISO text. `words` need only be non-empty where a source has words, and may then be any text.

The result has a row for each cell against the year before, and a second one for quarters
against the quarter before: `cell_id`, `against`, `from_revision` (empty if none),
`to_revision`, `absolute`, `percent`, `points`, `rounding_low`, `rounding_high`, `low`, `high`,
`p` (floats, NaN for none), `state`, `caution`, `reason`, `rule` (text). The amounts are the
doubles nearest to their decimals of six places, so `repr` gives those back up to 15 digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.arithmetic import reasons, states
from metrics.arithmetic.change import LARGEST, VERSION, ChangeResult, change_of
from metrics.arithmetic.columns import (
    MILLION,
    Ints,
    Levels,
    Measures,
    Traits,
    combine,
    decimal_of,
    levels_of,
    measures_of,
    rounded_to,
    traits_of,
)
from metrics.arithmetic.intervals import Floats
from metrics.arithmetic.pairing import Events, Periods, dispersions, earlier_rows, series_of
from metrics.arithmetic.reading import Against, Reading
from metrics.arithmetic.rounding import Basis
from metrics.arithmetic.states import Flags
from partnerships.periods import Kind

Texts = NDArray[np.object_]

AMOUNTS = ("absolute", "percent", "points", "rounding_low", "rounding_high")
NUMBERS = (*AMOUNTS, "low", "high", "p")
VAST = 1e8 * MILLION  # percentages beyond it are worked out with fractions


def changes(
    cells: pd.DataFrame,
    periods: pd.DataFrame,
    measures: pd.DataFrame,
    versions: pd.DataFrame | None = None,
    *,
    wanted: Flags | None = None,
) -> pd.DataFrame:
    """All changes of the cells, or the reasons why there are none. Columns as told above.

    With `wanted`, a flag for each cell, only those cells' rows are worked out; the others are
    there to be compared with.

    Raises KeyError for an indicator without measure or a period that is not given, ValueError
    where two cells have one place.
    """
    traits = traits_of(cells)
    how = measures_of(cells, measures)
    about = np.array([example.qualifier == "about" for example in traits.examples], dtype=np.bool_)
    levels = levels_of(cells, how, about[traits.place])
    when = Periods.of(cells, periods)
    series = series_of(cells)
    events = Events.of(cells, versions, traits, series, when)
    spread = dispersions(how.has_kind("clustered"), levels, traits, when, events)
    table = _Table(cells, traits, how, levels, when, events, spread)
    year = earlier_rows(series, when, when.year_before)
    quarter = earlier_rows(series, when, when.quarter_before)
    of = np.ones(len(cells), dtype=np.bool_) if wanted is None else wanted
    rows = np.flatnonzero(of)
    quarters = np.flatnonzero(of & (when.kind[when.place] == list(Kind).index(Kind.QUARTER)))
    return pd.concat(
        [
            table.against("year-before", rows, year[rows]),
            table.against("period-before", quarters, quarter[quarters]),
        ],
        ignore_index=True,
    )


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Rows of two figures to compare; `before` is -1 where there is none.

    `broken` and `affected` are places in `texts`, whose first is None.
    """

    against: Against
    after: Ints
    before: Ints
    broken: Ints
    affected: Ints
    texts: list[str | None]

    def chosen(self, rows: Ints) -> "_Pairs":
        return _Pairs(
            self.against,
            self.after[rows],
            self.before[rows],
            self.broken[rows],
            self.affected[rows],
            self.texts,
        )


@dataclass(frozen=True, slots=True)
class _Table:
    cells: pd.DataFrame
    traits: Traits
    measures: Measures
    levels: Levels
    periods: Periods
    events: Events
    dispersion: Floats

    def against(self, against: Against, after: Ints, before: Ints) -> pd.DataFrame:
        """One row for each of `after`, in that order."""
        pairs = self._between(against, after, before)
        reason, rule = self._why_none(pairs)
        rows = np.flatnonzero(reason == "")
        columns: dict[str, NDArray[np.generic]] = {
            name: np.full(after.size, np.nan) for name in NUMBERS
        }
        columns |= {"state": _empty(after.size), "caution": _empty(after.size)}
        columns |= {"reason": reason, "rule": rule}
        changed = self._changed(pairs.chosen(rows))
        for name, values in changed.items():
            columns[name][rows] = values
        revision = self.cells["revision_id"].to_numpy(dtype=np.int64)
        earlier = pd.arrays.IntegerArray(revision[np.maximum(before, 0)], before < 0)
        return pd.DataFrame(
            {
                "cell_id": self.cells["cell_id"].to_numpy()[after],
                "against": against,
                "from_revision": earlier,
                "to_revision": revision[after],
                **columns,
            }
        )

    def _between(self, against: Against, after: Ints, before: Ints) -> _Pairs:
        """What broke and what affected each series between its two figures, in words."""
        texts: list[str | None] = [None]
        broken, affected = np.zeros((2, after.size), dtype=np.int64)
        pairs = np.flatnonzero(before >= 0)
        if not pairs.size:
            return _Pairs(against, after, before, broken, affected, texts)
        since = self.periods.first[self.periods.place[before[pairs]]]
        until = self.periods.last[self.periods.place[after[pairs]]]
        scope, line = self.events.scope[after[pairs]], self.events.line[after[pairs]]
        if len(self.events.by_scope) > 1:
            place, combinations = combine([scope, since, until])
            for effect, target in (("breaks", broken), ("affects", affected)):
                words = [
                    self.events.words_between(which, after, to, effect)
                    for which, after, to in combinations
                ]
                numbers = np.array([_number(texts, text) for text in words], dtype=np.int64)
                target[pairs] = numbers[place]
        if self.events.flagged.size:
            flagged = self.events.flags_until(line, until) > self.events.flags_until(line, since)
            rows = pairs[flagged & (broken[pairs] == 0)]
            broken[rows] = _number(texts, reasons.BREAK_FLAG_WORDS)
        return _Pairs(against, after, before, broken, affected, texts)

    def _why_none(self, pairs: _Pairs) -> tuple[Texts, Texts]:
        """The reason and the rule of each pair without a change; empty for the others."""
        earlier = np.where(pairs.before >= 0, self.traits.place[np.maximum(pairs.before, 0)], -1)
        place, combinations = combine([self.traits.place[pairs.after], earlier, pairs.broken])
        examples = self.traits.examples
        found = [
            reasons.why_none(
                examples[before] if before >= 0 else None,
                examples[after],
                pairs.against,
                pairs.texts[broken],
            )
            for after, before, broken in combinations
        ]
        sentences = _texts(["" if why is None else why[1] for why in found])
        rules = _texts(["" if why is None else f"none:{why[0]}:{VERSION}" for why in found])
        return sentences[place], rules[place]

    def _changed(self, pairs: _Pairs) -> dict[str, NDArray[np.generic]]:
        """Numbers and words of pairs that do have a change."""
        found: dict[str, NDArray[np.generic]] = {}
        amounts, delicate = self._amounts(pairs)
        found |= amounts
        judged = self._judged(pairs)
        for name, bound in (("low", judged.low), ("high", judged.high), ("p", judged.p)):
            found[name] = np.where(np.isfinite(bound), bound, np.nan)
        found["state"] = _texts(states.STATES)[judged.state]
        found["caution"] = self._cautions(pairs)
        basis = self._basis(pairs)
        place, combinations = combine([basis, judged.outcome])
        found["rule"] = _texts(
            [f"{Basis(b).word}:{states.Outcome(o).word}:{VERSION}" for b, o in combinations]
        )[place]
        for row in np.flatnonzero(delicate):
            exact = self._one_by_one(pairs, int(row))
            for name in AMOUNTS:
                amount = getattr(exact, name)
                found[name][row] = np.nan if amount is None else float(amount)
        return found

    def _amounts(self, pairs: _Pairs) -> tuple[dict[str, NDArray[np.generic]], Flags]:
        """The amounts, and which rows a double cannot be trusted with."""
        old, new, levels = pairs.before, pairs.after, self.levels
        before, after = levels.value[old], levels.value[new]
        points = self.measures.has_unit("percent")[new]
        size = np.abs(before) + np.abs(after)
        difference = after - before
        with np.errstate(divide="ignore", invalid="ignore"):
            percent = np.where(~points & (before > 0), difference / before * 100 * MILLION, np.nan)
            reach = size / before * 100 * MILLION
            percent[np.abs(percent) >= LARGEST * MILLION] = np.nan
            relative = ~np.isnan(percent)
            high_from = np.where(levels.low[old] > 0, levels.low[old], np.nan)
            low = (levels.low[new] / levels.high[old] - 1) * 100 * MILLION
            high = (levels.high[new] / high_from - 1) * 100 * MILLION
        rounded = self._basis(pairs) == Basis.ROUNDED
        low = np.where(relative, low, levels.low[new] - levels.high[old])
        high = np.where(relative, high, levels.high[new] - levels.low[old])
        slack = np.where(relative, np.maximum(size, reach), size)
        found: dict[str, NDArray[np.generic]] = {}
        delicate = levels.delicate[old] | levels.delicate[new]
        delicate |= relative & (np.abs(percent) > VAST)
        for name, amount, error in (
            ("absolute", difference, size),
            ("percent", percent, slack),
            ("rounding_low", np.where(rounded, low, np.nan), slack),
            ("rounding_high", np.where(rounded, high, np.nan), np.abs(high) + slack),
        ):
            found[name], unsure = _half_up(amount, error)
            delicate |= unsure
        found["points"] = np.where(points, found["absolute"], np.nan)
        return found, delicate

    def _basis(self, pairs: _Pairs) -> NDArray[np.int8]:
        basis = self.levels.basis
        return np.maximum(basis[pairs.before], basis[pairs.after])

    def _judged(self, pairs: _Pairs) -> states.Judged:
        old, new = pairs.before, pairs.after
        first = self.periods.first[self.periods.place[new]]
        last = self.periods.last[self.periods.place[old]]
        return states.judge(
            states.Counted(
                events1=self.levels.events[old],
                exposure1=self.levels.exposure[old],
                events2=self.levels.events[new],
                exposure2=self.levels.exposure[new],
                dispersion=self.dispersion[new],
                independent=self.measures.has_kind("independent")[new],
                clustered=self.measures.has_kind("clustered")[new],
                proportion=self.measures.has_kind("proportion")[new],
                overlapping=last >= first,
                plain=self.traits.plain[old] & self.traits.plain[new],
            )
        )

    def _cautions(self, pairs: _Pairs) -> Texts:
        place, combinations = combine(
            [
                self.traits.place[pairs.before],
                self.levels.disagrees[pairs.before],
                self.traits.place[pairs.after],
                self.levels.disagrees[pairs.after],
                pairs.affected,
            ]
        )
        examples = self.traits.examples
        words = [
            reasons.caution(
                (examples[before], bool(old)),
                (examples[after], bool(new)),
                pairs.against,
                pairs.texts[affected],
            )
            for before, old, after, new, affected in combinations
        ]
        return _texts(words)[place]

    def _one_by_one(self, pairs: _Pairs, row: int) -> ChangeResult:
        """The amounts of one pair, worked out with fractions."""
        before, after = int(pairs.before[row]), int(pairs.after[row])
        measure = self.measures.each[self.measures.place[after]]
        return change_of(self._reading(before), self._reading(after), measure)

    def _reading(self, row: int) -> Reading:
        example = self.traits.examples[self.traits.place[row]]
        given = self.cells.iloc[row]
        found: Reading = replace(
            example,
            value=decimal_of(given["value"]),
            numerator=decimal_of(given["numerator"]),
            denominator=decimal_of(given["denominator"]),
            decimals=int(given["decimals"]),
            rounded_to=rounded_to(self.cells, row),
        )
        return found


def _half_up(amount: Floats, error: Floats) -> tuple[Floats, Flags]:
    """Millionths rounded and turned into units, and where the last bits could decide a half.

    `error` is the size of the numbers that the amount was worked out from.
    """
    size = np.abs(amount)
    whole = np.floor(size + 0.5)
    with np.errstate(invalid="ignore"):
        unsure = np.abs(size + 0.5 - np.round(size + 0.5)) < 1e-7 + error * 4e-15
        # A whole number of millionths is no half: it is what an exact difference gives.
        unsure &= size != np.floor(size)
    return np.where(whole == 0, 0.0, np.copysign(whole, amount)) / MILLION, unsure


def _number(texts: list[str | None], text: str | None) -> int:
    if text not in texts:
        texts.append(text)
    return texts.index(text)


def _texts(words: Sequence[str]) -> Texts:
    found = np.empty(len(words), dtype=object)
    found[:] = words
    return found


def _empty(size: int) -> Texts:
    return np.full(size, "", dtype=object)
