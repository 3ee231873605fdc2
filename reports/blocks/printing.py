"""Figures as blocks and prose print them: out of data, with their addresses. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from metrics.wording import MARKER_WORDS, amount_words, unit_header, value_cell, value_words
from partnerships.stated_figure import QUALIFIERS, Stated
from reports.blocks.data import IndicatorData, Moved, Observation
from reports.blocks.figures import F, Figure, Words

UNIT_NAMES = {"£": "pounds"}


def value_figure(
    data: IndicatorData,
    seen: Observation,
    make: Callable[..., F],
    *,
    in_words: bool = False,
    short: bool = False,
    said: str = "",
) -> F:
    """A figure as a table prints it; `in_words` as a sentence does, `short` without its unit.

    `said` is its text where more than the value is said in it.
    """
    text = value_words(seen.reading, data.measure) if in_words else value_cell(seen.reading)
    if short and seen.reading.value is not None:
        text = amount_words(seen.reading, data.measure)
    return make(
        text=said or text,
        address=seen.address,
        about=about(data, seen),
        unit=unit_header(data.measure),
        value=seen.reading.value,
        marker=seen.reading.marker,
    )


def change_figures(
    data: IndicatorData, move: Moved, make: Callable[..., F], wording: Callable[..., str]
) -> Words[F]:
    """A change as one figure, or as two where an amount and a percentage are printed."""
    assert move.before is not None
    sides = move.before.reading, move.after.reading, data.measure
    whole = wording(move.change, *sides)
    amount = wording(replace(move.change, percent=None), *sides)
    points = data.measure.unit == "percent"
    common: dict[str, Any] = {
        "address": move.after.address,
        "about": f"Change of {about(data, move.after)}, on the year before",
        "part": "change",
    }
    unit = "percentage points" if points else unit_header(data.measure)
    if move.change.percent is None or whole == amount:
        return (make(text=whole, unit=unit, value=move.change.absolute, **common),)
    percent = move.change.percent
    if not whole.startswith(f"{amount} ("):
        return (make(text=whole, unit="% change", value=percent, **common),)
    return (
        make(text=amount, unit=unit, value=move.change.absolute, **common),
        " (",
        make(text=whole[len(amount) + 2 : -1], unit="% change", value=percent, **common),
        ")",
    )


def stated_figure(
    stated: Stated, make: Callable[..., F], *, in_words: bool = False, written: str = ""
) -> F:
    """A figure that is no indicator's, as a table or as a sentence prints it.

    `written` is how a sentence has it already: "seven" for 7.
    """
    text = stated.words if in_words else _cell(stated)
    return make(
        text=written if written and stated.value is not None else text,
        address=stated.address,
        about=stated.about,
        unit=UNIT_NAMES.get(stated.unit, stated.unit),
        value=stated.value,
        marker=stated.marker,
    )


def _cell(stated: Stated) -> str:
    """A table has the qualifier too: "about 38"."""
    return stated.cell if stated.said else QUALIFIERS[stated.qualifier] + stated.cell


def stated_figures(every: Iterable[Stated | None], make: Callable[..., F]) -> Words[F]:
    """Figures one after the other in one cell: "7 visits, 6 organisations"; a dash without any."""
    words: list[str | F] = []
    for stated in every:
        if stated is not None:
            words += [", "] if words else []
            words.append(stated_figure(stated, make, in_words=True))
    return tuple(words) or ("–",)


def marks_in(figures: Iterable[Figure]) -> Iterator[tuple[str, str]]:
    """The markers that figures print in brackets, each with its meaning."""
    shown = {each.marker for each in figures if each.marker and f"[{each.marker}]" in each.text}
    return ((f"[{code}]", words) for code, words in MARKER_WORDS.items() if code in shown)


def woven(text: str, figures: Sequence[tuple[str, F]]) -> Words[F]:
    """The words, with each figure where its text stands; in the order in which they stand.

    Each comes with a fragment of the words that holds its text last: with the name before it,
    where that may hold digits too ("more than 12 months 2").
    """
    parts: list[Any] = []
    for fragment, figure in figures:
        before, found, text = text.partition(fragment)
        head, held, tail = fragment.rpartition(figure.text)
        if not (found and held):
            raise ValueError(f"{fragment!r} does not stand in the words.")
        before, text = before + head, tail + text
        parts += [before, figure] if before else [figure]
    return (*parts, text) if text else tuple(parts)


def about(data: IndicatorData, seen: Observation) -> str:
    """What a figure is one of: the words of its link."""
    return f"{data.name}, {seen.area}, {seen.span.label}"
