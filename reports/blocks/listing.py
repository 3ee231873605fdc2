"""Many indicators in one table: the newest figure of each, the year before, and others beside it.

Pure. The same figures as in an indicator's own block, with the same addresses.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from metrics.arithmetic.reading import Reading
from metrics.arithmetic.states import NOT_TESTED
from metrics.wording import (
    NOT_COMPARED,
    STATE_WORDS,
    change_cell,
    legend,
    unit_header,
    value_cell,
    when_words,
)
from partnerships.periods import Span
from reports.blocks.data import IndicatorData, Moved, Observation
from reports.blocks.figures import BlockTable, Column, F, Row, Words
from reports.blocks.indicator import (
    NO_FIGURE,
    OLDER,
    instead_words,
    is_given,
    version_words,
)
from reports.blocks.printing import change_figures, value_figure

Listed = Sequence[IndicatorData]


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns that tables share: the usual period, its two labels, areas beside it.

    `compared`: any row has a figure of the year before, so that there is a column for it; `moved`:
    any has a change; `tested`: any change was, so that there is one for what came of it.
    """

    span: Span
    years: tuple[str, str]
    areas: tuple[str, ...]
    compared: bool
    moved: bool
    tested: bool


def frame_of(listed: Listed, *, beside: bool = True) -> Frame:
    """The columns that these indicators need; none for other areas without `beside`."""
    span = usual_span(listed)
    years = _year_labels(listed, span)
    areas = comparators(listed) if beside else ()
    compared = any(_earlier(data) for data in listed)
    moved = any(_is_moved(data) for data in listed)
    return Frame(span, years, areas, compared, moved, any(_tested(data) for data in listed))


def listing(
    caption: str,
    listed: Listed,
    make: Callable[..., F],
    *,
    frame: Frame | None = None,
    notes: "Notes[F] | None" = None,
    look: str = "",
) -> BlockTable[F]:
    """A row for each indicator. `notes` are those of the block that the table stands in."""
    frame = frame or frame_of(listed)
    before, now = frame.years
    columns = [Column("Indicator", numeric=False)]
    columns += [Column(before), Column(now)] if frame.compared else [Column(now)]
    columns += [Column("Change")] if frame.moved else []
    columns += [Column("Can we say that it changed?", numeric=False)] if frame.tested else []
    columns += map(Column, frame.areas)
    rows = []
    for data in listed:
        newest: Words[F] = (value_figure(data, data.newest, make),)
        cells = [_before(data, make), newest] if frame.compared else [newest]
        cells += [_change(data, make)] if frame.moved else []
        cells += [(state_cell(data),)] if frame.tested else []
        cells += [_other(data, area, make) for area in frame.areas]
        rows.append(Row(row_header(data, frame.span, notes), tuple(cells)))
    return BlockTable(caption, tuple(columns), tuple(rows), look)


def usual_span(listed: Listed) -> Span:
    """The period that most of the newest figures are of; of two, the one met first."""
    return Counter(data.newest.span for data in listed).most_common(1)[0][0]


def row_header(data: IndicatorData, usual: Span, notes: "Notes[Any] | None" = None) -> str:
    """The indicator with its unit, with its period where that is not the usual one."""
    when = "" if data.newest.span == usual else f", {when_words(data.newest.span)}"
    mark = f" {notes.mark(data)}" if notes and notes.mark(data) else ""
    return f"{data.name}{when} ({unit_header(data.measure)}){mark}"


def comparators(listed: Listed) -> tuple[str, ...]:
    """The names of all areas of which any indicator has a figure in its newest period, in order."""
    found = {
        other.area: other.place
        for data in listed
        for other in data.others
        if is_given(other.at(data.newest.span))
    }
    return tuple(sorted(found, key=lambda area: (found[area], area)))


def marks_of(listed: Listed, frame: Frame | None = None) -> tuple[tuple[str, str], ...]:
    """The markers and flags that a table of them shows, with their meaning."""
    return marks_of_all([(listed, frame or frame_of(listed))])


def marks_of_all(tables: Iterable[tuple[Listed, Frame]]) -> tuple[tuple[str, str], ...]:
    """The same of several tables together."""
    return tuple(legend(reading for table in tables for reading in _readings(*table)))


def _readings(listed: Listed, frame: Frame) -> Iterator[Reading | None]:
    """What a table shows, cell by cell; None where nothing was ever asked for."""
    for data in listed:
        yield data.newest.reading
        if frame.compared:
            yield _reading_before(data)
        if frame.tested and not _state(data):
            yield None
        for area in frame.areas:
            seen = _seen(data, area)
            yield seen.reading if seen else nothing_beside(data)


def newest_move(data: IndicatorData) -> Moved | None:
    return data.move_to(data.newest.span)


def state_cell(data: IndicatorData) -> str:
    """The state of the newest change, as a table says it."""
    state = _state(data)
    return STATE_WORDS[state].capitalize() if state else value_cell(None)


def _state(data: IndicatorData) -> str:
    move = newest_move(data)
    return move.change.state if move else ""


def _tested(data: IndicatorData) -> bool:
    return _state(data) not in {"", NOT_TESTED}


def _year_labels(listed: Listed, span: Span) -> tuple[str, str]:
    """The two periods themselves where every row has them, else in words."""
    if all(data.newest.span == span for data in listed):
        return span.year_before.label, span.label
    return "Year before", "This year"


def _is_moved(data: IndicatorData) -> bool:
    move = newest_move(data)
    return move is not None and move.is_compared


def _earlier(data: IndicatorData) -> Observation | None:
    """The figure of the year before the newest one."""
    move = newest_move(data)
    return move.before if move is not None else None


def _before(data: IndicatorData, make: Callable[..., F]) -> Words[F]:
    earlier = _earlier(data)
    return (value_figure(data, earlier, make) if earlier else value_cell(NO_FIGURE),)


def _change(data: IndicatorData, make: Callable[..., F]) -> Words[F]:
    move = newest_move(data)
    if move is None or not move.is_compared:
        return (NOT_COMPARED,)
    return change_figures(data, move, make, change_cell)


def _reading_before(data: IndicatorData) -> Reading:
    earlier = _earlier(data)
    return earlier.reading if earlier else NO_FIGURE


def _other(data: IndicatorData, area: str, make: Callable[..., F]) -> Words[F]:
    seen = _seen(data, area)
    return (value_figure(data, seen, make) if seen else value_cell(nothing_beside(data)),)


def _seen(data: IndicatorData, area: str) -> Observation | None:
    found = (other.at(data.newest.span) for other in data.others if other.area == area)
    return next((seen for seen in found if seen is not None), None)


def nothing_beside(data: IndicatorData) -> Reading | None:
    """Numbers are not set beside those of larger places at all; ratios may lack a figure."""
    return NO_FIGURE if data.measure.is_ratio else None


class Notes(Generic[F]):
    """What readers must know of the figures of some tables, numbered as they are met.

    One note that is said of many figures is printed once, with the areas that it is of.
    """

    def __init__(self, listed: Listed, make: Callable[..., F]) -> None:
        self._areas: dict[Words[F], list[str]] = defaultdict(list)
        self._of: dict[str, list[Words[F]]] = defaultdict(list)
        own = {data.own.area for data in listed}
        for data in listed:
            for area, words in _notes(data, make):
                self._areas[words].append("" if area in own else area)
                self._of[data.code].append(words)

    def mark(self, data: IndicatorData) -> str:
        """What stands beside an indicator: "[note 1, 3]"; empty without any."""
        order = list(self._areas)
        own = dict.fromkeys(self._of.get(data.code, []))
        numbers = [str(number) for number in sorted(order.index(words) + 1 for words in own)]
        return f"[note {', '.join(numbers)}]" if numbers else ""

    @property
    def lines(self) -> tuple[Words[F], ...]:
        """The notes in words, in the order of their numbers."""
        return tuple(
            (f"Note {number}: {_of_areas(areas)}", *words)
            for number, (words, areas) in enumerate(self._areas.items(), start=1)
        )


def _notes(data: IndicatorData, make: Callable[..., F]) -> Iterator[tuple[str, Words[F]]]:
    """Area and note of each figure that a row of the indicator prints."""
    own, move = data.own.area, newest_move(data)
    yield from ((own, (version_words(version),)) for version in data.versions)
    if data.is_older:
        yield own, (OLDER,)
    if move is not None and move.before is not None:
        yield from _of_one(data, own, move.before, make)
        if move.change.absolute is None and move.change.rule.split(":")[1:2] != ["break"]:
            yield own, (move.change.reason,)
    yield from _of_one(data, own, data.newest, make)
    if move is not None and move.change.caution:
        yield own, (move.change.caution,)
    for other in data.others:
        seen = other.at(data.newest.span)
        if seen is not None:
            yield from _of_one(data, other.area, seen, make)


def _of_one(
    data: IndicatorData, area: str, seen: Observation, make: Callable[..., F]
) -> Iterator[tuple[str, Words[F]]]:
    yield from ((area, (note,)) for note in seen.notes)
    yield from ((area, instead_words(data, each, make)) for each in seen.instead)


def _of_areas(areas: Sequence[str]) -> str:
    """Before a note that is only of other areas, their names."""
    named = list(dict.fromkeys(areas))
    return "" if "" in named else f"{', '.join(named)}: "
