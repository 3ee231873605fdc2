"""Official statistics in the browser: beside an indicator, on a figure, and where they differ."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from partnerships.models import User
from tests.metrics.official.files import fill
from tests.metrics.official.test_comparators import printed
from tests.world import World

Check = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)


def test_pages_with_official_statistics_are_for_everybody(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    world: World,
    tmp_path: Path,
    sound: Check,
) -> None:
    fill(world, tmp_path)
    printed(world, ("children-in-care", "testshire", "2020-03-31", "802", 0))
    sign_in(page, world.unit)
    for path in (
        "/p/testshire/disagreements/",
        "/figures/report:children-in-care:testshire:2020-03-31:all/",
        "/figures/median:testshire:cpp-repeat:2019-20@2025/",
        "/p/testshire/indicators/cpp-repeat/",
        "/compare/cpp-repeat/",
    ):
        page.goto(live_server.url + path)
        expect(page.locator("h1")).to_have_count(1)
        sound(page)
    expect(page.locator("figure.chart svg:visible")).to_have_count(1)
    page.goto(f"{live_server.url}/p/testshire/indicators/cpp-repeat/")
    page.get_by_text("The statistical neighbours and their figures").click()
    expect(page.get_by_role("rowheader", name="1. Council 1")).to_be_visible()
    sound(page)
