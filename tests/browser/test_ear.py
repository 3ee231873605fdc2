"""The fixtures that watch a page hear a planted fault."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer


def test_inline_style_is_heard(page: Page, faults: list[str], live_server: LiveServer) -> None:
    page.goto(f"{live_server}/components/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_function("() => true")
    assert [fault for fault in faults if "Content Security Policy" in fault] == faults != []
    faults.clear()


def test_inline_script_is_heard(page: Page, faults: list[str], live_server: LiveServer) -> None:
    page.goto(f"{live_server}/components/")
    page.evaluate(
        "const script = document.createElement('script'); script.textContent = 'window.ran = 1';"
        "document.body.append(script)"
    )
    assert page.evaluate("window.ran") is None
    assert [fault for fault in faults if "Content Security Policy" in fault] == faults != []
    faults.clear()


def test_missing_file_is_heard(page: Page, faults: list[str], live_server: LiveServer) -> None:
    page.goto(f"{live_server}/components/")
    page.evaluate("fetch('/static/nothing.css')")
    page.wait_for_load_state("networkidle")
    assert faults == [f"404 {live_server}/static/nothing.css"]
    faults.clear()


def test_picture_without_words_is_found(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None]
) -> None:
    page.goto(f"{live_server}/components/")
    page.evaluate("document.querySelector('main').append(new Image())")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_page_that_scrolls_sideways_is_found(
    page: Page, live_server: LiveServer, still: Callable[[Page], None]
) -> None:
    page.goto(f"{live_server}/components/")
    page.evaluate(
        "const wide = new Image(3000, 1); wide.alt = '';document.querySelector('main').append(wide)"
    )
    with pytest.raises(AssertionError):
        still(page)
