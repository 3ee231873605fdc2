"""The life of a return in the browser: reminded, submitted, given back, put right, decided on."""

import os
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.entries import Entry
from metrics.models import Return
from metrics.queries import quarters_to
from metrics.returns.parts.actions import remind
from metrics.returns.parts.links import Opens, link_for
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.jobs import run_now
from partnerships.models import Job, User
from partnerships.people.actions import system_actor
from partnerships.periods import Span
from tests.kept_factories import ActionFactory
from tests.world import World

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


@pytest.fixture
def world(transactional_db: None, world: World) -> World:
    return world


@pytest.fixture
def whole(world: World, newest: Span) -> Return:
    due = timezone.localdate() + timedelta(days=4)
    return Return.objects.create(
        dataset=world.dataset,
        period=store_period(newest),
        due=due,
        closed_to_new=due,
        closed_to_edits=due,
    )


def link_in_the_mail(address: str) -> str:
    """The path of the link in the newest e-mail to somebody."""
    sent = [each for each in mail.outbox if each.to == [address]][-1]
    (line,) = [line for line in str(sent.body).splitlines() if "/returns/open/" in line]
    return line[line.index("/returns/open/") :]


@pytest.mark.parametrize("scripts", [True, False])
def test_part_is_submitted_given_back_put_right_and_decided(
    browser: Browser,
    live_server: LiveServer,
    sign_in: SignIn,
    world: World,
    whole: Return,
    scripts: bool,
) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    remind(by=system_actor(), at=timezone.now())
    for job in Job.objects.filter(kind="returns.notice", state=Job.State.WAITING):
        run_now(job)
    sign_in(page, world.contributor)
    page.goto(live_server.url + link_in_the_mail(world.contributor.email))
    expect(page.locator("h1")).to_contain_text("Enter all figures")
    page.get_by_label("Referrals", exact=True).fill("7")
    page.get_by_role("button", name="Save figures").click()

    page.goto(f"{live_server.url}/my/")
    page.get_by_role("link", name="submit the part of Police").click()
    page.get_by_role("button", name="Submit Police").click()
    expect(page.locator("main")).to_contain_text("Police: submitted.")
    page.goto(f"{live_server.url}/p/testshire/returns/{whole.period.key}/referrals/")
    expect(page.locator(".govuk-inset-text")).to_contain_text("Police submitted its part")
    expect(page.locator("#main-form")).to_have_count(0)

    sign_in(page, world.approver)
    agencies = f"{live_server.url}/p/testshire/returns/{whole.period.key}/figures/agencies/"
    page.goto(agencies)
    page.get_by_label("What is to be put right, Police").fill("One week is missing.")
    page.get_by_role("button", name="Give back Police").click()
    expect(page.locator("main")).to_contain_text("Police: given back.")

    sign_in(page, world.contributor)
    page.goto(f"{live_server.url}/my/")
    expect(page.locator("main")).to_contain_text("put right and submit the part of Police")
    page.goto(f"{live_server.url}/p/testshire/returns/{whole.period.key}/figures/enter/")
    page.get_by_label("Referrals", exact=True).fill("9")
    page.get_by_role("button", name="Save figures").click()
    expect(page.locator("main")).to_contain_text("1 figure saved.")
    page.goto(agencies)
    page.get_by_role("button", name="Submit Police").click()

    sign_in(page, world.approver)
    page.goto(f"{live_server.url}/my/")
    page.get_by_role("link", name="decide on 1 figure").click()
    expect(page.locator("main")).to_contain_text("Was 7 when the part was submitted on")
    page.get_by_label("Referrals", exact=True).check()
    page.get_by_role("button", name="Approve ticked figures").click()
    expect(page.locator("main")).to_contain_text("1 figure approved.")


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_the_life_of_a_return_are_accessible(
    page: Page,
    live_server: LiveServer,
    sign_in: SignIn,
    axe: Check,
    still: Check,
    world: World,
    whole: Return,
    width: int,
) -> None:
    save_entry(
        place=world.place(whole.period.span),
        entry=Entry(value=Decimal(7)),
        by=world.contributor,
        at=timezone.now(),
        seen=0,
    )
    for kind, who, days in (("submitted", world.contributor, 3), ("returned", world.approver, 2)):
        whole.steps.create(
            agency=world.police,
            kind=kind,
            reason="One week is missing.",
            by=who,
            at=timezone.now() - timedelta(days=days),
        )
    ActionFactory(
        partnership=world.partnership,
        number=1,
        agency=world.police,
        text="Brief every front desk on the new pathway for children who go missing.",
        due=timezone.localdate() - timedelta(days=3),
    )
    page.set_viewport_size({"width": width, "height": 900})
    quarter = f"/p/testshire/returns/{whole.period.key}/"
    own = link_for(Opens(whole.pk, world.unit.pk)).partition("/returns/open/")[2]

    def look(person: User, path: str, name: str, status: int = 200) -> None:
        sign_in(page, person)
        answer = page.goto(live_server.url + path)
        assert (path, answer.status if answer else None) == (path, status)
        axe(page)
        still(page)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    look(world.contributor, "/my/", "my-contributor")
    look(world.approver, f"{quarter}figures/agencies/", "agencies-approver")
    whole.steps.create(
        agency=world.police, kind="submitted", by=world.contributor, at=timezone.now()
    )
    look(world.approver, "/my/", "my-approver")
    look(world.unit, f"{quarter}figures/agencies/", "agencies-unit")
    look(world.contributor, f"{quarter}referrals/", "figure-frozen")
    look(world.contributor, f"{quarter}figures/enter/", "grid-frozen")
    look(world.approver, f"{quarter}figures/decide/", "decide")
    look(world.contributor, f"/returns/open/{own}", "link-others", 403)
    look(world.contributor, "/returns/open/?link=cut", "link-broken", 404)
    look(world.unit, "/account/reminders/", "e-mails")
