"""`manage.py work`: what it says, and what it does where it cannot work."""

import logging
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from partnerships.jobs.worker import MOST_TROUBLES, Worker
from partnerships.models import Job, User
from partnerships.people.actions import system_actor
from tests.partnerships.jobs.ground.handlers import effects_of
from tests.partnerships.jobs.places import Ground
from tests.partnerships.jobs.rows import job_row
from tests.prepared import ON_POSTGRES


@pytest.fixture
def work(capsys: pytest.CaptureFixture[str], keep_signals: None) -> Callable[[], str]:
    """What `work --until-idle` says."""

    def said() -> str:
        call_command("work", "--until-idle")
        return capsys.readouterr().out

    return said


def test_work_until_idle_runs_what_may_start_and_counts_it(
    system: User, work: Callable[[], str]
) -> None:
    job_row(system, key="first")
    job_row(system, key="second")
    job_row(system, key="later", not_before=timezone.now() + timedelta(hours=1))

    assert work() == "Jobs run: 2 (2 done).\n"
    assert [effects_of(key) for key in ("first", "second", "later")] == [1, 1, 0]


def test_work_until_idle_with_nothing_to_do_says_so(db: None, work: Callable[[], str]) -> None:
    assert work() == "Jobs run: 0.\n"


def test_work_until_idle_stops_with_the_sentence_of_a_failed_job(
    system: User, work: Callable[[], str]
) -> None:
    job = job_row(system, arguments={"raises": "job error"})

    with pytest.raises(CommandError) as stopped:
        work()

    assert str(stopped.value) == (
        f"Job {job.pk} (ground.row any) is failed: "
        "The figures of 2019-20 are not approved. Approve them and ask again."
    )


def _said(process: "subprocess.Popen[str]", ground: Ground) -> tuple[int, str]:
    return process.wait(timeout=60), ground.log()


def test_work_without_its_table_says_what_to_do(ground: Ground) -> None:
    with connection.schema_editor() as editor:
        editor.delete_model(Job)

    assert _said(ground.manage("work"), ground) == (
        1,
        "CommandError: The database has no table of jobs. Run `python manage.py migrate` first.\n",
    )


def test_work_without_its_database_says_what_to_do(ground: Ground) -> None:
    away = "postgres://nobody@127.0.0.1:1/portal"

    assert _said(ground.manage("work", DATABASE_URL=away), ground) == (
        1,
        "CommandError: The database cannot be reached. "
        "Start it, or correct DATABASE_URL, and try again.\n",
    )


@pytest.fixture
def away(ground: Ground) -> Iterator[dict[str, Any]]:
    """This process's database at an address where there is none; clear it to bring it back."""
    told = connection.settings_dict
    connection.close()
    nowhere = {"HOST": "127.0.0.1", "PORT": "1"} if ON_POSTGRES else {"NAME": "/nowhere/at/all"}
    connection.settings_dict = told | nowhere
    yield told
    connection.close()
    connection.settings_dict = told


def test_worker_gives_up_on_a_database_that_stays_away(away: dict[str, Any]) -> None:
    worker = Worker(poll=timedelta(milliseconds=1))

    with pytest.raises(OperationalError):
        worker.run_until_stopped()

    assert worker._troubles == MOST_TROUBLES


def test_worker_outlives_a_database_that_comes_back(
    away: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker(poll=timedelta(milliseconds=1))

    class ComesBack(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            connection.settings_dict = away
            worker.stop()

    noticed = ComesBack()
    logging.getLogger("partnerships.jobs.worker").addHandler(noticed)
    worker.run_until_stopped()
    logging.getLogger("partnerships.jobs.worker").removeHandler(noticed)

    assert [record.getMessage() for record in caplog.records] == [
        "The database did not answer (OperationalError)."
    ]
    job = job_row(system_actor(), key="afterwards")
    assert [ran.pk for ran in Worker().run_waiting()] == [job.pk]
