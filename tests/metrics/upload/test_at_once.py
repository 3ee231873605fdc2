"""Files that are taken at the same moment, and processes that die over one: all or nothing."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from metrics.models import Cell, ImportBatch, Revision
from metrics.queries import quarters_to
from metrics.upload import actions
from partnerships.jobs import run_now
from partnerships.models import AuditEvent, Job, User
from partnerships.periods import Span
from tests.factories import BreakdownFactory, CategoryFactory
from tests.metrics.test_views import signed_in
from tests.metrics.upload.files import csv_file
from tests.metrics.upload.test_upload_pages import confirm, upload
from tests.partnerships.jobs.places import Ground, until
from tests.world import World, made

WARDS = 60
TAKEN = "figures saved from a file"


@pytest.fixture
def world(ground: Ground) -> World:
    ground.environment["DJANGO_SETTINGS_MODULE"] = "safeguarding.settings"
    here = made()
    ward = BreakdownFactory(code="ward")
    for number in range(WARDS):
        CategoryFactory(breakdown=ward, code=f"w{number}")
    return here


@pytest.fixture
def newest(world: World) -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


def a_file(value: int, wards: range = range(WARDS)) -> bytes:
    """A figure of each ward, in any order."""
    rows = [
        f"referrals,ward=w{number},{value}" for number in sorted(wards, key=lambda n: n * 7 % 11)
    ]
    return csv_file("Code,Breakdown,Value", *rows)


def shown(person: User, span: Span, content: bytes) -> tuple[Client, Any]:
    client = signed_in(person)
    return client, upload(client, span, content)


def at_once(*pressed: tuple[Client, Any]) -> list[Any]:
    """The answers to buttons that are pressed together, each on a connection of its own."""
    gate = Barrier(len(pressed))

    def press(client: Client, page: Any) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(20)
            return confirm(client, page)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(pressed)) as threads:
        return list(threads.map(press, *zip(*pressed, strict=True)))


def kept() -> tuple[int, int, set[int | None]]:
    """Cells, revisions, and the values that count as entered."""
    values = Cell.objects.values_list("latest__value", flat=True)
    return (
        Cell.objects.count(),
        Revision.objects.count(),
        {None if each is None else int(each) for each in values},
    )


def test_double_click_saves_once_and_both_answers_say_so(world: World, newest: Span) -> None:
    client, page = shown(world.unit, newest, a_file(3))
    again = Client()
    again.cookies = client.cookies
    answers = at_once((client, page), (again, page))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert "is saved: 60 new" in client.get(answers[0].headers["Location"]).content.decode()
    assert kept() == (WARDS, WARDS, {3})
    assert AuditEvent.objects.filter(verb=TAKEN).count() == 1


def test_two_people_with_the_same_file_save_it_once(world: World, newest: Span) -> None:
    pressed = [shown(person, newest, a_file(3)) for person in (world.unit, world.second)]
    answers = at_once(*pressed)
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    (late,) = (answer for answer in answers if answer.status_code == 422)
    said = late.content.decode()
    assert "Somebody has saved one of these figures" in said
    assert "every figure in it is entered already" in said
    assert kept() == (WARDS, WARDS, {3})
    assert AuditEvent.objects.filter(verb=TAKEN).count() == 1


def test_two_files_that_overlap_are_taken_one_after_the_other(world: World, newest: Span) -> None:
    """Each makes cells that the other makes too, and some of its own."""
    pressed = [
        shown(world.unit, newest, a_file(3, range(40))),
        shown(world.second, newest, a_file(4, range(20, WARDS))),
    ]
    answers = at_once(*pressed)
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    cells, revisions, values = kept()
    assert (cells, revisions) == (40, 40)
    assert values in ({3}, {4})


def test_file_is_taken_or_dropped_and_never_both(world: World, newest: Span) -> None:
    client, page = shown(world.unit, newest, a_file(3))
    batch = ImportBatch.objects.get()

    def drop() -> None:
        try:
            actions.drop(batch, by=world.unit, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        dropping = threads.submit(drop)
        answer = confirm(client, page)
        dropping.result(20)
    batch.refresh_from_db()
    assert answer.status_code == 302
    assert (batch.state, kept()[1]) in {("taken", WARDS), ("dropped", 0)}


def confirming(ground: Ground, page: Any, *how: str) -> "subprocess.Popen[str]":
    """A process that is ready to confirm what a page shows."""
    number, seen = str(page.context["batch"].pk), page.context["shown"].seen
    process = ground.start(
        sys.executable, "-m", "tests.metrics.upload.confirming", number, seen, *how
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", ground.log()
    return process


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_processes_that_confirm_at_once_save_once(
    world: World, newest: Span, ground: Ground
) -> None:
    pages = [shown(person, newest, a_file(3))[1] for person in (world.unit, world.second)]
    processes = [confirming(ground, page) for page in (*pages, pages[0])]
    for process in processes:
        go(process)
    first, second, first_again = (
        process.communicate(timeout=60)[0].strip() for process in processes
    )
    assert first == first_again  # one file: it is saved, however often it is confirmed, or not
    assert "saved" in {first, second}
    late = second if first == "saved" else first
    assert late.startswith("Somebody has saved one of these figures")
    assert kept() == (WARDS, WARDS, {3})


def test_process_killed_before_the_commit_leaves_nothing_and_the_file_waits(
    world: World, newest: Span, ground: Ground
) -> None:
    client, page = shown(world.unit, newest, a_file(3))
    dying = confirming(ground, page, "dying")
    go(dying)
    assert dying.wait(timeout=60) == -signal.SIGKILL
    assert kept() == (0, 0, set())
    assert ImportBatch.objects.get().state == "waiting"
    assert confirm(client, page).status_code == 302
    assert kept() == (WARDS, WARDS, {3})


def test_worker_killed_over_a_large_file_leaves_nothing_and_the_next_saves_all(
    world: World, newest: Span, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 20)
    client, _ = shown(world.unit, newest, a_file(3))
    run_now(Job.objects.get(kind="metrics.check_upload"))
    batch = ImportBatch.objects.get()
    path = f"/p/testshire/returns/{newest.key}/figures/upload/{batch.pk}/"
    client.post(path, {"seen": client.get(path).context["shown"].seen})
    job = Job.objects.get(kind="metrics.take_upload")

    dying = ground.start(sys.executable, "-m", "tests.metrics.upload.confirming", "work")
    assert dying.wait(timeout=60) == -signal.SIGKILL, ground.log()
    job.refresh_from_db()
    assert (job.state, job.progress_words) == ("running", "saving the figures")
    assert kept() == (0, 0, set())

    # The lease of a minute is not waited out: it is aged instead.
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(lease_until=past, not_before=past)
    assert ground.manage("work", "--until-idle").wait(timeout=60) == 0
    Job.objects.filter(pk=job.pk).update(not_before=past)
    ground.manage("work", "--until-idle")
    until(lambda: Job.objects.get(pk=job.pk).state == "done", what="the next worker to save")
    assert kept() == (WARDS, WARDS, {3})
    assert ImportBatch.objects.get().state == "taken"
