"""One migrated database, made once; each test process starts from a copy of it.

All migrations take longer than most files of tests. The copy is made anew when a migration or
Django itself has changed, so that it can never be older than the code. `python -m tests.prepared`
makes it beforehand.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[1]
ON_POSTGRES = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A file that is there is used, since it is the copy; on PostgreSQL Django makes the copy."""
    return not ON_POSTGRES


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    told: dict[str, Any] = settings.DATABASES["default"]["TEST"]
    with django_db_blocker.unblock():
        if ON_POSTGRES:
            told["TEMPLATE"] = prepared_database()
        else:
            copy_of_prepared_file(Path(told["NAME"]))


def copy_of_prepared_file(to: Path) -> None:
    # What another process left of its log would be read into the copy.
    for left in (f"{to}-wal", f"{to}-shm"):
        Path(left).unlink(missing_ok=True)
    shutil.copyfile(prepared_file(), to)


def prepared_file() -> Path:
    """The migrated SQLite file of this state of the code; made if it is not there."""
    folder = Path(settings.VAR_DIR)
    path = folder / f"prepared-{state_of_migrations()}.sqlite3"
    with _only_one(folder / "prepared.lock"):
        if not path.exists():
            for old in folder.glob("prepared-*"):
                old.unlink()
            begun = folder / "begun.sqlite3"
            begun.unlink(missing_ok=True)
            with default_database({"NAME": str(begun)}):
                call_command("migrate", verbosity=0)
                connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            begun.rename(path)
    return path


def prepared_database() -> str:
    """The name of the migrated PostgreSQL database of this code; made if it is not there."""
    ours = f"test_prepared_{sha256(str(ROOT).encode()).hexdigest()[:8]}_"
    name = ours + state_of_migrations()
    with _only_one(Path(settings.VAR_DIR) / "database.lock"):
        there = databases_beginning(ours)
        if name not in there:
            for old in there:
                run_on_server(f'DROP DATABASE "{old}" WITH (FORCE)')
            run_on_server(f'CREATE DATABASE "{name}_begun"')
            with default_database({"NAME": f"{name}_begun", "CONN_MAX_AGE": 0}):
                call_command("migrate", verbosity=0)
            run_on_server(f'ALTER DATABASE "{name}_begun" RENAME TO "{name}"')
    return name


def state_of_migrations() -> str:
    """Changes with any migration and with Django's own."""
    told = sha256(django.__version__.encode())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        told.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]


def databases_beginning(start: str) -> list[str]:
    with default_database({"NAME": "postgres"}), connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", [start]
        )
        return [name for (name,) in cursor.fetchall()]


def run_on_server(statement: str) -> None:
    with default_database({"NAME": "postgres"}), connections["default"].cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def default_database(config: dict[str, Any]) -> Iterator[None]:
    """This process and its threads use another database as their default."""
    before_config, before = connections.settings["default"], connections["default"]
    before.close()
    connections.settings["default"] = before_config | config
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = before_config, before


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """The processes of one run wait for the first of them."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    django.setup()
    prepared_database() if ON_POSTGRES else prepared_file()
