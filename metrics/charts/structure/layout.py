"""Where everything of a structure chart goes. Pure geometry.

A tree stands below its head in rows of columns; whoever stands under one of a row is stacked
below it, a step further in. Lines run only where no card is. On a narrow drawing there is one
column: a list of cards with steps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from metrics.charts.layout import WIDTH
from metrics.charts.legends import WIDE
from metrics.charts.shapes import ASCENT, Box, Drawn, Line, Panel, Scene, Text
from metrics.charts.structure.spec import Branch, Card, Group, Standing, StructureSpec
from metrics.charts.style import INK, PAPER, QUIET, STYLES
from metrics.charts.text import LINE_HEIGHT, width, wrap

GAP = 12.0  # between cards
BETWEEN = 24.0  # between trees, and before a heading
PAD = 8.0  # from the edge of a card to its words
STEP = 18.0  # a level further in
EDGE = 1.0  # from the paper's edge, so that outlines are whole
NARROWEST = 100.0  # a card
COLUMN = 320.0  # a card that has no other beside it, at most
MOST_COLUMNS = 4
FEW_LINES = 4  # of a name in a column; where it needs more there are fewer columns
MANY_LINES = 12
LEADING = STYLES[0].colour
DASH = "4 3"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The measures of a drawing: its width and the sizes of its letters."""

    full: float
    size: float
    small: float

    @property
    def inner(self) -> float:
        return self.full - 2 * EDGE


@dataclass(frozen=True, slots=True)
class _Placed:
    """What is drawn of a card or of a tree, and where it ends."""

    drawn: tuple[Drawn, ...]
    bottom: float


def scene(spec: StructureSpec, *, full: float = WIDTH) -> Scene:
    """The drawing of a spec, `full` units wide: 640 for pages and print, 320 for small screens."""
    sheet = _Sheet(full, 14.0, 13.0) if full >= WIDE else _Sheet(full, 13.0, 12.0)
    drawn: list[Drawn] = []
    y = EDGE
    for tree in spec.trees:
        placed = _tree(tree, y, sheet)
        drawn += placed.drawn
        y = placed.bottom + BETWEEN
    for group in spec.groups:
        placed = _group(group, y, sheet)
        drawn += placed.drawn
        y = placed.bottom + BETWEEN
    return Scene(full, round(y - BETWEEN + EDGE, 1), tuple(drawn))


def _tree(tree: Branch, y: float, sheet: _Sheet) -> _Placed:
    columns = _columns(tree.under, sheet.inner - STEP, sheet)
    if columns < 2:
        step = _step(tree, sheet)
        wide = min(sheet.inner, COLUMN + tree.depth * step)
        return _branch(tree, EDGE, y, wide, sheet, step)
    each = _column_width(sheet.inner - STEP, columns)
    head = _card(tree.card, EDGE, y, 2 * each + GAP, sheet)
    drawn = list(head.drawn)
    trunk, bottom = EDGE + STEP / 2, head.bottom
    for row in _rows(tree.under, columns):
        bus, top = bottom + GAP, bottom + 2 * GAP
        least = max(_height(branch.card, each, sheet) for branch in row)
        for number, branch in enumerate(row):
            x = EDGE + STEP + number * (each + GAP)
            middle = x + each / 2
            corners = ((trunk, head.bottom), (trunk, bus), (middle, bus), (middle, top))
            drawn.append(Line(corners, QUIET, 1.25))
            placed = _branch(branch, x, top, each, sheet, least=least)
            drawn += placed.drawn
            bottom = max(bottom, placed.bottom)
    return _Placed(tuple(drawn), bottom)


def _branch(
    branch: Branch,
    x: float,
    y: float,
    wide: float,
    sheet: _Sheet,
    step: float = STEP,
    least: float = 0.0,
) -> _Placed:
    """A card, at least so high, and those under it stacked below, each a step further in."""
    head = _card(branch.card, x, y, wide, sheet, least)
    drawn, bottom = list(head.drawn), head.bottom
    trunk = x + step / 2
    for each in branch.under:
        top = bottom + GAP
        placed = _branch(each, x + step, top, wide - step, sheet, step)
        middle = top + PAD + sheet.size * LINE_HEIGHT / 2
        drawn.append(Line(((trunk, head.bottom), (trunk, middle), (x + step, middle)), QUIET, 1.25))
        drawn += placed.drawn
        bottom = placed.bottom
    return _Placed(tuple(drawn), bottom)


def _group(group: Group, y: float, sheet: _Sheet) -> _Placed:
    lines = wrap(group.heading, sheet.inner, sheet.size, FEW_LINES)
    drawn: list[Drawn] = list(_lines(lines, EDGE, y, sheet.size, INK))
    bottom = y + len(lines) * sheet.size * LINE_HEIGHT
    alone = tuple(Branch(card) for card in group.cards)
    columns = _columns(alone, sheet.inner, sheet)
    each = _column_width(sheet.inner, columns)
    for row in _rows(alone, columns):
        top = bottom + GAP / 2
        least = max(_height(branch.card, each, sheet) for branch in row)
        for number, branch in enumerate(row):
            placed = _card(branch.card, EDGE + number * (each + GAP), top, each, sheet, least)
            drawn += placed.drawn
            bottom = max(bottom, placed.bottom)
        bottom += GAP / 2
    return _Placed(tuple(drawn), bottom - GAP / 2)


def _card(
    card: Card, x: float, y: float, wide: float, sheet: _Sheet, least: float = 0.0
) -> _Placed:
    leads = card.standing is Standing.LEADS
    names, notes = _words(card, wide, sheet)
    notes_from = y + PAD + len(names) * sheet.size * LINE_HEIGHT
    bottom = y + max(_height(card, wide, sheet), least)
    panel = Panel(
        Box(x, y, x + wide, bottom),
        fill=LEADING if leads else PAPER,
        edge=LEADING if leads else INK,
        dash=DASH if card.standing is Standing.OUTSIDE else "",
    )
    words = (
        *_lines(names, x + PAD, y + PAD, sheet.size, PAPER if leads else INK),
        *_lines(notes, x + PAD, notes_from, sheet.small, PAPER if leads else QUIET),
    )
    return _Placed((panel, *words), bottom)


def _words(card: Card, wide: float, sheet: _Sheet) -> tuple[list[str], list[str]]:
    """The lines of its name and of its note."""
    return (
        wrap(card.name, wide - 2 * PAD, sheet.size, MANY_LINES),
        wrap(card.note, wide - 2 * PAD, sheet.small, MANY_LINES),
    )


def _height(card: Card, wide: float, sheet: _Sheet) -> float:
    names, notes = _words(card, wide, sheet)
    return (len(names) * sheet.size + len(notes) * sheet.small) * LINE_HEIGHT + 2 * PAD


def _lines(lines: Sequence[str], x: float, y: float, size: float, colour: str) -> Iterator[Text]:
    lead = (LINE_HEIGHT - 1) / 2 * size
    for number, line in enumerate(lines):
        yield Text(
            x, y + number * size * LINE_HEIGHT + lead + ASCENT * size, line, size, colour=colour
        )


def _columns(branches: Sequence[Branch], wide: float, sheet: _Sheet) -> int:
    """As many columns as let every name be read whole in few lines; at least one."""
    most = min(MOST_COLUMNS, len(branches)) if sheet.full >= WIDE else 1
    for columns in range(most, 1, -1):
        each = _column_width(wide, columns)
        if all(_fits(branch, each, sheet) for branch in branches):
            # No row with one alone where the rows can be more even.
            return ceil(len(branches) / ceil(len(branches) / columns))
    return 1


def _fits(branch: Branch, wide: float, sheet: _Sheet) -> bool:
    if wide < NARROWEST:
        return False
    lines = wrap(branch.card.name, wide - 2 * PAD, sheet.size, FEW_LINES)
    notes = [width(word, sheet.small) for word in branch.card.note.split()]
    return (
        not any(line.endswith("…") for line in lines)
        and max(notes, default=0.0) <= wide - 2 * PAD
        and all(_fits(each, wide - STEP, sheet) for each in branch.under)
    )


def _step(tree: Branch, sheet: _Sheet) -> float:
    """How far each level goes in, so that the deepest still has room."""
    return min(STEP, (sheet.inner - NARROWEST) / max(tree.depth, 1))


def _column_width(wide: float, columns: int) -> float:
    return (wide - (columns - 1) * GAP) / columns


def _rows(branches: Sequence[Branch], columns: int) -> Iterator[Sequence[Branch]]:
    for first in range(0, len(branches), columns):
        yield branches[first : first + columns]
