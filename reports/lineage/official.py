"""The official figure of a thing beside the partnership's own, on the page of either."""

from collections.abc import Callable

from metrics.models import Cell, Dataset, Revision
from metrics.official.disagreements import Pair
from metrics.queries import whole_cells
from metrics.readings import reading_of
from metrics.wording import value_cell
from partnerships.elements import Cell as TableCell
from partnerships.elements import Column, Table, table
from reports.dashboards.official import difference_words, linked


def side_by_side(
    cell: Cell, revision: Revision, may_be_read: Callable[[Cell, Revision], bool]
) -> Table:
    """A row for each published figure of the same thing, where both kinds of source have one.

    Empty where only one has. Returns stay out: they are not published.
    """
    kinds = [Dataset.Kind.PRINTED, Dataset.Kind.OFFICIAL]
    found = []
    if cell.dataset.kind in kinds and revision.pk == cell.approved_id:
        same = whole_cells().filter(
            indicator=cell.indicator,
            area=cell.area,
            period=cell.period,
            slice=cell.slice,
            approved__isnull=False,
            dataset__kind__in=kinds,
        )
        found = [
            each
            for each in same.order_by("-dataset__kind", "dataset__code", "mention")
            if each.approved is not None and may_be_read(each, each.approved)
        ]
    official = next((each for each in found if each.dataset.kind == Dataset.Kind.OFFICIAL), None)
    own = [each for each in found if each.dataset.kind == Dataset.Kind.PRINTED]
    rows = [_row(each, official) for each in own] if official else []
    if official is not None and own:
        rows.append([official.dataset.title, "Official statistics", linked(official), ""])
    return table(
        "side-by-side",
        "Printed and official",
        ["Source", "Kind", Column("Figure", numeric=True), "Beside the official figure"],
        rows,
    )


def _row(cell: Cell, official: Cell) -> list[TableCell | str]:
    mention = f", mention {cell.mention}" if cell.mention > 1 else ""
    return [cell.dataset.title + mention, "Printed report", linked(cell), _beside(cell, official)]


def _beside(cell: Cell, official: Cell) -> str:
    assert cell.approved is not None
    assert official.approved is not None
    if cell.approved.value is None or official.approved.value is None:
        return f"Not compared with {value_cell(reading_of(official.approved))}"
    pair = Pair(cell, official)
    if pair.agrees:
        return "The same, as far as rounding goes"
    return f"Differs by {difference_words(pair)}"
