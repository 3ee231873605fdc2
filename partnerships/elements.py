"""What the component templates draw: plain values, made by views, that know no database.

Each is drawn by `{% include "components/<name>.html" with <name>=value %}`. All texts but
a figure's drawing are escaped when drawn; none holds HTML.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.safestring import SafeString

Colour = Literal["grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link. `about` is read out after its text, so that ten times "Change" can be told apart."""

    text: str
    url: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in one or two words. The colour only repeats what the words say."""

    text: str
    colour: Colour = "grey"


@dataclass(frozen=True, slots=True)
class Column:
    """`whole` keeps each cell on one line: periods, which would break at their hyphen.

    `long` keeps a column of sentences wide enough to be read where the page is narrow. `beside`
    is of cards: its cells stand beside one another there, each beneath what it is called.
    """

    text: str
    numeric: bool = False
    whole: bool = False
    long: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: text, and at most one of a link's address and a tag's colour.

    `about` as of a `Link`.
    """

    text: str
    numeric: bool = False
    url: str = ""
    colour: Colour | Literal[""] = ""
    whole: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    header: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names its rows. `key` is unique on the page.

    `beneath` is of cards: on a narrow page its short columns, at most three, stay a table, and its
    long ones are lines beneath each row. It is for what is compared down a column.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    beneath: bool = False

    @property
    def labelled(self) -> Iterator[tuple[Row, list[tuple[Column, Cell]]]]:
        """Each row, and its cells with their columns: as cards show them."""
        for row in self.rows:
            yield row, list(zip(self.columns[1:], row.cells, strict=True))


def table(
    key: str,
    caption: str,
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Cell | Link | Tag | str]],
    *,
    notes: Sequence[str] = (),
    beneath: bool = False,
) -> Table:
    """A table out of rows as long as `columns`; a column that is numeric aligns its cells.

    Raises ValueError where a row is too short or too long.
    """
    heads = tuple(each if isinstance(each, Column) else Column(each) for each in columns)
    made = []
    for row in rows:
        first, *rest = (_cell(value, head) for value, head in zip(row, heads, strict=True))
        made.append(Row(first, tuple(rest)))
    return Table(key, caption, heads, tuple(made), tuple(notes), beneath)


def _cell(value: Cell | Link | Tag | str, column: Column) -> Cell:
    match value:
        case Cell():
            return value
        case Link():
            return Cell(
                value.text, column.numeric, url=value.url, whole=column.whole, about=value.about
            )
        case Tag():
            return Cell(value.text, column.numeric, colour=value.colour)
        case str():
            return Cell(value, column.numeric, whole=column.whole)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a summary list."""

    key: str
    value: str
    url: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A line of a task list. Without an address it cannot be started yet."""

    title: str
    state: Tag
    url: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work is. A `total` of 0 means that nobody knows yet.

    It is `counted` beneath the bar unless the words say so already.
    """

    key: str
    done: int
    total: int
    words: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark that stands where a figure would, such as [c], and what it means."""

    mark: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart drawn on the server, the same chart for Plotly, and its numbers as a table.

    `svg` is markup of our own writer, drawn as it stands; `data` is what Plotly takes
    (`data`, `layout`), or None for a chart that stays as it is.
    """

    key: str
    caption: str
    svg: SafeString
    table: Table
    data: dict[str, Any] | None = None
    links: tuple[Link, ...] = ()

    @property
    def data_id(self) -> str:
        return f"{self.key}-data"
