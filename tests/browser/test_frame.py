"""The frame of every page: header, skip link, strip, error pages; by keyboard, small, printed."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from partnerships.models import Partnership, User
from tests.factories import RoleFactory

ERRORS = ["400", "403", "403_csrf", "404", "413", "429", "500"]


def test_skip_link_is_first_and_leads_to_the_content(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}/components/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_focus_is_seen_on_every_stop(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}/components/")
    page.wait_for_selector("svg.main-svg")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        looks = page.evaluate(
            """() => {
              const element = document.activeElement;
              if (element === document.body) return null;
              const own = getComputedStyle(element);
              // A radio button or checkbox is drawn by its label.
              const drawn = element.matches('[type=radio], [type=checkbox]')
                ? getComputedStyle(element.nextElementSibling, '::before') : own;
              const seen = drawn.outlineStyle !== 'none' && drawn.outlineWidth !== '0px'
                || drawn.boxShadow !== 'none';
              return [element.outerHTML.slice(0, 80), seen];
            }"""
        )
        if looks is None:
            break
        if not looks[1]:
            unseen.append(looks[0])
    assert unseen == []


def test_no_font_of_gov_uk_is_used_or_asked_for(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []

    def ask(request: Request) -> None:
        asked.append(request.url)

    page.on("request", ask)
    page.goto(f"{live_server}/components/")
    page.get_by_role("button", name="Check these answers").click()
    page.wait_for_selector(".govuk-error-summary")
    page.wait_for_load_state("networkidle")
    fonts = page.evaluate(
        "[...new Set([...document.querySelectorAll('body, body *')]"
        ".map(element => getComputedStyle(element).fontFamily))]"
    )
    assert [font for font in fonts if "GDS" in font] == []
    assert [url for url in asked if "/assets/" in url or not url.startswith(live_server.url)] == []


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_is_accessible(
    page: Page,
    live_server: LiveServer,
    sound: Callable[[Page], None],
    name: str,
) -> None:
    html = render_to_string(f"{name}.html")
    page.route("**/wrong/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{live_server}/wrong/")
    assert page.get_by_role("heading", level=1).count() == 1
    sound(page)


def test_header_of_somebody_with_several_partnerships(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    sound: Callable[[Page], None],
    administrator: User,
    otherton: Partnership,
) -> None:
    RoleFactory(user=administrator, partnership=otherton, name="partner")
    sign_in(page, administrator)
    page.goto(f"{live_server}/p/testshire/people/")
    expect(page.get_by_text("Its figures and people are invented.")).to_be_visible()
    switch = page.locator("summary", has_text="Testshire")
    switch.focus()
    page.keyboard.press("Enter")
    place = page.get_by_role("link", name="Otherton")
    expect(place).to_be_visible()
    sound(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.portal-switch') !== null")


def test_strip_is_not_on_the_pages_of_a_real_partnership(
    page: Page, live_server: LiveServer, sign_in: Callable[[Page, User], None], outsider: User
) -> None:
    sign_in(page, outsider)
    page.goto(f"{live_server}/my/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator(".portal-strip").count() == 0


def test_signing_out_works_without_script(
    browser: Browser, live_server: LiveServer, sign_in: Callable[[Page, User], None], partner: User
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, partner)
    page.goto(f"{live_server}/my/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert page.get_by_role("button", name="Sign out").count() == 0
    context.close()


def test_paper_shows_what_was_read_and_not_what_was_pressed(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server}/components/")
    page.set_viewport_size({"width": 320, "height": 900})
    page.emulate_media(media="print")
    for pressed in (".govuk-skip-link", ".govuk-breadcrumbs", ".govuk-pagination"):
        expect(page.locator(pressed).first).to_be_hidden()
    expect(page.locator("button:visible")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    overflow = page.locator(".table-scroll").first.evaluate(
        "element => getComputedStyle(element).overflowX"
    )
    assert overflow == "visible"


def test_states_are_told_apart_without_colour(page: Page, live_server: LiveServer) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{live_server}/components/")
    tag = page.locator(".govuk-tag").first
    assert tag.evaluate("element => getComputedStyle(element).borderTopStyle") == "solid"
    link = page.get_by_role("link", name="Safeguarding partnership reporting")
    link.focus()
    assert link.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
