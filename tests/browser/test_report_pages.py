"""Yearly reports in the browser: on the portal, as a file, and the block on an indicator's page."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from metrics.intake.figures import load_figures
from metrics.models import Indicator
from partnerships.jobs import run_now
from partnerships.models import User
from partnerships.people.actions import system_actor
from reports.editions.actions import ask_for_edition
from reports.models import Edition
from reports.requirements.actions import Asked, keep_requirements
from tests.browser.conftest import DESK, PHONE
from tests.factories import UserFactory
from tests.reports.planned import NOW, Planned, make_planned, row

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]

pytestmark = pytest.mark.django_db(transaction=True)

HALF = (("2019-20-q1", 12), ("2019-20-q2", 3), ("2019-20-h1", 15))


@pytest.fixture
def planned(transactional_db: None) -> Planned:
    """The report is built and published."""
    planned = make_planned()
    run_now(ask_for_edition(planned.report, by=planned.unit, publish=True))
    return planned


@pytest.fixture
def unit(page: Page, planned: Planned, sign_in: SignIn) -> Page:
    """The browser of the business unit."""
    sign_in(page, planned.unit)
    return page


def test_published_report_reads_well(
    page: Page, live_server: LiveServer, planned: Planned, sound: Check
) -> None:
    page.goto(f"{live_server}/reports/testshire/2019-20/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Yearly report 2019-20")
    sound(page)
    drawn = page.locator("figure.chart svg:visible")
    assert drawn.count() == page.locator("figure.chart").count() == 2


def test_first_printed_page_of_the_portal_has_the_title(
    page: Page, live_server: LiveServer, planned: Planned
) -> None:
    page.goto(f"{live_server}/reports/testshire/2019-20/")
    first = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages[0]
    assert "Yearly report 2019-20" in first.extract_text()


def test_figure_of_a_report_leads_to_where_it_comes_from(
    page: Page, live_server: LiveServer, planned: Planned, axe: Check
) -> None:
    page.goto(f"{live_server}/reports/testshire/2019-20/")
    page.get_by_role("link", name="−14.9%").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("4,368 in 2019-20")
    page.go_back()
    page.get_by_role("link", name="[c]").click()
    expect(page.get_by_role("main")).to_contain_text("[c] (confidential)")
    axe(page)


def test_file_stands_alone_in_a_browser(
    page: Page, planned: Planned, sound: Check, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(bytes(Edition.objects.get().html))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    sound(page)
    page.get_by_role("link", name="−14.9%").click()
    assert asked == [file.as_uri()]
    target = page.locator("li:target")
    expect(target).to_contain_text("Referrals, Testshire, 2019-20: 4,368")
    expect(target).to_be_in_viewport()


def test_tables_of_the_file_can_be_read_on_a_small_screen(
    page: Page, planned: Planned, tmp_path: Path
) -> None:
    """Captions stay within the screen while their tables scroll."""
    file = tmp_path / "report.html"
    file.write_bytes(bytes(Edition.objects.get().html))
    page.set_viewport_size(PHONE)
    page.goto(file.as_uri())
    captions = page.locator("caption span")
    assert captions.count() > 1
    for caption in captions.all():
        box = caption.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 320


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_block_on_the_indicator_page(
    unit: Page, live_server: LiveServer, axe: Check, still: Check, size: ViewportSize
) -> None:
    # The script draws for the width at which the page is opened.
    unit.set_viewport_size(size)
    unit.goto(f"{live_server}/p/testshire/indicators/referrals/")
    unit.wait_for_selector("figure.chart.chart--live")
    expect(unit.get_by_role("main")).to_contain_text("down 767 (14.9%).")
    assert unit.locator("style").count() == 0
    axe(unit)
    still(unit)


def test_block_without_scripts_shows_the_drawing_that_fits(
    browser: Browser, live_server: LiveServer, planned: Planned, sign_in: SignIn
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, planned.unit)
    page.goto(f"{live_server}/p/testshire/indicators/referrals/")
    drawn = page.locator("figure.chart svg:visible")
    for size, most in ((DESK, 720), (PHONE, 320)):
        page.set_viewport_size(size)
        expect(drawn).to_have_count(1)
        box = drawn.bounding_box()
        assert box is not None
        assert 250 < box["width"] <= most
        expect(page.get_by_role("img")).to_have_count(1)
    page.context.close()


def test_list_of_reports_leads_to_the_next_edition(
    unit: Page, live_server: LiveServer, sound: Check
) -> None:
    unit.goto(f"{live_server}/p/testshire/reports/")
    sound(unit)
    unit.get_by_role("button", name="Build an edition").click()
    expect(unit.get_by_role("heading", level=1)).to_contain_text("Build the yearly report")


def test_lists_of_published_reports_are_for_everybody(
    page: Page, live_server: LiveServer, planned: Planned, sound: Check
) -> None:
    page.goto(f"{live_server}/")
    sound(page)
    page.get_by_role("link", name="All published reports by year").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Published reports")
    sound(page)


def test_guidance_is_kept_on_pages_that_are_sound(
    page: Page, live_server: LiveServer, sign_in: SignIn, sound: Check
) -> None:
    asked = [Asked("work-done", "Chapter 3", "What was done")]
    keep_requirements(edition="working", title="Working together", asked=asked)
    sign_in(page, UserFactory(is_platform_administrator=True))
    for path in ("", "working/add/", "working/work-done/", "working/work-done/remove/"):
        page.goto(f"{live_server}/guidance/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        sound(page)
    page.get_by_label("Why it is removed").fill("Asked for elsewhere.")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("main")).to_contain_text("No requirement of this guidance is kept.")
    sound(page)


def test_menu_stands_on_one_line_with_the_pages_of_a_group_beneath(
    page: Page, live_server: LiveServer, sign_in: SignIn, business_unit: User, sound: Check
) -> None:
    sign_in(page, business_unit)
    page.goto(f"{live_server}/p/testshire/training/")
    beneath = page.get_by_role("navigation", name="Pages of this section")
    expect(beneath.locator("[aria-current=page]")).to_have_text("Training")
    entries = page.locator(".govuk-service-navigation__item").all()
    assert len({round((each.bounding_box() or {"y": 0})["y"]) for each in entries}) == 1
    sound(page)
    for size, name, leads_to in ((PHONE, "Voice", "**/voice/"), (DESK, "Training", "**/training/")):
        page.set_viewport_size(size)
        beneath.get_by_role("link", name=name).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(leads_to)


def test_page_before_publishing_names_what_is_given_away(
    page: Page,
    live_server: LiveServer,
    planned: Planned,
    sign_in: SignIn,
    sound: Check,
) -> None:
    """Two quarters make a half-year; each came out in a report that did not know the other."""
    Indicator.objects.filter(code="missing").update(roll_up="sum")
    load_figures(
        [row("missing", key, value, public=False) for key, value in HALF],
        by=system_actor(),
        at=NOW,
    )
    edition = planned.report.editions.get()
    again = Edition.objects.create(
        report=planned.report,
        number=2,
        html=b"h",
        page=b"p",
        pdf=b"f",
        html_sha256="h",
        pdf_sha256="p",
        inputs_sha256="i",
        made_by=planned.unit,
        made_at=edition.made_at,
    )
    for at, (key, value) in enumerate([HALF[0], HALF[2]], start=1):
        address = f"testshire-report:missing:testshire:{key}:all@1"
        again.figures.create(
            position=at, section="Plans", address=address, about="Missing", text=str(value),
            value=value, unit="number",
        )  # fmt: skip
    sign_in(page, planned.signatory)
    page.goto(f"{live_server}/p/testshire/reports/")
    page.get_by_role("button", name="Publish edition 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you publish")
    expect(page.get_by_role("main")).to_contain_text("Children missing, Testshire, Q2 2019-20")
    sound(page)
