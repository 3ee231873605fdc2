"""Which of the rows of an indicator are shown: one figure for each period, and comparators."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from metrics.models import Area, Cell, Dataset
from partnerships.periods import Kind, Span
from reports.blocks.data import Series
from reports.queries.observations import observation_of

MOST_PERIODS = 13  # three years of quarters and the one before
COMPARATORS = (Area.Kind.NEIGHBOURS, Area.Kind.SUB_REGION, Area.Kind.REGION, Area.Kind.COUNTRY)
# Of several kinds of period that end in a report's year, the first one here is its own.
KINDS = (
    Kind.YEAR, Kind.SNAPSHOT, Kind.ACADEMIC_YEAR, Kind.CALENDAR_YEAR, Kind.ROLLING_YEAR,
    Kind.SPAN, Kind.HALF_YEAR, Kind.QUARTER, Kind.MONTH,
)  # fmt: skip


def chosen_of(own: list[Cell], within: Span | None) -> list[Cell]:
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


def one_each(cells: Iterable[Cell]) -> list[Cell]:
    """Of further mentions of one figure the preferred one, else the first."""
    by_span: dict[Span, Cell] = {}
    for cell in sorted(cells, key=lambda cell: (_gives_way(cell), cell.mention)):
        by_span.setdefault(cell.period.span, cell)
    return sorted(by_span.values(), key=lambda cell: (cell.period.last, cell.period.first))


def spans_of(found: list[Span]) -> tuple[Span, ...]:
    """The periods to show: the newest ones, with those that are missing in between."""
    newest, oldest = found[-1], found[0]
    if newest.kind not in {Kind.QUARTER, Kind.YEAR, Kind.ACADEMIC_YEAR, Kind.CALENDAR_YEAR}:
        return tuple(found[-MOST_PERIODS:])
    spans = [newest]
    while spans[0].last > oldest.last and len(spans) < MOST_PERIODS:
        spans.insert(0, spans[0].quarter_before or spans[0].year_before)
    return tuple(spans)


def others_of(cells: list[Cell], dataset: Dataset, spans: tuple[Span, ...]) -> Iterator[Series]:
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


def _has_number(cell: Cell) -> bool:
    return cell.approved is not None and cell.approved.value is not None


def _is_whole(cell: Cell) -> bool:
    """Not a year of which only some quarters have come in, or none with a number."""
    assert cell.approved is not None
    return not cell.derived or (
        cell.approved.value is not None and cell.approved.parts == cell.approved.parts_of
    )


def _gives_way(cell: Cell) -> bool:
    return getattr(cell, "conflict", None) is not None
