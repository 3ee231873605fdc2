"""A locked figure that a published report prints is corrected: who builds the report is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from metrics.actions import approve, ask_for_changes
from metrics.entries import Entry
from metrics.models import Cell, ReturnStep
from metrics.queries import whole_cells
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.jobs import run_now
from partnerships.models import Job, RoleName, User
from partnerships.people.actions import system_actor
from partnerships.periods import Span, financial_year, quarter
from reports.corrections.jobs import TELL
from reports.corrections.queries import corrected_in
from reports.editions.actions import SectionPlan, keep_edition, plan_report, publish
from reports.editions.assemble import content_of
from reports.models import AnnualReport, Edition
from reports.outputs.files import Files
from tests.return_factories import ReturnFactory
from tests.world import World, person

YEAR = financial_year(2025)
FILES = {"html": b"h", "page": b"p", "csv": b"c", "xlsx": b"x"}


def enter(
    world: World, span: Span, value: int, *, seen: int = 0, reason: str = "", days_ago: int = 0
) -> Cell:
    return save_entry(
        place=world.place(span),
        entry=Entry(value=Decimal(value)),
        by=world.unit,
        at=timezone.now() - timedelta(days=days_ago),
        seen=seen,
        reason=reason,
    ).cell


def accept(world: World, cell: Cell, *, seen: int) -> None:
    approve(cell=cell, seen=seen, by=world.approver, at=timezone.now())


def work_out(world: World) -> None:
    assert run_now(ask_for_changes(world.partnership, by=system_actor())).state == Job.State.DONE


def build(world: World, report: AnnualReport) -> Edition:
    """An edition as the job keeps it, laid out by nobody, and published."""
    content = content_of(report, on=timezone.localdate())
    files = Files(**FILES, pdf=content.inputs_sha256.encode())
    now = timezone.now()
    edition = keep_edition(report, content, files, by=world.unit, at=now)
    publish(edition, by=world.unit, at=now)
    return edition


@pytest.fixture
def report(world: World) -> AnnualReport:
    """Of 2025-26: four quarters of 1,000 referrals, locked by the police's approver."""
    for number in (1, 2, 3, 4):
        accept(world, enter(world, quarter(2025, number), 1000), seen=1)
    work_out(world)
    ReturnStep.objects.create(
        part_of=ReturnFactory(
            dataset=world.dataset,
            period=store_period(quarter(2025, 4)),
            due=timezone.localdate() - timedelta(days=3),
            closed_to_new=timezone.localdate() - timedelta(days=2),
            closed_to_edits=timezone.localdate() - timedelta(days=1),
        ),
        agency=world.police,
        kind=ReturnStep.Kind.LOCKED,
        by=world.approver,
        at=timezone.now(),
    )
    report = plan_report(
        partnership=world.partnership,
        span=YEAR,
        title="Yearly report 2025-26",
        sections=[SectionPlan("front-door", "Front door", "", (world.referrals,))],
        by=system_actor(),
    )
    build(world, report)
    return report


def correct(world: World) -> None:
    cell = enter(world, quarter(2025, 4), 1200, seen=1, reason="A week was missed.")
    accept(world, cell, seen=2)
    work_out(world)


def tell() -> Job:
    return run_now(Job.objects.get(kind=TELL))


def page_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/my/").content.decode()


WAITS = "Test, Yearly report 2025-26 prints a figure that was corrected since: build a new edition<"


def test_correction_of_a_locked_figure_reaches_those_whose_report_prints_it(
    world: World, report: AnnualReport
) -> None:
    printed = {each.text for each in report.editions.get().figures.all()}
    assert "4,000" in printed
    assert WAITS not in page_of(world.unit)

    correct(world)
    assert tell().result == {"emails": 2}
    assert [sent.to for sent in mail.outbox] == [[world.second.email], [world.unit.email]]
    sent = mail.outbox[0]
    assert sent.subject == "Test, Yearly report 2025-26: 1 printed figure corrected"
    assert "- Referrals, 2025-26, Testshire" in str(sent.body)
    assert not any(number in str(sent.body) for number in ("4,000", "4,200", "1,200"))
    assert WAITS in page_of(world.unit)
    for user in (world.approver, world.contributor):
        assert "corrected since" not in page_of(user)

    edition = build(world, report)
    assert edition.number == 2
    assert "4,200 [r]" in {each.text for each in edition.figures.all()}
    assert "corrected since" not in page_of(world.unit)
    assert corrected_in() == []


def test_corrections_of_one_sitting_are_one_e_mail(world: World, report: AnnualReport) -> None:
    correct(world)
    cell = enter(world, quarter(2025, 3), 1100, seen=1, reason="The same week.")
    accept(world, cell, seen=2)
    work_out(world)
    tell()
    assert len(mail.outbox) == 2
    assert mail.outbox[0].to != mail.outbox[1].to


def test_notices_of_corrections_can_be_switched_off(world: World, report: AnnualReport) -> None:
    User.objects.filter(pk=world.unit.pk).update(wants_corrections=False)
    correct(world)
    tell()
    assert [sent.to for sent in mail.outbox] == [[world.second.email]]


def test_interrupted_notice_is_not_sent_again(world: World, report: AnnualReport) -> None:
    correct(world)
    Job.objects.filter(kind=TELL).update(attempts=1)
    job = tell()
    assert job.state == Job.State.FAILED
    assert "may have gone out or not" in job.error
    assert mail.outbox == []


def test_figure_that_no_published_report_prints_tells_nobody(world: World) -> None:
    accept(world, enter(world, quarter(2025, 4), 1000), seen=1)
    correct(world)
    assert tell().result == {"emails": 0}


def test_first_approval_is_no_correction(world: World) -> None:
    accept(world, enter(world, quarter(2025, 4), 1000), seen=1)
    assert not Job.objects.filter(kind=TELL).exists()


def test_correction_that_waits_for_a_second_person_changes_nothing_yet(
    world: World, report: AnnualReport
) -> None:
    enter(world, quarter(2025, 4), 1200, seen=1, reason="A week was missed.")
    assert not Job.objects.filter(kind=TELL).exists()
    assert corrected_in() == []


def test_correction_entered_before_publication_and_approved_after_it_counts(
    world: World, report: AnnualReport
) -> None:
    cell = enter(world, quarter(2025, 4), 1200, seen=1, reason="A week was missed.", days_ago=9)
    accept(world, cell, seen=2)
    Cell.objects.filter(derived=True).update(approved=None)
    report.editions.get().figures.create(
        position=99,
        section="Front door",
        address=f"{whole_cells().get(pk=cell.pk).address}@1",
        about="Referrals",
        text="1,000",
        unit="number",
    )
    (found,) = corrected_in([world.partnership])
    assert [cell.period.key for cell in found.cells] == ["2025-26-q4"]


def test_another_partnership_s_unit_hears_nothing(world: World, report: AnnualReport) -> None:
    correct(world)
    other = world.partnership.__class__.objects.create(
        slug="otherton", name="Otherton", short_name="Otherton"
    )
    stranger = person(other, RoleName.BUSINESS_UNIT, "stranger")
    tell()
    assert stranger.email not in {address for sent in mail.outbox for address in sent.to}
    assert "corrected since" not in page_of(stranger)
