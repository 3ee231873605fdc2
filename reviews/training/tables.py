"""Training as the components of its pages draw it."""

from collections.abc import Iterable, Sequence

from partnerships.amounts import number_words
from partnerships.elements import Cell, Column, Fact, Link, Table, Tag, table
from partnerships.periods import Kind, Span
from reviews.figures import cell_words, figure_cell
from reviews.models import TrainingActivity
from reviews.training.counted import COUNTED
from reviews.training.queries import TrainingFigure, TrainingTold
from reviews.training.totals import Total

NONE = "–"
AGAIN = "Told again: not added up."
# Scores that are told before and after.
PAIRS = tuple(code.removesuffix("-before") for code in COUNTED if code.endswith("-before"))


def years_of(told: Iterable[TrainingTold]) -> list[Span]:
    """The financial years in which figures end, the newest first."""
    ends = {row.told.period.last for each in told for row in each.figures}
    return sorted({Span.containing(Kind.YEAR, end) for end in ends}, reverse=True)


def figures_table(year: Span, rows: Sequence[tuple[TrainingTold, str]]) -> Table:
    """A row for each figure of a year, each activity with the address of its page."""
    return table(
        f"training-{year.key}",
        f"Training in {year.label}, by activity and what was counted",
        ["Activity", "Kind", "What was counted", Column("Number", numeric=True), "When", "Note"],
        [
            (
                Cell(told.name, url=url if n == 0 else ""),
                f"{told.kind_words} ({told.provider})" if n == 0 else "",
                row.told.what,
                figure_cell(row.told.figure),
                Cell(row.told.period.label, whole=True),
                note_of(told, row),
            )
            for told, url in rows
            for n, row in enumerate(told.figures)
        ],
    )


def note_of(told: TrainingTold, row: TrainingFigure) -> str:
    """What a reader of a figure must know: where it is of, that it is told again, its own note."""
    area = f"{told.area}." if told.area else ""
    again = AGAIN if row.mention > 1 else ""
    return " ".join(part for part in (area, again, row.told.note) if part) or NONE


def totals_table(year: Span, totals: Sequence[Total]) -> Table:
    """What may be added up, beside the totals that a source prints."""
    return table(
        f"totals-{year.key}",
        f"Totals of {year.label}",
        [
            "What was counted",
            "Of what",
            Column("Added up", numeric=True),
            Column("Printed total", numeric=True),
            "Do they agree?",
        ],
        [
            (
                total.what,
                total.of,
                figure_cell(total.made) if total.made else NONE,
                figure_cell(total.printed) if total.printed else NONE,
                _agrees(total),
            )
            for total in totals
        ],
        notes=[
            "A printed total is held against the activities that are kept of its provider and "
            "kind. Somebody who attended twice counts twice."
        ],
    )


def _agrees(total: Total) -> str | Tag:
    if total.why_not:
        return f"Not added up. {total.why_not}"
    if total.missing is None:
        return "No total is printed"
    if not total.missing:
        return Tag("Yes", "green")
    size = number_words(abs(total.missing), 0)
    return f"No: the activities make {size} {'fewer' if total.missing > 0 else 'more'}"


def empty_table(rows: Iterable[tuple[TrainingTold, str]]) -> Table:
    """Activities of which nothing is counted yet, each with the address of its page."""
    return table(
        "uncounted",
        "Training without figures",
        ["Activity", "Kind", "Provider"],
        [(Link(told.name, url), told.kind_words, told.provider) for told, url in rows],
    )


def kind_of(told: TrainingTold) -> str:
    """The kind; of a total, what it is a total of."""
    if not told.total_of:
        return told.kind_words
    return f"{told.kind_words}: {TrainingActivity.TotalOf(told.total_of).label.lower()}"


def facts_of(told: TrainingTold) -> list[Fact]:
    facts = [
        Fact("Kind", kind_of(told)),
        Fact("Provider", told.provider),
        Fact("Those who come are from", told.area or "The partnership's own area"),
        Fact("Serves", "; ".join(each.name for each in told.priorities) or "No priority is named"),
    ]
    return [*facts, *([Fact("Note", told.note)] if told.note else [])]


def activity_table(told: TrainingTold, urls: Sequence[str]) -> Table:
    """The figures of one activity; an address each where it is changed, or empty texts."""
    return table(
        "figures",
        "What was counted, the newest first",
        ["What was counted", Column("Number", numeric=True), "When", "Note"],
        [
            (
                Cell(row.told.what, url=url),
                figure_cell(row.told.figure),
                Cell(row.told.period.label, whole=True),
                " ".join(part for part in (AGAIN if row.mention > 1 else "", row.told.note) if part)
                or NONE,
            )
            for row, url in zip(told.figures, urls, strict=True)
        ],
    )


def scores_table(told: TrainingTold) -> Table:
    """Scores before and after, side by side, where both are kept of a period."""
    found = {(row.told.period, row.measure): row.told for row in told.figures if row.mention == 1}
    rows = []
    for period in dict.fromkeys(row.told.period for row in told.figures):
        for what in PAIRS:
            before, after = (found.get((period, f"{what}-{when}")) for when in ("before", "after"))
            if before and after:
                words = (cell_words(before.figure), cell_words(after.figure))
                rows.append((_score(what), period.label, *words))
    return table(
        "scores",
        "Scores before and after",
        ["Score", "When", Column("Before", numeric=True), Column("After", numeric=True)],
        rows,
    )


def _score(what: str) -> str:
    label = COUNTED[f"{what}-before"].label
    return label.replace(" before", "")
