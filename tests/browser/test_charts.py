"""Plotly over the static chart, under the portal's own policy."""

from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

TITLE = "Example bars"


def test_chart_is_drawn_without_a_complaint(page: Page, live_server: LiveServer) -> None:
    response = page.goto(f"{live_server}/components/")
    assert response is not None
    # The directives come in any order.
    header = response.headers["content-security-policy"]
    policy = {directive.strip() for directive in header.split(";")}
    assert {"script-src 'self'", "style-src 'self'"} <= policy
    assert "unsafe" not in header
    expect(page.locator("figure.chart svg.main-svg").first).to_be_visible()
    assert page.locator("style").count() == 0
    page.locator("figure.chart").scroll_into_view_if_needed()
    bar = page.locator("figure.chart .bars .point").first.bounding_box()
    assert bar is not None
    page.mouse.move(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    expect(page.locator("figure.chart .hoverlayer text").first).to_be_visible()


def test_static_chart_keeps_the_words(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}/components/")
    page.wait_for_selector("figure.chart.chart--live")
    picture = page.get_by_role("img", name=TITLE)
    assert picture.count() == 1
    assert page.locator("figure.chart [aria-hidden=true]").get_by_role("button").count() == 0


def test_chart_goes_to_paper_as_it_was_made(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}/components/")
    page.wait_for_selector("figure.chart.chart--live")
    page.emulate_media(media="print")
    expect(page.locator(".chart-live")).to_be_hidden()
    box = page.locator(".chart-static svg").bounding_box()
    assert box is not None
    assert box["width"] > 300


def test_chart_can_be_saved(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}/components/")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download this chart as PNG").click()
    assert saved.value.suggested_filename == "example.png"
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_static_chart_stays_where_plotly_does_not_come(page: Page, live_server: LiveServer) -> None:
    page.route("**/plotly-basic*.js", lambda route: route.abort())
    page.goto(f"{live_server}/components/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".chart-static svg")).to_be_visible()
    assert page.locator(".chart-live").count() == 0


def test_static_chart_stays_where_plotly_fails(page: Page, live_server: LiveServer) -> None:
    def broken(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace('{"data": [{', "{[{")
        assert body != response.text()
        route.fulfill(response=response, body=body)

    page.route("**/components/", broken)
    page.goto(f"{live_server}/components/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".chart-static svg")).to_be_visible()
    assert page.locator(".chart-live").count() == 0


def test_chart_is_there_without_script(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/components/")
    expect(page.locator(".chart-static svg")).to_be_visible()
    context.close()
