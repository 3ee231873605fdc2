"""Demo accounts: one person for each role, named by it, with passwords made for this run."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from partnerships.models import Agency, Partnership, Role, RoleName, User

FIRST_DAY = date(2020, 4, 1)
ELSEWHERE = "worcestershire"  # where the person stands who must not see the others


@dataclass(frozen=True, slots=True)
class Account:
    """An account and the password that was made for it in this run."""

    email: str
    password: str
    what: str


def make_accounts() -> list[Account]:
    """One account for each role, held at every partnership; partners for health.

    The contributor is one person of one force, which serves the synthetic partnerships.

    Made again, each keeps its roles and gets a new password.
    """
    with transaction.atomic():
        made = [
            _account(f"{role.value}@demo.example", f"{role.label} (demo)", _what(role))
            for role in RoleName
        ]
        for (user, _), role in zip(made, RoleName, strict=True):
            _give(user, role)
        user, outsider = _account("outsider@demo.example", "Outsider (demo)", _OUTSIDE)
        _hold(user, Partnership.objects.get(slug=ELSEWHERE), RoleName.PARTNER)
        platform, administrator = _account(
            "platform@demo.example",
            "Platform administrator (demo)",
            "Platform administrator: the shared register, no partnership",
        )
        platform.is_platform_administrator = True
        platform.save(update_fields=["is_platform_administrator"])
    return [account for _, account in made] + [outsider, administrator]


_OUTSIDE = "Partner at Worcestershire only: the other partnerships do not exist for them"


def _account(email: str, name: str, what: str) -> tuple[User, Account]:
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    user = User.objects.filter(email=email).first() or User(email=email)
    user.name = name
    user.set_password(password)
    user.save()
    return user, Account(email, password, what)


def _give(user: User, role: RoleName) -> None:
    if role is RoleName.CONTRIBUTOR:
        for agency in _police():
            _hold(user, agency.partnership, role, agency)
        return
    for partnership in Partnership.objects.all():
        _hold(user, partnership, role, _health(partnership) if role is RoleName.PARTNER else None)


def _what(role: RoleName) -> str:
    if role is not RoleName.CONTRIBUTOR:
        return role.label
    police = _police()
    forces = " and ".join(sorted({agency.organisation.name for agency in police}))
    places = " and ".join(agency.partnership.short_name for agency in police)
    return f"{role.label}: {forces}, which serves {places}"


def _police() -> list[Agency]:
    """The police of the synthetic partnerships: one force serves several."""
    found = Agency.objects.filter(
        organisation__slug__contains="police", partnership__synthetic=True, last__isnull=True
    )
    return list(found.select_related("organisation", "partnership").order_by("partnership__slug"))


def _health(partnership: Partnership) -> Agency | None:
    """The statutory partner for health, for whose actions the demo's partner speaks."""
    return partnership.agencies.filter(
        organisation__slug__regex="(icb|ccg)$", last__isnull=True
    ).first()


def _hold(
    user: User, partnership: Partnership, role: RoleName, agency: Agency | None = None
) -> None:
    Role.objects.get_or_create(
        user=user,
        partnership=partnership,
        name=role.value,
        agency=agency,
        last=None,
        defaults={"first": FIRST_DAY},
    )
