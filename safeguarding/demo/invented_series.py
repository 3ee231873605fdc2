"""The figures of a synthetic partnership: drawn from one seed, and in step with one another.

`fixtures/demoshire/series.csv` says how each indicator is drawn, `planted.csv` what is planted in
it: the truth that tests can hold the arithmetic to. A quarter's figures depend on the seed, the
files and the quarter alone, so that they are the same whenever they are asked for.

kinds of series:
- `count`: about `level` a quarter, growing by `trend` of itself each quarter, with a `season`
- `part`: some of another series, `share` percent of it, moving by `share_trend` points a quarter
- `stock`: a number on the last day; `of` came in during the quarter, `out` percent of it left
- `out`: how many left the stock `of`
- `ratio`: a percentage of the series `of`: of `numerator`, or of `share` percent drawn for it
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from metrics.entries import Entry
from partnerships.periods import Span, quarter
from safeguarding.demo.files import FileError, Row, known, rows
from safeguarding.demo.planted import Planted, planted_of

SEED = 2026
BEGIN = 2019  # the financial year in which every series starts; trends count from it
SEASONS = {
    "none": (1.0, 1.0, 1.0, 1.0),
    "school": (1.03, 0.90, 1.05, 1.02),  # by quarter of the financial year
    "winter": (0.96, 0.95, 1.05, 1.04),
}
KINDS = {"count", "part", "stock", "out", "ratio"}
ABSENT = ("missing", "unsent")
EXACT = 60  # up to so many, chance is drawn one by one; above, by the normal curve


@dataclass(frozen=True, slots=True)
class Series:
    """How one indicator is drawn; `share` and `out` in percent, `share_trend` in points."""

    code: str
    agency: str  # the organisation's slug
    kind: str
    level: float
    trend: float
    season: str
    of: str
    share: float
    share_trend: float
    numerator: str
    out: float


@dataclass(frozen=True, slots=True)
class Invention:
    """What is invented: the series in an order in which each can be drawn, and what is planted."""

    series: tuple[Series, ...]
    planted: tuple[Planted, ...]

    def planted_in(self, series: Series, span: Span, kind: str) -> Planted | None:
        """What of a kind is planted in a series on a quarter, by its code or by its agency."""
        return self._planted({series.code, series.agency}, span, kind)

    def planted_at(self, agency: str, span: Span, kind: str) -> Planted | None:
        """What of a kind is planted in an agency's whole part of a quarter."""
        return self._planted({agency}, span, kind)

    def changed_later(self, series: Series, span: Span) -> Planted | None:
        """What was put right or made final after it had come."""
        planted = self.planted_in(series, span, "corrected")
        return planted or self.planted_in(series, span, "final")

    def is_provisional(self, series: Series, span: Span) -> bool:
        """Whether a figure was provisional when it came."""
        return any(self.planted_in(series, span, kind) for kind in ("provisional", "final"))

    def _planted(self, subjects: set[str], span: Span, kind: str) -> Planted | None:
        for each in self.planted:
            if each.kind == kind and each.subject in subjects and each.holds(span):
                return each
        return None

    @property
    def agencies(self) -> list[str]:
        """Who supplies any of it, by slug."""
        return sorted({each.agency for each in self.series})

    def since_begun(self, quarters: Sequence[Span]) -> list[Span]:
        """The quarters that the partnership enters here, in the order given."""
        begun = [each.first.first for each in self.planted if each.kind == "begun"]
        return [span for span in quarters if not begun or span.first >= begun[0]]


def invention(folder: Path) -> Invention:
    """The invention that a folder's files describe. Raises `FileError` with file and line."""
    by_code: dict[str, tuple[Row, Series]] = {}
    for row in rows(folder / "series.csv"):
        each = _series(row)
        if each.code in by_code:
            raise row.error(f"{each.code!r} stands twice.")
        by_code[each.code] = (row, each)
    for row, each in by_code.values():
        for code in filter(None, (each.of, each.numerator)):
            if code not in by_code:
                raise row.error(f"{code!r} is no series of this file.")
    planted = tuple(planted_of(folder))
    return Invention(tuple(_in_order([each for _, each in by_code.values()])), planted)


def drawn(
    invented: Invention, quarters: Sequence[Span], *, seed: str = str(SEED), scale: float = 1
) -> dict[tuple[str, Span], Entry]:
    """The figure of each series on each quarter. `scale` makes a larger or smaller place.

    What is missing or never came is left out. Figures that were provisional or wrong when they
    came stand as they are in the end.
    """
    wanted = set(quarters)
    found: dict[tuple[str, Span], Entry] = {}
    before: dict[str, int] = {}
    for number, span in enumerate(_quarters_to(max(quarters))):
        now = _Quarter(invented, span, number, seed, scale, before)
        for series in invented.series:
            entry = now.entry(series)
            absent = any(invented.planted_in(series, span, kind) for kind in ABSENT)
            if span in wanted and not absent:
                found[series.code, span] = entry
        before = now.counts
    return found


class _Quarter:
    """The drawing of one quarter: counts by code, of which parts and ratios are taken."""

    def __init__(
        self,
        invented: Invention,
        span: Span,
        number: int,
        seed: str,
        scale: float,
        before: Mapping[str, int],
    ) -> None:
        self.counts: dict[str, int] = {}
        self._left: dict[str, int] = {}
        self._invented, self._span, self._number = invented, span, number
        self._seed, self._scale, self._before = seed, scale, before

    def entry(self, series: Series) -> Entry:
        if series.kind == "ratio":
            whole = self.counts[series.of]
            part = self.counts.get(series.numerator)
            if part is None:
                part = self._some(series, whole, self._share(series))
            if whole == 0:
                return Entry(marker="z", marker_reason="There was nothing to take a share of.")
            return Entry(numerator=Decimal(part), denominator=Decimal(whole))
        count = self.counts[series.code] = self._count(series)
        return Entry(value=Decimal(count))

    def _count(self, series: Series) -> int:
        match series.kind:
            case "part":
                return self._some(series, self.counts[series.of], self._share(series))
            case "stock":
                held = self._before.get(series.code, round(series.level * self._scale))
                self._left[series.code] = self._some(series, held, series.out / 100)
                return held + self.counts[series.of] - self._left[series.code]
            case "out":
                return self._left[series.of]
        grown = series.level * (1 + series.trend) ** self._number
        season = SEASONS[series.season][self._span.first.month // 3 - 1]  # January's is the last
        level = grown * season * self._factor(series) * self._scale
        return _poisson(self._chance(series), level)

    def _share(self, series: Series) -> float:
        share = (series.share + series.share_trend * self._number) / 100
        return min(0.99, max(0.01, share * self._factor(series)))

    def _factor(self, series: Series) -> float:
        factor = 1.0
        for kind in ("shift", "break"):
            planted = self._invented.planted_in(series, self._span, kind)
            factor *= planted.amount if planted else 1.0
        return factor

    def _some(self, series: Series, whole: int, share: float) -> int:
        return some_of(self._chance(series), whole, share)

    def _chance(self, series: Series) -> random.Random:
        return random.Random(f"{self._seed} {series.code} {self._span.key}")  # noqa: S311


def _poisson(chance: random.Random, level: float) -> int:
    if level > EXACT:
        return max(0, round(chance.gauss(level, level**0.5)))
    count, passed = 0, chance.expovariate(1)
    while passed < level:
        count += 1
        passed += chance.expovariate(1)
    return count


def some_of(chance: random.Random, whole: int, share: float) -> int:
    """How many of a whole, where each is one with the chance of `share`."""
    if whole <= EXACT:
        return sum(chance.random() < share for _ in range(whole))
    spread = (whole * share * (1 - share)) ** 0.5
    return min(whole, max(0, round(chance.gauss(whole * share, spread))))


def _quarters_to(last: Span) -> list[Span]:
    """Every quarter from the beginning of the series to `last`."""
    every = (quarter(year, n) for year in range(BEGIN, last.last.year + 1) for n in (1, 2, 3, 4))
    return [span for span in every if span.last <= last.last]


def _in_order(series: Sequence[Series]) -> list[Series]:
    """Each series after those that it is drawn from. Raises `FileError` where none can begin."""
    ordered: list[Series] = []
    done = {""}
    waiting = list(series)
    while waiting:
        ready = [each for each in waiting if {each.of, each.numerator} <= done]
        if not ready:
            names = ", ".join(each.code for each in waiting)
            raise FileError(f"series.csv: these are drawn from one another: {names}.")
        ordered += ready
        done |= {each.code for each in ready}
        waiting = [each for each in waiting if each.code not in done]
    return ordered


def _series(row: Row) -> Series:
    kind = known(row, "kind", sorted(KINDS))
    return Series(
        code=row.required("code"),
        agency=row.required("agency"),
        kind=kind,
        level=_number(row, "level"),
        trend=_number(row, "trend"),
        season=known(row, "season", sorted(SEASONS), default="none"),
        of=row.text("of") if kind == "count" else row.required("of"),
        share=_number(row, "share"),
        share_trend=_number(row, "share_trend"),
        numerator=row.text("numerator"),
        out=_number(row, "out"),
    )


def _number(row: Row, column: str) -> float:
    return float(row.number(column) or 0)
