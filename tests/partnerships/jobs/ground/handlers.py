"""Work whose effect can be counted, and which can be told to wait, to fail or to die."""

import os
import signal
import time
import uuid
from pathlib import Path
from typing import Any

from django.db import transaction

from partnerships.jobs import Effect, JobError, Run, handler
from partnerships.models import Organisation

LONGEST_WAIT = 30.0


@handler("ground.row", title="Make one row")
def make_row(run: Run) -> Effect:
    """Adds one organisation; a second effect of the same job would add a second one."""
    arguments: dict[str, Any] = run.job.arguments
    first = run.job.attempts == 1
    if arguments.get("raises") == "job error":
        raise JobError("The figures of 2019-20 are not approved. Approve them and ask again.")
    if arguments.get("raises") == "unexpected":
        raise ValueError("a value that nobody may read: 5135")
    if "gate" in arguments:
        _wait_at(Path(arguments["gate"]), run)
    time.sleep(arguments.get("work seconds", 0.0))
    if first and arguments.get("dies") == "in work":
        die()

    def effect() -> dict[str, Any]:
        name = f"Effect of {run.job.kind} {run.job.key} {uuid.uuid4()}"
        Organisation.objects.create(slug=f"effect-{uuid.uuid4()}", name=name)
        if arguments.get("raises") == "in effect":
            raise ValueError("a value that nobody may read: 4368")
        if first and arguments.get("dies") == "in effect":
            die()
        if first and arguments.get("dies") == "after commit":
            transaction.on_commit(die)
        time.sleep(arguments.get("effect seconds", 0.0))
        return {"rows": 1}

    return effect


handler("ground.mortal", title="Make one row, soon missed", lease_seconds=1)(make_row)
handler("ground.brief", title="Make one row, missed a little later", lease_seconds=2)(make_row)


def effects_of(key: str) -> int:
    """How many rows the job with that key has made."""
    return Organisation.objects.filter(name__contains=f" {key} ").count()


def die() -> None:
    """As the kernel ends a process: no handler, no clean-up; the whole worker with it."""
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _wait_at(gate: Path, run: Run) -> None:
    """Say that the gate is reached, and go on when a test has opened it."""
    gate.with_suffix(".reached").touch()
    ends = time.monotonic() + LONGEST_WAIT
    while not gate.exists():
        if time.monotonic() > ends:
            raise TimeoutError
        run.progress(1, 2, "waiting at the gate")
        time.sleep(0.02)
