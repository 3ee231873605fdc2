"""What every block is made of in print: figures with addresses, words, tables.

Blocks are generic over the type of their figures: `Figure` for people who see true values,
`PublicFigure` (`reports.disclosure`) for what may leave.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Generic, Literal, TypeVar

from metrics.charts.pictures import Picture
from metrics.charts.spec import ChartSpec
from metrics.charts.structure.spec import StructureSpec
from reports.blocks.data import Source

# A table of no more than this is kept together on paper: it fits on a page.
MOST_ROWS = 10
MOST_LETTERS = 600


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure. Whoever asks where it comes from follows `address`.

    `text` is what is printed, `value` the number behind it in `unit` (unrounded; None for
    a marker or words), `marker` its code without brackets, `about` what it is a figure of.
    A change has the address of the figure that changed, and `part` says that it is one.
    """

    text: str
    address: str
    about: str
    unit: str
    value: Decimal | None = None
    marker: str = ""
    part: Literal["value", "change"] = "value"


F = TypeVar("F", bound=Figure)
G = TypeVar("G", bound=Figure)


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out in running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead to an address on the web, or to a place of the document (`#plans`)."""

    text: str
    url: str


# Running text: figures in order between words.
Words = tuple[str | Strong | Linked | F, ...]


@dataclass(frozen=True, slots=True)
class Column:
    text: str
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Row(Generic[F]):
    """The first column names the row; the others hold figures and words."""

    header: str
    cells: tuple[Words[F], ...]


@dataclass(frozen=True, slots=True)
class BlockTable(Generic[F]):
    """`look` names how it is set; empty like most.

    It is one of `headlines`, `halves`, `amounts`, `beside`, `loose`, `close` and `wide`.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row[F], ...]
    look: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it may not fit on one page: by its rows, or by what stands in them."""
        letters = sum(len(text_of(cell)) for row in self.rows for cell in row.cells)
        return len(self.rows) > MOST_ROWS or letters > MOST_LETTERS


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one printed figure comes from: a line of the list of sources of a document."""

    address: str
    about: str
    stated: str
    source: Source


@dataclass(frozen=True, slots=True)
class IndicatorBlock(Generic[F]):
    """One indicator: sentences, table and chart out of the same figures.

    `key` is unique in its document. `chart` is None where there are not two figures to compare.
    `marks` explains the markers and flags that the table shows.
    """

    kind: ClassVar[str] = "indicator"

    key: str
    title: str
    sentences: tuple[Words[F], ...]
    table: BlockTable[F]
    chart: ChartSpec | None
    marks: tuple[tuple[str, str], ...] = ()
    notes: tuple[Words[F], ...] = ()
    origins: tuple[Origin, ...] = field(default=(), compare=False)

    @property
    def figures(self) -> Iterator[F]:
        """Every figure in the order in which it is read: sentences, the table, the notes."""
        for sentence in self.sentences:
            yield from figures_in(sentence)
        yield from _figures_of(self.table)
        for note in self.notes:
            yield from figures_in(note)

    @property
    def charts(self) -> tuple[ChartSpec, ...]:
        return (self.chart,) if self.chart is not None else ()

    @property
    def tables(self) -> tuple[BlockTable[F], ...]:
        return (self.table,)


@dataclass(frozen=True, slots=True)
class Paragraph(Generic[F]):
    kind: ClassVar[str] = "paragraph"
    words: Words[F]


@dataclass(frozen=True, slots=True)
class Bullets(Generic[F]):
    """A list; `heading` is said before it where there is one."""

    kind: ClassVar[str] = "bullets"

    items: tuple[Words[F], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Subheading:
    kind: ClassVar[str] = "subheading"
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    kind: ClassVar[str] = "drawing"
    chart: ChartSpec


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing of no figures."""

    kind: ClassVar[str] = "diagram"
    chart: StructureSpec


Part = Paragraph[F] | Bullets[F] | Subheading | BlockTable[F] | Drawing | Diagram


@dataclass(frozen=True, slots=True)
class AccountBlock(Generic[F]):
    """What is told of anything but an indicator, part by part in the order in which it is read.

    `key` is unique in its document. Without a `title` it is running text of its section, which
    the contents do not list.
    """

    key: str
    title: str
    parts: tuple[Part[F], ...]
    marks: tuple[tuple[str, str], ...] = ()
    notes: tuple[str | Words[F], ...] = ()
    origins: tuple[Origin, ...] = field(default=(), compare=False)

    @property
    def figures(self) -> Iterator[F]:
        for part in self.parts:
            match part:
                case Paragraph():
                    yield from figures_in(part.words)
                case Bullets():
                    for item in part.items:
                        yield from figures_in(item)
                case BlockTable():
                    yield from _figures_of(part)
        for note in self.notes:
            yield from figures_in((note,) if isinstance(note, str) else note)

    @property
    def charts(self) -> tuple[Picture, ...]:
        """Every picture, drawn of figures or not."""
        return tuple(part.chart for part in self.parts if isinstance(part, Drawing | Diagram))

    @property
    def tables(self) -> tuple[BlockTable[F], ...]:
        return tuple(part for part in self.parts if isinstance(part, BlockTable))


Block = IndicatorBlock[F] | AccountBlock[F]


def figures_in(words: Words[F]) -> Iterator[F]:
    return (part for part in words if isinstance(part, Figure))


def text_of(words: Words[F]) -> str:
    """Running text as it is read."""
    return "".join(part if isinstance(part, str) else part.text for part in words)


def _figures_of(table: BlockTable[F]) -> Iterator[F]:
    for row in table.rows:
        for cell in row.cells:
            yield from figures_in(cell)
