"""What the synthetic partnership's agencies owe by category, loaded and entered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from metrics import actions
from metrics.entries import Entry
from metrics.intake import FigureRow, PlaceRow, load_figures
from metrics.models import (
    Area,
    Breakdown,
    Category,
    Cell,
    Dataset,
    Expectation,
    ExpectedBreakdown,
    Indicator,
)
from metrics.owed import Owed
from metrics.queries import quarters_to
from partnerships.calendar import store_period
from partnerships.models import Partnership
from partnerships.periods import Span
from safeguarding.demo.invented_categories import Part, Place, divided, division
from safeguarding.demo.invented_series import drawn, invention
from safeguarding.demo.synthetic import CORRECTED, DATASET, QUARTERS, SLUG, Cast

# Of the newest quarter: those whose categories have come in, and how many of each.
COME_IN = {"contacts": 4, "cpp-open": 5, "referrals": 3}
LEFT_OUT = "police"  # the category that the correction of the quarter before belongs to
MORE = 14

Entries = Mapping[tuple[Place, Span], Entry]


def load_invented_categories(
    cast: Cast, *, folder: Path, today: date, at: datetime
) -> dict[str, int]:
    """Breakdowns that are asked for, with their figures. Loading again changes nothing."""
    parts = division(folder)
    newest, before, *past = quarters = quarters_to(today, QUARTERS)
    entries = divided(parts, drawn(invention(folder), quarters), quarters)
    with transaction.atomic():
        partnership = Partnership.objects.get(slug=SLUG, synthetic=True)
        _ask(partnership, parts)
        counts = load_figures(list(_rows(entries, past)), by=cast.loader, at=at)
        living = _Living(cast, at)
        if not living.has_begun():
            living.enter(entries, parts, newest=newest, before=before)
    return {"figures by category": counts["figures"]} if "figures" in counts else counts


def _ask(partnership: Partnership, parts: Iterable[Part]) -> None:
    for code, breakdown in sorted({(each.code, each.breakdown) for each in parts}):
        expectation = Expectation.objects.get(
            agency__partnership=partnership, indicator__code=code, last__isnull=True
        )
        ExpectedBreakdown.objects.get_or_create(
            expectation=expectation, breakdown=Breakdown.objects.get(code=breakdown)
        )


def _rows(entries: Entries, quarters: Sequence[Span]) -> Iterable[FigureRow]:
    wanted = [each for each in entries.items() if each[0][1] in set(quarters)]
    for line, (((code, breakdown, category), span), entry) in enumerate(wanted, 1):
        key = f"{breakdown}={category}"
        place = PlaceRow(line, DATASET, code, SLUG, span.key, key, 1)
        yield FigureRow(place, value=entry.value)


class _Living:
    """What the demo's people enter and decide, through the actions of the pages."""

    def __init__(self, cast: Cast, at: datetime) -> None:
        self._cast, self._at = cast, at
        self._dataset = Dataset.objects.get(code=DATASET)
        self._area = Area.objects.get(code=SLUG)
        self._indicators = Indicator.objects.in_bulk(field_name="code")

    def has_begun(self) -> bool:
        entered = Cell.objects.filter(dataset=self._dataset, latest__by=self._cast.unit)
        return entered.exclude(slice__key="all").exists()

    def enter(self, entries: Entries, parts: Sequence[Part], *, newest: Span, before: Span) -> None:
        """One quarter approved, with a correction that waits; of the other what has come in."""
        for part in parts:
            place = (part.code, part.breakdown, part.category)
            self._save(place, before, entries[place, before])
            actions.approve(
                cell=self._cell(place, before), seen=1, by=self._cast.approver, at=self._at
            )
            if (part.code, part.category) == (CORRECTED, LEFT_OUT):
                corrected = (entries[place, before].value or Decimal(0)) + MORE
                self._save(place, before, Entry(value=corrected), seen=1, reason="As the total.")
        for code, count in COME_IN.items():
            for part in [each for each in parts if each.code == code][:count]:
                place = (part.code, part.breakdown, part.category)
                self._save(place, newest, entries[place, newest])

    def _save(
        self, place: Place, span: Span, entry: Entry, *, seen: int = 0, reason: str = ""
    ) -> None:
        code, breakdown, category = place
        found = Category.objects.select_related("breakdown").get(
            breakdown__code=breakdown, code=category
        )
        actions.save_entry(
            place=actions.Place(
                dataset=self._dataset,
                indicator=self._indicators[code],
                area=self._area,
                period=store_period(span),
                slice=Owed(self._indicators[code], found).slice(),
            ),
            entry=entry,
            by=self._cast.unit,
            at=self._at,
            seen=seen,
            reason=reason,
        )

    def _cell(self, place: Place, span: Span) -> Cell:
        code, breakdown, category = place
        return Cell.objects.get(
            dataset=self._dataset,
            indicator__code=code,
            period__kind=span.kind,
            period__first=span.first,
            period__last=span.last,
            slice__key=f"{breakdown}={category}",
            mention=1,
        )
