"""Everything that blocks print of indicators, and whether their changes are worked out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, Q, QuerySet

from metrics.addresses import WHOLE
from metrics.arithmetic.change import ChangeResult
from metrics.models import Area, Cell, Change, Conflict, Indicator, IndicatorVersion
from metrics.official.comparators import official_beside
from metrics.official.medians import medians_of
from metrics.queries import whole_cells
from metrics.readings import measure_of
from partnerships.models import Partnership
from partnerships.periods import Span
from reports.blocks.data import IndicatorData, Moved, Series, Version
from reports.medians import with_median
from reports.queries.choosing import COMPARATORS, chosen_of, others_of, spans_of
from reports.queries.observations import observation_of

BEING_WORKED_OUT = "The change is being worked out."
CHANGE_FIELDS = (
    "absolute", "percent", "points", "rounding_low", "rounding_high", "low", "high", "p",
    "state", "reason", "caution", "rule",
)  # fmt: skip
_Mention = tuple[int, int, Span]  # dataset, mention, period


@dataclass(frozen=True, slots=True)
class Found:
    """An indicator's data, and whether any of its changes waits to be worked out again."""

    data: IndicatorData
    waiting: bool


class NotSettled(Exception):
    """A sentence for whoever wanted figures of which changes are still being worked out."""


def settled(found: Sequence[Found]) -> tuple[IndicatorData, ...]:
    """The data, once all their changes have been worked out. Raises `NotSettled` before."""
    waiting = [one.data.name for one in found if one.waiting]
    if waiting:
        raise NotSettled(
            f"Changes are still being worked out: {', '.join(waiting)}. "
            "Build the report again when that job has ended."
        )
    return tuple(one.data for one in found)


def indicators_of(
    partnership: Partnership,
    indicators: Sequence[Indicator],
    *,
    within: Span | None = None,
    slice_key: str = WHOLE,
    every_area: bool = False,
) -> list[Found]:
    """The data of indicators at a partnership, in their order; left out are those without any.

    `within` is the period of a report: then no figure is later, and the newest one ends in it
    or says that it is older. Without it the newest figure of all is. `every_area` also gives
    the counts of other areas, which are not to be compared.
    """
    cells = _cells(partnership, indicators, slice_key)
    versions = _versions(partnership, indicators)
    by_indicator: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_indicator[cell.indicator_id].append(cell)
    medians = medians_of(partnership, indicators) if slice_key == WHOLE else {}
    found = []
    for indicator in indicators:
        one = _indicator(indicator, by_indicator[indicator.pk], versions[indicator.pk], within)
        if one is not None:
            one = replace(one, data=with_median(one.data, medians))
            found.append(one if every_area else _compared(one))
    return found


def _cells(partnership: Partnership, indicators: Sequence[Indicator], slice_key: str) -> list[Cell]:
    year_on_year = Change.objects.filter(against=Change.Against.YEAR_BEFORE)
    return list(
        whole_cells()
        .select_related("conflict", "approved__denominator_period")
        .filter(
            Q(dataset__owner=partnership) | official_beside(partnership),
            Q(area__partnership=partnership) | Q(area__kind__in=COMPARATORS),
            indicator__in=indicators,
            slice__key=slice_key,
            approved__isnull=False,
        )
        .prefetch_related(
            Prefetch("changes", queryset=year_on_year, to_attr="year_on_year"),
            Prefetch("preferred_over", queryset=_gave_way()),
        )
        .order_by("period__last", "period__first", "dataset__code", "mention")
    )


def _gave_way() -> QuerySet[Conflict]:
    """Conflicts with all that the figure which gave way is printed from."""
    parts = ("dataset", "indicator", "area", "period", "slice", "approved")
    return Conflict.objects.select_related(*(f"cell__{part}" for part in parts))


def _versions(
    partnership: Partnership, indicators: Sequence[Indicator]
) -> dict[int, list[Version]]:
    rows = IndicatorVersion.objects.filter(
        Q(partnership__isnull=True) | Q(partnership=partnership), indicator__in=indicators
    ).exclude(effect=IndicatorVersion.Effect.CONTINUES)
    found: dict[int, list[Version]] = defaultdict(list)
    for row in rows.order_by("first", "pk"):
        breaks = row.effect == IndicatorVersion.Effect.BREAKS
        found[row.indicator_id].append(Version(row.first, row.words, breaks))
    return found


def _indicator(
    indicator: Indicator, cells: list[Cell], versions: list[Version], within: Span | None
) -> Found | None:
    own = [cell for cell in cells if cell.area.kind == Area.Kind.PARTNERSHIP and _is_owned(cell)]
    chosen = chosen_of(own, within)
    if not chosen:
        return None
    dataset = chosen[-1].dataset
    spans = spans_of([cell.period.span for cell in chosen])
    shown = [cell for cell in chosen if cell.period.span in spans]
    every = {
        (cell.dataset_id, cell.mention, cell.period.span): cell
        for cell in cells
        if cell.area_id == chosen[-1].area_id
    }
    moves = [_moved(cell, every) for cell in shown]
    return Found(
        IndicatorData(
            code=indicator.code,
            name=indicator.name,
            definition=indicator.definition,
            measure=measure_of(indicator),
            disclosive=indicator.disclosive,
            threshold=indicator.threshold,
            spans=spans,
            own=Series(shown[-1].area.name, tuple(map(observation_of, shown)), shown[-1].area.code),
            others=tuple(others_of(cells, dataset, spans)),
            moved=tuple(moves),
            versions=tuple(each for each in versions if _is_between(each, spans)),
            is_older=within is not None and spans[-1].last < within.first,
        ),
        waiting=any(move.change.reason == BEING_WORKED_OUT for move in moves),
    )


def _compared(found: Found) -> Found:
    """Without other areas' counts: a county's beside a country's says nothing."""
    data = found.data
    return found if data.measure.is_ratio else replace(found, data=replace(data, others=()))


def _is_owned(cell: Cell) -> bool:
    return cell.dataset.owner_id is not None


def _moved(cell: Cell, every: dict[_Mention, Cell]) -> Moved:
    """The stored change, if it is of the figures that count now."""
    after = observation_of(cell)
    earlier = every.get((cell.dataset_id, cell.mention, cell.period.span.year_before))
    before = observation_of(earlier) if earlier else None
    row: Change | None = next(iter(cell.year_on_year), None)  # type: ignore[attr-defined]
    of_now = row is not None and (row.to_revision_id, row.from_revision_id) == (
        cell.approved_id,
        earlier.approved_id if earlier else None,
    )
    if row is None or not of_now:
        return Moved(before, after, ChangeResult(reason=BEING_WORKED_OUT))
    return Moved(
        before, after, ChangeResult(**{name: getattr(row, name) for name in CHANGE_FIELDS})
    )


def _is_between(version: Version, spans: tuple[Span, ...]) -> bool:
    """Whether a change of recording falls between the first and the last shown period."""
    return spans[0].first < version.first <= spans[-1].last
