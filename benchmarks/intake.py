"""How long a file of 50,000 figures takes from its bytes to the store, beside pandas.

    python -m benchmarks.intake [--rows 50000] [--pairs 3]

Ours reads as an upload does: the archive looked at, each cell understood or refused, each figure
matched with the register and the person's agencies, checked, compared with what is stored, and
saved with the lock, the reason and the audit row. The peer is pandas' own reader, the share
worked out in one line, and both tables written once (`to_csv` and COPY on PostgreSQL,
`executemany` on SQLite): no checks, no comparison, no audit. Each run is a process of its own,
in a transaction that is rolled back. Seconds are those of the processors, ours and the server's,
since the clock counts what else the machine does; memory is what the system says. Data are made;
the database is a new one, unless DATABASE_URL names one that may be used.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.spent import MEGABYTE, Spent, line, medians, spent, times

INDICATORS = 50
PERIOD = "2019-20-q3"
AT = datetime(2020, 1, 10, 9, 0, tzinfo=UTC)
HEADINGS = ("Code", "Breakdown", "Value", "Numerator", "Denominator", "Note")
# Columns of a revision that have to hold something.
EMPTY = (
    "marker", "marker_reason", "printed_words", "flags", "fact_id", "reason", "warnings", "answer",
)  # fmt: skip


def lines(count: int) -> list[tuple[Any, ...]]:
    """Half are counts, half are shares; each twentieth has a note."""
    made: list[tuple[str, str, int | None, int | None, int | None, str | None]] = []
    for number in range(count):
        indicator, ward = number % INDICATORS, number // INDICATORS
        note = "One team only." if number % 20 == 0 else None
        place = (f"measure-{indicator}", f"ward=w{ward}")
        if indicator % 2:
            made.append((*place, None, number % 90, 90 + number % 7, note))
        else:
            made.append((*place, number % 5000, None, None, note))
    return made


def write_files(folder: Path, count: int) -> None:
    import xlsxwriter

    rows = lines(count)
    with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    with xlsxwriter.Workbook(folder / "figures.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Figures")
        for number, row in enumerate([HEADINGS, *rows]):
            sheet.write_row(number, 0, row)


def make_world(count: int) -> None:
    """A partnership, its indicators, and the wards by which they are counted."""
    from metrics.models import (
        Area,
        Breakdown,
        Category,
        Dataset,
        Expectation,
        Indicator,
        Slice,
        SlicePart,
    )
    from partnerships.calendar import store_period
    from partnerships.models import Agency, Organisation, Partnership, Role, User
    from partnerships.periods import parse

    here = Partnership.objects.create(slug="place", name="Place", short_name="Place")
    Area.objects.create(code="place", name="Place", kind="partnership", partnership=here)
    Dataset.objects.create(code="place-returns", kind="returns", owner=here, title="Returns")
    body = Organisation.objects.create(slug="council", name="Council")
    long_ago = date(2015, 4, 1)
    agency = Agency.objects.create(
        partnership=here, organisation=body, standing="relevant", first=long_ago
    )
    for number in range(INDICATORS):
        indicator = Indicator.objects.create(
            code=f"measure-{number}",
            name=f"Measure {number}",
            definition="What is counted.",
            unit="percent" if number % 2 else "count",
            polarity="neutral",
            kind_of_count="proportion" if number % 2 else "clustered",
            roll_up="ratio" if number % 2 else "sum",
            theme="front-door",
        )
        Expectation.objects.create(agency=agency, indicator=indicator, first=long_ago)
    ward = Breakdown.objects.create(code="ward", name="Ward", nature="partition")
    for number in range(-(-count // INDICATORS)):
        code = f"w{number}"
        category = Category.objects.create(breakdown=ward, code=code, name=f"Ward {number}")
        piece = Slice.objects.create(key=f"ward={code}")
        SlicePart.objects.create(slice=piece, breakdown=ward, category=category)
    user = User.objects.create_user("unit@place.example", name="Unit")
    Role.objects.create(user=user, partnership=here, name="business-unit", first=long_ago)
    store_period(parse(PERIOD))


def ours(path: Path) -> int:
    """As the pages do it: keep, look, take."""
    from metrics.upload import actions, taking
    from metrics.upload.plan import plan_of
    from metrics.upload.scopes import scopes_of
    from partnerships.models import Partnership, User
    from partnerships.periods import parse

    here, by = Partnership.objects.get(slug="place"), User.objects.get(name="Unit")
    roles = list(by.roles.select_related("partnership", "agency"))
    scopes = scopes_of(by, here, roles, parse(PERIOD), on=AT.date())
    batch = actions.keep(
        partnership=here,
        span=parse(PERIOD),
        content=path.read_bytes(),
        name=path.name,
        is_large=True,
        by=by,
        at=AT,
    )
    found = taking.read(batch, scopes, [])
    seen = plan_of(found, batch.period.span, on=AT.date()).seen
    taken = taking.take(batch, found, said=taking.Confirmed(seen), by=by, at=AT)
    return int(taken.result["added"])


def peer(path: Path) -> int:
    """pandas, and rows straight into the tables, each written once."""
    import pandas as pd

    from benchmarks.pandas_writes import next_number, write
    from metrics.models import Area, Dataset, Indicator, Slice
    from partnerships.models import Period, User

    frame = pd.read_csv(path) if path.suffix == ".csv" else pd.read_excel(path)
    share = (frame["Numerator"] / frame["Denominator"] * 100).round(6)
    first_cell, first_revision = next_number("metrics_cell"), next_number("metrics_revision")
    numbers = pd.RangeIndex(len(frame))
    cells = pd.DataFrame(
        {
            "id": numbers + first_cell,
            "dataset_id": Dataset.objects.get().pk,
            "area_id": Area.objects.get().pk,
            "period_id": Period.objects.get(first=date(2019, 10, 1)).pk,
            "mention": 1,
            "derived": False,
            "indicator_id": frame["Code"].map(dict(Indicator.objects.values_list("code", "pk"))),
            "slice_id": frame["Breakdown"].map(dict(Slice.objects.values_list("key", "pk"))),
            "latest_id": numbers + first_revision,
        }
    )
    revisions = pd.DataFrame(
        {
            "id": numbers + first_revision,
            "cell_id": cells["id"],
            "number": 1,
            "value": frame["Value"].where(frame["Value"].notna(), share),
            "numerator": frame["Numerator"].astype("Int64"),
            "denominator": frame["Denominator"].astype("Int64"),
            "decimals": 0,
            "qualifier": "exactly",
            "note": frame["Note"].fillna(""),
            **dict.fromkeys(EMPTY, ""),
            "by_id": User.objects.get(name="Unit").pk,
            "at": AT.isoformat(sep=" "),
        }
    )
    write("metrics_cell", cells)
    write("metrics_revision", revisions)
    return len(frame)


def one(who: str, path: Path, count: int) -> None:
    """One run: prints what it spent, as JSON."""
    import pandas  # noqa: F401  (loading libraries is neither timed nor counted)
    from django.db import transaction

    import benchmarks.pandas_writes  # noqa: F401
    from metrics.upload import taking  # noqa: F401

    done: list[int] = []
    with transaction.atomic():
        make_world(count)
        took = spent(lambda: done.append((ours if who == "ours" else peer)(path)))
        transaction.set_rollback(True)
    if done != [count]:
        sys.exit(f"{who} saved {done} of {count}")
    print(json.dumps(asdict(took)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("WHO", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
    if given.one:
        import django

        django.setup()
        one(given.one[0], Path(given.one[1]), given.rows)
        return
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), given.rows)
        environment = os.environ | {"VAR_DIR": folder}
        migrate = [sys.executable, "manage.py", "migrate", "--noinput", "-v0"]
        subprocess.run(migrate, env=environment, check=True)
        for ending in ("csv", "xlsx"):
            path = Path(folder) / f"figures.{ending}"
            runs: dict[str, list[Spent]] = {"ours": [], "peer": []}
            for _ in range(given.pairs):
                for who, done in runs.items():
                    done.append(_run(who, path, given.rows, environment))
            print(
                f"{given.rows:,} rows of {ending.upper()}, {path.stat().st_size / MEGABYTE:.1f} MB"
            )
            middle = {who: medians(done) for who, done in runs.items()}
            for who, each in middle.items():
                print(line(who, each, given.rows))
            print(times(middle["ours"], middle["peer"]))


def _run(who: str, path: Path, rows: int, environment: dict[str, str]) -> Spent:
    command = [sys.executable, "-m", "benchmarks.intake", "--rows", str(rows)]
    done = subprocess.run(
        [*command, "--one", who, str(path)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return Spent(**json.loads(done.stdout))


if __name__ == "__main__":
    main()
