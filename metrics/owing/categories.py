"""The verb that asks for a figure by other categories than before."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from metrics.models import Breakdown, Expectation
from metrics.owing.asking import MEANWHILE, as_it_stands, codes, divide, hold, record_asking
from metrics.owing.effects import Days, must_divide
from metrics.owing.queries import as_seen, first_quarter, last_quarter
from partnerships.models import User
from partnerships.periods import Span
from partnerships.refusals import Overtaken, Refused


def change_categories(
    *,
    asking: Expectation,
    breakdowns: Sequence[Breakdown],
    first: Span,
    seen: str,
    by: User,
    at: datetime,
) -> Expectation:
    """Asks for a figure by these categories from a quarter on; earlier returns stay as they are.

    What was asked for ends with the quarter before and one like it follows, unless it begins with
    that quarter itself. `seen` is what the person had in front of them (`as_seen`). Raises
    `Refused`, `Overtaken`.
    """
    try:
        with transaction.atomic():
            hold(asking.agency)
            found = as_it_stands(asking)
            if as_seen(found) != seen:
                raise Overtaken
            before = [each.breakdown for each in found.breakdowns.select_related("breakdown")]
            if set(before) == set(breakdowns):
                raise Refused("Tick other categories than are asked for now.", "breakdowns")
            _must_hold_in(found, first)
            days = Days(first.first, found.last)
            must_divide(found, days, before, breakdowns, on=timezone.localdate(at))
            made = _divided(found, breakdowns, first)
            record_asking(
                made,
                "categories of a figure changed",
                by,
                first=str(first.first),
                breakdowns=codes(breakdowns),
                before=codes(before),
            )
            return made
    except IntegrityError as error:
        raise Refused(MEANWHILE.format(agency=asking.agency.organisation)) from error


def _divided(found: Expectation, breakdowns: Iterable[Breakdown], first: Span) -> Expectation:
    """The same figure by other categories from a quarter on."""
    if first == first_quarter(found):
        found.breakdowns.all().delete()
        divide(found, breakdowns)
        return found
    last, found.last = found.last, first.first - timedelta(days=1)
    found.save(update_fields=["last"])
    made = Expectation.objects.create(
        agency=found.agency, indicator=found.indicator, first=first.first, last=last
    )
    divide(made, breakdowns)
    return made


def _must_hold_in(asked: Expectation, first: Span) -> None:
    if first.last < asked.first:
        raise Refused(f"Choose {first_quarter(asked).label} or a later return.", "first")
    last = last_quarter(asked)
    if last is not None and first.first > last.last:
        raise Refused(
            f"The return for {last.label} is the last one that asks for it. Choose that or an "
            "earlier one.",
            "first",
        )
