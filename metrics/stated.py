"""Changes that a source states without levels, as figures with addresses: `stated-change:…`."""

from collections.abc import Sequence

from django.db.models import QuerySet

from metrics.addresses import WHOLE
from metrics.models import StatedChange
from metrics.wording import stated_change_words
from partnerships.models import Partnership
from partnerships.stated import Stated, address_of, figures

KIND = "stated-change"
UNITS = {
    StatedChange.Unit.PERCENT: "% change",
    StatedChange.Unit.POINTS: "percentage points",
    StatedChange.Unit.COUNT: "number",
    StatedChange.Unit.MULTIPLE: "times",
    StatedChange.Unit.WORDS: "words",
}


@figures(KIND)
def find(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """By dataset, indicator, area, period, slice and, where it is said again, the mention."""
    if len(parts) not in {5, 6}:
        return None
    dataset, indicator, area, period, slice_key, *mention = parts
    rows = whole_changes(partnership).filter(
        dataset__code=dataset,
        indicator__code=indicator,
        area__code=area,
        slice__key=slice_key,
    )
    named = [row for row in rows if row.period.key == period]
    said = {str(row.mention): row for row in named}
    found = said.get("".join(mention) or "1")
    return stated_of(partnership, found) if found else None


def whole_changes(partnership: Partnership) -> QuerySet[StatedChange]:
    """What the partnership's sources state, with all that is printed of it, oldest first."""
    return (
        StatedChange.objects.filter(dataset__owner=partnership)
        .select_related("dataset", "indicator", "area", "period", "slice")
        .order_by("period__last", "mention", "pk")
    )


def stated_of(partnership: Partnership, row: StatedChange) -> Stated:
    """The change as its source states it: "down 12%"."""
    mention = (str(row.mention),) if row.mention > 1 else ()
    parts = (row.dataset.code, row.indicator.code, row.area.code, row.period.key, row.slice.key)
    down = row.amount is not None and row.direction == "down"
    slice_words = "" if row.slice.key == WHOLE else f" ({row.slice.key.replace('=', ': ')})"
    return Stated(
        address=address_of(KIND, partnership, *parts, *mention),
        about=f"Change of {row.indicator.name}{slice_words} as stated, "
        f"{row.area.name}, {row.period.span.label}",
        value=-row.amount if down and row.amount is not None else row.amount,
        unit=UNITS[StatedChange.Unit(row.unit)],
        note=row.note,
        fact_id=row.fact_id,
        source=row.dataset.code,
        of_children=row.indicator.disclosive and row.unit == StatedChange.Unit.COUNT,
        said=stated_change_words(row.amount, row.unit, row.direction, row.printed_words),
    )
