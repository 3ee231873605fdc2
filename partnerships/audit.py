"""The audit record: written by actions, in the transaction of what it records."""

from typing import Any

from django.db import connection
from django.utils import timezone

from partnerships.models import AuditEvent, Partnership, User


def record(
    *,
    by: User,
    verb: str,
    subject: str,
    partnership: Partnership | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Adds one row to the record.

    `verb` is in the past tense with its noun ("figure approved"), `subject` the object's
    natural key. `detail` is read by whoever may read the record: never a restricted field.
    Raises `RuntimeError` outside a transaction, where the deed could stand without its row.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"“{verb}” was to be recorded outside a transaction.")
    AuditEvent.objects.create(
        at=timezone.now(),
        actor=by,
        partnership=partnership,
        verb=verb,
        subject=subject,
        detail=detail or {},
    )
