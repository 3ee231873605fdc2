"""How long a file of 50,000 figures takes from its bytes to the store, beside pandas.

    python -m benchmarks.intake [--rows 50000] [--pairs 3]

Ours reads as an upload does: the archive looked at, each cell understood or refused, each figure
matched with the register and the person's agencies, checked, compared with what is stored, and
saved with the lock, the reason and the audit row. The peer is pandas' own reader, the share
worked out in one line, and rows put into the same tables by the same writer (`metrics.bulk`:
`executemany` on SQLite, `COPY` on PostgreSQL): no checks, no comparison, no audit. Each run is a
process of its own, in a transaction that is rolled back; its peak of memory is what the system
says. Seconds are the processor's, since the clock counts what else the machine does. Data are
made; the database is a new one, unless DATABASE_URL names one that may be used.
"""

import argparse
import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

INDICATORS = 50
PERIOD = "2019-20-q3"
AT = datetime(2020, 1, 10, 9, 0, tzinfo=UTC)
HEADINGS = ("Code", "Breakdown", "Value", "Numerator", "Denominator", "Note")
MEGABYTE = 1024 * 1024


def lines(count: int) -> list[tuple[Any, ...]]:
    """Half are counts, half are shares; each twentieth has a note."""
    made = []
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
    from metrics.upload import actions
    from metrics.upload.plan import plan_of
    from metrics.upload.scopes import scopes_of
    from partnerships.models import Partnership, User
    from partnerships.periods import parse

    here, by = Partnership.objects.get(slug="place"), User.objects.get(name="Unit")
    roles = list(by.roles.select_related("partnership", "agency"))
    scopes = scopes_of(by, here, roles, on=AT.date())
    batch = actions.keep(
        partnership=here,
        span=parse(PERIOD),
        content=path.read_bytes(),
        name=path.name,
        is_large=True,
        by=by,
        at=AT,
    )
    found = actions.read(batch, scopes, [])
    seen = plan_of(found, batch.period.span, on=AT.date()).seen
    taken = actions.take(batch, found, said=actions.Confirmed(seen), by=by, at=AT)
    return int(taken.result["added"])


def peer(path: Path) -> int:
    """pandas, and rows straight into the tables."""
    import pandas as pd
    from django.db import connection

    from metrics.bulk import insert
    from metrics.models import Area, Cell, Dataset, Indicator, Revision, Slice
    from partnerships.models import Period, User

    frame = pd.read_csv(path) if path.suffix == ".csv" else pd.read_excel(path)
    share = frame["Numerator"] / frame["Denominator"] * 100
    frame["value"] = frame["Value"].where(frame["Value"].notna(), share.round(6))
    frame["indicator"] = frame["Code"].map(dict(Indicator.objects.values_list("code", "pk")))
    frame["slice"] = frame["Breakdown"].map(dict(Slice.objects.values_list("key", "pk")))
    dataset, area = Dataset.objects.get(), Area.objects.get()
    period, by = Period.objects.get(first=date(2019, 10, 1)), User.objects.get(name="Unit")
    insert(
        Cell,
        ("indicator_id", "slice_id"),
        [
            (int(indicator), int(piece))
            for indicator, piece in zip(frame["indicator"], frame["slice"], strict=True)
        ],
        same={"dataset_id": dataset.pk, "area_id": area.pk, "period_id": period.pk},
    )
    cells = {
        (indicator, piece): pk
        for indicator, piece, pk in Cell.objects.values_list("indicator_id", "slice_id", "pk")
    }
    empty = frame.astype(object).where(frame.notna(), None)
    insert(
        Revision,
        ("cell_id", "value", "numerator", "denominator", "note"),
        (
            (
                cells[row.indicator, row.slice],
                row.value,
                row.Numerator,
                row.Denominator,
                row.Note or "",
            )
            for row in empty.itertuples()
        ),
        same={"number": 1, "by_id": by.pk, "at": AT},
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE metrics_cell SET latest_id = (SELECT id FROM metrics_revision "
            "WHERE cell_id = metrics_cell.id)"
        )
    return len(frame)


def one(who: str, path: Path, count: int) -> None:
    """One run: prints its seconds and its peak of memory in bytes."""
    import pandas  # noqa: F401  (loading libraries is neither timed nor counted)
    from django.db import transaction

    from metrics.upload import actions  # noqa: F401

    with transaction.atomic():
        make_world(count)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begin = time.process_time()
        done = (ours if who == "ours" else peer)(path)
        spent = time.process_time() - begin
        transaction.set_rollback(True)
    if done != count:
        sys.exit(f"{who} saved {done} of {count}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(spent, (peak - before) * 1024, peak * 1024)


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
            runs: dict[str, list[list[float]]] = {"ours": [], "peer": []}
            for _ in range(given.pairs):
                for who, done in runs.items():
                    done.append(_run(who, path, given.rows, environment))
            _tell(ending, path, given.rows, runs)


def _run(who: str, path: Path, rows: int, environment: dict[str, str]) -> list[float]:
    command = [sys.executable, "-m", "benchmarks.intake", "--rows", str(rows)]
    done = subprocess.run(
        [*command, "--one", who, str(path)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(number) for number in done.stdout.split()]


def _tell(ending: str, path: Path, rows: int, runs: dict[str, list[list[float]]]) -> None:
    print(f"{rows:,} rows of {ending.upper()}, {path.stat().st_size / MEGABYTE:.1f} MB")
    middle = {}
    for who, done in runs.items():
        spent, grown, peak = (statistics.median(each) for each in zip(*done, strict=True))
        middle[who] = spent
        print(
            f"  {who}  {spent:6.2f} s  {rows / spent:8,.0f} rows/s  "
            f"peak {peak / MEGABYTE:5.0f} MB, grown by {grown / MEGABYTE:4.0f} MB"
        )
    print(f"  {middle['ours'] / middle['peer']:.2f} times")


if __name__ == "__main__":
    main()
