"""The contract tests fail when their fault is planted in a copy of the project."""

from pathlib import Path

import pytest

from tests.gates.copies import copy_of_the_project, run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_of_the_project(tmp_path)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def what_fails(copy: Path, *which: str) -> str:
    """What the copy's tests print; they must have failed."""
    found = run(copy, "pytest", "-vv", "-p", "no:cacheprovider", *which)
    assert found.returncode == 1, found.stdout + found.stderr
    return found.stdout


def test_address_that_nobody_has_decided_on_is_found(copy: Path) -> None:
    replace(
        copy / "metrics/urls.py",
        "urlpatterns: list[URLPattern | URLResolver] = [",
        "urlpatterns: list[URLPattern | URLResolver] = [\n"
        '    path("p/<slug:slug>/planted/", register.indicators, name="planted"),',
    )
    said = what_fails(
        copy,
        "tests/contracts/test_permission_walk.py",
        "-k",
        "test_every_address_has_a_row_for_get_and_one_for_post",
    )
    assert "('planted', 'GET')" in said


def test_page_that_lets_too_many_in_is_found(copy: Path) -> None:
    replace(
        copy / "metrics/returns/access.py",
        "WORKS_ON_RETURNS = (",
        "WORKS_ON_RETURNS = (Permission.READ_PUBLIC_FORM, ",
    )
    said = what_fails(copy, "tests/contracts/test_permission_walk.py", "-k", "returns")
    assert "council-scrutiny" in said


def test_constraint_that_no_test_breaks_is_found(copy: Path) -> None:
    replace(
        copy / "metrics/models/store.py",
        'models.CheckConstraint(condition=~Q(key=""), name="slice_has_a_key"),',
        'models.CheckConstraint(condition=~Q(key=""), name="slice_has_a_key"),\n'
        '            models.CheckConstraint(condition=~Q(key="x"), name="slice_is_not_planted"),',
    )
    said = what_fails(copy, "tests/contracts/test_constraints.py", "-k", "has_a_case")
    assert "slice_is_not_planted" in said


def test_model_that_does_not_say_what_is_personal_is_found(copy: Path) -> None:
    replace(
        copy / "metrics/models/revisions.py",
        '    PERSONAL_FIELDS = ("by",)\n',
        "",
    )
    assert "Revision" in what_fails(copy, "tests/contracts/test_models.py")


def test_skipped_test_is_found_where_nothing_may_be_skipped(copy: Path) -> None:
    (copy / "tests/test_planted.py").write_text(
        'import pytest\n\n\ndef test_planted():\n    pytest.skip("not today")\n'
    )
    command = (
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "tests.plugins",
        "tests/test_planted.py",
    )
    assert run(copy, *command, REQUIRE="").returncode == 0
    found = run(copy, *command, REQUIRE="all")
    assert found.returncode == 1
    assert "not today" in found.stdout


def test_variable_that_a_template_does_not_have_is_found(copy: Path) -> None:
    replace(
        copy / "templates/metrics/returns.html",
        "Choose a quarter to enter",
        "Choose a {{ qarter }} to enter",
    )
    said = what_fails(copy, "tests/metrics/test_views.py", "-k", "as_often")
    assert "qarter is undefined" in said


def test_warning_is_found(copy: Path) -> None:
    (copy / "tests/test_planted.py").write_text(
        'import warnings\n\n\ndef test_planted():\n    warnings.warn("old", DeprecationWarning)\n'
    )
    assert "DeprecationWarning: old" in what_fails(copy, "tests/test_planted.py")


def test_connection_to_elsewhere_is_found(copy: Path) -> None:
    (copy / "tests/test_planted.py").write_text(
        "import socket\n\n\ndef test_planted():\n"
        '    socket.create_connection(("192.0.2.1", 80), timeout=1)\n'
    )
    assert "SocketConnectBlockedError" in what_fails(copy, "tests/test_planted.py")
