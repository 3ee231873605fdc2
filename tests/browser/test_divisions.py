"""Figures by category in the browser: folded away, typed, wrong, on wide and narrow pages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.models import (
    Breakdown,
    Category,
    Cell,
    Commentary,
    Expectation,
    ExpectedBreakdown,
    ExpectedWords,
)
from metrics.queries import quarters_to
from partnerships.models import User
from tests.world import World

LONG_AGO = date(2020, 4, 1)
Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def divided(transactional_db: None, world: World) -> World:
    abuse = Breakdown.objects.create(code="abuse", name="Category of abuse", nature="partition")
    for code, name in (("neglect", "Neglect"), ("other", "Other abuse")):
        Category.objects.create(breakdown=abuse, code=code, name=name)
    asked = Expectation.objects.get(indicator=world.referrals)
    ExpectedBreakdown.objects.create(expectation=asked, breakdown=abuse)
    return world


@pytest.fixture
def here(live_server: LiveServer) -> str:
    newest = quarters_to(timezone.localdate(), 1)[0]
    return f"{live_server.url}/p/testshire/returns/{newest.key}/figures/enter/"


def stored() -> dict[str, Decimal]:
    return {
        cell.slice.key: cell.latest.value
        for cell in Cell.objects.select_related("slice", "latest")
        if cell.latest is not None and cell.latest.value is not None
    }


@pytest.mark.parametrize("scripts", [True, False])
def test_categories_are_entered_beneath_their_total(
    browser: Browser, sign_in: SignIn, divided: World, here: str, scripts: bool
) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    sign_in(page, divided.unit)
    page.goto(here)
    page.get_by_label("Referrals", exact=True).fill("120")
    neglect = page.get_by_label("Referrals: Neglect", exact=True)
    expect(neglect).not_to_be_visible()
    page.get_by_text("By category of abuse: 0 of 2 entered").click()
    neglect.fill("80")
    page.get_by_label("Referrals: Other abuse", exact=True).fill("30")
    page.get_by_role("button", name="Save figures").first.click()

    expect(page.locator(".govuk-error-summary")).to_contain_text("the categories make 10 fewer")
    expect(page.get_by_label("Referrals: Other abuse", exact=True)).to_have_value("30")
    assert stored() == {}

    page.get_by_label("Referrals: Other abuse", exact=True).fill("40")
    page.get_by_role("button", name="Save figures").first.click()
    expect(page.get_by_role("main")).to_contain_text("By category of abuse: 2 of 2 entered")
    assert stored() == {"all": 120, "abuse=neglect": 80, "abuse=other": 40}
    page.context.close()


def test_keys_pass_over_what_is_folded_away(
    page: Page, sign_in: SignIn, divided: World, here: str
) -> None:
    sign_in(page, divided.unit)
    page.goto(here)
    referrals = page.get_by_label("Referrals", exact=True)
    referrals.focus()
    page.keyboard.press("ArrowDown")
    expect(referrals).to_be_focused()
    page.get_by_text("By category of abuse: 0 of 2 entered").click()
    referrals.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Referrals: Neglect", exact=True)).to_be_focused()


@pytest.mark.parametrize("width", [1280, 320])
def test_opened_categories_are_accessible_and_fit(
    page: Page, sign_in: SignIn, divided: World, here: str, axe: Check, still: Check, width: int
) -> None:
    sign_in(page, divided.unit)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(here)
    page.get_by_text("By category of abuse: 0 of 2 entered").click()
    axe(page)
    still(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_words_are_written_beneath_the_figures_of_their_theme(
    browser: Browser, sign_in: SignIn, divided: World, here: str, scripts: bool
) -> None:
    ExpectedWords.objects.create(agency=divided.police, theme="front-door", first=LONG_AGO)
    page = browser.new_context(java_script_enabled=scripts).new_page()
    sign_in(page, divided.contributor)
    page.goto(here)
    box = page.get_by_label("What the figures show, and what is done about it")
    box.fill("More night calls.")
    page.get_by_role("button", name="Save figures").first.click()
    expect(page.get_by_role("main")).to_contain_text("1 text saved.")
    expect(box).to_have_value("More night calls.")
    assert [each.words for each in Commentary.objects.all()] == ["More night calls."]
    page.context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_words_are_for_everybody(
    page: Page, sign_in: SignIn, divided: World, here: str, axe: Check, still: Check, width: int
) -> None:
    ExpectedWords.objects.create(agency=divided.police, theme="front-door", first=LONG_AGO)
    sign_in(page, divided.unit)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(here)
    for words in ("More night calls.", "Fewer."):
        page.get_by_label("What the figures show, and what is done about it").fill(words)
        page.get_by_role("button", name="Save figures").first.click()
        expect(page.get_by_role("main")).to_contain_text("1 text saved.")
    page.get_by_text("Earlier versions").click()
    axe(page)
    still(page)
    sign_in(page, divided.approver)
    page.goto(here.replace("/enter/", "/decide/"))
    expect(page.get_by_role("main")).to_contain_text("Fewer.")
    axe(page)
    still(page)
