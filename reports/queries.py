"""Reads for blocks: the figures of indicators at one partnership, with comparators and changes.

A handful of queries for any number of indicators; everything else is choosing among rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, Q, QuerySet

from metrics.addresses import WHOLE, Address
from metrics.arithmetic.change import ChangeResult
from metrics.models import Area, Cell, Change, Conflict, Dataset, Indicator, IndicatorVersion
from metrics.official.comparators import official_beside
from metrics.official.medians import medians_of
from metrics.queries import whole_cells
from metrics.readings import measure_of, reading_of
from partnerships.models import Partnership
from partnerships.periods import Kind, Span, day
from reports.blocks.data import (
    IndicatorData,
    Instead,
    Moved,
    Observation,
    Series,
    Source,
    Version,
)
from reports.medians import with_median

MOST_PERIODS = 13  # three years of quarters and the one before
BEING_WORKED_OUT = "The change is being worked out."

COMPARATORS = (Area.Kind.NEIGHBOURS, Area.Kind.SUB_REGION, Area.Kind.REGION, Area.Kind.COUNTRY)
# Of several kinds of period that end in a report's year, the first one here is its own.
KINDS = (
    Kind.YEAR, Kind.SNAPSHOT, Kind.ACADEMIC_YEAR, Kind.CALENDAR_YEAR, Kind.ROLLING_YEAR,
    Kind.SPAN, Kind.HALF_YEAR, Kind.QUARTER, Kind.MONTH,
)  # fmt: skip
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
    chosen = _chosen(own, within)
    if not chosen:
        return None
    dataset = chosen[-1].dataset
    spans = _spans([cell.period.span for cell in chosen])
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
            others=tuple(_others(cells, dataset, spans)),
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


def _chosen(own: list[Cell], within: Span | None) -> list[Cell]:
    """One dataset's figures of one kind of period, oldest first, one for each period."""
    if within is not None:
        own = [cell for cell in own if cell.period.last <= within.last]
    ending = [cell for cell in own if within and cell.period.last >= within.first]
    if ending:
        # A period of another kind with a number says more than one with words or a marker only.
        ending = [cell for cell in ending if _has_number(cell)] or ending
        kind = min((Kind(cell.period.kind) for cell in ending), key=KINDS.index)
    else:
        whole = [cell for cell in own if _is_whole(cell)]
        if not whole:
            return []
        # The newest; of those that end on one day the finest, which says most.
        newest = max(whole, key=lambda cell: (cell.period.last, cell.period.first))
        kind = Kind(newest.period.kind)
    own = [cell for cell in own if cell.period.kind == kind]
    # Returns count before printed reports where both give the newest figure.
    newest = max(own, key=lambda cell: (cell.period.last, cell.dataset.kind == "returns"))
    return one_each(cell for cell in own if cell.dataset_id == newest.dataset_id)


def _has_number(cell: Cell) -> bool:
    return cell.approved is not None and cell.approved.value is not None


def _is_whole(cell: Cell) -> bool:
    """Not a year of which only some quarters have come in, or none with a number."""
    assert cell.approved is not None
    return not cell.derived or (
        cell.approved.value is not None and cell.approved.parts == cell.approved.parts_of
    )


def one_each(cells: Iterable[Cell]) -> list[Cell]:
    """Of further mentions of one figure the preferred one, else the first."""
    by_span: dict[Span, Cell] = {}
    for cell in sorted(cells, key=lambda cell: (_gives_way(cell), cell.mention)):
        by_span.setdefault(cell.period.span, cell)
    return sorted(by_span.values(), key=lambda cell: (cell.period.last, cell.period.first))


def _gives_way(cell: Cell) -> bool:
    return getattr(cell, "conflict", None) is not None


def _spans(found: list[Span]) -> tuple[Span, ...]:
    """The periods to show: the newest ones, with those that are missing in between."""
    newest, oldest = found[-1], found[0]
    if newest.kind not in {Kind.QUARTER, Kind.YEAR, Kind.ACADEMIC_YEAR, Kind.CALENDAR_YEAR}:
        return tuple(found[-MOST_PERIODS:])
    spans = [newest]
    while spans[0].last > oldest.last and len(spans) < MOST_PERIODS:
        spans.insert(0, spans[0].quarter_before or spans[0].year_before)
    return tuple(spans)


def _others(cells: list[Cell], dataset: Dataset, spans: tuple[Span, ...]) -> Iterator[Series]:
    """Comparators of the shown periods: from the same source, else from official statistics."""
    by_area: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.area.kind != Area.Kind.PARTNERSHIP and cell.period.span in spans:
            by_area[cell.area_id].append(cell)
    areas = sorted(
        by_area.values(),
        key=lambda found: (COMPARATORS.index(Area.Kind(found[0].area.kind)), found[0].area.name),
    )
    for found in areas:
        same = [cell for cell in found if cell.dataset_id == dataset.pk]
        official = [cell for cell in found if cell.dataset.kind == Dataset.Kind.OFFICIAL]
        shown = one_each(same or official)
        if shown:
            area = shown[0].area
            place = COMPARATORS.index(Area.Kind(area.kind))
            yield Series(area.name, tuple(map(observation_of, shown)), area.code, place, area.kind)


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


def observation_of(cell: Cell) -> Observation:
    """The approved figure of a cell that has one (`metrics.queries.whole_cells`)."""
    return replace(_bare(cell), notes=tuple(_notes(cell)), instead=tuple(_instead(cell)))


def _bare(cell: Cell) -> Observation:
    """The same without what stands beneath it."""
    revision = cell.approved
    assert revision is not None
    return Observation(
        address=Address.of(cell, revision.number).text,
        span=cell.period.span,
        area=cell.area.name,
        source=source_of(cell.dataset),
        reading=reading_of(revision),
        public_since=revision.public_since,
    )


def _instead(cell: Cell) -> Iterator[Instead]:
    """The figures that gave way to this one, those in its own measure."""
    for conflict in cell.preferred_over.all():
        if conflict.cell.indicator_id == cell.indicator_id and conflict.cell.approved is not None:
            yield Instead(_bare(conflict.cell), _sentence(conflict.rule))


def only_figure(cell: Cell) -> IndicatorData:
    """An indicator of which nothing but the figure of one cell is told."""
    indicator, seen = cell.indicator, observation_of(cell)
    return IndicatorData(
        code=indicator.code,
        name=indicator.name,
        definition=indicator.definition,
        measure=measure_of(indicator),
        disclosive=indicator.disclosive,
        threshold=indicator.threshold,
        spans=(seen.span,),
        own=Series(cell.area.name, (seen,), cell.area.code),
    )


def sources_of(partnership: Partnership) -> dict[str, Source]:
    """The datasets of a partnership, as readers are told of them, by code."""
    return {dataset.code: source_of(dataset) for dataset in partnership.datasets.all()}


def source_of(dataset: Dataset) -> Source:
    """A dataset as readers are told of it."""
    return Source(
        code=dataset.code,
        title=dataset.title,
        publisher=dataset.publisher,
        published=day(dataset.published) if dataset.published else dataset.published_words,
        url=dataset.url,
        official=dataset.kind == Dataset.Kind.OFFICIAL,
    )


def _notes(cell: Cell) -> Iterator[str]:
    """What is printed beneath a figure, each a sentence of its own."""
    revision = cell.approved
    assert revision is not None
    if revision.marker_reason:
        yield _sentence(revision.marker_reason)
    if revision.note:
        yield _sentence(revision.note)
    if revision.denominator_period is not None:
        yield f"The denominator is that of {revision.denominator_period.span.label}."
    for conflict in cell.preferred_over.all():
        if conflict.cell.indicator_id != cell.indicator_id:
            yield f"The source also says this in another measure. {_sentence(conflict.rule)}"
    decision = getattr(revision, "decision", None)
    if decision is not None and decision.own_entry:
        yield f"Approved by the person who entered it: {_sentence(decision.reason)}"


def _is_between(version: Version, spans: tuple[Span, ...]) -> bool:
    """Whether a change of recording falls between the first and the last shown period."""
    return spans[0].first < version.first <= spans[-1].last


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
