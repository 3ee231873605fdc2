"""Several people who ask an agency for the same at the same moment: one of them does."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from metrics.models import Expectation
from metrics.owing.actions import ask_for
from partnerships.models import AuditEvent
from partnerships.periods import quarter
from partnerships.refusals import Refused
from tests.metrics.test_concurrency import at_once
from tests.world import NOW, World

WRITERS = 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, world: World) -> World:
    return world


def test_database_takes_one_of_several_that_hold_on_a_day(world: World) -> None:
    """Each begins on a day of its own, so that no unique constraint is in the way."""
    refused: list[int] = []

    def asks(number: int) -> Callable[[], None]:
        def write() -> None:
            try:
                Expectation.objects.create(
                    agency=world.police,
                    indicator=world.timely,
                    first=date(2026, 4, 1) + timedelta(days=number),
                )
            except IntegrityError:
                refused.append(number)

        return write

    at_once(*(asks(number) for number in range(WRITERS)))
    assert len(refused) == WRITERS - 1
    assert Expectation.objects.filter(agency=world.police, indicator=world.timely).count() == 1


def test_two_people_who_ask_for_the_same_are_one(world: World) -> None:
    refused: list[str] = []

    def asks(number: int) -> Callable[[], None]:
        def write() -> None:
            try:
                ask_for(
                    agency=world.police,
                    indicators=[world.timely],
                    breakdowns=[],
                    first=quarter(2026, number),
                    by=world.unit,
                    at=NOW,
                )
            except Refused as error:
                refused.append(str(error))

        return write

    at_once(asks(1), asks(2))
    (said,) = refused
    assert "Police is asked for this already: Conferences held in time" in said
    assert AuditEvent.objects.filter(verb="figure asked for").count() == 1
