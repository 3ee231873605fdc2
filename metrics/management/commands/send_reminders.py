"""`manage.py send_reminders`: now, where no worker is to wait for.

`manage.py work` and Celery's beat ask for the same once a day.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from metrics.returns.opening import open_returns
from metrics.returns.parts.actions import remind
from partnerships.people.actions import system_actor


class Command(BaseCommand):
    help = (
        "Opens the return of the quarter that has ended, and reminds agencies of returns that are "
        "due. Running it again the same day does nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        open_returns(by=system_actor(), at=timezone.now())
        made = remind(by=system_actor(), at=timezone.now())
        self.stdout.write(f"{made} agencies are being reminded.")
