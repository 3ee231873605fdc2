"""Computing the changes of a partnership's figures, and of official statistics.

`Change` is a cache of one pure function (`metrics.arithmetic.table`): `computed` is what the
rows should be, of all figures or of those that `metrics.touched` says may have moved. Both
compute a row from the same figures, so a full rebuild and any order of increments give the
same rows.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast

from metrics.arithmetic import table
from metrics.arithmetic.states import Flags
from metrics.models import Area, Cell, Dataset, Indicator, IndicatorVersion
from metrics.official.disagreements import WIDE
from metrics.official.layouts import rounded_to
from metrics.touched import SERIES, Reach
from partnerships.models import Partnership, Period

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
_NUMBERS = ("value", "numerator", "denominator")


def computed(partnership: Partnership | None, reach: Reach | None = None) -> pd.DataFrame:
    """The changes of the approved figures in the partnership's own datasets.

    Without a partnership those of official statistics, of every area. Of all of them, or of those
    within reach of figures that moved. Against the year before for every figure, against the
    quarter before for quarters. Columns as in `metrics.arithmetic.table`.
    """
    cells = Cell.objects.filter(dataset__owner=partnership, approved__isnull=False)
    frame = _figures(cells if reach is None else reach.around(cells))
    if partnership is None:
        frame["rounded_to"] = _rounded_to(frame)
    periods = _frame(
        Period.objects.values_list("pk", "kind", "first", "last"),
        ["period_id", "kind", "first", "last"],
    )
    measures = _frame(
        Indicator.objects.values_list("pk", "unit", "base", "kind_of_count"),
        ["indicator", "unit", "base", "kind_of_count"],
    )
    wanted = None if reach is None else _within(reach, frame, periods)
    return table.changes(frame, periods, measures, _versions(partnership), wanted=wanted)


def _figures(cells: QuerySet[Cell]) -> pd.DataFrame:
    # As doubles, which is what the table computes with; a Decimal for each number costs more
    # than the computing.
    numbers = {f"{name}_number": Cast(F(_CELLS[name]), FloatField()) for name in _NUMBERS}
    columns = [f"{name}_number" if name in _NUMBERS else path for name, path in _CELLS.items()]
    rows = cells.order_by("pk").annotate(**numbers).values_list(*columns)
    frame = _frame(rows, list(_CELLS))
    frame[["parts_have", "parts_of"]] = frame[["parts_have", "parts_of"]].fillna(0).astype(int)
    frame["complete"] = frame["parts_have"] == frame["parts_of"]
    return frame


def _rounded_to(frame: pd.DataFrame) -> pd.Series:
    """What the counts of each official figure are rounded to: those of wide areas are."""
    codes = Dataset.objects.filter(kind=Dataset.Kind.OFFICIAL).values_list("pk", "code")
    by_dataset = {pk: rounded_to(code) for pk, code in codes}
    wide = set(Area.objects.filter(kind__in=WIDE).values_list("pk", flat=True))
    return frame["dataset"].map(by_dataset).where(frame["area"].isin(wide), 1)


def _within(reach: Reach, frame: pd.DataFrame, periods: pd.DataFrame) -> Flags:
    """Which figures are of a series that moved, and end on its day or later."""
    last = frame["period_id"].map(periods.set_index("period_id")["last"])
    series = zip(*(frame[name.removesuffix("_id")] for name in SERIES), strict=True)
    since = (reach.since.get(key) for key in series)
    return np.array(
        [day is not None and ends >= day for day, ends in zip(since, last, strict=True)],
        dtype=np.bool_,
    )


def _versions(partnership: Partnership | None) -> pd.DataFrame:
    """What changed in how things are counted: everywhere, or in the partnership's own area.

    Official statistics are counted by the rules of their publisher alone.
    """
    versions = IndicatorVersion.objects.filter(partnership__isnull=True).values_list(
        "indicator_id", "first", "effect", "words"
    )
    own = IndicatorVersion.objects.filter(
        partnership=partnership, partnership__isnull=False
    ).values_list("indicator_id", "partnership__area__pk", "first", "effect", "words")
    rows = [(indicator, None, *rest) for indicator, *rest in versions]
    return _frame([*rows, *own], ["indicator", "area", "first", "effect", "words"])


def _frame(rows: Iterable[Any], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame.from_records(list(rows), columns=columns)
