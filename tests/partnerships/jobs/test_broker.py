"""Brokers that lose, refuse or never answer, and Celery workers that die: no job is lost."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import TypedDict

import pytest
import redis

from partnerships.jobs.worker import Worker
from partnerships.models import Job
from tests.partnerships.jobs.ground.handlers import effects_of
from tests.partnerships.jobs.places import Ground, kill, until

LONGEST_HOLD_MS = 500


class Said(TypedDict):
    """What the command `ask` measured, in milliseconds."""

    enqueue_ms: list[float]
    page_ms: float


@pytest.fixture
def closed_port() -> str:
    """A broker that refuses: nobody listens at that port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{taken.getsockname()[1]}/0"


@pytest.fixture
def silent_port() -> Iterator[str]:
    """A broker that hangs: the connection is accepted and nothing is ever said on it."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.mark.parametrize("kind_of_port", ["closed_port", "silent_port"])
def test_request_does_not_wait_for_a_broker_that_is_not_there(
    ground: Ground, request: pytest.FixtureRequest, kind_of_port: str
) -> None:
    keys = [f"held-{number}" for number in range(5)]
    asking = ground.manage("ask", *keys, "--page", REDIS_URL=request.getfixturevalue(kind_of_port))

    said = _said(asking)
    print(f"{kind_of_port}: {said}")
    until(lambda: "Broker away" in ground.log(), what="the broker to be found away")

    assert max(said["enqueue_ms"]) < LONGEST_HOLD_MS, said
    assert said["page_ms"] < LONGEST_HOLD_MS, said
    assert Job.objects.filter(state=Job.State.WAITING).count() == 6
    assert {job.state for job in Worker().run_waiting()} == {"done"}
    assert [effects_of(key) for key in [*keys, "again"]] == [1] * 6


@pytest.mark.redis
def test_jobs_that_the_broker_lost_or_never_got_are_run_after_a_sweep(
    ground: Ground, broker: redis.Redis, closed_port: str
) -> None:
    _said(ground.manage("ask", "never-sent", REDIS_URL=closed_port))
    _said(ground.manage("ask", "lost"))
    until(lambda: _queued(ground, broker) == 1, what="the message to be in the queue")
    broker.delete(_key(ground, "celery"))

    _worker(ground)
    until(lambda: Job.objects.filter(state="done").count() == 2, what="both jobs to be run")

    assert [effects_of("never-sent"), effects_of("lost")] == [1, 1]


@pytest.mark.redis
def test_celery_worker_killed_before_acknowledging_leaves_one_effect_and_a_finished_job(
    ground: Ground, broker: redis.Redis
) -> None:
    first = _worker(ground)
    _said(ground.manage("ask", "committed", "--arguments", '{"dies": "after commit"}'))
    assert first.wait(timeout=60) == -signal.SIGKILL
    assert broker.hlen(_key(ground, "unacked")) >= 1  # the broker still has the message
    assert _outcome("committed") == ("done", 1, 1)

    second = _worker(ground)
    until(lambda: "Job 1 was not taken" in ground.log(), what="the message to come again")
    assert _outcome("committed") == ("done", 1, 1)

    arguments = ["--kind", "ground.mortal", "--arguments", '{"dies": "in effect"}']
    _said(ground.manage("ask", "killed", *arguments))
    assert second.wait(timeout=60) == -signal.SIGKILL
    assert _outcome("killed") == ("running", 1, 0)

    third = _worker(ground)
    until(lambda: _outcome("killed") == ("done", 2, 1), what="the sweep and a second attempt")
    kill(third)


def _worker(ground: Ground) -> "subprocess.Popen[str]":
    """A worker of one child, with the beat that sweeps each second."""
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = ["-m", "celery", "-A", "safeguarding", "worker", "-B", "-c", "1", "-l", "INFO"]
    return ground.start(sys.executable, *command, *quiet)


def _said(asking: "subprocess.Popen[str]") -> Said:
    """What the asking process measured; it stays, so that its message can still leave."""
    assert asking.stdout is not None
    line = asking.stdout.readline()
    assert line, "The asking process ended without a word; see its log."
    said: Said = json.loads(line)
    return said


def _outcome(key: str) -> tuple[str, int, int]:
    job = Job.objects.get(key=key)
    return (job.state, job.attempts, effects_of(key))


def _key(ground: Ground, name: str) -> str:
    return ground.environment["REDIS_PREFIX"] + name


def _queued(ground: Ground, broker: redis.Redis) -> int:
    return broker.llen(_key(ground, "celery"))
