"""Taking a job, doing its work and ending it, one condition at a time."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from partnerships.jobs import Effect, Run, cancel, enqueue, run_now
from partnerships.jobs.registry import MOST_ATTEMPTS, handler
from partnerships.jobs.running import claim, claim_next, execute
from partnerships.models import Job, Organisation, User
from tests.partnerships.jobs.ground.handlers import effects_of
from tests.partnerships.jobs.rows import ASKED_AT, job_row

UNEXPECTED = "The job stopped on an unexpected error."
NEWER = "The same work waits as a newer job, which takes this one's place."

# What the handler of these tests does in its work and in its effect; each test sets it.
script: dict[str, Callable[[Run], object]] = {}


def nothing(run: Run) -> None:
    """What the handler does where the test says nothing."""


@handler("ground.scripted", title="Do what the test says")
def scripted(run: Run) -> Effect:
    script.get("work", nothing)(run)

    def effect() -> dict[str, Any]:
        Organisation.objects.create(slug=f"made-{run.job.pk}", name=f"Made by {run.job.pk}")
        script.get("effect", nothing)(run)
        return {"rows": 1}

    return effect


@pytest.fixture(autouse=True)
def _clean_script() -> None:
    script.clear()


def taken(by: User, now: datetime, **fields: Any) -> Run:
    job = job_row(by, **({"kind": "ground.scripted"} | fields))
    run = claim(job.pk, now=now)
    assert run is not None
    return run


def made() -> int:
    return Organisation.objects.filter(slug__startswith="made-").count()


def test_claim_takes_a_waiting_job_for_one_lease(system: User, now: datetime) -> None:
    run = taken(system, now, progress_total=3, progress_done=2, error="It will be tried again.")

    job = Job.objects.get()
    assert (job.state, job.attempts, job.started_at) == ("running", 1, now)
    assert (job.lease_until, job.error) == (now + timedelta(seconds=60), "")
    assert (job.progress_done, job.progress_total, job.progress_words) == (0, 0, "")
    assert len(run.job.lease) == 32


def test_claim_of_a_taken_job_is_nothing(system: User, now: datetime) -> None:
    run = taken(system, now)

    assert claim(run.job.pk, now=now) is None


def test_claim_before_its_time_is_nothing_unless_early(system: User, now: datetime) -> None:
    job = job_row(system, not_before=now + timedelta(seconds=1))

    assert claim(job.pk, now=now) is None
    assert claim(job.pk, now=now, early=True) is not None


def test_claim_while_the_same_work_runs_leaves_the_job_waiting(system: User, now: datetime) -> None:
    job_row(system, state="running", key="same")
    waiting = job_row(system, state="waiting", key="same")

    assert claim(waiting.pk, now=now) is None
    assert claim_next(now=now) is None
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == ("waiting", 0)


def test_claim_of_a_kind_without_a_handler_leaves_it_to_who_has_one(
    system: User, now: datetime
) -> None:
    job = job_row(system, kind="ground.gone")

    assert claim(job.pk, now=now) is None
    assert claim_next(now=now) is None


def test_claim_next_takes_what_was_asked_for_first(system: User, now: datetime) -> None:
    for key, minutes in (("second", 2), ("first", 1), ("third", 3)):
        job_row(system, key=key, asked_at=ASKED_AT - timedelta(minutes=10 - minutes))

    order = [claim_next(now=now) for _ in range(4)]

    assert [run and run.job.key for run in order] == ["first", "second", "third", None]


def test_execute_ends_the_job_with_its_result(system: User, now: datetime) -> None:
    job = execute(taken(system, now))

    assert (job.state, job.result, made()) == ("done", {"rows": 1}, 1)
    assert (job.lease, job.lease_until, job.finished_at is not None) == ("", None, True)


def test_progress_is_kept_and_cut_to_its_place(system: User, now: datetime) -> None:
    seen = []

    def work(run: Run) -> None:
        run.progress(1, 12, "Domestic abuse")
        seen.append(Job.objects.values_list("progress_done", "progress_total").get())
        run.progress(13, 12, "x" * 300)

    script["work"] = work
    job = execute(taken(system, now))

    assert seen == [(1, 12)]
    assert (job.progress_done, job.progress_total, job.progress_words) == (12, 12, "x" * 200)


def test_job_error_fails_the_job_at_once_with_its_sentence(system: User, now: datetime) -> None:
    job = job_row(system, arguments={"raises": "job error"})
    run = claim(job.pk, now=now)
    assert run is not None

    job = execute(run)

    sentence = "The figures of 2019-20 are not approved. Approve them and ask again."
    assert (job.state, job.attempts, job.error) == ("failed", 1, sentence)


@pytest.mark.parametrize(("attempts", "waits"), [(1, 60), (2, 240)])
def test_unexpected_error_lets_the_job_wait_longer_each_time(
    system: User, now: datetime, attempts: int, waits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnerships.jobs.running.timezone.now", lambda: now)
    job = job_row(system, arguments={"raises": "unexpected"}, attempts=attempts - 1)
    run = claim(job.pk, now=now)
    assert run is not None

    job = execute(run)

    assert (job.state, job.attempts) == ("waiting", attempts)
    assert job.not_before == now + timedelta(seconds=waits)
    assert job.error == f"{UNEXPECTED} It will be tried again."


def test_unexpected_error_at_the_last_attempt_fails_the_job(system: User, now: datetime) -> None:
    job = job_row(system, arguments={"raises": "in effect"}, attempts=MOST_ATTEMPTS - 1)
    run = claim(job.pk, now=now)
    assert run is not None

    job = execute(run)

    assert (job.state, effects_of("any")) == ("failed", 0)
    assert job.error == f"{UNEXPECTED} It was tried 3 times. Ask for it again."


def test_unexpected_error_while_the_same_work_waits_leaves_it_to_the_newer_job(
    system: User, now: datetime
) -> None:
    def work(run: Run) -> None:
        enqueue(kind="ground.scripted", key="any", by=system, arguments={})
        raise ValueError

    script["work"] = work
    job = execute(taken(system, now))

    assert job.state == "cancelled"
    assert job.error == f"{UNEXPECTED} It will be tried again. {NEWER}"
    assert Job.objects.filter(state="waiting").count() == 1


def test_unexpected_error_is_logged_with_its_place_and_without_its_words(
    system: User, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    job = job_row(system, arguments={"raises": "in effect"})
    run = claim(job.pk, now=now)
    assert run is not None

    with caplog.at_level(logging.ERROR):
        job = execute(run)

    assert len(caplog.records) == 1
    message = caplog.records[0].getMessage()
    assert "ValueError at " in message
    assert "ground/handlers.py" in message
    assert "4368" not in message + job.error


def test_cancelled_run_stops_at_its_next_check_and_leaves_nothing(
    system: User, now: datetime
) -> None:
    reached = []

    def work(run: Run) -> None:
        cancel(run.job, by=system)
        run.progress(1, 2)
        reached.append("after the check")

    script["work"] = work
    job = execute(taken(system, now))

    assert (job.state, job.error, made(), reached) == ("cancelled", "", 0, [])


def test_cancel_that_comes_with_the_effect_undoes_it(system: User, now: datetime) -> None:
    script["effect"] = lambda run: Job.objects.filter(pk=run.job.pk).update(cancel_requested=True)

    run = taken(system, now)
    job = execute(run)

    # The request to stop was part of the effect's own transaction here, and went with it.
    assert (job.state, made()) == ("cancelled", 0)


def test_run_whose_lease_was_lost_keeps_nothing_and_changes_nothing(
    system: User, now: datetime
) -> None:
    script["work"] = lambda run: Job.objects.update(lease="another-run")

    job = execute(taken(system, now))

    assert (job.state, job.lease, made()) == ("running", "another-run", 0)


def test_run_whose_lease_is_lost_in_its_effect_keeps_nothing(system: User, now: datetime) -> None:
    script["effect"] = lambda run: Job.objects.update(lease="another-run")
    run = taken(system, now)

    execute(run)

    # The theft was part of the effect's own transaction here, and went with it.
    job = Job.objects.get()
    assert (job.state, job.lease, made()) == ("running", run.job.lease, 0)


def test_run_of_a_worker_that_stops_hands_the_job_back(system: User, now: datetime) -> None:
    stopping: list[bool] = []

    def work(run: Run) -> None:
        stopping.append(True)
        run.check_cancelled()

    script["work"] = work
    row = job_row(system, kind="ground.scripted")
    run = claim(row.pk, now=now, stopping=lambda: bool(stopping))
    assert run is not None

    job = execute(run)

    assert (job.state, job.attempts, job.error, made()) == ("waiting", 0, "", 0)


def test_run_now_ends_the_job_at_its_first_unexpected_error(system: User) -> None:
    job = run_now(job_row(system, arguments={"raises": "unexpected"}))

    assert (job.state, job.error) == ("failed", UNEXPECTED)


def test_run_now_of_an_ended_job_is_that_job(system: User) -> None:
    job = run_now(job_row(system, state="done", result={"rows": 1}))

    assert (job.state, effects_of("any")) == ("done", 0)


def test_handler_is_registered_once_a_kind() -> None:
    with pytest.raises(ValueError, match=r"Two handlers .*'ground\.row'"):
        handler("ground.row", title="Again")(scripted)
