"""The same chart for the browser: a Plotly figure as plain data, for `json_script`.

It lies over the static drawing where JavaScript runs. Same numbers, same texts, same colours,
dashes and marks; hovering over a point says what is printed for it.
"""

from typing import TYPE_CHECKING, Any

from metrics.charts import alt
from metrics.charts.axis import axis_for
from metrics.charts.frame import axis_words
from metrics.charts.legends import limit_lines
from metrics.charts.spec import ChartSpec, Kind, Point, Series
from metrics.charts.style import BREAK_DASH, GRID, INK, PAPER, QUIET, STYLES, TARGET, Style
from metrics.charts.text import FONT_FAMILY

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 380


def figure(spec: ChartSpec) -> dict[str, Any]:
    """The figure as `{"data": [...], "layout": {...}}`, checked by Plotly's own schema.

    A missing figure is null, so that no line is drawn over it. Numbers are floats.
    """
    go = _graph_objects()
    drawn = go.Figure(data=list(_traces(go, spec)), layout=_layout(spec))
    plain: dict[str, Any] = drawn.to_plotly_json()
    return {"data": plain["data"], "layout": plain["layout"]}


def _graph_objects() -> Any:
    """Plotly, loaded when a chart is first drawn: it takes half a second, and jobs need none.

    Without its default template a figure is a sixth as large and fifteen times as fast.
    """
    import plotly.graph_objects as go
    import plotly.io as pio

    pio.templates.default = None
    return go


def _traces(go: Any, spec: ChartSpec) -> "list[go.Bar | go.Scatter]":
    found = []
    for number, series in enumerate(spec.every_series):
        common = {
            "name": series.name,
            "x": list(series.labels),
            "y": [_number(point) for point in series.points],
            "customdata": [point.text for point in series.points],
            "hovertemplate": "%{x}: %{customdata}<extra>%{fullData.name}</extra>",
        }
        style = STYLES[number]
        if spec.kind is Kind.BARS and number < len(spec.series):
            found.append(go.Bar(**common, **_bar(series, style)))
        else:
            found.append(go.Scatter(**common, **_line(series, style)))
    return found


def _number(point: Point) -> float | None:
    return None if point.value is None else float(point.value)


def _bar(series: Series, style: Style) -> dict[str, Any]:
    return {
        "text": [point.text if point.value is not None else "" for point in series.points],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [PAPER if point.hollow else style.colour for point in series.points],
            "line": {"color": style.colour, "width": 2},
        },
    } | _interval(series)


def _line(series: Series, style: Style) -> dict[str, Any]:
    return {
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": style.colour, "width": 2.5, "dash": style.plotly_dash},
        "marker": {
            "symbol": [
                f"{style.plotly_shape}{'-open' if point.hollow else ''}" for point in series.points
            ],
            "size": 10,
            # Seen on a bar as well; an open mark has its own colour there.
            "line": {"color": [style.colour if p.hollow else PAPER for p in series.points]},
        },
    } | _interval(series)


def _interval(series: Series) -> dict[str, Any]:
    """The 95% interval as distances up and down, where any figure has one."""
    ends = [
        (float(point.high - point.value), float(point.value - point.low))
        if point.value is not None and point.low is not None and point.high is not None
        else (0.0, 0.0)
        for point in series.points
    ]
    if not any(up or down for up, down in ends):
        return {}
    return {
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [up for up, _ in ends],
            "arrayminus": [down for _, down in ends],
            "color": INK,
            "thickness": 1.25,
        }
    }


def _layout(spec: ChartSpec) -> dict[str, Any]:
    whole = all(number == number.to_integral_value() for number in spec.numbers)
    axis = axis_for(spec.numbers, from_zero=spec.kind is Kind.BARS, whole=whole)
    room = (axis.highest - axis.lowest) / 12  # for the figure over the highest bar
    ticks = {
        "tickvals": [float(tick) for tick in axis.ticks],
        "ticktext": [axis.text(tick) for tick in axis.ticks],
    }
    return {
        "height": HEIGHT,
        "margin": {"l": 64, "r": 16, "t": 32, "b": 48},
        "font": {"family": FONT_FAMILY, "size": 14, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": len(spec.every_series) > 1,
        "legend": {"orientation": "h", "y": -0.16},
        # Comparators stand side by side over their bar, as in the static drawing.
        "scattermode": "group" if spec.kind is Kind.BARS else "overlay",
        "scattergap": 0.7,
        "bargap": 0.45,
        "xaxis": {
            "type": "category",
            "fixedrange": True,
            "linecolor": INK,
            "showgrid": False,
            "automargin": True,
        },
        "yaxis": {
            "title": {"text": axis_words(spec, axis)},
            "automargin": True,
            "range": [float(axis.lowest), float(axis.highest + room)],
            "fixedrange": True,
            "gridcolor": GRID,
            "zerolinecolor": INK,
            **ticks,
        },
        "shapes": _shapes(spec),
        "annotations": _notes(spec),
        "meta": {"description": alt.description(spec)},
    }


def _levels(spec: ChartSpec) -> list[tuple[str, float, dict[str, Any]]]:
    """Lines over the whole width: what they are called, at what height, how they are drawn."""
    found: list[tuple[str, float, dict[str, Any]]] = []
    if spec.target is not None:
        style = {"color": TARGET, "width": 1.5, "dash": "longdash"}
        found.append((spec.target.text, float(spec.target.value), style))
        if spec.target.tolerance is not None:
            style = {"color": TARGET, "width": 0.75, "dash": "dash"}
            found.append((spec.target.tolerance_text, float(spec.target.tolerance), style))
    if spec.limits is not None:
        for words, value in limit_lines(spec.limits):
            dash = "solid" if words == "Mean" else "dash"
            found.append((words, float(value), {"color": QUIET, "width": 1.25, "dash": dash}))
    return found


def _shapes(spec: ChartSpec) -> list[dict[str, Any]]:
    across = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line}
        for _, y, line in _levels(spec)
    ]
    down = [
        {
            "type": "line",
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "x0": spec.labels.index(jump.label) - 0.5,
            "x1": spec.labels.index(jump.label) - 0.5,
            "line": {"color": INK, "width": 1.5, "dash": f"{BREAK_DASH.replace(' ', 'px,')}px"},
        }
        for jump in spec.breaks
    ]
    return across + down


def _notes(spec: ChartSpec) -> list[dict[str, Any]]:
    levels = [
        {
            "xref": "paper",
            "x": 1,
            "xanchor": "right",
            "y": y,
            "yanchor": "bottom",
            "text": words,
            "showarrow": False,
        }
        for words, y, _ in _levels(spec)
    ]
    jumps = [
        {
            "yref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "x": spec.labels.index(jump.label) - 0.5,
            "text": "Break",
            "showarrow": False,
            "hovertext": jump.words,
        }
        for jump in spec.breaks
    ]
    return levels + jumps
