"""The median of an area's statistical neighbours, as a figure with an address. Pure.

`median:walsall:cpp-repeat:2019-20@2025`: partnership, indicator, period, and the year of the model
that says who the neighbours are; without that year it is the newest model.
"""

from dataclasses import dataclass

from metrics.arithmetic.reading import Measure, Reading
from metrics.wording import join_words
from partnerships.periods import Span
from partnerships.stated_figure import Stated

KIND = "median"
NAME = "Median of the statistical neighbours"
COMPARED = frozenset({"rate", "percent"})  # numbers of areas that differ in size have no median


@dataclass(frozen=True, slots=True)
class MedianMember:
    """A neighbour. `text` is its figure as printed, of that `address`; both empty without one."""

    rank: int
    name: str
    closeness: str
    text: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianFigure(Stated):
    """The middle of the neighbours' figures, out of official statistics alone.

    `model` is the year of the set of neighbours, `model_source` what it was read from. `used` and
    `missing` name the neighbours with and without a number. `dataset` and the rest say where the
    figures come from.
    """

    indicator: str
    definition: str
    measure: Measure
    span: Span
    reading: Reading
    model: int
    model_source: str
    members: tuple[MedianMember, ...]
    used: tuple[str, ...]
    missing: tuple[str, ...]
    dataset: str
    title: str
    publisher: str
    published: str
    url: str

    @property
    def how(self) -> str:
        """What stands beneath it in a report."""
        without = f", without {join_words(self.missing)}: no figure" if self.missing else ""
        return (
            "Worked out by the portal as the middle of the official figures of the neighbours "
            f"in the {self.model} model{without}."
        )
