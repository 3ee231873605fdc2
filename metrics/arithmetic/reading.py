"""What arithmetic sees of a figure: one revision, and what the indicator says about it.

Pure: no database. `Reading` mirrors the parts of a revision that count, `Measure` those of an
indicator. Strings are the codes that the register and the store keep.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Unit = Literal["count", "percent", "rate", "average", "money"]
KindOfCount = Literal["independent", "clustered", "proportion", "none"]
Polarity = Literal["higher-is-better", "lower-is-better", "closer-to-comparator", "neutral"]
RollUp = Literal["sum", "last", "ratio", "none"]
Against = Literal["year-before", "period-before"]

LIMITS = frozenset({"at-least", "at-most", "more-than", "fewer-than", "between"})


@dataclass(frozen=True, slots=True)
class Measure:
    """How a figure is counted.

    `base` is per how many a rate is (1 for any other unit). `unit_words` names what is counted
    or averaged: "children", "days".
    """

    unit: Unit
    base: int = 1
    kind_of_count: KindOfCount = "none"
    polarity: Polarity = "neutral"
    roll_up: RollUp = "none"
    unit_words: str = ""

    @property
    def scale(self) -> int:
        """What numerator over denominator is multiplied by to give a value."""
        return {"percent": 100, "rate": self.base}.get(self.unit, 1)

    @property
    def is_ratio(self) -> bool:
        """Whether a value is a numerator over a denominator, and so rounded when printed."""
        return self.unit in {"percent", "rate", "average"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One revision. A number, a marker (why there is none) or words (`words`).

    `value` has the indicator's unit, `numerator` and `denominator` are counts, `decimals` is
    the precision `value` was stated with. `complete` is False for a total of which parts are
    missing; `parts` then says how many it has and should have: (3, 4). `rounded_to` is what the
    source rounds counts to, as 10, also those behind a rate; 1 where they are exact.
    """

    value: Decimal | None = None
    value_upper: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    decimals: int = 0
    qualifier: str = "exactly"
    marker: str = ""
    words: str = ""
    flags: str = ""
    complete: bool = True
    parts: tuple[int, int] | None = None
    rounded_to: int = 1

    @property
    def is_limit(self) -> bool:
        """Whether the number only bounds the figure: at least, fewer than, between."""
        return self.qualifier in LIMITS

    @property
    def is_plain(self) -> bool:
        """Whether the number may be tested: exact, complete, neither doubted nor estimated."""
        return (
            self.value is not None
            and self.qualifier == "exactly"
            and self.complete
            and not set(self.flags) & set("def")
        )
