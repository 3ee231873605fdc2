"""The portal opens the return of a quarter by itself, once the quarter has ended."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from metrics.models import Dataset, Expectation, Return
from metrics.returns.opening import open_returns
from metrics.returns.opening_jobs import OPEN
from partnerships.calendar import store_period
from partnerships.jobs import run_now
from partnerships.jobs.daily import ask_for_what_is_due
from partnerships.models import AuditEvent, Job
from partnerships.people.actions import system_actor
from partnerships.periods import Span, quarter
from tests.factories import PartnershipFactory
from tests.world import World

Q4, Q1, Q2 = quarter(2025, 4), quarter(2026, 1), quarter(2026, 2)
LAST_MINUTE = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)  # 23:59 in London
FIRST_MINUTE = datetime(2026, 6, 30, 23, 1, tzinfo=UTC)  # 0:01 on 1 July in London


def returned(world: World, span: Span, *dates: date) -> Return:
    named: Any = dict(zip(("due", "closed_to_new", "closed_to_edits"), dates, strict=True))
    made: Return = Return.objects.create(dataset=world.dataset, period=store_period(span), **named)
    return made


@pytest.fixture
def before(world: World) -> Return:
    return returned(world, Q4, date(2026, 4, 30), date(2026, 5, 14), date(2026, 5, 31))


def dates_of(span: Span) -> list[tuple[date, date, date]]:
    found = Return.objects.filter(period__first=span.first)
    return list(found.values_list("due", "closed_to_new", "closed_to_edits"))


def opened(at: datetime) -> int:
    return open_returns(by=system_actor(), at=at)


def test_return_is_opened_once_its_quarter_has_ended_in_london(
    world: World, before: Return
) -> None:
    assert opened(LAST_MINUTE) == 0
    assert dates_of(Q1) == []
    assert opened(FIRST_MINUTE) == 1
    assert dates_of(Q1) == [(date(2026, 7, 30), date(2026, 8, 13), date(2026, 8, 30))]
    assert opened(FIRST_MINUTE) == 0
    told = AuditEvent.objects.get(verb="return opened")
    assert told.partnership == world.partnership
    assert told.detail["due"] == "2026-07-30"


def test_dates_that_somebody_gave_it_stay(world: World, before: Return) -> None:
    given = date(2026, 7, 15), date(2026, 7, 16), date(2026, 7, 17)
    returned(world, Q1, *given)
    assert opened(FIRST_MINUTE) == 0
    assert dates_of(Q1) == [given]


def test_nothing_is_opened_where_the_quarter_before_had_no_return(
    world: World, before: Return
) -> None:
    assert opened(datetime(2026, 10, 1, 9, tzinfo=UTC)) == 0
    assert dates_of(Q2) == []


def test_nothing_is_opened_where_nothing_is_asked_for(world: World, before: Return) -> None:
    Expectation.objects.update(last=date(2026, 3, 31))
    assert opened(FIRST_MINUTE) == 0


def test_dates_of_another_partnership_open_nothing_here(world: World) -> None:
    other = Dataset.objects.create(
        code="other-returns", kind="returns", owner=PartnershipFactory(), title="Others"
    )
    day = date(2026, 4, 30)
    Return.objects.create(
        dataset=other, period=store_period(Q4), due=day, closed_to_new=day, closed_to_edits=day
    )
    assert opened(FIRST_MINUTE) == 0


def test_day_s_work_opens_it_before_anybody_is_reminded(world: World, before: Return) -> None:
    asked = ask_for_what_is_due(now=FIRST_MINUTE)
    assert [job.kind for job in asked] == [OPEN]
    assert run_now(Job.objects.get(kind=OPEN)).result is not None
