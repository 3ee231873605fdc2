"""One figure that is no indicator's, as it is printed. Pure.

Kept apart from `partnerships.stated`, which finds figures in the database, so that blocks and the
gate know no database.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerships.amounts import number_words, pounds_words

QUALIFIERS = {
    "exactly": "",
    "about": "about ",
    "at-least": "at least ",
    "at-most": "at most ",
    "more-than": "more than ",
    "fewer-than": "fewer than ",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure. `about` says of what: "Council contribution, actual, 2019-20".

    `unit` is `£`, `%`, `number`, or a noun in the plural that follows the number ("sessions").
    `out_of` is the whole that the value is a part of: "1 of 2 meetings".
    A `value` of None has its `marker`: `c` for one that may not be said.
    `said` is how it is said, where that is not the number with its unit: "down 12%", "tripled".
    `source` is the code of the dataset that says it; empty where the portal's people do.
    `of_children` counts children or families, so that a small one is not published unless it was
    public on `public_since`.
    """

    address: str
    about: str
    value: Decimal | None
    unit: str = "number"
    decimals: int = 0
    qualifier: str = "exactly"
    note: str = ""
    fact_id: str = ""
    source: str = ""
    of_children: bool = False
    public_since: date | None = None
    marker: str = ""
    said: str = ""
    out_of: Decimal | None = None

    @property
    def words(self) -> str:
        """As a sentence has it: "£51,584", "14 sessions", "at least 2"."""
        if self.said or self.value is None:
            return self.cell
        unit = "" if self.unit in {"£", "%", "number"} else f" {self.unit}"
        return QUALIFIERS[self.qualifier] + self.cell + unit

    @property
    def cell(self) -> str:
        """As a table has it, beside a header that says the unit; a marker in brackets."""
        if self.said:
            return self.said
        if self.value is None:
            return f"[{self.marker}]"
        if self.unit == "£":
            return pounds_words(self.value, self.decimals)
        whole = "" if self.out_of is None else f" of {number_words(self.out_of, self.decimals)}"
        percent = "%" if self.unit == "%" else ""
        return number_words(self.value, self.decimals) + percent + whole
