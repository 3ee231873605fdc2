"""The measures of a drawing: where its plot lies, and where a value and a period lie in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from metrics.charts.axis import Axis, axis_for
from metrics.charts.legends import WIDE, Entry, rows_of, side_margin
from metrics.charts.shapes import Box
from metrics.charts.spec import ChartSpec, Kind
from metrics.charts.text import LINE_HEIGHT, cut, width, wrap

GAP = 6
UNDER = 8  # from the plot to what stands under it
HEADROOM = 18  # above the plot, for the label of a bar that reaches the top of the axis
X_LINES = 3
PLOT_HEIGHTS = {Kind.BARS: 160.0, Kind.LINE: 190.0}


@dataclass(frozen=True, slots=True)
class Frame:
    """`plot` is where values are drawn; `x_lines` the wrapped label of each period, or nothing
    where there is no room for it."""

    width: float
    height: float
    size: float
    axis: Axis
    plot: Box
    unit: str
    legend: tuple[tuple[Entry, ...], ...]
    x_lines: tuple[tuple[str, ...], ...]
    markers: tuple[str, ...]

    @property
    def wide(self) -> bool:
        return self.width >= WIDE

    @property
    def line_height(self) -> float:
        return self.size * LINE_HEIGHT

    @property
    def band(self) -> float:
        return (self.plot.right - self.plot.left) / len(self.x_lines)

    def x(self, index: float) -> float:
        """The middle of a period's band; half numbers lie between two periods."""
        return self.plot.left + self.band * (index + 0.5)

    def y(self, value: Decimal) -> float:
        return self.plot.bottom - self.axis.share(value) * (self.plot.bottom - self.plot.top)

    @property
    def base(self) -> float:
        """Where zero lies, or the bottom of an axis that leaves it out."""
        return self.y(Decimal(0)) if self.axis.starts_at_zero else self.plot.bottom


def frame_for(spec: ChartSpec, full: float) -> Frame:
    """Measures a drawing of a spec that is `full` wide; its height follows from what it holds."""
    size = 14.0 if full >= WIDE else 13.0
    line = size * LINE_HEIGHT
    axis = axis_for(
        spec.numbers,
        from_zero=spec.kind is Kind.BARS,
        whole=all(number == number.to_integral_value() for number in spec.numbers),
    )
    left = max(width(axis.text(tick), size) for tick in axis.ticks) + GAP + 2
    right, side_height = side_margin(spec, size) if full >= WIDE else (GAP, 0.0)
    legend = rows_of(spec, full, size)
    top = line * (1 + len(legend) + bool(spec.breaks)) + HEADROOM + GAP + 2
    markers = marker_words(spec)
    x_lines = x_labels(spec.labels, (full - left - right) / len(spec.labels), size)
    bottom = line * (max(map(len, x_lines)) + any(markers)) + GAP + UNDER
    height = max(PLOT_HEIGHTS[spec.kind], side_height)
    return Frame(
        width=full,
        height=round(top + height + bottom, 1),
        size=size,
        axis=axis,
        plot=Box(left, top, full - right, top + height),
        unit=cut(axis_words(spec, axis), full - 2 * GAP, size),
        legend=legend,
        x_lines=x_lines,
        markers=markers,
    )


def bar_width(spec: ChartSpec, frame: Frame) -> float:
    """The width of one bar, of one series alone or of several side by side."""
    return min(72.0, frame.band * 0.72 / len(spec.series))


def axis_words(spec: ChartSpec, axis: Axis) -> str:
    """The unit, and where the axis starts if that is not at zero."""
    if axis.starts_at_zero:
        return spec.unit
    return f"{spec.unit} (the axis starts at {axis.text(axis.lowest)})"


def marker_words(spec: ChartSpec) -> tuple[str, ...]:
    """What stands under each period: why the first series has no figure, or that it may change."""
    return tuple(
        point.text if point.value is None else "[p]" if point.provisional else ""
        for point in spec.series[0].points
    )


def x_labels(labels: Sequence[str], band: float, size: float) -> tuple[tuple[str, ...], ...]:
    """Each period's label in lines. Where not all fit, every second, third … one up to the last."""
    count = len(labels)
    for every in range(1, count + 1):
        most = every * band - GAP
        shown = {index: wrap(labels[index], most, size, X_LINES) for index in _nth(count, every)}
        if not any(line.endswith("…") or not line for lines in shown.values() for line in lines):
            break
    return tuple(tuple(shown.get(index, ())) for index in range(count))


def _nth(count: int, every: int) -> range:
    return range((count - 1) % every, count, every)
