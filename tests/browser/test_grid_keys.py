"""The form of a whole return by keyboard alone, with JavaScript and without."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from metrics.models import Expectation, Indicator, Revision
from metrics.queries import quarters_to
from partnerships.models import User
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_grid_saving import HOLD
from tests.world import World

SignIn = Callable[[Page, User], None]
COVERED = """() => {
  const [here, bar] = [document.activeElement, document.querySelector(".entry__foot")];
  if (bar.contains(here)) return "button";
  const { top, bottom } = here.getBoundingClientRect();
  return top < 0 || bottom > bar.getBoundingClientRect().top ? here.outerHTML : "";
}"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(transactional_db: None, world: World) -> World:
    """A figure of a second theme is asked for, too."""
    indicator = Indicator.objects.create(
        code="visits",
        name="Visits",
        definition="Visits made, as counted for the tests.",
        unit=world.referrals.unit,
        polarity="neutral",
        kind_of_count=world.referrals.kind_of_count,
        roll_up=world.referrals.roll_up,
        theme="visiting",
    )
    owes = Expectation.objects.get(agency=world.council)
    Expectation.objects.create(agency=world.council, indicator=indicator, first=owes.first)
    return world


@pytest.fixture
def here(live_server: LiveServer) -> str:
    newest = quarters_to(timezone.localdate(), 1)[0]
    return f"{live_server.url}/p/testshire/returns/{newest.key}/figures/enter/"


@pytest.fixture
def opened(page: Page, sign_in: SignIn, asked: World, here: str) -> Page:
    """The form on a phone; nothing is saved by itself."""
    page.add_init_script(HOLD)
    page.set_viewport_size(PHONE)
    sign_in(page, asked.unit)
    page.goto(here)
    return page


@pytest.fixture
def plain(browser: Browser, sign_in: SignIn, asked: World, here: str) -> Iterator[Page]:
    """The form without JavaScript."""
    with browser.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        sign_in(page, asked.unit)
        page.goto(here)
        yield page


def values() -> list[tuple[str, Decimal | None]]:
    found = Revision.objects.order_by("cell__indicator__code", "number")
    return [(each.cell.indicator.code, each.value) for each in found]


def test_control_and_s_saves_at_once_and_leaves_the_box(opened: Page) -> None:
    referrals = opened.get_by_label("Referrals", exact=True)
    referrals.fill("1,234")
    opened.keyboard.press("Control+s")
    expect(opened.get_by_role("status")).to_have_text("1 figure saved.")
    expect(opened.locator("[data-entry-entered]")).to_have_text("1 of 3 entered")
    expect(referrals).to_be_focused()
    assert values() == [("referrals", Decimal(1234))]
    opened.keyboard.press("Control+s")
    expect(opened.get_by_role("status")).to_have_text("Nothing is left to save.")
    assert len(values()) == 1


def test_control_and_s_sends_what_is_half_typed_and_says_what_it_lacks(
    opened: Page, faults: list[str]
) -> None:
    opened.get_by_label("Number, Conferences held in time").fill("45")
    opened.keyboard.press("Control+s")
    expect(opened.get_by_role("status")).to_have_text("1 is not saved: see why beside it.")
    wrong = opened.locator("[data-entry-row=timely] .govuk-error-message")
    expect(wrong).to_have_count(1)
    assert values() == []
    faults.clear()  # the answer that refuses is one of 422


def test_enter_in_the_last_box_moves_to_the_button(opened: Page) -> None:
    last = opened.locator("[data-entry-number]").last
    last.fill("12")
    opened.keyboard.press("Enter")
    button = opened.get_by_role("button", name="Save figures")
    expect(button).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("main")).to_contain_text("1 figure saved.")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_with_the_focus_is_covered_by_the_bar(
    opened: Page, size: ViewportSize, faults: list[str]
) -> None:
    opened.set_viewport_size(size)
    opened.locator("[data-entry-number]").first.fill("many")
    opened.keyboard.press("Control+s")  # the bar is at its highest while it says something
    expect(opened.get_by_role("status")).not_to_be_empty()
    opened.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    opened.locator("h1").click()
    stops = 0
    while (found := _next(opened)) != "button":
        stops += 1
        assert found == ""
        assert stops < 60
    assert stops > 10
    faults.clear()  # the answer that refuses is one of 422


def _next(page: Page) -> str:
    page.keyboard.press("Tab")
    return str(page.evaluate(COVERED))


def test_theme_leads_to_the_next_one_and_to_the_button(plain: Page) -> None:
    plain.get_by_role("link", name="Next theme after").first.focus()
    plain.keyboard.press("Enter")
    plain.keyboard.press("Tab")
    expect(plain.locator("#theme-2 a").first).to_be_focused()
    plain.get_by_role("link", name="To the save button").first.focus()
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("button", name="Save figures")).to_be_focused()


def test_enter_saves_without_script_and_the_page_opens_at_what_it_says(
    plain: Page, here: str
) -> None:
    expect(plain.get_by_role("main")).to_contain_text("Press Enter in any box to save")
    plain.get_by_role("link", name="To the save button").first.click()
    plain.get_by_label("Referrals", exact=True).fill("120")
    plain.keyboard.press("Enter")
    said = plain.get_by_text("1 figure saved.")
    expect(said).to_be_in_viewport()
    assert plain.url == here  # not at the place that a link led to
    assert values() == [("referrals", Decimal(120))]
