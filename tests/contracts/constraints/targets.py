"""How each constraint of the targets is broken."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.contracts.constraints import again
from tests.target_factories import TargetFactory

DAY, LATER = date(2019, 4, 1), date(2020, 4, 1)


def _two_without_an_end() -> None:
    first = TargetFactory()
    TargetFactory(partnership=first.partnership, indicator=first.indicator, first=LATER)


CASES: list[tuple[str, Callable[[], Any]]] = [
    (
        "partnership_sets_a_target_once_a_day",
        lambda: again(TargetFactory, "partnership", "indicator", last=DAY),
    ),
    ("indicator_has_one_target_without_an_end", _two_without_an_end),
    ("target_ends_after_it_begins", lambda: TargetFactory(first=LATER, last=DAY)),
    ("target_direction_is_known", lambda: TargetFactory(direction="x")),
    ("target_is_for_a_known_kind_of_period", lambda: TargetFactory(period_kind="x")),
    (
        "tolerance_lies_on_the_worse_side_of_its_target",
        lambda: TargetFactory(tolerance=90),
    ),
    (
        "tolerance_lies_on_the_worse_side_of_its_target",
        lambda: TargetFactory(direction="at-most", failure=None),
    ),
    ("failure_is_not_better_than_target_or_tolerance", lambda: TargetFactory(failure=86)),
    (
        "failure_is_not_better_than_target_or_tolerance",
        lambda: TargetFactory(failure=91, tolerance=None),
    ),
    (
        "failure_is_not_better_than_target_or_tolerance",
        lambda: TargetFactory(direction="at-most", tolerance=95, failure=94),
    ),
    ("target_says_where_it_is_set", lambda: TargetFactory(source="")),
    ("target_versions_begin_at_1", lambda: TargetFactory(version=0)),
]
