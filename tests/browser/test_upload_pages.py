"""Uploading a file of figures: without script, by keyboard, on a desk and on a phone."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.models import Revision
from metrics.queries import quarters_to
from partnerships.models import User
from partnerships.periods import Span
from tests.factories import figure
from tests.metrics.upload.files import csv_file
from tests.metrics.upload.test_asking import cell_at
from tests.world import World

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


def choose(page: Page, content: bytes) -> None:
    page.get_by_label("File of figures").set_input_files(
        {"name": "return.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Upload and check").click()


def test_file_is_taken_without_script(
    browser: Browser, live_server: LiveServer, sign_in: SignIn, world: World, newest: Span
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, world.unit)
    page.goto(f"{live_server}/p/testshire/returns/{newest.key}/")
    page.get_by_role("link", name="Upload a file of figures").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Template as a workbook (XLSX)").click()
    assert download.value.suggested_filename == f"testshire-{newest.key}-figures.xlsx"
    choose(page, csv_file("Code,Value,Num,Denom", 'referrals,"1,234",,', "timely,,30,40"))
    page.get_by_role("button", name="Save 2 figures").click()
    expect(page.get_by_text("return.csv is saved: 2 new, 0 changed")).to_be_visible()
    choose_again = csv_file("Code,Value", "referrals,1240")
    page.goto(f"{live_server}/p/testshire/returns/{newest.key}/figures/upload/")
    choose(page, choose_again)
    page.get_by_label("Why the figures are changed").fill("Six were left out.")
    page.get_by_role("button", name="Save 1 figure").click()
    expect(page.get_by_text("1 changed")).to_be_visible()
    assert Revision.objects.count() == 3
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_uploading_are_for_everybody(
    page: Page,
    live_server: LiveServer,
    sign_in: SignIn,
    world: World,
    newest: Span,
    axe: Check,
    still: Check,
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, world.unit)
    address = f"{live_server}/p/testshire/returns/{newest.key}/figures/upload/"
    page.goto(address)
    axe(page)
    still(page)

    choose(page, b"")
    page.get_by_role("link", name="The file is empty.").click()
    expect(page.get_by_label("File of figures")).to_be_focused()
    axe(page)
    still(page)

    wrong = csv_file("Code,Value,Num,Denom,RAG", 'referrals,"1,234",,,green', "timely,,50,40,red")
    choose(page, wrong)
    expect(page.get_by_role("cell", name="50 is more than 40")).to_be_visible()
    axe(page)
    still(page)

    page.goto(address)
    choose(page, csv_file("Ref,This quarter", "referrals,12"))
    expect(page.get_by_role("heading", name="Which column is which?")).to_be_visible()
    axe(page)
    still(page)
    page.get_by_label("What “Ref” is").select_option("Code of the indicator")
    page.get_by_label("What “This quarter” is").select_option("Value")
    page.get_by_role("button", name="Go on with these columns").click()
    page.get_by_role("button", name="Save 1 figure").click()
    page.goto(address)
    choose(page, csv_file("Code,Value,Num,Denom", "referrals,13,,", "timely,,3,4"))
    page.get_by_role("button", name="Save 2 figures").click()
    page.get_by_role("link", name="Say why the figures are changed.").click()
    expect(page.get_by_label("Why the figures are changed")).to_be_focused()
    axe(page)
    still(page)

    before = world.place(newest.quarter_before or newest, world.timely)
    share, whole = Decimal(75), Decimal(100)
    figure(cell=cell_at(before), value=share, numerator=share, denominator=whole)
    page.goto(address)
    choose(page, csv_file("Code,Num,Denom", "timely,3,4"))
    page.get_by_role("button", name="Save 1 figure").click()
    page.get_by_role("link", name="Say why the figures that are asked about are right").click()
    expect(page.get_by_label("Checked with the source: it is right.")).to_be_focused()
    axe(page)
    still(page)
