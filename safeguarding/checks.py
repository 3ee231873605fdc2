"""System checks with ids of our own: mistakes of a deployment, said before the first request.

| id | says |
| --- | --- |
| safeguarding.W001 | assets from npm are missing |
| safeguarding.W002 | the cache table is missing, which sign-in counts its attempts in |
| safeguarding.W003 | production runs on SQLite |
| safeguarding.W004 | production has the key of development |
| safeguarding.W005 | production has no mail server: nobody gets an invitation |
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import DatabaseError, connections


@register(Tags.staticfiles)
def assets_are_installed(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Whether each folder that the static files come from is there."""
    folders = [Path(entry[1] if isinstance(entry, tuple) else entry) for entry in _folders()]
    away = [folder for folder in folders if "node_modules" in folder.parts and not folder.is_dir()]
    if not away:
        return []
    return [
        checks.Warning(
            f"Third-party assets are missing: {', '.join(folder.name for folder in away)}.",
            hint="Run `make demo SERVE=0`, or `npm ci --omit=dev`, then collectstatic.",
            id="safeguarding.W001",
        )
    ]


def _folders() -> list[Any]:
    return list(settings.STATICFILES_DIRS)


@register(Tags.database)
def cache_table_exists(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Whether `createcachetable` has run; asked only where a database is asked at all."""
    if "default" not in (databases or []):
        return []
    table = settings.CACHES["default"]["LOCATION"]
    try:
        if table in connections["default"].introspection.table_names():
            return []
    except DatabaseError:
        return []  # `manage.py health` says that the database is away
    return [
        checks.Warning(
            f"The cache table {table} is missing: sign-in counts its attempts there.",
            hint="Run `python manage.py createcachetable`.",
            id="safeguarding.W002",
        )
    ]


@register(Tags.database, deploy=True)
def production_has_a_server_database(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    if not settings.PRODUCTION or "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
        return []
    return [
        checks.Warning(
            "Production runs on SQLite, which web and workers on several machines cannot share.",
            hint="Set DATABASE_URL to postgres://USER:PASSWORD@HOST:PORT/NAME.",
            id="safeguarding.W003",
        )
    ]


@register(Tags.security, deploy=True)
def production_has_a_key_of_its_own(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Whether SECRET_KEY was copied out of a development folder."""
    kept = settings.VAR_DIR / "secret-key"
    if not settings.PRODUCTION or not kept.exists():
        return []
    if kept.read_text(encoding="ascii", errors="replace").strip() != settings.SECRET_KEY:
        return []
    return [
        checks.Warning(
            "SECRET_KEY is the key that this folder made for development.",
            hint="Set it to 50 or more random characters of its own.",
            id="safeguarding.W004",
        )
    ]


@register(Tags.security, deploy=True)
def production_sends_its_mail(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    if not settings.PRODUCTION or settings.EMAIL_HOST:
        return []
    return [
        checks.Warning(
            f"No mail server is named: e-mails are written to {settings.EMAIL_FILE_PATH}.",
            hint="Set EMAIL_HOST, or nobody gets an invitation or a new password.",
            id="safeguarding.W005",
        )
    ]
