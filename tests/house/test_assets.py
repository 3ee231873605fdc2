"""Static files: what is served, under which names, and what is missing when npm has not run."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.template.loader import render_to_string
from pytest_django import Settings

from safeguarding.assets import NpmFinder


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    """Everything that production serves, collected as production does."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("js", "css", "map", "svg")  # slow, not ours
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "safeguarding.assets.PortalStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_page_asset_has_a_hashed_name_that_is_there(collected: Path) -> None:
    page = render_to_string("500.html") + render_to_string("components/chart_scripts.html")
    asked = re.findall(r'"/static/([^"]+)"', page)
    assert len(asked) == 8
    assert [name for name in asked if not (collected / name).is_file()] == []
    assert [name for name in asked if not re.search(r"\.[0-9a-f]{12}\.", name)] == []


def test_imports_of_modules_are_hashed_too(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    start = collected / names["js/start.js"]
    (imported,) = re.findall(r'from "([^"]+)"', start.read_text())
    target = (start.parent / imported).resolve().relative_to(collected.resolve())
    assert str(target) == names["govuk-frontend/govuk-frontend.min.js"]


def test_stylesheet_that_ours_takes_in_is_hashed_too(collected: Path) -> None:
    """Never linked beside ours: a browser that had it alone would ask for the font of gov.uk."""
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    portal = collected / names["css/portal.css"]
    (imported,) = re.findall(r'@import url\("([^"]+)"\)', portal.read_text())
    target = (portal.parent / imported).resolve().relative_to(collected.resolve())
    assert str(target) == names["govuk-frontend/govuk-frontend.min.css"]
    assert "govuk-frontend.min" not in render_to_string("500.html")


def test_nothing_that_belongs_to_gov_uk_is_served(collected: Path) -> None:
    served = [file.name for file in collected.rglob("*") if file.is_file()]
    wrong = re.compile(r"\.woff2?$|crown|crest|govuk-icon|logo", re.IGNORECASE)
    assert [name for name in served if wrong.search(name)] == []


def test_missing_packages_are_said_with_what_to_do(settings: Settings) -> None:
    settings.NPM_ASSETS = {"here/nothing.js": "no-such-package/nothing.js"}
    (warning,) = NpmFinder().check()
    assert (warning.id, warning.msg, warning.hint) == (
        "safeguarding.W010",
        "Page assets are missing: here/nothing.js.",
        "Run npm ci.",
    )
    assert NpmFinder().find("here/nothing.js") == []


def test_only_named_files_of_packages_are_found() -> None:
    assert find("govuk-frontend/govuk-frontend.min.css") is not None
    assert find("govuk-frontend/all.bundle.js") is None
    assert NpmFinder().find("../pyproject.toml") == []
