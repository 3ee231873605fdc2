"""What a chart of places shows: from this its drawing and its words are made. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from metrics.charts.spec import SpecError


@dataclass(frozen=True, slots=True)
class Place:
    """One place and its figure.

    `text` is the figure as the table prints it, or the marker where there is no `value`; then
    no bar is drawn. `low` and `high` are its 95% interval, where it has one, and `interval`
    the words for it. `chosen` is the place that the others are held against. `hollow`: the
    figure is provisional.
    """

    name: str
    value: Decimal | None
    text: str
    low: Decimal | None = None
    high: Decimal | None = None
    interval: str = ""
    chosen: bool = False
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class PlacesSpec:
    """A chart of places. Raises `SpecError` where it has no bar, or another order than names.

    `key` begins the ids in the drawing and is unique on its page. `unit` names the axis.
    """

    key: str
    title: str
    unit: str
    places: tuple[Place, ...]

    def __post_init__(self) -> None:
        if not self.numbers:
            raise SpecError("A chart of places needs at least one figure to draw.")
        names = [place.name.casefold() for place in self.places]
        if names != sorted(names):
            raise SpecError("Places stand in alphabetical order.")

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Every number that must lie within the axis."""
        found = (n for place in self.places for n in (place.value, place.low, place.high))
        return tuple(number for number in found if number is not None)
