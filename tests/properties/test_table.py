"""Many changes at once are, row by row, what `change_of` says of each; pairs are found by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.arithmetic.change import ChangeResult, change_of
from metrics.arithmetic.intervals import dispersion
from metrics.arithmetic.reading import Against, Measure, Reading
from metrics.arithmetic.rounding import level_of
from metrics.arithmetic.table import AMOUNTS, changes
from partnerships.periods import Kind, Span, financial_year, quarter, snapshot
from tests.properties.strategies import measures, readings

PERIODS = [
    *(quarter(year, number) for year in (2016, 2017, 2018, 2019) for number in (1, 2, 3, 4)),
    *(financial_year(year) for year in range(2008, 2021)),
    *(Span.containing(Kind.ROLLING_YEAR, date(2019, month, 28)) for month in (3, 6, 9)),
    Span.containing(Kind.ROLLING_YEAR, date(2018, 3, 28)),
    *(snapshot(date(year, 3, 31)) for year in range(2010, 2021)),
    *(Span(Kind.SPAN, date(year, 10, 1), date(year + 2, 3, 31)) for year in (2016, 2017, 2018)),
]
AREAS = [1, 2]
INDICATORS = [10, 11]


@dataclass(frozen=True)
class World:
    measures: dict[int, Measure]
    cells: dict[tuple[int, int, Span], Reading]
    versions: list[tuple[int, int | None, date, str, str]]

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        rows = [
            {
                "cell_id": number,
                "revision_id": number + 1000,
                "dataset": 1,
                "indicator": indicator,
                "area": area,
                "slice": 1,
                "mention": 1,
                "period_id": PERIODS.index(span),
                "value": reading.value,
                "numerator": reading.numerator,
                "denominator": reading.denominator,
                "decimals": reading.decimals,
                "qualifier": reading.qualifier,
                "marker": reading.marker,
                "words": reading.words,
                "flags": reading.flags,
                "complete": reading.complete,
                "parts_have": reading.parts[0] if reading.parts else None,
                "parts_of": reading.parts[1] if reading.parts else None,
                "rounded_to": reading.rounded_to,
            }
            for number, ((indicator, area, span), reading) in enumerate(self.cells.items())
        ]
        periods = [
            {"period_id": number, "kind": span.kind, "first": span.first, "last": span.last}
            for number, span in enumerate(PERIODS)
        ]
        indicators = [
            {
                "indicator": code,
                "unit": measure.unit,
                "base": measure.base,
                "kind_of_count": measure.kind_of_count,
            }
            for code, measure in self.measures.items()
        ]
        columns = ["indicator", "area", "first", "effect", "words"]
        return (
            pd.DataFrame(rows),
            pd.DataFrame(periods),
            pd.DataFrame(indicators),
            pd.DataFrame(self.versions, columns=columns),
        )

    def words(self, indicator: int, area: int, since: date, until: date, what: str) -> str | None:
        found = [
            words
            for scope in (None, area)
            for i, a, first, effect, words in sorted(self.versions, key=lambda row: row[2])
            if (i, a, effect) == (indicator, scope, what) and since < first <= until
        ]
        return " ".join(found) or None

    def flagged(self, indicator: int, area: int, kind: Kind, since: date, until: date) -> bool:
        return any(
            "b" in reading.flags and since < span.first <= until
            for (i, a, span), reading in self.cells.items()
            if (i, a, span.kind) == (indicator, area, kind)
        )

    def dispersion(self, indicator: int, area: int, after: Span) -> float | None:
        """From every plain earlier point of the series with no break between."""
        if after.overlaps_neighbours:
            return None
        events, exposure = [], []
        for (i, a, span), reading in self.cells.items():
            if (i, a, span.kind) != (indicator, area, after.kind) or span.last >= after.first:
                continue
            known = _counts(reading, self.measures[indicator])
            broken = self.words(indicator, area, span.first, after.last, "breaks")
            flagged = self.flagged(indicator, area, after.kind, span.first, after.last)
            if known is not None and reading.is_plain and not broken and not flagged:
                events.append(known[0])
                exposure.append(known[1])
        return dispersion(events, exposure) if len(events) >= 8 else None

    def expected(self, indicator: int, area: int, after: Span, against: Against) -> ChangeResult:
        span = after.year_before if against == "year-before" else after.quarter_before
        assert span is not None
        before = self.cells.get((indicator, area, span))
        between: str | None = None
        if before is not None:
            between = self.words(indicator, area, span.first, after.last, "breaks")
            if not between and self.flagged(indicator, area, after.kind, span.first, after.last):
                between = "The source marks a break in the series."
        return change_of(
            before,
            self.cells[indicator, area, after],
            self.measures[indicator],
            against=against,
            break_between=between,
            caution=self.words(indicator, area, span.first, after.last, "affects"),
            overlapping=span.overlaps(after),
            dispersion=self.dispersion(indicator, area, after),
        )


def _counts(reading: Reading, measure: Measure) -> tuple[float, float] | None:
    level = level_of(reading, measure)
    if level is None or level.disagrees or measure.unit == "money":
        return None
    if measure.unit == "count":
        return float(level.value), 1.0
    if reading.numerator is None or not reading.denominator:
        return None
    return float(reading.numerator), float(reading.denominator)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    found = {code: draw(measures()) for code in INDICATORS}
    # Whole series often enough that clustered events have the eight points they need.
    plain = draw(st.sets(st.sampled_from(INDICATORS)))
    chosen = st.just(PERIODS) | st.lists(st.sampled_from(PERIODS), unique=True, max_size=14)
    cells = {
        (code, area, span): draw(readings(found[code], plain=code in plain))
        for code, area in product(INDICATORS, AREAS)
        for span in draw(chosen)
    }
    versions = draw(
        st.lists(
            st.tuples(
                st.sampled_from(INDICATORS),
                st.sampled_from([None, 1]),
                st.sampled_from([date(2012, 4, 1), date(2018, 10, 1), date(2019, 5, 9)]),
                st.sampled_from(["breaks", "affects", "continues"]),
                st.sampled_from(["Recording changed.", "Counted anew."]),
            ),
            max_size=3,
        )
    )
    return World(found, cells, versions)


def _agree(row: Any, expected: ChangeResult) -> None:
    for name in AMOUNTS:
        amount = getattr(expected, name)
        assert (None if pd.isna(row[name]) else row[name]) == (
            None if amount is None else float(amount)
        ), name
    for name in ("low", "high", "p"):
        bound = getattr(expected, name)
        if bound is None:
            assert pd.isna(row[name]), name
        else:
            assert row[name] == pytest.approx(bound, rel=1e-9, abs=1e-12), name
    texts: Sequence[str] = ("state", "caution", "reason", "rule")
    assert [row[name] for name in texts] == [getattr(expected, name) for name in texts]


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_table_says_of_each_row_what_change_of_says(world: World) -> None:
    if not world.cells:
        return
    found = changes(*world.frames()).set_index(["cell_id", "against"])
    places = list(world.cells)
    quarters = sum(span.kind is Kind.QUARTER for _, _, span in places)
    assert len(found) == len(places) + quarters
    for number, (indicator, area, span) in enumerate(places):
        for against in ("year-before", "period-before"):
            if (number, against) in found.index:
                _agree(
                    found.loc[(number, against)],
                    world.expected(indicator, area, span, against),
                )


@settings(max_examples=30, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_table_does_not_depend_on_the_order_of_rows(world: World, random: Any) -> None:
    cells, *others = world.frames()
    if cells.empty:
        return
    order = list(range(len(cells)))
    random.shuffle(order)
    key = ["cell_id", "against"]
    straight = changes(cells, *others).sort_values(key, ignore_index=True)
    shuffled = changes(cells.iloc[order], *others).sort_values(key, ignore_index=True)
    pd.testing.assert_frame_equal(straight, shuffled, check_exact=False, rtol=1e-12)


@settings(max_examples=50, deadline=None)
@given(st.sets(st.integers(0, 15), min_size=1))
def test_a_missing_quarter_never_moves_another_into_its_place(kept: set[int]) -> None:
    """Each value is its quarter's own number, so that a pair shows which two were taken."""
    count = Measure("count")
    cells = {
        (10, 1, span): Reading(value=Decimal(number))
        for number, span in enumerate(PERIODS[:16])
        if number in kept
    }
    found = changes(*World({10: count}, cells, []).frames())
    places = [number for number in range(16) if number in kept]
    for row in found.to_dict("records"):
        number = places[row["cell_id"]]
        earlier = number - (4 if row["against"] == "year-before" else 1)
        if earlier in kept:
            assert row["absolute"] == number - earlier
        else:
            assert pd.isna(row["absolute"])
            assert pd.isna(row["from_revision"])


def test_table_takes_the_dispersion_from_eight_points_before_and_not_from_the_cell() -> None:
    clustered = Measure("count", kind_of_count="clustered")
    numbers = [500, 560, 470, 610, 480, 590, 450, 620, 500, 900]
    series = [snapshot(date(2010 + n, 3, 31)) for n in range(len(numbers))]
    cells = {(10, 1, span): Reading(Decimal(n)) for span, n in zip(series, numbers, strict=True)}
    found = changes(*World({10: clustered}, cells, []).frames()).set_index("cell_id")
    assert found["rule"][7] == "exact:few-points:1"
    for place in (8, 9):
        expected = change_of(
            Reading(Decimal(numbers[place - 1])),
            Reading(Decimal(numbers[place])),
            clustered,
            dispersion=dispersion(numbers[:place], [1] * place),
        )
        assert expected.rule == "exact:overdispersed-binomial:1"
        assert found["p"][place] == pytest.approx(expected.p, rel=1e-9)


def test_table_does_not_test_periods_that_share_days() -> None:
    long = Span(Kind.SPAN, date(2018, 10, 1), date(2020, 3, 31))
    measure = Measure("count", kind_of_count="independent")
    cells = {(10, 1, long.year_before): Reading(Decimal(50)), (10, 1, long): Reading(Decimal(99))}
    found = changes(*World({10: measure}, cells, []).frames()).set_index("cell_id")
    assert list(found["rule"]) == ["none:missing:1", "exact:overlapping:1"]


def test_table_of_no_cells_is_empty() -> None:
    cells, *others = World({10: Measure("count")}, {(10, 1, PERIODS[0]): Reading()}, []).frames()
    assert changes(cells.iloc[:0], *others).empty
    nothing = pd.DataFrame.from_records([], columns=list(cells.columns))
    assert list(changes(nothing, *others).columns) == list(changes(cells, *others).columns)


def test_table_refuses_two_cells_in_one_place() -> None:
    cells, *others = World(
        {10: Measure("count")}, {(10, 1, PERIODS[0]): Reading(Decimal(1))}, []
    ).frames()
    with pytest.raises(ValueError, match="Two cells have the same place"):
        changes(pd.concat([cells, cells]), *others)


def test_table_names_an_indicator_or_a_period_that_is_not_given() -> None:
    world = World({10: Measure("count")}, {(10, 1, PERIODS[0]): Reading(Decimal(1))}, [])
    cells, periods, register, versions = world.frames()
    with pytest.raises(KeyError, match="No measure is given for indicator 10"):
        changes(cells, periods, register.assign(indicator=99), versions)
    with pytest.raises(KeyError, match="No period is given with the number 0"):
        changes(cells, periods.iloc[1:], register, versions)


def test_table_is_exact_beyond_what_a_double_can_tell() -> None:
    """Amounts of pounds that need more digits than a double has, and an exact half to round."""
    world = World(
        {10: Measure("money"), 11: Measure("percent")},
        {
            (10, 1, financial_year(2018)): Reading(Decimal("9000000000.01"), decimals=2),
            (10, 1, financial_year(2019)): Reading(Decimal("9000000000.02"), decimals=2),
            (11, 1, financial_year(2018)): Reading(
                Decimal("0.2"), numerator=Decimal(1), denominator=Decimal(512), decimals=1
            ),
            (11, 1, financial_year(2019)): Reading(
                Decimal("0.0"), numerator=Decimal(0), denominator=Decimal(512), decimals=1
            ),
        },
        [],
    )
    found = changes(*world.frames()).set_index("cell_id")
    assert found["absolute"][1] == 0.01
    assert found["points"][3] == -0.195313  # of 0.1953125


def share(part: int, whole: int, printed: str) -> Reading:
    return Reading(
        Decimal(printed), numerator=Decimal(part), denominator=Decimal(whole), decimals=1
    )


def test_table_decides_halves_that_a_double_gets_wrong() -> None:
    """Percentages whose difference is an exact half of a millionth: 4.4453125 points."""
    before, after = financial_year(2018), financial_year(2019)
    measure = Measure("percent", kind_of_count="proportion")
    world = World(
        {10: measure},
        {
            (10, 1, before): share(342, 2560, "13.4"),
            (10, 1, after): share(2279, 12800, "17.8"),
            # 11 of 80 is 13.75%, which may be printed as 13.7 or 13.8 and is given by both.
            (10, 2, before): share(11, 80, "13.7"),
            (10, 2, after): share(23, 80, "28.8"),
        },
        [],
    )
    found = changes(*world.frames()).set_index("cell_id")
    assert found["points"][1] == 4.445313
    assert (found["points"][3], found["caution"][3]) == (15.0, "")
    assert list(found["rule"][[1, 3]]) == ["unrounded:newcombe:1"] * 2
