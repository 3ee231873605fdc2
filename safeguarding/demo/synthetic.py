"""The synthetic partnership: five years of invented quarterly returns, the same on every run.

What is drawn, and what is planted in it, is told by `invented_series`. The earlier quarters are
loaded as approved; the last two are entered, approved, sent back and corrected by the demo's
people through the same actions as in the browser, so that each state of a figure can be seen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path

from django.db import transaction

from metrics.actions import Place, approve, save_entry, send_back
from metrics.entries import Entry
from metrics.intake import FigureRow, PlaceRow, load_figures
from metrics.models import (
    Area,
    Cell,
    Dataset,
    Expectation,
    Indicator,
    IndicatorVersion,
    Return,
    Slice,
)
from metrics.queries import quarters_to
from metrics.returns.part_actions import set_dates
from partnerships.calendar import store_period
from partnerships.models import Agency, Partnership, User
from partnerships.periods import Span
from safeguarding.demo.invented_series import Invention, drawn, invention

SLUG = "demoshire"
DATASET = "demoshire-returns"
POLICE = "demoshire-police"
QUARTERS = 21  # five years, and the quarter now being entered
SIXTH = Decimal("0.000001")

# What has come in of the newest quarter: the first is approved, the others wait.
WAITING = ("contacts", "referrals", "section-47-enquiries", "icpc-timely")
SENT_BACK = "cpp-open"
CORRECTED = "referrals"  # in the quarter before; the correction waits for a second person


@dataclass(frozen=True, slots=True)
class Cast:
    """The demo's people who work on the returns."""

    unit: User
    police: User
    approver: User
    loader: User


def load_synthetic(cast: Cast, *, folder: Path, today: date, at: datetime) -> dict[str, int]:
    """Expectations and returns of the synthetic partnership. Loading again changes nothing."""
    invented = invention(folder)
    quarters = quarters_to(today, QUARTERS)
    newest, before, *past = quarters
    figures = drawn(invented, quarters)
    with transaction.atomic():
        partnership = Partnership.objects.get(slug=SLUG, synthetic=True)
        _expect(partnership, invented)
        rows = list(figure_rows(invented, figures, past, dataset=DATASET, area=SLUG))
        counts = load_figures(rows, by=cast.loader, at=at)
        if not Cell.objects.filter(dataset__code=DATASET, latest__by=cast.unit).exists():
            living = _Living(partnership, cast, figures, at)
            living.correct_the_past(invented, past)
            living.enter(invented, newest=newest, before=before)
        _give_dates(newest, today=today, by=cast.unit)
    return counts


def figure_rows(
    invented: Invention,
    figures: Mapping[tuple[str, Span], Entry],
    quarters: Sequence[Span],
    *,
    dataset: str,
    area: str,
) -> Iterator[FigureRow]:
    """The figures of quarters as a file would give them, before anything was corrected."""
    decimals = dict(Indicator.objects.values_list("code", "decimals"))
    for line, (series, span) in enumerate(product(invented.series, quarters), 1):
        place = PlaceRow(line, dataset, series.code, area, span.key, "all", 1)
        entry = figures.get((series.code, span))
        if entry is None:
            missing = invented.planted_in(series, span, "missing")
            reason = missing.words if missing else ""
            yield FigureRow(place, marker="x", marker_reason=reason)
            continue
        corrected = invented.planted_in(series, span, "corrected")
        value = entry.value
        if value is not None and corrected:
            value -= Decimal(round(corrected.amount))
        if entry.numerator is not None and entry.denominator:
            value = (entry.numerator * 100 / entry.denominator).quantize(SIXTH, ROUND_HALF_UP)
        yield FigureRow(
            place,
            value=value,
            numerator=entry.numerator,
            denominator=entry.denominator,
            decimals=decimals[series.code],
            marker=entry.marker,
            marker_reason=entry.marker_reason,
            flags="p" if invented.planted_in(series, span, "provisional") else "",
        )


def _expect(partnership: Partnership, invented: Invention) -> None:
    """Who supplies what, and the changes of counting that are planted."""
    first = date(2020, 4, 1)
    indicators = Indicator.objects.in_bulk(field_name="code")
    agencies = Agency.objects.filter(partnership=partnership).select_related("organisation")
    by_slug = {each.organisation.slug: each for each in agencies}
    for series in invented.series:
        Expectation.objects.get_or_create(
            agency=by_slug[series.agency], indicator=indicators[series.code], first=first
        )
    for planted in invented.planted:
        if planted.kind == "break":
            IndicatorVersion.objects.get_or_create(
                indicator=indicators[planted.subject],
                partnership=partnership,
                first=planted.first.first,
                defaults={"effect": IndicatorVersion.Effect.BREAKS, "words": planted.words},
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


class _Living:
    """What the demo's people do with the returns, through the actions of the pages."""

    def __init__(
        self,
        partnership: Partnership,
        cast: Cast,
        figures: Mapping[tuple[str, Span], Entry],
        at: datetime,
    ) -> None:
        self._cast, self._figures, self._at = cast, figures, at
        self._dataset = Dataset.objects.get(code=DATASET)
        self._area = Area.objects.get(partnership=partnership)
        self._whole = Slice.objects.get(key="all")
        self._indicators = Indicator.objects.in_bulk(field_name="code")

    def correct_the_past(self, invented: Invention, quarters: Sequence[Span]) -> None:
        """Figures that were wrong when they came in, put right by two people."""
        for series, span in product(invented.series, quarters):
            planted = invented.planted_in(series, span, "corrected")
            if planted:
                self._save(series.code, span, seen=1, reason=planted.words)
                self._approve(series.code, span, seen=2)

    def enter(self, invented: Invention, *, newest: Span, before: Span) -> None:
        """The last two quarters: one approved whole, the other in all its states."""
        for series in invented.series:
            if (series.code, before) in self._figures:
                by = self._cast.police if series.agency == POLICE else self._cast.unit
                self._save(series.code, before, by=by)
                self._approve(series.code, before)
        for code in WAITING:  # the others have not come in yet
            self._save(code, newest)
        self._approve(WAITING[0], newest)
        self._save(SENT_BACK, newest)
        send_back(
            cell=self._cell(SENT_BACK, newest),
            seen=1,
            by=self._cast.approver,
            at=self._at,
            reason="This looks like the number on another day. The return asks for the last day "
            "of the quarter. Please check.",
        )
        corrected = self._figures[CORRECTED, before].value
        assert corrected is not None
        self._save(
            CORRECTED,
            before,
            entry=Entry(value=corrected + 14),
            seen=1,
            reason="Fourteen referrals from one week had been left out of the extract.",
        )

    def _save(
        self,
        code: str,
        span: Span,
        *,
        by: User | None = None,
        entry: Entry | None = None,
        seen: int = 0,
        reason: str = "",
    ) -> None:
        place = Place(
            dataset=self._dataset,
            indicator=self._indicators[code],
            area=self._area,
            period=store_period(span),
            slice=self._whole,
        )
        entry = entry or self._figures[code, span]
        by = by or self._cast.unit
        save_entry(place=place, entry=entry, by=by, at=self._at, seen=seen, reason=reason)

    def _approve(self, code: str, span: Span, *, seen: int = 1) -> None:
        approve(cell=self._cell(code, span), seen=seen, by=self._cast.approver, at=self._at)

    def _cell(self, code: str, span: Span) -> Cell:
        return Cell.objects.get(
            dataset=self._dataset,
            indicator__code=code,
            period__kind=span.kind,
            period__first=span.first,
            period__last=span.last,
            slice=self._whole,
            mention=1,
        )
