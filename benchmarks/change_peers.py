"""Two other ways to write the changes: one SQL statement, and pandas.

Both write each column of `Change` for every figure. Neither rounds as the source did, tests
exactly, or says more than one sentence of each kind. To be imported after `django.setup()`.
"""

import warnings

import numpy as np
import pandas as pd
from django.db import connection, transaction
from numpy.typing import NDArray

from benchmarks.pandas_writes import write

SERIES = ["dataset_id", "indicator_id", "area_id", "slice_id", "mention"]
CLEAR = 3.84  # chi-squared of one degree of freedom, at 5%

LINKS = """
SELECT id, year_before_id, 'year-before' FROM partnerships_period
UNION ALL
SELECT later.id, earlier.id, 'period-before'
FROM partnerships_period later LEFT JOIN partnerships_period earlier
ON earlier.kind = 'quarter' AND earlier.last = {day_before}
WHERE later.kind = 'quarter'
"""

STATEMENT = """
INSERT INTO metrics_change (
    cell_id, against, from_revision_id, to_revision_id, absolute, percent, points,
    rounding_low, rounding_high, low, high, p, state, caution, reason, rule
)
WITH link(period_id, before_id, against) AS ({links}),
figure AS (
    SELECT cell.*, revision.value, revision.marker, revision.flags, revision.decimals,
        revision.parts = revision.parts_of OR revision.parts IS NULL AS complete,
        COALESCE(revision.denominator, 1) AS exposure,
        1.0 * COALESCE(revision.numerator, revision.value)
            / COALESCE(revision.denominator, 1) AS share
    FROM metrics_cell cell JOIN metrics_revision revision ON revision.id = cell.approved_id
),
pair AS (
    SELECT after.id, link.against, before.approved_id AS old_id, after.approved_id AS new_id,
        CASE WHEN after.complete AND before.complete
            THEN ROUND(after.value - before.value, 6) END AS moved,
        before.value AS old, indicator.unit, after.flags || before.flags AS flags,
        after.marker AS new_marker, before.marker AS old_marker,
        after.share, before.share AS old_share,
        before.share / before.exposure + after.share / after.exposure AS variance
    FROM figure after
    JOIN link ON link.period_id = after.period_id
    JOIN metrics_indicator indicator ON indicator.id = after.indicator_id
    LEFT JOIN figure before ON before.indicator_id = after.indicator_id
        AND before.area_id = after.area_id AND before.slice_id = after.slice_id
        AND before.period_id = link.before_id AND before.dataset_id = after.dataset_id
        AND before.mention = after.mention
),
tested AS (
    SELECT pair.*, CASE WHEN moved IS NOT NULL AND variance > 0
        THEN (share - old_share) * (share - old_share) / variance END AS chi
    FROM pair
)
SELECT id, against, old_id, new_id, moved,
    CASE WHEN unit <> 'percent' AND old > 0 THEN ROUND(100.0 * moved / old, 6) END,
    CASE WHEN unit = 'percent' THEN moved END,
    NULL, NULL,
    CASE WHEN chi IS NOT NULL THEN share - old_share - 4 * variance END,
    CASE WHEN chi IS NOT NULL THEN share - old_share + 4 * variance END,
    1 / (1 + chi),
    CASE WHEN moved IS NULL THEN '' WHEN chi IS NULL THEN 'not-tested'
        WHEN chi < 3.84 THEN 'no-clear-change'
        WHEN share > old_share THEN 'clearly-higher' ELSE 'clearly-lower' END,
    CASE WHEN moved IS NOT NULL AND flags <> '' THEN 'A figure is provisional.' ELSE '' END,
    CASE WHEN moved IS NOT NULL THEN '' WHEN new_marker <> '' THEN 'This figure is not available.'
        WHEN old_id IS NULL THEN 'There is no figure for the period before.'
        WHEN old_marker <> '' THEN 'The figure for the period before is not available.'
        ELSE 'This total is incomplete.' END,
    CASE WHEN moved IS NULL THEN 'none:missing:1' ELSE 'unrounded:chi-squared:1' END
FROM tested
"""


def statement() -> None:
    """Writes the rows by one SQL statement."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(links=_links()))


FIGURES = """
SELECT cell.id AS cell_id, approved_id, dataset_id, indicator_id, area_id, slice_id, mention,
    cell.period_id, CAST(value AS double precision) AS value,
    CAST(numerator AS double precision) AS numerator,
    CAST(denominator AS double precision) AS denominator, revision.decimals, qualifier, marker,
    flags, parts, parts_of, unit
FROM metrics_cell cell JOIN metrics_revision revision ON revision.id = cell.approved_id
JOIN metrics_indicator indicator ON indicator.id = cell.indicator_id
"""


def merged() -> None:
    """Reads all figures with pandas, merges each with its earlier ones, writes the rows."""
    figures = _read(FIGURES)
    figures["complete"] = figures["parts"].fillna(0) == figures["parts_of"].fillna(0)
    figures["exposure"] = figures["denominator"].fillna(1)
    figures["share"] = figures["numerator"].fillna(figures["value"]) / figures["exposure"]
    links = _read(_links())
    links.columns = pd.Index(["period_id", "before_id", "against"])
    both = figures.merge(links, on="period_id").merge(
        figures.drop(columns=["cell_id", "unit"]),
        left_on=[*SERIES, "before_id"],
        right_on=[*SERIES, "period_id"],
        how="left",
        suffixes=("", "_before"),
    )
    with transaction.atomic():
        write("metrics_change", _rows(both))


def _rows(both: pd.DataFrame) -> pd.DataFrame:
    """The columns of a change, of pairs of figures."""
    old = both["value_before"]
    moved = (both["value"] - old).where(both["complete"] & both["complete_before"].eq(True))
    none, percent = moved.isna(), both["unit"].eq("percent")
    away = both["share"] - both["share_before"]
    variance = both["share"] / both["exposure"] + both["share_before"] / both["exposure_before"]
    chi = (away**2 / variance).where(~none & (variance > 0))
    why_none = [
        (~none, ""),
        (both["marker"].ne(""), "This figure is not available."),
        (both["approved_id_before"].isna(), "There is no figure for the period before."),
        (both["marker_before"].ne(""), "The figure for the period before is not available."),
    ]
    states = [
        (none, ""),
        (chi.isna(), "not-tested"),
        (chi < CLEAR, "no-clear-change"),
        (away > 0, "clearly-higher"),
    ]
    return pd.DataFrame(
        {
            "cell_id": both["cell_id"],
            "against": both["against"],
            "from_revision_id": both["approved_id_before"].astype("Int64"),
            "to_revision_id": both["approved_id"],
            "absolute": moved.round(6),
            "percent": (moved / old * 100).where(~percent & (old > 0)).round(6),
            "points": moved.where(percent).round(6),
            "rounding_low": np.nan,
            "rounding_high": np.nan,
            "low": (away - 4 * variance).where(chi.notna()),
            "high": (away + 4 * variance).where(chi.notna()),
            "p": 1 / (1 + chi),
            "state": _first(states, "clearly-lower"),
            "caution": np.where(~none & both["flags"].ne(""), "A figure is provisional.", ""),
            "reason": _first(why_none, "This total is incomplete."),
            "rule": np.where(none, "none:missing:1", "unrounded:chi-squared:1"),
        }
    )


def _first(cases: list[tuple["pd.Series[bool]", str]], otherwise: str) -> NDArray[np.str_]:
    return np.select([case for case, _ in cases], [word for _, word in cases], otherwise)


def _read(query: str) -> pd.DataFrame:
    connection.ensure_connection()
    with warnings.catch_warnings():
        # pandas would rather have SQLAlchemy for PostgreSQL; it reads without.
        warnings.simplefilter("ignore", UserWarning)
        return pd.read_sql_query(query, connection.connection)


def _links() -> str:
    sqlite = connection.vendor == "sqlite"
    return LINKS.format(day_before="date(later.first, '-1 day')" if sqlite else "later.first - 1")
