"""Figures that nobody who is asked for them can supply at present: they are not missed."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from metrics.models import CannotSupply
from metrics.owed import expectations_on
from partnerships.models import Agency, Partnership
from partnerships.periods import Span, day


def said_on(on: date) -> Q:
    """What stands on a day of what agencies said that they cannot supply."""
    return Q(first__lte=on, until__gte=on, taken_back_at__isnull=True)


def excused_on(
    partnership: Partnership,
    span: Span,
    *,
    on: date,
    agencies: Collection[Agency] | None = None,
) -> dict[int, CannotSupply]:
    """By the id of the indicator, what one of those who owe it to a quarter said; two queries.

    An indicator that several of `agencies` are asked for is excused when all of them are.
    """
    standing = expectations_on(partnership, on=span.last, agencies=agencies)
    asked: dict[int, set[int]] = defaultdict(set)
    for agency, indicator in standing.values_list("agency", "indicator"):
        asked[indicator].add(agency)
    said: dict[int, dict[int, CannotSupply]] = defaultdict(dict)
    for each in CannotSupply.objects.filter(said_on(on), agency__partnership=partnership):
        said[each.indicator_id][each.agency_id] = each
    return {
        indicator: next(said[indicator][agency] for agency in sorted(of_agencies))
        for indicator, of_agencies in asked.items()
        if indicator in said and of_agencies <= set(said[indicator])
    }


def until_and_why(said: CannotSupply) -> str:
    return f"Until {day(said.until)}: {said.because}"


def entered_in_words(entered: int, total: int, excused: int) -> str:
    """How far a return is: 58 of 64 entered, 2 cannot be supplied."""
    words = f"{entered} of {total} entered"
    return f"{words}, {excused} cannot be supplied" if excused else words
