"""Counts of reviews as figures with addresses: `review-totals:walsall:2019-20:…:completed`."""

from collections.abc import Sequence
from decimal import Decimal

from partnerships.models import Partnership
from partnerships.stated import Stated, address_of, figures
from reviews.models import PracticeReview, ReviewTotal

KIND = "review-totals"


@figures(KIND)
def find(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """By period, kind of review and what happened."""
    if len(parts) != 3:
        return None
    period, kind, event = parts
    totals = partnership.review_totals.filter(kind=kind, event=event).select_related("period")
    found = next((total for total in totals if total.period.key == period), None)
    return stated_total(partnership, found) if found else None


def stated_total(partnership: Partnership, total: ReviewTotal) -> Stated:
    """The count; `total.period` is read."""
    kind = PracticeReview.Kind(total.kind).label
    return Stated(
        address=address_of(KIND, partnership, total.period.key, total.kind, total.event),
        about=f"{kind}, {total.get_event_display().lower()}, {total.period.span.label}",
        value=Decimal(total.value),
        note=total.note,
        fact_id=total.fact_id,
        source=total.source,
    )
