"""A section's narrative as a block: its Markdown with every figure printed. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from metrics.addresses import WHOLE
from partnerships.periods import Span
from partnerships.stated_figure import Stated
from reports.blocks.data import IndicatorData
from reports.blocks.figures import AccountBlock, F, Words
from reports.blocks.printing import stated_figure
from reports.prose.grammar import IndicatorToken, ProseError, StatedToken, Token
from reports.prose.markdown import parts_of
from reports.prose.sentences import Category, stated_words, words_of


@dataclass(frozen=True, slots=True)
class Known:
    """The data of an indicator in one slice."""

    code: str
    slice_key: str
    data: IndicatorData


@dataclass(frozen=True, slots=True)
class KnownBreakdown:
    """The data of an indicator by the categories of a breakdown."""

    code: str
    breakdown: str
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class KnownChange:
    """A change that a source states without levels. Oldest first, then by mention."""

    code: str
    slice_key: str
    area: str
    span: Span
    mention: int
    stated: Stated


@dataclass(frozen=True, slots=True)
class Prose:
    """A text and all the figures that it names; `place` is the partnership's in addresses.

    `area` is the code of the partnership's own area.
    """

    key: str
    place: str
    text: str
    area: str = ""
    known: tuple[Known, ...] = ()
    breakdowns: tuple[KnownBreakdown, ...] = ()
    changes: tuple[KnownChange, ...] = ()
    stated: tuple[Stated, ...] = ()


def prose_block(prose: Prose, make: Callable[..., F]) -> AccountBlock[F]:
    """The block of a text. Raises `ProseError` where it names a figure that there is not."""

    def resolve(token: Token) -> Words[F]:
        if isinstance(token, StatedToken):
            stated = _stated(prose, token)
            written = stated_words(stated, token.form)
            return (stated_figure(stated, make, in_words=True, written=written),)
        if token.form == "stated":
            return (stated_figure(_change(prose, token), make, in_words=True),)
        categories = _categories(prose, token)
        return words_of(token, _data(prose, token, categories), categories, make)

    return AccountBlock(key=prose.key, title="", parts=parts_of(prose.text, resolve))


def address_of(token: StatedToken, place: str) -> str:
    """The address of a figure that is no indicator's, at the partnership of the report."""
    return ":".join((token.kind, place, *token.parts))


def _stated(prose: Prose, token: StatedToken) -> Stated:
    address = address_of(token, prose.place)
    for each in prose.stated:
        if each.address == address:
            return each
    raise ProseError(f"There is no figure {'/'.join((token.kind, *token.parts))}.")


def _change(prose: Prose, token: IndicatorToken) -> Stated:
    """The change as stated, of the newest period unless one is named."""
    mention = int(token.argument or 1)
    area = token.area or prose.area
    place = (token.code, token.slice_key, area, mention)
    found = [each for each in prose.changes if _place(each) == place]
    named = [each for each in found if token.span in {None, each.span}]
    if not named:
        again = f" for time {mention}" if mention > 1 else ""
        raise ProseError(
            f"No source states a change of {token.code}{_of_slice(token)} by itself{again}."
        )
    return named[-1].stated


def _place(change: KnownChange) -> tuple[str, str, str, int]:
    return change.code, change.slice_key, change.area, change.mention


def _data(prose: Prose, token: IndicatorToken, categories: tuple[Category, ...]) -> IndicatorData:
    for each in prose.known:
        if (each.code, each.slice_key) == (token.code, token.slice_key):
            return each.data
    if token.form == "list" and categories:
        return categories[0].data  # an indicator that is known by category only
    raise ProseError(
        f"There is no figure of the indicator {token.code}{_of_slice(token)} up to this year."
    )


def _of_slice(token: IndicatorToken) -> str:
    return "" if token.slice_key == WHOLE else f" where {token.slice_key}"


def _categories(prose: Prose, token: IndicatorToken) -> tuple[Category, ...]:
    for each in prose.breakdowns:
        if (each.code, each.breakdown) == (token.code, token.argument):
            return each.categories
    return ()
