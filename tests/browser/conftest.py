"""A real browser on a real server: Debian's Chromium, axe, and an ear for every complaint.

Every test in this folder is marked `browser`. Without a Chromium they are skipped, and fail
where REQUIRE=all.

- `page`: a page that fails its test when the browser blocks, misses or throws something;
  `faults` is what it found
- `axe(page)`: no violation of WCAG 2.2 A and AA or of axe's best practice
- `sign_in(page, user)`: the person is signed in, without the form
- `still(page)`: no sideways scrolling of the page as a whole
- `sound(page)`: both, on a desk and on a phone
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Error, Page, Response, ViewportSize
from pytest_django.live_server_helper import LiveServer

from partnerships.models import User

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HERE = Path(__file__).parent
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and os.environ.get("REQUIRE") != "all":
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright() -> Iterator[None]:
    # Playwright's synchronous interface keeps an event loop in this thread, and Django
    # refuses to query beside one. Nothing here is asynchronous.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.fail("REQUIRE=all, and there is no Chromium. Run: apt-get install chromium")
    return {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": DESK, "locale": "en-GB"}


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained of; a test that causes it on purpose clears it."""
    return []


@pytest.fixture
def page(page: Page, faults: list[str]) -> Iterator[Page]:
    """Playwright's page; at the end of the test it must have had nothing to complain of."""

    def heard(message: ConsoleMessage) -> None:
        # A page that is itself an error is said so on the console: `answered` sees the rest.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            faults.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            faults.append(f"{response.status} {response.url}")

    def threw(error: Error) -> None:
        faults.append(str(error))

    page.on("console", heard)
    page.on("response", answered)
    page.on("pageerror", threw)
    yield page
    assert faults == []


@pytest.fixture
def axe() -> Callable[[Page], None]:
    if not AXE.exists():
        pytest.fail("axe-core is not installed. Run: npm ci")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        # Evaluated by the browser's debugger, so that the page's own policy stays as it is; it
        # also refuses the style that axe would add to read a stylesheet that another takes in.
        page.evaluate(source)
        # Only of violations does it then work out where each part of the page stands.
        result = page.evaluate(
            """rules => axe.run(document, {
                preload: false, resultTypes: ["violations"], runOnly: {type: "tag", values: rules}
            })""",
            RULES,
        )
        found = [
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]
        assert found == []

    return check


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, User], None]:
    def signed_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return signed_in


@pytest.fixture
def still() -> Callable[[Page], None]:
    def check(page: Page) -> None:
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider == 0

    return check


@pytest.fixture
def sound(axe: Callable[[Page], None], still: Callable[[Page], None]) -> Callable[[Page], None]:
    """One page in one state at both widths: what leads to it is done once. Ends on the desk."""

    def check(page: Page) -> None:
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe(page)
            still(page)

    return check
