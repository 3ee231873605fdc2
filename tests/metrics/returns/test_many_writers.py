"""Eight people on one return at once, on PostgreSQL: whatever was accepted is in the history."""

import threading
import time
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F

from metrics.actions import Overtaken, Place, save_entry
from metrics.entries import Entry
from metrics.models import Cell, Expectation, Indicator, Revision
from metrics.returns.part_actions import set_dates
from partnerships.models import User
from tests.world import NOW, Q1, World

WRITERS = 8
FIGURES = 10
ROUNDS = 25  # each writes every figure so often: 2,000 writes in all
LONGEST = 240  # seconds; it takes about 27 of processor time, and longer beside other work

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(transactional_db: None, world: World) -> list[Place]:
    set_dates(
        dataset=world.dataset,
        span=Q1,
        due=NOW.date(),
        closed_to_new=NOW.date(),
        closed_to_edits=NOW.date(),
        by=world.unit,
    )
    made = []
    for number in range(FIGURES):
        indicator = Indicator.objects.create(
            code=f"count-{number}",
            name=f"Count {number}",
            definition="A count.",
            unit="count",
            polarity="neutral",
            kind_of_count="independent",
            roll_up="sum",
            theme="many",
        )
        Expectation.objects.create(agency=world.police, indicator=indicator, first=date(2020, 4, 1))
        made.append(world.place(indicator=indicator))
    return made


def write(places: list[Place], writer: int, by: User, wrong: list[tuple[int, int]]) -> None:
    """Every figure in turn, each time on top of whatever stands there by then.

    `wrong` gets each revision that was accepted on top of another than the one that was seen.
    """
    order = places[writer:] + places[:writer]  # people do not all begin at the top
    for turn in range(ROUNDS):
        for place in order:
            entry = Entry(value=Decimal(1 + writer * ROUNDS + turn))
            cell = Cell.objects.filter(indicator=place.indicator).select_related("latest").first()
            seen = cell.latest.number if cell and cell.latest else 0
            while True:
                try:
                    saved = save_entry(place=place, entry=entry, by=by, at=NOW, seen=seen)
                except Overtaken as error:
                    seen = error.latest.number if error.latest else 0
                    continue
                if saved.number != seen + 1:
                    wrong.append((seen, saved.number))
                break


def test_two_thousand_writes_by_eight_people_are_all_in_the_history(
    world: World, places: list[Place]
) -> None:
    failures: list[BaseException] = []
    wrong: list[tuple[int, int]] = []

    def run(writer: int) -> None:
        try:
            write(places, writer, world.unit, wrong)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=max(0, begun + LONGEST - time.monotonic()))
    took = time.monotonic() - begun

    assert (failures, wrong) == ([], [])
    assert not any(thread.is_alive() for thread in threads), f"not done after {took:.0f} s"
    kept = Revision.objects.filter(cell__indicator__theme="many")
    per_figure = Counter(kept.values_list("cell", "value"))
    assert len(per_figure) == WRITERS * ROUNDS * FIGURES
    assert set(per_figure.values()) == {1}
    last = Cell.objects.filter(indicator__theme="many", latest__number=WRITERS * ROUNDS)
    assert last.count() == FIGURES
    assert not last.exclude(latest__cell=F("pk")).exists()
