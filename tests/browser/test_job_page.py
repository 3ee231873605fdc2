"""The page of a job keeps itself fresh, and says aloud when the job's state changes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from partnerships.models import Job, Partnership, User
from tests.browser.conftest import PHONE
from tests.factories import MOMENT, JobFactory


@pytest.fixture
def job(testshire: Partnership, business_unit: User) -> Job:
    made: Job = JobFactory(
        partnership=testshire,
        asked_by=business_unit,
        state="running",
        lease="a-run",
        lease_until=MOMENT,
        started_at=MOMENT,
        attempts=1,
        progress_done=1,
        progress_total=3,
        progress_words="adding up the quarters",
    )
    return made


def _finish() -> None:
    Job.objects.update(state="done", lease="", lease_until=None, finished_at=MOMENT)


def test_job_page_is_sound_and_follows_the_job(
    page: Page,
    live_server: LiveServer,
    axe: Callable[[Page], None],
    still: Callable[[Page], None],
    sign_in: Callable[[Page, User], None],
    business_unit: User,
    job: Job,
) -> None:
    sign_in(page, business_unit)
    page.goto(f"{live_server}/jobs/{job.pk}/")
    axe(page)
    page.set_viewport_size(PHONE)
    still(page)

    button = page.get_by_role("button", name="Cancel this job")
    button.focus()
    Job.objects.update(progress_done=2, progress_words="comparing the figures")
    expect(page.get_by_text("comparing the figures")).to_be_visible()
    expect(button).to_be_focused()

    _finish()
    said = page.get_by_role("status")
    expect(said).to_have_text("tests.nothing: done – Safeguarding partnership reporting")
    expect(page).to_have_title("tests.nothing: done – Safeguarding partnership reporting")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("button", name="Cancel this job")).to_have_count(0)
    expect(page.get_by_role("link", name="Refresh")).to_have_count(0)
    axe(page)


def test_job_page_without_script_is_refreshed_by_its_link(
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    business_unit: User,
    job: Job,
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, business_unit)
    page.goto(f"{live_server}/jobs/{job.pk}/")
    expect(page.get_by_text("adding up the quarters")).to_be_visible()

    _finish()
    page.get_by_role("link", name="Refresh").click()

    expect(page).to_have_title("tests.nothing: done – Safeguarding partnership reporting")
    page.context.close()
