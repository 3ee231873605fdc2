"""How long the changes of a million cells take, beside a bare pandas merge of the same cells.

    python -m benchmarks.arithmetic [--cells 1000000] [--pairs 5]

The peer joins each cell to the year and to the quarter before by key and works out difference
and percentage in floating point: no rounding interval, no test, no reason, no words. Runs
alternate, in pairs; medians are printed. Data are made with a fixed seed; nothing is read.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from metrics.arithmetic.table import changes
from partnerships.periods import financial_year, quarter

INDICATORS = 170
YEARS = range(2013, 2019)
KINDS = ("independent", "clustered", "proportion", "none")


def periods() -> pd.DataFrame:
    """24 quarters and the 6 years that they make."""
    spans = [quarter(year, number) for year in YEARS for number in (1, 2, 3, 4)]
    spans += [financial_year(year) for year in YEARS]
    return pd.DataFrame(
        [
            {"period_id": number, "kind": span.kind, "first": span.first, "last": span.last}
            for number, span in enumerate(spans)
        ]
    )


def measures() -> pd.DataFrame:
    """Two in three are rates or percentages with numerator and denominator."""
    rows = []
    for indicator in range(INDICATORS):
        unit = ("count", "rate", "percent")[indicator % 3]
        kind = "proportion" if unit == "percent" else KINDS[(indicator // 3) % 2]
        base = 10_000 if unit == "rate" else 1
        rows.append((indicator, unit, base, kind if indicator % 10 else "none"))
    return pd.DataFrame(rows, columns=["indicator", "unit", "base", "kind_of_count"])


def cells(count: int, register: pd.DataFrame) -> pd.DataFrame:
    """`count` cells over the indicators and as many areas as it takes; 1 in 50 is missing."""
    random = np.random.default_rng(20200331)
    width = len(periods())
    number = np.arange(count)
    indicator = number // width % INDICATORS
    unit = register["unit"].to_numpy()[indicator]
    numerator = random.poisson(200, count).astype(float)
    denominator = random.integers(250, 60_000, count).astype(float)
    numerator = np.minimum(numerator, denominator)
    counted = unit == "count"
    scale = np.where(unit == "rate", 10_000.0, 100.0)
    value = np.where(counted, numerator, np.round(numerator / denominator * scale, 1))
    missing = random.random(count) < 0.02
    return pd.DataFrame(
        {
            "cell_id": number,
            "revision_id": number,
            "dataset": 1,
            "indicator": indicator,
            "area": number // width // INDICATORS,
            "slice": 1,
            "mention": 1,
            "period_id": number % width,
            "value": np.where(missing, np.nan, value),
            "numerator": np.where(counted | missing, np.nan, numerator),
            "denominator": np.where(counted | missing, np.nan, denominator),
            "decimals": np.where(counted, 0, 1),
            "qualifier": "exactly",
            "marker": np.where(missing, "x", ""),
            "flags": np.where(random.random(count) < 0.01, "p", ""),
        }
    )


def naive(frame: pd.DataFrame, when: pd.DataFrame) -> pd.DataFrame:
    """Difference and percentage against both earlier periods, by two merges."""
    width = len(YEARS) * 4
    link = pd.DataFrame({"period_id": when["period_id"]})
    number = link["period_id"]
    link["year-before"] = np.where(number < width, number - 4, number - 1)
    link.loc[number == width, "year-before"] = -1
    link["period-before"] = np.where(number < width, number - 1, -1)
    key = ["dataset", "indicator", "area", "slice", "mention", "period_id"]
    found = []
    for against in ("year-before", "period-before"):
        wanted = frame.assign(after=frame["period_id"]).merge(link[["period_id", against]])
        wanted["period_id"] = wanted[against]
        both = wanted.merge(frame[[*key, "value"]], on=key, how="left", suffixes=("", "_before"))
        both["absolute"] = both["value"] - both["value_before"]
        both["percent"] = both["absolute"] / both["value_before"] * 100
        found.append(both)
    return pd.concat(found, ignore_index=True)


def timed(work: Callable[[], pd.DataFrame]) -> tuple[float, pd.DataFrame]:
    begin = time.perf_counter()
    found = work()
    return time.perf_counter() - begin, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=5)
    given = parser.parse_args()
    when, register = periods(), measures()
    frame = cells(given.cells, register)
    ours, theirs = [], []
    for _ in range(given.pairs):
        spent, found = timed(lambda: changes(frame, when, register))
        ours.append(spent)
        spent, _merged = timed(lambda: naive(frame, when))
        theirs.append(spent)
    tested = int(found["p"].notna().sum())
    print(f"{given.cells:,} cells: {len(found):,} rows, {tested:,} tested, 2 cores or fewer")
    print(f"metrics.arithmetic.table  {statistics.median(ours):6.2f} s")
    print(f"bare pandas merges        {statistics.median(theirs):6.2f} s")
    few = frame[frame["area"] == 0]
    spent, found = timed(lambda: changes(few, when, register))
    print(f"one area, {len(few):,} cells      {spent:6.2f} s, {len(found):,} rows")


if __name__ == "__main__":
    main()
