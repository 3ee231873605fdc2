"""The page of all components, as a person meets it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

WIDTHS = [1280, 320]
PROBLEMS = {
    "Enter the name of the indicator.": "id_name",
    "Enter an e-mail address.": "id_email",
    "Enter your password.": "id_password",
    "Enter the number of children.": "id_children",
    "Enter an explanation.": "id_note",
    "Choose a quarter.": "id_period",
    "Select whether the figure is provisional or final.": "id_standing_0",
    "Select at least one agency.": "id_agencies_0",
    "Enter the date of the count.": "id_counted_0",
    "Choose a workbook.": "id_file",
    "Check the figure against its source, then tick the box.": "id_checked",
}


def open_page(page: Page, live_server: LiveServer, width: int = 1280) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server}/components/")
    page.wait_for_selector("svg.main-svg")


@pytest.mark.parametrize("width", WIDTHS)
def test_page_is_accessible(
    page: Page,
    live_server: LiveServer,
    axe: Callable[[Page], None],
    still: Callable[[Page], None],
    width: int,
) -> None:
    open_page(page, live_server, width)
    for closed in page.locator("details").all():
        closed.evaluate("element => { element.open = true; }")
    axe(page)
    still(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_errors_are_accessible(
    page: Page,
    live_server: LiveServer,
    axe: Callable[[Page], None],
    still: Callable[[Page], None],
    width: int,
) -> None:
    open_page(page, live_server, width)
    page.get_by_role("button", name="Check these answers").click()
    expect(page).to_have_title(f"Error: Components – {SERVICE}")
    axe(page)
    still(page)


SERVICE = "Safeguarding partnership reporting"


def test_error_summary_has_the_focus_and_leads_to_each_field(
    page: Page, live_server: LiveServer
) -> None:
    open_page(page, live_server)
    page.get_by_role("button", name="Check these answers").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    links = page.locator(".govuk-error-summary a")
    landed = {}
    for link in links.all():
        words = link.inner_text()
        link.click()
        landed[words] = page.evaluate("document.activeElement.id")
    assert landed == PROBLEMS


def test_form_works_without_script(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/components/")
    page.get_by_role("button", name="Check these answers").click()
    assert page.locator(".govuk-error-summary a").all_inner_texts() == list(PROBLEMS)
    targets = [link.get_attribute("href") for link in page.locator(".govuk-error-summary a").all()]
    assert targets == [f"#{target}" for target in PROBLEMS.values()]
    assert all(page.locator(f"input{t}, select{t}, textarea{t}").count() == 1 for t in targets)
    context.close()


def test_filled_form_is_taken(page: Page, live_server: LiveServer) -> None:
    open_page(page, live_server)
    page.get_by_label("Name").fill("Referrals")
    page.get_by_label("E-mail address").fill("unit@testshire.invalid")
    page.get_by_label("Password", exact=True).fill("a long pass phrase")
    page.get_by_label("Number of children").fill("4,368")
    page.get_by_label("Explanation").fill("Counted again.")
    page.get_by_label("Period").select_option("Q1 2019-20")
    page.get_by_label("Final").check()
    page.get_by_label("Police").check()
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("March")
    page.get_by_label("Year").fill("2020")
    page.locator("input[type=file]").set_input_files(
        {"name": "figures.xlsx", "mimeType": "application/octet-stream", "buffer": b"x"}
    )
    page.get_by_label("I have checked the figure").check()
    page.get_by_role("button", name="Check these answers").click()
    banner = page.get_by_role("alert")
    expect(banner).to_have_text("Done The answers are in order. They were not kept.")


def test_wide_table_is_a_stop_for_the_keyboard_only_where_it_scrolls(
    page: Page, live_server: LiveServer
) -> None:
    open_page(page, live_server, 1280)
    region = page.get_by_role("region", name="A table that is wider than a telephone")
    expect(region).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 320, "height": 900})
    expect(region).to_have_attribute("tabindex", "0")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.table-scroll').scrollLeft > 0")
