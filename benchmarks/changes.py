"""How long it takes to store what changed: everything anew, and after an approval.

    python -m benchmarks.changes [--cells 1000000] [--pairs 5] [--turns 30]

Three ways to write every change of a database of so many cells into an empty table, in turns,
with medians:

- ours: reads each partnership's figures, works out their changes, stores them
- one SQL statement that joins the figures to the earlier ones and writes the same columns
- pandas, which reads the figures of all, merges them and writes the same columns

Neither peer tests anything: where we work out an interval and a p-value by an exact test, they
write a number from one line of arithmetic. So the goal, at most twice the statement's time, is
held against the least that storing so many rows can take.

Then one partnership's increment: the job after an approval, from its start to its end, with
what the job's row itself costs. The goal is held against the approval of one figure of any
quarter. Beside it, for its size, stands a whole return approved at once, which is one figure of
each of the 170 indicators. At the end everything is rebuilt, and must come out the same.

The database is made and dropped: SQLite in a folder for the run, or a database of its own on
the PostgreSQL that DATABASE_URL names. The command fails where a goal is missed.
"""

import argparse
import logging
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the portal is set up first
    from metrics.models import Cell
    from partnerships.models import Partnership

    Choose = Callable[[random.Random], tuple[Partnership, list[Cell]]]

STATEMENT = "one SQL statement"
MOST_TIMES = 2.0  # of the statement's time
MOST_INCREMENT = 0.150  # seconds, the median after the approval of one figure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--turns", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        portal(folder)
        from benchmarks.figures import own_database

        with own_database():
            return measured(given.cells, given.pairs, given.turns)


def portal(folder: str) -> None:
    os.environ["VAR_DIR"] = folder
    os.environ["REDIS_URL"] = ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
    import django

    django.setup()


def measured(cells: int, pairs: int, turns: int) -> int:
    """Prints what was measured; 1 where a goal is missed."""
    from django.db import connection

    from benchmarks.change_peers import merged, statement
    from benchmarks.figures import a_figure, a_return, fill
    from metrics.models import Cell, Change
    from partnerships.models import Partnership

    spent = timed(lambda: fill(cells))
    made, of = Cell.objects.count(), Partnership.objects.count()
    print(f"{made:,} cells of {of} partnerships on {connection.vendor}, made in {spent:.0f} s")
    ways = {"ours": ours, STATEMENT: statement, "pandas": merged}
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(pairs):
        for name, way in ways.items():
            emptied()
            found[name].append(timed(way))
            rows = Change.objects.count()
    medians = {name: statistics.median(seconds) for name, seconds in found.items()}
    for name, median in medians.items():
        print(f"{name:20}{median:7.2f} s {median / medians[STATEMENT]:6.2f} of the statement's")
    times = medians["ours"] / medians[STATEMENT]
    print(f"Goal: {rows:,} rows in at most {MOST_TIMES} times. {said(times > MOST_TIMES)}")
    emptied()
    ours()
    print(f"{'ours, over its own':20}{timed(ours):7.2f} s")
    logging.disable(logging.INFO)  # each job says that it is done
    single = increments("one figure", a_figure, turns)
    print(f"Goal: in {MOST_INCREMENT * 1000:.0f} ms. {said(single > MOST_INCREMENT)}")
    increments("a return", a_return, turns)
    wrong = differing()
    print(f"Rows that a full rebuild then changes: {wrong}. {said(wrong > 0)}")
    return int(times > MOST_TIMES or single > MOST_INCREMENT or wrong > 0)


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def said(missed: bool) -> str:
    return "Missed." if missed else "Held."


def emptied() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        empty = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
        cursor.execute(f"{empty} metrics_change")


def ours() -> None:
    from metrics.changes import computed
    from metrics.storing import replace_all
    from partnerships.models import Partnership

    for partnership in Partnership.objects.all():
        replace_all(partnership, computed(partnership))


def increments(what: str, choose: "Choose", turns: int) -> float:
    """Prints how long the job after an approval takes; returns the median."""
    from benchmarks.figures import move
    from metrics.actions import ask_for_changes
    from partnerships.jobs import run_now
    from partnerships.people.actions import system_actor

    chance = random.Random(20200331)
    spent = []
    for _ in range(turns):
        partnership, cells = choose(chance)
        move(cells)
        job = ask_for_changes(partnership, by=system_actor(), moved=[each.pk for each in cells])
        spent.append(timed(partial(run_now, job)))
    median, slow = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    print(f"{what:20}{median * 1000:7.0f} ms, 95 of 100 in {slow * 1000:.0f} ms")
    return median


def differing() -> int:
    """How many stored rows a full rebuild would change: none, if increments are right."""
    stored = rows()
    ours()
    return len(stored ^ rows())


def rows() -> set[tuple[object, ...]]:
    from metrics.models import Change

    names = [field.attname for field in Change._meta.concrete_fields if not field.primary_key]
    return set(Change.objects.values_list(*names))


if __name__ == "__main__":
    sys.exit(main())
