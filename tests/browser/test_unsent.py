"""Figures typed while the session ended, without JavaScript and with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.models import Revision
from metrics.queries import quarters_to
from partnerships.models import User
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "three unrelated words"


@pytest.fixture
def world(transactional_db: None, world: World) -> World:
    cache.clear()
    world.contributor.set_password(PASSWORD)
    world.contributor.save()
    return world


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 320])
def test_figures_typed_while_the_session_ended_are_saved_after_signing_in(
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    axe: Callable[[Page], None],
    still: Callable[[Page], None],
    world: World,
    scripts: bool,
    width: int,
) -> None:
    view = {"width": width, "height": 900}
    page = browser.new_context(java_script_enabled=scripts, viewport=view).new_page()  # type: ignore[arg-type]
    sign_in(page, world.contributor)
    span = quarters_to(timezone.localdate(), 1)[0]
    page.goto(f"{live_server.url}/p/testshire/returns/{span.key}/figures/enter/")
    page.get_by_label("Referrals", exact=True).fill("7")
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    page.get_by_role("button", name="Save figures").click()
    expect(page.locator("h1")).to_have_text("Sign in to save what you typed")
    if scripts:
        axe(page)
        still(page)

    page.get_by_label("Email address").fill(world.contributor.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("What you typed is not saved yet")
    assert Revision.objects.exists() is False
    if scripts:
        axe(page)
        still(page)
    page.get_by_role("button", name="Send what I typed").click()
    expect(page.locator("main")).to_contain_text("1 figure saved.")
    assert Revision.objects.get().value == 7


def test_figures_of_a_page_older_than_the_sign_in_are_offered_again(
    page: Page, live_server: LiveServer, world: World
) -> None:
    def come_in(tab: Page) -> None:
        tab.goto(f"{live_server.url}/my/")
        tab.get_by_label("Email address").fill(world.contributor.email)
        tab.get_by_label("Password", exact=True).fill(PASSWORD)
        tab.get_by_role("button", name="Sign in").click()

    come_in(page)
    span = quarters_to(timezone.localdate(), 1)[0]
    page.goto(f"{live_server.url}/p/testshire/returns/{span.key}/referrals/")
    page.get_by_label("Referrals", exact=True).fill("7")
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    come_in(page.context.new_page())
    page.get_by_role("button", name="Save figure").click()
    page.get_by_role("button", name="Send what I typed").click()
    expect(page.locator("main")).to_contain_text("Referrals, " + span.label + ": saved.")


def test_form_that_saves_by_itself_says_that_nobody_is_signed_in_any_more(
    page: Page, live_server: LiveServer, sign_in: Callable[[Page, User], None], world: World
) -> None:
    sign_in(page, world.contributor)
    span = quarters_to(timezone.localdate(), 1)[0]
    page.goto(f"{live_server.url}/p/testshire/returns/{span.key}/figures/enter/")
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    page.get_by_label("Referrals", exact=True).fill("7")
    said = page.get_by_role("status")
    expect(said).to_contain_text("You are signed out", timeout=15_000)
    expect(page.get_by_label("Referrals", exact=True)).to_have_value("7")
    assert Revision.objects.exists() is False
