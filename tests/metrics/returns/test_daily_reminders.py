"""`manage.py work` reminds by itself, once a day after eight, however many workers run."""

from datetime import UTC, datetime, timedelta
from threading import Timer

import pytest
from django.core import mail
from django.utils import timezone

from metrics.models import Return, ReturnNotice
from metrics.returns.parts.jobs import REMIND
from partnerships.calendar import store_period
from partnerships.jobs.worker import Worker
from partnerships.models import Job, User
from partnerships.periods import Span
from tests.world import World

# A worker closes its connections in between, and a heartbeat has one of its own.
pytestmark = pytest.mark.django_db(transaction=True)
LOOK = timedelta(milliseconds=20)


@pytest.fixture
def world(transactional_db: None, world: World) -> World:
    """On Mondays there would be other e-mails, too."""
    User.objects.update(wants_digest=False)
    return world


def work_for_a_moment() -> None:
    worker = Worker(poll=LOOK)
    timer = Timer(1.5, worker.stop)
    timer.start()
    worker.run_until_stopped()
    timer.join()


@pytest.fixture
def due(world: World, newest: Span) -> Return:
    on = timezone.localdate() + timedelta(days=3)
    return Return.objects.create(
        dataset=world.dataset,
        period=store_period(newest),
        due=on,
        closed_to_new=on,
        closed_to_edits=on,
    )


def at(hour: int, minute: int) -> datetime:
    """A moment of today in winter, when London has the time of UTC."""
    today = timezone.now()
    return datetime(today.year, today.month, today.day, hour, minute, tzinfo=UTC)


def test_worker_reminds_after_eight_and_a_second_one_reminds_nobody_twice(
    world: World, due: Return, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, morning = at(6, 30), at(9, 0)
    monkeypatch.setattr(timezone, "now", lambda: early)
    work_for_a_moment()
    assert not Job.objects.filter(kind=REMIND).exists()

    monkeypatch.setattr(timezone, "now", lambda: morning)
    for _ in range(2):
        work_for_a_moment()
    assert [(each.kind, each.key) for each in Job.objects.filter(kind=REMIND)] == [
        (REMIND, str(timezone.localdate(morning)))
    ]
    assert Job.objects.get(kind=REMIND).result == {"agencies": 2, "made_up": 0}
    assert ReturnNotice.objects.count() == 2
    assert [sent.to for sent in mail.outbox] == [[world.contributor.email]]


def test_reminders_that_are_done_twice_write_to_nobody_again(
    world: World, due: Return, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where two workers ask so that the second asks after the first one's job has ended."""
    morning = at(9, 0)
    monkeypatch.setattr(timezone, "now", lambda: morning)
    work_for_a_moment()
    Job.objects.filter(kind=REMIND).update(key="as if it were not there")
    work_for_a_moment()
    assert Job.objects.get(kind=REMIND, key=str(timezone.localdate(morning))).result == {
        "agencies": 0,
        "made_up": 0,
    }
    assert len(mail.outbox) == 1
