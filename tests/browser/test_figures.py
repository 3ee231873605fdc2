"""A figure in the browser: entered, approved, corrected, compared; each page for everybody."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.actions import approve
from metrics.entries import Entry
from metrics.queries import quarters_to, whole_cells
from metrics.saving import save_entry
from partnerships.jobs import run_now
from partnerships.models import Job, User
from partnerships.periods import Span
from tests.world import NOW, World

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


@pytest.fixture
def world(transactional_db: None, world: World, newest: Span) -> World:
    """The figure of a year before the newest quarter counts already."""
    made = save_entry(
        place=world.place(newest.year_before),
        entry=Entry(value=Decimal(5135)),
        by=world.unit,
        at=NOW,
        seen=0,
    )
    approve(cell=made.cell, seen=1, by=world.approver, at=NOW)
    run_now(Job.objects.get())
    return world


def decide(page: Page) -> None:
    page.get_by_role("button", name="Approve figure").click()
    expect(page.get_by_role("main")).to_contain_text("Its changes are being worked out.")
    run_now(Job.objects.get(state=Job.State.WAITING, kind="metrics.compute_changes"))


@pytest.mark.parametrize("scripts", [True, False])
def test_figure_is_entered_approved_corrected_and_compared(
    browser: Browser,
    live_server: LiveServer,
    sign_in: SignIn,
    world: World,
    newest: Span,
    scripts: bool,
) -> None:
    here = f"{live_server.url}/p/testshire/returns/{newest.key}/referrals/"
    people = {}
    for name, user in (("unit", world.unit), ("approver", world.approver)):
        people[name] = browser.new_context(java_script_enabled=scripts).new_page()
        sign_in(people[name], user)
    unit, approver = people["unit"], people["approver"]

    unit.goto(here)
    unit.get_by_label("Referrals").fill("4,000")
    unit.get_by_role("button", name="Save figure").click()
    expect(unit.get_by_role("main")).to_contain_text(f"Referrals, {newest.label}: saved.")

    approver.goto(here)
    decide(approver)

    unit.goto(here)
    unit.get_by_label("Referrals").fill("4368")
    unit.get_by_label("Why the approved figure").fill("A week had been left out.")
    unit.get_by_role("button", name="Save correction").click()

    approver.goto(here)
    expect(approver.get_by_role("main")).to_contain_text("A week had been left out.")
    decide(approver)
    expect(approver.locator("#history")).to_contain_text("4,000")

    unit.goto(f"{live_server.url}/p/testshire/?period={newest.key}")
    expect(unit.locator("#theme-front-door")).to_contain_text("−767 (−14.9%)")
    expect(unit.locator("#theme-front-door")).to_contain_text("4,368 [r]")
    for page in people.values():
        page.context.close()


def test_errors_lead_to_their_field_by_keyboard(
    page: Page, live_server: LiveServer, sign_in: SignIn, world: World, newest: Span, axe: Check
) -> None:
    sign_in(page, world.unit)
    page.goto(f"{live_server.url}/p/testshire/returns/{newest.key}/referrals/")
    page.get_by_label("Referrals").fill("twelve")
    page.get_by_role("button", name="Save figure").click()
    expect(page).to_have_title(
        "Error: Referrals, " + newest.label + " – Safeguarding partnership reporting"
    )
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Referrals")).to_be_focused()
    axe(page)


def test_pages_of_figures_are_for_everybody(
    page: Page,
    live_server: LiveServer,
    sign_in: SignIn,
    world: World,
    newest: Span,
    sound: Check,
) -> None:
    sign_in(page, world.unit)
    cell = whole_cells().get(period__kind="quarter")
    paths = [
        "/",
        "/methodology/",
        "/accessibility/",
        "/indicators/",
        "/indicators/referrals/",
        "/compare/referrals/",
        "/search/",
        "/search/?q=referrals",
        "/search/?q=nothing+of+the+kind",
        "/p/testshire/",
        f"/p/testshire/?period={newest.year_before.key}",
        "/p/testshire/indicators/referrals/",
        f"/figures/{cell.address}/",
        "/p/testshire/returns/",
        f"/p/testshire/returns/{newest.key}/",
        f"/p/testshire/returns/{newest.key}/referrals/",
        f"/p/testshire/returns/{newest.year_before.key}/referrals/",
    ]
    for path in paths:
        answer = page.goto(live_server.url + path)
        assert (path, answer.status if answer else None) == (path, 200)
        expect(page.locator("h1")).to_have_count(1)
        sound(page)
