"""Where things lie in a drawing: nothing outside it, no text over another."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.charts.axis import axis_for
from metrics.charts.frame import frame_for
from metrics.charts.labels import spread
from metrics.charts.layout import scene
from metrics.charts.shapes import Bar, Box, Line, Mark
from metrics.charts.spec import ChartSpec, Kind, Point, Series
from metrics.charts.text import cut, width, wrap
from tests.metrics.charts.charts import COMPARED, REFERRALS, series, specs

SIZES = pytest.mark.parametrize("full", [640.0, 320.0])


@SIZES
@given(spec=specs())
def test_texts_stay_apart_and_inside(full: float, spec: ChartSpec) -> None:
    drawing = scene(spec, full=full)
    paper = Box(0, 0, drawing.width, drawing.height)
    outside = [text.words for text in drawing.texts if not text.box.within(paper)]
    meeting = [
        (one.words, other.words)
        for one, other in combinations(drawing.texts, 2)
        if one.box.meets(other.box)
    ]
    assert outside == []
    assert meeting == []


@SIZES
@given(spec=specs())
def test_everything_drawn_lies_on_the_paper(full: float, spec: ChartSpec) -> None:
    drawing = scene(spec, full=full)
    paper = Box(-0.1, -0.1, drawing.width + 0.1, drawing.height + 0.1)
    for item in drawing.drawn:
        if isinstance(item, Bar | Mark):
            assert item.box.within(paper), item
        if isinstance(item, Line):
            assert all(Box(x, y, x, y).within(paper) for x, y in item.points), item


@given(spec=specs())
def test_a_bar_is_as_long_as_its_value(spec: ChartSpec) -> None:
    if spec.kind is not Kind.BARS:
        return
    frame = frame_for(spec, 640)
    assert frame.axis.starts_at_zero
    bars = [item for item in scene(spec).drawn if isinstance(item, Bar)]
    bars = [bar for bar in bars if bar.box.bottom > frame.plot.top]  # not those of the legend
    values = [p.value for one in spec.series for p in one.points if p.value is not None]
    per_unit = (frame.plot.bottom - frame.plot.top) / float(frame.axis.highest - frame.axis.lowest)
    lengths = [bar.box.bottom - bar.box.top for bar in bars]
    assert lengths == pytest.approx([abs(float(value)) * per_unit for value in values], abs=1e-6)


@given(
    numbers=st.lists(st.decimals(-(10**9), 10**12, places=3), min_size=1, max_size=9),
    from_zero=st.booleans(),
    whole=st.booleans(),
)
def test_an_axis_holds_its_numbers_with_few_even_ticks(
    numbers: list[Decimal], from_zero: bool, whole: bool
) -> None:
    axis = axis_for(numbers, from_zero=from_zero, whole=whole)
    steps = {after - before for before, after in zip(axis.ticks, axis.ticks[1:], strict=False)}
    assert axis.lowest <= min(numbers)
    assert max(numbers) <= axis.highest
    assert len(steps) == 1
    assert 2 <= len(axis.ticks) <= 8
    if from_zero:
        assert axis.starts_at_zero
    if whole:
        assert all(tick == tick.to_integral_value() for tick in axis.ticks)


@pytest.mark.parametrize(
    ("numbers", "from_zero", "ticks"),
    [
        ([5135, 4368], True, ["0", "2,000", "4,000", "6,000"]),
        ([0, 0], True, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([3, 1], True, ["0", "1", "2", "3"]),
        ([88, 95], False, ["86", "88", "90", "92", "94", "96"]),
        ([1206, 1278], False, ["1,180", "1,200", "1,220", "1,240", "1,260", "1,280"]),
        ([656, 695], False, ["650", "660", "670", "680", "690", "700"]),
        ([50, 50], False, ["0", "10", "20", "30", "40", "50"]),
        ([-4, 8], True, ["−5.0", "−2.5", "0", "2.5", "5.0", "7.5", "10.0"]),
    ],
)
def test_ticks_are_round_numbers(numbers: list[int], from_zero: bool, ticks: list[str]) -> None:
    axis = axis_for([Decimal(number) for number in numbers], from_zero=from_zero)
    assert [axis.text(tick) for tick in axis.ticks] == ticks


def test_an_axis_that_leaves_out_zero_says_so() -> None:
    assert frame_for(REFERRALS, 640).unit == "number"
    assert frame_for(COMPARED, 640).unit == "% (the axis starts at 16)"


def test_figure_that_falls_to_the_lowest_is_printed_too() -> None:
    """Beside its line a falling last figure has room beneath it alone."""
    values = ("1,258", "1,255", "1,278", "1,218", "1,206")
    points = tuple(
        Point(f"{2021 + n}-{22 + n}", Decimal(words.replace(",", "")), words)
        for n, words in enumerate(values)
    )
    spec = ChartSpec("section-47", "Enquiries", "number", Kind.LINE, (Series("Here", points),))
    for full in (640, 320):
        assert set(values) <= {text.words for text in scene(spec, full=full).texts}


def test_figures_of_the_own_series_are_printed_in_the_drawing() -> None:
    words = {text.words for text in scene(REFERRALS).texts}
    assert words == {"number", "0", "2,000", "4,000", "6,000"} | {
        "2018-19", "2019-20", "5,135", "4,368"
    }  # fmt: skip


@SIZES
def test_a_bar_that_reaches_the_top_of_its_axis_keeps_its_label(full: float) -> None:
    alone = replace(REFERRALS, series=(series("Walsall", ("2018-19", 3), ("2019-20", 20)),))
    beside = replace(
        alone, series=(*alone.series, series("Other", ("2018-19", 20), ("2019-20", 4)))
    )
    for spec, words in ((alone, ["20", "3"]), (beside, ["20", "20", "3", "4"])):
        frame = frame_for(spec, full)
        assert frame.axis.highest == Decimal(20)
        drawn = [text for text in scene(spec, full=full).texts if text.x > frame.plot.left]
        labels = [text.words for text in drawn if text.y < frame.plot.bottom]
        assert sorted(word for word in labels if word.isdigit()) == words


@given(
    blocks=st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 40)), max_size=8),
    spare=st.floats(0, 200),
)
def test_blocks_are_spread_without_overlap(blocks: list[tuple[float, float]], spare: float) -> None:
    heights = [height for _, height in blocks]
    bottom = sum(heights) + spare
    tops = spread(sorted(want for want, _ in blocks), heights, 0, bottom)
    ends = [top + height for top, height in zip(tops, heights, strict=True)]
    assert all(top >= -1e-6 for top in tops)
    assert all(end <= after + 1e-6 for end, after in zip(ends, tops[1:], strict=False))
    assert all(end <= bottom + 1e-6 for end in ends)


@given(text=st.text(max_size=80), most=st.floats(20, 300), lines=st.integers(1, 3))
def test_wrapped_text_fits(text: str, most: float, lines: int) -> None:
    found = wrap(text, most, 14, lines)
    assert len(found) <= lines
    assert all(width(line, 14) <= most for line in found)


def test_text_that_fits_is_kept_and_other_is_cut_with_an_ellipsis() -> None:
    assert cut("2019-20", 80, 14) == "2019-20"
    assert cut("Statistical neighbours", 80, 14) == "Statistical…"
    assert wrap("1 October 2018 to 31 March 2020", 90, 14, 3) == [
        "1 October",
        "2018 to 31",
        "March 2020",
    ]
