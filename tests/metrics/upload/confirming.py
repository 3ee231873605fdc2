"""A process that confirms an uploaded file when it is told to, and says what became of it.

    python -m tests.metrics.upload.confirming BATCH SEEN [dying]
    python -m tests.metrics.upload.confirming work

A dying one, and one that works as a worker does, is killed once all rows of a file are written,
before they are committed.
"""

import os
import signal
import sys
from importlib import import_module
from typing import Any

import django
from django.core.management import call_command
from django.utils import timezone


def main() -> None:
    django.setup()
    if sys.argv[1:] == ["work"]:
        _die_after_storing()
        call_command("work", "--until-idle")
    else:
        _confirm(*sys.argv[1:])


def _confirm(number: str, seen: str, how: str = "") -> None:

    from metrics.actions import FigureError
    from metrics.models import ImportBatch
    from metrics.upload import taking
    from metrics.upload.scopes import scopes_of

    batch = ImportBatch.objects.select_related("partnership", "period", "by").get(pk=number)
    by = batch.by
    roles = list(by.roles.select_related("partnership", "agency__organisation"))
    span = batch.period.span
    scopes = scopes_of(by, batch.partnership, roles, span, on=timezone.localdate())
    if how:
        _die_after_storing()
    print("ready", flush=True)
    sys.stdin.readline()
    said = taking.Confirmed(seen)
    try:
        taking.confirm(batch, scopes, [], said=said, by=by, at=timezone.now())
    except FigureError as error:
        print(error, flush=True)
    else:
        print("saved", flush=True)


def _die_after_storing() -> None:
    taking: Any = import_module("metrics.upload.taking")
    store = taking.store

    def stored(*arguments: Any, **named: Any) -> None:
        store(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    taking.store = stored


if __name__ == "__main__":
    main()
