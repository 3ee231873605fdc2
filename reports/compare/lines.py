"""The figures of a comparison, each with what may stand beside other places."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from metrics.arithmetic.comparison import interval_of
from metrics.arithmetic.reading import Measure, Reading
from metrics.models import Indicator
from metrics.models.register import Unit
from metrics.official.comparators import rate_for
from reports.compare.queries import Seen


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the page. `compared` is what may stand beside other places; None is not."""

    seen: Seen
    name: str
    compared: Reading | None
    interval: tuple[float, float] | None

    @property
    def has_bar(self) -> bool:
        return self.compared is not None and self.compared.value is not None


def line_of(
    seen: Seen, name: str, indicator: Indicator, measure: Measure, people: Decimal | None
) -> Line:
    beside = _beside(seen, indicator, people)
    return Line(seen, name, beside, interval_of(beside, measure) if beside else None)


def _beside(seen: Seen, indicator: Indicator, people: Decimal | None) -> Reading | None:
    """What may stand beside other places: a rate for a count, and a marker as it is."""
    reading = seen.reading
    if reading.value is None:
        return reading
    if reading.is_limit or not reading.complete or indicator.unit == Unit.MONEY:
        return None
    if indicator.unit != Unit.COUNT:
        return reading
    # A number of schools or posts is none of children, and has no rate on them.
    return rate_for(reading, people) if seen.official or indicator.disclosive else None


def one_each(lines: Iterable[Line]) -> list[Line]:
    """A line for each place: the official figure where there is one with a number."""
    chosen: dict[int, Line] = {}
    for line in lines:
        held = chosen.get(line.seen.area.pk)
        if held is None or line.has_bar:
            chosen[line.seen.area.pk] = line
    return list(chosen.values())
