"""Figures and changes as flat rows, in a stable order of columns and of rows.

These are the partnership's true values: for people with access to the machine, not for release.
What may leave is made by `reports.disclosure`.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import Q

from metrics.models import Area, Cell, Change, Conflict
from metrics.queries import whole_cells
from partnerships.models import Partnership

OBSERVATION_COLUMNS = [
    "fact_id", "partnership", "dataset", "indicator", "area", "slice", "period_kind",
    "period_start", "period_end", "value", "value_upper", "qualifier", "decimals", "numerator",
    "denominator", "marker", "printed_words", "flags", "unit", "base", "conflict", "revision",
    "source", "note", "mention", "marker_reason", "public_since", "denominator_period", "derived",
]  # fmt: skip

CHANGE_COLUMNS = [
    "partnership", "indicator", "area", "slice", "period_end", "from_value", "to_value",
    "absolute", "percent", "points", "low", "high", "caution", "state", "reason", "dataset",
    "kind",
]  # fmt: skip

Row = dict[str, str | int]

_MAY_BE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# With or without the words of its unit: letters and spaces call no function.
_SIGNED_NUMBER = re.compile(r"[+-]£?\d[\d,]*(?:\.\d+)?%?(?: [A-Za-z]+)*(?: \[\w+\])*")


def observations(partnerships: Iterable[Partnership]) -> Iterator[Row]:
    """One row for each approved figure in the partnerships' own datasets.

    `conflict` is the address of the preferred figure, or empty. Values as stated, no separators.
    `derived` is "yes" for what the portal works out from other figures. The last columns are
    those without which `metrics.exported` could not read a figure back as it is.
    """
    owners = list(partnerships)
    preferred = _preferred(owners)
    cells = whole_cells().filter(dataset__owner__in=owners, approved__isnull=False)
    ordered = cells.select_related("approved__denominator_period").order_by(
        "dataset__owner__slug",
        "dataset__code",
        "indicator__code",
        "area__code",
        "slice__key",
        "period__last",
        "period__first",
        "period__kind",
        "mention",
    )
    for cell in ordered.iterator(chunk_size=2000):
        yield _observation(cell, preferred.get(cell.pk, ""))


def changes(partnerships: Iterable[Partnership]) -> Iterator[Row]:
    """One row for each year-on-year change of a figure's first mention, or why there is none.

    Of the partnerships' own figures and of the official ones of their areas; at the end those of
    their regions and of the country, which are of no partnership. `low` and `high` bound the
    rounding of the printed values: of the percentage where there is one, else of the difference.
    """
    owners = list(partnerships)
    for owner in owners:
        mine = Q(cell__dataset__owner=owner)
        official = Q(cell__dataset__owner=None, cell__area__partnership=owner)
        yield from _changes(mine | official, owner.slug)
    wide = Q(cell__area__kind=Area.Kind.COUNTRY)
    for region in Area.objects.filter(areas_within__partnership__in=owners).distinct():
        wide |= Q(cell__area=region)
    yield from _changes(Q(cell__dataset__owner=None) & wide, "")


def _changes(which: Q, partnership: str) -> Iterator[Row]:
    rows = Change.objects.filter(
        which,
        against=Change.Against.YEAR_BEFORE,
        cell__mention=1,
    ).select_related(
        "cell__dataset",
        "cell__indicator",
        "cell__area",
        "cell__slice",
        "cell__period",
        "from_revision",
        "to_revision",
    )
    ordered = rows.order_by(
        "cell__indicator__code",
        "cell__area__code",
        "cell__slice__key",
        "cell__period__last",
        "cell__period__first",
        "cell__dataset__code",
    )
    for row in ordered.iterator(chunk_size=2000):
        yield _change(row, partnership)


def _preferred(owners: list[Partnership]) -> dict[int, str]:
    """By cell that gives way, the address of the one that goes on counting."""
    conflicts = Conflict.objects.filter(cell__dataset__owner__in=owners).select_related(
        "preferred__dataset",
        "preferred__indicator",
        "preferred__area",
        "preferred__period",
        "preferred__slice",
    )
    return {conflict.cell_id: conflict.preferred.address for conflict in conflicts}


def _observation(cell: Cell, conflict: str) -> Row:
    revision, owner = cell.approved, cell.dataset.owner
    assert revision is not None
    assert owner is not None
    since, bound = revision.public_since, revision.denominator_period
    return {
        "fact_id": revision.fact_id,
        "partnership": owner.slug,
        "dataset": cell.dataset.code,
        "indicator": cell.indicator.code,
        "area": cell.area.code,
        "slice": cell.slice.key,
        "period_kind": cell.period.kind,
        "period_start": cell.period.first.isoformat(),
        "period_end": cell.period.last.isoformat(),
        "value": plain(revision.value),
        "value_upper": plain(revision.value_upper),
        "qualifier": revision.qualifier,
        "decimals": revision.decimals,
        "numerator": plain(revision.numerator),
        "denominator": plain(revision.denominator),
        "marker": revision.marker,
        "printed_words": harmless(revision.printed_words),
        "flags": revision.flags,
        "unit": cell.indicator.unit,
        "base": cell.indicator.base,
        "conflict": conflict,
        "revision": revision.number,
        "source": cell.dataset.title,
        "note": harmless(revision.note),
        "mention": cell.mention,
        "marker_reason": harmless(revision.marker_reason),
        "public_since": since.isoformat() if since else "",
        "denominator_period": bound.key if bound else "",
        "derived": "yes" if cell.derived else "",
    }


def _change(row: Change, partnership: str) -> Row:
    cell = row.cell
    return {
        "partnership": partnership,
        "indicator": cell.indicator.code,
        "area": cell.area.code,
        "slice": cell.slice.key,
        "period_end": cell.period.last.isoformat(),
        "from_value": plain(row.from_revision.value) if row.from_revision else "",
        "to_value": plain(row.to_revision.value),
        "absolute": plain(row.absolute),
        "percent": plain(row.percent),
        "points": plain(row.points),
        "low": plain(row.rounding_low),
        "high": plain(row.rounding_high),
        "caution": row.caution,
        "state": row.state,
        "reason": row.reason,
        "dataset": cell.dataset.code,
        "kind": cell.dataset.kind,
    }


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before what it might.

    A signed number does no harm and stays. A text that has such apostrophes of its own gets one
    more, so that `as_it_was` gives back any text.
    """
    if text.lstrip("'").startswith(_MAY_BE_A_FORMULA) and not _SIGNED_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_it_was(text: str) -> str:
    """The text before `harmless`."""
    bare = text.lstrip("'")
    return text[1:] if bare != text and bare.startswith(_MAY_BE_A_FORMULA) else text


def plain(value: Decimal | None) -> str:
    """A decimal without trailing zeros or exponent; empty for none."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
