"""Verbs about a file that waits: keep it, name its columns, drop it. `taking` saves its figures."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from metrics.models import ColumnNames, ImportBatch
from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.jobs import enqueue
from partnerships.models import Job, Organisation, Partnership, User
from partnerships.people.actions import system_actor
from partnerships.periods import Span

MOST_AT_ONCE = 5000  # rows; a file of more is looked at and taken in the background
KEPT_FOR = timedelta(days=1)


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
    record_of(batch, by, partnership, "file of figures uploaded", {"size": batch.size})
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
        record_of(batch, by, batch.partnership, "file of figures dropped", {})


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
    record_of(
        batch, by, batch.partnership, "columns of files named", {"organisation": organisation.slug}
    )


def forget_check(batch: ImportBatch) -> None:
    """What a worker found in a large file counts no longer: it is to be looked at again."""
    ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.WAITING).update(checked={})
    batch.checked = {}


def record_of(
    batch: ImportBatch, by: User, partnership: Partnership, verb: str, detail: dict[str, Any]
) -> None:
    """A row of the audit record about a file and its return."""
    record(
        by=by,
        verb=verb,
        subject=f"return:{partnership.slug}:{batch.period.key}",
        partnership=partnership,
        detail={"file": batch.sha256, **detail},
    )
