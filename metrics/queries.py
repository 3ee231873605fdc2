"""Reads of the figure store. Querysets in, querysets or small dataclasses out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Max, Prefetch, Q, QuerySet

from metrics.addresses import Address
from metrics.models import (
    Area,
    Cell,
    Change,
    Dataset,
    Decision,
    Indicator,
    IndicatorVersion,
    Revision,
    Slice,
)
from metrics.owed import Owed, expectations_on, with_categories
from partnerships.models import Agency, Partnership, Period
from partnerships.periods import PeriodError, Span, parse, quarter


class State(StrEnum):
    """How far a figure has come."""

    NOT_ENTERED = "Not entered"
    WAITING = "Waiting for approval"
    SENT_BACK = "Sent back"
    APPROVED = "Approved"
    CORRECTION_WAITING = "Correction waiting"
    CORRECTION_SENT_BACK = "Approved, correction sent back"


def whole_cells() -> QuerySet[Cell]:
    """Cells with everything their address, state and value need, in one query."""
    return Cell.objects.select_related(
        "dataset__owner",
        "indicator",
        "area",
        "period",
        "slice",
        "latest__decision",
        "latest__by",
        "approved__decision",
        "approved__by",
    )


def year_on_year() -> QuerySet[Change]:
    """Changes on the year before, with both figures."""
    found = Change.objects.filter(against=Change.Against.YEAR_BEFORE)
    return found.select_related("from_revision", "to_revision")


def with_year_on_year(cells: QuerySet[Cell]) -> QuerySet[Cell]:
    """The cells, each with its change as the only one of `year_on_year`, or with none."""
    return cells.prefetch_related(Prefetch("changes", year_on_year(), to_attr="year_on_year"))


def state_of(cell: Cell | None) -> State:
    """The state of a cell of `whole_cells()`; none means that nobody has entered it."""
    if cell is None or cell.latest is None:
        return State.NOT_ENTERED
    if cell.latest_id == cell.approved_id:
        return State.APPROVED
    sent_back = (
        getattr(cell.latest, "decision", None) is not None
        and cell.latest.decision.outcome == Decision.Outcome.SENT_BACK
    )
    if cell.approved_id is not None:
        return State.CORRECTION_SENT_BACK if sent_back else State.CORRECTION_WAITING
    return State.SENT_BACK if sent_back else State.WAITING


def cell_at(address: Address) -> Cell | None:
    """The cell of an address, whichever revision it names."""
    try:
        span = parse(address.period)
    except PeriodError:
        return None
    return (
        whole_cells()
        .filter(
            dataset__code=address.dataset,
            indicator__code=address.indicator,
            area__code=address.area,
            period__kind=span.kind,
            period__first=span.first,
            period__last=span.last,
            slice__key=address.slice,
            mention=address.mention,
        )
        .first()
    )


def history_of(cell: Cell) -> QuerySet[Revision]:
    """Every revision of a cell, newest first, with who wrote it and what was decided."""
    return cell.revisions.select_related("by", "decision__by").order_by("-number")


def returns_dataset(partnership: Partnership) -> Dataset | None:
    """Where the partnership's returns go; none where all its figures come from printed reports."""
    return partnership.datasets.filter(kind=Dataset.Kind.RETURNS).order_by("code").first()


def expected_indicators(
    partnership: Partnership, *, on: date, agencies: Iterable[Agency] | None = None
) -> QuerySet[Indicator]:
    """What the partnership collects on a day: all of it, or what the given agencies supply."""
    standing = expectations_on(partnership, on=on, agencies=agencies)
    return Indicator.objects.filter(expectations__in=standing).distinct().order_by("theme", "name")


def owed_figures(
    partnership: Partnership, *, on: date, agencies: Iterable[Agency] | None = None
) -> list[Owed]:
    """The same, with the categories of each indicator that are asked for beneath it."""
    few = None if agencies is None else list(agencies)
    standing = expectations_on(partnership, on=on, agencies=few)
    return with_categories(expected_indicators(partnership, on=on, agencies=few), standing)


def quarters_to(today: date, count: int) -> list[Span]:
    """The last `count` quarters that have ended before `today`, newest first."""
    start = today.year if today.month >= 4 else today.year - 1
    candidates = [quarter(start - back, n) for back in range(count // 4 + 2) for n in (4, 3, 2, 1)]
    return [span for span in candidates if span.last < today][:count]


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One figure in a return, with what it was a quarter and a year before."""

    owed: Owed
    cell: Cell | None
    quarter_before: Revision | None
    year_before: Revision | None

    @property
    def indicator(self) -> Indicator:
        return self.owed.indicator

    @property
    def key(self) -> str:
        return self.owed.key

    @property
    def name(self) -> str:
        return self.owed.name

    @property
    def state(self) -> State:
        return state_of(self.cell)

    @property
    def latest(self) -> Revision | None:
        return self.cell.latest if self.cell else None

    @property
    def cell_id(self) -> int | None:
        return self.cell.pk if self.cell else None

    @property
    def is_approved(self) -> bool:
        """Whether a figure counts already, so that saving another is a correction."""
        return self.cell is not None and self.cell.approved_id is not None


def return_rows(dataset: Dataset, area: Area, span: Span, owed: Iterable[Owed]) -> list[ReturnRow]:
    """The rows of one quarter's return, in the order of what is owed; at most four queries."""
    wanted = list(owed)
    by_key = _cells_around(dataset, area, span, wanted)

    def approved(each: Owed, at: Span | None) -> Revision | None:
        cell = by_key.get((each.place, at)) if at else None
        return cell.approved if cell else None

    return [
        ReturnRow(
            owed=each,
            cell=by_key.get((each.place, span)),
            quarter_before=approved(each, span.quarter_before),
            year_before=approved(each, span.year_before),
        )
        for each in wanted
    ]


def _cells_around(
    dataset: Dataset, area: Area, span: Span, wanted: Sequence[Owed]
) -> dict[tuple[tuple[int, str], Span], Cell]:
    """What is owed in a quarter, and was in the quarter and the year before, by place and period.

    What the cells share is read once and not joined to each: of a whole return that would be
    the same quarter and slice some hundred times over. Of earlier ones only what is approved.
    """
    around = {span, span.year_before, span.quarter_before}
    begun = Period.objects.filter(first__in={each.first for each in around if each})
    periods = {each.pk: each for each in begun if each.span in around}
    spans = {pk: each.span for pk, each in periods.items()}
    slices = Slice.objects.in_bulk(list({each.slice_key for each in wanted}), field_name="key")
    by_slice = {each.pk: each for each in slices.values()}
    indicators = {each.indicator.pk: each.indicator for each in wanted}
    here = Cell.objects.filter(
        dataset=dataset, area=area, indicator__in=indicators, slice__in=by_slice, mention=1
    ).order_by()
    this = [pk for pk, its in spans.items() if its == span]
    now = here.filter(period__in=this).select_related("latest__decision", "latest__by", "approved")
    then = here.filter(period__in=spans.keys() - this).select_related("approved")
    found = {}
    for cell in (*now, *then):
        cell.dataset, cell.area, cell.indicator = dataset, area, indicators[cell.indicator_id]
        cell.period, cell.slice = periods[cell.period_id], by_slice[cell.slice_id]
        found[_place(cell), spans[cell.period_id]] = cell
    return found


def figure_states(
    dataset: Dataset, area: Area, owed: Mapping[Span, Sequence[Owed]]
) -> dict[Span, dict[tuple[int, str], State]]:
    """The state of each figure that the returns of some quarters ask for; one query."""
    made = {span: {each.place: State.NOT_ENTERED for each in here} for span, here in owed.items()}
    every = [each for here in owed.values() for each in here]
    for cell in _cells_of(dataset, area, made, every):
        states = made[cell.period.span]
        if _place(cell) in states:
            states[_place(cell)] = state_of(cell)
    return made


def _cells_of(
    dataset: Dataset, area: Area, spans: Iterable[Span], owed: Iterable[Owed]
) -> QuerySet[Cell]:
    """The cells of what is owed, and those of its indicators by categories that others are."""
    wanted = list(owed)
    found = Cell.objects.filter(
        any_of(spans),
        dataset=dataset,
        area=area,
        indicator__in={each.indicator.pk for each in wanted},
        slice__key__in={each.slice_key for each in wanted},
        mention=1,
    )
    told = ("period", "slice", "latest__decision", "latest__by", "approved")
    return found.select_related(*told).order_by()


def _place(cell: Cell) -> tuple[int, str]:
    return cell.indicator_id, cell.slice.key


def unbroken_since(
    partnership: int | None, indicators: Iterable[Indicator], *, until: date | None = None
) -> dict[int, date]:
    """By indicator the day of its newest break, everywhere or at the partnership, up to a day.

    Older figures do not compare with newer ones. One query.
    """
    breaks = IndicatorVersion.objects.filter(
        Q(partnership__isnull=True) | Q(partnership=partnership),
        indicator__in=list(indicators),
        effect=IndicatorVersion.Effect.BREAKS,
    )
    if until is not None:
        breaks = breaks.filter(first__lte=until)
    newest = breaks.order_by().values("indicator").annotate(day=Max("first"))
    return dict(newest.values_list("indicator", "day"))


def any_of(spans: Iterable[Span]) -> Q:
    """What lies on one of the periods, for anything that has a period."""
    wanted = Q(pk__in=[])
    for span in spans:
        wanted |= Q(period__kind=span.kind, period__first=span.first, period__last=span.last)
    return wanted
