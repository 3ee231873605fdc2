"""The pages of who owes what, with and without script, on wide and narrow pages."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.models import Breakdown, Category, Expectation, ExpectedWords, Return
from metrics.queries import quarters_to
from partnerships.calendar import store_period
from partnerships.models import User
from tests.world import World

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(transactional_db: None, world: World) -> World:
    """A breakdown to ask by, words, and something that is no longer asked for."""
    abuse = Breakdown.objects.create(code="abuse", name="Category of abuse", nature="partition")
    Category.objects.create(breakdown=abuse, code="neglect", name="Neglect")
    Expectation.objects.create(
        agency=world.police, indicator=world.timely, first=date(2020, 4, 1), last=date(2021, 3, 31)
    )
    ExpectedWords.objects.create(
        agency=world.police,
        theme="front-door",
        question="What have you done about calls at night?",
        first=date(2020, 4, 1),
    )
    today = timezone.localdate()
    Return.objects.create(
        dataset=world.dataset,
        period=store_period(quarters_to(today, 1)[0]),
        due=today - timedelta(days=3),
        closed_to_new=today + timedelta(days=12),
        closed_to_edits=today + timedelta(days=40),
    )
    return world


@pytest.mark.parametrize("scripts", [True, False])
def test_figure_is_asked_for_ended_and_taken_back(
    browser: Browser, live_server: LiveServer, sign_in: SignIn, asked: World, scripts: bool
) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        sign_in(page, asked.unit)
        page.goto(f"{live_server.url}/p/testshire/returns/")
        expect(page.get_by_role("main")).to_contain_text(", 3 days late")
        page.get_by_role("link", name="Who owes what").click()
        page.get_by_role("link", name="Ask for figures of Council").click()
        page.locator("summary", has_text="front-door").click()
        page.get_by_label("Referrals (asked of Police)").check()
        page.get_by_role("button", name="Ask for these figures").click()
        expect(page.get_by_role("main")).to_contain_text("Council: asked for 1 figure from")

        page.get_by_role("link", name="End or take back Referrals").first.click()
        page.get_by_label("Last return that asks for it").select_option(index=1)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("main")).to_contain_text("the last return that asks for it is")

        page.get_by_role("link", name="End or take back Referrals").first.click()
        page.get_by_role("link", name="It was asked for in error: take it back").click()
        page.get_by_label("Why it is removed").fill("It was meant for health.")
        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_role("main")).to_contain_text("Referrals of Council: removed.")
    assert Expectation.objects.filter(agency=asked.council).count() == 1


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_who_owes_what_are_accessible(
    page: Page,
    live_server: LiveServer,
    sign_in: SignIn,
    axe: Check,
    still: Check,
    asked: World,
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, asked.unit)
    figure = Expectation.objects.get(agency=asked.council)
    paths = {
        "returns": "returns/",
        "owed": "returns/owed/",
        "ask": "returns/owed/police/ask/",
        "ask-words": "returns/owed/police/ask-words/",
        "end": f"returns/owed/figures/{figure.pk}/",
        "take-back": f"returns/owed/figures/{figure.pk}/take-back/",
    }
    for name, path in paths.items():
        page.goto(f"{live_server.url}/p/testshire/{path}")
        for summary in page.get_by_role("main").locator("summary").all():
            summary.click()
        axe(page)
        still(page)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.goto(f"{live_server.url}/p/testshire/returns/owed/police/ask/")
    page.get_by_role("button", name="Ask for these figures").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Tick at least one figure.")
    axe(page)


def test_quarters_of_returns_are_cards_on_a_narrow_page(
    browser: Browser, live_server: LiveServer, sign_in: SignIn, asked: World
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.set_viewport_size({"width": 320, "height": 900})
        sign_in(page, asked.unit)
        page.goto(f"{live_server.url}/p/testshire/returns/")
        for key in ("quarters", "dates"):
            here = page.locator(f".table-scroll:has(#{key})")
            assert here.evaluate("box => box.scrollWidth - box.clientWidth") == 0
        late = page.get_by_role("row", name="3 days late")
        expect(late.get_by_role("rowheader")).to_be_visible()
        assert late.get_by_role("cell").count() == 3
