"""The contract tests fail when their fault is planted in a copy of the project.

The faults are planted in one copy, each where no other one's test looks, so that one run of
the copy's tests shows every gate.
"""

import xml.etree.ElementTree as ET

import pytest

from tests.gates.copies import copy_of_the_project, run

# By gate: the file that the fault is planted in, what stands there and what comes in its place.
REPLACED = {
    "address": (
        "metrics/urls.py",
        "urlpatterns: list[URLPattern | URLResolver] = [",
        "urlpatterns: list[URLPattern | URLResolver] = [\n"
        '    path("p/<slug:slug>/planted/", register.indicators, name="planted"),',
    ),
    "permission": (
        "metrics/returns/access.py",
        "WORKS_ON_RETURNS = (",
        "WORKS_ON_RETURNS = (Permission.READ_PUBLIC_FORM, ",
    ),
    "constraint": (
        "metrics/models/store.py",
        'models.CheckConstraint(condition=~Q(key=""), name="slice_has_a_key"),',
        'models.CheckConstraint(condition=~Q(key=""), name="slice_has_a_key"),\n'
        '            models.CheckConstraint(condition=~Q(key="x"), name="slice_is_not_planted"),',
    ),
    "personal": ("metrics/models/revisions.py", '    PERSONAL_FIELDS = ("by",)\n', ""),
    "variable": (
        "templates/metrics/returns.html",
        "Choose a quarter to enter",
        "Choose a {{ qarter }} to enter",
    ),
}
WRITTEN = {
    "warning": (
        "tests/test_warning.py",
        'import warnings\n\n\ndef test_planted():\n    warnings.warn("old", DeprecationWarning)\n',
    ),
    "elsewhere": (
        "tests/test_elsewhere.py",
        "import socket\n\n\ndef test_planted():\n"
        '    socket.create_connection(("192.0.2.1", 80), timeout=1)\n',
    ),
}
# By gate: the test that has to fail, and a word of what it says.
WALK = "tests/contracts/test_permission_walk.py::test"
FOUND = {
    "address": (
        f"{WALK}_every_address_has_a_row_for_get_and_one_for_post",
        "('planted', 'GET')",
    ),
    "permission": (
        f"{WALK}_address_answers_each_person_as_written[GET return_period]",
        "{'council-scrutiny': '200'} != {'council-scrutiny': '403'}",
    ),
    "constraint": (
        "tests/contracts/test_constraints.py::test_every_constraint_has_a_case",
        "slice_is_not_planted",
    ),
    "personal": (
        "tests/contracts/test_models.py::test_model_names_its_personal_fields[metrics.Revision]",
        "PERSONAL_FIELDS",
    ),
    "variable": (
        "tests/metrics/test_views.py::"
        "test_pages_ask_the_database_as_often_for_many_figures_as_for_one[0]",
        "qarter is undefined",
    ),
    "warning": ("tests/test_warning.py::test_planted", "DeprecationWarning: old"),
    "elsewhere": ("tests/test_elsewhere.py::test_planted", "SocketConnectBlockedError"),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each of these tests says in the copy by its name, empty where it passes."""
    copy = copy_of_the_project(tmp_path_factory.mktemp("planted"))
    for name, old, new in REPLACED.values():
        text = (copy / name).read_text(encoding="utf-8")
        assert old in text
        (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    for name, text in WRITTEN.values():
        (copy / name).write_text(text, encoding="utf-8")
    tests = (test for test, _ in FOUND.values())
    ended = run(copy, "pytest", "-vv", "-p", "no:cacheprovider", "--junitxml=found.xml", *tests)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    cases = ET.parse(copy / "found.xml").iter("testcase")
    return {
        _named(case): "".join(f"{each.attrib.get('message', '')} {each.text}" for each in case)
        for case in cases
    }


def _named(case: ET.Element) -> str:
    """The test as pytest is told to run it."""
    return f"{case.attrib['classname'].replace('.', '/')}.py::{case.attrib['name']}"


@pytest.mark.parametrize("gate", FOUND)
def test_fault_is_found(said: dict[str, str], gate: str) -> None:
    test, words = FOUND[gate]
    assert words in said[test]
