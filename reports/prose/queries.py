"""Reads the figures that a text names: a few queries for each breakdown, none for each figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from metrics.addresses import WHOLE
from metrics.models import Area, Indicator, Slice, SlicePart
from metrics.stated import stated_of, whole_changes
from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.stated import find
from reports.prose.block import Known, KnownBreakdown, KnownChange, Prose, address_of
from reports.prose.grammar import IndicatorToken, StatedToken
from reports.prose.markdown import tokens_in
from reports.prose.sentences import Category
from reports.queries.indicators import Found, indicators_of


def read_prose(partnership: Partnership, key: str, text: str, *, within: Span) -> Prose:
    """A text with all that it names. Raises `ProseError` where it cannot be read."""
    tokens = list(dict.fromkeys(tokens_in(text)))
    named = [token for token in tokens if isinstance(token, IndicatorToken)]
    by_slice: dict[str, set[str]] = defaultdict(set)
    for token in named:
        by_slice[token.slice_key].add(token.code)
    lists = dict.fromkeys((t.code, t.argument) for t in named if t.form == "list")
    stated = {token.code for token in named if token.form == "stated"}
    addresses = [address_of(t, partnership.slug) for t in tokens if isinstance(t, StatedToken)]
    found = (find(address) for address in addresses)
    return Prose(
        key=key,
        place=partnership.slug,
        text=text,
        area=_own_area(partnership),
        known=tuple(_known(partnership, by_slice, within)),
        breakdowns=tuple(_breakdown(partnership, *each, within) for each in lists),
        changes=tuple(_changes(partnership, stated, within)) if stated else (),
        stated=tuple(pair[1] for pair in found if pair),
    )


def _own_area(partnership: Partnership) -> str:
    own = Area.objects.filter(partnership=partnership).first()
    return own.code if own else ""


def _known(
    partnership: Partnership, by_slice: dict[str, set[str]], within: Span
) -> Iterable[Known]:
    for slice_key, codes in sorted(by_slice.items()):
        for found in _found(partnership, codes, slice_key, within):
            data = found.data
            if slice_key != WHOLE:
                name = f"{data.name} ({_slice_words(slice_key)})"
                data = replace(data, name=name, of_breakdown=True)
            yield Known(data.code, slice_key, data)


def _breakdown(partnership: Partnership, code: str, breakdown: str, within: Span) -> KnownBreakdown:
    parts = (
        SlicePart.objects.filter(breakdown__code=breakdown, slice__cells__indicator__code=code)
        .select_related("slice", "category__parent")
        .distinct()
    )
    single = {part.slice.key: part.category for part in parts if ";" not in part.slice.key}
    categories = []
    for slice_key, category in sorted(single.items()):
        for found in _found(partnership, {code}, slice_key, within):
            words = f"{found.data.name} ({category.name})"
            data = replace(found.data, name=words, of_breakdown=True)
            within_code = category.parent.code if category.parent else ""
            categories.append(Category(category.code, category.name, data, within_code))
    return KnownBreakdown(code, breakdown, tuple(categories))


def _changes(partnership: Partnership, codes: set[str], within: Span) -> Iterable[KnownChange]:
    rows = whole_changes(partnership).filter(
        indicator__code__in=codes, period__last__lte=within.last
    )
    for row in rows:
        yield KnownChange(
            code=row.indicator.code,
            slice_key=row.slice.key,
            area=row.area.code,
            span=row.period.span,
            mention=row.mention,
            stated=stated_of(partnership, row),
        )


def _found(partnership: Partnership, codes: set[str], slice_key: str, within: Span) -> list[Found]:
    indicators = list(Indicator.objects.filter(code__in=codes).order_by("code"))
    return indicators_of(
        partnership, indicators, within=within, slice_key=slice_key, every_area=True
    )


def _slice_words(slice_key: str) -> str:
    found = Slice.objects.filter(key=slice_key).first()
    parts = found.parts.select_related("category").order_by("breakdown__code") if found else []
    return ", ".join(part.category.name for part in parts)
