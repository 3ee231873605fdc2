"""Every text that a block has for its readers, whatever it stands in. Pure."""

from collections.abc import Iterator
from typing import Any

from metrics.charts.pictures import told
from reports.blocks.figures import (
    AccountBlock,
    Block,
    BlockTable,
    Bullets,
    Diagram,
    Drawing,
    IndicatorBlock,
    Paragraph,
    Part,
    Subheading,
    text_of,
)


def texts_of(block: Block[Any]) -> Iterator[str]:
    """In the order in which it is read."""
    yield block.title
    match block:
        case IndicatorBlock():
            yield from map(text_of, block.sentences)
            yield from _texts_of_part(block.table)
        case AccountBlock():
            for part in block.parts:
                yield from _texts_of_part(part)
    yield from (meaning for _, meaning in block.marks)
    for note in block.notes:
        yield note if isinstance(note, str) else text_of(note)


def _texts_of_part(part: Part[Any]) -> Iterator[str]:
    match part:
        case Paragraph():
            yield text_of(part.words)
        case Bullets():
            yield part.heading
            yield from map(text_of, part.items)
        case Subheading():
            yield part.text
        case BlockTable():
            yield part.caption
            yield from (column.text for column in part.columns)
            for row in part.rows:
                yield row.header
                yield from map(text_of, row.cells)
        case Drawing() | Diagram():
            yield told(part.chart)
