"""Years out of quarters, as derived figures with their own history."""

from decimal import Decimal

from metrics.actions import approve
from metrics.entries import Entry
from metrics.models import Cell
from metrics.places import Place
from metrics.queries import whole_cells
from metrics.rollups import store_years
from metrics.saving import save_entry
from partnerships.people.actions import system_actor
from partnerships.periods import Span, financial_year, quarter
from tests.world import NOW, World


def approved(world: World, place: Place, entry: Entry, *, reason: str = "") -> None:
    latest = (
        whole_cells().filter(indicator=place.indicator, period=place.period, derived=False).first()
    )
    seen = latest.latest.number if latest and latest.latest else 0
    revision = save_entry(place=place, entry=entry, by=world.unit, at=NOW, seen=seen, reason=reason)
    approve(cell=revision.cell, seen=revision.number, by=world.approver, at=NOW)


def year(world: World, code: str, start: int = 2024) -> Cell:
    span: Span = financial_year(start)
    return whole_cells().get(
        indicator__code=code, period__kind="year", period__first=span.first, derived=True
    )


def store(world: World) -> int:
    return store_years(world.partnership, by=system_actor(), at=NOW)


def test_year_of_four_quarters_is_their_sum(world: World) -> None:
    for number in (1, 2, 3, 4):
        approved(world, world.place(quarter(2024, number)), Entry(value=Decimal(number)))
    assert store(world) == 1
    total = year(world, "referrals").approved
    assert total is not None
    assert (total.value, total.parts, total.parts_of) == (Decimal(10), 4, 4)


def test_year_of_three_quarters_says_so(world: World) -> None:
    for number in (1, 2, 4):
        approved(world, world.place(quarter(2024, number)), Entry(value=Decimal(number)))
    store(world)
    total = year(world, "referrals").approved
    assert total is not None
    assert (total.value, total.parts, total.parts_of) == (Decimal(7), 3, 4)


def test_year_of_a_percentage_is_sums_over_sums_not_an_average(world: World) -> None:
    for number, of in ((1, 2), (30, 40)):
        place = world.place(quarter(2024, 1 if of == 2 else 2), world.timely)
        approved(world, place, Entry(numerator=Decimal(number), denominator=Decimal(of)))
    store(world)
    total = year(world, "timely").approved
    assert total is not None
    assert (total.numerator, total.denominator) == (Decimal(31), Decimal(42))
    assert total.value == Decimal("73.809524")


def test_year_worked_out_again_is_a_revision_only_where_it_differs(world: World) -> None:
    approved(world, world.place(quarter(2024, 1)), Entry(value=Decimal(5)))
    assert [store(world), store(world)] == [1, 0]
    approved(
        world, world.place(quarter(2024, 1)), Entry(value=Decimal(6)), reason="One was left out."
    )
    assert [store(world), store(world)] == [1, 0]
    revisions = year(world, "referrals").revisions.order_by("number")
    assert [revision.value for revision in revisions] == [Decimal(5), Decimal(6)]


def test_figure_waiting_for_approval_is_not_in_the_year(world: World) -> None:
    approved(world, world.place(quarter(2024, 1)), Entry(value=Decimal(5)))
    save_entry(
        place=world.place(quarter(2024, 2)),
        entry=Entry(value=Decimal(90)),
        by=world.unit,
        at=NOW,
        seen=0,
    )
    store(world)
    total = year(world, "referrals").approved
    assert total is not None
    assert (total.value, total.parts) == (Decimal(5), 1)
