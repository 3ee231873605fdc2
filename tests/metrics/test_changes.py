"""Changes as a cache of one pure function."""

from datetime import date
from decimal import Decimal

from metrics.actions import approve, ask_for_changes
from metrics.arithmetic.table import NUMBERS
from metrics.changes import computed
from metrics.entries import Entry
from metrics.models import Cell, Change, IndicatorVersion
from metrics.saving import save_entry
from metrics.storing import replace_all
from partnerships.jobs import run_now
from partnerships.models import Job, User
from partnerships.periods import Span, quarter
from tests.world import NOW, World


def approved(world: World, span: Span, value: int) -> Cell:
    revision = save_entry(
        place=world.place(span), entry=Entry(value=Decimal(value)), by=world.unit, at=NOW, seen=0
    )
    approve(cell=revision.cell, seen=1, by=world.approver, at=NOW)
    return revision.cell


def amounts(cell: Cell) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    return {row.against: (row.absolute, row.percent) for row in cell.changes.all()}


def test_change_against_the_year_and_the_quarter_before(world: World) -> None:
    approved(world, quarter(2024, 1), 5135)
    approved(world, quarter(2024, 4), 4000)
    cell = approved(world, quarter(2025, 1), 4368)
    job = run_now(Job.objects.get())

    assert job.state == Job.State.DONE
    # Three quarters twice, and two years of which neither is whole.
    assert job.result == {"years": 2, "changes": 8}
    assert amounts(cell) == {
        "year-before": (Decimal(-767), Decimal("-14.936709")),
        "period-before": (Decimal(368), Decimal("9.2")),
    }


def test_change_with_nothing_a_year_before_says_why(world: World) -> None:
    cell = approved(world, quarter(2025, 1), 4368)
    run_now(Job.objects.get())
    for row in cell.changes.all():
        assert row.absolute is None
        assert row.reason != ""


def test_missing_quarter_is_a_gap_and_not_the_next_row(world: World) -> None:
    approved(world, quarter(2023, 4), 900)
    cell = approved(world, quarter(2025, 1), 1000)
    run_now(Job.objects.get())
    assert amounts(cell) == {"year-before": (None, None), "period-before": (None, None)}


def test_break_in_the_series_leaves_no_change_and_its_words(world: World) -> None:
    IndicatorVersion.objects.create(
        indicator=world.referrals,
        partnership=world.partnership,
        first=date(2025, 4, 1),
        effect="breaks",
        words="Counted by child from April 2025.",
    )
    approved(world, quarter(2024, 1), 100)
    cell = approved(world, quarter(2025, 1), 90)
    run_now(Job.objects.get())
    change = cell.changes.get(against="year-before")
    assert change.absolute is None
    assert "Counted by child from April 2025." in change.reason


def test_affected_series_keeps_its_change_with_the_caution(world: World) -> None:
    IndicatorVersion.objects.create(
        indicator=world.referrals,
        first=date(2025, 4, 1),
        effect="affects",
        words="Recording changed in April 2025.",
    )
    approved(world, quarter(2024, 1), 134)
    cell = approved(world, quarter(2025, 1), 192)
    run_now(Job.objects.get())
    change = cell.changes.get(against="year-before")
    assert (change.absolute, change.percent) == (Decimal(58), Decimal("43.283582"))
    assert "Recording changed in April 2025." in change.caution


def test_correction_changes_only_the_rows_that_differ(world: World) -> None:
    approved(world, quarter(2024, 1), 100)
    cell = approved(world, quarter(2025, 1), 90)
    run_now(Job.objects.get())
    save_entry(
        place=world.place(quarter(2025, 1)),
        entry=Entry(value=Decimal(95)),
        by=world.unit,
        at=NOW,
        seen=1,
        reason="Five were left out.",
    )
    cell = Cell.objects.get(pk=cell.pk)
    approve(cell=cell, seen=2, by=world.approver, at=NOW)
    job = run_now(Job.objects.get(state="waiting", kind="metrics.compute_changes"))
    # The corrected quarter against the year and the quarter before, and the year made of it.
    assert job.result == {"years": 1, "changes": 3}
    assert amounts(cell)["year-before"] == (Decimal(-5), Decimal(-5))


AMOUNTS_AND_WORDS = (*NUMBERS, "state", "caution", "reason", "rule")


def snapshot() -> list[tuple[object, ...]]:
    return sorted(
        (row.cell.address, row.against, *(getattr(row, name) for name in AMOUNTS_AND_WORDS))
        for row in Change.objects.select_related(
            "cell__dataset", "cell__indicator", "cell__area", "cell__period", "cell__slice"
        )
    )


def test_storing_again_changes_nothing(world: World) -> None:
    for start in (2023, 2024, 2025):
        approved(world, quarter(start, 1), start)
    assert replace_all(world.partnership, computed(world.partnership)) == 6
    before = snapshot()
    assert replace_all(world.partnership, computed(world.partnership)) == 6
    assert snapshot() == before


def test_asking_twice_is_one_job(world: World) -> None:
    user: User = world.unit
    assert ask_for_changes(world.partnership, by=user) == ask_for_changes(
        world.partnership, by=user
    )
