"""The audit record: written by actions, in the transaction of what it records."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils import timezone

from partnerships.models import AuditEvent, Partnership, User


def event(
    *,
    by: User,
    verb: str,
    subject: str,
    partnership: Partnership | None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """One row of the record, for `record_all`.

    `verb` is in the past tense with its noun ("figure approved"), `subject` the object's
    natural key. `detail` is read by whoever may read the record: never a restricted field.
    """
    return AuditEvent(
        at=timezone.now(),
        actor=by,
        partnership=partnership,
        verb=verb,
        subject=subject,
        detail=detail or {},
    )


def record_all(events: Iterable[AuditEvent]) -> None:
    """Adds rows to the record, many by one statement.

    Raises `RuntimeError` outside a transaction, where the deed could stand without its row.
    """
    rows = list(events)
    if not connection.in_atomic_block:
        raise RuntimeError(f"“{rows[0].verb}” was to be recorded outside a transaction.")
    AuditEvent.objects.bulk_create(rows)


def record(
    *,
    by: User,
    verb: str,
    subject: str,
    partnership: Partnership | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Adds one row to the record, made and refused as those of `event` and `record_all`."""
    record_all([event(by=by, verb=verb, subject=subject, partnership=partnership, detail=detail)])
