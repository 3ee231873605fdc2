"""Lets somebody in again who has lost their phone and their recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnerships.models import User
from partnerships.people.actions import switch_off_second_factor, system_actor


class Command(BaseCommand):
    help = (
        "Removes a person's second step and recovery codes; their password then is enough. "
        "Make sure first, by voice, that it is they who ask."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account with the address {options['email']!r}.")
        if not switch_off_second_factor(by=system_actor(), user=user):
            raise CommandError(f"{user.email} has no second step. Nothing was changed.")
        self.stdout.write(f"{user.email} signs in with the password alone.")
