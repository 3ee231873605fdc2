"""Periods as rows: finding them by key, and storing them with their links to a year before."""

from django.db import transaction

from partnerships.models import Period
from partnerships.periods import PeriodError, Span, parse


def store_period(span: Span) -> Period:
    """The row of a period, made where it is missing and linked to its neighbours in time.

    `year_before` is set on the row where that period is stored already, and on the row of
    the year after, so that the order of loading does not matter.
    """
    # A period that is there needs no transaction, which on SQLite would wait for whoever writes.
    return _stored(span) or _made(span)


@transaction.atomic
def _made(span: Span) -> Period:
    period, made = Period.objects.get_or_create(
        kind=span.kind.value, first=span.first, last=span.last
    )
    if not made:
        return period
    period.year_before = _stored(span.year_before)
    period.save(update_fields=["year_before"])
    for later in Period.objects.filter(kind=span.kind, last__year=span.last.year + 1):
        if later.span.year_before == span:
            later.year_before = period
            later.save(update_fields=["year_before"])
    return period


def _stored(span: Span) -> Period | None:
    return Period.objects.filter(kind=span.kind, first=span.first, last=span.last).first()


def find_period(key: str) -> Period | None:
    """The stored period of a key such as `2019-20-q3`; none where it is unknown or no key."""
    try:
        return _stored(parse(key))
    except PeriodError:
        return None
