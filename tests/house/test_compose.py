"""Dockerfile and docker-compose.yml agree with the settings, the locks and CI."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
import redis
import yaml
from django.conf import settings
from django.db import connection

from tests.house.deployment import OWN_SERVICES, READ, Deployment, faults, text_of

GIVEN = {
    "SECRET_KEY": "a-key-for-this-test-only-" + "0123456789abcdef" * 3,
    "ALLOWED_HOSTS": "portal.example",
    "POSTGRES_PASSWORD": "x" * 30,
}


@pytest.fixture
def deployment() -> Deployment:
    return Deployment.of_this_project()


def test_everything_agrees(deployment: Deployment) -> None:
    assert faults(deployment) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("compose", "  beat:\n", "  bat:\n", "There is no service beat."),
        (
            "dockerfile",
            "python:3.11-slim-bookworm AS portal",
            "python:3.10-slim-bookworm AS portal",
            "The image has Python 3.10-slim-bookworm, and the types are checked for 3.11.",
        ),
        (
            "dockerfile",
            "node:24-",
            "node:22-",
            "The image's Node.js is not the one of requirements-npm.lock.",
        ),
        (
            "compose",
            "redis:7-bookworm",
            "redis:7-trixie",
            "The images stand on several Debian releases: bookworm, trixie.",
        ),
        (
            "dockerfile",
            "    VAR_DIR=",
            "    VAR_FOLDER=",
            "Dockerfile sets VAR_FOLDER, which the settings do not read.",
        ),
        (
            "compose",
            "    REDIS_URL:",
            "    BROKER_URL:",
            "web is given BROKER_URL, which the settings do not read.",
        ),
        (
            "compose",
            "    SECRET_KEY: ${",
            "    #: ${",
            "web is not given SECRET_KEY, which production requires.",
        ),
        (
            "settings",
            'environment.required("ALLOWED_HOSTS"',
            'environment.required("HOST_NAMES"',
            "worker is not given HOST_NAMES, which production requires.",
        ),
        (
            "compose",
            "PORTAL_ENV: production",
            "PORTAL_ENV: development",
            "migrate does not run in production.",
        ),
        (
            "compose",
            "manage.py createcachetable",
            "manage.py makecachetable",
            "migrate: there is no command makecachetable.",
        ),
        (
            "compose",
            '"celery", "-A", "safeguarding", "worker"',
            '"celery", "-A", "portal", "worker"',
            "worker: there is no Celery application portal.",
        ),
        (
            "dockerfile",
            "safeguarding/setup/probe.py",
            "safeguarding/setup/prove.py",
            "Dockerfile: there is no file safeguarding/setup/prove.py.",
        ),
        ("dockerfile", "HEALTHCHECK", "# ", "Dockerfile has no health check."),
        (
            "compose",
            'test: ["CMD", "redis-cli", "ping"]',
            "disable: true",
            "broker has no health check of its own.",
        ),
        (
            "dockerfile",
            "\nUSER portal\n",
            "\n",
            "Dockerfile does not end as the ordinary user that it makes.",
        ),
        (
            "compose",
            "  user: portal\n",
            "  user: root\n",
            "web does not run as the ordinary user of the image.",
        ),
        (
            "dockerfile",
            "%(m)s %(U)s",
            "%(r)s",
            "Dockerfile: the log of requests holds what people search for.",
        ),
    ],
)
def test_planted_fault_is_named(
    deployment: Deployment, file: str, old: str, new: str, fault: str
) -> None:
    sound = getattr(deployment, file)
    assert old in sound
    assert fault in faults(replace(deployment, **{file: sound.replace(old, new)}))


def test_unknown_wsgi_module_fails(deployment: Deployment) -> None:
    planted = deployment.dockerfile.replace("safeguarding.wsgi", "safeguarding.wsgy")
    with pytest.raises(ModuleNotFoundError):
        faults(replace(deployment, dockerfile=planted))


@pytest.mark.postgres
@pytest.mark.django_db
def test_tests_run_on_the_postgresql_of_the_compose_file(deployment: Deployment) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
    assert deployment.major("postgres") == version // 10_000


@pytest.mark.redis
def test_tests_run_on_the_redis_of_the_compose_file(deployment: Deployment) -> None:
    client = redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=2)
    try:
        version = str(client.info("server")["redis_version"])
    finally:
        client.close()
    assert deployment.major("redis") == int(version.split(".")[0])


def compose_config(**environment: str) -> subprocess.CompletedProcess[str]:
    tool = shutil.which("docker-compose")
    if tool is None:
        pytest.skip("no docker-compose on this machine")
    kept = {name: value for name, value in os.environ.items() if name not in GIVEN}
    return subprocess.run(
        [tool, "--file", "docker-compose.yml", "config"],
        cwd=settings.BASE_DIR,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_compose_accepts_the_file() -> None:
    answer = compose_config(**GIVEN)
    assert answer.stderr == ""
    assert set(OWN_SERVICES) < set(yaml.safe_load(answer.stdout)["services"])


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_compose_asks_for_what_is_not_given(name: str) -> None:
    answer = compose_config(**{other: value for other, value in GIVEN.items() if other != name})
    assert answer.returncode != 0
    assert f"Set {name} to" in answer.stderr


def test_settings_accept_what_web_is_given() -> None:
    """The settings are read in a process of their own, with nothing but the service's variables."""
    told = yaml.safe_load(compose_config(**GIVEN).stdout)["services"]["web"]["environment"]
    code = "from django.conf import settings as s; print(s.PRODUCTION, s.REDIS_URL, s.DATABASES)"
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**told, "DJANGO_SETTINGS_MODULE": "safeguarding.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.startswith("True redis://broker:6379/0 ")
    assert "'HOST': 'database'" in answer.stdout


def test_image_installs_what_apt_txt_lists_to_run(deployment: Deployment) -> None:
    assert """awk '$1 == "run" { print $2 }' /tmp/apt.txt""" in deployment.dockerfile
    listed = [line.split()[1] for line in text_of("apt.txt").splitlines() if line[:4] == "run "]
    assert "libpango-1.0-0" in listed


def test_image_takes_in_what_it_copies() -> None:
    """What .dockerignore lets in exists, and holds all that Dockerfile copies by name."""
    let_in = {line[1:] for line in text_of(".dockerignore").splitlines() if line[:1] == "!"}
    assert {name for name in let_in if not (settings.BASE_DIR / name).exists()} == set()
    copied = {"package.json", "package-lock.json", ".npmrc", "requirements.lock", "apt.txt"}
    assert copied < let_in


def test_every_variable_is_documented(deployment: Deployment) -> None:
    """The table in the settings and the one for operators hold what the settings read."""
    read = set(READ.findall(deployment.settings))
    for name in ("safeguarding/settings.py", "docs/operations.md"):
        rows = re.findall(r"^\| ([A-Z`][A-Z_`, ]+) \|", text_of(name), re.MULTILINE)
        told = {word for row in rows for word in re.findall(r"[A-Z_]+", row)}
        assert told == read, name
