"""Targets in the browser: set, seen with the figures, ended; for everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.models import Target
from partnerships.models import User
from tests.metrics.targets.test_pages import approved, timely_target
from tests.world import World

Check = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)


def test_pages_of_targets_are_for_everybody(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    world: World,
    sound: Check,
) -> None:
    for period, value in (("2025-26-q1", "88"), ("2025-26-q2", "90"), ("2025-26-q3", "70")):
        approved(world, period, value)
    target = timely_target(world)
    sign_in(page, world.unit)
    here = "/p/testshire/targets/"
    visits = (here, f"{here}add/", f"{here}{target.pk}/", "/p/testshire/indicators/timely/")
    for path in visits:
        page.goto(live_server.url + path)
        expect(page.locator("h1")).to_have_count(1)
        sound(page)
    expect(page.get_by_text("Cannot be told", exact=True)).to_be_visible()
    page.goto(f"{live_server.url}{here}{target.pk}/end/")
    page.get_by_role("button", name="End target").click()
    expect(page.get_by_text("Enter the last day.").first).to_be_visible()
    sound(page)
    for label, typed in (("Day", "31"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_role("button", name="End target").click()
    expect(page.get_by_role("table", name="Targets that have ended")).to_be_visible()
    assert str(Target.objects.get().last) == "2026-03-31"
