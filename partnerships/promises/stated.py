"""Figures of this room that have an address: single figures, and how many promises ended how."""

from collections.abc import Sequence

from partnerships.models import Partnership
from partnerships.periods import PeriodError, parse
from partnerships.promises.queries import promises_of, stated_of
from partnerships.stated import Stated, figures


@figures("named")
def named(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """`named:walsall:statutory-partners`; none where words stand for a number."""
    if len(parts) != 1:
        return None
    found = partnership.named_figures.select_related("period").filter(code=parts[0]).first()
    return stated_of(found, partnership) if found else None


@figures("promises")
def promises(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """`promises:walsall:2020-21:kept`: of what was promised for a year, how many ended so."""
    if len(parts) != 2:
        return None
    try:
        year = parse(parts[0])
    except PeriodError:
        return None
    counts = {outcome.value: stated for outcome, stated in promises_of(partnership, year).counts}
    return counts.get(parts[1])
