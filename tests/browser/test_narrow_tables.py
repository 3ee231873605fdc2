"""Tables on a phone: nothing is out of sight at its right."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import FloatRect, Locator, Page
from pytest_django.live_server_helper import LiveServer

from metrics.actions import approve
from metrics.entries import Entry
from metrics.models import CannotSupply
from metrics.queries import quarters_to, whole_cells
from metrics.saving import save_entry
from partnerships.models import User
from tests.browser.conftest import DESK, PHONE
from tests.world import NOW, World

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
HIDDEN = """() => [...document.querySelectorAll(".table-scroll")]
  .filter((box) => box.scrollWidth > box.clientWidth)
  .map((box) => box.getAttribute("aria-labelledby"))"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(transactional_db: None, world: World) -> dict[str, str]:
    """The pages, by the key of a table on each."""
    today = timezone.localdate()
    spans = quarters_to(today, 9)
    for number, span in enumerate(spans):
        entry = Entry(value=Decimal(4120 + number))
        save_entry(place=world.place(span), entry=entry, by=world.unit, at=NOW, seen=0)
        approve(cell=whole_cells().get(period__first=span.first), seen=1, by=world.second, at=NOW)
    CannotSupply.objects.create(
        agency=world.police,
        indicator=world.timely,
        because="The records system is being changed.",
        first=today,
        until=today + timedelta(days=30),
        by=world.unit,
        at=NOW,
    )
    here = "/p/testshire/"
    return {
        "figures": f"{here}returns/{spans[0].key}/",
        "history": f"{here}returns/{spans[0].key}/referrals/",
        "cannot-supply": f"{here}returns/cannot-supply/",
        "figures-police": f"{here}returns/owed/",
        "series-quarter": f"{here}indicators/referrals/",
    }


def test_tables_of_a_return_fit_a_phone_and_stay_tables(
    page: Page,
    live_server: LiveServer,
    sign_in: SignIn,
    world: World,
    pages: dict[str, str],
    axe: Check,
) -> None:
    sign_in(page, world.unit)
    for key, path in pages.items():
        page.set_viewport_size(PHONE)
        page.goto(live_server.url + path)
        table = page.locator(f"#{key}")
        assert (key, page.evaluate(HIDDEN)) == (key, [])
        assert table.get_by_role("columnheader").count() > 1  # still there to be heard
        assert table.get_by_role("rowheader").count() >= 1
        axe(page)
        page.set_viewport_size(DESK)
        assert _box(table.get_by_role("columnheader").last)["height"] > 10


def _box(cell: Locator) -> FloatRect:
    found = cell.bounding_box()
    assert found is not None
    return found


def test_periods_of_a_series_stand_beneath_each_other_with_their_sentence_below(
    page: Page, live_server: LiveServer, sign_in: SignIn, world: World, pages: dict[str, str]
) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, world.unit)
    page.goto(live_server.url + pages["series-quarter"])
    first, second = (
        page.locator("#series-quarter tbody tr").nth(n).locator("th, td") for n in (0, 1)
    )
    (period, figure, change, words), (_, below, _, _) = (
        [_box(each) for each in row.all()] for row in (first, second)
    )
    assert period["y"] == figure["y"] == change["y"]
    assert figure["x"] + figure["width"] == below["x"] + below["width"]
    assert words["y"] >= figure["y"] + figure["height"]
    assert words["x"] == period["x"]
