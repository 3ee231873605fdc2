"""What an upload writes: its cells, held until the transaction ends, and a revision of each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from metrics.addresses import WHOLE
from metrics.bulk import insert, reserve
from metrics.models import Category, Cell, ImportBatch, Revision, Slice, SlicePart
from metrics.places import newest_of_cell, point_to_newest
from metrics.saving import revision_content
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
    _hold(scopes, span)  # before any is made, as whoever saves a form does (`metrics.places`)
    known = stored_in(scopes, span)
    missing = [line for line in found.lines if line.key not in known]
    if missing and not found.refused:
        _make(missing, batch.period_id)
        _hold(scopes, span)  # what somebody else has made meanwhile too
    return plan_of(found, span, on=on)


def _hold(scopes: Sequence[Scope], span: Span) -> None:
    if connection.features.has_select_for_update:
        for _ in cells_in(scopes, span).select_for_update(of=("self",)).values_list("pk"):
            pass


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
    """The slices of the lines by key, made where they are missing.

    All at once, and in one order: somebody else may be making the same ones at this moment.
    """
    found = dict(Slice.objects.values_list("key", "pk"))
    missing = sorted({line.slice for line in lines} - found.keys())
    if missing:
        insert(Slice, ("key",), ((key,) for key in missing), over_existing=True)
        found = dict(Slice.objects.values_list("key", "pk"))
        insert(
            SlicePart,
            ("slice_id", "breakdown_id", "category_id"),
            _parts({key: found[key] for key in missing}),
            over_existing=True,
        )
    return found


def _parts(slices: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    """The parts of slices, whose keys were looked up in the register already (`Breakdowns`)."""
    categories = Category.objects.values_list("breakdown__code", "code", "breakdown_id", "pk")
    known = {(breakdown, code): (by, pk) for breakdown, code, by, pk in categories}
    for key, piece in slices.items():
        for part in key.split(";") if key != WHOLE else ():
            breakdown, _, code = part.partition("=")
            yield (piece, *known[breakdown, code])


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
        scopes = scopes_used([each.line for each in (*plan.added, *plan.changed)])
        behind = cells_in(scopes, span).order_by().exclude(latest=newest_of_cell())
        point_to_newest(Cell.objects.filter(pk__in=behind.values("pk")))


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
