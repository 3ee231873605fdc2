"""Changes computed figure by figure are those of a full rebuild, whatever the order."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.actions import approve, ask_for_changes
from metrics.entries import Entry
from metrics.jobs import compute_changes
from metrics.models import Cell, Change, Conflict, Dataset, IndicatorVersion, Revision, Touched
from metrics.saving import save_entry
from partnerships.jobs import run_now
from partnerships.jobs.endings import end
from partnerships.jobs.errors import LeaseLost
from partnerships.jobs.running import Run, claim
from partnerships.models import Job
from partnerships.people.actions import system_actor
from partnerships.periods import Span, financial_year, quarter
from tests.world import NOW, World

QUARTERS = [quarter(start, number) for start in (2015, 2016, 2017, 2018) for number in (1, 2, 3, 4)]
YEARS = [financial_year(start) for start in range(2015, 2019)]

Rows = dict[tuple[int, str], tuple[object, ...]]


def stored() -> Rows:
    """The changes by figure and what it is compared with, each with everything it says."""
    names = [field.attname for field in Change._meta.concrete_fields][3:]
    return {
        (row.cell_id, row.against): tuple(getattr(row, name) for name in names)
        for row in Change.objects.all()
    }


def work(world: World, moved: list[Cell] | None = None) -> dict[str, Any]:
    cells = None if moved is None else [cell.pk for cell in moved]
    job = run_now(ask_for_changes(world.partnership, by=system_actor(), moved=cells))
    assert job.state == Job.State.DONE, job.error
    result: dict[str, Any] = job.result
    return result


def rebuilt(world: World) -> Rows:
    assert work(world)["years"] == 0
    return stored()


@dataclass(frozen=True)
class Move:
    """A figure that is approved or corrected; `indicator` and `dataset` are 0 or 1."""

    dataset: int
    indicator: int
    mention: int
    span: Span
    number: int
    marker: str
    qualifier: str
    flags: str


moves = st.builds(
    Move,
    dataset=st.just(0),
    indicator=st.sampled_from([0, 0, 1]),
    mention=st.just(1),
    span=st.sampled_from(QUARTERS),
    number=st.integers(0, 60),
    marker=st.sampled_from([""] * 9 + ["x"]),
    qualifier=st.sampled_from(["exactly"] * 6 + ["about", "at-least"]),
    flags=st.sampled_from([""] * 6 + ["b", "p"]),
) | st.builds(
    Move,
    dataset=st.integers(0, 1),
    indicator=st.integers(0, 1),
    mention=st.integers(1, 2),
    span=st.sampled_from(YEARS),
    number=st.integers(0, 60),
    marker=st.just(""),
    qualifier=st.just("exactly"),
    flags=st.sampled_from(["", "", "b"]),
)
WORK = "work"


@dataclass(frozen=True)
class Ground:
    """Two datasets of one partnership, and how its figures are stored without asking anybody."""

    world: World
    datasets: list[Dataset]

    def move(self, move: Move) -> Cell:
        indicator = (self.world.referrals, self.world.timely)[move.indicator]
        place = self.world.place(move.span, indicator)
        cell, _ = Cell.objects.select_related("latest").get_or_create(
            dataset=self.datasets[move.dataset],
            indicator=indicator,
            area=place.area,
            period=place.period,
            slice=place.slice,
            mention=move.mention,
        )
        number = cell.latest.number + 1 if cell.latest else 1
        said: dict[str, Any] = {"marker": move.marker}
        if not move.marker:
            said = {"value": Decimal(move.number), "qualifier": move.qualifier}
            if indicator.unit == "percent":
                said |= {"numerator": Decimal(move.number), "denominator": Decimal(100)}
        cell.latest = cell.approved = Revision.objects.create(
            cell=cell,
            number=number,
            flags=move.flags,
            reason="Told later." if number > 1 else "",
            by=system_actor(),
            at=NOW,
            **said,
        )
        cell.save(update_fields=["latest", "approved"])
        return cell

    def fill(self) -> None:
        """Every quarter of one series, so that clustered events have the points they need."""
        for number, span in enumerate(QUARTERS):
            self.move(Move(0, 0, 1, span, 30 + number * 7 % 11, "", "exactly", ""))


@pytest.fixture
def ground(world: World) -> Ground:
    printed = Dataset.objects.create(
        code="testshire-report", kind="printed", owner=world.partnership, title="A report"
    )
    return Ground(world, [world.dataset, printed])


versions = st.lists(
    st.tuples(
        st.sampled_from([date(2016, 4, 1), date(2017, 10, 1)]),
        st.sampled_from(["breaks", "affects"]),
    ),
    unique_by=lambda version: version[0],
    max_size=1,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(versions=versions, filled=st.booleans(), steps=st.lists(moves | st.just(WORK), max_size=12))
def test_any_order_of_increments_is_a_full_rebuild(
    ground: Ground, versions: list[tuple[date, str]], filled: bool, steps: list[Move | str]
) -> None:
    world = ground.world
    with transaction.atomic():
        for first, effect in versions:
            IndicatorVersion.objects.create(
                indicator=world.referrals, first=first, effect=effect, words="Counted anew."
            )
        if filled:
            ground.fill()
            work(world)
        moved: list[Cell] = []
        for step in steps:
            if isinstance(step, Move):
                moved.append(ground.move(step))
            else:
                work(world, moved)
                moved = []
        work(world, moved)
        assert stored() == rebuilt(world)
        transaction.set_rollback(True)


def test_correction_long_ago_moves_what_is_judged_by_it(ground: Ground) -> None:
    """Clustered events are judged by how all earlier figures vary: the last quarter moves too."""
    ground.fill()
    work(ground.world)
    before = stored()
    cell = ground.move(Move(0, 0, 1, QUARTERS[3], 400, "", "exactly", ""))
    assert work(ground.world, [cell])["years"] == 1
    after = stored()
    moved = Cell.objects.filter(pk__in={key[0] for key in after if after[key] != before[key]})
    spans = {each.period.span for each in moved.select_related("period")}
    assert {QUARTERS[3], QUARTERS[4], QUARTERS[7], QUARTERS[-1], YEARS[0], YEARS[1]} <= spans
    assert spans.isdisjoint(QUARTERS[:3])
    assert after == rebuilt(ground.world)


def test_increment_of_one_figure_leaves_other_rows_alone(ground: Ground) -> None:
    ground.fill()
    work(ground.world)
    kept = dict(Change.objects.values_list("pk", "cell__period__last"))
    cell = ground.move(Move(0, 0, 1, QUARTERS[-1], 99, "", "exactly", ""))
    # The quarter against two others, and its year.
    assert work(ground.world, [cell]) == {"years": 1, "changes": 3}
    gone = set(kept) - set(Change.objects.values_list("pk", flat=True))
    assert {kept[pk] for pk in gone} == {QUARTERS[-1].last}


def test_conflict_between_mentions_moves_no_change(ground: Ground) -> None:
    one, other = (
        ground.move(Move(1, 0, mention, YEARS[1], 50 + mention, "", "exactly", ""))
        for mention in (1, 2)
    )
    earlier = ground.move(Move(1, 0, 1, YEARS[0], 40, "", "exactly", ""))
    work(ground.world, [one, other, earlier])
    before = stored()
    Conflict.objects.create(cell=one, preferred=other, rule="The later page is the mended one.")
    assert rebuilt(ground.world).keys() == before.keys()
    assert one.changes.get().absolute == Decimal(11)
    assert other.changes.get().reason == "There is no figure for the year before."


def taken(world: World) -> Run:
    run = claim(Job.objects.get(state=Job.State.WAITING).pk, now=NOW.replace(year=2100))
    assert run is not None
    return run


def entered(world: World, value: int, seen: int, reason: str = "") -> Revision:
    return save_entry(
        place=world.place(),
        entry=Entry(value=Decimal(value)),
        by=world.unit,
        at=NOW,
        seen=seen,
        reason=reason,
    )


def test_approval_while_the_job_runs_is_left_for_the_next(world: World) -> None:
    first = entered(world, 5, 0)
    approve(cell=first.cell, seen=1, by=world.approver, at=NOW)
    run = taken(world)
    effect = compute_changes(run)  # has read the figures
    entered(world, 6, 1, "One was left out.")
    approve(cell=first.cell, seen=2, by=world.approver, at=NOW)
    with transaction.atomic():
        effect()
        end(run.held, Job.State.DONE, now=NOW)
    assert Change.objects.filter(to_revision=first).count() == 2
    assert Touched.objects.get().cell == first.cell

    run_now(Job.objects.get(state=Job.State.WAITING, kind="metrics.compute_changes"))
    assert not Touched.objects.exists()
    assert not Change.objects.filter(to_revision=first).exists()
    assert stored() == rebuilt(world)


def test_job_that_stops_before_its_end_leaves_its_work_waiting(world: World) -> None:
    approve(cell=entered(world, 5, 0).cell, seen=1, by=world.approver, at=NOW)
    run = taken(world)
    compute_changes(run)  # its years are stored, its effect never runs
    end(run.held, Job.State.FAILED, now=NOW)
    assert Cell.objects.filter(derived=True).count() == 1
    assert Touched.objects.count() == 1
    assert not Change.objects.exists()

    work(world, [])
    # The quarter against two others, and the year that was stored before.
    assert len(stored()) == 3
    assert stored() == rebuilt(world)


def test_job_with_nothing_waiting_does_nothing(world: World) -> None:
    assert work(world, []) == {"years": 0, "changes": 0}


def test_asking_for_everything_beside_one_figure_computes_everything(ground: Ground) -> None:
    ground.fill()
    cell = ground.move(Move(0, 0, 1, QUARTERS[0], 9, "", "exactly", ""))
    ask_for_changes(ground.world.partnership, by=system_actor())
    # 16 quarters twice, 4 years.
    assert work(ground.world, [cell]) == {"years": 4, "changes": 36}


def test_run_that_lost_its_lease_may_store_nothing_more(world: World) -> None:
    approve(cell=entered(world, 5, 0).cell, seen=1, by=world.approver, at=NOW)
    run = taken(world)
    with transaction.atomic():
        run.hold()
    Job.objects.update(lease="somebody-else")
    with pytest.raises(LeaseLost), transaction.atomic():
        run.hold()
