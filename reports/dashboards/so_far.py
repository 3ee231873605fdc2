"""The year so far, beside the same quarters of the year before."""

from metrics.addresses import WHOLE
from metrics.arithmetic.reading import Reading
from metrics.arithmetic.rollup import QUARTERS, to_date
from metrics.models import Cell, Dataset, Indicator
from metrics.readings import measure_of, reading_of
from metrics.wording import value_words
from partnerships.models import Partnership
from partnerships.periods import Kind, Span, financial_year, financial_year_of, quarter


def so_far(partnership: Partnership, indicator: Indicator) -> str:
    """A sentence about the newest year where some of its quarters are still to come.

    Empty where the year is whole, or quarters do not make a year. Out of approved figures of
    returns, by the same rule as the year itself.
    """
    by_span = _quarters(partnership, indicator)
    if not by_span:
        return ""
    start = financial_year_of(max(span.first for span in by_span))
    this_year = [by_span.get(quarter(start, number)) for number in range(1, QUARTERS + 1)]
    before = [by_span.get(quarter(start - 1, number)) for number in range(1, QUARTERS + 1)]
    measure = measure_of(indicator)
    found = to_date(this_year, before, measure)
    if found is None or this_year[-1] is not None:
        return ""
    now, then = (value_words(each, measure) for each in found)
    last = max(number for number, each in enumerate(this_year, start=1) if each is not None)
    until = "Q1" if last == 1 else f"Q1 to Q{last}"
    years = (financial_year(start).label, financial_year(start - 1).label)
    return f"{years[0]} so far ({until}): {now}. The same in {years[1]}: {then}."


def _quarters(partnership: Partnership, indicator: Indicator) -> dict[Span, Reading]:
    cells = Cell.objects.filter(
        dataset__owner=partnership,
        dataset__kind=Dataset.Kind.RETURNS,
        indicator=indicator,
        area__partnership=partnership,
        slice__key=WHOLE,
        mention=1,
        period__kind=Kind.QUARTER,
        approved__isnull=False,
    ).select_related("approved", "period")
    newest = cells.order_by("-period__last")[: 2 * QUARTERS]
    return {each.period.span: reading_of(each.approved) for each in newest if each.approved}
