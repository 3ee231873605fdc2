"""Work that is asked for once a day, after a time in London, however many ask."""

from datetime import UTC, datetime, time

import pytest

from partnerships.jobs import daily
from partnerships.jobs.daily import ask_for_what_is_due, every_day
from partnerships.models import Job, User
from partnerships.people.actions import system_actor
from tests.partnerships.jobs.rows import job_row

KIND = "ground.row"


@pytest.fixture(autouse=True)
def only_this(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "_daily", {})
    every_day(KIND, after=time(8), by=system_actor)


@pytest.mark.parametrize(
    ("now", "key"),
    [
        (datetime(2026, 1, 15, 7, 59, tzinfo=UTC), None),
        (datetime(2026, 1, 15, 8, 0, tzinfo=UTC), "2026-01-15"),
        (datetime(2026, 7, 15, 6, 59, tzinfo=UTC), None),  # 7:59 in summer
        (datetime(2026, 7, 15, 7, 0, tzinfo=UTC), "2026-07-15"),
        (datetime(2026, 7, 15, 22, 59, tzinfo=UTC), "2026-07-15"),
        (datetime(2026, 7, 15, 23, 30, tzinfo=UTC), None),  # past midnight in London
    ],
)
def test_work_is_due_after_its_time_in_london(system: User, now: datetime, key: str | None) -> None:
    assert [job.key for job in ask_for_what_is_due(now=now)] == ([key] if key else [])


@pytest.mark.parametrize("state", [Job.State.WAITING, Job.State.DONE, Job.State.FAILED])
def test_work_that_was_asked_for_today_is_not_asked_for_again(
    system: User, state: Job.State
) -> None:
    now = datetime(2026, 7, 15, 9, tzinfo=UTC)
    (job,) = ask_for_what_is_due(now=now)
    ended = {"finished_at": now} if state != Job.State.WAITING else {}
    Job.objects.filter(pk=job.pk).update(state=state, **ended)
    assert ask_for_what_is_due(now=now) == []
    assert [each.key for each in ask_for_what_is_due(now=datetime(2026, 7, 16, 9, tzinfo=UTC))] == [
        "2026-07-16"
    ]


def test_other_work_of_the_day_does_not_stand_for_it(system: User) -> None:
    job_row(system, kind=KIND, key="any")
    assert len(ask_for_what_is_due(now=datetime(2026, 7, 15, 9, tzinfo=UTC))) == 1
