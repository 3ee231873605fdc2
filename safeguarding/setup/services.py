"""The services that `make test` may use: whether they answer, and names of the suite's own."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from ground import ROOT, VENV_PYTHON

# Two trees on one machine do not meet: each has databases and keys under a name of its own.
OWN = f"suite_{sha256(str(ROOT).encode()).hexdigest()[:8]}"
POSTGRES_HERE = ("postgres://postgres@127.0.0.1:5432/postgres", "postgres:///postgres")
REDIS_HERE = ("redis://127.0.0.1:6379/9",)

# The address comes in the environment, so that no password shows in the list of processes.
ASK_POSTGRES = """
import os, psycopg2
c = psycopg2.connect(os.environ["ASKED"], connect_timeout=3).cursor()
c.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
assert c.fetchone()[0], "The user of DATABASE_URL may not create databases."
"""
ASK_REDIS = """
import os, redis
redis.Redis.from_url(os.environ["ASKED"], socket_timeout=3, socket_connect_timeout=3).ping()
"""


class Away(Exception):
    """A service that the suite would use does not answer; the sentence says which and where."""


def postgres() -> str:
    """DATABASE_URL, or this machine's PostgreSQL, naming a database of the suite's own.

    Only its tests' databases (test_…) are made and dropped. Raises Away.
    """
    told = os.environ.get("DATABASE_URL", "").strip()
    if not told.startswith("postgres"):
        told = ""
    found = _first_that_answers(ASK_POSTGRES, [told] if told else POSTGRES_HERE)
    if not found:
        where = "of DATABASE_URL" if told else "at 127.0.0.1:5432 or the local socket"
        raise Away(f"no PostgreSQL {where} that lets this user create databases")
    return urlsplit(found)._replace(path=f"/{OWN}").geturl()


def redis() -> str:
    """REDIS_URL, or this machine's Redis. Raises Away."""
    told = os.environ.get("REDIS_URL", "").strip()
    found = _first_that_answers(ASK_REDIS, [told] if told else REDIS_HERE)
    if not found:
        raise Away(f"no Redis answers at {'REDIS_URL' if told else '127.0.0.1:6379'}")
    return found


def chromium() -> None:
    """Raises Away where there is no Chromium for the browser tests."""
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        raise Away("no Chromium on this machine")


def _first_that_answers(question: str, addresses: Sequence[str]) -> str:
    return next((address for address in addresses if _answers(question, address)), "")


def _answers(question: str, address: str) -> bool:
    asked = subprocess.run(
        [VENV_PYTHON, "-c", question],
        cwd=Path("/"),
        env={**os.environ, "ASKED": address},
        capture_output=True,
        check=False,
    )
    return asked.returncode == 0
