"""Ask for jobs as a request would, say how long that took, and stay until told to go."""

import json
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.test import Client
from django.urls import reverse

from partnerships.jobs import cancel, enqueue
from partnerships.models import User
from partnerships.people.actions import system_actor


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keys", nargs="+")
        parser.add_argument("--kind", default="ground.row")
        parser.add_argument("--arguments", type=json.loads, default={})
        parser.add_argument("--page", action="store_true")

    def handle(self, *, keys: list[str], kind: str, page: bool, **options: Any) -> None:
        held = []
        for key in keys:
            began = time.perf_counter()
            with transaction.atomic():
                enqueue(kind=kind, key=key, by=system_actor(), arguments=options["arguments"])
            held.append(1000 * (time.perf_counter() - began))
        said = {"enqueue_ms": held, "page_ms": _page_ms() if page else 0.0}
        self.stdout.write(json.dumps(said))
        self.stdout.flush()
        sys.stdin.read()


def _page_ms() -> float:
    """How long the answer to "Ask for it again" takes, which asks for a job by a view."""
    person = User.objects.create_user(
        "platform-administrator@portal.invalid", is_platform_administrator=True
    )
    job = enqueue(kind="ground.row", key="again", by=system_actor(), arguments={})
    cancel(job, by=system_actor())
    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("job_cancel", args=[job.pk]))  # loads what the first request loads
    began = time.perf_counter()
    answer = client.post(reverse("job_again", args=[job.pk]))
    took = 1000 * (time.perf_counter() - began)
    assert answer.status_code == 302, answer.status_code
    return took
