"""A figure moves no change but those of its own series that end on its first day or later."""

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.arithmetic.table import changes
from tests.properties.strategies import readings
from tests.properties.test_table import World, worlds

KEY = ["cell_id", "against"]


@settings(max_examples=40, deadline=None)
@given(worlds(), st.data())
def test_figure_moves_only_what_is_within_its_reach(world: World, data: Any) -> None:
    if not world.cells:
        return
    places = list(world.cells)
    indicator, area, span = moved = data.draw(st.sampled_from(places))
    other = data.draw(readings(world.measures[indicator]))
    after = World(world.measures, world.cells | {moved: other}, world.versions)
    reached = [
        number
        for number, (i, a, each) in enumerate(places)
        if (i, a) == (indicator, area) and each.last >= span.first
    ]
    was, now = (changes(*each.frames()).set_index(KEY) for each in (world, after))
    beyond = ~was.index.get_level_values("cell_id").isin(reached)
    pd.testing.assert_frame_equal(was[beyond], now[beyond])


@settings(max_examples=20, deadline=None)
@given(worlds(), st.data())
def test_rows_of_some_cells_are_those_of_all_cells(world: World, data: Any) -> None:
    """One series alone, and of it the cells wanted, give the very rows that everything gives."""
    if not world.cells:
        return
    cells, *others = world.frames()
    whole = changes(cells, *others)
    row = data.draw(st.integers(0, len(cells) - 1))
    same = (cells[["indicator", "area"]] == cells.loc[row, ["indicator", "area"]]).all(axis=1)
    series = cells[same].reset_index(drop=True)
    since = data.draw(st.integers(0, len(series) - 1))
    wanted = np.arange(len(series)) >= since
    some = changes(series, *others, wanted=wanted)
    chosen = whole[whole["cell_id"].isin(series["cell_id"][wanted])]
    pd.testing.assert_frame_equal(chosen.reset_index(drop=True), some, check_dtype=False)
