"""The forms of a figure in running text, one function each. Pure.

Wording is `metrics.wording`'s; here the figures in it get their addresses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from metrics.arithmetic.comparison import compare, rank_of
from metrics.arithmetic.reading import Reading
from metrics.wording import (
    amount_words,
    by_words,
    list_words,
    moved_words,
    out_of_words,
    range_words,
    rank_words,
    value_words,
    verdict_words,
    versus_words,
)
from partnerships.amounts import written_words
from partnerships.periods import Span
from partnerships.stated_figure import QUALIFIERS, Stated
from reports.blocks.data import MEDIAN, NEIGHBOURS, IndicatorData, Moved, Observation, Series
from reports.blocks.figures import F, Words
from reports.blocks.printing import change_figures, value_figure, woven
from reports.prose.grammar import IndicatorToken, ProseError

Make = Callable[..., F]


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a breakdown with its figures; `within` is the code of the wider one."""

    code: str
    name: str
    data: IndicatorData
    within: str = ""


def words_of(
    token: IndicatorToken, data: IndicatorData, categories: Sequence[Category], make: Make[F]
) -> Words[F]:
    """What a token prints. Raises `ProseError` where there is no such figure."""
    span = token.span or _own_period(data)
    if token.form == "list":
        return _list(categories, span, token.argument, make)
    series = _area(data, token.area) if token.area else data.own
    seen = _seen(data, series, span)
    if series is not data.own and token.form not in {"value", "of", "other"}:
        raise ProseError(f"“{token.form}” is told of {data.own.area} only: leave out “in”.")
    match token.form:
        case "change":
            return change_figures(data, _moved(data, span), make, by_words)
        case "moved":
            return _from_to(data, _moved(data, span), make)
        case "tested":
            return (verdict_words(_moved(data, span).change),)
        case "versus":
            return _versus(data, seen, _area(data, token.argument), make)
        case "range":
            return _range(data, span, make)
        case "rank":
            return _rank(data, span, make)
        case "of":
            return _out_of(data, seen, make)
        case "other":
            return _other(data, seen, make)
    return (value_figure(data, seen, make, in_words=True),)


def stated_words(stated: Stated, form: str) -> str:
    """A figure that is no indicator's in one of `grammar.STATED_FORMS`; empty without a form."""
    if not form or stated.value is None or stated.said:
        return ""
    number = QUALIFIERS[stated.qualifier] + stated.cell
    small = written_words(stated.value) if stated.qualifier == "exactly" else ""
    match form:
        case "written" | "Written" if small and small != "ten":
            words = "none" if small == "zero" else small
            return words.capitalize() if form == "Written" else words
        case "times":
            return {"one": "once", "two": "twice"}.get(small, f"{number} times")
    return number


def _own_period(data: IndicatorData) -> Span:
    """The report's own; an older figure is told with its period, so that it cannot mislead."""
    newest = data.newest.span
    if data.is_older:
        raise ProseError(
            f"{data.name} has no figure of the report's own period. The newest is of "
            f"{newest.label}: write {newest.key} after the code, and say so in the sentence."
        )
    return newest


def _area(data: IndicatorData, code: str) -> Series:
    """The series of an area, by its code: `england`, `west-midlands`; `neighbours` for short."""
    for series in (data.own, *data.others):
        if series.code == code or series.kind == code == NEIGHBOURS:
            return series
    known = ", ".join(_short(series) for series in data.others) or "none"
    raise ProseError(f"{data.name} has no figure of the area “{code}”. Others it has: {known}.")


def _short(series: Series) -> str:
    return NEIGHBOURS if series.kind == NEIGHBOURS else series.code


def _seen(data: IndicatorData, series: Series, span: Span) -> Observation:
    seen = series.at(span)
    if seen is None:
        raise ProseError(f"{data.name} has no figure for {series.area}, {span.label}.")
    return seen


def _moved(data: IndicatorData, span: Span) -> Moved:
    move = data.move_to(_seen(data, data.own, span).span)
    if move is None or move.before is None or move.change.absolute is None:
        reason = move.change.reason if move else "there is no year before"
        raise ProseError(f"{data.name} has no change for {span.label}: {reason}")
    return move


def _from_to(data: IndicatorData, move: Moved, make: Make[F]) -> Words[F]:
    assert move.before is not None
    text = moved_words(move.change, move.before.reading, move.after.reading, data.measure)
    after = value_figure(data, move.after, make, in_words=True)
    if text.startswith("stayed"):
        return woven(text, [(after.text, after)])
    before = value_figure(data, move.before, make, short=True)
    return woven(text, [(before.text, before), (after.text, after)])


def _out_of(data: IndicatorData, seen: Observation, make: Make[F]) -> Words[F]:
    reading = seen.reading
    if reading.value is not None and (reading.numerator is None or reading.denominator is None):
        raise ProseError(
            f"{data.name}, {seen.span.label}, is known without the numbers behind it: "
            "leave out “of”."
        )
    text = out_of_words(reading, data.measure)
    return (value_figure(data, seen, make, said=text),)


def _other(data: IndicatorData, seen: Observation, make: Make[F]) -> Words[F]:
    """What else the source gives for the same thing."""
    if not seen.instead:
        raise ProseError(f"{data.name}, {seen.span.label}: the source gives no other figure.")
    if len(seen.instead) > 1:
        raise ProseError(f"{data.name}, {seen.span.label}: the source gives several others.")
    return (value_figure(data, seen.instead[0].seen, make, in_words=True),)


def _versus(data: IndicatorData, local: Observation, other: Series, make: Make[F]) -> Words[F]:
    _require_ratio(data)
    there = _seen(data, other, local.span)
    comparison = compare(local.reading, there.reading, data.measure)
    words = versus_words(comparison, local.reading, there.reading, data.measure, other.said)
    amount = _amount(data, there, make)
    # Beside a figure that is hidden, the other one is not said.
    return woven(words, [amount]) if amount[0] in words else (words,)


def _range(data: IndicatorData, span: Span, make: Make[F]) -> Words[F]:
    """Over the areas that have a figure of the period."""
    _require_ratio(data)
    every = _of_period(data, span)
    words = range_words([(series.said, seen.reading) for series, seen in every], data.measure)
    figures = [
        (
            f"{amount_words(seen.reading, data.measure)} ({series.said})",
            value_figure(data, seen, make, short=True),
        )
        for series, seen in every
        if seen.reading.value is not None
    ]
    found = sorted((words.find(name), name, figure) for name, figure in figures if name in words)
    if len(found) < 2:
        raise ProseError(f"{data.name} has figures of too few areas for a range.")
    return woven(words, [(figure.text, figure) for _, _, figure in found])


def _rank(data: IndicatorData, span: Span, make: Make[F]) -> Words[F]:
    """The value with its place, in one figure: how many areas there are is no typed number."""
    _require_ratio(data)
    own = _seen(data, data.own, span)
    members = {series.area: seen.reading for series, seen in _of_period(data, span)}
    place = rank_of(own.area, members, data.measure)
    if place is None:
        raise ProseError(f"{data.name} has figures of too few areas for a rank.")
    text = f"{value_words(own.reading, data.measure)}, {rank_words(place)}"
    return (value_figure(data, own, make, said=text),)


def _list(categories: Sequence[Category], span: Span, breakdown: str, make: Make[F]) -> Words[F]:
    """The figures of the categories of a breakdown, the largest first, without parts of others."""
    seen = [(each, found) for each in categories if (found := each.data.own.at(span))]
    codes = {each.code for each, _ in seen}
    seen = [(each, found) for each, found in seen if each.within not in codes]
    if not seen:
        raise ProseError(f"There are no figures by “{breakdown}” for {span.label}.")
    seen.sort(key=lambda pair: -(pair[1].reading.value or 0))
    measure = seen[0][0].data.measure
    words = list_words([(_lower(each.name), found.reading) for each, found in seen], measure)
    figures = []
    for each, found in seen:
        text, figure = _amount(each.data, found, make, measure.unit)
        figures.append((f"{_lower(each.name)} {text}", figure))
    return woven(words, figures)


def _require_ratio(data: IndicatorData) -> None:
    if not data.measure.is_ratio:
        raise ProseError(
            f"{data.name} is a number, and areas differ in size: compare a rate or a percentage."
        )


def _of_period(data: IndicatorData, span: Span) -> list[tuple[Series, Observation]]:
    """The areas; a median is none."""
    every = (data.own, *(other for other in data.others if other.kind != MEDIAN))
    return [(series, seen) for series in every if (seen := series.at(span))]


def _amount(
    data: IndicatorData, seen: Observation, make: Make[F], unit: str = "rate"
) -> tuple[str, F]:
    """A figure and its text within words: rates stand without their unit in a row of them."""
    plain: Reading = seen.reading
    if plain.value is None or unit == "percent":
        text = value_words(plain, data.measure)
        return text, value_figure(data, seen, make, in_words=True)
    return amount_words(plain, data.measure), value_figure(data, seen, make, short=True)


def _lower(name: str) -> str:
    """With a small first letter, unless it is an abbreviation: “Neglect”, but “GP”."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
