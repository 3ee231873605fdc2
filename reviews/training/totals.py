"""What training makes together, and whether the totals that a source prints agree with it.

Numbers are added up only where that means something: exact numbers, of the partnership's own
area, of periods that do not overlap, without contradiction.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.stated import Stated, address_of
from reviews.figures import public_with, source_of
from reviews.training.counted import COUNTED
from reviews.training.queries import TrainingFigure, TrainingTold, training_of

ALL = "all"
Part = tuple[TrainingTold, TrainingFigure]


@dataclass(frozen=True, slots=True)
class Total:
    """One thing counted, over several activities of a period.

    `made` is what they make together; None where they may not be added up, and `why_not` says
    why. `printed` is the total that a source prints under the name `of`; None where none does.
    """

    measure: str
    what: str
    of: str
    made: Stated | None
    why_not: str
    printed: Stated | None

    @property
    def missing(self) -> Decimal | None:
        """How many the printed total has and the activities lack; None where either is not."""
        made, printed = (figure.value if figure else None for figure in (self.made, self.printed))
        return None if made is None or printed is None else printed - made


def totals_of(partnership: Partnership, period: Span, told: Sequence[TrainingTold]) -> list[Total]:
    """The totals of a period; `told` is that of `training_of` the period.

    A printed total is held against the activities of its provider and of the kind that it is
    of. What no source prints a total of is added up over all activities, from two of them.
    """
    return [
        total
        for measure, counted in COUNTED.items()
        if counted.adds
        for total in _totals(partnership, period, measure, told)
    ]


def total_at(
    partnership: Partnership, period: Span, measure: str, printed: str = ""
) -> Stated | None:
    """What activities of a period make together; those that the total of a code is of, with one."""
    address = _address(partnership, period, measure, printed)
    totals = totals_of(partnership, period, training_of(partnership, period))
    made = [each.made for each in totals if each.made]
    return next((each for each in made if each.address == address), None)


def _totals(
    partnership: Partnership, period: Span, measure: str, told: Sequence[TrainingTold]
) -> Iterator[Total]:
    rows = list(_rows(told, measure, period))
    singles = [(each, row) for each, row in rows if not each.total_of]
    printed = [(each, row) for each, row in rows if each.total_of]
    for total, row in printed:
        parts = [
            (each, part)
            for each, part in singles
            if each.provider == total.provider and total.total_of in {ALL, each.kind}
        ]
        address = _address(partnership, period, measure, total.code)
        yield _total(
            measure, period, parts, of=total.name, printed=row.told.figure, address=address
        )
    if not printed and len(singles) > 1:
        address = _address(partnership, period, measure)
        yield _total(measure, period, singles, of="All training", printed=None, address=address)


def _rows(told: Sequence[TrainingTold], measure: str, period: Span) -> Iterable[Part]:
    """What is counted within the period, each thing once; what begins before it is left out."""
    return (
        (each, row)
        for each in told
        for row in each.figures
        if row.measure == measure and row.mention == 1 and row.told.period.first >= period.first
    )


def _total(
    measure: str,
    period: Span,
    parts: Sequence[Part],
    *,
    of: str,
    printed: Stated | None,
    address: str,
) -> Total:
    why_not = _why_not_added(parts)
    made = None if why_not else _made(measure, period, parts, of=of, address=address)
    return Total(measure, COUNTED[measure].label, of, made, why_not, printed)


def _why_not_added(parts: Sequence[Part]) -> str:
    if not parts:
        return "No activity is kept of which this is counted."
    if any(row.value is None for _, row in parts):
        return "One activity has no number."
    if not all(row.is_exact for _, row in parts):
        return "One number is not exact."
    if areas := {each.area for each, _ in parts if each.area}:
        return f"One counts those of {', '.join(sorted(areas))}."
    if any(
        one.code == other.code and row.told.period.overlaps(again.told.period)
        for (one, row), (other, again) in combinations(parts, 2)
    ):
        return "One activity tells it of periods that share days."
    if any(each.doubts for each, _ in parts):
        return "Numbers of one activity contradict each other."
    return ""


def _made(measure: str, period: Span, parts: Sequence[Part], *, of: str, address: str) -> Stated:
    """The sum, as public as the least public of its parts."""
    figures = [row.told.figure for _, row in parts if row.told.figure]
    counted = COUNTED[measure]
    return Stated(
        address=address,
        about=f"{of}, added up: {counted.label.lower()}, {period.label}",
        value=sum((row.value or Decimal(0) for _, row in parts), Decimal(0)),
        unit=counted.unit,
        note="Added up from the figures of each activity.",
        source=source_of(figures),
        decimals=max(figure.decimals for figure in figures),
        of_children=any(figure.of_children for figure in figures),
        public_since=public_with(figures),
    )


def _address(partnership: Partnership, period: Span, measure: str, printed: str = "") -> str:
    parts = (ALL, period.key, measure, *([printed] if printed else []))
    return address_of("training", partnership, *parts)
