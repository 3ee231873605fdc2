"""Audits, self-assessments and dissemination as the components of their pages draw them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from metrics.wording import join_words
from partnerships.amounts import number_words
from partnerships.elements import Cell, Colour, Column, Fact, Link, Table, Tag, table
from reviews.assurance.assessment_queries import Moves, SelfAssessmentTold, StepTold
from reviews.assurance.grades import GRADE_WORDS, Verdict
from reviews.assurance.queries import AuditTold, Means, Result
from reviews.figures import begun, cell_words, figure_cell
from reviews.models import Grade

COLOURS: dict[Verdict, Colour] = {
    Verdict.BETTER: "green",
    Verdict.WORSE: "red",
    Verdict.MIXED: "yellow",
    Verdict.SAME: "grey",
    Verdict.UNCLEAR: "grey",
}
NONE = "–"
NOTHING = (Cell(NONE), Cell(NONE, numeric=True), "")  # of a step that counts nothing


def audits_table(rows: Iterable[tuple[AuditTold, str]]) -> Table:
    """The audits, each with the address of its page."""
    return table(
        "audits",
        "Audits of cases, the newest first",
        ["Audit", "Kind", "Theme", "Period", "How it stands", "Newest grades"],
        [
            (
                Link(each.name, url),
                each.kind,
                begun(each.theme) or "Not said",
                each.period.label,
                each.status_words,
                _newest(each),
            )
            for each, url in rows
        ],
    )


def _newest(told: AuditTold) -> str:
    if not told.results:
        return "None kept"
    newest = told.results[-1]
    grades = [f"{GRADE_WORDS[each.grade]} {each.figure.cell}" for each in newest.own.shares]
    return f"{newest.period.label}: {join_words(grades)}"


def audit_facts(told: AuditTold) -> list[Fact]:
    facts = [
        Fact("Kind", told.kind),
        Fact("Theme", begun(told.theme) or "Not said"),
        Fact("Period", told.period.label),
        Fact("How it stands", told.status_words),
        Fact("Cases audited", cell_words(told.cases) if told.cases else "Not known"),
    ]
    return [*facts, *([Fact("Note", told.note)] if told.note else [])]


def grades_table(told: AuditTold) -> Table:
    """The grades, a column for each period, and what became of each since the year before."""
    newest = told.results[-1] if told.results else None
    comparison = newest.comparison if newest else None
    given = [each for each in GRADE_WORDS if any(result.figure(each) for result in told.results)]
    last = [f"Change on {newest.period.year_before.label}"] if newest and comparison else []
    rows = [
        (
            Grade(grade).label,
            *(_share(result, grade) for result in told.results),
            *([comparison.cells.get(grade, NONE)] if comparison else []),
        )
        for grade in given
    ]
    if any(result.total for result in told.results):
        totals = [figure_cell(each.total) if each.total else NONE for each in told.results]
        rows.append(("All cases", *totals, *([NONE] if comparison else [])))
    return table(
        "grades",
        "Grades that the cases were given",
        [
            "Grade",
            *(Column(result.period.label, numeric=True) for result in told.results),
            *(Column(words, numeric=True) for words in last),
        ],
        rows,
        notes=list(_notes(told)),
    )


def _share(result: Result, grade: str) -> Cell | str:
    figure = result.figure(grade)
    if figure is None:
        return "Not given"
    cell, total = figure_cell(figure), result.total
    if total is None or not total.value or figure.value is None:
        return cell
    return replace(cell, text=f"{cell.text} ({number_words(figure.value * 100 / total.value, 1)}%)")


def _notes(told: AuditTold) -> Iterable[str]:
    for result in told.results:
        for sentence in (result.gap, *result.notes):
            if sentence:
                yield f"{result.period.label}: {sentence}"


def comparisons(told: AuditTold) -> list[tuple[str, Tag, str]]:
    """Each period against the year before, the newest first: its name, the verdict, the words."""
    return [
        (
            result.period.label,
            Tag(result.comparison.verdict.value, COLOURS[result.comparison.verdict]),
            result.comparison.sentence,
        )
        for result in reversed(told.results)
        if result.comparison
    ]


def dissemination_table(rows: Iterable[tuple[Means, str]]) -> Table:
    """By what means learning was passed on; with the page where each is changed, or no address."""
    return table(
        "dissemination",
        "How learning was passed on",
        ["Means", "When", "Note"],
        [
            (Cell(begun(each.means), url=url), each.period.label, each.note or NONE)
            for each, url in rows
        ],
    )


def self_assessments_table(rows: Iterable[tuple[SelfAssessmentTold, str]]) -> Table:
    """The cycles, each with the address of its page."""
    return table(
        "self-assessments",
        "Self-assessments",
        [
            "Self-assessment",
            "Kind",
            Column("Steps kept", numeric=True),
            "Areas for further assurance",
        ],
        [
            (Link(each.name, url), each.kind, str(len(each.steps)), answered(each))
            for each, url in rows
        ],
    )


def answered(told: SelfAssessmentTold) -> str:
    """How many areas have been answered: "3 of 4 answered"."""
    if not told.areas:
        return "None kept"
    return f"{sum(bool(each.answered_by) for each in told.areas)} of {len(told.areas)} answered"


def steps_table(rows: Sequence[tuple[StepTold, str, str, Sequence[str]]]) -> Table:
    """The steps with their figures, a row for each figure.

    Beside each step stand, for whoever may keep it, the addresses where it is changed, where a
    figure is added, and where each figure is changed; else empty texts.
    """
    keeps = any(add for _, _, add, _ in rows)
    made: list[tuple[Cell | str, ...]] = []
    for step, change, add, changes in rows:
        name = f"{step.number}. {begun(step.name)}"
        figures = [
            (Cell(begun(row.what), url=url), figure_cell(row.figure), row.note)
            for row, url in zip(step.figures, changes, strict=True)
        ]
        for n, (what, number, note) in enumerate(figures or [NOTHING]):
            first = (Cell(name, url=change), Cell(f"Add to step {step.number}", url=add))
            header, more = first if n == 0 else (Cell(name), Cell(""))
            notes = [step.note if n == 0 else "", note]
            said = " ".join(each for each in notes if each) or NONE
            when = Cell(step.period.label, whole=True)
            made.append((header, when, what, number, said, *([more] if keeps else [])))
    columns: list[Column | str] = ["Step", "When", "What was counted"]
    columns += [Column("Number", numeric=True), "Note"]
    if keeps:
        columns.append("Figures")
    return table("steps", "Steps of the cycle, in their order", columns, made)


def areas_table(told: SelfAssessmentTold, urls: Sequence[str]) -> Table:
    """What is to be assured, and what answered it; an address each, or empty texts."""
    return table(
        "areas",
        f"Areas for further assurance: {answered(told)}",
        ["Area", "Answered by", "Note"],
        [
            (
                Cell(each.area, url=url),
                begun(each.answered_by) or Tag("Not answered yet", "orange"),
                each.note or NONE,
            )
            for each, url in zip(told.areas, urls, strict=True)
        ],
    )


def moves_table(moves: Iterable[Moves], urls: dict[int, str]) -> Table:
    """What became of the grades; by the key of each row the page where it is changed."""
    rows = [
        (Cell(f"{each.was}, asked again in {each.period.label}"), told.grade, told)
        for each in moves
        for told in ([each.total] if each.total else []) + list(each.became)
    ]
    return table(
        "moves",
        "Grades that agencies gave themselves, and gave themselves later",
        ["Grade at first", "Grade later", Column("Standards", numeric=True)],
        [
            (first, Cell(later, url=urls.get(told.pk, "")), figure_cell(told.figure))
            for first, later, told in rows
        ],
        notes=[f"{each.was}, {each.period.label}: {each.gap}" for each in moves if each.gap],
    )


def moves_sentences(moves: Iterable[Moves]) -> list[str]:
    """What became of each grade: "Of the 11 standards graded inadequate, 3 were …"."""
    return [_moves_sentence(each) for each in moves if each.became]


def _moves_sentence(moves: Moves) -> str:
    parts = []
    for told in moves.became:
        again = " as before" if told.grade == moves.was else ""
        parts.append(f"{told.figure.cell} {told.grade.lower()}{again}")
    how_many = f"{moves.total.figure.cell} " if moves.total else ""
    return (
        f"Of the {how_many}standards that agencies had graded {moves.was.lower()}, when asked "
        f"again in {moves.period.label} they graded {join_words(parts)}."
    )
