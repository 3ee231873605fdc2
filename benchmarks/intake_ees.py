"""How long a published file takes into the store, and how much memory, beside pandas.

    python -m benchmarks.intake_ees [--years 200] [--pairs 3]

Needs a database that is migrated (VAR_DIR or DATABASE_URL); everything is taken back, so that
it stays as it was. The file has the layout of second or subsequent plans: for each year the
areas of `fixtures/area_codes.csv`, two figures a row. The peer reads it with pandas, turns the
columns into rows, and writes them into the same two tables by the same writer (`metrics.bulk`:
COPY on PostgreSQL, `executemany` on SQLite): no check of a cell, no mark, no look at what is
stored, no audit row. Each run is a process of its own; they alternate, and medians are printed.
The processor's time is what other work on the machine disturbs least; on PostgreSQL it leaves
out the server's.
"""

import argparse
import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
HEADER = [
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_code", "region_name", "old_la_code", "new_la_code", "la_name", "category",
    "CPP_start", "CPP_subsequent", "CPP_subsequent_percent",
]  # fmt: skip
CATEGORY = "Child Protection Plans which are a second or subsequent plan"
CELL = ("id", "indicator_id", "area_id", "period_id", "latest_id", "approved_id")
REVISION = ("id", "cell_id", "value", "numerator", "denominator", "decimals", "marker")


def write(file: Path, years: int) -> int:
    """A made-up file with a fixed seed; 1 in 50 rows is suppressed. Returns its rows."""
    number = random.Random(20250331)
    with (FIXTURES / "area_codes.csv").open(encoding="utf-8", newline="") as handle:
        codes = [row["code"] for row in csv.DictReader(handle) if row["scheme"] == "ons"]
    # One code an area: councils with two would stand twice.
    codes = [code for code in codes if code not in {"E10000002", "E10000023", "E10000027"}]
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADER)
        for year in range(1900, 1900 + years):
            for code in codes:
                writer.writerow(_row(number, str(year), code))
    return years * len(codes)


def _row(number: random.Random, year: str, code: str) -> list[str]:
    level = {"E92": 0, "E12": 1, "E13": 1}.get(code[:3], 2)
    name = ("National", "Regional", "Local authority")[level]
    started = number.randint(50, 900)
    again = number.randint(1, started)
    figures = [str(started), str(again), f"{again / started * 100:.1f}"]
    if number.random() < 0.02:
        figures = ["c", "c", "c"]
    places = ["E92000001", "England", "E12000005" if level == 2 else code * (level == 1), ""]
    return [year, "Reporting year", name, *places, "", code * (level == 2), "", CATEGORY, *figures]


def ours(file: Path) -> int:
    from django.utils import timezone

    from metrics.official.intake import import_file
    from partnerships.people.actions import system_actor

    return import_file(file, by=system_actor(), at=timezone.now()).added


def again(file: Path) -> int:
    """The same import a second time, which finds everything stored already."""
    from django.utils import timezone

    from metrics.official.intake import import_file
    from partnerships.people.actions import system_actor

    outcome = import_file(file, by=system_actor(), at=timezone.now())
    assert outcome.added == outcome.changed == 0
    return outcome.unchanged


def bare(file: Path) -> int:
    """The peer: pandas, then two writes."""
    import pandas as pd
    from django.utils import timezone

    from metrics.bulk import insert, reserve
    from metrics.models import AreaCode, Cell, Dataset, Indicator, Revision, Slice
    from partnerships.calendar import store_period
    from partnerships.people.actions import system_actor
    from partnerships.periods import financial_year

    made = Dataset.objects.create(code="bare", kind="official", title="Bare")
    whole, _ = Slice.objects.get_or_create(key="all")
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    code = frame["new_la_code"].where(frame["new_la_code"] != "", frame["region_code"])
    code = code.where(code != "", frame["country_code"])
    frame["area"] = code.map(dict(AreaCode.objects.values_list("code", "area_id")))
    years = {
        year: store_period(financial_year(int(year) - 1)).pk for year in set(frame["time_period"])
    }
    frame["period"] = frame["time_period"].map(years)
    known = dict(Indicator.objects.values_list("code", "pk"))
    number = {name: pd.to_numeric(frame[name], errors="coerce") for name in HEADER[-3:]}
    parts = []
    for indicator, value, places in (("cpp-started", HEADER[-3], 0), ("cpp-repeat", HEADER[-1], 1)):
        part = frame[["area", "period"]].copy()
        part["indicator"], part["decimals"] = known[indicator], places
        part["value"], part["numerator"], part["denominator"] = number[value], None, None
        if places:
            part["numerator"], part["denominator"] = number[HEADER[-2]], number[HEADER[-3]]
        part["marker"] = frame[value].where(number[value].isna(), "")
        parts.append(part)
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.astype(object).where(rows.notna(), None)
    cells, revisions = reserve(Cell, len(rows)), reserve(Revision, len(rows))
    insert(
        Cell,
        CELL,
        (
            (cell, each.indicator, each.area, each.period, last, last)
            for cell, last, each in zip(cells, revisions, rows.itertuples(), strict=True)
        ),
        same={"dataset_id": made.pk, "slice_id": whole.pk},
    )
    insert(
        Revision,
        REVISION,
        (
            (last, cell, each.value, each.numerator, each.denominator, each.decimals, each.marker)
            for cell, last, each in zip(cells, revisions, rows.itertuples(), strict=True)
        ),
        same={"number": 1, "by_id": system_actor().pk, "at": timezone.now()},
    )
    return len(rows)


def once(what: str, file: Path) -> None:
    """One run in this process: seconds, figures and the memory that it took, as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
    import django

    django.setup()
    from django.db import transaction

    from safeguarding.demo.reference import load_reference

    if what == "bare":
        import pandas  # noqa: F401  # its own import is not what is measured
    with transaction.atomic():
        load_reference(FIXTURES)
        if what == "again":
            ours(file)
        before = _held()
        begin, busy = time.perf_counter(), time.process_time()
        figures = {"ours": ours, "again": again, "bare": bare}[what](file)
        spent, worked = time.perf_counter() - begin, time.process_time() - busy
        transaction.set_rollback(True)
    found = {"s": spent, "cpu": worked, "figures": figures, "mb": _held() - before}
    print(json.dumps(found | {"held": _held()}))


def _held() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--once", nargs=2, metavar=("WHAT", "FILE"))
    given = parser.parse_args()
    if given.once:
        once(given.once[0], Path(given.once[1]))
        return
    found: dict[str, list[dict[str, float]]] = {"ours": [], "bare": [], "again": []}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plans.csv"
        rows = write(file, given.years)
        for _ in range(given.pairs):
            for what in found:
                command = [sys.executable, "-m", "benchmarks.intake_ees", "--once", what, str(file)]
                answer = subprocess.run(command, check=True, capture_output=True, text=True)
                found[what].append(json.loads(answer.stdout.splitlines()[-1]))
    print(f"{rows:,} rows, {found['ours'][0]['figures']:,.0f} figures; medians of {given.pairs}")
    for what, words in (
        ("ours", "import_observations"),
        ("bare", "pandas and COPY or executemany"),
        ("again", "import_observations, a second time"),
    ):
        spent, worked, took, held = (
            statistics.median(each[key] for each in found[what])
            for key in ("s", "cpu", "mb", "held")
        )
        print(
            f"{words:36} {spent:6.2f} s ({worked:.2f} s of the processor) {rows / spent:8,.0f} "
            f"rows/s {took:5.0f} MB more, {held:.0f} MB at most"
        )


if __name__ == "__main__":
    main()
