"""A database of its own for each test that commits, and processes that end with it."""

import os
import signal
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis
from pytest_django import DjangoDbBlocker, Settings

from tests.partnerships.jobs.ground import handlers  # noqa: F401  (registers them)
from tests.partnerships.jobs.places import Ground, PostgresPlaces, SQLitePlaces
from tests.prepared import ON_POSTGRES

REDIS_URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/9"
Places = SQLitePlaces | PostgresPlaces


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "redis: needs a Redis that answers")


@pytest.fixture
def now() -> datetime:
    return datetime(2020, 1, 14, 9, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_broker(settings: Settings) -> None:
    """This process itself talks to no broker; processes that it starts may."""
    settings.REDIS_URL = ""


@pytest.fixture(scope="session")
def places(django_db_blocker: DjangoDbBlocker) -> Places:
    with django_db_blocker.unblock():
        return PostgresPlaces() if ON_POSTGRES else SQLitePlaces()


@pytest.fixture
def ground(places: Places, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[Ground]:
    with django_db_blocker.unblock(), places.place(tmp_path) as made:
        yield made
        made.close()


@pytest.fixture
def broker(ground: Ground) -> Iterator[redis.Redis]:
    """A real Redis; the test's processes use it under a prefix of their own."""
    client = redis.Redis.from_url(REDIS_URL, socket_timeout=2, decode_responses=True)
    try:
        client.ping()
    except redis.ConnectionError:
        if os.environ.get("REQUIRE") == "all":
            raise
        pytest.skip(f"No Redis answers at {REDIS_URL}.")
    prefix = f"test-{uuid.uuid4()}:"
    ground.environment |= {"REDIS_URL": REDIS_URL, "REDIS_PREFIX": prefix}
    yield client
    ground.close()  # a worker that lives would write its keys anew
    for key in client.scan_iter(f"{prefix}*"):
        client.delete(key)
    client.close()


@pytest.fixture
def keep_signals() -> Iterator[None]:
    """The command `work` takes these signals over; a test gives them back."""
    taken = (signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(number) for number in taken]
    yield
    for number, owner in zip(taken, before, strict=True):
        signal.signal(number, owner)
