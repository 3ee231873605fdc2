"""Verbs that change people and their roles."""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from partnerships.audit import record
from partnerships.jobs import enqueue
from partnerships.models import Agency, Job, Partnership, Role, RoleName, User
from partnerships.periods import day
from partnerships.permissions import ROLE_TABLE

SYSTEM_EMAIL = "system@portal.invalid"
INVITATION = "people.invite"

AT_THE_SAME_MOMENT = (
    "Somebody else changed this person's roles at the same moment. "
    "Look at the list, then try again."
)


class RoleRefused(ValueError):
    """A sentence for the person who asked; `field` is the form's field that it is about."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


def system_actor() -> User:
    """The named actor of what the portal does by itself, such as loading files.

    It cannot sign in: it has no password and is not active, and a constraint keeps it so.
    """
    actor, _ = User.objects.get_or_create(
        email=SYSTEM_EMAIL,
        defaults={"name": "The portal", "is_system": True, "is_active": False, "password": "!"},
    )
    return actor


def grant_role(
    *,
    by: User,
    partnership: Partnership,
    email: str,
    name: str,
    role: RoleName,
    agency: Agency | None,
    first: date,
    portal: str,
) -> Role:
    """Gives a person a role from a day on; a new person gets an account and an invitation.

    `name` is for a new account only. `portal` is the address that the invitation's link
    begins with. Raises `RoleRefused`.
    """
    _agency_must_fit(partnership, role, agency, first)
    try:
        with transaction.atomic():
            user = _person(email, name, by=by)
            _must_not_be_held(user, partnership, role, agency, first)
            granted = Role.objects.create(
                user=user, partnership=partnership, name=role, agency=agency, first=first
            )
            _record(granted, by, "role given", first=first)
            if not user.has_usable_password():
                _ask_for_invitation(user, partnership, by=by, portal=portal)
    except IntegrityError as error:
        raise RoleRefused(AT_THE_SAME_MOMENT) from error
    return granted


def end_role(*, by: User, role: Role, last: date) -> Role:
    """Ends a role with a day, that day included; a role that had not begun by then never counts.

    Raises `RoleRefused` for a role that has ended before, and where the partnership would be
    left without an administrator.
    """
    with transaction.atomic():
        # Two administrators who end each other's role wait for each other here.
        Partnership.objects.select_for_update().get(pk=role.partnership_id)
        role = Role.objects.select_related("user", "partnership").get(pk=role.pk)
        if role.last is not None and role.last <= last:
            raise RoleRefused(f"The role ends on {day(role.last)} already.", "last")
        if role.name == RoleName.ADMINISTRATOR:
            _must_not_be_the_last(role, last)
        role.first, role.last = min(role.first, last), last
        role.save(update_fields=["first", "last"])
        _record(role, by, "role ended", last=last)
    return role


def invite_again(*, by: User, role: Role, portal: str) -> Job:
    """Sends the invitation once more. Raises `RoleRefused` for a person with a password."""
    if role.user.has_usable_password():
        raise RoleRefused(
            f"{role.user} has a password. If they have forgotten it, they can ask for a new one "
            "on the sign-in page."
        )
    with transaction.atomic():
        return _ask_for_invitation(role.user, role.partnership, by=by, portal=portal)


def switch_off_second_factor(*, by: User, user: User) -> bool:
    """Removes a person's second step with its recovery codes; False where there was none."""
    with transaction.atomic():
        removed, _ = Authenticator.objects.filter(user=user).delete()
        if removed:
            record(
                by=by,
                verb="second step switched off",
                subject=f"person:{user.pk}",
                partnership=None,
                detail={"person": user.pk},
            )
    return bool(removed)


def _person(email: str, name: str, *, by: User) -> User:
    """Whoever has the address, or a new person who has it, without a password."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        return User.objects.create_user(email, name=name)
    if user.is_system or not user.is_active:
        raise RoleRefused("The account with this email address is closed.", "email")
    if user == by:
        raise RoleRefused(
            "You cannot give yourself a role. Ask another administrator to do it.", "email"
        )
    return user


def _agency_must_fit(
    partnership: Partnership, role: RoleName, agency: Agency | None, first: date
) -> None:
    if agency is None:
        if role == RoleName.CONTRIBUTOR:
            raise RoleRefused("Choose the agency that the contributor works for.", "agency")
        return
    if role not in {RoleName.CONTRIBUTOR, RoleName.PARTNER}:
        raise RoleRefused(
            "Only a contributor or a partner speaks for one agency. "
            "Choose no agency for this role.",
            "agency",
        )
    if agency.partnership_id != partnership.pk:
        raise RoleRefused(
            f"{agency.organisation} is an agency of another partnership. Choose one of "
            f"{partnership.short_name}.",
            "agency",
        )
    if first < agency.first or (agency.last is not None and agency.last < first):
        raise RoleRefused(
            f"{agency.organisation} is not part of the partnership on {day(first)}. "
            "Choose another agency or another first day.",
            "agency",
        )


def _must_not_be_held(
    user: User, partnership: Partnership, role: RoleName, agency: Agency | None, first: date
) -> None:
    held = user.roles.filter(partnership=partnership, name=role, agency=agency)
    for other in held:
        if other.last is None or first <= other.last:
            until = f"until {day(other.last)}" if other.last else "without a last day"
            raise RoleRefused(
                f"{user} holds this role from {day(other.first)} {until} already.", "role"
            )


def _must_not_be_the_last(role: Role, last: date) -> None:
    others = Role.objects.open_on(last + timedelta(days=1)).filter(
        partnership=role.partnership, name=RoleName.ADMINISTRATOR, user__is_active=True
    )
    if not others.exclude(user=role.user).exists():
        raise RoleRefused(
            f"{role.user} would be the last administrator of {role.partnership.short_name}. "
            "Give the role to somebody else first."
        )


def _ask_for_invitation(user: User, partnership: Partnership, *, by: User, portal: str) -> Job:
    return enqueue(
        kind=INVITATION,
        key=f"{user.pk}:{portal}",
        by=by,
        partnership=partnership,
        arguments={"user": user.pk, "portal": portal},
    )


def _record(role: Role, by: User, verb: str, **days: date) -> None:
    """The record names a person by number: a name or address in it could never be taken out."""
    detail: dict[str, object] = {
        "person": role.user_id,
        "role": ROLE_TABLE[RoleName(role.name)].title,
    }
    if role.agency is not None:
        detail["agency"] = role.agency.organisation.slug
    detail |= {name: value.isoformat() for name, value in days.items()}
    record(
        by=by,
        verb=verb,
        subject=f"role:{role.partnership.slug}:{role.name}:{role.user_id}",
        partnership=role.partnership,
        detail=detail,
    )
