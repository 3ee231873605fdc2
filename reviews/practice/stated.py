"""Counts of reviews and themes as figures with addresses.

`review-totals:walsall:2019-20:…:completed`, and `themes:walsall:2019-20:neglect` for in how many
of the reviews a theme came up.
"""

from collections.abc import Sequence
from decimal import Decimal

from partnerships.models import Partnership
from partnerships.stated import Stated, address_of, figures
from reviews.models import PracticeReview, ReviewTotal, ThemeTotal

KIND = "review-totals"
THEMES = "themes"


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


@figures(THEMES)
def find_theme(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """By period and theme."""
    if len(parts) != 2:
        return None
    period, code = parts
    totals = ThemeTotal.objects.filter(theme__partnership=partnership, theme__code=code)
    found = [each for each in totals.select_related("period", "theme") if each.period.key == period]
    return stated_theme(partnership, found[0]) if found else None


def stated_theme(partnership: Partnership, total: ThemeTotal) -> Stated:
    """In how many reviews a theme came up, of how many; `total.theme` and `.period` are read."""
    return Stated(
        address=address_of(THEMES, partnership, total.period.key, total.theme.code),
        about=f"Reviews in which this came up: {total.theme.learning}, {total.period.span.label}",
        value=Decimal(total.value),
        out_of=Decimal(total.reviews),
        note=total.note,
        fact_id=total.fact_id,
        source=total.source,
    )
