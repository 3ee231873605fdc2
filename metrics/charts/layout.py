"""Where everything of a chart goes. Pure geometry: `svg` only writes down what stands here."""

from collections.abc import Iterator

from metrics.charts.frame import GAP, Frame, bar_width, frame_for
from metrics.charts.labels import Room, period_labels, side_labels, value_labels
from metrics.charts.legends import BETWEEN, SAMPLE, Entry, limit_lines
from metrics.charts.shapes import Bar, Box, Drawn, Line, Mark, Scene, Text
from metrics.charts.spec import ChartSpec, Kind, Point
from metrics.charts.style import (
    BREAK_DASH,
    GRID,
    INK,
    LIMIT_DASH,
    QUIET,
    STYLES,
    TARGET,
    TARGET_DASH,
)
from metrics.charts.text import width

WIDTH = 640.0
NARROW = 320.0


def scene(spec: ChartSpec, *, full: float = WIDTH) -> Scene:
    """The drawing of a spec, `full` units wide: 640 for pages and print, 320 for small screens."""
    frame = frame_for(spec, full)
    room = Room()
    drawn: list[Drawn] = [*_grid(frame), *_limits(spec, frame)]
    data = [*_bars(spec, frame), *_lines(spec, frame), *_intervals(spec, frame)]
    for item in data:
        room.take(item)
    drawn += [*data, *_legend(frame), *_breaks(spec, frame, room)]
    drawn += [*side_labels(spec, frame), *period_labels(frame)]
    drawn += value_labels(spec, frame, room)
    return Scene(frame.width, frame.height, tuple(drawn))


def _grid(frame: Frame) -> Iterator[Drawn]:
    plot = frame.plot
    yield Text(GAP, frame.size + 2, frame.unit, frame.size, colour=QUIET)
    for tick in frame.axis.ticks:
        y = frame.y(tick)
        strong = y == frame.base
        colour = INK if strong else GRID
        yield Line(((plot.left, y), (plot.right, y)), colour)
        words = frame.axis.text(tick)
        yield Text(plot.left - GAP, y + 0.35 * frame.size, words, frame.size, "end", QUIET)


def _limits(spec: ChartSpec, frame: Frame) -> Iterator[Drawn]:
    plot = frame.plot
    if spec.target is not None:
        if spec.target.tolerance is not None:
            y = frame.y(spec.target.tolerance)
            yield Line(((plot.left, y), (plot.right, y)), TARGET, 0.75, LIMIT_DASH)
        y = frame.y(spec.target.value)
        yield Line(((plot.left, y), (plot.right, y)), TARGET, 1.5, TARGET_DASH)
    if spec.limits is not None:
        for words, value in limit_lines(spec.limits):
            y = frame.y(value)
            dash = "" if words == "Mean" else LIMIT_DASH
            yield Line(((plot.left, y), (plot.right, y)), QUIET, 1.25, dash)


def _bars(spec: ChartSpec, frame: Frame) -> Iterator[Drawn]:
    if spec.kind is not Kind.BARS:
        return
    each = bar_width(spec, frame)
    for number, series in enumerate(spec.series):
        for index, point in enumerate(series.points):
            if point.value is not None:
                left = frame.x(index) + (number - len(spec.series) / 2) * each
                ends = sorted((frame.y(point.value), frame.base))
                box = Box(left + 0.5, ends[0], left + each - 0.5, ends[1])
                yield Bar(box, STYLES[number].colour, hollow=point.hollow)


def _lines(spec: ChartSpec, frame: Frame) -> Iterator[Drawn]:
    """Lines of all series, or of the comparators alone, which stand over bars as marks."""
    first = len(spec.series) if spec.kind is Kind.BARS else 0
    for number, series in list(enumerate(spec.every_series))[first:]:
        style = STYLES[number]
        beside = offset(spec, frame, number)
        for run in _runs(frame, series.points, beside):
            if len(run) > 1:
                yield Line(tuple(run), style.colour, 2.5 if number == 0 else 2, style.dash)
        size = 5.0 if frame.band >= 16 else 3.0
        for index, point in enumerate(series.points):
            if point.value is not None:
                x, y = frame.x(index) + beside, frame.y(point.value)
                yield Mark(x, y, style.shape, style.colour, point.hollow, size)


def offset(spec: ChartSpec, frame: Frame, number: int) -> float:
    """How far marks of a comparator stand from the middle of the bars: near values stay apart."""
    if spec.kind is not Kind.BARS:
        return 0.0
    apart = min(16.0, frame.band * 0.5 / len(spec.comparators))
    return (number - len(spec.series) - (len(spec.comparators) - 1) / 2) * apart


def _runs(
    frame: Frame, points: tuple[Point, ...], beside: float
) -> Iterator[list[tuple[float, float]]]:
    """Points that follow each other without a gap: no line is drawn over a missing figure."""
    run: list[tuple[float, float]] = []
    for index, point in enumerate(points):
        if point.value is None:
            yield run
            run = []
        else:
            run.append((frame.x(index) + beside, frame.y(point.value)))
    yield run


def _intervals(spec: ChartSpec, frame: Frame) -> Iterator[Drawn]:
    """The 95% interval of each figure of the first series, where nothing else stands beside it."""
    if len(spec.series) > 1:
        return
    for index, point in enumerate(spec.series[0].points):
        if point.value is not None and point.low is not None and point.high is not None:
            x, low, high = frame.x(index), frame.y(point.low), frame.y(point.high)
            yield Line(((x, low), (x, high)), INK, 1.25)
            for y in (low, high):
                yield Line(((x - 4, y), (x + 4, y)), INK, 1.25)


def _legend(frame: Frame) -> Iterator[Drawn]:
    for number, row in enumerate(frame.legend):
        x, y = float(GAP), frame.line_height * (number + 2) + 2
        for entry in row:
            yield from _sample(entry, x, y - 0.35 * frame.size)
            yield Text(x + SAMPLE - GAP, y, entry.words, frame.size)
            x += SAMPLE + width(entry.words, frame.size) + BETWEEN


def _sample(entry: Entry, x: float, y: float) -> Iterator[Drawn]:
    if entry.bar:
        yield Bar(Box(x, y - 5, x + 22, y + 5), entry.colour)
        return
    yield Line(((x, y), (x + 22, y)), entry.colour, 2, entry.dash)
    if entry.shape is not None:
        yield Mark(x + 11, y, entry.shape, entry.colour)


def _breaks(spec: ChartSpec, frame: Frame, room: Room) -> Iterator[Drawn]:
    plot = frame.plot
    for jump in spec.breaks:
        x = frame.x(spec.labels.index(jump.label) - 0.5)
        yield Line(((x, plot.top - GAP), (x, plot.bottom)), INK, 1.5, BREAK_DASH)
        label = Text(x, plot.top - GAP - 3, "Break", frame.size, "middle")
        if room.has(label.box, Box(0, 0, frame.width, plot.top)):
            room.keep(label.box)
            yield label
