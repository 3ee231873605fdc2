"""An attack on sums that overlap: every number that hidden places may hold is tried out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reports.attack import Bounds, Whole, exposed
from reports.secondary import further
from reports.telling import Telling, Told, spread, telling_of

THRESHOLD = 3
MOST = 20  # that a cell is tried with


def table(rows: int, columns: int) -> list[Whole]:
    """The sums of a table with margins: `r0c1` is a cell, `r0` and `c1` totals, `all` theirs."""

    def cells(row: Sequence[int], column: Sequence[int]) -> tuple[str, ...]:
        return tuple(f"r{r}c{c}" for r in row for c in column)

    across, down = range(rows), range(columns)
    return [
        *(Whole(f"r{r}", cells([r], down), THRESHOLD) for r in across),
        *(Whole(f"c{c}", cells(across, [c]), THRESHOLD) for c in down),
        Whole("all", tuple(f"r{r}" for r in across), THRESHOLD),
        Whole("all", tuple(f"c{c}" for c in down), THRESHOLD),
    ]


def numbers_of(wholes: Sequence[Whole], cells: Mapping[str, int]) -> dict[str, Decimal]:
    found = {place: Decimal(value) for place, value in cells.items()}
    for whole in wholes:
        found[whole.total] = Decimal(sum(found[part] for part in whole.parts))
    return found


def fillings(shown: Mapping[str, Decimal]) -> dict[str, NDArray[np.int64]]:
    """Every 2 by 2 table of numbers that agrees with what is printed; what is hidden is no zero.

    For each place what it is in each of them.
    """
    cells = [f"r{r}c{c}" for r in range(2) for c in range(2)]
    tried = [[int(shown[p])] if p in shown else list(range(1, MOST + 1)) for p in cells]
    every = dict(zip(cells, (grid.ravel() for grid in np.meshgrid(*tried)), strict=True))
    for whole in table(2, 2):
        every[whole.total] = np.sum([every[part] for part in whole.parts], axis=0)
    agrees = np.ones_like(every["all"], dtype=bool)
    for place, value in shown.items():
        agrees &= every[place] == int(value)
    return {place: values[agrees] for place, values in every.items()}


@given(st.lists(st.integers(0, 7), min_size=4, max_size=4))
@settings(max_examples=40, deadline=None)
def test_no_small_number_of_a_table_with_margins_is_known(values: list[int]) -> None:
    wholes = table(2, 2)
    cells = [f"r{r}c{c}" for r in range(2) for c in range(2)]
    true = numbers_of(wholes, dict(zip(cells, values, strict=True)))
    shown = {place: value for place, value in true.items() if not 0 < value <= THRESHOLD}
    for place in further(wholes, shown, marked=set(true) - set(shown)):
        del shown[place]
    known = fillings(shown)
    for place in set(true) - set(shown):
        low, high = int(known[place].min()), int(known[place].max())
        assert high > THRESHOLD
        assert low > THRESHOLD or high - low >= THRESHOLD - 1


def test_a_number_is_not_given_away_by_subtractions_one_after_the_other() -> None:
    """With one neighbour hidden in row and column, the fourth corner gives all of them back."""
    wholes = table(2, 2)
    true = numbers_of(wholes, {"r0c0": 3, "r0c1": 20, "r1c0": 30, "r1c1": 40})
    shown = {p: v for p, v in true.items() if p not in {"r0c0", "r0c1", "r1c0"}}
    assert exposed(wholes, shown) == {"r0c0": Bounds(3, 3)}
    hidden = further(wholes, shown)
    assert hidden == {"r1c1"}
    assert not exposed(wholes, {p: v for p, v in shown.items() if p not in hidden})


def test_a_narrow_range_counts_as_known() -> None:
    assert Bounds(3, 3).gives_away(5)
    assert Bounds(1, 5).gives_away(5)
    assert Bounds(4, 6).gives_away(5)
    assert not Bounds(1, 6).gives_away(5)
    assert not Bounds(9, 9).gives_away(5)
    assert not Bounds(0, 0).gives_away(5)


def test_sums_that_contradict_each_other_are_taken_one_by_one() -> None:
    """A source with a misprint: the hidden part is 2 by one sum, and 40 by another."""
    wholes = [Whole("t", ("a", "b"), 5), Whole("u", ("a", "c"), 5)]
    shown = {"t": Decimal(12), "b": Decimal(10), "u": Decimal(50), "c": Decimal(10)}
    assert exposed([wholes[0]], shown) == {"a": Bounds(2, 2)}
    assert set(exposed(wholes, shown)) <= {"a"}
    assert exposed([wholes[0]], {"t": Decimal(12), "b": Decimal(14)}) == {}


def test_nothing_is_hidden_where_it_does_not_help() -> None:
    whole = Whole("year", ("q1", "q2", "q3"), 5)
    shown = {"year": Decimal(24), "q1": Decimal(12), "q2": Decimal(9)}
    assert further([whole], shown, out={"year", "q1", "q2"}) == frozenset()
    assert further([whole], shown, out={"year"}) == {"q2"}


PLACE = "s:missing:testshire:{}:all"


def told(period: str, revision: int, value: int | None, *, change: str = "") -> Told:
    about = "Change of Missing, on the year before" if change else "Missing"
    address = f"{PLACE.format(period)}@{revision}"
    number = None if value is None else Decimal(value)
    return Told(address, about, change or "number", number, "" if number is not None else "c")


def test_a_change_tells_the_figure_at_its_other_end() -> None:
    before = PLACE.format("2018-19")
    for change in (
        told("2019-20", 2, 3, change="number"),
        told("2019-20", 2, 25, change="% change"),
    ):
        telling = telling_of([told("2019-20", 2, 15), change])
        assert telling.shown[before] == 12
    hidden = told("2019-20", 2, None, change="number")
    assert before not in telling_of([told("2019-20", 2, 15), hidden]).shown


def test_a_ratio_and_one_of_its_figures_tell_the_other() -> None:
    ratio = Told("ratio:testshire:s:missing:contacts:2019-20", "A", "for every 100", Decimal(6))
    contacts = Told("s:contacts:testshire:2019-20:all@1", "Contacts", "number", Decimal(150))
    assert telling_of([ratio, contacts]).shown[PLACE.format("2019-20")] == 9


def test_a_corrected_figure_is_another_number_in_each_edition() -> None:
    q1, q2, year = (PLACE.format(key) for key in ("2019-20-q1", "2019-20-q2", "2019-20"))
    whole = Whole(year, (q1, q2), 5)
    first = Telling({f"{year}@1": Decimal(12)}, frozenset({f"{q1}@1", f"{q2}@1"}))
    second = Telling({f"{q1}@2": Decimal(20), f"{q2}@1": Decimal(9)})
    sums = spread([whole], [first, second])
    assert {each.total for each in sums} == {f"{year}@1"}
    shown = {**first.shown, **second.shown}
    assert f"{q1}@1" in exposed(sums, shown)
