"""The block of one indicator, out of its data: the only place that decides what it prints.

Numbers become text in `metrics.wording` alone; here they get their addresses and their places.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from metrics.arithmetic.comparison import compare
from metrics.arithmetic.reading import Reading
from metrics.wording import (
    NOT_COMPARED,
    amount_words,
    by_words,
    change_cell,
    legend,
    state_words,
    unit_header,
    value_cell,
    versus_words,
    when_words,
)
from partnerships.periods import day
from reports.blocks.chart import chart_of
from reports.blocks.data import IndicatorData, Instead, Moved, Observation, Series, Version
from reports.blocks.figures import (
    BlockTable,
    Column,
    F,
    IndicatorBlock,
    Row,
    Words,
)
from reports.blocks.origins import indicator_origins
from reports.blocks.printing import change_figures, value_figure

OLDER = "There is no figure of the report's own period: this is the newest before it."
NO_FIGURE = Reading(marker="x")  # the source gives none for this period


def indicator_block(data: IndicatorData, make: Callable[..., F]) -> IndicatorBlock[F]:
    """The block of an indicator. `make` makes its figures: `Figure`, or the gate's own.

    The public form is made by `reports.disclosure.public_block`, which calls this.
    """
    return IndicatorBlock(
        key=f"indicator-{data.code}",
        title=data.name,
        sentences=tuple(_sentences(data, make)),
        table=_table(data, make),
        chart=chart_of(data),
        marks=tuple(legend(_shown(data))),
        notes=tuple(_notes(data, make)),
        origins=tuple(indicator_origins(data)),
    )


def _sentences(data: IndicatorData, make: Callable[..., F]) -> Iterator[Words[F]]:
    """What it is and by how much it changed; whether that can be said; beside whom it stands."""
    move = data.move_to(data.newest.span)
    if move is None or move.before is None or move.change.absolute is None:
        yield from _alone(data, move, make)
    else:
        yield (
            f"{data.name}: ",
            value_figure(data, move.before, make, in_words=True),
            f" {when_words(move.before.span)} to ",
            value_figure(data, move.after, make, short=True),
            f" {when_words(move.after.span)}, ",
            *change_figures(data, move, make, by_words),
            ".",
        )
        state = state_words(move.change)
        if state:
            yield (f"{_upper_first(state)}.",)
        yield from ((words,) for words in _with_care(data, move.change.caution))
    if data.is_older:
        yield (OLDER,)
    yield from _beside(data, make)


def _alone(data: IndicatorData, move: Moved | None, make: Callable[..., F]) -> Iterator[Words[F]]:
    """A figure without a change, and why there is none where it does not say so itself."""
    figure, when = (
        value_figure(data, data.newest, make, in_words=True),
        when_words(data.newest.span),
    )
    if data.newest.reading.value is None:
        yield f"{data.name} {when}: ", figure, "."
        return
    yield f"{data.name}: ", figure, f" {when}."
    if move is not None:
        said = _said(data, move.change.reason)
        yield from ((version_words(version),) for version in said)
        if not said:
            yield (move.change.reason,)


def _with_care(data: IndicatorData, caution: str) -> Iterator[str]:
    """What to be careful about: what affected the series, with its day, then the rest."""
    for version in _said(data, caution):
        yield version_words(version)
        caution = caution.replace(version.words, "", 1)
    if caution.strip():
        yield caution.strip()


def _said(data: IndicatorData, words: str) -> list[Version]:
    """The changes of definition or recording that a reason or a caution tells of in full."""
    return [version for version in data.versions if version.words in words]


def _told_above(data: IndicatorData) -> list[Version]:
    """Those that the sentences tell, so that the notes do not tell them again."""
    move = data.move_to(data.newest.span)
    if move is None or data.newest.reading.value is None:
        return []
    return _said(data, f"{move.change.reason} {move.change.caution}")


def _beside(data: IndicatorData, make: Callable[..., F]) -> Iterator[Words[F]]:
    """The newest figure beside each comparator of the same period."""
    local = data.newest
    parts: list[str | F] = []
    for other in data.others:
        there = other.at(local.span)
        if there is None or there.reading.value is None or local.reading.value is None:
            continue
        comparison = compare(local.reading, there.reading, data.measure)
        words = versus_words(comparison, local.reading, there.reading, data.measure, other.said)
        amount = amount_words(there.reading, data.measure)
        before, found, after = words.rpartition(amount)
        if found:
            parts += [
                ", " if parts else "",
                before,
                value_figure(data, there, make, short=True),
                after,
            ]
    if parts:
        yield (f"Beside others {when_words(local.span)}: ", *parts, ".")


def _table(data: IndicatorData, make: Callable[..., F]) -> BlockTable[F]:
    unit = unit_header(data.measure)
    compared = any(move.is_compared for move in data.moved)
    others = _printed(data)
    rows = []
    for span in data.spans:
        own = data.own.at(span)
        cells = [_cell(data, own, make)]
        cells += [_change_words(data, own, make)] if compared else []
        cells += [_cell(data, other.at(span), make) for other in others]
        rows.append(Row(span.label, tuple(cells)))
    columns = [Column("Period", numeric=False), Column(data.own.area)]
    columns += [Column("Change on the year before")] if compared else []
    columns += [Column(other.area) for other in others]
    return BlockTable(f"{data.name} ({unit})", tuple(columns), tuple(rows))


def _printed(data: IndicatorData) -> list[Series]:
    """The comparators that have a column: those with a figure; the notes tell of the others."""
    return [other for other in data.others if any(is_given(other.at(span)) for span in data.spans)]


def is_given(seen: Observation | None) -> bool:
    """Whether a source gives anything: a figure, words, or that there is one that is hidden."""
    return seen is not None and (
        seen.reading.value is not None or seen.reading.marker not in {"x", "z"}
    )


def _cell(data: IndicatorData, seen: Observation | None, make: Callable[..., F]) -> Words[F]:
    return (value_figure(data, seen, make),) if seen else (value_cell(NO_FIGURE),)


def _change_words(data: IndicatorData, own: Observation | None, make: Callable[..., F]) -> Words[F]:
    move = data.move_to(own.span) if own else None
    if move is None or not move.is_compared:
        return (NOT_COMPARED,)
    return change_figures(data, move, make, change_cell)


def _shown(data: IndicatorData) -> Iterator[Reading]:
    for series in (data.own, *_printed(data)):
        for span in data.spans:
            seen = series.at(span)
            yield seen.reading if seen else NO_FIGURE


def _notes(data: IndicatorData, make: Callable[..., F]) -> Iterator[Words[F]]:
    """What readers must know beneath the table: versions, notes, figures that gave way."""
    above = _told_above(data)
    yield from ((version_words(version),) for version in data.versions if version not in above)
    of_figures: dict[str, list[str]] = defaultdict(list)
    for series in (data.own, *data.others):
        for seen in series.observations:
            for note in seen.notes:
                of_figures[note].append(f"{series.area}, {seen.span.label}")
    for note, figures in of_figures.items():
        yield (f"{'; '.join(dict.fromkeys(figures))}: {note}",)
    for series in (data.own, *data.others):
        for seen in series.observations:
            for each in seen.instead:
                yield (f"{series.area}, {seen.span.label}: ", *instead_words(data, each, make))


def instead_words(data: IndicatorData, each: Instead, make: Callable[..., F]) -> Words[F]:
    """A figure of the same thing that gave way to the one that is printed, and why."""
    gave_way = value_figure(data, each.seen, make, in_words=True)
    return ("The source also gives ", gave_way, ". ", each.rule)


def version_words(version: Version) -> str:
    """A change of definition or recording, and what it does to the series."""
    effect = "Not comparable with what came before" if version.breaks else "Compare with care"
    return f"From {day(version.first)}: {version.words} {effect}."


def _upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]
