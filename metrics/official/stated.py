"""The addresses of medians: `median:partnership:indicator:period`, `@2025` for a model's year."""

from collections.abc import Sequence

from metrics.official.median import KIND
from metrics.official.medians import median_at
from partnerships.models import Partnership
from partnerships.periods import PeriodError, parse
from partnerships.stated import Stated, address_of, figures


@figures(KIND)
def median(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """By indicator and period, of the newest model of neighbours or of the year that is named."""
    if len(parts) != 2:
        return None
    code, last = parts
    period, pinned, year = last.partition("@")
    if pinned and not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    try:
        span = parse(period)
    except PeriodError:
        return None
    address = address_of(KIND, partnership, code, last)
    return median_at(partnership, address, code, span, int(year) if pinned else None)
