"""What a chart shows: the one object from which every drawing of it is made.

Pure. Numbers are in the indicator's unit, unrounded; each point carries the text that is
printed for it elsewhere, so that no drawing formats a figure by itself.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MOST_SERIES = 4


class SpecError(ValueError):
    """The parts of a chart do not fit together; the message says which."""


class Kind(StrEnum):
    BARS = "bars"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series.

    `label` is its period. Where there is no `value`, `text` is the marker as the table prints
    it (`[c]`). `low` and `high` are its 95% interval, where it has one. `partial` is a total of
    which parts are missing; it is drawn like a provisional figure, as an outline.
    """

    label: str
    value: Decimal | None
    text: str
    low: Decimal | None = None
    high: Decimal | None = None
    provisional: bool = False
    partial: bool = False

    @property
    def hollow(self) -> bool:
        return self.provisional or self.partial


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one area (or one category), a point for each period, in order of time."""

    name: str
    points: tuple[Point, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(point.label for point in self.points)


@dataclass(frozen=True, slots=True)
class Target:
    """A level to reach, and the one up to which a miss is tolerated, where one is set."""

    value: Decimal
    text: str
    tolerance: Decimal | None = None
    tolerance_text: str = "Tolerance"


@dataclass(frozen=True, slots=True)
class Limits:
    """Centre and limits of an XmR chart. `lower` is None where it would lie below 0."""

    mean: Decimal
    upper: Decimal
    lower: Decimal | None = None
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """From this period on, figures are counted in another way."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart. Raises `SpecError` where its parts do not fit together.

    `key` begins the ids in the drawing and is unique on its page: a letter, then letters,
    digits and hyphens. `unit` names the axis ("number", "per 10,000 children"). All series
    have the same periods; `series` are the partnership's own, `comparators` others. With
    `categories` the labels are no periods: income and costs of one year.
    """

    key: str
    title: str
    unit: str
    kind: Kind
    series: tuple[Series, ...]
    comparators: tuple[Series, ...] = ()
    target: Target | None = None
    limits: Limits | None = None
    breaks: tuple[Break, ...] = ()
    categories: bool = False

    def __post_init__(self) -> None:
        every = self.every_series
        if not self.series or not self.series[0].points:
            raise SpecError("A chart needs a series with at least one period.")
        if len(every) > MOST_SERIES:
            raise SpecError(f"A chart shows at most {MOST_SERIES} series, not {len(every)}.")
        labels = self.labels
        if len(set(labels)) != len(labels):
            raise SpecError("A chart shows each period once.")
        if any(series.labels != labels for series in every):
            raise SpecError("All series of a chart have the same periods.")
        if not any(point.value is not None for series in every for point in series.points):
            raise SpecError("A chart needs at least one figure to draw.")
        if any(jump.label not in labels[1:] for jump in self.breaks):
            raise SpecError("A break begins with a period of the chart, not its first.")

    @property
    def every_series(self) -> tuple[Series, ...]:
        return self.series + self.comparators

    @property
    def labels(self) -> tuple[str, ...]:
        """The periods, from left to right."""
        return self.series[0].labels

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Every number that must lie within the axis."""
        found = [
            number
            for series in self.every_series
            for point in series.points
            for number in (point.value, point.low, point.high)
        ]
        if self.target is not None:
            found += [self.target.value, self.target.tolerance]
        if self.limits is not None:
            found += [self.limits.mean, self.limits.upper, self.limits.lower]
        return tuple(number for number in found if number is not None)
