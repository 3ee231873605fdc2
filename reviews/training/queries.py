"""Reading training, as pages and reports need it: each figure has its address."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.stated import address_of
from reviews.figures import FigureTold, cell_words, figure_told
from reviews.models import TrainingActivity, TrainingMeasure
from reviews.training.counted import COUNTED, contradictions, outside


@dataclass(frozen=True, slots=True)
class TrainingFigure:
    """One thing counted. A `mention` above 1 is the same told again, which is not added up."""

    measure: str
    mention: int
    told: FigureTold

    @property
    def value(self) -> Decimal | None:
        return self.told.figure.value if self.told.figure else None

    @property
    def is_exact(self) -> bool:
        return self.told.figure is not None and self.told.figure.qualifier == "exactly"


@dataclass(frozen=True, slots=True)
class Served:
    """A priority that training serves."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a source prints of a period, and what cannot be so, in a sentence."""

    period: Span
    sentence: str


@dataclass(frozen=True, slots=True)
class TrainingTold:
    """An activity with its figures, the newest period first.

    `area` is empty for the partnership's own. `total_of` says of which kind a printed total is
    (`all` of every kind), and is empty for anything else.
    """

    code: str
    name: str
    kind: str
    kind_words: str
    total_of: str
    provider: str
    area: str
    priorities: tuple[Served, ...]
    note: str
    figures: tuple[TrainingFigure, ...]

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What a source prints of the activity, though it cannot be so."""
        return tuple(_doubts(self.figures))


def training_of(partnership: Partnership, period: Span | None = None) -> tuple[TrainingTold, ...]:
    """The training of a partnership; with a period, the figures that end in it."""
    told = [_told(each) for each in _activities(partnership)]
    told.sort(key=lambda each: bool(each.total_of))  # totals come last
    return tuple(told) if period is None else within(told, period)


def within(told: Iterable[TrainingTold], period: Span) -> tuple[TrainingTold, ...]:
    """Of what was read already: the figures that end in a period, and their activities."""
    shown = (
        replace(
            each,
            figures=tuple(row for row in each.figures if _ends_in(row.told.period, period)),
        )
        for each in told
    )
    return tuple(each for each in shown if each.figures)


def activity_of(partnership: Partnership, code: str) -> TrainingTold | None:
    """One activity with all its figures."""
    found = _activities(partnership).filter(code=code).first()
    return _told(found) if found else None


def _activities(partnership: Partnership) -> QuerySet[TrainingActivity]:
    measures = TrainingMeasure.objects.select_related("period").order_by(
        "-period__last", "period__first", "pk"
    )
    return partnership.training_activities.select_related("partnership", "area").prefetch_related(
        "priorities", Prefetch("measures", queryset=measures)
    )


def _ends_in(span: Span, period: Span) -> bool:
    return period.first <= span.last <= period.last


def _told(activity: TrainingActivity) -> TrainingTold:
    return TrainingTold(
        code=activity.code,
        name=activity.name,
        kind=activity.kind,
        kind_words=activity.get_kind_display(),
        total_of=activity.total_of,
        provider=activity.provider,
        area=activity.area.name if activity.area else "",
        priorities=tuple(Served(each.code, each.name) for each in activity.priorities.all()),
        note=activity.note,
        figures=tuple(_figure(activity, each) for each in activity.measures.all()),
    )


def _figure(activity: TrainingActivity, row: TrainingMeasure) -> TrainingFigure:
    counted = COUNTED[row.measure]
    again = (str(row.mention),) if row.mention > 1 else ()
    figure = figure_told(
        row,
        what=counted.label,
        period=row.period.span,
        address=address_of(
            "training",
            activity.partnership,
            *(activity.code, row.period.key, row.measure, *again),
        ),
        about=f"{activity.name}: {counted.label.lower()}, {row.period}",
        unit=counted.unit,
    )
    return TrainingFigure(row.measure, row.mention, figure)


def _doubts(rows: Iterable[TrainingFigure]) -> Iterator[Doubt]:
    by_period: dict[Span, dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        if row.value is None:
            continue
        if outside(row.measure, row.value):
            words = f"{row.told.what}: it cannot be {cell_words(row.told.figure)}."
            yield Doubt(row.told.period, words)
        if row.mention == 1 and row.is_exact:
            by_period[row.told.period][row.measure] = row.value
    for span, numbers in by_period.items():
        yield from (Doubt(span, sentence) for sentence in contradictions(numbers))
