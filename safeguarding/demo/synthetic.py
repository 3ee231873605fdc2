"""A synthetic partnership: invented quarterly returns, the same on every run.

What is drawn, and what is planted in it, is told by `invented_series`. The earlier quarters are
loaded as approved; the last two are entered, submitted, approved, sent back and corrected by the
demo's people (`invented_living`), so that each state of a figure and of a part can be seen.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path

from django.db import transaction

from metrics.addresses import WHOLE
from metrics.entries import Entry
from metrics.intake.figures import load_figures
from metrics.intake.rows import FigureRow, PlaceRow
from metrics.models import (
    Breakdown,
    Cell,
    Dataset,
    Expectation,
    ExpectedBreakdown,
    Indicator,
    IndicatorVersion,
)
from metrics.queries import quarters_to
from partnerships.models import Agency, Partnership
from partnerships.periods import Span
from safeguarding.demo.invented_categories import Part, Place, divided, division
from safeguarding.demo.invented_events import living_of
from safeguarding.demo.invented_living import ENTERED, Cast, Living, usual_day
from safeguarding.demo.invented_series import SEED, Invention, drawn, invention
from safeguarding.demo.invented_words import enter_words

LONGEST = 80  # quarters that are looked back over for the first one
ENTERED_BY_HAND = 2  # the newest quarters, which the demo's people enter
SIXTH = Decimal("0.000001")


def load_synthetic(
    partnership: Partnership, cast: Cast, *, folder: Path, today: date, at: datetime
) -> dict[str, int]:
    """Expectations and returns of a synthetic partnership; how many figures were loaded.

    Where it has figures already nothing is loaded: people may have worked on them since. `folder`
    holds `series.csv`, `planted.csv` and `living.csv`, and where figures come by category or with
    words, `categories.csv` and `words.csv`.
    """
    invented, parts = invention(folder), division(folder)
    happened = living_of(folder, invented)
    quarters = invented.since_begun(quarters_to(today, LONGEST))
    slug = partnership.slug
    figures = drawn(invented, quarters, seed=f"{SEED}-{slug}")
    by_category = divided(parts, figures, quarters)
    counts = {"added": 0, "changed": 0}
    with transaction.atomic():
        dataset = Dataset.objects.get(owner=partnership, kind=Dataset.Kind.RETURNS)
        _expect(partnership, invented)
        _ask_by_category(partnership, parts)
        if Cell.objects.filter(dataset=dataset).exists():
            return counts
        past = quarters[ENTERED_BY_HAND:]
        for span in past:
            wholes = figure_rows(invented, figures, [span], dataset=dataset.code, area=slug)
            rows = [*wholes, *_category_rows(by_category, span, dataset=dataset.code, area=slug)]
            came = min(usual_day(span, ENTERED), at)
            counts["added"] += load_figures(rows, by=cast.loader, at=came)["added"]
        enter_words(dataset, cast, quarters, folder=folder, at=at)
        living = Living(dataset, cast, invented, figures, by_category, quarters, today=today, at=at)
        living.correct_the_past(past)
        living.close_the_past(past)
        living.play(happened)
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
        place = PlaceRow(line, dataset, series.code, area, span.key, WHOLE, 1)
        entry = figures.get((series.code, span))
        if entry is None:
            if invented.planted_in(series, span, "unsent"):
                continue
            missing = invented.planted_in(series, span, "missing")
            reason = missing.words if missing else ""
            yield FigureRow(place, marker="x", marker_reason=reason)
            continue
        later = invented.changed_later(series, span)
        value = entry.value
        if value is not None and later:
            value -= Decimal(round(later.amount))
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
            flags="p" if invented.is_provisional(series, span) else "",
        )


def _category_rows(
    by_category: Mapping[tuple[Place, Span], Entry], span: Span, *, dataset: str, area: str
) -> Iterator[FigureRow]:
    """The figures of one quarter by category, as a file would give them."""
    wanted = [(place, entry) for (place, when), entry in by_category.items() if when == span]
    for line, ((code, breakdown, category), entry) in enumerate(wanted, 1):
        slice_key = f"{breakdown}={category}"
        place = PlaceRow(line, dataset, code, area, span.key, slice_key, 1)
        yield FigureRow(place, value=entry.value)


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


def _ask_by_category(partnership: Partnership, parts: Sequence[Part]) -> None:
    for code, breakdown in sorted({(each.code, each.breakdown) for each in parts}):
        expectation = Expectation.objects.get(
            agency__partnership=partnership, indicator__code=code, last__isnull=True
        )
        ExpectedBreakdown.objects.get_or_create(
            expectation=expectation, breakdown=Breakdown.objects.get(code=breakdown)
        )
