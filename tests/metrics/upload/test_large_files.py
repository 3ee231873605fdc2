"""Files of very many rows: a worker looks at them and takes them, all or nothing."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from metrics.models import Cell, ImportBatch, Revision
from metrics.queries import quarters_to
from metrics.upload import actions
from partnerships.jobs import cancel, run_now
from partnerships.models import Job, Role
from partnerships.periods import Span
from tests.factories import BreakdownFactory, CategoryFactory
from tests.metrics.test_views import signed_in
from tests.metrics.upload.files import csv_file
from tests.metrics.upload.test_upload_pages import upload
from tests.world import World

ROWS = 30


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


@pytest.fixture(autouse=True)
def few_rows_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 20)


@pytest.fixture
def wards(world: World) -> list[str]:
    ward = BreakdownFactory(code="ward")
    return [CategoryFactory(breakdown=ward, code=f"w{number:02}").code for number in range(ROWS)]


def large(wards: list[str], value: int = 3) -> bytes:
    return csv_file("Code,Breakdown,Value", *(f"referrals,ward={each},{value}" for each in wards))


def uploaded(client: Client, span: Span, content: bytes) -> ImportBatch:
    """Uploads a file, lets a worker look at it, and gives the batch."""
    upload(client, span, content)
    run_now(Job.objects.get(kind="metrics.check_upload", state="waiting"))
    return ImportBatch.objects.latest("pk")


def page_of(batch: ImportBatch) -> str:
    return f"/p/testshire/returns/{batch.period.key}/figures/upload/{batch.pk}/"


def send(client: Client, batch: ImportBatch, **more: str) -> Any:
    seen = client.get(page_of(batch)).context["shown"].seen
    return client.post(page_of(batch), {"seen": seen} | more)


def test_large_file_is_looked_at_and_taken_by_jobs(
    world: World, newest: Span, wards: list[str]
) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, large(wards))
    assert "Look at an uploaded file" in page.content.decode()
    checking = run_now(Job.objects.get(kind="metrics.check_upload"))
    assert (checking.state, Revision.objects.count()) == ("done", 0)
    batch = ImportBatch.objects.get()
    assert checking.result["page"] == page_of(batch)

    assert send(unit, batch).headers["Location"].startswith("/jobs/")
    taking = run_now(Job.objects.get(kind="metrics.take_upload"))
    assert taking.result["added"] == ROWS
    assert Cell.objects.filter(latest__value=3).count() == ROWS
    batch.refresh_from_db()
    assert (batch.state, batch.content) == ("taken", None)


def test_change_of_a_large_file_needs_a_reason(
    world: World, newest: Span, wards: list[str]
) -> None:
    unit = signed_in(world.unit)
    send(unit, uploaded(unit, newest, large(wards)))
    run_now(Job.objects.get(kind="metrics.take_upload"))
    batch = uploaded(unit, newest, large(wards, 4))
    assert send(unit, batch).status_code == 422
    assert send(unit, batch, reason="A later count.").status_code == 302
    run_now(Job.objects.filter(kind="metrics.take_upload").latest("pk"))
    assert set(Revision.objects.filter(number=2).values_list("value", "reason")) == {
        (Decimal(4), "A later count.")
    }


def test_save_in_between_stops_the_job_and_keeps_nothing(
    world: World, newest: Span, wards: list[str]
) -> None:
    unit = signed_in(world.unit)
    mine = uploaded(unit, newest, large(wards))
    send(unit, mine)
    theirs = uploaded(signed_in(world.second), newest, large(wards[:25], 9))
    send(signed_in(world.second), theirs)
    first, second = Job.objects.filter(kind="metrics.take_upload").order_by("pk")
    run_now(second)
    stopped = run_now(first)
    assert stopped.state == "failed"
    assert "Somebody has saved one of these figures" in stopped.error
    assert Revision.objects.count() == 25

    again = unit.post(page_of(mine), {"check": "1"})
    assert again.headers["Location"].startswith("/jobs/")
    run_now(Job.objects.filter(kind="metrics.check_upload").latest("pk"))
    assert unit.get(page_of(mine)).context["shown"].counts["changed"] == 25


def test_cancelled_job_saves_nothing(world: World, newest: Span, wards: list[str]) -> None:
    unit = signed_in(world.unit)
    send(unit, uploaded(unit, newest, large(wards)))
    cancel(Job.objects.get(kind="metrics.take_upload"), by=world.unit)
    assert Revision.objects.count() == 0
    assert ImportBatch.objects.get().state == "waiting"


def test_person_without_a_role_any_more_saves_nothing(
    world: World, newest: Span, wards: list[str]
) -> None:
    unit = signed_in(world.unit)
    send(unit, uploaded(unit, newest, large(wards)))
    Role.objects.filter(user=world.unit).update(last=timezone.localdate().replace(year=2024))
    stopped = run_now(Job.objects.get(kind="metrics.take_upload"))
    assert "You do not enter figures here any more" in stopped.error
    assert Revision.objects.count() == 0
