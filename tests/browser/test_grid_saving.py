"""A return that saves itself while it is typed into; nothing that was typed is lost."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from metrics.entries import Entry
from metrics.models import Revision
from metrics.queries import quarters_to
from metrics.saving import save_entry
from partnerships.models import User
from partnerships.periods import Span
from tests.world import NOW, World

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]
# Holds back what is to happen after the pause, until a test lets it pass.
HOLD = """
window.held = null;
const real = window.setTimeout;
window.setTimeout = (act, pause) => {
  if (!(pause >= 4000)) return real(act, pause);
  window.held = act;
  return -1;
};"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


@pytest.fixture
def opened(
    page: Page,
    live_server: LiveServer,
    transactional_db: None,
    sign_in: SignIn,
    world: World,
    newest: Span,
) -> Page:
    """The form of the return, saved only when the test lets the pause pass."""
    page.add_init_script(HOLD)
    sign_in(page, world.unit)
    page.goto(f"{live_server.url}/p/testshire/returns/{newest.key}/figures/enter/")
    return page


def pause(page: Page) -> None:
    page.evaluate("window.held()")


def values() -> list[tuple[str, int, Decimal | None]]:
    found = Revision.objects.order_by("cell__indicator__code", "number")
    return [(each.cell.indicator.code, each.number, each.value) for each in found]


def test_what_is_typed_is_saved_after_a_pause_and_said(opened: Page, axe: Check) -> None:
    referrals = opened.get_by_label("Referrals", exact=True)
    referrals.fill("1,234")
    assert values() == []
    pause(opened)
    expect(opened.get_by_role("status")).to_have_text("1 figure saved.")
    expect(opened.get_by_role("main")).to_contain_text("1 of 2 entered")
    expect(referrals).to_be_focused()
    assert values() == [("referrals", 1, Decimal(1234))]
    axe(opened)

    referrals.fill("1235")
    pause(opened)
    expect(opened.get_by_label("Referrals", exact=True)).to_have_value("1235")
    expect(opened.locator("[name=referrals-seen]")).to_have_value("2")
    assert values()[1:] == [("referrals", 2, Decimal(1235))]


def test_half_of_a_ratio_waits_for_its_other_half(opened: Page) -> None:
    opened.get_by_label("Number, Conferences held in time").fill("45")
    pause(opened)
    expect(opened.locator(".govuk-error-message")).to_have_count(0)
    opened.get_by_label("Out of, Conferences held in time").fill("50")
    expect(opened.locator("[data-entry-rate]")).to_have_text("90% (not saved yet)")
    assert values() == []
    pause(opened)
    expect(opened.locator("[data-entry-rate]")).to_have_text("90%")
    assert values() == [("timely", 1, Decimal(90))]


def test_what_is_wrong_is_said_in_place_and_stays(opened: Page, faults: list[str]) -> None:
    referrals = opened.get_by_label("Referrals", exact=True)
    referrals.fill("many")
    pause(opened)
    expect(opened.get_by_role("status")).to_have_text("1 is not saved: see why beside it.")
    row = opened.locator("[data-entry-row=referrals]")
    expect(row).to_contain_text("“many” is not a number")
    expect(referrals).to_have_value("many")
    assert values() == []
    faults.clear()  # the answer that refuses is one of 422


def test_second_of_two_people_sees_both_and_theirs_stays_until_typed_over(
    opened: Page, world: World, newest: Span, faults: list[str]
) -> None:
    save_entry(
        place=world.place(newest), entry=Entry(value=Decimal(120)), by=world.second, at=NOW, seen=0
    )
    referrals = opened.get_by_label("Referrals", exact=True)
    referrals.fill("125")
    pause(opened)
    row = opened.locator("[data-entry-row=referrals]")
    expect(row).to_contain_text("second saved 120 since you opened the page.")
    expect(referrals).to_have_value("125")

    opened.get_by_label("Number, Conferences held in time").fill("45")
    opened.get_by_label("Out of, Conferences held in time").fill("50")
    pause(opened)
    expect(opened.get_by_role("status")).to_contain_text("1 figure saved.")
    assert values() == [("referrals", 1, Decimal(120)), ("timely", 1, Decimal(90))]

    referrals.fill("126")
    pause(opened)
    expect(opened.locator("[name=referrals-seen]")).to_have_value("2")
    assert values()[1] == ("referrals", 2, Decimal(126))
    faults.clear()  # the answer that shows both is one of 409


def test_what_is_typed_while_a_save_is_on_its_way_stays_and_is_saved_next(opened: Page) -> None:
    held: list[Route] = []
    opened.route("**/enter/", lambda route: held.append(route) if not held else route.continue_())
    referrals = opened.get_by_label("Referrals", exact=True)
    referrals.fill("12")
    with opened.expect_request("**/enter/"):
        opened.evaluate("void window.held()")
    referrals.press_sequentially("5")
    held[0].continue_()
    expect(opened.locator("[name=referrals-seen]")).to_have_value("1")
    expect(referrals).to_have_value("125")
    expect(referrals).to_be_focused()
    pause(opened)
    expect(opened.locator("[name=referrals-seen]")).to_have_value("2")
    assert values() == [("referrals", 1, Decimal(12)), ("referrals", 2, Decimal(125))]


def test_portal_that_does_not_answer_loses_nothing(opened: Page, faults: list[str]) -> None:
    opened.route("**/enter/", lambda route: route.abort())
    referrals = opened.get_by_label("Referrals", exact=True)
    referrals.fill("12")
    pause(opened)
    expect(opened.get_by_role("status")).to_contain_text("What you typed is still here")
    expect(referrals).to_have_value("12")
    opened.unroute("**/enter/")
    opened.get_by_role("button", name="Save figures").first.click()
    expect(opened.get_by_role("main")).to_contain_text("1 figure saved.")
    assert values() == [("referrals", 1, Decimal(12))]
    faults.clear()


def test_what_is_said_of_saving_is_in_sight_and_hides_no_box(opened: Page) -> None:
    opened.set_viewport_size({"width": 320, "height": 640})
    referrals = opened.get_by_label("Referrals", exact=True)
    referrals.fill("1234")
    opened.evaluate("window.scrollTo(0, 0)")
    pause(opened)
    said = opened.get_by_role("status")
    expect(said).to_have_text("1 figure saved.")
    opened.evaluate("document.querySelector('main').style.paddingBottom = '3000px'")
    for name in ("Referrals", "Out of, Conferences held in time"):
        box = opened.get_by_label(name, exact=True)
        opened.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        box.focus()
        expect(said).to_be_in_viewport(ratio=1)
        place, line = box.bounding_box(), said.bounding_box()
        assert place is not None
        assert line is not None
        assert place["y"] + place["height"] < line["y"]


def test_box_that_a_page_links_to_stands_clear_of_the_edge(opened: Page) -> None:
    opened.set_viewport_size({"width": 1280, "height": 400})
    opened.goto(f"{opened.url}#id_referrals-value")
    box = opened.get_by_label("Referrals", exact=True)
    expect(box).to_be_focused()
    place = box.bounding_box()
    assert place is not None
    assert place["y"] > 90
