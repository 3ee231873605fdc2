"""Agencies' assessments of themselves: the steps of each cycle, what it left open, grades later."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from partnerships.periods import Span
from partnerships.stated_figure import Stated
from reports.accounts.account import Account
from reports.blocks.figures import (
    AccountBlock,
    BlockTable,
    Column,
    F,
    Part,
    Row,
    Subheading,
    Words,
)
from reports.blocks.printing import stated_figure, stated_figures
from reports.models import AnnualReport
from reviews.assurance.assessment_queries import (
    BECAME,
    Moves,
    SelfAssessmentTold,
    self_assessments_of,
)
from reviews.figures import begun

NOT_ANSWERED = "Not answered yet"


@dataclass(frozen=True, slots=True)
class SelfAssessmentsData:
    cycles: tuple[SelfAssessmentTold, ...]


def read(report: AnnualReport, subject: str) -> SelfAssessmentsData | None:
    """The cycles that have a step in the year, each with all its steps."""
    found = self_assessments_of(report.partnership, report.span)
    return SelfAssessmentsData(found) if found else None


def build(data: SelfAssessmentsData, make: Callable[..., F]) -> AccountBlock[F]:
    parts = [part for cycle in data.cycles for part in _cycle(cycle, make)]
    notes = tuple(note for cycle in data.cycles for note in _notes(cycle))
    return AccountBlock(
        key=SELF_ASSESSMENTS.kind,
        title="Agencies' assessments of themselves",
        parts=tuple(parts),
        notes=tuple(dict.fromkeys(notes)),
    )


def _cycle(cycle: SelfAssessmentTold, make: Callable[..., F]) -> Iterator[Part[F]]:
    yield Subheading(cycle.name)
    if cycle.steps:
        yield BlockTable(
            "Steps of the cycle, in their order",
            tuple(Column(name, numeric=False) for name in ("Step", "When", "What was counted")),
            tuple(
                Row(
                    begun(step.name),
                    (
                        (step.period.label,),
                        stated_figures((row.figure for row in step.figures), make),
                    ),
                )
                for step in cycle.steps
            ),
        )
    if cycle.areas:
        yield BlockTable(
            "What was still to be assured, and what answered it",
            (Column("Area", numeric=False), Column("Answered by", numeric=False)),
            tuple(
                Row(area.area, ((begun(area.answered_by) or NOT_ANSWERED,),))
                for area in cycle.areas
            ),
        )
    for period, moves in groupby(cycle.moves, key=lambda each: each.period):
        yield _moves_table(period, tuple(moves), make)


def _moves_table(period: Span, moves: tuple[Moves, ...], make: Callable[..., F]) -> BlockTable[F]:
    """A row for each grade at first, a column for each grade when agencies were asked again."""
    met = {told.grade for each in moves for told in each.became}
    grades = [grade for grade in BECAME.values() if grade in met]

    def row(of: Moves) -> Row[F]:
        later = {told.grade: told.figure for told in of.became}
        figures = [of.total.figure if of.total else None, *map(later.get, grades)]
        return Row(of.was, tuple(_number(figure, make) for figure in figures))

    return BlockTable(
        "Standards by the grade that agencies gave themselves, and gave when asked again in "
        f"{period.label}",
        (
            Column("Grade at first", numeric=False),
            Column("Standards"),
            *(Column(f"Later: {grade[:1].lower()}{grade[1:]}") for grade in grades),
        ),
        tuple(map(row, moves)),
    )


def _number(figure: Stated | None, make: Callable[..., F]) -> Words[F]:
    return (stated_figure(figure, make),) if figure else ("–",)


def _notes(cycle: SelfAssessmentTold) -> Iterator[str]:
    if cycle.note:
        yield f"{cycle.name}: {cycle.note}"
    for step in cycle.steps:
        for note in (step.note, *(row.note for row in step.figures)):
            if note:
                yield f"{begun(step.name)}: {note}"
    for area in cycle.areas:
        if area.note:
            yield f"{area.area}: {area.note}"
    for moves in cycle.moves:
        if moves.gap:
            # Without the numbers of `gap`, which have no address.
            yield f"{moves.was}, {moves.period.label}: the moves do not make the printed total."
        for told in (*([moves.total] if moves.total else []), *moves.became):
            if told.figure.note:
                yield f"{told.figure.about}: {told.figure.note}"


SELF_ASSESSMENTS = Account(
    kind="self-assessments", title="self-assessments of the agencies", read=read, build=build
)
