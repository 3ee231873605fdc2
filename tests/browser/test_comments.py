"""Comments on figures, in the form of a return and on their own pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.models import Comment
from metrics.returns.comments import save_comment
from partnerships.models import User
from partnerships.periods import Span
from tests.browser.test_grid_saving import newest, opened, pause
from tests.world import NOW, World

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]
__all__ = ["newest", "opened"]  # fixtures

pytestmark = pytest.mark.django_db(transaction=True)


def kept() -> list[tuple[str, bool]]:
    return list(Comment.objects.order_by("number").values_list("words", "follow_up"))


def test_comment_is_saved_by_itself_once_its_box_is_left(opened: Page, axe: Check) -> None:
    row = opened.locator("[data-entry-row=referrals]")
    row.locator("summary").click()
    row.get_by_label("Comment for colleagues").fill("The December file")
    pause(opened)  # somebody stops to think
    assert kept() == []
    row.get_by_label("Comment for colleagues").fill("The December file is still to come.")
    row.get_by_label("To be followed up").check()
    opened.get_by_label("Number, Conferences held in time").focus()
    pause(opened)
    expect(opened.get_by_role("status")).to_have_text("1 comment saved.")
    expect(row).to_contain_text("To be followed up: The December file is still to come.")
    assert kept() == [("The December file is still to come.", True)]
    axe(opened)


def test_flag_is_found_from_ones_own_page_and_settled_there(
    page: Page,
    live_server: LiveServer,
    transactional_db: None,
    sign_in: SignIn,
    sound: Check,
    world: World,
    newest: Span,
) -> None:
    save_comment(
        place=world.place(newest),
        words="Ask the night desk.",
        follow_up=True,
        seen=0,
        by=world.unit,
        at=NOW,
    )
    sign_in(page, world.approver)
    page.goto(f"{live_server.url}/my/")
    page.get_by_role("link", name=f"{newest.label}: follow up 1 figure").click()
    sound(page)
    page.get_by_role("table", name="To be followed up").get_by_role("link").click()
    sound(page)
    page.get_by_role("button", name="It is settled").click()
    expect(page.get_by_role("main")).to_contain_text("comment saved.")
    expect(page.get_by_role("button", name="It is settled")).to_have_count(0)
    assert kept() == [("Ask the night desk.", True), ("Ask the night desk.", False)]
