"""Training of a report's year: who was reached by what, and what it all comes to."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from partnerships.periods import Span
from partnerships.stated_figure import Stated
from reports.accounts.account import Account
from reports.accounts.notes import notes_once
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Part, Row, Words
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport
from reviews.training.counted import COUNTED
from reviews.training.queries import TrainingFigure, TrainingTold, training_of
from reviews.training.totals import Total, totals_of

NONE = "–"
MOST_COLUMNS = 3  # of what is counted; with more, a page's width does not hold the table
SCORES = tuple(measure for measure in COUNTED if measure.endswith(("-before", "-after")))
SHARED_BY = 3  # activities that count a thing, for it to have a column of its own
HELD_AGAINST = (
    "A printed total is held against the activities that are kept of its provider and kind. "
    "Somebody who attended more than once counts each time."
)
DOUBTED = "Numbers of it contradict each other in the source."


@dataclass(frozen=True, slots=True)
class TrainingData:
    """`told` are activities and the totals that a source prints, `totals` what they make."""

    span: Span
    told: tuple[TrainingTold, ...]
    totals: tuple[Total, ...]

    @property
    def hidden(self) -> frozenset[str]:
        """What is counted of which a number may not be said: sums of it would tell."""
        return frozenset(
            row.measure
            for each in self.told
            for row in each.figures
            if row.told.figure is not None and row.told.figure.value is None
        )


@dataclass(frozen=True, slots=True)
class Line:
    """An activity in one period, with what is counted of it."""

    of: TrainingTold
    period: Span
    figures: tuple[TrainingFigure, ...]

    def named(self, year: Span) -> str:
        name = self.of.name if self.period == year else f"{self.of.name}, {self.period.label}"
        return f"{name} ({self.of.area})" if self.of.area else name


def read(report: AnnualReport, subject: str) -> TrainingData | None:
    """The training of which figures end in the year."""
    told = training_of(report.partnership, report.span)
    if not told:
        return None
    totals = totals_of(report.partnership, report.span, told)
    return TrainingData(report.span, told, tuple(totals))


def build(data: TrainingData, make: Callable[..., F]) -> AccountBlock[F]:
    activities = tuple(each for each in data.told if not each.total_of)
    totals = _totals(data, make)
    parts: list[Part[F]] = []
    lines = [line for each in activities for line in _lines(each)]
    reached, scored = list(map(_reached, lines)), list(map(_scored, lines))
    parts += _activities_table([each for each in reached if each.figures], data.span, make)
    parts += _scores_table([each for each in scored if each.figures], data.span, make)
    if totals:
        parts.append(totals)
    notes = notes_once(pair for each in data.told for pair in _notes(each))
    return AccountBlock(
        key=TRAINING.kind,
        title="Training that was offered",
        parts=tuple(parts),
        notes=(*notes, *([HELD_AGAINST] if totals and len(totals.columns) == 3 else [])),
    )


def _reached(line: Line) -> Line:
    return replace(line, figures=tuple(f for f in line.figures if f.measure not in SCORES))


def _scored(line: Line) -> Line:
    shown = (f for f in line.figures if f.measure in SCORES and f.told.figure)
    return replace(line, figures=tuple(shown))


def _scores_table(
    lines: Sequence[Line], year: Span, make: Callable[..., F]
) -> Iterator[BlockTable[F]]:
    """What those who came scored or gave themselves, before beside after; nothing without any."""
    if not lines:
        return
    given = {figure.measure for line in lines for figure in line.figures}
    measures = [measure for measure in SCORES if measure in given]
    columns = (
        Column("Activity", numeric=False),
        *(Column(COUNTED[measure].label) for measure in measures),
    )
    rows = tuple(
        Row(line.named(year), tuple(_cell(line, measure, make) for measure in measures))
        for line in lines
    )
    yield BlockTable("Scores before and after", columns, rows)


def _activities_table(
    lines: Sequence[Line], year: Span, make: Callable[..., F]
) -> Iterator[BlockTable[F]]:
    """A column for each thing that several count; the rest in words."""
    if not lines:
        return
    shared = _shared(lines)
    columns = [Column("Activity", numeric=False), Column("Kind, provider", numeric=False)]
    columns += [Column(COUNTED[measure].label) for measure in shared]
    also = any(_rest(line, shared) for line in lines)
    columns += [Column("Also counted", numeric=False)] if also else []
    rows = []
    for line in lines:
        cells: list[Words[F]] = [(f"{line.of.kind_words}, {line.of.provider}",)]
        cells += [_cell(line, measure, make) for measure in shared]
        cells += [_in_words(_rest(line, shared), make)] if also else []
        rows.append(Row(line.named(year), tuple(cells)))
    yield BlockTable(f"Training in {year.label}, by activity", tuple(columns), tuple(rows))


def _lines(told: TrainingTold) -> Iterator[Line]:
    """A line for each period; what a source says again counts once."""
    found: dict[Span, list[TrainingFigure]] = defaultdict(list)
    for row in told.figures:
        if row.mention == 1:
            found[row.told.period].append(row)
    for period, figures in found.items():
        yield Line(told, period, tuple(figures))


def _shared(lines: Iterable[Line]) -> list[str]:
    """What at least some activities count, what most count first chosen, in the usual order."""
    found = Counter(row.measure for line in lines for row in line.figures if row.told.figure)
    often = [measure for measure, times in found.most_common() if times >= SHARED_BY]
    return [measure for measure in COUNTED if measure in often[:MOST_COLUMNS]]


def _rest(line: Line, shared: Sequence[str]) -> list[TrainingFigure]:
    return [row for row in line.figures if row.measure not in shared and row.told.figure]


def _cell(line: Line, measure: str, make: Callable[..., F]) -> Words[F]:
    for row in line.figures:
        if row.measure == measure and row.told.figure:
            return (stated_figure(row.told.figure, make),)
    return (NONE,)


def _in_words(rows: Iterable[TrainingFigure], make: Callable[..., F]) -> Words[F]:
    """Figures one after the other: "3 tiers, 5 days"; with a name where no unit says of what."""
    words: list[str | F] = []
    for row in rows:
        figure, counted = row.told.figure, COUNTED[row.measure]
        assert figure is not None
        words += [", "] if words else []
        if figure.value is None or counted.unit in {"%", "out of 10", "number"}:
            words += [f"{counted.label.lower()}: ", stated_figure(figure, make)]
        else:
            words.append(stated_figure(figure, make, in_words=True))
    return tuple(words) or (NONE,)


def _totals(data: TrainingData, make: Callable[..., F]) -> BlockTable[F] | None:
    """Totals as they are printed, beside what the activities make; None where there are none.

    A column that would be empty is left out.
    """
    made = {(each.measure, each.of): each for each in data.totals}
    rows: list[tuple[str, tuple[Stated | None, Stated | None]]] = []
    for told in data.told:
        for row in told.figures if told.total_of else ():
            if row.mention == 1 and row.told.figure:
                header = f"{told.name}: {row.told.what.lower()}"
                total = made.get((row.measure, told.name))
                rows.append((header, (_printed(row, data), _made(total, data))))
    for total in data.totals:
        if total.printed is None:
            rows.append((f"{total.of}: {total.what.lower()}", (None, _made(total, data))))
    rows = [row for row in rows if any(row[1])]
    names = ("Total", "The activities make")
    shown = [half for half in range(2) if any(figures[half] for _, figures in rows)]
    if not rows:
        return None
    return BlockTable(
        "What it comes to",
        (Column("What was counted", numeric=False), *(Column(names[half]) for half in shown)),
        tuple(
            Row(header, tuple(_or_none(figures[half], make) for half in shown))
            for header, figures in rows
        ),
    )


def _printed(row: TrainingFigure, data: TrainingData) -> Stated | None:
    """A total as it is kept; our own not where a part is hidden, since the other parts are told."""
    figure = row.told.figure
    return figure if figure and (figure.source or row.measure not in data.hidden) else None


def _made(total: Total | None, data: TrainingData) -> Stated | None:
    """What the activities make, unless one of their numbers is hidden."""
    return total.made if total and total.measure not in data.hidden else None


def _or_none(figure: Stated | None, make: Callable[..., F]) -> Words[F]:
    return (stated_figure(figure, make),) if figure else (NONE,)


def _notes(told: TrainingTold) -> Iterator[tuple[str, str]]:
    for note in dict.fromkeys((told.note, *(row.told.note for row in told.figures))):
        if note:
            yield told.name, note
    if told.doubts:
        yield told.name, DOUBTED


TRAINING = Account(kind="training", title="training", read=read, build=build)
