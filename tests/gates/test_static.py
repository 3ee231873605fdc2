"""The static gates fail when their fault is planted in a copy of the project."""

from pathlib import Path

import pytest

from tests.gates.copies import copy_of_the_project, run, with_what_mypy_keeps


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_of_the_project(tmp_path)


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_import_against_the_line_is_found(copy: Path) -> None:
    assert run(copy, "lint-imports").returncode == 0
    append(copy / "partnerships/calendar.py", "\nimport metrics.models  # noqa: E402, F401\n")
    found = run(copy, "lint-imports")
    assert found.returncode == 1
    assert "partnerships is not allowed to import metrics" in found.stdout


def test_arithmetic_that_knows_the_database_is_found(copy: Path) -> None:
    append(copy / "metrics/arithmetic/change.py", "\nimport django.db  # noqa: E402, F401\n")
    found = run(copy, "lint-imports")
    assert found.returncode == 1
    assert "metrics.arithmetic is not allowed to import django" in found.stdout


def test_model_without_its_migration_is_found(copy: Path) -> None:
    check = ("python", "manage.py", "makemigrations", "--check", "--dry-run", "--skip-checks")
    assert run(copy, *check).returncode == 0
    file = copy / "metrics/models/register.py"
    file.write_text(file.read_text().replace("max_length=300", "max_length=301", 1))
    found = run(copy, *check)
    assert found.returncode == 1
    assert "Alter field numerator_words" in found.stdout


def test_wrong_type_is_found(copy: Path) -> None:
    planted = with_what_mypy_keeps(copy) / "partnerships/planted.py"
    planted.write_text(
        "from partnerships.periods import financial_year\n\n\n"
        'def label() -> int:\n    return financial_year("2019").label\n'
    )
    found = run(copy, "mypy", "partnerships/planted.py")
    assert found.returncode == 1
    assert "[arg-type]" in found.stdout
    assert "[return-value]" in found.stdout


def test_function_without_types_is_found(copy: Path) -> None:
    planted = with_what_mypy_keeps(copy) / "partnerships/planted.py"
    planted.write_text("def double(x):\n    return 2 * x\n")
    assert "[no-untyped-def]" in run(copy, "mypy", "partnerships/planted.py").stdout
    found = run(copy, "ruff", "check", "partnerships/planted.py")
    assert found.returncode == 1
    assert "ANN001" in found.stdout


def test_badly_formatted_code_is_found(copy: Path) -> None:
    (copy / "partnerships/planted.py").write_text("x = {  'a':1}\n")
    assert run(copy, "ruff", "format", "--check", "partnerships/planted.py").returncode == 1
