"""One spec, three tellings: the static drawing, the Plotly figure and the words agree."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from metrics.charts import alt, plotly_figure, svg
from metrics.charts.frame import frame_for
from metrics.charts.layout import offset, scene
from metrics.charts.shapes import Mark
from metrics.charts.spec import Break, ChartSpec, Kind, Series, SpecError
from tests.metrics.charts.charts import COMPARED, REFERRALS, series, specs

SVG = "{http://www.w3.org/2000/svg}"


@given(spec=specs())
def test_the_drawing_is_well_formed_and_says_what_it_is_first(spec: ChartSpec) -> None:
    root = ElementTree.fromstring(svg.draw(spec))
    title, desc, *drawn = list(root)
    assert (root.tag, title.tag, desc.tag) == (f"{SVG}svg", f"{SVG}title", f"{SVG}desc")
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    assert {item.tag.removeprefix(SVG) for item in drawn} <= {
        "text", "polyline", "rect", "circle", "polygon"
    }  # fmt: skip
    attributes = {name for item in root.iter() for name in item.attrib}
    assert not attributes & {"style", "class", "href"}
    assert not any(name.startswith("on") for name in attributes)


def test_text_in_a_drawing_is_escaped() -> None:
    hostile = '</title><script>alert("1")</script>&\x00'
    spec = replace(REFERRALS, title=hostile, series=(series(hostile, (hostile, 1)),))
    drawing = svg.draw(spec)
    assert "<script" not in drawing
    title = ElementTree.fromstring(drawing)[0].text
    assert title is not None
    assert '</title><script>alert("1")</script>&' in title


@settings(max_examples=40)
@given(spec=specs())
def test_plotly_holds_the_numbers_of_the_spec(spec: ChartSpec) -> None:
    figure = plotly_figure.figure(spec)
    told = [
        (trace["name"], list(trace["x"]), list(trace["y"]), list(trace["customdata"]))
        for trace in figure["data"]
    ]
    assert told == [
        (
            one.name,
            list(one.labels),
            [None if p.value is None else float(p.value) for p in one.points],
            [p.text for p in one.points],
        )
        for one in spec.every_series
    ]


@given(spec=specs())
def test_marks_lie_at_the_height_of_their_numbers(spec: ChartSpec) -> None:
    frame = frame_for(spec, 640)
    skipped = len(spec.series) if spec.kind is Kind.BARS else 0
    wanted = [
        (frame.x(index) + offset(spec, frame, number), frame.y(point.value))
        for number, one in list(enumerate(spec.every_series))[skipped:]
        for index, point in enumerate(one.points)
        if point.value is not None
    ]
    marks = [item for item in scene(spec).drawn if isinstance(item, Mark)]
    drawn = [(mark.x, mark.y) for mark in marks if mark.x <= frame.plot.right]
    assert [place for place in drawn if place[1] >= frame.plot.top] == wanted


def test_every_figure_is_said_in_the_words() -> None:
    assert alt.title(COMPARED) == "Line chart: Repeat plans, Walsall, 2017-18 to 2019-20"
    assert alt.description(COMPARED) == (
        "Shown in: %. "
        "Walsall: 21 in 2017-18, 19 in 2018-19, 24 in 2019-20. "
        "West Midlands: 20 in 2017-18, [c] in 2018-19, 21 in 2019-20. "
        "England: 19 in 2017-18, 20 in 2018-19, 20 in 2019-20. "
        "Target 18. Tolerance 19. "
        "Break in the series from 2018-19: Plans of under three months are counted too."
    )


def test_of_a_long_series_the_words_say_the_ends_and_the_extremes() -> None:
    figures = [(f"Q{n}", value) for n, value in enumerate([5, 9, 4, 6, 1, 8, 7, 3, 2], start=1)]
    spec = replace(REFERRALS, series=(series("Demoshire", *figures),))
    assert alt.description(spec) == (
        "Shown in: number. Demoshire: 9 periods, of them the first, the last and the extremes, "
        "5 in Q1, 9 in Q2, 1 in Q5, 2 in Q9."
    )


def test_no_line_is_drawn_over_a_missing_figure() -> None:
    gap = series("Walsall", ("2017-18", 3), ("2018-19", None), ("2019-20", 4))
    spec = replace(REFERRALS, kind=Kind.LINE, series=(gap,))
    own_lines = re.findall(r'<polyline points="[^"]*" stroke="#12436d"', svg.draw(spec))
    assert own_lines == []
    assert plotly_figure.figure(spec)["data"][0]["connectgaps"] is False


def test_series_differ_in_more_than_colour() -> None:
    years = (("2018-19", 20), ("2019-20", 21))
    others = tuple(series(name, *years) for name in ("West Midlands", "England"))
    spec = replace(COMPARED, series=(series("Walsall", *years),), comparators=others, breaks=())
    drawing = svg.draw(spec)
    grey = re.sub(r"#[0-9a-f]{6}", "grey", drawing)
    assert {"<circle", "<polygon"} <= set(re.findall(r"<\w+", grey))
    assert {'stroke-dasharray="7 4"', 'stroke-dasharray="2 3"'} <= set(
        re.findall(r'stroke-dasharray="[^"]*"', grey)
    )
    shapes = {tuple(trace["marker"]["symbol"]) for trace in plotly_figure.figure(spec)["data"]}
    assert len(shapes) == 3


def test_provisional_figures_are_outlines_and_marked() -> None:
    first, last = REFERRALS.series[0].points
    spec = replace(REFERRALS, series=(Series("Walsall", (first, replace(last, provisional=True))),))
    assert svg.draw(spec).count('stroke-dasharray="4 2"') == 1
    assert "[p]" in {text.words for text in scene(spec).texts}
    assert "4368 in 2019-20 (provisional)" in alt.description(spec).replace(",", "")
    assert plotly_figure.figure(spec)["data"][0]["marker"]["color"] == ["#12436d", "#ffffff"]


def test_total_with_missing_parts_is_an_outline_but_not_provisional() -> None:
    first, last = REFERRALS.series[0].points
    spec = replace(REFERRALS, series=(Series("Walsall", (first, replace(last, partial=True))),))
    assert svg.draw(spec).count('stroke-dasharray="4 2"') == 1
    assert "[p]" not in {text.words for text in scene(spec).texts}
    assert "(provisional)" not in alt.description(spec)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"series": ()}, "A chart needs a series with at least one period."),
        ({"series": (series("a", ("x", None)),)}, "A chart needs at least one figure to draw."),
        (
            {"comparators": (series("England", ("2019-20", 1)),)},
            "All series of a chart have the same periods.",
        ),
        (
            {
                "comparators": tuple(
                    series(str(n), ("2018-19", 1), ("2019-20", 1)) for n in range(4)
                )
            },
            "A chart shows at most 4 series, not 5.",
        ),
        ({"series": (series("a", ("x", 1), ("x", 2)),)}, "A chart shows each period once."),
        (
            {"breaks": (Break("2018-19", "New."),)},
            "A break begins with a period of the chart, not its first.",
        ),
    ],
)
def test_a_spec_whose_parts_do_not_fit_is_refused(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(SpecError) as error:
        replace(REFERRALS, **change)  # type: ignore[arg-type]
    assert str(error.value) == sentence


def test_numbers_keep_their_precision_in_the_words() -> None:
    spec = replace(REFERRALS, series=(series("Walsall", ("2019-20", str(Decimal("23.10")))),))
    assert "23.10 in 2019-20" in alt.description(spec)


def test_bars_in_groups_have_their_figures_where_all_are_wide_enough() -> None:
    two = (
        series("Budget", ("Income", 100), ("Costs", 90)),
        series("Actual", ("Income", 110), ("Costs", 99)),
    )
    spec = replace(REFERRALS, series=two, categories=True)
    assert {"100", "90", "110", "99"} <= {text.words for text in scene(spec).texts}
    long = tuple(replace(p, text="£1,000,000,000") for p in two[0].points)
    crowded = replace(spec, series=(replace(two[0], points=long), two[1]))
    assert not {"£1,000,000,000", "110", "99"} & {text.words for text in scene(crowded).texts}


def test_categories_are_not_told_as_periods() -> None:
    spec = replace(
        REFERRALS, series=(series("Actual", ("Income", 110), ("Costs", 99)),), categories=True
    )
    assert alt.title(spec) == "Bar chart: Referrals to social care, Walsall"
    assert alt.description(spec) == "Shown in: number. Actual: 110 of income, 99 of costs."
