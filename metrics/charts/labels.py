"""Texts that find a place of their own: each stands where it meets nothing, or is left out.

What is left out of a drawing stands in the table beneath it.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from metrics.charts.frame import GAP, HEADROOM, UNDER, Frame, bar_width
from metrics.charts.legends import (
    LEADER,
    SIDE_LINES,
    SIDE_MARK,
    SIDE_MOST,
    Entry,
    beside_plot,
)
from metrics.charts.shapes import ASCENT, Anchor, Bar, Box, Drawn, Line, Mark, Text
from metrics.charts.spec import ChartSpec, Kind
from metrics.charts.style import PAPER, QUIET
from metrics.charts.text import width, wrap

CLEAR = 1.5  # around a text
STEP = 4.0  # how finely a sloping line is looked at


class Room:
    """What has been drawn so far, as boxes that no later text may meet."""

    def __init__(self) -> None:
        self._taken: list[Box] = []
        self._bars: list[Box] = []

    def take(self, item: Drawn) -> None:
        match item:
            case Bar():
                self._bars.append(item.box)
            case Line():
                self._taken += _along(item)
            case Mark() | Text():
                self._taken.append(item.box)

    def keep(self, box: Box) -> None:
        self._taken.append(box)

    def has(self, box: Box, within: Box, *, on_bar: bool = False) -> bool:
        """Whether a text fits: inside `within`, clear of what is drawn. `on_bar` lies on one."""
        around = Box(box.left - CLEAR, box.top - CLEAR, box.right + CLEAR, box.bottom + CLEAR)
        taken = self._taken if on_bar else self._taken + self._bars
        return box.within(within) and not any(around.meets(other) for other in taken)


def value_labels(spec: ChartSpec, frame: Frame, room: Room) -> Iterator[Text]:
    """The printed figures of the first series at its points: the newest first, then the others.

    Of bars in groups those of every series, where each is wide enough for all of them.
    """
    points = spec.series[0].points
    order = [len(points) - 1, *range(len(points) - 1)]
    named_beside = frame.wide and spec.kind is Kind.LINE and len(spec.every_series) > 1
    if named_beside:
        order = order[1:]  # the newest figure stands beside the plot, with the name
    if len(spec.series) > 1 and spec.kind is Kind.BARS:
        yield from _group_labels(spec, frame, room)
        return
    for index in order:
        for label, on_bar in _places(spec, frame, index):
            if room.has(label.box, _inside(frame), on_bar=on_bar):
                room.keep(label.box)
                yield label
                break


def _group_labels(spec: ChartSpec, frame: Frame, room: Room) -> Iterator[Text]:
    each = bar_width(spec, frame)
    found = []
    for number, series in enumerate(spec.series):
        beside = (number - (len(spec.series) - 1) / 2) * each
        for index, point in enumerate(series.points):
            if point.value is not None:
                y, rise = frame.y(point.value), ASCENT * frame.size
                level = y + GAP + rise if point.value < 0 else y - GAP
                found.append(Text(frame.x(index) + beside, level, point.text, frame.size, "middle"))
    if any(width(label.words, label.size) > each - 2 * CLEAR for label in found):
        return
    for label in found:
        if room.has(label.box, _inside(frame)):
            room.keep(label.box)
            yield label


def _inside(frame: Frame) -> Box:
    plot = frame.plot
    return Box(plot.left + 1, plot.top - HEADROOM, plot.right, plot.bottom - 1)


def _places(spec: ChartSpec, frame: Frame, index: int) -> Iterator[tuple[Text, bool]]:
    """Where the figure of a point may stand, best first, and whether that is on its bar."""
    point = spec.series[0].points[index]
    if point.value is None:
        return
    x, y, size = frame.x(index), frame.y(point.value), frame.size
    rise = ASCENT * size
    above, below = y - GAP - 1, y + GAP + rise + 1
    if point.low is not None and point.high is not None:
        above, below = frame.y(point.high) - GAP, frame.y(point.low) + GAP + rise
    if spec.kind is Kind.BARS and point.value < 0:
        above, below = below, above
    yield Text(x, above, point.text, size, "middle"), False
    if spec.kind is Kind.LINE:
        yield Text(x, below, point.text, size, "middle"), False
        level = y + 0.35 * size
        sides: tuple[tuple[float, Anchor], ...] = ((2 * GAP, "start"), (-2 * GAP, "end"))
        for side, anchor in sides:
            for height in (level, below - GAP, above + GAP):
                yield Text(x + side, height, point.text, size, anchor), False
        return
    low, high = sorted((y, frame.base))
    wide_enough = width(point.text, size) + 4 <= min(72.0, frame.band * 0.72)
    if wide_enough and not point.hollow and high - low > 1.6 * size:
        for inner in (low + GAP + rise, high - GAP):
            yield Text(x, inner, point.text, size, "middle", PAPER), True


def period_labels(frame: Frame) -> Iterator[Text]:
    """Periods under the axis, below what marks them; the newest chooses its place first."""
    room, everywhere = Room(), Box(0, 0, frame.width, frame.height)
    top = frame.plot.bottom + UNDER + ASCENT * frame.size
    rows = 1 if any(frame.markers) else 0
    for index in reversed(range(len(frame.x_lines))):
        lines = [Text(frame.x(index), top, frame.markers[index], frame.size, "middle", QUIET)]
        lines = lines if frame.markers[index] else []
        lines += [
            Text(frame.x(index), top + (rows + n) * frame.line_height, words, frame.size, "middle")
            for n, words in enumerate(frame.x_lines[index])
        ]
        for label in (_held(line, frame.width) for line in lines):
            if room.has(label.box, everywhere):
                room.keep(label.box)
                yield label


def _held(label: Text, full: float) -> Text:
    """The label moved as little as keeps it in the drawing."""
    half = width(label.words, label.size) / 2
    x = min(max(label.x, half), full - half)
    return Text(x, label.y, label.words, label.size, label.anchor, label.colour)


def side_labels(spec: ChartSpec, frame: Frame) -> Iterator[Drawn]:
    """Names beside the plot at the height of their last figure, moved apart where they crowd."""
    if not frame.wide:
        return
    names = sorted(beside_plot(spec), key=lambda entry: frame.y(_height(entry)))
    blocks = [wrap(entry.beside, SIDE_MOST, frame.size, SIDE_LINES) for entry in names]
    heights = [len(lines) * frame.line_height + 4 for lines in blocks]
    wanted = [
        frame.y(_height(entry)) - height / 2 for entry, height in zip(names, heights, strict=True)
    ]
    tops = spread(wanted, heights, frame.plot.top, frame.plot.bottom)
    for entry, lines, height, top in zip(names, blocks, heights, tops, strict=True):
        start, middle = (frame.plot.right, frame.y(_height(entry))), top + height / 2
        if abs(middle - start[1]) > 3:
            yield Line((start, (frame.plot.right + LEADER - 4, middle)), QUIET, 0.75)
        left = frame.plot.right + LEADER
        if entry.shape is not None:
            yield Mark(left + SIDE_MARK / 3, middle, entry.shape, entry.colour)
            left += SIDE_MARK
        for n, words in enumerate(lines):
            y = top + 2 + ASCENT * frame.size + n * frame.line_height
            yield Text(left, y, words, frame.size)


def _height(entry: Entry) -> Decimal:
    assert entry.value is not None  # only what has a height stands beside the plot
    return entry.value


def spread(wanted: list[float], heights: list[float], top: float, bottom: float) -> list[float]:
    """Tops of blocks in order, near where they want to be, none overlapping, all in the space.

    The space must be as high as the blocks together.
    """
    tops: list[float] = []
    edge = top
    for want, height in zip(wanted, heights, strict=True):
        edge = max(edge, want)
        tops.append(edge)
        edge += height
    floor = bottom
    for index in reversed(range(len(tops))):
        tops[index] = min(tops[index], floor - heights[index])
        floor = tops[index]
    return tops


def _along(line: Line) -> Iterator[Box]:
    """Small boxes along a line."""
    for (x1, y1), (x2, y2) in pairwise(line.points):
        steps = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / STEP))
        for n in range(steps + 1):
            x, y = x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps
            yield Box(x - 1, y - 1, x + 1, y + 1)
