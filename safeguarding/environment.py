"""Strict readers of environment variables.

A wrong value stops the start with one sentence that names the variable, what it
held and what it may hold. Nothing falls back in silence.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


def text(name: str, default: str) -> str:
    """The variable's text, or the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def required(name: str, hint: str) -> str:
    """The variable's text; stops with the hint where it is unset or empty."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A yes or no: 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One word out of a closed list."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to one of: {', '.join(allowed)}.")
    return value


def words(name: str, default: list[str]) -> list[str]:
    """A list separated by commas."""
    value = os.environ.get(name, "").strip()
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number within bounds, both included."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Set it to a whole number from {least} to {most}."
        )
    return int(value)


def database(name: str, sqlite_path: Path) -> dict[str, Any]:
    """The database of DATABASE_URL, or SQLite at the given path.

    Only `postgres://`, `postgresql://` and `sqlite:///` addresses are taken.
    A password in the address is never repeated in the error.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        value = f"sqlite:///{sqlite_path}"
    scheme = urlsplit(value).scheme
    if scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ImproperlyConfigured(
            f"{name} starts with {scheme!r}. Set it to postgres://USER:PASSWORD@HOST:PORT/NAME, "
            "or leave it unset for SQLite."
        )
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(value))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read as an address. "
            "Set it to postgres://USER:PASSWORD@HOST:PORT/NAME."
        ) from error
    if not config.get("NAME"):
        raise ImproperlyConfigured(f"{name} names no database. End it with /NAME.")
    return config


def redis(name: str) -> str:
    """The broker's address, or the empty text where there is no broker."""
    value = os.environ.get(name, "").strip()
    if value and urlsplit(value).scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured(
            f"{name} is not a Redis address. Set it to redis://HOST:PORT/NUMBER, "
            "or leave it unset to run the worker without a broker."
        )
    return value
