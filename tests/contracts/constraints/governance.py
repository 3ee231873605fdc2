"""How each constraint of bodies and priorities is broken."""

from datetime import date

from tests.contracts.constraints.reviews import Case, broken, twice
from tests.kept_factories import (
    BodyFactory,
    PriorityFactory,
    PriorityPointFactory,
    PriorityYearFactory,
    ReportsToFactory,
)

DAY = date(2026, 7, 1)
EARLIER = date(2026, 6, 1)


def following_itself() -> None:
    body = BodyFactory()
    body.follows = body
    body.save()


def reporting_to_itself() -> None:
    body = BodyFactory()
    ReportsToFactory(body=body, to=body)


BODY: list[Case] = [
    twice("body_code_is_used_once_at_a_partnership", BodyFactory, "partnership", "code"),
    broken("body_has_a_code_of_its_own", BodyFactory, code=""),
    broken("body_has_a_code_of_its_own", BodyFactory, code="add"),
    broken("body_has_a_name", BodyFactory, name=""),
    broken("body_kind_is_known", BodyFactory, kind="other"),
    broken("body_chairing_is_known", BodyFactory, chaired="three"),
    broken("body_begin_is_a_date_or_unknown", BodyFactory, first=DAY),
    broken("body_begin_is_a_date_or_unknown", BodyFactory, first_precision="day"),
    broken("body_end_is_a_date_or_unknown", BodyFactory, last=DAY),
    broken("body_end_is_a_date_or_unknown", BodyFactory, last_precision="month"),
    broken(
        "body_ends_after_it_begins",
        BodyFactory,
        first=DAY,
        first_precision="day",
        last=EARLIER,
        last_precision="day",
    ),
    ("body_does_not_follow_itself", following_itself),
    twice("body_reports_to_another_once", ReportsToFactory, "body", "to"),
    ("body_does_not_report_to_itself", reporting_to_itself),
]
PRIORITY: list[Case] = [
    twice("priority_code_is_used_once_at_a_partnership", PriorityFactory, "partnership", "code"),
    broken("priority_has_a_code_of_its_own", PriorityFactory, code=""),
    broken("priority_has_a_code_of_its_own", PriorityFactory, code="add"),
    broken("priority_has_a_name", PriorityFactory, name=""),
    twice("priority_has_one_account_a_year", PriorityYearFactory, "priority", "period"),
    broken("priority_assurance_is_known", PriorityYearFactory, assurance="other"),
    broken("assurance_that_is_lacking_says_why", PriorityYearFactory, assurance="partly"),
    broken("assurance_that_is_lacking_says_why", PriorityYearFactory, assurance="not-yet"),
    broken("priority_state_is_known", PriorityYearFactory, state="other", state_why="Why."),
    *(
        broken("priority_that_is_decided_on_says_why", PriorityYearFactory, state=state)
        for state in ("retained", "monitored", "closed")
    ),
    twice("priority_point_has_one_place", PriorityPointFactory, "year"),
    broken("priority_point_part_is_known", PriorityPointFactory, part="other"),
    broken("priority_point_says_something", PriorityPointFactory, text=""),
    broken("priority_points_count_from_one", PriorityPointFactory, order=0),
]

CASES = [*BODY, *PRIORITY]
