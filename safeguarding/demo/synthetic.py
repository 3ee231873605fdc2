"""The synthetic partnership: a few years of invented quarterly returns, the same on every run.

Everything is drawn from one seed. The earlier quarters are loaded as approved; the last two
are entered, approved, sent back and corrected by the demo's people through the same actions
as in the browser, so that each state of a figure can be seen.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from metrics.actions import Place, approve, save_entry, send_back
from metrics.entries import Entry
from metrics.intake import FigureRow, PlaceRow, load_figures
from metrics.models import Area, Cell, Dataset, Expectation, Indicator, Return, Slice
from metrics.queries import quarters_to
from metrics.returns.part_actions import set_dates
from partnerships.calendar import store_period
from partnerships.models import Agency, Partnership, User
from partnerships.periods import Span

SLUG = "demoshire"
DATASET = "demoshire-returns"
SEED = 2026
QUARTERS = 13  # three years, and the quarter now being entered


@dataclass(frozen=True, slots=True)
class Invented:
    """How one indicator's figures are invented: about how many a quarter, and which way it goes."""

    code: str
    agency: str  # the word in the organisation's slug
    level: float
    trend: float  # a quarter
    whole: float = 0  # the denominator of a percentage; 0 for a count


INVENTED = (
    Invented("contacts", "council", 2450, 0.010),
    Invented("referrals", "council", 1085, -0.022),
    Invented("section-47-enquiries", "council", 310, -0.005),
    Invented("icpc-timely", "council", 98, 0.004, whole=118),
    Invented("cpp-open", "council", 240, -0.006),
    Invented("children-in-care", "council", 655, 0.004),
    Invented("police-child-abuse-crimes", "police", 330, 0.012),
    Invented("children-missing", "police", 96, 0.030),
    Invented("assessments", "council", 1010, -0.018),
    Invented("icpc-children", "council", 190, -0.004),
    Invented("icpc-to-plan-children", "council", 140, -0.004),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The demo's people who work on the returns."""

    unit: User
    police: User
    approver: User
    loader: User


def load_synthetic(cast: Cast, *, today: date, at: datetime) -> dict[str, int]:
    """Expectations and returns of the synthetic partnership. Loading again changes nothing."""
    with transaction.atomic():
        partnership = Partnership.objects.get(slug=SLUG, synthetic=True)
        _expect(partnership)
        quarters = quarters_to(today, QUARTERS)
        counts = load_figures(list(_past(partnership, quarters[2:])), by=cast.loader, at=at)
        if not Cell.objects.filter(dataset__code=DATASET, latest__by=cast.unit).exists():
            _enter(partnership, cast, newest=quarters[0], before=quarters[1], at=at)
        _give_dates(quarters[0], today=today, by=cast.unit)
    return counts


def figure(invented: Invented, span: Span) -> Entry:
    """The invented figure of a quarter; the same for the same quarter whenever it is asked."""
    chance = random.Random(f"{SEED} {invented.code} {span.key}")  # noqa: S311  (not for secrets)
    since = (span.first.year - 2020) * 4 + span.first.month // 3
    level = invented.level * (1 + invented.trend) ** (since - 20)
    season = {4: 1.02, 7: 0.94, 10: 1.03, 1: 1.01}[span.first.month]
    count = _near(chance, level * (season if not invented.whole else 1))
    if not invented.whole:
        return Entry(value=count)
    whole = max(_near(chance, invented.whole), count)
    return Entry(numerator=count, denominator=whole)


def _near(chance: random.Random, level: float) -> Decimal:
    """A count near a level, spread about as wide as chance spreads counts."""
    return max(
        Decimal(0),
        Decimal(chance.gauss(level, level**0.5)).quantize(Decimal(1), ROUND_HALF_UP),
    )


def _expect(partnership: Partnership) -> None:
    first = date(2020, 4, 1)
    for invented in INVENTED:
        agency = Agency.objects.filter(
            partnership=partnership, organisation__slug__contains=invented.agency
        ).first()
        assert agency is not None, f"{SLUG} has no agency {invented.agency}"
        Expectation.objects.get_or_create(
            agency=agency, indicator=Indicator.objects.get(code=invented.code), first=first
        )


def _past(partnership: Partnership, quarters: Sequence[Span]) -> Iterator[FigureRow]:
    line = 0
    for invented in INVENTED:
        indicator = Indicator.objects.get(code=invented.code)
        for span in quarters:
            line += 1
            entry = figure(invented, span)
            value = entry.value
            if entry.numerator is not None and entry.denominator:
                value = (entry.numerator * 100 / entry.denominator).quantize(
                    Decimal("0.000001"), ROUND_HALF_UP
                )
            yield FigureRow(
                place=PlaceRow(
                    line, DATASET, invented.code, partnership.area.code, span.key, "all", 1
                ),
                value=value,
                numerator=entry.numerator,
                denominator=entry.denominator,
                decimals=indicator.decimals,
            )


def _enter(
    partnership: Partnership, cast: Cast, *, newest: Span, before: Span, at: datetime
) -> None:
    """The last two quarters, by people: one approved whole, the other in all its states."""
    for invented in INVENTED:
        by = cast.police if invented.agency == "police" else cast.unit
        _save(partnership, invented, before, by, at)
        approve(cell=_cell(invented, before), seen=1, by=cast.approver, at=at)
    waiting, sent = INVENTED[:4], INVENTED[4]  # the others have not come in yet
    for invented in waiting:
        _save(partnership, invented, newest, cast.unit, at)
    approve(cell=_cell(waiting[0], newest), seen=1, by=cast.approver, at=at)
    _save(partnership, sent, newest, cast.unit, at)
    send_back(
        cell=_cell(sent, newest),
        seen=1,
        by=cast.approver,
        at=at,
        reason="This looks like the number on another day. The return asks for the last day of "
        "the quarter. Please check.",
    )
    corrected = figure(INVENTED[1], before).value
    assert corrected is not None
    _save(
        partnership,
        INVENTED[1],
        before,
        cast.unit,
        at,
        value=corrected + 14,
        seen=1,
        reason="Fourteen referrals from one week had been left out of the extract.",
    )


def _give_dates(newest: Span, *, today: date, by: User) -> None:
    """The quarter now being entered is due in a week, whenever the demo is first loaded."""
    dataset = Dataset.objects.get(code=DATASET)
    if not Return.objects.filter(dataset=dataset, period=store_period(newest)).exists():
        set_dates(
            dataset=dataset,
            span=newest,
            due=today + timedelta(weeks=1),
            closed_to_new=today + timedelta(weeks=4),
            closed_to_edits=today + timedelta(weeks=8),
            by=by,
        )


def _save(
    partnership: Partnership,
    invented: Invented,
    span: Span,
    by: User,
    at: datetime,
    *,
    value: Decimal | None = None,
    seen: int = 0,
    reason: str = "",
) -> None:
    place = Place(
        dataset=Dataset.objects.get(code=DATASET),
        indicator=Indicator.objects.get(code=invented.code),
        area=Area.objects.get(partnership=partnership),
        period=store_period(span),
        slice=Slice.objects.get(key="all"),
    )
    entry = Entry(value=value) if value is not None else figure(invented, span)
    save_entry(place=place, entry=entry, by=by, at=at, seen=seen, reason=reason)


def _cell(invented: Invented, span: Span) -> Cell:
    return Cell.objects.get(
        dataset__code=DATASET,
        indicator__code=invented.code,
        period__kind=span.kind,
        period__first=span.first,
        period__last=span.last,
        slice__key="all",
        mention=1,
    )
