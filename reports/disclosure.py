"""The gate: what may leave is made here, and nowhere else.

`public_form` takes true values and gives the block that may be published. Its figures are
`PublicFigure`s, which no other module can make; whatever draws a report accepts nothing else.
Suppression happens before anything is worded or drawn, so that sentence, table, chart, alt text
and file cannot differ in what they give away.

- Primary: a count from 1 to the indicator's threshold becomes `c`. Zero stays.
- Derived: a percentage, rate or average goes where numerator, denominator or complement is such
  a count, or is not known. A change goes with either of its figures.
- Ratios of two figures go with either of them.
- Breakdowns: a category of a disclosive indicator goes, small or not, since a total and the
  other categories could give a small one away.
- Public before: what was published before the portal had it (`public_since`), and official
  statistics, stay as they are.

- Secondary: what a total and other parts of it would give away (`reports.secondary`), and what
  earlier editions hid, is told to the gate as `hidden`, by whoever knows the whole release and
  what was published before it (`reports.editions.assemble`).

Not here: shares whose counts follow from other figures (docs/decisions/hidden-figures.md).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import InitVar, dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from metrics.arithmetic.change import change_of
from metrics.arithmetic.reading import Measure, Reading
from partnerships.stated_figure import Stated
from reports.blocks.data import IndicatorData, Moved, Observation, Series, Source
from reports.blocks.figures import AccountBlock, Block, Figure, IndicatorBlock
from reports.blocks.indicator import indicator_block
from reports.blocks.origins import origins_in
from reports.blocks.printing import marks_in
from reports.ratios.ratio import RatioFigure

T = TypeVar("T")
_SEAL = object()
THRESHOLD = 5  # of counts that no indicator has a threshold for
CONFIDENTIAL = Reading(marker="c")


class NotPublic(TypeError):
    """Something was about to leave that did not come through the gate."""


@dataclass(frozen=True, slots=True)
class PublicFigure(Figure):
    """A figure that may leave. Only `public_form` makes them; a changed copy cannot be made."""

    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise NotPublic("Only reports.disclosure makes figures that may leave.")


@dataclass(frozen=True, slots=True)
class Release:
    """The day of a publication, and what it hides besides: addresses with or without revision."""

    on: date
    hidden: frozenset[str] = frozenset()


def public_form(
    data: IndicatorData, *, on: date, hidden: frozenset[str] = frozenset()
) -> IndicatorBlock[PublicFigure]:
    """The block of an indicator as it may be published on a day, `hidden` besides left out."""
    return indicator_block(_public_data(data, Release(on, hidden)), _sealed)


def public_account(
    data: T,
    build: Callable[[T, Callable[..., PublicFigure]], AccountBlock[PublicFigure]],
    *,
    sources: Mapping[str, Source],
    on: date,
    hidden: frozenset[str] = frozenset(),
) -> AccountBlock[PublicFigure]:
    """What is told of something, built from data whose every figure is in its public form.

    `data` is made of dataclasses, tuples, `Stated` figures and `IndicatorData`; `build` gets
    nothing else, so that it cannot say what is hidden. `sources` are the datasets by code.
    """
    public: T = _public_of(data, Release(on, hidden))
    block = build(public, _sealed)
    addresses = {figure.address for figure in block.figures}
    return replace(
        block,
        marks=tuple(dict.fromkeys((*block.marks, *marks_in(block.figures)))),
        origins=origins_in(public, addresses, sources),
    )


def require_public(blocks: Iterable[Block[PublicFigure]]) -> None:
    """Raises `NotPublic` unless every figure of the blocks came through the gate."""
    for block in blocks:
        for figure in block.figures:
            if type(figure) is not PublicFigure:
                raise NotPublic(f"{figure.about}: this figure has not come through the gate.")


def _sealed(**fields: Any) -> PublicFigure:
    return PublicFigure(seal=_SEAL, **fields)


def _public_of(data: Any, release: Release) -> Any:
    """The same data with its figures in public form; what holds no figure stays as it is."""
    match data:
        case RatioFigure():
            return _public_ratio(data, release)
        case Stated():
            return _public_stated(data, release)
        case IndicatorData():
            return _public_data(data, release)
        case tuple():
            return tuple(_public_of(each, release) for each in data)
        case list() | dict() | set():
            raise TypeError("Data of a block holds tuples, not lists: they could change after it.")
    if not is_dataclass(data) or isinstance(data, type):
        return data
    held = {each.name: getattr(data, each.name) for each in fields(data)}
    public = {name: _public_of(value, release) for name, value in held.items()}
    changed = {name: value for name, value in public.items() if value is not held[name]}
    return replace(data, **changed) if changed else data


def _public_stated(stated: Stated, release: Release) -> Stated:
    """The figure, or `c` without its note where it is a small count of children or families.

    Of a whole that is told, what is left may be the small one.
    """
    was_public = stated.public_since is not None and stated.public_since <= release.on
    if not stated.of_children or was_public or stated.value is None:
        return stated
    left = None if stated.out_of is None else stated.out_of - stated.value
    if not _is_small(abs(stated.value), THRESHOLD) and not _is_small(left, THRESHOLD):
        return stated
    hidden = {
        "value": None,
        "marker": CONFIDENTIAL.marker,
        "note": "",
        "said": "",
        "out_of": None,
    }
    return replace(stated, qualifier="exactly", **hidden)  # type: ignore[arg-type]


def _public_ratio(ratio: RatioFigure, release: Release) -> RatioFigure:
    """The ratio, unless one of its figures is hidden, or what is left of a cohort is small."""
    parts = (ratio.numerator, ratio.denominator)
    public = tuple(_public_data(part, release) for part in parts)
    shown = all(
        after.newest.reading is part.newest.reading
        for after, part in zip(public, parts, strict=True)
    )
    before = all(was_public(part.newest, release.on) for part in parts)
    if shown and (before or not _leaves_few(ratio)):
        return ratio
    return replace(
        ratio,
        value=None,
        marker=CONFIDENTIAL.marker,
        note="",
        qualifier="exactly",
        numerator=public[0],
        denominator=public[1],
    )


def _leaves_few(ratio: RatioFigure) -> bool:
    """Whether few of a cohort did not go on: then those who did give them away."""
    above, below = (part.newest.reading.value for part in (ratio.numerator, ratio.denominator))
    if not ratio.of_cohort or above is None or below is None:
        return False
    return _is_small(below - above, ratio.denominator.threshold)


def _public_data(data: IndicatorData, release: Release) -> IndicatorData:
    if not data.disclosive:
        return data
    return replace(
        data,
        own=_public_series(data.own, data, release),
        others=tuple(_public_series(other, data, release) for other in data.others),
        moved=tuple(_public_move(move, data, release) for move in data.moved),
    )


def _public_series(series: Series, data: IndicatorData, release: Release) -> Series:
    shown = tuple(_public_observation(seen, data, release) for seen in series.observations)
    return replace(series, observations=shown)


def _public_observation(seen: Observation, data: IndicatorData, release: Release) -> Observation:
    """The figure, or `c` without its flags and notes, which may describe what they stand beside."""
    on = release.on
    besides = not release.hidden.isdisjoint((seen.address, seen.address.partition("@")[0]))
    shown = not data.of_breakdown and may_be_shown(seen, data.measure, data.threshold, on=on)
    if (besides or not shown) and not was_public(seen, on):
        return replace(seen, reading=CONFIDENTIAL, notes=(), instead=())
    if not seen.instead:
        return seen
    instead = [
        replace(each, seen=_public_observation(each.seen, data, release)) for each in seen.instead
    ]
    return replace(seen, instead=tuple(instead))


def _public_move(move: Moved, data: IndicatorData, release: Release) -> Moved:
    """The change, unless one of its figures is hidden; then the reason is all that is left."""
    after = _public_observation(move.after, data, release)
    before = _public_observation(move.before, data, release) if move.before else None
    if (after, before) == (move.after, move.before):
        return move
    change = change_of(before.reading if before else None, after.reading, data.measure)
    return Moved(before, after, change)


def may_be_shown(seen: Observation, measure: Measure, threshold: int, *, on: date) -> bool:
    """Whether a figure of a disclosive indicator stays as it is on a day."""
    reading = seen.reading
    if was_public(seen, on):
        return True
    if reading.value is None:
        return not reading.words  # a marker says nothing; words may say anything
    if measure.unit == "count":
        ends = (reading.value, reading.value_upper)
        return not any(_is_small(end, threshold) for end in ends)
    return _is_safe_quotient(reading, threshold)


def was_public(seen: Observation, on: date) -> bool:
    return seen.source.official or (seen.public_since is not None and seen.public_since <= on)


def _is_safe_quotient(reading: Reading, threshold: int) -> bool:
    """Whether neither count behind a percentage, rate or average can be a small one.

    Where they are not known it cannot be shown to be safe, and is not.
    """
    if reading.numerator is None or reading.denominator is None:
        return False
    complement = reading.denominator - reading.numerator
    counts = (reading.numerator, reading.denominator, complement)
    return not any(_is_small(count, threshold) for count in counts)


def _is_small(count: Decimal | None, threshold: int) -> bool:
    return count is not None and 0 < count <= threshold
