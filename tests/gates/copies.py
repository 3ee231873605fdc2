"""A copy of the project's files, to plant a fault in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

APPS = ("safeguarding", "reports", "reviews", "metrics", "partnerships")


def copy_of_the_project(folder: Path) -> Path:
    """The packages, the tests and the tools' settings; without what is installed or written."""
    for name in (*APPS, "tests", "templates"):
        shutil.copytree(
            settings.BASE_DIR / name,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__", "*.pyc"),
        )
    for name in ("pyproject.toml", "manage.py"):
        shutil.copy(settings.BASE_DIR / name, folder / name)
    return folder


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
