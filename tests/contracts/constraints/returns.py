"""How each constraint of the returns is broken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.contracts.constraints import again
from tests.return_factories import (
    DUE,
    CannotSupplyFactory,
    ExpectedBreakdownFactory,
    ReturnFactory,
    ReturnNoticeFactory,
    ReturnStepFactory,
)

EARLIER = DUE - timedelta(days=1)

CASES: list[tuple[str, Callable[[], Any]]] = [
    ("quarter_has_one_return_in_a_dataset", lambda: again(ReturnFactory, "dataset", "period")),
    ("return_closes_after_it_is_due", lambda: ReturnFactory(closed_to_new=EARLIER)),
    ("return_closes_after_it_is_due", lambda: ReturnFactory(closed_to_edits=DUE)),
    ("step_of_a_return_is_known", lambda: ReturnStepFactory(kind="x")),
    ("giving_a_return_back_says_why", lambda: ReturnStepFactory(kind="returned")),
    (
        "agency_is_written_to_once_a_day",
        lambda: again(ReturnNoticeFactory, "part_of", "agency"),
    ),
    ("notice_of_a_return_is_known", lambda: ReturnNoticeFactory(kind="x")),
    (
        "agency_says_once_a_day_what_it_cannot_supply",
        lambda: again(CannotSupplyFactory, "agency", "indicator"),
    ),
    ("what_cannot_be_supplied_has_an_end", lambda: CannotSupplyFactory(until=EARLIER)),
    (
        "breakdown_is_asked_for_once",
        lambda: again(ExpectedBreakdownFactory, "expectation", "breakdown"),
    ),
    ("what_cannot_be_supplied_says_why", lambda: CannotSupplyFactory(because="")),
]
