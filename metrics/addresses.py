"""The address of a figure: natural keys, the same after every rebuild of the database.

`dataset:indicator:area:period:slice`, with `:2` for a second mention and `@3` for the third
revision: `walsall-yearly-report-2019-20:referrals:walsall:2019-20:all`. It is what
`/figures/<address>/` takes, what reports link to, and what the audit record names.
"""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metrics.models import Cell

WHOLE = "all"  # the slice of figures that are of no category

_PATTERN = re.compile(
    r"(?P<dataset>[-\w]+):(?P<indicator>[-\w]+):(?P<area>[-\w]+):(?P<period>[-\w]+)"
    r":(?P<slice>[-\w=;]+?)(?::(?P<mention>[1-9]\d{0,3}))?(?:@(?P<revision>[1-9]\d{0,5}))?"
)


class AddressError(ValueError):
    """The text is not an address; the message says what one looks like."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a figure lives. `revision` is None for whichever one counts now."""

    dataset: str
    indicator: str
    area: str
    period: str
    slice: str = WHOLE
    mention: int = 1
    revision: int | None = None

    @classmethod
    def of(cls, cell: "Cell", revision: int | None = None) -> "Address":
        """The address of a cell; reads its dataset, indicator, area, period and slice."""
        return cls(
            dataset=cell.dataset.code,
            indicator=cell.indicator.code,
            area=cell.area.code,
            period=cell.period.key,
            slice=cell.slice.key,
            mention=cell.mention,
            revision=revision,
        )

    @classmethod
    def parse(cls, text: str) -> "Address":
        found = _PATTERN.fullmatch(text)
        if found is None:
            raise AddressError(
                f"{text!r} is not the address of a figure. "
                "One looks like dataset:indicator:area:2019-20:all."
            )
        parts = found.groupdict()
        return cls(
            dataset=parts["dataset"],
            indicator=parts["indicator"],
            area=parts["area"],
            period=parts["period"],
            slice=parts["slice"],
            mention=int(parts["mention"] or 1),
            revision=int(parts["revision"]) if parts["revision"] else None,
        )

    @property
    def text(self) -> str:
        base = f"{self.dataset}:{self.indicator}:{self.area}:{self.period}:{self.slice}"
        mention = f":{self.mention}" if self.mention > 1 else ""
        revision = f"@{self.revision}" if self.revision is not None else ""
        return base + mention + revision

    @property
    def current(self) -> "Address":
        """The same place without a revision."""
        return replace(self, revision=None)
