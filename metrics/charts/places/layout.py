"""Where everything of a chart of places goes. Pure geometry.

Names stand beside their bars, and above them on a narrow drawing. All bars begin at zero.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from metrics.charts.axis import Axis, axis_for
from metrics.charts.layout import WIDTH
from metrics.charts.legends import WIDE
from metrics.charts.places.spec import Place, PlacesSpec
from metrics.charts.shapes import Bar, Box, Drawn, Line, Scene, Text
from metrics.charts.style import GRID, INK, PAPER, QUIET, STYLES
from metrics.charts.text import LINE_HEIGHT, cut, width, wrap

GAP = 6.0
THICK = 18.0  # a bar
BETWEEN = 10.0  # two places
NAMES = 200.0  # the column of names, at most
CAP = 4.0  # half the line at the end of an interval
# Told apart in greyscale too, and by the words beside the name.
CHOSEN, OTHER = STYLES[0].colour, STYLES[2].colour


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The measures of a drawing; bars lie between `left` and `right`."""

    full: float
    size: float
    axis: Axis
    left: float
    right: float

    @property
    def wide(self) -> bool:
        return self.full >= WIDE

    @property
    def line(self) -> float:
        return self.size * LINE_HEIGHT

    @property
    def top(self) -> float:
        return self.line + 2 * GAP

    def x(self, value: Decimal) -> float:
        return self.left + self.axis.share(value) * (self.right - self.left)

    def names(self, place: Place) -> list[str]:
        most = self.left - 2 * GAP if self.wide else self.full - 2 * GAP
        return wrap(place.name, most, self.size, 2)

    def bar_in(self, place: Place) -> tuple[float, float]:
        """From the top of a place's row to its bar, and to the row's end."""
        height = len(self.names(place)) * self.line
        if self.wide:
            row = max(height, THICK)
            return (row - THICK) / 2, row
        return height, height + THICK


def scene(spec: PlacesSpec, *, full: float = WIDTH) -> Scene:
    """The drawing of a spec, `full` units wide: 640 for pages and print, 320 for small screens."""
    sheet = _sheet(spec, full)
    drawn: list[Drawn] = []
    y = sheet.top + BETWEEN / 2
    for place in spec.places:
        drawn += _row(place, y, sheet)
        y += sheet.bar_in(place)[1] + BETWEEN
    bottom = y - BETWEEN / 2
    head = Text(GAP, sheet.size + 2, cut(spec.unit, full - 2 * GAP, sheet.size), sheet.size)
    every = (head, *_grid(sheet, bottom), *drawn)
    return Scene(full, round(bottom + sheet.line + 2 * GAP, 1), every)


def _sheet(spec: PlacesSpec, full: float) -> _Sheet:
    size = 14.0 if full >= WIDE else 13.0
    whole = all(number == number.to_integral_value() for number in spec.numbers)
    axis = axis_for(spec.numbers, from_zero=True, whole=whole)
    left = max(2 * GAP, width(axis.text(axis.lowest), size) / 2)
    if full >= WIDE:
        lines = [line for place in spec.places for line in wrap(place.name, NAMES, size, 2)]
        left = max((width(line, size) for line in lines), default=0) + 2 * GAP + 1
    figures = [width(place.text, size) for place in spec.places if place.value is not None]
    last = width(axis.text(axis.highest), size) / 2
    return _Sheet(full, size, axis, left, full - max(*figures, last) - 2 * GAP)


def _grid(sheet: _Sheet, bottom: float) -> Iterator[Drawn]:
    labels = [(sheet.x(tick), sheet.axis.text(tick)) for tick in sheet.axis.ticks]
    apart = labels[1][0] - labels[0][0]
    widest = max(width(words, sheet.size) for _, words in labels) + GAP
    every = 1 if widest <= apart else 2 if widest <= 2 * apart else len(labels) - 1
    for number, (x, words) in enumerate(labels):
        colour = INK if sheet.axis.ticks[number] == 0 else GRID
        yield Line(((x, sheet.top), (x, bottom)), colour)
        if number % every == 0:
            y = bottom + GAP + sheet.size * 0.8
            yield Text(x, y, words, sheet.size, "middle", QUIET)


def _row(place: Place, top: float, sheet: _Sheet) -> Iterator[Drawn]:
    lines = sheet.names(place)
    to_bar, height = sheet.bar_in(place)
    first = top + (height - len(lines) * sheet.line) / 2 if sheet.wide else top
    for number, words in enumerate(lines):
        y = first + number * sheet.line + sheet.size * 0.95
        name = Text(GAP, y, words, sheet.size)
        if not sheet.wide:
            yield Bar(name.box, PAPER)  # the grid does not run through it
        yield name
    yield from _bar(place, top + to_bar, sheet)


def _bar(place: Place, top: float, sheet: _Sheet) -> Iterator[Drawn]:
    middle, base = top + THICK / 2, sheet.x(Decimal(0))
    end = base
    if place.value is not None:
        value = sheet.x(place.value)
        ends = sorted((value, base))
        colour = CHOSEN if place.chosen else OTHER
        yield Bar(Box(ends[0], top, ends[1], top + THICK), colour, place.hollow)
        end = ends[1]
        if place.low is not None and place.high is not None:
            yield from _interval(sheet.x(place.low), sheet.x(place.high), middle)
            end = max(end, sheet.x(place.high))
    text = cut(place.text, sheet.full - end - 2 * GAP, sheet.size)
    figure = Text(end + GAP, middle + 0.35 * sheet.size, text, sheet.size)
    yield Bar(figure.box, PAPER)
    yield figure


def _interval(low: float, high: float, y: float) -> Iterator[Drawn]:
    """A line with ends, on paper's white so that it is seen on a dark bar."""
    for colour, thickness in ((PAPER, 4.5), (INK, 1.5)):
        yield Line(((low, y), (high, y)), colour, thickness)
        for x in (low, high):
            yield Line(((x, y - CAP), (x, y + CAP)), colour, thickness)
