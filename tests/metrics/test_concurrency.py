"""Several people on one figure at the same moment: nothing is lost, nobody is overwritten."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection

from metrics.actions import FigureError, Overtaken, approve, send_back
from metrics.entries import Entry
from metrics.models import Cell, Decision, Expectation, ReturnNotice, Revision
from metrics.saving import Saving, save_entries, save_entry
from partnerships.models import Job, User
from partnerships.periods import quarter
from tests.return_factories import ReturnFactory
from tests.world import NOW, World

WRITERS = 8
WRITES = 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, world: World) -> World:
    return world


def at_once(*work: Callable[[], None]) -> None:
    """Runs each in a thread with a database connection of its own; their errors are ours."""
    failures: list[BaseException] = []
    gate = threading.Barrier(len(work))

    def run(one: Callable[[], None]) -> None:
        try:
            gate.wait(timeout=20)
            one()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    assert failures == []


def test_of_several_who_make_the_same_new_figures_one_is_first_and_the_others_are_told(
    world: World,
) -> None:
    places = [world.place(quarter(2025, number)) for number in (1, 2, 3)]
    told: list[int] = []
    saved: list[int] = []

    def writer(number: int) -> Callable[[], None]:
        order = places if number % 2 else places[::-1]

        def write() -> None:
            sent = [Saving(each, Entry(value=Decimal(number + 1)), seen=0) for each in order]
            for came in save_entries(sent, by=world.unit, at=NOW):
                (told if isinstance(came, Overtaken) else saved).append(number)

        return write

    at_once(*(writer(number) for number in range(WRITERS)))

    assert (len(saved), len(told)) == (3, 3 * (WRITERS - 1))
    assert len(set(saved)) == 1  # all three are one person's, who was first
    assert Cell.objects.count() == Revision.objects.count() == 3


def test_approvers_who_send_figures_back_at_once_ask_for_one_e_mail(world: World) -> None:
    due = NOW.date()
    part_of = {"dataset": world.dataset, "period": world.place().period}
    ReturnFactory(**part_of, due=due, closed_to_new=due, closed_to_edits=due)
    Expectation.objects.update(agency=world.police)
    entries = (
        (world.referrals, Entry(value=Decimal(7))),
        (world.timely, Entry(numerator=Decimal(4), denominator=Decimal(5))),
    )
    cells = [
        save_entry(
            place=world.place(indicator=one), entry=entry, by=world.unit, at=NOW, seen=0
        ).cell
        for one, entry in entries
    ]

    def approver(cell: Cell) -> Callable[[], None]:
        def sends_back() -> None:
            send_back(cell=cell, seen=1, by=world.approver, at=NOW, reason="Which week?")

        return sends_back

    at_once(*(approver(cell) for cell in cells))

    assert Decision.objects.count() == 2
    assert ReturnNotice.objects.count() == Job.objects.filter(kind="returns.notice").count() == 1


def test_eight_writers_on_one_figure_lose_nothing(world: World) -> None:
    place = world.place()
    refused: list[int] = []

    def writer(number: int) -> Callable[[], None]:
        def write() -> None:
            for turn in range(WRITES):
                value = Decimal(1000 * number + turn + 1)
                for _ in range(500):
                    latest = Revision.objects.order_by("-number").first()
                    seen = latest.number if latest else 0
                    try:
                        save_entry(
                            place=place, entry=Entry(value=value), by=world.unit, at=NOW, seen=seen
                        )
                    except Overtaken:
                        refused.append(number)
                        continue
                    break

        return write

    at_once(*(writer(number) for number in range(WRITERS)))

    written = {Decimal(1000 * n + t + 1) for n in range(WRITERS) for t in range(WRITES)}
    kept = list(Revision.objects.order_by("number"))
    assert {revision.value for revision in kept} == written
    assert [revision.number for revision in kept] == list(range(1, WRITERS * WRITES + 1))
    assert Cell.objects.get().latest == kept[-1]


def test_two_approvers_at_once_are_one_decision_and_one_job(world: World) -> None:
    save_entry(place=world.place(), entry=Entry(value=Decimal(7)), by=world.unit, at=NOW, seen=0)
    cell = Cell.objects.get()
    refusals: list[str] = []

    def decide(by: User) -> Callable[[], None]:
        def run() -> None:
            try:
                approve(cell=cell, seen=1, by=by, at=NOW)
            except FigureError as error:
                refusals.append(str(error))

        return run

    at_once(decide(world.approver), decide(world.second))
    assert len(refusals) == 1
    assert (Decision.objects.count(), Job.objects.count()) == (1, 1)
