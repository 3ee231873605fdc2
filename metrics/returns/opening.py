"""Opens the return of the quarter that has ended, with dates like those of the quarter before."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from metrics.models import Return
from metrics.owed import expectations_on
from metrics.queries import quarters_to, returns_dataset
from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.models import User
from partnerships.periods import Span

DATES = ("due", "closed_to_new", "closed_to_edits")


def open_returns(*, by: User, at: datetime) -> int:
    """Opens what is to be opened on a day; how many returns. A second time it opens none.

    Each date lies as many days after the end of its quarter as in the return before. Where that
    quarter had no return none is opened: nobody has said yet when returns are due there.
    """
    (ended,) = quarters_to(timezone.localdate(at), 1)
    before = ended.quarter_before
    assert before is not None  # every quarter has one
    earlier = Return.objects.filter(
        period__kind=before.kind, period__first=before.first, period__last=before.last
    ).select_related("dataset__owner", "period")
    return sum(_open(each, ended, by) for each in earlier)


@transaction.atomic
def _open(before: Return, span: Span, by: User) -> bool:
    owner = before.dataset.owner
    assert owner is not None  # returns are of a partnership
    if returns_dataset(owner) != before.dataset:
        return False
    if not expectations_on(owner, on=span.last).exists():
        return False
    dates: dict[str, Any] = {
        name: span.last + (getattr(before, name) - before.period.last) for name in DATES
    }
    # Dates that somebody has given it stay, also those given at this moment.
    made, is_new = Return.objects.get_or_create(
        dataset=before.dataset, period=store_period(span), defaults=dates
    )
    if is_new:
        record(
            by=by,
            verb="return opened",
            subject=f"return:{made.dataset.code}:{span.key}",
            partnership=owner,
            detail={name: f"{day}" for name, day in dates.items()},
        )
    return is_new
