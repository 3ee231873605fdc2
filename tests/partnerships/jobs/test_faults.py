"""Workers that are killed, stopped or stand in each other's way: one effect, one finished job."""

import signal
import subprocess
from datetime import timedelta
from typing import Any

from django.utils import timezone

from partnerships.jobs import enqueue
from partnerships.models import Job
from partnerships.people.actions import system_actor
from tests.partnerships.jobs.ground.handlers import effects_of
from tests.partnerships.jobs.places import Ground, until


def ask(key: str, *, kind: str = "ground.row", **arguments: Any) -> Job:
    return enqueue(kind=kind, key=key, by=system_actor(), arguments=arguments)


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def ended(process: "subprocess.Popen[str]") -> int:
    return process.wait(timeout=60)


def test_worker_killed_before_the_commit_leaves_one_effect_by_the_next(ground: Ground) -> None:
    job = ask("killed", kind="ground.mortal", dies="in effect")

    assert ended(ground.manage("work")) == -signal.SIGKILL
    assert (state_of(job), effects_of("killed")) == ("running", 0)
    assert job.lease_until is not None
    lease_until = job.lease_until
    until(lambda: timezone.now() > lease_until, what="the dead worker's lease to run out")
    ground.manage("work")
    until(lambda: state_of(job) == "done", what="the next worker to finish the job")

    assert (effects_of("killed"), job.attempts, job.result) == (1, 2, {"rows": 1})


def test_worker_killed_from_outside_in_mid_work_leaves_one_effect_by_the_next(
    ground: Ground,
) -> None:
    gate = ground.folder / "mid.gate"
    job = ask("mid", gate=str(gate))
    worker = ground.manage("work")
    until(gate.with_suffix(".reached").exists, what="the worker to be in mid work")

    worker.kill()
    assert ended(worker) == -signal.SIGKILL
    gate.touch()
    # The lease of a minute is not waited out: it is aged instead.
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(lease_until=past, not_before=past)
    assert ended(ground.manage("work", "--until-idle")) == 0  # takes it back; it waits a while
    assert (state_of(job), job.error) == (
        "waiting",
        "The worker that ran the job stopped without a word. It will be tried again.",
    )
    Job.objects.filter(pk=job.pk).update(not_before=past)
    assert ended(ground.manage("work", "--until-idle")) == 0

    assert (state_of(job), effects_of("mid"), job.attempts) == ("done", 1, 2)


def test_worker_killed_right_after_the_commit_leaves_one_effect_and_a_finished_job(
    ground: Ground,
) -> None:
    job = ask("committed", dies="after commit")

    assert ended(ground.manage("work")) == -signal.SIGKILL
    assert ended(ground.manage("work", "--until-idle")) == 0

    assert (state_of(job), effects_of("committed"), job.attempts) == ("done", 1, 1)


def test_two_workers_at_twenty_jobs_run_each_once(ground: Ground) -> None:
    jobs = [ask(f"shared-{number:02}") for number in range(20)]

    workers = [ground.manage("work", "--until-idle") for _ in range(2)]

    assert [ended(worker) for worker in workers] == [0, 0]
    assert [(state_of(job), job.attempts, effects_of(job.key)) for job in jobs] == [
        ("done", 1, 1)
    ] * 20


def test_worker_asked_to_stop_hands_the_job_back_and_the_next_finishes_it(
    ground: Ground,
) -> None:
    gate = ground.folder / "stop.gate"
    job = ask("stopped", gate=str(gate))
    worker = ground.manage("work")
    until(gate.with_suffix(".reached").exists, what="the worker to be in mid work")

    worker.terminate()

    assert ended(worker) == 0
    assert (state_of(job), job.attempts, job.error) == ("waiting", 0, "")
    gate.touch()
    assert ended(ground.manage("work", "--until-idle")) == 0
    assert (state_of(job), job.attempts, effects_of("stopped")) == ("done", 1, 1)
