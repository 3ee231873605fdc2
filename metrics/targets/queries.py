"""Reads of targets, and the approved figures held to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from metrics.addresses import WHOLE
from metrics.arithmetic.target import Bounds, Direction, Verdict, Zone, verdict_of
from metrics.models import Cell, Indicator, Target
from metrics.readings import measure_of, reading_of
from partnerships.models import Partnership
from partnerships.periods import Kind


@dataclass(frozen=True, slots=True)
class Judged:
    """One approved figure and what it makes of its target."""

    cell: Cell
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Held:
    """A target and the figures of the periods that ended while it held, newest first."""

    target: Target
    figures: tuple[Judged, ...]

    @property
    def newest(self) -> Judged | None:
        return next(iter(self.figures), None)

    @property
    def alike(self) -> list[Judged]:
        """The figures whose period is of the newest one's kind."""
        kinds = [each.cell.period.kind for each in self.figures]
        return [each for each in self.figures if each.cell.period.kind == kinds[0]]

    @property
    def failed(self) -> int:
        """How many of `alike` lie in the failure zone."""
        return sum(each.verdict.zone is Zone.FAILED for each in self.alike)


def targets_of(partnership: Partnership, indicator: Indicator | None = None) -> QuerySet[Target]:
    """A partnership's targets, or those for one indicator; the newest first for each."""
    found = partnership.targets.select_related("indicator", "by", "partnership")
    if indicator is not None:
        found = found.filter(indicator=indicator)
    return found.order_by("indicator__name", "-first")


def held(partnership: Partnership, targets: Iterable[Target]) -> list[Held]:
    """Each target with its figures; one query for all of them."""
    wanted = list(targets)
    figures: dict[int, list[Cell]] = defaultdict(list)
    cells = Cell.objects.filter(
        dataset__owner=partnership,
        area__partnership=partnership,
        indicator__in={target.indicator_id for target in wanted},
        slice__key=WHOLE,
        mention=1,
        approved__isnull=False,
    ).select_related("dataset", "indicator", "area", "period", "slice", "approved")
    for cell in cells.order_by("-period__last", "-period__first", "dataset__code"):
        figures[cell.indicator_id].append(cell)
    return [
        Held(
            target,
            tuple(
                Judged(cell, _verdict(cell, target))
                for cell in figures[target.indicator_id]
                if holds_for(target, cell)
            ),
        )
        for target in wanted
    ]


def holds_for(target: Target, cell: Cell) -> bool:
    """A figure is held to the target that holds on the last day of its period."""
    if target.period_kind and target.period_kind != cell.period.kind:
        return False
    last = cell.period.last
    return target.first <= last and (target.last is None or last <= target.last)


def is_over(target: Target, today: date) -> bool:
    return target.last is not None and target.last < today


def bounds_of(target: Target) -> Bounds:
    direction: Direction = "at-least" if target.direction == "at-least" else "at-most"
    return Bounds(direction, target.value, target.tolerance, target.failure)


def indicators_with_targets_to_set(partnership: Partnership) -> QuerySet[Indicator]:
    """What the partnership collects or has printed figures of."""
    here = Q(expectations__agency__partnership=partnership) | Q(
        cells__dataset__owner=partnership, cells__area__partnership=partnership
    )
    return Indicator.objects.filter(here).distinct().order_by("name")


def kind_words(target: Target) -> str:
    """For which figures a target is."""
    if not target.period_kind:
        return "Every figure"
    return f"{Kind(target.period_kind).words}s".replace("Spans", "Other periods")


def _verdict(cell: Cell, target: Target) -> Verdict:
    assert cell.approved is not None
    return verdict_of(reading_of(cell.approved), measure_of(cell.indicator), bounds_of(target))
