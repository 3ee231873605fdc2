"""Eight people on one return at once, on PostgreSQL: whatever was accepted is in the history."""

import random
import threading
import time
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F

from metrics.actions import FigureError, Overtaken
from metrics.entries import Entry
from metrics.models import Cell, Expectation, Indicator, Revision
from metrics.places import Place
from metrics.returns.parts.actions import set_dates
from metrics.saving import Saving, save_entries
from partnerships.models import User
from tests.world import NOW, Q1, World

WRITERS = 8
FIGURES = 10
ROUNDS = 25  # each writes every figure so often: 2,000 writes in all
LONGEST = 240  # seconds; it takes about 27 of processor time, and longer beside other work

pytestmark = [pytest.mark.long, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


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
    """Every figure in each turn, some at once and in any order, on top of what stands there.

    Those that another was first with are sent again. `wrong` gets each revision that was accepted
    on top of another than the one that was seen.
    """
    chance = random.Random(writer)
    for turn in range(ROUNDS):
        entry = Entry(value=Decimal(1 + writer * ROUNDS + turn))
        left = chance.sample(places, len(places))
        while left:
            some = [left.pop() for _ in range(min(len(left), chance.randint(1, FIGURES)))]
            seen = numbers(some)
            sent = [Saving(each, entry, seen.get(each.indicator.pk, 0)) for each in some]
            for saving, came in zip(sent, save_entries(sent, by=by, at=NOW), strict=True):
                if isinstance(came, Overtaken):
                    left.append(saving.place)
                elif isinstance(came, FigureError):
                    raise came
                elif came.number != saving.seen + 1:
                    wrong.append((saving.seen, came.number))


def numbers(places: list[Place]) -> dict[int, int]:
    """The number of the newest revision at each place that has one, by indicator."""
    here = Cell.objects.filter(indicator__in=[each.indicator for each in places])
    return {
        each.indicator_id: each.latest.number
        for each in here.select_related("latest")
        if each.latest
    }


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
