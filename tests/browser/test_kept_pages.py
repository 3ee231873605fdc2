"""Pages of what the unit keeps: sound, and kept without a mouse's help."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from partnerships.models import Partnership, User
from reviews.inspections.actions import (
    FindingWords,
    InspectionWords,
    StatementWords,
    save_finding,
    save_inspection,
    save_statement,
)
from safeguarding.demo.invented_actions import load_invented_actions
from safeguarding.demo.invented_assurance import load_invented_assurance
from safeguarding.demo.invented_governance import load_invented_governance
from safeguarding.demo.invented_money import load_invented_money
from safeguarding.demo.invented_promises import load_invented_promises
from safeguarding.demo.invented_reviews import load_invented_reviews
from tests.browser.conftest import PHONE
from tests.factories import AgencyFactory

TODAY = date(2026, 7, 10)
NOW = datetime(2026, 7, 10, 9, 30, tzinfo=UTC)
PAGES = [
    "reviews/",
    "reviews/add/",
    "reviews/D1/",
    "reviews/D2/",
    "reviews/D1/edit/",
    "reviews/D1/remove/",
    "reviews/D2/clocks/publication/",
    "reviews/D2/clocks/publication/remove/",
    "reviews/D2/restricted/",
    "learning/information-sharing/",
    "learning/information-sharing/remove/",
    "learning/information-sharing/counts/add/",
    "inspections/",
    "inspections/visit/",
    "inspections/visit/edit/",
    "inspections/visit/remove/",
    "inspections/visit/findings/1/",
    "inspections/visit/findings/1/remove/",
    "inspections/visit/statement/",
    "inspections/visit/statement/remove/",
    "governance/",
    "governance/quality/",
    "governance/quality/edit/",
    "governance/executive/",
    "governance/executive/attendance/add/",
    "governance/executive/attendance/2025-26/",
    "governance/executive/attendance/2025-26/remove/",
    "governance/executive/meetings/add/",
    "governance/executive/meetings/2025-05-14/held/",
    "seats/",
    "seats/add/",
    "seats/carry/",
    "seats/2025-26/designated-doctor/",
    "budget/",
    "budget/add/",
    "budget/2025-26/",
    "budget/2025-26/all/amounts/",
    "budget/2025-26/all/edit/",
    "budget/2025-26/all/lines/add/",
    "budget/2025-26/all/lines/training/",
    "budget/2025-26/all/lines/training/remove/",
    "priorities/",
    "priorities/neglect/",
    "priorities/add/",
    "priorities/neglect/years/add/",
    "promises/",
    "promises/?outcome=kept",
    "promises/add/",
    "promises/years/2025-26/tool/",
    "promises/risks/",
    "promises/risks/no-trainer/",
    "promises/figures/",
    "promises/figures/procedures-contract/",
    "calendar/",
    "calendar/?year=2026-27",
    "calendar/milestones/",
    "calendar/milestones/away-day/",
    "actions/",
    "actions/?agency=testshire-police",
    "actions/1/",
    "actions/2/",
    "actions/2/update/",
    "actions/1/edit/",
    "actions/recommendations/",
    "actions/recommendations/add/",
    "actions/recommendations/review-d1/",
    "actions/recommendations/review-d1/2a/",
    "actions/recommendations/review-d1/2a/answers/add/",
    "actions/recommendations/review-d1/2a/remove/",
    "actions/challenges/",
    "actions/challenges/figures-on-the-tool/",
    "assurance/",
    "assurance/audits/neglect/",
    "assurance/audits/add/",
    "assurance/audits/neglect/grades/2025-26/",
    "assurance/audits/neglect/remove/",
    "assurance/audits/neglect/grades/2025-26/remove/",
    "assurance/self-assessments/section-11/",
    "assurance/self-assessments/section-11/steps/1/figures/add/",
    "assurance/self-assessments/section-11/moves/add/",
    "assurance/self-assessments/section-11/remove/",
    "assurance/self-assessments/section-11/steps/1/remove/",
    "assurance/self-assessments/section-11/areas/1/remove/",
    "assurance/dissemination/add/",
    "training/",
    "training/neglect-level-2/",
    "training/neglect-level-2/edit/",
    "training/neglect-level-2/figures/add/",
    "training/neglect-level-2/remove/",
    "voice/",
    "voice/survey-of-schools/",
    "voice/survey-of-schools/edit/",
    "voice/survey-of-schools/figures/add/",
    "voice/survey-of-schools/remove/",
]


@pytest.fixture
def kept(testshire: Partnership, business_unit: User, contributor: User) -> None:
    """What people keep; the contributor works for the police, and other agencies own actions."""
    load_invented_reviews(testshire, by=business_unit, today=TODAY)
    load_invented_governance(testshire, by=business_unit, today=TODAY)
    load_invented_promises(testshire, by=business_unit, today=TODAY)
    for slug in ("testshire-council", "testshire-icb"):
        AgencyFactory(partnership=testshire, organisation__slug=slug)
    load_invented_actions(testshire, unit=business_unit, police=contributor, today=TODAY, at=NOW)
    load_invented_money(testshire, by=business_unit, today=TODAY)
    load_invented_assurance(testshire, by=business_unit, today=TODAY)
    words = InspectionWords(name="Focused visit", inspectorates="Ofsted")
    visit = save_inspection(partnership=testshire, code="visit", words=words, by=business_unit)
    finding = FindingWords(kind="strength", subject="staff", words="Staff feel supported.")
    save_finding(inspection=visit, number=None, words=finding, by=business_unit)
    statement = StatementWords(
        prepares="Council",
        oversees="Partners",
        sends="Partnership",
        recipient="Ofsted",
        due=date(2023, 4, 18),
        due_as_printed="Friday 18 April 2023",
    )
    save_statement(inspection=visit, words=statement, by=business_unit)


@pytest.mark.parametrize("subject", sorted({path.split("/")[0] for path in PAGES}))
def test_pages_are_sound_on_a_desk_and_on_a_phone(
    subtests: pytest.Subtests,
    page: Page,
    live_server: LiveServer,
    sound: Callable[[Page], None],
    sign_in: Callable[[Page, User], None],
    kept: None,
    business_unit: User,
    subject: str,
) -> None:
    # Nothing here writes: what is kept is made once for all pages of a subject.
    sign_in(page, business_unit)
    for path in (each for each in PAGES if each.split("/")[0] == subject):
        with subtests.test(path=path):
            page.goto(f"{live_server}/p/testshire/{path}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            sound(page)


def test_error_leads_to_the_field_that_is_wrong(
    page: Page,
    live_server: LiveServer,
    axe: Callable[[Page], None],
    sign_in: Callable[[Page, User], None],
    kept: None,
    business_unit: User,
) -> None:
    sign_in(page, business_unit)
    page.goto(f"{live_server}/p/testshire/reviews/D4/edit/")
    page.get_by_label("Started").fill("soon")
    page.get_by_role("button", name="Save review").click()
    axe(page)
    page.get_by_role("link", name="“soon” is not a date.").click()
    expect(page.get_by_label("Started")).to_be_focused()


def test_error_in_a_grid_leads_to_the_box_that_is_wrong(
    page: Page,
    live_server: LiveServer,
    axe: Callable[[Page], None],
    still: Callable[[Page], None],
    sign_in: Callable[[Page, User], None],
    kept: None,
    business_unit: User,
) -> None:
    sign_in(page, business_unit)
    page.goto(f"{live_server}/p/testshire/governance/executive/attendance/2025-26/")
    page.get_by_label("Meetings attended, Designated Doctor").fill("5")
    page.get_by_role("button", name="Save attendance").click()
    axe(page)
    page.get_by_role("link", name="Designated Doctor cannot have attended 5 of 4").click()
    expect(page.get_by_label("Meetings attended, Designated Doctor")).to_be_focused()
    page.set_viewport_size(PHONE)
    still(page)

    page.goto(f"{live_server}/p/testshire/budget/2025-26/all/amounts/")
    page.get_by_label("Training, actual", exact=True).fill("a lot")
    page.get_by_role("button", name="Save amounts").click()
    axe(page)
    page.get_by_role("link", name="Enter an amount in pounds").click()
    expect(page.get_by_label("Training, actual", exact=True)).to_be_focused()
    expect(page.get_by_label("Training, actual", exact=True)).to_have_value("a lot")
