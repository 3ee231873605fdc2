"""The synthetic partnership's targets: invented, entered by the demo's unit.

About the shares that the figures are drawn for, so that they differ in what they make of them; one
has ended. Loading again changes nothing.
"""

from datetime import date, datetime
from decimal import Decimal

from metrics.models import Indicator
from metrics.targets.actions import TargetWords, set_target
from partnerships.models import Partnership, User
from partnerships.periods import Kind, Span

SOURCE = "Invented for the demonstration: contract indicators from {year}."
# Indicator, target, tolerance, failure zone.
TARGETS = (
    ("assessments-in-45-days-share", "75", "70", "60"),
    ("re-referral-share", "18", "20", "25"),
    ("icpc-timely", "95", "92", "90"),
)
BEFORE = ("icpc-timely", "80", "75", None)  # what held until the newest set began


Levels = tuple[str, str, str, str | None]


def load_invented_targets(partnership: Partnership, *, by: User, today: date, at: datetime) -> int:
    """How many were set: none where the partnership has targets."""
    if partnership.targets.exists():
        return 0
    year = Span.containing(Kind.YEAR, today).year_before
    older = year.year_before
    wanted: list[tuple[Levels, Span, bool]] = [(BEFORE, older, True)]
    wanted += [(levels, year, False) for levels in TARGETS]
    for (code, value, tolerance, failure), span, ends in wanted:
        words = TargetWords(
            first=span.first,
            last=span.last if ends else None,
            value=Decimal(value),
            tolerance=Decimal(tolerance),
            failure=Decimal(failure) if failure else None,
            period_kind=Kind.QUARTER.value,
            source=SOURCE.format(year=span.label),
        )
        indicator = Indicator.objects.get(code=code)
        set_target(partnership=partnership, indicator=indicator, words=words, by=by, at=at)
    return len(wanted)
