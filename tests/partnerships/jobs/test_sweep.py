"""Sweeping up after workers that fell silent and messages that got lost."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from partnerships.jobs import dispatch, enqueue
from partnerships.jobs.sweep import MOST_OFFERED, Swept, sweep, take_back
from partnerships.models import AuditEvent, Job, User
from tests.partnerships.jobs.rows import ASKED_AT, LEASE_UNTIL, job_row

SILENT = "The worker that ran the job stopped without a word."
AFTER = LEASE_UNTIL + timedelta(seconds=1)


@pytest.fixture
def nudged(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[deque[int]]:
    """The numbers that wait for the carrying thread, which does not run here."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    dispatch._after_fork()
    monkeypatch.setattr(dispatch, "_carrier_runs", lambda: None)
    yield dispatch._waiting.queue
    dispatch._after_fork()


def test_sweep_lets_a_silent_job_wait_again(system: User) -> None:
    job = job_row(system, state="running")

    assert sweep(now=AFTER) == Swept(silent=1, offered=0)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease) == ("waiting", 1, "")
    assert job.not_before == AFTER + timedelta(seconds=60)
    assert job.error == f"{SILENT} It will be tried again."
    assert not AuditEvent.objects.exists()


def test_sweep_leaves_a_job_whose_lease_holds(system: User) -> None:
    job = job_row(system, state="running")

    assert sweep(now=LEASE_UNTIL) == Swept(silent=0, offered=0)

    job.refresh_from_db()
    assert job.state == "running"


def test_sweep_fails_a_job_that_fell_silent_three_times(system: User) -> None:
    job = job_row(system, state="running", attempts=3)

    sweep(now=AFTER)

    job.refresh_from_db()
    assert (job.state, job.finished_at) == ("failed", AFTER)
    assert job.error == f"{SILENT} It was tried 3 times. Ask for it again."


def test_sweep_cancels_a_silent_job_that_was_asked_to_stop(system: User) -> None:
    job = job_row(system, state="running", cancel_requested=True)

    sweep(now=AFTER)

    job.refresh_from_db()
    assert (job.state, job.error) == ("cancelled", "")


def test_sweep_ends_a_silent_job_whose_work_waits_as_a_newer_one(system: User) -> None:
    job = job_row(system, state="running")
    newer = job_row(system, state="waiting")

    assert sweep(now=AFTER) == Swept(silent=1, offered=1)

    job.refresh_from_db()
    newer.refresh_from_db()
    assert (job.state, newer.state) == ("cancelled", "waiting")
    assert job.error.endswith("The same work waits as a newer job, which takes this one's place.")


def test_sweep_takes_back_a_job_whose_handler_is_gone(system: User) -> None:
    job = job_row(system, state="running", kind="ground.gone")

    assert sweep(now=AFTER) == Swept(silent=1, offered=0)

    job.refresh_from_db()
    assert job.state == "waiting"


def test_take_back_of_a_lease_renewed_meanwhile_changes_nothing(system: User) -> None:
    job = job_row(system, state="running")
    Job.objects.update(lease_until=AFTER + timedelta(seconds=30))

    assert take_back(job, now=AFTER) is False

    job.refresh_from_db()
    assert job.state == "running"


def test_sweep_offers_what_waits_and_may_start_longest_waiting_first(
    system: User, nudged: deque[int]
) -> None:
    second = job_row(system, key="second")
    first = job_row(system, key="first", asked_at=ASKED_AT - timedelta(minutes=1))
    job_row(system, key="later", not_before=AFTER + timedelta(minutes=1))
    job_row(system, key="busy", state="running", lease_until=AFTER)
    job_row(system, key="busy")

    assert sweep(now=AFTER) == Swept(silent=0, offered=2)
    assert list(nudged) == [first.pk, second.pk]


def test_sweep_offers_a_bounded_number(system: User, nudged: deque[int]) -> None:
    for number in range(MOST_OFFERED + 1):
        job_row(system, key=str(number))

    assert sweep(now=AFTER).offered == len(nudged) == MOST_OFFERED


def test_nudge_beyond_the_bound_is_left_to_the_sweep(
    nudged: deque[int], caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(dispatch.MOST_HELD + 1):
        dispatch.nudge(number)

    assert len(nudged) == dispatch.MOST_HELD
    assert [record.getMessage() for record in caplog.records] == [
        "Job 1000 is left to the sweep: 1000 nudges wait already."
    ]


def test_nudge_without_a_broker_does_nothing(nudged: deque[int], settings: Settings) -> None:
    settings.REDIS_URL = ""

    dispatch.nudge(1)

    assert list(nudged) == []


@pytest.mark.django_db(transaction=True)
def test_enqueue_nudges_after_the_commit_and_not_after_a_rollback(
    system: User, nudged: deque[int], now: datetime
) -> None:
    with transaction.atomic():
        kept = enqueue(kind="ground.row", key="kept", by=system, arguments={}, now=now)
        assert list(nudged) == []
    with transaction.atomic():
        enqueue(kind="ground.row", key="gone", by=system, arguments={}, now=now)
        transaction.set_rollback(True)

    assert list(nudged) == [kept.pk]
