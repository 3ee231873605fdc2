"""The lock files: whole, with checksums, without addresses, and of the versions asked for."""

import json
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-npm.lock")
PINNED = re.compile(r"^([a-z0-9-]+)==([^ ;]+)", re.MULTILINE)


def text_of(name: str) -> str:
    return (Path(settings.BASE_DIR) / name).read_text(encoding="utf-8")


def versions(name: str) -> dict[str, set[str]]:
    """The versions that a lock names for each package; one more for a newer Python."""
    found: dict[str, set[str]] = {}
    for package, version in PINNED.findall(text_of(name)):
        found.setdefault(package, set()).add(version)
    return found


def addresses(text: str) -> list[str]:
    """What would tie a lock to a registry or a machine."""
    return re.findall(r'https?://|file:|"resolved"|--[a-z-]*(?:index|links)[a-z-]*', text)


@pytest.mark.parametrize("name", LOCKS)
def test_python_lock_names_no_address(name: str) -> None:
    assert addresses(text_of(name)) == []


def test_npm_lock_names_no_address() -> None:
    packages = json.loads(text_of("package-lock.json"))["packages"]
    for package in packages.values():
        package.pop("funding", None)  # where to give money, not where to download
    assert addresses(json.dumps(packages)) == []


@pytest.mark.parametrize(
    "fault",
    [
        "--index-url https://registry.example/simple",
        "--find-links /srv/wheels",
        '"resolved": "registry"',
        "numpy @ file:///srv/numpy.whl",
    ],
)
def test_planted_address_is_found(fault: str) -> None:
    assert addresses(fault) != []


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_a_checksum(name: str) -> None:
    text = text_of(name)
    blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PINNED.findall(text))
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_every_package_of_npm_has_a_checksum() -> None:
    packages = json.loads(text_of("package-lock.json"))["packages"]
    assert [name for name, told in packages.items() if name and "integrity" not in told] == []


def test_development_has_the_versions_of_the_portal() -> None:
    development = versions("requirements-dev.lock")
    portal = versions("requirements.lock")
    assert {name: development.get(name) for name in portal} == portal


@pytest.mark.parametrize(
    ("lock", "group"),
    [("requirements.lock", ""), ("requirements-dev.lock", "dev"), ("requirements-npm.lock", "npm")],
)
def test_lock_is_of_this_pyproject(lock: str, group: str) -> None:
    """A requirement that was changed without `make lock` shows here."""
    project = tomllib.loads(text_of("pyproject.toml"))
    told = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    locked = versions(lock)
    stale = [
        text
        for text in told
        if not any(
            Requirement(text).specifier.contains(version, prereleases=True)
            for version in locked.get(Requirement(text).name.lower(), set())
        )
    ]
    assert stale == []


def test_npm_lock_is_of_this_package_json() -> None:
    told = json.loads(text_of("package.json"))
    locked = json.loads(text_of("package-lock.json"))["packages"][""]
    assert locked["dependencies"] == told["dependencies"]
    assert locked["devDependencies"] == told["devDependencies"]


def test_every_dependency_says_why() -> None:
    """In pyproject.toml each requirement carries the reason it is there."""
    lines = [
        line for line in text_of("pyproject.toml").splitlines() if re.match(r'    "[a-z]', line)
    ]
    requirements = [line for line in lines if re.search(r"[<>=]=?\d", line)]
    assert len(requirements) > 30
    assert [line for line in requirements if not re.search(r"# \w", line)] == []


# What no module of ours names: the web server's command, and the driver that Django looks for.
NAMED_ELSEWHERE = {"gunicorn", "psycopg2-binary"}


def test_every_package_that_the_portal_asks_for_is_used() -> None:
    asked = tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"]
    names = {Requirement(each).name for each in asked} - NAMED_ELSEWHERE
    modules: dict[str, set[str]] = {name: set() for name in names}
    for module, packages in packages_distributions().items():
        for package in modules.keys() & {each.lower() for each in packages}:
            modules[package].add(module)
    apps = ("safeguarding", "partnerships", "metrics", "reviews", "reports")
    files = (file for app in apps for file in (Path(settings.BASE_DIR) / app).rglob("*.py"))
    ours = "\n".join(file.read_text(encoding="utf-8") for file in files)
    # An import, or the name of an installed app.
    used = set(re.findall(r'(?:\bfrom |\bimport |")(\w+)', ours))
    assert {name for name, its in modules.items() if not its & used} == set()
