"""The browser's gates fail when their fault is planted in a page.

All faults stand in one copy of the project, each behind a word in the address, so that one
run of the copy's tests shows every gate.
"""

import os
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.conf import settings

from tests.gates.copies import copy_of_the_project, run

TEST = """
import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("fault", {faults})
def test_planted(page, live_server, axe, still, fault):
    page.set_viewport_size({{"width": 320, "height": 800}})
    page.goto(live_server.url + "/account/login/?planted=" + fault)
    axe(page)
    still(page)
"""

# What is planted, and a word of what the gate says of it.
FAULTS = {
    "script": ("<script>document.title = 'x'</script>", "Content Security Policy"),
    "style": ('<p style="color: red">Red</p>', "Content Security Policy"),
    "alt": ('<img src="/static/images/favicon.svg">', "image-alt"),
    "contrast": ('<p class="planted">Grey on white</p>', "color-contrast"),
    "label": ('<input type="text" name="planted">', "label:"),
    "missing": ('<img alt="" src="/static/none.svg">', "404"),
    "wide": ('<nav aria-label="Wide" class="wide">Wide</nav>', "== 0"),
}
CSS = ".planted { color: #ccc; } .wide { width: 900px; }"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the gates say of each fault, empty where they say nothing; "none" has none."""
    copy = copy_of_the_project(tmp_path_factory.mktemp("planted"))
    (copy / "node_modules").symlink_to(settings.BASE_DIR / "node_modules")
    _plant(copy)
    test = TEST.format(faults=["none", *FAULTS])
    (copy / "tests/browser/test_planted.py").write_text(test, encoding="utf-8")
    run(
        copy,
        "pytest",
        "-p",
        "no:cacheprovider",
        "--junitxml=found.xml",
        "tests/browser/test_planted.py",
        REQUIRE=os.environ.get("REQUIRE", ""),
    )
    found: dict[str, str] = {}
    for case in ET.parse(copy / "found.xml").iter("testcase"):
        name = case.attrib["name"].partition("[")[2].rstrip("]").split("-")[-1]
        found[name] = "".join(f"{each.attrib.get('message', '')} {each.text}" for each in case)
    return found


def _plant(copy: Path) -> None:
    footer = copy / "templates/components/footer.html"
    planted = "".join(
        f'{{% if request.GET.planted == "{name}" %}}{html}{{% endif %}}'
        for name, (html, _) in FAULTS.items()
    )
    footer.write_text(planted + footer.read_text(encoding="utf-8"), encoding="utf-8")
    (copy / "static").mkdir()
    for part in (settings.BASE_DIR / "static").iterdir():
        if part.name != "css":
            (copy / "static" / part.name).symlink_to(part)
    (copy / "static/css").mkdir()
    for sheet in (settings.BASE_DIR / "static/css").iterdir():
        more = CSS if sheet.name == "portal.css" else ""
        (copy / "static/css" / sheet.name).write_text(
            sheet.read_text(encoding="utf-8") + more, encoding="utf-8"
        )


def test_page_without_a_fault_passes(said: dict[str, str]) -> None:
    assert said["none"] == ""


@pytest.mark.parametrize("fault", FAULTS)
def test_page_with_a_fault_is_found(said: dict[str, str], fault: str) -> None:
    assert FAULTS[fault][1] in said[fault]
