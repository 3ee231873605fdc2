"""The pages of an account and of people: nothing for axe to find, nothing wider than a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from partnerships.models import Partnership, User
from tests.factories import PASSWORD, AuditEventFactory, RoleFactory, UserFactory

PUBLIC = ["login/", "password/reset/", "password/reset/done/", "inactive/"]
OWN = ["logout/", "password/change/", "2fa/", "reauthenticate/", "reminders/"]


@pytest.fixture
def new_officer(testshire: Partnership) -> User:
    """Somebody who is yet to be invited."""
    user: User = UserFactory(name="New officer", password=None)
    RoleFactory(partnership=testshire, user=user)
    return user


@pytest.mark.parametrize("path", PUBLIC)
def test_page_of_the_way_in_is_sound(
    page: Page,
    live_server: LiveServer,
    sound: Callable[[Page], None],
    path: str,
) -> None:
    page.goto(f"{live_server}/account/{path}")
    sound(page)


@pytest.mark.parametrize("path", OWN)
def test_page_of_the_account_is_sound(
    page: Page,
    live_server: LiveServer,
    sound: Callable[[Page], None],
    sign_in: Callable[[Page, User], None],
    nobody: User,
    path: str,
) -> None:
    sign_in(page, nobody)
    page.goto(f"{live_server}/account/{path}")
    sound(page)


def test_second_step_is_switched_on_with_sound_pages(
    page: Page,
    live_server: LiveServer,
    sound: Callable[[Page], None],
    nobody: User,
) -> None:
    page.goto(f"{live_server}/account/login/")
    page.get_by_label("Email address").fill(nobody.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Second step when you sign in").click()
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Switch the second step on")).to_be_visible()
    assert page.evaluate("document.querySelector('main img').naturalWidth") > 0
    sound(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Switch on").click()
    page.get_by_role("link", name="The code is wrong or has run out.").click()
    expect(page.get_by_label("Code")).to_be_focused()
    sound(page)


def test_person_chooses_by_keyboard_which_e_mails_they_get(
    page: Page,
    live_server: LiveServer,
    sound: Callable[[Page], None],
    sign_in: Callable[[Page, User], None],
    partner: User,
) -> None:
    sign_in(page, partner)
    page.goto(f"{live_server}/my/")
    page.get_by_role("link", name="E-mails to you").press("Enter")
    boxes = page.get_by_role("group", name="Which e-mails do you want?").get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [True, True, True, False]
    published = page.get_by_label("Published reports")
    expect(published).to_have_accessible_description(
        "One of your partnerships has published a report, or a new edition of one: what it is "
        "about, and where to read it."
    )
    published.press("Space")
    page.get_by_label("What waits for you, once a week").press("Space")
    sound(page)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="E-mails to you").press("Enter")
    assert [box.is_checked() for box in boxes.all()] == [True, False, True, True]


@pytest.mark.parametrize("path", ["/my/", "people/", "people/new/", "audit/", "end"])
def test_page_of_people_is_sound(
    page: Page,
    live_server: LiveServer,
    sound: Callable[[Page], None],
    sign_in: Callable[[Page, User], None],
    administrator: User,
    new_officer: User,
    testshire: Partnership,
    path: str,
) -> None:
    AuditEventFactory.create_batch(60, partnership=testshire, actor=administrator)
    path = f"people/{new_officer.roles.get().pk}/end/" if path == "end" else path
    sign_in(page, administrator)
    page.goto(live_server.url + (path if path.startswith("/") else f"/p/testshire/{path}"))
    sound(page)


def test_role_is_given_by_keyboard_after_each_mistake_is_put_right(
    page: Page,
    live_server: LiveServer,
    sound: Callable[[Page], None],
    sign_in: Callable[[Page, User], None],
    administrator: User,
) -> None:
    sign_in(page, administrator)
    page.goto(f"{live_server}/p/testshire/people/new/")
    page.get_by_label("Year").fill("")
    page.get_by_role("button", name="Give the role").press("Enter")
    sound(page)
    mistakes = {
        "Enter the person's email address.": "Email address",
        "Enter the person's name.": "Name",
        "The first day must include a year.": "Year",
    }
    for mistake, field in mistakes.items():
        page.get_by_role("link", name=mistake).press("Enter")
        expect(page.get_by_label(field, exact=True)).to_be_focused()
    page.get_by_role("link", name="Choose a role.").press("Enter")
    expect(page.get_by_label("Contributor", exact=True)).to_be_focused()
    page.get_by_label("Email address").fill("new.officer@testshire.invalid")
    page.get_by_label("Name", exact=True).fill("New officer")
    page.get_by_label("Partner", exact=True).check()
    page.get_by_label("Year").fill(str(page.evaluate("new Date().getFullYear()")))
    page.get_by_role("button", name="Give the role").press("Enter")
    expect(page.get_by_text("New officer is now Partner.")).to_be_visible()
    sound(page)
