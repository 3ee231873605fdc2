"""The names of what is drawn: beside the last point where there is room, else above the plot."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from metrics.charts.spec import ChartSpec, Kind, Limits
from metrics.charts.style import LIMIT_DASH, QUIET, STYLES, TARGET, TARGET_DASH, Shape
from metrics.charts.text import LINE_HEIGHT, cut, width, wrap

WIDE = 480  # from this width on, series are named beside their last point
SAMPLE = 34.0  # the little line with its mark before a name
BETWEEN = 16.0  # two names in one row
SIDE_MOST = 150.0
SIDE_LINES = 2
LEADER = 16.0  # from the plot to the names beside it
SIDE_MARK = 15.0  # the mark before a name beside the plot


@dataclass(frozen=True, slots=True)
class Entry:
    """One name. `value` is the height it stands at beside the plot; None where it has none.

    `last` is the newest figure as printed; it stands beside the plot only, where its height
    says of when it is.
    """

    words: str
    colour: str
    value: Decimal | None = None
    dash: str = ""
    shape: Shape | None = None
    bar: bool = False
    last: str = ""

    @property
    def beside(self) -> str:
        return f"{self.words} {self.last}".strip()


def entries(spec: ChartSpec) -> Iterator[tuple[Entry, bool]]:
    """Every name that the drawing needs, and whether it may stand beside the plot."""
    several = len(spec.every_series) > 1
    for index, series in enumerate(spec.every_series):
        style = STYLES[index]
        bar = spec.kind is Kind.BARS and index < len(spec.series)
        last = series.points[-1]
        beside = not bar and last.value is not None
        if not several:
            continue  # the title says whose figures they are
        if bar:
            yield Entry(series.name, style.colour, bar=True), False
        else:
            name, colour = series.name, style.colour
            yield Entry(name, colour, last.value, style.dash, style.shape, last=last.text), beside
    if spec.target is not None:
        yield Entry(spec.target.text, TARGET, spec.target.value, TARGET_DASH), True
        if (level := spec.target.tolerance) is not None:
            yield Entry(spec.target.tolerance_text, TARGET, level, LIMIT_DASH), True
    if spec.limits is not None:
        for words, value in limit_lines(spec.limits):
            dash = "" if words.startswith("Mean") else LIMIT_DASH
            yield Entry(words, QUIET, value, dash), True


def limit_lines(limits: Limits) -> Iterator[tuple[str, Decimal]]:
    trial = " (trial)" if limits.trial else ""
    yield "Mean", limits.mean
    yield f"Upper limit{trial}", limits.upper
    if limits.lower is not None:
        yield f"Lower limit{trial}", limits.lower


def beside_plot(spec: ChartSpec) -> list[Entry]:
    return [entry for entry, beside in entries(spec) if beside]


def side_margin(spec: ChartSpec, size: float) -> tuple[float, float]:
    """The width that names beside the plot need, and the height that they need together."""
    names = beside_plot(spec)
    if not names:
        return BETWEEN, 0.0
    blocks = [wrap(entry.beside, SIDE_MOST, size, SIDE_LINES) for entry in names]
    widest = max(width(line, size) for lines in blocks for line in lines)
    return widest + LEADER + SIDE_MARK + 4, sum(map(len, blocks)) * size * LINE_HEIGHT + 4 * len(
        blocks
    )


def rows_of(spec: ChartSpec, full: float, size: float) -> tuple[tuple[Entry, ...], ...]:
    """Names above the plot, in rows; those that stand beside it are left out where it is wide."""
    wide = full >= WIDE
    rows: list[list[Entry]] = []
    used = full
    for entry, beside in entries(spec):
        if wide and beside:
            continue
        most = full - SAMPLE - BETWEEN
        named = replace(entry, words=cut(entry.words, most, size))
        needed = SAMPLE + width(named.words, size) + BETWEEN
        if used + needed > full:
            rows.append([])
            used = 0.0
        rows[-1].append(named)
        used += needed
    return tuple(tuple(row) for row in rows)
