"""Which figures belong together: the same series a year or a quarter earlier, found by key.

Never by position: `shift(4)` names the wrong quarter as soon as one is missing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.arithmetic.columns import Ints, Levels, Traits, combine
from metrics.arithmetic.intervals import Floats, dispersion_of_sums
from metrics.arithmetic.states import Flags
from partnerships.periods import Kind, Span

SERIES = ["dataset", "indicator", "area", "slice", "mention"]


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods in use; `place` is that of each cell, -1 in the links where there is none."""

    spans: list[Span]
    place: Ints
    first: Ints  # day numbers, by period
    last: Ints
    year_before: Ints
    quarter_before: Ints
    kind: Ints
    overlaps: Flags

    @classmethod
    def of(cls, cells: pd.DataFrame, periods: pd.DataFrame) -> "Periods":
        """Raises KeyError where a cell's period is not among the periods."""
        spans = [
            Span(Kind(str(row.kind)), _day(row.first), _day(row.last))
            for row in periods[["kind", "first", "last"]].itertuples(index=False)
        ]
        place = pd.Index(periods["period_id"]).get_indexer(pd.Index(cells["period_id"]))
        if (place < 0).any():
            absent = cells["period_id"].to_numpy()[place < 0][0]
            raise KeyError(f"No period is given with the number {absent}.")
        at = {span: number for number, span in enumerate(spans)}
        quarters = [span.quarter_before for span in spans]
        return cls(
            spans=spans,
            place=place.astype(np.int64),
            first=np.array([span.first.toordinal() for span in spans], dtype=np.int64),
            last=np.array([span.last.toordinal() for span in spans], dtype=np.int64),
            year_before=np.array([at.get(span.year_before, -1) for span in spans], dtype=np.int64),
            quarter_before=np.array(
                [-1 if span is None else at.get(span, -1) for span in quarters], dtype=np.int64
            ),
            kind=np.array([list(Kind).index(span.kind) for span in spans], dtype=np.int64),
            overlaps=np.array([span.overlaps_neighbours for span in spans], dtype=np.bool_),
        )


def series_of(cells: pd.DataFrame) -> Ints:
    """A number for each series; the same figure at several periods has one."""
    return combine([pd.factorize(cells[name])[0] for name in SERIES])[0]


def earlier_rows(series: Ints, periods: Periods, link: Ints) -> Ints:
    """The row of each cell's figure at the linked period, -1 where there is none.

    Raises ValueError where two cells share a place.
    """
    width = len(periods.spans)
    index = pd.Index(series * width + periods.place)
    if not index.is_unique:
        raise ValueError("Two cells have the same place; each place may be given once.")
    wanted = link[periods.place]
    found = index.get_indexer(pd.Index(np.where(wanted >= 0, series * width + wanted, -1)))
    return np.asarray(found, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Events:
    """What happened to the series of cells, as days: breaks and what affects comparison.

    `scope` is the versions that apply to a cell, 0 for none; `by_scope` those of each.
    `flagged` are the days of breaks that sources mark, by series and kind of period.
    """

    scope: Ints
    by_scope: list[list[tuple[int, str, str]]]
    flagged: Ints  # sorted; series and kind times `WIDTH` plus day
    line: Ints  # series and kind of period, by cell

    WIDTH = 4_000_000  # more than any day's number

    @classmethod
    def of(
        cls,
        cells: pd.DataFrame,
        versions: pd.DataFrame | None,
        traits: Traits,
        series: Ints,
        periods: Periods,
    ) -> "Events":
        scope, by_scope = _scopes(cells, versions)
        line = series * len(Kind) + periods.kind[periods.place]
        breaks = np.array(["b" in example.flags for example in traits.examples], dtype=np.bool_)
        rows = np.flatnonzero(breaks[traits.place])
        days = periods.first[periods.place[rows]]
        return cls(scope, by_scope, np.sort(line[rows] * cls.WIDTH + days), line)

    def flags_until(self, line: Ints, day: Ints) -> Ints:
        """How many breaks a source has marked in a series up to and with a day."""
        found = np.searchsorted(self.flagged, line * self.WIDTH + day, side="right")
        return np.asarray(found, dtype=np.int64)

    def breaks_until(self, scope: Ints, day: Ints) -> Ints:
        """How many breaks the register has up to and with a day."""
        place, combinations = combine([scope, day])
        counts = [
            sum(first <= until and effect == "breaks" for first, effect, _ in self.by_scope[which])
            for which, until in combinations
        ]
        return np.array(counts, dtype=np.int64)[place]

    def words_between(self, scope: int, after: int, until: int, effect: str) -> str | None:
        """The words of all versions with that effect that begin after one day, up to another."""
        words = [
            text
            for first, what, text in self.by_scope[scope]
            if what == effect and after < first <= until
        ]
        return " ".join(words) or None


def _scopes(
    cells: pd.DataFrame, versions: pd.DataFrame | None
) -> tuple[Ints, list[list[tuple[int, str, str]]]]:
    if versions is None or versions.empty:
        return np.zeros(len(cells), dtype=np.int64), [[]]
    everywhere: dict[object, list[tuple[int, str, str]]] = defaultdict(list)
    local: dict[tuple[object, object], list[tuple[int, str, str]]] = defaultdict(list)
    rows = versions.sort_values("first", kind="stable")
    for row in rows.itertuples(index=False):
        event = (_day(row.first).toordinal(), str(row.effect), str(row.words))
        if row.area is None or bool(pd.isna(row.area)):  # type: ignore[arg-type]
            everywhere[row.indicator].append(event)
        else:
            local[row.indicator, row.area].append(event)
    indicator_codes, indicators = pd.factorize(cells["indicator"])
    area_codes, areas = pd.factorize(cells["area"])
    concerned = np.array([i in everywhere or any(k[0] == i for k in local) for i in indicators])
    place, combinations = combine(
        [
            np.where(concerned[indicator_codes], indicator_codes, -1),
            np.where(concerned[indicator_codes], area_codes, -1),
        ]
    )
    by_scope: list[list[tuple[int, str, str]]] = [[]]
    number = []
    for indicator, area in combinations:
        found = []
        if indicator >= 0:
            found = everywhere[indicators[indicator]] + local[indicators[indicator], areas[area]]
        number.append(len(by_scope) if found else 0)
        if found:
            by_scope.append(found)
    return np.array(number, dtype=np.int64)[place], by_scope


def dispersions(
    clustered: Flags, levels: Levels, traits: Traits, periods: Periods, events: Events
) -> Floats:
    """The overdispersion factor before each clustered cell, from the points since the last break.

    A point counts where it is plain, its events are known, its period ended before the cell's
    began, and no break lies between. NaN under 8 points, and where periods overlap.
    """
    found = np.full(clustered.shape, np.nan)
    rows = np.flatnonzero(clustered & ~periods.overlaps[periods.place])
    first, last = periods.first[periods.place[rows]], periods.last[periods.place[rows]]
    # A point belongs to the stretch in which it begins, a cell to the one in which it ends.
    begins, ends = _stretches(events, rows, first, last)
    usable = traits.plain[rows] & (levels.events[rows] >= 0) & (levels.exposure[rows] > 0)
    if not usable.any():
        return found
    points = rows[usable]
    sums = _running_sums(
        begins[usable], last[usable], levels.events[points], levels.exposure[points]
    )
    stretch = sums["stretch"].to_numpy()
    keys = stretch * Events.WIDTH + sums["last"].to_numpy()
    at = np.searchsorted(keys, ends * Events.WIDTH + first, side="left") - 1
    same = (at >= 0) & (stretch[np.maximum(at, 0)] == ends)
    taken = sums.iloc[at[same]]
    found[rows[same]] = dispersion_of_sums(
        taken["points"], taken["events"], taken["exposure"], taken["squares"]
    )
    return found


def _stretches(events: Events, rows: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """The unbroken stretch of its series that each row's first and last day lies in."""
    line, scope = events.line[rows], events.scope[rows]
    flags = [events.flags_until(line, day) for day in (first, last)]
    breaks = [events.breaks_until(scope, day) for day in (first, last)]
    place, _ = combine([np.tile(line, 2), np.concatenate(flags), np.concatenate(breaks)])
    return place[: rows.size], place[rows.size :]


def _running_sums(stretch: Ints, last: Ints, events: Floats, exposure: Floats) -> pd.DataFrame:
    """Sums over each stretch up to and with each point, in order of time."""
    order = np.lexsort((last, stretch))
    points = pd.DataFrame(
        {
            "points": 1.0,
            "events": events[order],
            "exposure": exposure[order],
            "squares": events[order] ** 2 / exposure[order],
        }
    )
    sums = points.groupby(stretch[order], sort=False).cumsum()
    sums["stretch"], sums["last"] = stretch[order], last[order]
    return sums


def _day(value: object) -> date:
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
