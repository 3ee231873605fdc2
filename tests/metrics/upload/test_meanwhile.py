"""What changes between looking at a file and saving it: nothing is half saved, and it is said."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from metrics.actions import approve
from metrics.models import Cell, Expectation, ImportBatch, Indicator, Revision
from metrics.queries import quarters_to
from metrics.returns.parts.actions import set_dates
from metrics.upload import actions
from partnerships.jobs import cancel, run_now
from partnerships.jobs.running import Run
from partnerships.models import Job, Role
from partnerships.periods import Span
from tests.factories import CellFactory
from tests.metrics.test_views import signed_in
from tests.metrics.upload.files import csv_file
from tests.metrics.upload.test_large_files import large, page_of, send, uploaded, wards
from tests.metrics.upload.test_upload_pages import FILE, confirm, upload, values
from tests.world import World

__all__ = ["wards"]  # a fixture


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


def close(world: World, span: Span) -> None:
    """The return took its last figures yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    set_dates(
        dataset=world.dataset,
        span=span,
        due=yesterday,
        closed_to_new=yesterday,
        closed_to_edits=yesterday,
        by=world.second,
    )


def end_roles(world: World) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Role.objects.filter(user=world.unit).update(last=yesterday)


def nothing_is_saved() -> bool:
    waiting = ImportBatch.objects.get()
    return (
        waiting.state == "waiting"
        and waiting.content is not None
        and not Revision.objects.exists()
        and not Cell.objects.exists()
    )


def test_return_that_closed_meanwhile_refuses_each_row(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, FILE)
    close(world, newest)
    answer = confirm(unit, page)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Rows of the file are refused, so nothing of it was saved." in said
    assert "closed to changes after" in said
    assert "Somebody has saved" not in said
    assert [row[0] for row in answer.context["shown"].refused] == ["2", "3"]
    assert nothing_is_saved()


def test_role_that_ended_meanwhile_saves_nothing(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, FILE)
    end_roles(world)
    assert confirm(unit, page).status_code in {403, 404}
    assert nothing_is_saved()


def test_figure_that_is_no_longer_asked_of_the_agency_is_refused(
    world: World, newest: Span
) -> None:
    officer = signed_in(world.contributor)
    page = upload(officer, newest, csv_file("Code,Value", "referrals,12"))
    Expectation.objects.filter(agency=world.police).update(last=newest.first - timedelta(days=1))
    answer = confirm(officer, page)
    assert answer.status_code == 422
    assert "“referrals” is no figure of this return that you enter." in answer.content.decode()
    assert nothing_is_saved()


def test_indicator_that_became_a_share_meanwhile_is_refused(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, csv_file("Code,Value", "referrals,12"))
    Indicator.objects.filter(pk=world.referrals.pk).update(unit="percent")
    answer = confirm(unit, page)
    assert answer.status_code == 422
    assert "works this figure out of two numbers" in answer.content.decode()
    assert nothing_is_saved()


def test_figure_approved_meanwhile_is_shown_as_the_correction_that_it_became(
    world: World, newest: Span
) -> None:
    unit = signed_in(world.unit)
    confirm(unit, upload(unit, newest, FILE))
    page = upload(unit, newest, csv_file("Code,Value", "referrals,1240"))
    assert "this is a correction" not in page.content.decode()
    cell = Cell.objects.get(indicator=world.referrals)
    approve(cell=cell, seen=1, by=world.approver, at=timezone.now())
    answer = confirm(unit, page, reason="Six were left out.")
    assert answer.status_code == 422
    assert "Approved: this is a correction." in answer.content.decode()
    assert values()["referrals"] == Decimal(1234)
    assert confirm(unit, answer, reason="Six were left out.").status_code == 302
    assert values()["referrals"] == Decimal(1240)


def test_cell_without_a_figure_gets_its_first(world: World, newest: Span) -> None:
    """As it stands where a figure was begun and never saved."""
    place = world.place(newest)
    cell = CellFactory(
        dataset=place.dataset, indicator=place.indicator, area=place.area, period=place.period
    )
    unit = signed_in(world.unit)
    assert confirm(unit, upload(unit, newest, FILE)).status_code == 302
    cell.refresh_from_db()
    assert (cell.latest.number, cell.latest.value) == (1, Decimal(1234))
    assert values()["timely"] == Decimal(75)


@pytest.mark.parametrize("happened", ["closed", "role"])
def test_large_file_is_not_saved_by_its_job_either(
    world: World,
    newest: Span,
    wards: list[str],
    monkeypatch: pytest.MonkeyPatch,
    happened: str,
) -> None:
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 20)
    unit = signed_in(world.unit)
    batch = uploaded(unit, newest, large(wards))
    send(unit, batch)
    close(world, newest) if happened == "closed" else end_roles(world)
    stopped = run_now(Job.objects.get(kind="metrics.take_upload"))
    assert stopped.state == "failed"
    assert {
        "closed": "Rows of the file are refused, so nothing of it was saved.",
        "role": "You do not enter figures here any more, so nothing of the file was saved.",
    }[happened] in stopped.error
    assert nothing_is_saved()
    if happened == "closed":
        unit.post(page_of(batch), {"check": "1"})
        run_now(Job.objects.filter(kind="metrics.check_upload").latest("pk"))
        shown = unit.get(page_of(batch)).context["shown"]
        assert "closed to changes after" in shown.refused[0][2]


@pytest.mark.parametrize("kind", ["metrics.check_upload", "metrics.take_upload"])
def test_large_file_says_how_far_it_is_and_stops_in_the_middle(
    world: World,
    newest: Span,
    wards: list[str],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    unit = signed_in(world.unit)
    content = large(wards) + b"referrals,,\r\n" * 12_000
    if kind == "metrics.take_upload":
        send(unit, uploaded(unit, newest, content))
    else:
        upload(unit, newest, content)
    said: list[str] = []
    progress = Run.progress

    def cancelled(run: Run, done: int, total: int, words: str = "") -> None:
        said.append(words)
        if words.startswith("10,000"):
            cancel(run.job, by=world.unit)
        progress(run, done, total, words)

    monkeypatch.setattr(Run, "progress", cancelled)
    stopped = run_now(Job.objects.get(kind=kind))
    assert (stopped.state, said) == ("cancelled", ["5,000 rows read", "10,000 rows read"])
    assert nothing_is_saved()
    assert bool(ImportBatch.objects.get().checked) == (kind == "metrics.take_upload")
