"""What an upload writes: its cells, held until the transaction ends, and a revision of each."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from metrics.actions import revision_content
from metrics.bulk import insert, reserve
from metrics.intake import PlaceRow, store_slice
from metrics.models import Cell, ImportBatch, Revision, Slice
from metrics.upload.matching import Line, Matched
from metrics.upload.plan import (
    Plan,
    Planned,
    Stored,
    cells_in,
    plan_of,
    scopes_used,
    stored_in,
)
from metrics.upload.scopes import Scope
from partnerships.models import User
from partnerships.periods import Span

_CELL = ("dataset_id", "area_id", "indicator_id", "slice_id", "latest_id")
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
        _make(missing, batch.period_id)
    if connection.features.has_select_for_update:
        for _ in cells_in(scopes, span).select_for_update(of=("self",)).values_list("pk"):
            pass
    return plan_of(found, span, on=on)


def _make(lines: Sequence[Line], period: int) -> None:
    """Makes the cells of the lines; one that somebody else makes at this moment is theirs.

    Each points to the revision that `store` will write under a number reserved here. Pointing
    it there afterwards would write each cell, and look through its references, a second time.
    """
    slices, areas = _slices(lines), {line.key[0]: line.scope.area.pk for line in lines}
    revisions = reserve(Revision, len(lines))
    insert(
        Cell,
        _CELL,
        (
            (dataset, areas[dataset], indicator, slices[piece], latest)
            for (dataset, indicator, piece), latest in zip(
                (line.key for line in lines), revisions, strict=True
            )
        ),
        same={"period_id": period},
        over_existing=True,
    )


def _slices(lines: Sequence[Line]) -> dict[str, int]:
    """The slices of the lines by key, made where they are missing."""
    found = dict(Slice.objects.values_list("key", "pk"))
    for line in lines:
        if line.slice not in found:
            place = PlaceRow(line.row, "", "", "", "", line.slice, 1)
            found[line.slice] = store_slice(place).pk
    return found


def store(plan: Plan, span: Span, *, by: User, at: datetime, reason: str, answer: str) -> None:
    """A further revision of each figure that is added or changed."""
    made, standing = [], []
    for planned in (*plan.added, *plan.changed):
        stored = planned.stored
        assert stored is not None  # its cell was made before it was compared
        row = _row(planned, stored, reason, answer)
        if stored.number == 0 and stored.latest is not None:
            made.append((stored.latest, *row))
        else:
            standing.append(row)
    same = {"by_id": by.pk, "at": at}
    insert(Revision, ("id", *_REVISION), made, same=same)
    if standing:
        insert(Revision, _REVISION, standing, same=same)
        _point_to_newest(scopes_used([each.line for each in (*plan.added, *plan.changed)]), span)


def _row(planned: Planned, stored: Stored, reason: str, answer: str) -> tuple[Any, ...]:
    content = revision_content(
        planned.entry,
        planned.line.measure,
        number=stored.number + 1,
        decimals=planned.line.indicator.decimals,
        correcting=stored.approved,
        reason=reason if stored.number else "",
    )
    said = planned.answered(answer)
    content |= {"cell_id": stored.cell, "warnings": ",".join(said.codes), "answer": said.words}
    return tuple(content[name] for name in _REVISION)


def _point_to_newest(scopes: Sequence[Scope], span: Span) -> None:
    """`latest` of each cell is its revision of the highest number: one statement for all."""
    newest = Revision.objects.filter(cell=OuterRef("pk")).order_by("-number").values("pk")[:1]
    behind = cells_in(scopes, span).order_by().exclude(latest=Subquery(newest))
    Cell.objects.filter(pk__in=behind.values("pk")).update(latest=Subquery(newest))
