"""How long a published file takes into the store, and how much memory, beside pandas.

    python -m benchmarks.intake_ees [--years 200] [--pairs 3]

Needs a database that is migrated (VAR_DIR or DATABASE_URL); everything is taken back, so that
it stays as it was. The file has the layout of second or subsequent plans: for each year the
areas of `fixtures/area_codes.csv`, two figures a row. The peer reads it with pandas, turns the
columns into rows, and writes them into the same two tables (`to_csv` and COPY on PostgreSQL,
`executemany` on SQLite): no check of a cell, no mark, no look at what is stored, no audit row.
Each run is a process of its own; they alternate, and medians are printed. Seconds are those of
the processors, ours and the server's, since other work on the machine moves the clock.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.spent import Spent, line, medians, spent, times

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
HEADER = [
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_code", "region_name", "old_la_code", "new_la_code", "la_name", "category",
    "CPP_start", "CPP_subsequent", "CPP_subsequent_percent",
]  # fmt: skip
CATEGORY = "Child Protection Plans which are a second or subsequent plan"
# Columns of a revision that have to hold something.
EMPTY = (
    "marker_reason", "printed_words", "flags", "note", "fact_id", "reason", "warnings", "answer",
)  # fmt: skip


def write_file(file: Path, years: int) -> int:
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

    from benchmarks.pandas_writes import next_number, write
    from metrics.models import AreaCode, Dataset, Indicator, Slice
    from partnerships.calendar import store_period
    from partnerships.people.actions import system_actor
    from partnerships.periods import financial_year

    made = Dataset.objects.create(code="bare", kind="official", title="Bare")
    whole, _ = Slice.objects.get_or_create(key="all")
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    code = frame["new_la_code"].where(frame["new_la_code"] != "", frame["region_code"])
    code = code.where(code != "", frame["country_code"])
    frame["area_id"] = code.map(dict(AreaCode.objects.values_list("code", "area_id")))
    years = {
        year: store_period(financial_year(int(year) - 1)).pk for year in set(frame["time_period"])
    }
    frame["period_id"] = frame["time_period"].map(years)
    known = dict(Indicator.objects.values_list("code", "pk"))
    number = {name: pd.to_numeric(frame[name], errors="coerce") for name in HEADER[-3:]}
    parts = []
    for indicator, value, places in (("cpp-started", HEADER[-3], 0), ("cpp-repeat", HEADER[-1], 1)):
        part = frame[["area_id", "period_id"]].copy()
        part["indicator_id"], part["decimals"] = known[indicator], places
        part["value"], part["numerator"], part["denominator"] = number[value], None, None
        if places:
            part["numerator"], part["denominator"] = number[HEADER[-2]], number[HEADER[-3]]
        part["marker"] = frame[value].where(number[value].isna(), "")
        parts.append(part)
    rows = pd.concat(parts, ignore_index=True)
    numbers = pd.RangeIndex(len(rows))
    cell, revision = next_number("metrics_cell"), next_number("metrics_revision")
    place = rows[["indicator_id", "area_id", "period_id"]]
    write(
        "metrics_cell",
        place.assign(
            id=numbers + cell,
            latest_id=numbers + revision,
            approved_id=numbers + revision,
            dataset_id=made.pk,
            slice_id=whole.pk,
            mention=1,
            derived=False,
        ),
    )
    says = rows[["value", "numerator", "denominator", "decimals", "marker"]]
    write(
        "metrics_revision",
        says.assign(
            id=numbers + revision,
            cell_id=numbers + cell,
            number=1,
            qualifier="exactly",
            by_id=system_actor().pk,
            at=timezone.now().isoformat(sep=" "),
            **dict.fromkeys(EMPTY, ""),
        ),
    )
    return len(rows)


def once(what: str, file: Path) -> None:
    """One run in this process: how many figures, and what it spent, as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
    import django

    django.setup()
    from django.db import transaction

    from safeguarding.demo.reference import load_reference

    if what == "bare":
        import benchmarks.pandas_writes  # noqa: F401  # its own import is not what is measured
    work = {"ours": ours, "again": again, "bare": bare}[what]
    figures: list[int] = []
    with transaction.atomic():
        load_reference(FIXTURES)
        if what == "again":
            ours(file)
        took = spent(lambda: figures.append(work(file)))
        transaction.set_rollback(True)
    print(json.dumps({"figures": figures[0], "spent": asdict(took)}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--once", nargs=2, metavar=("WHAT", "FILE"))
    given = parser.parse_args()
    if given.once:
        once(given.once[0], Path(given.once[1]))
        return
    names = {
        "ours": "import_observations",
        "bare": "pandas and COPY or executemany",
        "again": "import_observations, a second time",
    }
    found: dict[str, list[Spent]] = {what: [] for what in names}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plans.csv"
        rows = write_file(file, given.years)
        for _ in range(given.pairs):
            for what, runs in found.items():
                command = [sys.executable, "-m", "benchmarks.intake_ees", "--once", what, str(file)]
                answer = subprocess.run(command, check=True, capture_output=True, text=True)
                said = json.loads(answer.stdout.splitlines()[-1])
                runs.append(Spent(**said["spent"]))
    print(f"{rows:,} rows, {said['figures']:,} figures; medians of {given.pairs}")
    middle = {what: medians(runs) for what, runs in found.items()}
    for what, each in middle.items():
        print(line(names[what], each, rows))
    print(times(middle["ours"], middle["bare"]))


if __name__ == "__main__":
    main()
