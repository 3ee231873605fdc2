"""Figures by category of the synthetic partnership: some of its counts, divided.

`fixtures/demoshire/categories.csv` says how. A category is the count of another series where that
is counted by itself; the others share what is left of the whole, by `share` percent of it. So the
categories of a quarter always make their whole.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from metrics.entries import Entry
from partnerships.periods import Span
from safeguarding.demo.files import Row, rows
from safeguarding.demo.invented_series import SEED, some_of

Figures = Mapping[tuple[str, Span], Entry]
Place = tuple[str, str, str]  # codes of an indicator, a breakdown and a category


@dataclass(frozen=True, slots=True)
class Part:
    """How one category of a count is drawn: as another series, or `share` percent of the rest."""

    code: str
    breakdown: str
    category: str
    share: float
    series: str


def division(folder: Path) -> list[Part]:
    """How the counts are divided, if any are. Raises `FileError` with file and line."""
    file = folder / "categories.csv"
    return [_part(row) for row in rows(file)] if file.exists() else []


def divided(
    parts: Sequence[Part], figures: Figures, quarters: Sequence[Span]
) -> dict[tuple[Place, Span], Entry]:
    """The figure of each category on each quarter that its whole has one on."""
    found: dict[tuple[Place, Span], Entry] = {}
    for (code, breakdown), group in groupby(parts, key=lambda each: (each.code, each.breakdown)):
        of_one = list(group)
        for span in quarters:
            whole = figures.get((code, span))
            if whole is None or whole.value is None:
                continue
            for part, count in _counts(of_one, int(whole.value), figures, span):
                place = (code, breakdown, part.category)
                found[place, span] = Entry(value=Decimal(count))
    return found


def _counts(
    parts: Sequence[Part], whole: int, figures: Figures, span: Span
) -> Iterator[tuple[Part, int]]:
    left = whole
    for part in (each for each in parts if each.series):
        value = figures[part.series, span].value
        assert value is not None  # a series that divides another is of counts
        left -= int(value)
        yield part, int(value)
    drawn = [each for each in parts if not each.series]
    share_left = sum(each.share for each in drawn)
    for part in drawn:
        chance = random.Random(  # noqa: S311
            f"{SEED} {part.code} {part.breakdown}={part.category} {span.key}"
        )
        last = part is drawn[-1]
        count = left if last else some_of(chance, left, part.share / share_left)
        left, share_left = left - count, share_left - part.share
        yield part, count


def _part(row: Row) -> Part:
    series = row.text("series")
    return Part(
        code=row.required("code"),
        breakdown=row.required("breakdown"),
        category=row.required("category"),
        share=0.0 if series else float(row.required("share")),
        series=series,
    )
