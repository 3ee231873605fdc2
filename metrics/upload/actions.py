"""Verbs of uploading: keep a file, take it whole, drop it, remember the names of its columns.

A file is taken through the same rules as a figure entered by hand: the checks of
`metrics.entries`, one further revision for each figure that says something else, nothing over
what somebody saved in between, a reason for what is changed.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from metrics.actions import FigureError
from metrics.models import ColumnNames, ImportBatch
from metrics.upload.matching import Matched, matched
from metrics.upload.plan import Plan, plan_of, scopes_used
from metrics.upload.reading import Table, table_of
from metrics.upload.refusals import ColumnsUnknown, FileRefused
from metrics.upload.scopes import Scope
from metrics.upload.storing import held, store
from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.jobs import enqueue
from partnerships.models import Job, Organisation, Partnership, User
from partnerships.people.actions import system_actor
from partnerships.periods import Span

SAY_WHY = "Say why the figures are changed."
SAY_RIGHT = "Say why the figures that are asked about are right, or put them right in the file."
NO_LONGER = "The file is no longer kept. Upload it again. Nothing was saved."
MOST_AT_ONCE = 5000  # rows; a file of more is looked at and taken in the background
KEPT_FOR = timedelta(days=1)

Heard = Callable[[int], None]
Layouts = Sequence[Mapping[str, str]]  # names of columns, as `metrics.upload.headings` takes them


def silently(_count: int) -> None:
    """For a reader who need not hear how far it is."""


class Gone(FigureError):
    """The file is not waiting any more."""


class Unsaid(FigureError):
    """Something is for the sender to say; `fields` has the sentence for each that is empty."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class Overtaken(FigureError):
    """What the person saw is not what the file would do now."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came with the button: `Plan.seen` of what was shown, and what was said about it."""

    seen: str
    reason: str = ""
    answer: str = ""

    def unsaid(self, *, changed: int, asked: int) -> dict[str, str]:
        """What is still to be said where so many figures are changed and asked about."""
        wanted = {"reason": (changed, SAY_WHY), "answer": (asked, SAY_RIGHT)}
        return {
            name: sentence
            for name, (count, sentence) in wanted.items()
            if count and not getattr(self, name)
        }


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
    return Preview(table, found, plan_of(found, batch.period.span, on=timezone.localdate()))


def confirm(
    batch: ImportBatch,
    scopes: Sequence[Scope],
    layouts: Layouts,
    *,
    said: Confirmed,
    by: User,
    at: datetime,
    heard: Heard = silently,
) -> ImportBatch:
    """Takes a file whole or not at all; taking it a second time changes nothing.

    Raises `Gone` where the file was dropped, `Overtaken` where somebody has saved one of its
    figures since, `FileRefused`, `Unsaid`, and `FigureError` where rows are refused.
    """
    if batch.state == ImportBatch.State.TAKEN:
        return batch
    found = read(batch, scopes, layouts, heard=heard)
    return take(batch, found, said=said, by=by, at=at)


def read(
    batch: ImportBatch, scopes: Sequence[Scope], layouts: Layouts, *, heard: Heard = silently
) -> Matched:
    """The rows of a waiting file, sorted out: the long part. Raises `FileRefused`, or `Gone`."""
    return matched(_table(batch, layouts), scopes, batch.period.span, each=heard)


def take(
    batch: ImportBatch, found: Matched, *, said: Confirmed, by: User, at: datetime
) -> ImportBatch:
    """The second half of `confirm`: what was read is stored, in one transaction."""
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if locked.state == ImportBatch.State.TAKEN:
            return locked
        if locked.content is None:
            raise Gone(NO_LONGER)
        plan = held(locked, found, on=timezone.localdate(at))
        _check(plan, said)
        store(plan, locked.period.span, by=by, at=at, reason=said.reason, answer=said.answer)
        return _end(locked, plan, found, reason=said.reason, by=by, at=at)


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


def _check(plan: Plan, said: Confirmed) -> None:
    if plan.seen != said.seen:
        raise Overtaken(
            "Somebody has saved one of these figures, or approved one that they are held against, "
            "since you opened this page. Nothing of yours was saved. Look at what the file would "
            "change now, and save again."
        )
    if plan.refused:
        raise FigureError("Rows of the file are refused, so nothing of it was saved.")
    if unsaid := said.unsaid(changed=len(plan.changed), asked=len(plan.asked)):
        raise Unsaid(unsaid)


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
