"""Reading self-assessments, as pages and reports need them: each figure has its address."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import Prefetch, Q, QuerySet

from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.stated import Stated, address_of
from reviews.figures import FigureTold, figure_told, words_of
from reviews.models import (
    AssessmentMeasure,
    AssessmentStep,
    Grade,
    GradeMove,
    SelfAssessment,
)

BECAME = dict(GradeMove.BECAME)


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step of the cycle with its figures."""

    number: int
    name: str
    period: Span
    note: str
    source: str
    figures: tuple[FigureTold, ...]


@dataclass(frozen=True, slots=True)
class AreaTold:
    """What the cycle left to be assured of, and what answered it; empty while nothing has."""

    number: int
    area: str
    answered_by: str
    note: str


@dataclass(frozen=True, slots=True)
class MoveTold:
    """How many standards had one grade later."""

    pk: int
    grade: str
    figure: Stated


@dataclass(frozen=True, slots=True)
class Moves:
    """What became of the standards that had one grade, the best grade first.

    `total` is how many had it, as a source prints it; `gap` says where the moves do not make it.
    """

    period: Span
    was: str
    total: MoveTold | None
    became: tuple[MoveTold, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class SelfAssessmentTold:
    """A cycle: its steps in their order, the areas it left, and the moves between grades."""

    code: str
    name: str
    kind: str
    note: str
    steps: tuple[StepTold, ...]
    areas: tuple[AreaTold, ...]
    moves: tuple[Moves, ...]

    @property
    def figures(self) -> Iterator[Stated]:
        for step in self.steps:
            yield from (each.figure for each in step.figures if each.figure)
        for moves in self.moves:
            yield from (each.figure for each in ([moves.total] if moves.total else []))
            yield from (each.figure for each in moves.became)


def self_assessments_of(
    partnership: Partnership, period: Span | None = None
) -> tuple[SelfAssessmentTold, ...]:
    """The cycles of a partnership; with a period, those with a step or a move that shares days.

    A cycle goes on over more than a year, so all its steps are told.
    """
    found = _assessments(partnership)
    if period is not None:
        found = found.filter(_during("steps", period) | _during("moves", period)).distinct()
    return tuple(_told(each) for each in found)


def self_assessment_of(partnership: Partnership, code: str) -> SelfAssessmentTold | None:
    found = _assessments(partnership).filter(code=code).first()
    return _told(found) if found else None


def _during(rows: str, period: Span) -> Q:
    return Q(
        **{
            f"{rows}__period__first__lte": period.last,
            f"{rows}__period__last__gte": period.first,
        }
    )


def _assessments(partnership: Partnership) -> QuerySet[SelfAssessment]:
    measures = Prefetch("measures", queryset=AssessmentMeasure.objects.order_by("pk"))
    steps = AssessmentStep.objects.select_related("period").prefetch_related(measures)
    moves = GradeMove.objects.select_related("period")
    return partnership.self_assessments.select_related("partnership").prefetch_related(
        Prefetch("steps", queryset=steps.order_by("number")),
        "areas",
        Prefetch("moves", queryset=moves),
    )


def _told(assessment: SelfAssessment) -> SelfAssessmentTold:
    return SelfAssessmentTold(
        code=assessment.code,
        name=assessment.name,
        kind=assessment.get_kind_display(),
        note=assessment.note,
        steps=tuple(_step(assessment, each) for each in assessment.steps.all()),
        areas=tuple(
            AreaTold(each.number, each.area, each.answered_by, each.note)
            for each in assessment.areas.all()
        ),
        moves=tuple(_moves(assessment, assessment.moves.all())),
    )


def _step(assessment: SelfAssessment, step: AssessmentStep) -> StepTold:
    return StepTold(
        number=step.number,
        name=step.name,
        period=step.period.span,
        note=step.note,
        source=step.source,
        figures=tuple(_figure(assessment, step, each) for each in step.measures.all()),
    )


def _figure(
    assessment: SelfAssessment, step: AssessmentStep, measure: AssessmentMeasure
) -> FigureTold:
    what = words_of(measure.measure)
    return figure_told(
        measure,
        what=what,
        period=step.period.span,
        address=address_of(
            "self-assessment",
            assessment.partnership,
            *(assessment.code, step.code, step.period.key, measure.measure),
        ),
        about=f"{assessment.name}, {step.name}: {what}, {step.period}",
        unit=what,
    )


def _moves(assessment: SelfAssessment, rows: Iterable[GradeMove]) -> Iterator[Moves]:
    """By period, the newest first, and by the grade that they began at, the worst first."""
    worst_first = list(reversed(Grade.values))

    def place(row: GradeMove) -> tuple[int, int, int]:
        last, first = row.period.last.toordinal(), row.period.first.toordinal()
        return -last, -first, worst_first.index(row.was)

    for _, group in groupby(sorted(rows, key=place), key=place):
        found = {row.became: _move(assessment, row) for row in group}
        some = next(iter(found.values()))
        total = found.pop("all", None)
        became = tuple(found[code] for code in BECAME if code in found)
        yield Moves(
            period=some.period,
            was=some.was,
            total=total.told if total else None,
            became=tuple(each.told for each in became),
            gap=_gap(total, became),
        )


@dataclass(frozen=True, slots=True)
class _Move:
    period: Span
    was: str
    instances: int
    told: MoveTold


def _move(assessment: SelfAssessment, row: GradeMove) -> _Move:
    was, grade = Grade(row.was).label, BECAME[row.became]
    became = "" if row.became == "all" else f", later {grade.lower()}"
    figure = Stated(
        address=address_of(
            "self-assessment",
            assessment.partnership,
            *(assessment.code, "moves", row.period.key, row.was, row.became),
        ),
        about=f"{assessment.name}: {was.lower()} first{became}, {row.period}",
        value=Decimal(row.instances),
        unit="standards",
        note=row.note,
        fact_id=row.fact_id,
        source=row.source,
        public_since=row.public_since,
    )
    return _Move(row.period.span, was, row.instances, MoveTold(row.pk, grade, figure))


def _gap(total: _Move | None, became: Iterable[_Move]) -> str:
    made = [each.instances for each in became]
    if total is None or not made or sum(made) == total.instances:
        return ""
    return f"The moves make {sum(made)}, not {total.instances}."
