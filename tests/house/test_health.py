"""`manage.py health`: one sentence and a non-zero exit when something is away, in time."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from django.conf import settings as portal
from django.core.management import CommandError, call_command
from pytest_django import Settings

from safeguarding.management.commands import health
from safeguarding.management.commands.health import ask_broker, within

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that accepts and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def closed() -> int:
    """A port on which nothing listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def manage(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "health"],
        cwd=portal.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.django_db
def test_all_is_well_without_a_broker(settings: Settings, capsys: Capture) -> None:
    settings.REDIS_URL = ""
    call_command("health")
    assert capsys.readouterr().out == "Database: ok. Broker: none.\n"


@pytest.mark.redis
def test_broker_that_answers_is_well(settings: Settings) -> None:
    settings.REDIS_URL = os.environ["REDIS_URL"]
    assert ask_broker() == ""


def test_database_that_is_away_is_said(tmp_path: Path, closed: int) -> None:
    answer = manage(tmp_path, DATABASE_URL=f"postgres://portal:hidden@127.0.0.1:{closed}/portal")
    assert answer.returncode == 1
    assert answer.stderr == (
        f'CommandError: The database cannot be used (connection to server at "127.0.0.1", port '
        f"{closed} failed: Connection refused). "
        "Start it, or correct DATABASE_URL, and try again.\n"
    )


def test_database_that_never_answers_is_said(tmp_path: Path, silent: int) -> None:
    answer = manage(tmp_path, DATABASE_URL=f"postgres://portal@127.0.0.1:{silent}/portal")
    assert answer.returncode == 1
    assert answer.stderr == (
        "CommandError: The database cannot be used (no answer within 3 seconds). "
        "Start it, or correct DATABASE_URL, and try again.\n"
    )


@pytest.mark.django_db
def test_broker_that_is_away_is_said(settings: Settings, closed: int) -> None:
    settings.REDIS_URL = f"redis://:hidden@127.0.0.1:{closed}/0"
    with pytest.raises(CommandError) as said:
        call_command("health")
    assert str(said.value) == (
        f"The broker cannot be used (Error 111 connecting to 127.0.0.1:{closed}. Connection "
        "refused). Start Redis, or correct REDIS_URL, or unset it to run jobs without a broker, "
        "and try again."
    )


@pytest.mark.django_db
def test_broker_that_never_answers_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, silent: int
) -> None:
    monkeypatch.setattr(health, "SECONDS", 0.5)
    settings.REDIS_URL = f"redis://127.0.0.1:{silent}/0"
    with pytest.raises(CommandError, match=r"^The broker cannot be used \("):
        call_command("health")


def test_question_is_left_when_its_time_is_up() -> None:
    answered = Event()

    def ask() -> str:
        answered.wait(10)
        return ""

    started = monotonic()
    assert within(0.2, ask) == "no answer within 0 seconds"
    assert monotonic() - started < 2
    answered.set()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "maybe", "DEBUG is 'maybe'. Set it to 1 or 0."),
        (
            "PORTAL_ENV",
            "live",
            "PORTAL_ENV is 'live'. Set it to one of: development, production.",
        ),
        (
            "PORTAL_ENV",
            "production",
            "SECRET_KEY is not set. Set it to 50 or more random characters.",
        ),
        (
            "DATABASE_URL",
            "mysql://portal:hidden@127.0.0.1/portal",
            "DATABASE_URL starts with 'mysql'. Set it to postgres://USER:PASSWORD@HOST:PORT/NAME, "
            "or leave it unset for SQLite.",
        ),
        (
            "REDIS_URL",
            "amqp://portal:hidden@127.0.0.1/",
            "REDIS_URL is not a Redis address. Set it to redis://HOST:PORT/NUMBER, "
            "or leave it unset to run the worker without a broker.",
        ),
    ],
)
def test_wrong_setting_is_one_sentence(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    answer = manage(tmp_path, **{name: value})
    assert answer.returncode == 1
    assert answer.stderr == f"The settings are wrong: {sentence}\n"
