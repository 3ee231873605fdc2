"""Reads of the register: what is measured, and by which partnerships' published reports."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from metrics.models import Cell, Dataset, Indicator, RelatedIndicator
from partnerships.models import Partnership


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator, and the partnerships whose published reports print their own figure of it."""

    indicator: Indicator
    partnerships: tuple[Partnership, ...]


def register() -> list[Measured]:
    """Every indicator in the order of the register; three queries."""
    printing = printing_partnerships()
    known = Partnership.objects.in_bulk(list({pk for held in printing.values() for pk in held}))
    return [
        Measured(
            indicator,
            tuple(sorted((known[pk] for pk in printing.get(indicator.pk, ())), key=str)),
        )
        for indicator in Indicator.objects.all()
    ]


def printing_partnerships() -> dict[int, set[int]]:
    """For each indicator's id the ids of the real partnerships whose reports print it.

    Only what was published counts, so that the list may be read by everybody: a figure of the
    partnership's own area, approved, in the dataset of a printed report.
    """
    held: dict[int, set[int]] = {}
    for indicator, partnership in _printed().values_list("indicator", "dataset__owner").distinct():
        held.setdefault(indicator, set()).add(partnership)
    return held


def partnerships_printing(indicator: Indicator) -> list[Partnership]:
    """The real partnerships whose published reports print their own figure of an indicator."""
    owners = _printed().filter(indicator=indicator).values("dataset__owner")
    return list(Partnership.objects.filter(pk__in=owners).order_by("name"))


def shared_by(rows: Sequence[Measured]) -> list[tuple[int, int]]:
    """How many indicators are printed by how many partnerships, most partnerships first."""
    counts = Counter(len(row.partnerships) for row in rows)
    return sorted(((n, count) for n, count in counts.items() if n), reverse=True)


def related_to(indicator: Indicator) -> list[tuple[Indicator, str]]:
    """Indicators that look alike and are not comparable, in both directions, each with why."""
    pairs = RelatedIndicator.objects.select_related("indicator", "other")
    found = [(row.other, row.why) for row in pairs.filter(indicator=indicator)]
    found += [(row.indicator, row.why) for row in pairs.filter(other=indicator)]
    return sorted(found, key=lambda pair: pair[0].name)


def _printed() -> QuerySet[Cell]:
    return Cell.objects.order_by().filter(
        approved__isnull=False,
        dataset__kind=Dataset.Kind.PRINTED,
        dataset__owner__synthetic=False,
        area__partnership__isnull=False,
    )
