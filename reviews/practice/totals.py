"""Counts of reviews as a source prints them."""

from typing import Any

from django.db import transaction

from partnerships.audit import record
from partnerships.models import Partnership, Period, User
from reviews.models import PracticeReview, ReviewTotal


def save_total(
    *,
    partnership: Partnership,
    kind: PracticeReview.Kind,
    event: ReviewTotal.Event,
    period: Period,
    value: int,
    note: str = "",
    fact_id: str = "",
    source: str = "",
    by: User,
) -> ReviewTotal:
    """Keeps a count; saying the same again changes nothing."""
    keys: dict[str, Any] = {
        "partnership": partnership,
        "kind": kind,
        "event": event,
        "period": period,
    }
    values: dict[str, Any] = {"value": value, "note": note, "fact_id": fact_id, "source": source}
    with transaction.atomic():
        total = ReviewTotal.objects.filter(**keys).first()
        if total and all(getattr(total, name) == each for name, each in values.items()):
            return total
        total, made = ReviewTotal.objects.update_or_create(**keys, defaults=values)
        record(
            by=by,
            verb="count of reviews added" if made else "count of reviews changed",
            subject=f"review-total:{partnership.slug}:{kind}:{event}:{period.key}",
            partnership=partnership,
            detail={"value": value},
        )
    return total
