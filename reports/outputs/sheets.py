"""What the workbook of a report holds, sheet by sheet, before it is written. Pure.

After the Government Statistical Service's guidance on spreadsheets: a cover, a list of the
sheets, one sheet for all notes, then one table on each sheet with its title in the first cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from metrics.exports import plain
from reports.blocks.figures import Column, Figure
from reports.editions.content import ReportContent
from reports.outputs.notes import Note, notes_of, numbers_of, renumbered
from reports.outputs.tables import Grid, Number, Placed, grid_of, one_line, tables_of

NAME_LENGTH = 31  # the most that spreadsheets take, in units of UTF-16
NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))

COVER, CONTENTS, NOTES, FIGURES = "Cover", "Contents", "Notes", "All figures"

HOW_TO_READ = (
    "Each table stands on a sheet of its own. The sheet is named by the section of the report and "
    "the table's place in it.",
    "Words in square brackets stand for a figure that is missing or hidden, or follow a figure "
    "that needs care. The sheet Notes says what they mean.",
    "Numbers are shown as the report prints them. A cell may hold more decimals than it shows.",
    "The last sheet lists every figure of the report in the order in which it is read, in text "
    "and in tables, with the address that leads to where it comes from.",
    "There are no formulas, hidden rows or merged cells.",
)


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to the first cell of another sheet."""

    text: str
    to: str


Cell = str | Number | Link

ONE_TABLE = "This sheet holds one table."
BACK = Link("Back to the contents", CONTENTS)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title in A1, lines beneath it, then its table, which the cover has not.

    `key` names the table for programs that read the workbook.
    """

    name: str
    title: str
    lines: tuple[str | Link, ...] = ()
    key: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def sheets_of(content: ReportContent) -> tuple[Sheet, ...]:
    """The sheets in order. Raises `NotPublic` where a figure did not come through the gate."""
    numbers = numbers_of(content)
    placed = [
        (one, _renumbered(grid_of(one.table), numbers[one.block.key])) for one in tables_of(content)
    ]
    notes = list(notes_of(content, placed))
    tables = [_table(content, placed, index, notes) for index in range(len(placed))]
    tail = [_notes_sheet(notes), *tables, _figures(content)]
    contents = _contents(content, tail, [one for one, _ in placed])
    return (_cover(content), contents, *tail)


def _renumbered(grid: Grid, numbers: Mapping[int, int]) -> Grid:
    return replace(
        grid, rows=tuple(tuple(renumbered(cell, numbers) for cell in row) for row in grid.rows)
    )


def _cover(content: ReportContent) -> Sheet:
    cover = content.cover
    said = [cover.partnership, cover.period, cover.notice]
    lines = [line for line in said if line]
    return Sheet(COVER, cover.title, (*lines, *HOW_TO_READ, Link("Go to the contents", CONTENTS)))


def _contents(content: ReportContent, sheets: Sequence[Sheet], placed: Sequence[Placed]) -> Sheet:
    sections = {one.number: f"{one.section.number}. {one.section.title}" for one in placed}
    rows: list[tuple[Cell, ...]] = [
        (Link(sheet.name, sheet.name), sheet.title, sections.get(sheet.name.split(" ")[0], "All"))
        for sheet in sheets
    ]
    title = f"Contents of {content.cover.title}, {content.cover.partnership}"
    columns = _columns("Sheet", "What it holds", "Section of the report")
    return Sheet(CONTENTS, title, (ONE_TABLE,), "Contents", columns, tuple(rows))


def _notes_sheet(notes: Sequence[Note]) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (note.code, note.kind, note.words, ", ".join(note.where)) for note in notes
    ]
    return Sheet(
        NOTES,
        "Marks, notes and sources",
        (ONE_TABLE, BACK),
        "Notes",
        _columns("Note", "Kind", "What it says", "Where"),
        tuple(rows) or (("None", "None", "This report has no notes.", "None"),),
    )


def _table(
    content: ReportContent,
    placed: Sequence[tuple[Placed, Grid]],
    index: int,
    notes: Sequence[Note],
) -> Sheet:
    one, grid = placed[index]
    codes = [note.code for note in notes if one.number in note.where]
    section = f"From section {one.section.number}, {one.section.title}. {ONE_TABLE}"
    lines: list[str | Link] = [content.cover.running] if content.cover.running else []
    lines.append(section)
    if codes:
        lines.append(Link(f"The sheet Notes explains {', '.join(codes)}", NOTES))
    lines.append(BACK)
    alone = sum(other.block is one.block for other, _ in placed) == 1
    name = (one.block.title if alone else one.table.caption) or one.section.title
    return Sheet(
        _name(one.number, name),
        _title(one),
        tuple(lines),
        f"Table_{one.number.replace('.', '_')}",
        grid.columns,
        grid.rows,
    )


def _title(one: Placed) -> str:
    """The caption of a table, after the title of its block where it does not say that itself."""
    title, caption = one.block.title or one.section.title, one.table.caption
    if not caption or not title:
        return title or caption
    return caption if title in caption else f"{title}: {caption}"


def _figures(content: ReportContent) -> Sheet:
    """Every printed figure. The value is a number, or the marker or the words in its place."""
    rows: list[tuple[Cell, ...]] = []
    for section, figure in content.figures:
        unit = figure.unit or "none"
        rows.append((figure.about, figure.text, _value(figure), unit, section, figure.address))
    lines: list[str | Link] = [content.cover.running] if content.cover.running else []
    lines.append(f"In the order in which they are read, in text and in tables. {ONE_TABLE}")
    lines.append(BACK)
    names = ("What it is a figure of", "As printed", "Value", "Unit", "Section", "Address")
    columns = _columns(*names, numeric=("As printed", "Value"))
    every = tuple(rows) or (("None", *["none"] * (len(columns) - 1)),)
    return Sheet(FIGURES, "Every figure of the report", tuple(lines), "All_figures", columns, every)


def _columns(*names: str, numeric: Sequence[str] = ()) -> tuple[Column, ...]:
    return tuple(Column(name, name in numeric) for name in names)


def _value(figure: Figure) -> str | Number:
    if figure.value is not None:
        return Number(figure.value, plain(figure.value), "General")
    return f"[{figure.marker}]" if figure.marker else figure.text


def _name(number: str, title: str) -> str:
    """The name of a table's sheet: number and as many whole words of the title as it takes.

    The number makes it unlike every other; spreadsheets refuse some characters in it.
    """
    name = number
    for word in one_line(title).translate(NOT_IN_A_NAME).split():
        longer = f"{name} {word}"
        if len(longer.encode("utf-16-le")) // 2 > NAME_LENGTH:
            break
        name = longer
    return name.rstrip("'")
