"""Computing the changes of a partnership's figures, and keeping their rows up to date.

`Change` is a cache of one pure function (`metrics.arithmetic.table`): `computed` is what the
rows should be, `store` makes them so and touches only those that differ. A full rebuild and
any order of single computations therefore leave the same rows.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from django.db import transaction

from metrics.arithmetic import table
from metrics.arithmetic.columns import decimal_of
from metrics.models import Cell, Change, Indicator, IndicatorVersion
from partnerships.models import Partnership, Period

FIELDS = (
    "from_revision_id",
    "to_revision_id",
    "absolute",
    "percent",
    "points",
    "rounding_low",
    "rounding_high",
    "low",
    "high",
    "p",
    "state",
    "caution",
    "reason",
    "rule",
)
BATCH = 500

_CELLS = {
    "cell_id": "pk",
    "revision_id": "approved_id",
    "dataset": "dataset_id",
    "indicator": "indicator_id",
    "area": "area_id",
    "slice": "slice_id",
    "mention": "mention",
    "period_id": "period_id",
    "value": "approved__value",
    "numerator": "approved__numerator",
    "denominator": "approved__denominator",
    "decimals": "approved__decimals",
    "qualifier": "approved__qualifier",
    "marker": "approved__marker",
    "words": "approved__printed_words",
    "flags": "approved__flags",
    "parts_have": "approved__parts",
    "parts_of": "approved__parts_of",
}
_AMOUNTS = ("absolute", "percent", "points", "rounding_low", "rounding_high")
_FLOATS = ("low", "high", "p")


def computed(partnership: Partnership) -> pd.DataFrame:
    """The changes of every approved figure in the partnership's own datasets.

    Against the year before for every figure, against the quarter before for quarters. Columns
    as in `metrics.arithmetic.table`.
    """
    cells = Cell.objects.filter(dataset__owner=partnership, approved__isnull=False)
    frame = _frame(cells.order_by("pk").values_list(*_CELLS.values()), list(_CELLS))
    frame[["parts_have", "parts_of"]] = frame[["parts_have", "parts_of"]].fillna(0).astype(int)
    frame["complete"] = frame["parts_have"] == frame["parts_of"]
    periods = _frame(
        Period.objects.values_list("pk", "kind", "first", "last"),
        ["period_id", "kind", "first", "last"],
    )
    measures = _frame(
        Indicator.objects.values_list("pk", "unit", "base", "kind_of_count"),
        ["indicator", "unit", "base", "kind_of_count"],
    )
    return table.changes(frame, periods, measures, _versions(partnership))


def store(partnership: Partnership, rows: pd.DataFrame) -> dict[str, int]:
    """Makes the partnership's rows what `rows` says. Returns how many it added, changed, removed.

    Runs in one transaction: the caller's, where there is one.
    """
    with transaction.atomic():
        stored = Change.objects.filter(cell__dataset__owner=partnership)
        kept = {(row.cell_id, row.against): row for row in stored}
        add, change = [], []
        for row in _changes(rows):
            old = kept.pop((row.cell_id, row.against), None)
            if old is None:
                add.append(row)
            elif any(getattr(old, name) != getattr(row, name) for name in FIELDS):
                change.append(row)
        Change.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
        Change.objects.bulk_create(
            add + change,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["cell", "against"],
            update_fields=[name.removesuffix("_id") for name in FIELDS],
        )
    return {"added": len(add), "changed": len(change), "removed": len(kept)}


def _versions(partnership: Partnership) -> pd.DataFrame:
    """What changed in how things are counted: everywhere, or in the partnership's own area."""
    versions = IndicatorVersion.objects.filter(partnership__isnull=True).values_list(
        "indicator_id", "first", "effect", "words"
    )
    own = IndicatorVersion.objects.filter(partnership=partnership).values_list(
        "indicator_id", "partnership__area__pk", "first", "effect", "words"
    )
    rows = [(indicator, None, *rest) for indicator, *rest in versions]
    return _frame([*rows, *own], ["indicator", "area", "first", "effect", "words"])


def _changes(rows: pd.DataFrame) -> Iterable[Change]:
    for row in rows.to_dict("records"):
        values: dict[str, Any] = {
            name: row[name] for name in ("state", "caution", "reason", "rule")
        }
        for name in _AMOUNTS:
            values[name] = decimal_of(row[name])
        for name in _FLOATS:
            values[name] = None if pd.isna(row[name]) else float(row[name])
        before = row["from_revision"]
        yield Change(
            cell_id=int(row["cell_id"]),
            against=row["against"],
            from_revision_id=None if pd.isna(before) else int(before),
            to_revision_id=int(row["to_revision"]),
            **values,
        )


def _frame(rows: Iterable[Any], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame.from_records(list(rows), columns=columns)
