"""What an upload writes: its cells, held until the transaction ends, and a revision of each."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from metrics.actions import revision_content
from metrics.bulk import insert
from metrics.intake import PlaceRow, store_slice
from metrics.models import Cell, ImportBatch, Revision, Slice
from metrics.upload.matching import Line, Matched
from metrics.upload.plan import Plan, Planned, cells_in, plan_of, scopes_used, stored_in
from metrics.upload.scopes import Scope
from partnerships.models import User
from partnerships.periods import Span

_CELL = ("dataset_id", "area_id", "indicator_id", "slice_id")
_REVISION = (
    "cell_id", "number", "value", "numerator", "denominator", "decimals", "marker",
    "marker_reason", "flags", "note", "reason", "warnings", "answer",
)  # fmt: skip


def held(batch: ImportBatch, found: Matched, *, on: date) -> Plan:
    """The plan, its cells made where they are missing and held until the transaction ends."""
    span, scopes = batch.period.span, scopes_used(found.lines)
    known = stored_in(scopes, span)
    missing = [line for line in found.lines if line.key not in known]
    if missing and not found.refused:
        slices, areas = _slices(missing), {each.dataset.pk: each.area.pk for each in scopes}
        # Somebody else may be making the same ones at this moment.
        insert(
            Cell,
            _CELL,
            (
                (line.key[0], areas[line.key[0]], line.key[1], slices[line.slice])
                for line in missing
            ),
            same={"period_id": batch.period_id},
            over_existing=True,
        )
    if connection.features.has_select_for_update:
        for _ in cells_in(scopes, span).select_for_update(of=("self",)).values_list("pk"):
            pass
    return plan_of(found, span, on=on)


def _slices(lines: Sequence[Line]) -> dict[str, int]:
    """The slices of the lines by key, made where they are missing."""
    found = dict(Slice.objects.values_list("key", "pk"))
    for line in lines:
        if line.slice not in found:
            place = PlaceRow(line.row, "", "", "", "", line.slice, 1)
            found[line.slice] = store_slice(place).pk
    return found


def store(plan: Plan, *, by: User, at: datetime, reason: str, answer: str) -> None:
    """A further revision of each figure that is added or changed."""
    rows = (_row(each, reason, answer) for each in (*plan.added, *plan.changed))
    insert(Revision, _REVISION, rows, same={"by_id": by.pk, "at": at})


def _row(planned: Planned, reason: str, answer: str) -> tuple[Any, ...]:
    stored, line = planned.stored, planned.line
    assert stored is not None  # its cell was made before it was compared
    content = revision_content(
        planned.entry,
        line.measure,
        number=stored.number + 1,
        decimals=line.indicator.decimals,
        correcting=stored.approved,
        reason=reason if stored.number else "",
    )
    said = planned.answered(answer)
    content |= {"cell_id": stored.cell, "warnings": ",".join(said.codes), "answer": said.words}
    return tuple(content[name] for name in _REVISION)


def point_to_newest(scopes: Sequence[Scope], span: Span) -> None:
    """`latest` of each cell is its revision of the highest number: one statement for all."""
    newest = Revision.objects.filter(cell=OuterRef("pk")).order_by("-number").values("pk")[:1]
    held = Cell.objects.filter(pk__in=cells_in(scopes, span).order_by().values("pk"))
    held.update(latest=Subquery(newest))
