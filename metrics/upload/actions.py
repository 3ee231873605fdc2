"""Verbs of uploading: keep a file, take it whole, drop it, remember the names of its columns.

A file is taken through the same rules as a figure entered by hand: the checks of
`metrics.entries`, one further revision for each figure that says something else, nothing over
what somebody saved in between, a reason for what is changed.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from metrics.actions import FigureError, revision_content
from metrics.intake import PlaceRow, store_slice
from metrics.models import Cell, ColumnNames, ImportBatch, Revision, Slice
from metrics.upload.bulk import insert
from metrics.upload.matching import Line, Matched, matched
from metrics.upload.plan import Plan, cells_in, closings, compared, scopes_used, stored_in
from metrics.upload.reading import Table, table_of
from metrics.upload.refusals import ColumnsUnknown, FileRefused
from metrics.upload.scopes import Scope
from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.jobs import enqueue
from partnerships.models import Job, Organisation, Partnership, User
from partnerships.people.actions import system_actor
from partnerships.periods import Span

SAY_WHY = "Say why the figures are changed."
NO_LONGER = "The file is no longer kept. Upload it again. Nothing was saved."
MOST_AT_ONCE = 5000  # rows; a file of more is looked at and taken in the background
KEPT_FOR = timedelta(days=1)

Heard = Callable[[int], None]
Layouts = Sequence[Mapping[str, str]]  # names of columns, as `metrics.upload.headings` takes them


def silently(_count: int) -> None:
    """For a reader who need not hear how far it is."""


class Gone(FigureError):
    """The file is not waiting any more."""


class ReasonMissing(FigureError):
    """The file changes figures, and nobody has said why."""


class Overtaken(FigureError):
    """What the person saw is not what the file would do now."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a waiting file would do, with what was understood in reading it."""

    table: Table
    matched: Matched
    plan: Plan


@transaction.atomic
def keep(
    *,
    partnership: Partnership,
    span: Span,
    content: bytes,
    name: str,
    is_large: bool,
    by: User,
    at: datetime,
) -> ImportBatch:
    """Keeps an uploaded file until it is taken or dropped. Files of more than a day go."""
    drop_stale(at=at)
    batch = ImportBatch.objects.create(
        partnership=partnership,
        period=store_period(span),
        by=by,
        at=at,
        name=name[:200],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        is_large=is_large,
    )
    _record(batch, by, partnership, "file of figures uploaded", {"size": batch.size})
    ask_drop()
    return batch


def drop_stale(*, at: datetime) -> int:
    """Drops the files that have waited for more than a day; how many."""
    stale = ImportBatch.objects.filter(state=ImportBatch.State.WAITING, at__lt=at - KEPT_FOR)
    return stale.update(state=ImportBatch.State.DROPPED, content=None, ended_at=at)


def ask_drop() -> Job | None:
    """The job that drops the longest waiting file when its day is over; none where none waits."""
    waiting = ImportBatch.objects.filter(state=ImportBatch.State.WAITING)
    oldest = waiting.order_by("at").values_list("at", flat=True).first()
    if oldest is None:
        return None
    return enqueue(
        kind="metrics.drop_uploads",
        key="all",
        by=system_actor(),
        arguments={},
        not_before=oldest + KEPT_FOR,
    )


@transaction.atomic
def drop(batch: ImportBatch, *, by: User, at: datetime) -> None:
    """Drops a waiting file; one that has ended stays as it is."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.WAITING)
    if waiting.update(state=ImportBatch.State.DROPPED, content=None, ended_at=at):
        _record(batch, by, batch.partnership, "file of figures dropped", {})


@transaction.atomic
def name_columns(
    batch: ImportBatch,
    columns: Mapping[str, str],
    *,
    organisation: Organisation | None,
    by: User,
    at: datetime,
) -> None:
    """Keeps which column of a waiting file is which; an organisation's for its later files too."""
    ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.WAITING).update(
        columns=dict(columns)
    )
    if organisation is None:
        return
    ColumnNames.objects.update_or_create(
        organisation=organisation, defaults={"columns": dict(columns), "by": by, "at": at}
    )
    _record(
        batch, by, batch.partnership, "columns of files named", {"organisation": organisation.slug}
    )


def forget_check(batch: ImportBatch) -> None:
    """What a worker found in a large file counts no longer: it is to be looked at again."""
    ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.WAITING).update(checked={})
    batch.checked = {}


def preview(
    batch: ImportBatch, scopes: Sequence[Scope], layouts: Layouts, *, heard: Heard = silently
) -> Preview:
    """What a waiting file would do now. Raises `FileRefused`, or `Gone`."""
    table = _table(batch, layouts)
    found = matched(table, scopes, batch.period.span, each=heard)
    used, span = scopes_used(found.lines), batch.period.span
    closed = closings(used, span, on=timezone.localdate())
    return Preview(table, found, compared(found, stored_in(used, span), closed))


def confirm(
    batch: ImportBatch,
    scopes: Sequence[Scope],
    layouts: Layouts,
    *,
    seen: str,
    reason: str,
    by: User,
    at: datetime,
    heard: Heard = silently,
) -> ImportBatch:
    """Takes a file whole or not at all; taking it a second time changes nothing.

    `seen` is `Plan.seen` of what the person had in front of them. Raises `Gone` where the file
    was dropped, `Overtaken` where somebody has saved one of its figures since, `FileRefused`, and
    `FigureError` where rows are refused or a reason is missing.
    """
    if batch.state == ImportBatch.State.TAKEN:
        return batch
    found = read(batch, scopes, layouts, heard=heard)
    return take(batch, found, seen=seen, reason=reason, by=by, at=at)


def read(
    batch: ImportBatch, scopes: Sequence[Scope], layouts: Layouts, *, heard: Heard = silently
) -> Matched:
    """The rows of a waiting file, sorted out: the long part. Raises `FileRefused`, or `Gone`."""
    return matched(_table(batch, layouts), scopes, batch.period.span, each=heard)


def take(
    batch: ImportBatch, found: Matched, *, seen: str, reason: str, by: User, at: datetime
) -> ImportBatch:
    """The second half of `confirm`: what was read is stored, in one transaction."""
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if held.state == ImportBatch.State.TAKEN:
            return held
        if held.content is None:
            raise Gone(NO_LONGER)
        plan = _held(held, found, on=timezone.localdate(at))
        _check(plan, seen, reason)
        _store(plan, by=by, at=at, reason=reason)
        _point_to_newest(scopes_used(found.lines), held.period.span)
        return _end(held, plan, found, reason=reason, by=by, at=at)


def _table(batch: ImportBatch, layouts: Layouts) -> Table:
    """The file's table, by its own headings, what was said of them, or a remembered layout."""
    if batch.content is None:
        raise Gone(NO_LONGER)
    return table_by(bytes(batch.content), batch.name, [batch.columns, *layouts])


def headings_of(content: bytes, name: str) -> tuple[str, ...]:
    """The headings of a file as they stand; none where it cannot be read."""
    try:
        return table_of(content, name).columns.headings
    except ColumnsUnknown as error:
        return error.headings
    except FileRefused:
        return ()


def table_by(content: bytes, name: str, layouts: Layouts) -> Table:
    """The table by the first layout that names its columns. Raises what `table_of` does."""
    unknown: ColumnsUnknown | None = None
    for layout in layouts or [{}]:
        try:
            return table_of(content, name, layout)
        except ColumnsUnknown as error:
            unknown = unknown or error
    assert unknown is not None  # there is at least one layout
    raise unknown


def _held(batch: ImportBatch, found: Matched, *, on: date) -> Plan:
    """The plan, its cells made where they are missing and held until the transaction ends."""
    span, scopes = batch.period.span, scopes_used(found.lines)
    known = stored_in(scopes, span)
    missing = [line for line in found.lines if line.key not in known]
    if missing and not found.refused:
        slices = _slices(missing)
        cells = (
            {
                "dataset_id": line.scope.dataset.pk,
                "area_id": line.scope.area.pk,
                "indicator_id": line.indicator.pk,
                "period_id": batch.period_id,
                "slice_id": slices[line.slice],
            }
            for line in missing
        )
        # Somebody else may be making the same ones at this moment.
        insert(Cell, cells, over_existing=True)
    if connection.features.has_select_for_update:
        for _ in cells_in(scopes, span).select_for_update(of=("self",)).values_list("pk"):
            pass
    return compared(found, stored_in(scopes, span), closings(scopes, span, on=on))


def _slices(lines: Sequence[Line]) -> dict[str, int]:
    """The slices of the lines by key, made where they are missing."""
    found = dict(Slice.objects.values_list("key", "pk"))
    for line in lines:
        if line.slice not in found:
            place = PlaceRow(line.row, "", "", "", "", line.slice, 1)
            found[line.slice] = store_slice(place).pk
    return found


def _check(plan: Plan, seen: str, reason: str) -> None:
    if plan.seen != seen:
        raise Overtaken(
            "Somebody has saved one of these figures since you opened this page. Nothing of yours "
            "was saved. Look at what the file would change now, and save again."
        )
    if plan.refused:
        raise FigureError("Rows of the file are refused, so nothing of it was saved.")
    if plan.changed and not reason:
        raise ReasonMissing(SAY_WHY)


def _store(plan: Plan, *, by: User, at: datetime, reason: str) -> None:
    who_and_when = {"by_id": by.pk, "at": at}

    def rows() -> Iterator[dict[str, Any]]:
        for planned in (*plan.added, *plan.changed):
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
            yield {"cell_id": stored.cell, **content, **who_and_when}

    insert(Revision, rows())


def _point_to_newest(scopes: Sequence[Scope], span: Span) -> None:
    """`latest` of each cell is its revision of the highest number: one statement for all."""
    newest = Revision.objects.filter(cell=OuterRef("pk")).order_by("-number").values("pk")[:1]
    held = Cell.objects.filter(pk__in=cells_in(scopes, span).order_by().values("pk"))
    held.update(latest=Subquery(newest))


def _end(
    batch: ImportBatch, plan: Plan, found: Matched, *, reason: str, by: User, at: datetime
) -> ImportBatch:
    batch.state = ImportBatch.State.TAKEN
    batch.content = None
    batch.ended_at = at
    batch.reason = reason if plan.changed else ""
    batch.result = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
    }
    batch.save(update_fields=["state", "content", "ended_at", "reason", "result"])
    for scope in scopes_used(found.lines):
        counted = {
            name: sum(each.line.scope is scope for each in planned)
            for name, planned in (("added", plan.added), ("changed", plan.changed))
        }
        if any(counted.values()):
            _record(batch, by, scope.partnership, "figures saved from a file", counted)
    return batch


def _record(
    batch: ImportBatch, by: User, partnership: Partnership, verb: str, detail: dict[str, Any]
) -> None:
    record(
        by=by,
        verb=verb,
        subject=f"return:{partnership.slug}:{batch.period.key}",
        partnership=partnership,
        detail={"file": batch.sha256, **detail},
    )
