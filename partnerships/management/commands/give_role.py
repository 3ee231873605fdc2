"""Gives a role from the machine itself: the first administrator of a partnership."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from partnerships.models import Partnership, RoleName
from partnerships.people.actions import RoleRefused, grant_role, system_actor


class Command(BaseCommand):
    help = (
        "Gives a person a role at a partnership from today on. For the first administrator, "
        "whom nobody in the portal can name; all others are named on the page of people. "
        "A contributor, who needs an agency, is named there too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        roles = [name.value for name in RoleName if name != RoleName.CONTRIBUTOR]
        parser.add_argument("partnership", help="its slug, such as walsall")
        parser.add_argument("role", choices=roles)
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--portal", required=True, help="https://..., for the invitation")

    def handle(self, **options: Any) -> None:
        partnership = Partnership.objects.filter(slug=options["partnership"]).first()
        if partnership is None:
            raise CommandError(f"There is no partnership {options['partnership']!r}.")
        try:
            validate_email(options["email"])
            role = grant_role(
                by=system_actor(),
                partnership=partnership,
                email=options["email"],
                name=options["name"],
                role=RoleName(options["role"]),
                agency=None,
                first=timezone.localdate(),
                portal=options["portal"],
            )
        except ValidationError:
            raise CommandError(f"{options['email']!r} is not an e-mail address.") from None
        except RoleRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{role.user.email}: {role}.")
