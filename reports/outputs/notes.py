"""The notes of a workbook: marks, notes of blocks, what is left out, and sources. Pure.

A report numbers the notes of each block by themselves. A workbook has one sheet for all of them,
so they are numbered through it, and the numbers that stand in tables follow.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.blocks.data import Source
from reports.blocks.figures import Block, text_of
from reports.disclosure import PublicFigure
from reports.editions.content import ReportContent
from reports.outputs.tables import Grid, Number, Placed

_IN_A_CELL = re.compile(r"\[note (\d+(?:, \d+)*)\]")
_BEFORE_A_NOTE = re.compile(r"Note (\d+): ")


@dataclass(frozen=True, slots=True)
class Note:
    """One line: how sheets call it, its kind and words, and the tables that it belongs to."""

    code: str
    kind: str
    words: str
    where: tuple[str, ...]


def notes_of(content: ReportContent, placed: Sequence[tuple[Placed, Grid]]) -> Iterator[Note]:
    """Every note in order: marks, notes of blocks, what is left out, sources."""
    yield from _marks(placed)
    yield from _of_blocks(content, placed)
    for section in content.sections:
        for said, names in (
            ("No figure of this year", section.missing),
            ("Nothing is recorded for this year of", section.not_kept),
        ):
            if names:
                words = f"{said}: {'; '.join(names)}."
                yield Note("Not there", "Left out", words, (f"Section {section.number}",))
    yield from _sources(content, placed)


def numbers_of(content: ReportContent) -> dict[str, dict[int, int]]:
    """For each block, by its key, the numbers in the workbook of the notes that it numbers."""
    every = _numbers(content)
    return {
        block.key: {own: every[words] for own, words in _said(block) if own}
        for section in content.sections
        for block in section.blocks
    }


def renumbered(cell: str | Number, numbers: Mapping[int, int]) -> str | Number:
    """A cell with the workbook's numbers for those of its block: "[note 1, 3]"."""
    if isinstance(cell, Number):
        return cell

    def through_the_workbook(found: re.Match[str]) -> str:
        own = [int(number) for number in found[1].split(", ")]
        known = all(number in numbers for number in own)
        return f"[note {', '.join(str(numbers[n]) for n in own)}]" if known else found[0]

    return _IN_A_CELL.sub(through_the_workbook, cell)


def _said(block: Block[PublicFigure]) -> Iterator[tuple[int, str]]:
    """The notes of a block in words, each with its own number, or 0 where it has none."""
    for note in block.notes:
        words = note if isinstance(note, str) else text_of(note)
        own = _BEFORE_A_NOTE.match(words)
        yield (int(own[1]), words[own.end() :]) if own else (0, words)


def _numbers(content: ReportContent) -> dict[str, int]:
    """The number of each note in the workbook, by its words: what is said twice is one note."""
    every = [
        words
        for section in content.sections
        for block in section.blocks
        for _, words in _said(block)
    ]
    return {words: number for number, words in enumerate(dict.fromkeys(every), start=1)}


def _marks(placed: Sequence[tuple[Placed, Grid]]) -> Iterator[Note]:
    marks: dict[tuple[str, str], list[str]] = {}
    for one, grid in placed:
        for mark in dict.fromkeys((*one.block.marks, *grid.marks)):
            marks.setdefault(mark, []).append(one.number)
    for (code, words), where in sorted(marks.items()):
        yield Note(code, "Mark", words, tuple(where))


def _of_blocks(content: ReportContent, placed: Sequence[tuple[Placed, Grid]]) -> Iterator[Note]:
    where: dict[str, list[str]] = {}
    for block, places in _places(content, placed):
        for _, words in _said(block):
            where.setdefault(words, []).extend(places)
    for words, number in _numbers(content).items():
        yield Note(f"[note {number}]", "Note", words, _once(where[words]))


def _sources(content: ReportContent, placed: Sequence[tuple[Placed, Grid]]) -> Iterator[Note]:
    where: dict[Source, list[str]] = {}
    for block, places in _places(content, placed):
        for origin in block.origins:
            where.setdefault(origin.source, []).extend(places)
    for number, (source, places) in enumerate(where.items(), start=1):
        by = ", ".join(part for part in (source.publisher, source.published) if part)
        words = ". ".join(part for part in (source.title, by, source.url) if part)
        yield Note(f"[source {number}]", "Source", words, _once(places))


def _places(
    content: ReportContent, placed: Sequence[tuple[Placed, Grid]]
) -> Iterator[tuple[Block[PublicFigure], list[str]]]:
    """Each block with the numbers of its tables; its section where it has none."""
    for section in content.sections:
        for block in section.blocks:
            tables = [one.number for one, _ in placed if one.block is block]
            yield block, tables or [f"Section {section.number}"]


def _once(places: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(places))
