"""Figures of returns in an exported file wait for an approver, and heed dates and locks."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from metrics.actions import approve
from metrics.entries import Entry
from metrics.models import Cell, Decision, Return, ReturnStep, Revision
from metrics.queries import State, history_of, state_of, whole_cells
from metrics.returns import tables
from metrics.saving import save_entry
from partnerships.models import AuditEvent, Job, RoleName
from partnerships.periods import quarter
from tests.metrics.test_exported import edited, exported, taken
from tests.return_factories import ReturnFactory
from tests.world import NOW, World, person

Q1 = quarter(2025, 1)


@pytest.fixture
def file(world: World, tmp_path: Path) -> Path:
    """Two approved figures as exported: 1,234 referrals and 45 of 50 conferences."""
    for indicator, entry in (
        (world.referrals, Entry(value=Decimal(1234))),
        (world.timely, Entry(numerator=Decimal(45), denominator=Decimal(50))),
    ):
        place = world.place(Q1, indicator)
        cell = save_entry(place=place, entry=entry, by=world.unit, at=NOW, seen=0).cell
        approve(cell=cell, seen=1, by=world.approver, at=NOW)
    return exported(tmp_path)


@pytest.fixture
def away(file: Path) -> Path:
    """The file, at a portal that has none of the figures any more."""
    Cell.objects.update(approved=None, latest=None)
    Cell.objects.all().update(period=_elsewhere())
    return file


def _elsewhere() -> int:
    from tests.factories import PeriodFactory

    return int(PeriodFactory(key="2010-11-q1").pk)


def state(world: World, code: str = "referrals") -> State:
    cell = whole_cells().filter(indicator__code=code, period__first=Q1.first).first()
    return state_of(cell)


def opened(world: World, days: int) -> Return:
    """The return of the quarter, which closes so many days from today."""
    last = timezone.localdate() + timedelta(days=days)
    return ReturnFactory(
        dataset=world.dataset,
        period=world.place(Q1).period,
        due=last,
        closed_to_new=last,
        closed_to_edits=last,
    )


def refusal(file: Path, *options: str) -> str:
    revisions = Revision.objects.count()
    with pytest.raises(CommandError) as caught:
        taken(file, *options)
    assert Revision.objects.count() == revisions
    assert str(caught.value).endswith("Nothing was imported.")
    return str(caught.value)


def test_figures_of_returns_wait_for_a_person(world: World, away: Path) -> None:
    Job.objects.all().delete()
    said = "figures.csv: 2 added, 0 changed, 0 unchanged; 2 to be approved by a person"
    assert taken(away) == said
    assert (state(world), state(world, "timely")) == (State.WAITING, State.WAITING)
    assert not Job.objects.exists()
    cell = whole_cells().get(indicator=world.referrals, period__first=Q1.first)
    history = tables.history(cell, history_of(cell), world.referrals)
    assert history.rows[0].cells[-1].text == "Waiting for another person."
    approve(cell=cell, seen=1, by=world.approver, at=NOW)
    assert state(world) is State.APPROVED


def test_same_file_again_changes_nothing(world: World, away: Path) -> None:
    taken(away)
    assert taken(away) == "figures.csv: 0 added, 0 changed, 2 unchanged"


def test_correction_by_file_waits_and_is_flagged(world: World, file: Path) -> None:
    edited(file, 0, value="1240")
    assert "1 changed, 1 unchanged; 1 to be approved" in taken(file)
    cell = whole_cells().get(indicator=world.referrals)
    assert state_of(cell) is State.CORRECTION_WAITING
    assert cell.approved is not None
    assert cell.approved.value == 1234
    assert cell.latest is not None
    assert (cell.latest.value, cell.latest.flags) == (Decimal(1240), "r")
    assert "0 changed, 2 unchanged" in taken(file)


def test_approver_can_be_named(world: World, away: Path) -> None:
    said = taken(away, "--approve-as", world.approver.email)
    assert said == "figures.csv: 2 added, 0 changed, 0 unchanged"
    assert (state(world), state(world, "timely")) == (State.APPROVED, State.APPROVED)
    made = Decision.objects.filter(revision__cell__period__first=Q1.first)
    assert {(each.by, each.reason, each.own_entry) for each in made} == {
        (world.approver, "Approved with the import of figures.csv.", False)
    }
    assert AuditEvent.objects.filter(verb="figure approved", actor=world.approver).count() == 4


def test_somebody_who_may_not_approve_is_refused(world: World, away: Path) -> None:
    sentence = "unit@test.example may not approve figures at Testshire. Name an approver"
    assert sentence in refusal(away, "--approve-as", world.unit.email)


def test_unknown_approver_is_refused(world: World, away: Path) -> None:
    with pytest.raises(CommandError, match="Nobody with an account here has the address"):
        taken(away, "--approve-as", "nobody@test.example")


def test_approver_is_for_exports_only(world: World, file: Path) -> None:
    with pytest.raises(CommandError, match="is for --format portal only"):
        call_command("import_observations", str(file), "--approve-as", world.approver.email)


def test_figures_of_a_closed_return_refuse_the_whole_file(world: World, away: Path) -> None:
    opened(world, -1)
    said = refusal(away)
    assert said.startswith("figures.csv: row 2: Q1 2025-26 closed to changes after ")
    assert "move the date" in refusal(away, "--approve-as", world.approver.email)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("locked", "row 2: The return for Q1 2025-26 is locked."),
        ("submitted", "row 2: Police submitted its part of this return on 10 July 2026."),
    ],
)
def test_figures_of_a_locked_or_submitted_part_refuse_the_whole_file(
    world: World, away: Path, kind: str, sentence: str
) -> None:
    ReturnStep.objects.create(
        part_of=opened(world, 5), agency=world.police, kind=kind, by=world.approver, at=NOW
    )
    assert sentence in refusal(away)


def test_correction_of_an_approved_figure_is_never_closed(world: World, file: Path) -> None:
    opened(world, -1)
    edited(file, 0, value="1240")
    assert "1 to be approved by a person" in taken(file)


def test_dry_run_says_what_would_wait_and_stores_nothing(world: World, away: Path) -> None:
    revisions = Revision.objects.count()
    assert "2 to be approved by a person (dry run: nothing was stored)" in taken(away, "--dry-run")
    assert Revision.objects.count() == revisions


def test_approver_of_another_partnership_is_refused(world: World, away: Path) -> None:
    other = type(world.partnership).objects.create(slug="o", name="Otherton", short_name="O")
    stranger = person(other, RoleName.APPROVER, "stranger")
    assert "may not approve figures at Testshire" in refusal(away, "--approve-as", stranger.email)
