"""Databases of these tests' own, and processes that work on them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from tests.prepared import (
    copy_of_prepared_file,
    default_database,
    prepared_database,
    run_on_server,
)

ROOT = Path(__file__).resolve().parents[3]
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def until(condition: Callable[[], Any], *, what: str, seconds: float = 60.0) -> Any:
    """The first true answer of the condition; fails with `what` was waited for after a while."""
    ends = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > ends:
            raise AssertionError(f"Waited {seconds} s in vain: {what}")
        time.sleep(0.02)
    return answer


@dataclass
class Ground:
    """A migrated database that this process has as its default, and a folder of its own."""

    folder: Path
    address: str
    environment: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def manage(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return self.start(sys.executable, "manage.py", *arguments, **environment)

    def start(self, *command: str, **environment: str) -> subprocess.Popen[str]:
        """A process in a group of its own, so that all of it can be killed at once."""
        with (self.folder / f"log-{len(self.started)}").open("w") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment() | environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def _environment(self) -> dict[str, str]:
        """This process's environment without what would point to the suite's own services."""
        told = {"REDIS_URL", "REDIS_PREFIX", "PORTAL_ENV", "DEBUG"}
        kept = {name: value for name, value in os.environ.items() if name not in told}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "tests.partnerships.jobs.settings",
            "DATABASE_URL": self.address,
            "VAR_DIR": str(self.folder),
            "PYTHONUNBUFFERED": "1",
            **self.environment,
        }

    def log(self) -> str:
        """All that the processes wrote to their standard error."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("log-*")))

    def close(self) -> None:
        for process in self.started:
            kill(process)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()


def kill(process: subprocess.Popen[str]) -> None:
    """SIGKILL to the process and all its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


class SQLitePlaces:
    """Each place is a copy of the one migrated file."""

    def _config(self, path: Path) -> dict[str, Any]:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "OPTIONS": SQLITE_OPTIONS,
        }

    @contextmanager
    def place(self, folder: Path) -> Iterator[Ground]:
        path = folder / "portal.sqlite3"
        copy_of_prepared_file(path)
        with default_database(self._config(path)):
            yield Ground(folder, f"sqlite:///{path}")


class PostgresPlaces:
    """Each place is a database made from the one that is migrated."""

    def __init__(self) -> None:
        self._template = prepared_database()
        self._made = 0

    @contextmanager
    def place(self, folder: Path) -> Iterator[Ground]:
        self._made += 1
        name = f"test_jobs_{os.getpid()}_{self._made}"
        run_on_server(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        try:
            with default_database({"NAME": name, "CONN_MAX_AGE": 0}):
                yield Ground(folder, self._address(name))
        finally:
            run_on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _address(self, name: str) -> str:
        told = settings.DATABASES["default"]
        person = quote(told["USER"], safe="")
        password = f":{quote(told['PASSWORD'], safe='')}" if told["PASSWORD"] else ""
        port = f":{told['PORT']}" if told["PORT"] else ""
        at = f"{person}{password}@" if person else ""
        return f"postgres://{at}{quote(told['HOST'], safe='')}{port}/{name}"
