"""Rows as files give them, in natural keys, and what is said of one that cannot be loaded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from metrics.addresses import Address


class RowError(Exception):
    """A row that cannot be loaded: where it stands, and a sentence."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"line {line}: {sentence}")
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where a figure belongs, in natural keys, and the line of the file that says so."""

    line: int
    dataset: str
    indicator: str
    area: str
    period: str
    slice: str
    mention: int

    @property
    def address(self) -> str:
        return Address(
            self.dataset, self.indicator, self.area, self.period, self.slice, self.mention
        ).text


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as a file gives it. Fields as in `metrics.models.Revision`."""

    place: PlaceRow
    value: Decimal | None = None
    value_upper: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    decimals: int = 0
    qualifier: str = "exactly"
    marker: str = ""
    marker_reason: str = ""
    printed_words: str = ""
    flags: str = ""
    note: str = ""
    denominator_period: str = ""
    public_since: date | None = None
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class StatedChangeRow:
    """One stated change as a file gives it. Fields as in `metrics.models.StatedChange`."""

    place: PlaceRow
    amount: Decimal | None
    unit: str
    direction: str
    printed_words: str = ""
    note: str = ""
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Two addresses for one thing; `preferred` goes on counting."""

    line: int
    cell: str
    preferred: str
    rule: str
