"""`manage.py health`: whether the database and the broker of the settings answer."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import redis
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from redis.backoff import NoBackoff
from redis.retry import Retry

SECONDS = 3.0


class Command(BaseCommand):
    help = "Exits non-zero with one sentence when the database or the broker is away."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        trouble = within(SECONDS, ask_database)
        if trouble:
            raise CommandError(
                f"The database cannot be used ({trouble}). "
                "Start it, or correct DATABASE_URL, and try again."
            )
        trouble = within(SECONDS, ask_broker) if settings.REDIS_URL else ""
        if trouble:
            raise CommandError(
                f"The broker cannot be used ({trouble}). Start Redis, or correct REDIS_URL, "
                "or unset it to run jobs without a broker, and try again."
            )
        broker = "ok" if settings.REDIS_URL else "none"
        self.stdout.write(f"Database: ok. Broker: {broker}.")


def within(seconds: float, ask: Callable[[], str]) -> str:
    """What `ask` found wrong, or that it gave no answer in time.

    A thread that is left behind: neither client bounds the look-up of a name, and a server
    that accepts and never answers holds a connection beyond the client's own limits.
    """
    answers: list[str] = []
    asking = Thread(target=lambda: answers.append(ask()), daemon=True)
    asking.start()
    asking.join(seconds)
    return answers[0] if answers else f"no answer within {seconds:.0f} seconds"


def ask_database() -> str:
    """The empty text, or the first line of what the database said."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return _first_line(error)
    finally:
        connection.close()
    return ""


def ask_broker() -> str:
    """The empty text, or what the client said; it never holds the password."""
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=SECONDS,
        socket_timeout=SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        return _first_line(error)
    finally:
        client.close()
    return ""


def _first_line(error: Exception) -> str:
    words = str(error).strip().splitlines()
    return words[0].rstrip(".") if words else type(error).__name__
