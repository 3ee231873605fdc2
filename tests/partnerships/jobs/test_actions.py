"""Asking for jobs and asking them to stop."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from partnerships.jobs import JobError, ask_again, cancel, enqueue
from partnerships.models import AuditEvent, Job, Partnership, User
from tests.partnerships.jobs.rows import job_row


def recorded() -> list[tuple[str, str, str]]:
    return [
        (event.verb, event.subject, event.actor.name) for event in AuditEvent.objects.order_by("id")
    ]


def test_enqueue_writes_a_waiting_job_with_its_partnership_and_its_asker(
    business_unit: User, testshire: Partnership, now: datetime
) -> None:
    job = enqueue(
        kind="ground.row",
        key="testshire",
        by=business_unit,
        arguments={"partnership": "testshire"},
        partnership=testshire,
        now=now,
    )

    assert list(Job.objects.values_list("kind", "key", "state", "attempts", "asked_at")) == [
        ("ground.row", "testshire", "waiting", 0, now)
    ]
    assert (job.asked_by, job.partnership, job.not_before) == (business_unit, testshire, now)
    assert recorded() == [
        ("job asked for", "job:ground.row:testshire", "Business unit, Testshire"),
    ]


def test_enqueue_of_work_that_waits_is_that_job_and_is_recorded_once(
    business_unit: User, approver: User
) -> None:
    first = enqueue(kind="ground.row", key="same", by=business_unit, arguments={"a": 1})
    second = enqueue(kind="ground.row", key="same", by=approver, arguments={"a": 1})

    assert (second.pk, second.asked_by) == (first.pk, business_unit)
    assert len(recorded()) == 1


def test_enqueue_of_work_that_runs_is_a_new_job(system: User) -> None:
    running = job_row(system, key="same", state="running")

    job = enqueue(kind="ground.row", key="same", by=system, arguments={})

    assert (job.pk != running.pk, job.state) == (True, "waiting")


def test_enqueue_by_the_system_is_not_recorded(system: User) -> None:
    enqueue(kind="ground.row", key="any", by=system, arguments={})

    assert recorded() == []


def test_enqueue_of_waiting_work_with_other_arguments_is_refused(system: User) -> None:
    enqueue(kind="ground.row", key="same", by=system, arguments={"a": 1})

    with pytest.raises(ValueError, match="the key must name the work"):
        enqueue(kind="ground.row", key="same", by=system, arguments={"a": 2})


def test_enqueue_of_an_unknown_kind_is_refused(system: User) -> None:
    with pytest.raises(LookupError, match=r"No handler is registered for .*'ground\.nothing'"):
        enqueue(kind="ground.nothing", key="any", by=system, arguments={})

    assert not Job.objects.exists()


def test_enqueue_that_breaks_another_rule_says_so(system: User) -> None:
    with pytest.raises(IntegrityError):
        enqueue(kind="ground.row", key="any", by=system, arguments=None)  # type: ignore[arg-type]


def test_enqueue_in_a_transaction_that_fails_leaves_no_job(system: User) -> None:
    def request() -> None:
        with transaction.atomic():
            enqueue(kind="ground.row", key="any", by=system, arguments={})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        request()

    assert not Job.objects.exists()


def test_cancel_ends_a_waiting_job_at_once(business_unit: User, now: datetime) -> None:
    job = cancel(job_row(business_unit, state="waiting"), by=business_unit, now=now)

    assert (job.state, job.finished_at) == ("cancelled", now)
    assert recorded() == [("job cancelled", "job:ground.row:any", "Business unit, Testshire")]


def test_cancel_asks_a_running_job_once(business_unit: User) -> None:
    job = job_row(business_unit, state="running")

    cancel(job, by=business_unit)
    cancel(job, by=business_unit)

    assert (job.state, job.cancel_requested) == ("running", True)
    assert len(recorded()) == 1


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_cancel_leaves_an_ended_job_as_it_is(business_unit: User, state: str) -> None:
    job = cancel(job_row(business_unit, state=state), by=business_unit)

    assert (job.state, job.cancel_requested, recorded()) == (state, False, [])


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_ask_again_makes_a_new_job_for_the_same_work(
    business_unit: User, approver: User, testshire: Partnership, state: str
) -> None:
    ended = job_row(approver, state=state, partnership=testshire, arguments={"a": 1})

    again = ask_again(ended, by=business_unit)

    ended.refresh_from_db()
    assert ended.state == state
    assert (again.kind, again.key, again.arguments, again.partnership, again.asked_by) == (
        ended.kind,
        ended.key,
        {"a": 1},
        testshire,
        business_unit,
    )


@pytest.mark.parametrize("state", ["waiting", "running", "done"])
def test_ask_again_for_a_job_that_has_not_gone_wrong_is_refused(system: User, state: str) -> None:
    with pytest.raises(JobError, match="Only a job that failed or was cancelled"):
        ask_again(job_row(system, state=state), by=system)


def test_ask_again_for_a_kind_that_is_gone_is_refused(system: User) -> None:
    with pytest.raises(JobError, match="no longer does this kind of work"):
        ask_again(job_row(system, state="failed", kind="ground.gone"), by=system)
