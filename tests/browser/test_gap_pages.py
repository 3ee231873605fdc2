"""What is missing in an agency's part, in the browser, with figures that do not add up."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.models import Return
from metrics.queries import quarters_to
from partnerships.calendar import store_period
from partnerships.models import User
from tests.metrics.returns.test_divisions import NEGLECT, OTHER, divided, enter
from tests.return_factories import ExpectedWordsFactory
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["divided"]  # a fixture


@pytest.fixture
def world(transactional_db: None, world: World) -> World:
    return world


@pytest.fixture
def whole(divided: World) -> Return:
    due = timezone.localdate() + timedelta(days=4)
    return Return.objects.create(
        dataset=divided.dataset,
        period=store_period(quarters_to(timezone.localdate(), 1)[0]),
        due=due,
        closed_to_new=due,
        closed_to_edits=due,
    )


def test_missing_things_lead_to_the_boxes_in_which_they_are_put_right(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    sound: Callable[[Page], None],
    divided: World,
    whole: Return,
) -> None:
    ExpectedWordsFactory(agency=divided.police, theme="front-door")
    for key, value in (("referrals", 120), (NEGLECT, 80), (OTHER, 30)):
        enter(divided, whole.period.span, key, value)
    sign_in(page, divided.contributor)
    quarter = f"{live_server.url}/p/testshire/returns/{whole.period.key}/"
    page.goto(f"{quarter}figures/agencies/")
    page.get_by_role("link", name="See what is missing for Police").click()
    sound(page)
    expect(page.get_by_role("link", name="Front door")).to_be_visible()
    page.get_by_role("link", name="Referrals: Other abuse").click()
    expect(page.locator("main")).to_contain_text("the categories make 10 fewer")
    sound(page)
    page.get_by_role("link", name="Enter them together").click()
    # The box stands in a part of the form that is folded away: the browser opens it.
    expect(page.get_by_label("Referrals: Neglect", exact=True)).to_be_in_viewport()
