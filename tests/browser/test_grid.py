"""The whole return in the browser: typed, pasted, wrong, with JavaScript and without."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.actions import approve
from metrics.entries import Entry
from metrics.models import Return, Revision
from metrics.queries import quarters_to, whole_cells
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.models import User
from partnerships.periods import Span
from tests.browser.test_grid_saving import HOLD
from tests.world import NOW, World

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """([text, id]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.getElementById(id).dispatchEvent(event);
}"""


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


@pytest.fixture
def world(transactional_db: None, world: World) -> World:
    return world


@pytest.fixture
def here(live_server: LiveServer, newest: Span) -> str:
    return f"{live_server.url}/p/testshire/returns/{newest.key}/figures/enter/"


def values() -> set[tuple[str, Decimal | None]]:
    return {(each.cell.indicator.code, each.value) for each in Revision.objects.all()}


@pytest.mark.parametrize("scripts", [True, False])
def test_part_of_a_return_is_saved_and_a_bad_row_stays(
    browser: Browser, sign_in: SignIn, world: World, here: str, scripts: bool
) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    sign_in(page, world.unit)
    page.goto(here)
    page.get_by_label("Referrals", exact=True).fill("1,234")
    page.get_by_label("Number, Conferences held in time").fill("45 of")
    page.get_by_role("button", name="Save figures").first.click()

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Conferences held in time: “45 of” is not a number.")
    expect(page.get_by_role("main")).to_contain_text("1 figure saved.")
    expect(page.get_by_label("Number, Conferences held in time")).to_have_value("45 of")
    assert values() == {("referrals", Decimal(1234))}

    page.get_by_label("Number, Conferences held in time").fill("45")
    page.get_by_label("Out of, Conferences held in time").fill("50")
    page.get_by_role("button", name="Save figures").first.click()
    expect(page.get_by_role("main")).to_contain_text("2 of 2")
    expect(page.get_by_role("main")).to_contain_text("90%")
    assert values() == {("referrals", Decimal(1234)), ("timely", Decimal(90))}
    page.context.close()


def test_keys_move_and_a_block_of_cells_is_pasted(
    page: Page, sign_in: SignIn, world: World, here: str
) -> None:
    page.add_init_script(HOLD)  # nothing is saved by itself meanwhile
    sign_in(page, world.unit)
    page.goto(here)
    first = page.get_by_label("Number, Conferences held in time")
    second = page.get_by_label("Out of, Conferences held in time")
    referrals = page.get_by_label("Referrals", exact=True)
    first.focus()
    page.keyboard.press("Enter")
    expect(referrals).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()

    page.evaluate(PASTE, ["45\t50\t9\n1,234\n", "id_timely-numerator"])
    expect(first).to_have_value("45")
    expect(second).to_have_value("50")
    expect(referrals).to_have_value("1,234")
    expect(page.get_by_role("status")).to_have_text(
        "3 pasted, not saved yet. 1 found no box: the figure is approved, "
        "or the block is larger than the form."
    )
    expect(page.locator("[data-entry-rate]")).to_have_text("90% (not saved yet)")
    page.get_by_role("button", name="Save figures").first.click()
    expect(page.get_by_role("main")).to_contain_text("2 figures saved.")
    assert values() == {("referrals", Decimal(1234)), ("timely", Decimal(90))}


def test_leaving_asks_only_while_something_typed_is_not_saved(
    page: Page, sign_in: SignIn, world: World, here: str
) -> None:
    asked: list[str] = []

    def heard(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", heard)
    page.add_init_script(HOLD)  # nothing is saved by itself meanwhile
    sign_in(page, world.unit)
    page.goto(here)
    page.goto(here)
    assert asked == []
    page.get_by_label("Referrals", exact=True).press_sequentially("12")
    page.goto(here)
    assert asked == ["beforeunload"]
    page.get_by_label("Referrals", exact=True).press_sequentially("12")
    page.get_by_role("button", name="Save figures").first.click()
    expect(page.get_by_role("main")).to_contain_text("1 figure saved.")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("width", [1280, 320])
def test_grid_is_for_everybody(
    page: Page,
    sign_in: SignIn,
    world: World,
    newest: Span,
    here: str,
    axe: Check,
    still: Check,
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, world.unit)
    page.goto(here)
    expect(page.locator("h1")).to_have_count(1)
    axe(page)
    still(page)
    save_entry(
        place=world.place(newest),
        entry=Entry(value=Decimal(120)),
        by=world.second,
        at=NOW,
        seen=0,
    )
    page.get_by_label("Referrals", exact=True).fill("125")
    page.get_by_label("Number, Conferences held in time").fill("x")
    page.get_by_role("button", name="Save figures").first.click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Referrals: second saved 120 since you opened the page.")
    axe(page)
    still(page)
    summary.get_by_role("link", name="Referrals").click()
    expect(page.get_by_label("Referrals", exact=True)).to_be_focused()


@pytest.mark.parametrize("width", [1280, 320])
def test_other_pages_of_a_whole_return_are_for_everybody(
    page: Page,
    live_server: LiveServer,
    sign_in: SignIn,
    world: World,
    newest: Span,
    axe: Check,
    still: Check,
    width: int,
) -> None:
    save_entry(
        place=world.place(newest),
        entry=Entry(value=Decimal(120)),
        by=world.second,
        at=NOW,
        seen=0,
    )
    Return.objects.create(
        dataset=world.dataset,
        period=store_period(newest),
        due=newest.last,
        closed_to_new=newest.last,
        closed_to_edits=newest.last,
    )
    page.set_viewport_size({"width": width, "height": 900})
    whole = f"/p/testshire/returns/{newest.key}/figures/"
    visits = [
        (world.approver, whole + "decide/"),
        (world.approver, whole + "agencies/"),
        (world.unit, whole + "agencies/"),
        (world.unit, whole + "dates/"),
        (world.unit, "/p/testshire/returns/cannot-supply/"),
        (world.unit, "/account/reminders/"),
        (world.approver, "/my/"),
    ]
    for person, path in visits:
        sign_in(page, person)
        answer = page.goto(live_server.url + path)
        assert (path, answer.status if answer else None) == (path, 200)
        expect(page.locator("h1")).to_have_count(1)
        axe(page)
        still(page)


@pytest.mark.parametrize(("page_width", "at_least"), [(1280, 400), (320, 220)])
def test_answers_to_a_question_have_their_width(
    browser: Browser,
    sign_in: SignIn,
    world: World,
    newest: Span,
    here: str,
    page_width: int,
    at_least: int,
) -> None:
    for span in quarters_to(newest.last, 7)[1:]:
        save_entry(
            place=world.place(span),
            entry=Entry(value=Decimal(120)),
            by=world.unit,
            at=NOW,
            seen=0,
        )
        approve(cell=whole_cells().get(period__first=span.first), seen=1, by=world.second, at=NOW)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": page_width, "height": 900})
    sign_in(page, world.unit)
    page.goto(here)
    page.get_by_label("Referrals", exact=True).fill("5000")
    page.get_by_role("button", name="Save figures").click()
    box = page.get_by_label("Why, in your own words, Referrals").bounding_box()
    assert box is not None
    assert box["width"] >= at_least
    assert page.evaluate("document.documentElement.scrollWidth") == page_width
    page.context.close()
