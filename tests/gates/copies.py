"""A copy of the project's files, to plant a fault in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

APPS = ("safeguarding", "reports", "reviews", "metrics", "partnerships")


def copy_of_the_project(folder: Path) -> Path:
    """The packages, the tests and the tools' settings; without what is installed.

    What has been worked out of these files goes along, so that no run begins from nothing: the
    compiled modules, what mypy keeps, and the migrated database. Each is known by what it was
    made of, so that none hides a fault that is planted afterwards.
    """
    for name in (*APPS, "tests", "templates"):
        shutil.copytree(settings.BASE_DIR / name, folder / name)
    for name in ("pyproject.toml", "manage.py"):
        shutil.copy(settings.BASE_DIR / name, folder / name)
    (folder / "var").mkdir()
    for prepared in Path(settings.VAR_DIR).glob("prepared-*.sqlite3"):
        shutil.copy(prepared, folder / "var" / prepared.name)
    return folder


def with_what_mypy_keeps(copy: Path) -> Path:
    kept = settings.BASE_DIR / ".mypy_cache"
    if kept.exists():
        shutil.copytree(kept, copy / ".mypy_cache")
    return copy


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A tool of this Python in the copy; its output, and how it ended."""
    tool = Path(sys.executable).parent / command[0]
    program = [str(tool)] if tool.exists() else [command[0]]
    return subprocess.run(
        [*program, *command[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=_environment(folder) | environment,
        timeout=240,
    )


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    kept.pop("DATABASE_URL", None)
    kept.pop("REDIS_URL", None)
    return kept | {"VAR_DIR": str(folder / "var"), "PYTHONPATH": str(folder)}
