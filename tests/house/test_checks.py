"""The system checks of our own, each shown to speak and to be silent."""

from pathlib import Path

import pytest
from django.core import checks
from django.db import connection
from pytest_django import Settings

from safeguarding.checks import (
    assets_are_installed,
    cache_table_exists,
    production_has_a_key_of_its_own,
    production_has_a_server_database,
    production_sends_its_mail,
)


def ids(messages: list[checks.CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


def test_missing_assets_are_said(settings: Settings, tmp_path: Path) -> None:
    there = tmp_path / "node_modules" / "plotly"
    there.mkdir(parents=True)
    away = tmp_path / "node_modules" / "govuk"
    settings.STATICFILES_DIRS = [("plotly", there), ("govuk-frontend", away)]
    (message,) = assets_are_installed(None)
    assert (message.id, message.msg) == (
        "safeguarding.W001",
        "Third-party assets are missing: govuk.",
    )


def test_assets_that_are_there_are_not_said(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "node_modules").mkdir()
    settings.STATICFILES_DIRS = [("npm", tmp_path / "node_modules")]
    assert assets_are_installed(None) == []


@pytest.mark.django_db
def test_missing_cache_table_is_said() -> None:
    assert cache_table_exists(None, databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE portal_cache")
    assert ids(cache_table_exists(None, databases=["default"])) == ["safeguarding.W002"]


def test_cache_table_is_asked_only_with_its_database() -> None:
    """The check must not connect where nobody asked for a database: this test may not."""
    assert cache_table_exists(None, databases=None) == []


@pytest.mark.parametrize(
    ("production", "engine", "said"),
    [
        (True, "django.db.backends.sqlite3", ["safeguarding.W003"]),
        (True, "django.db.backends.postgresql", []),
        (False, "django.db.backends.sqlite3", []),
    ],
)
def test_sqlite_in_production_is_said(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    production: bool,
    engine: str,
    said: list[str],
) -> None:
    settings.PRODUCTION = production
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", engine)
    assert ids(production_has_a_server_database(None)) == said


@pytest.mark.parametrize(("key", "said"), [("same", ["safeguarding.W004"]), ("another", [])])
def test_key_of_development_in_production_is_said(
    settings: Settings, tmp_path: Path, key: str, said: list[str]
) -> None:
    (tmp_path / "secret-key").write_text("same", encoding="ascii")
    settings.PRODUCTION, settings.VAR_DIR, settings.SECRET_KEY = True, tmp_path, key
    assert ids(production_has_a_key_of_its_own(None)) == said


@pytest.mark.parametrize(
    ("production", "server", "said"),
    [(True, "", ["safeguarding.W005"]), (True, "mail.example", []), (False, "", [])],
)
def test_production_without_a_mail_server_is_said(
    settings: Settings, production: bool, server: str, said: list[str]
) -> None:
    settings.PRODUCTION, settings.EMAIL_HOST = production, server
    assert ids(production_sends_its_mail(None)) == said
