"""Several connections at one job, each in a thread of its own, with what they do committed."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from django.db import connections, transaction
from django.utils import timezone

from partnerships.jobs import cancel, enqueue, run_now
from partnerships.jobs.heartbeat import Heartbeat
from partnerships.jobs.running import claim, execute
from partnerships.jobs.sweep import sweep
from partnerships.jobs.worker import Worker
from partnerships.models import Job
from partnerships.people.actions import system_actor
from tests.partnerships.jobs.ground.handlers import effects_of
from tests.partnerships.jobs.places import Ground, until
from tests.partnerships.jobs.rows import LEASE_UNTIL, job_row
from tests.prepared import ON_POSTGRES

Answer = TypeVar("Answer")
LONGEST = 25.0


def apart(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """The same work for a thread, closing the connections that the thread opened."""

    def done() -> Answer:
        try:
            return work()
        finally:
            connections.close_all()

    return done


def at_once(work: Callable[[], Answer], *, times: int = 4) -> list[Answer]:
    """The answers of that many threads that were let go together."""
    gate = threading.Barrier(times)

    def one() -> Answer:
        connections["default"].ensure_connection()
        gate.wait(LONGEST)
        return work()

    with ThreadPoolExecutor(times) as threads:
        begun: list[Future[Answer]] = [threads.submit(apart(one)) for _ in range(times)]
        return [future.result(LONGEST) for future in begun]


def ask(key: str, **arguments: Any) -> Job:
    return enqueue(kind="ground.row", key=key, by=system_actor(), arguments=arguments)


def test_enqueue_of_the_same_work_on_four_connections_is_one_job(ground: Ground) -> None:
    system = system_actor()

    numbers = at_once(lambda: enqueue(kind="ground.row", key="raced", by=system, arguments={}).pk)

    assert list(Job.objects.values_list("pk", flat=True)) == [numbers[0]]
    assert set(numbers) == {numbers[0]}


def test_claim_on_four_connections_is_won_once(ground: Ground) -> None:
    job = ask("raced")
    now = timezone.now()

    runs = [run for run in at_once(lambda: claim(job.pk, now=now)) if run is not None]

    assert len(runs) == 1
    assert execute(runs[0]).state == "done"
    assert effects_of("raced") == 1


def test_job_asked_for_again_does_not_start_before_that_transaction_ends(ground: Ground) -> None:
    job = ask("seen")
    asked, go_on = threading.Event(), threading.Event()

    def request() -> None:
        with transaction.atomic():
            ask("seen")
            asked.set()
            assert go_on.wait(LONGEST)

    with ThreadPoolExecutor(2) as threads:
        request_ends = threads.submit(apart(request))
        assert asked.wait(LONGEST)
        if ON_POSTGRES:  # a locked row is passed over
            assert claim(job.pk, now=timezone.now()) is None
            go_on.set()
        else:  # the whole file waits for its one writer
            claimed = threads.submit(apart(lambda: claim(job.pk, now=timezone.now())))
            with pytest.raises(TimeoutError):
                claimed.result(timeout=0.3)
            go_on.set()
            assert claimed.result(LONGEST) is not None
        request_ends.result(LONGEST)


@pytest.fixture
def gated(ground: Ground) -> "Gated":
    return Gated(ground)


class Gated:
    """A job that runs in another thread and waits in the midst of its work."""

    def __init__(self, ground: Ground) -> None:
        self.gate = ground.folder / "race.gate"

    def begin(self, threads: ThreadPoolExecutor, **arguments: Any) -> tuple[Job, Future[str]]:
        job = ask("gated", gate=str(self.gate), **arguments)
        ends = threads.submit(apart(lambda: run_now(Job.objects.get(pk=job.pk)).state))
        until(self.gate.with_suffix(".reached").exists, what="the run to be in mid work")
        return job, ends


def test_progress_is_seen_from_another_connection_while_the_job_runs(gated: Gated) -> None:
    with ThreadPoolExecutor(1) as threads:
        job, ends = gated.begin(threads)
        until(lambda: Job.objects.get(pk=job.pk).progress_words, what="progress on this connection")
        job.refresh_from_db()
        seen = (job.state, job.progress_done, job.progress_total, job.progress_words)
        gated.gate.touch()

        assert seen == ("running", 1, 2, "waiting at the gate")
        assert ends.result(LONGEST) == "done"


def test_cancel_from_another_connection_stops_the_run_without_effect(gated: Gated) -> None:
    with ThreadPoolExecutor(1) as threads:
        job, ends = gated.begin(threads)

        assert cancel(job, by=system_actor()).state == "running"

        assert ends.result(LONGEST) == "cancelled"
    job.refresh_from_db()
    assert (job.state, job.cancel_requested, effects_of("gated")) == ("cancelled", True, 0)


def test_run_that_was_swept_away_in_its_work_keeps_nothing(gated: Gated) -> None:
    with ThreadPoolExecutor(1) as threads:
        job, ends = gated.begin(threads)
        job.refresh_from_db()
        assert job.lease_until is not None

        assert sweep(now=job.lease_until + timedelta(seconds=1)).silent == 1
        gated.gate.touch()

        assert ends.result(LONGEST) == "done"
    job.refresh_from_db()
    assert (job.attempts, effects_of("gated")) == (2, 1)  # the effect is the second attempt's


def test_run_now_waits_for_the_worker_that_was_first(gated: Gated) -> None:
    with ThreadPoolExecutor(2) as threads:
        job, first_ends = gated.begin(threads)
        second_ends = threads.submit(apart(lambda: run_now(job).state))
        with pytest.raises(TimeoutError):
            second_ends.result(timeout=0.3)
        gated.gate.touch()

        assert (first_ends.result(LONGEST), second_ends.result(LONGEST)) == ("done", "done")
    job.refresh_from_db()
    assert (job.attempts, effects_of("gated")) == (1, 1)


def test_heartbeat_keeps_the_lease_of_a_run_that_is_silent_itself(ground: Ground) -> None:
    system = system_actor()
    job = enqueue(kind="ground.mortal", key="beat", by=system, arguments={"work seconds": 2.5})
    leases = set()
    with ThreadPoolExecutor(1) as threads:
        ends = threads.submit(apart(lambda: run_now(Job.objects.get(pk=job.pk)).state))

        def renewed() -> bool:
            leases.add(Job.objects.values_list("lease_until", flat=True).get(pk=job.pk))
            return ends.done()

        until(renewed, what="the run to end")
    # None before and after the run, the lease it began with, and at least two renewals.
    assert len(leases) >= 4
    assert (ends.result(), effects_of("beat")) == ("done", 1)


def test_heartbeat_ends_by_itself_after_the_longest_run(ground: Ground) -> None:
    job = job_row(system_actor(), state="running")
    length = timedelta(seconds=0.04)
    hung = Heartbeat(job.pk, job.lease, length=length, longest=timedelta(0), beats=True)

    with hung:
        until(lambda: not hung._thread.is_alive(), what="the heartbeat to end")

    job.refresh_from_db()
    assert job.lease_until == LEASE_UNTIL


def test_effect_that_writes_longer_than_its_lease_is_kept(ground: Ground) -> None:
    system = system_actor()
    job = enqueue(kind="ground.brief", key="long", by=system, arguments={"effect seconds": 2.5})
    with ThreadPoolExecutor(1) as threads:
        ends = threads.submit(apart(lambda: run_now(Job.objects.get(pk=job.pk)).state))
        until(lambda: Job.objects.get(pk=job.pk).state == "running", what="the run to begin")

        def swept() -> bool:
            sweep(now=timezone.now())
            return ends.done()

        until(swept, what="the run to end while it is swept all the time")
        assert ends.result(LONGEST) == "done"
    job.refresh_from_db()
    assert (job.state, job.attempts, effects_of("long")) == ("done", 1, 1)


def test_fifty_jobs_run_in_the_order_of_asking_and_leave_no_thread_behind(ground: Ground) -> None:
    jobs = [ask(f"ordered-{number:02}") for number in range(50)]
    threads_before = threading.active_count()

    ran = Worker().run_waiting()

    assert [job.pk for job in ran] == [job.pk for job in jobs]
    assert {job.state for job in ran} == {"done"}
    assert threading.active_count() == threads_before
