"""People who sign in, and the roles they hold at partnerships."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from partnerships.models.places import Agency, Partnership


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who signs in by e-mail; without a password they cannot until they set one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account, or a named system actor that cannot sign in."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    is_platform_administrator = models.BooleanField(default=False)
    # Which e-mails they get: each person chooses.
    wants_reminders = models.BooleanField(default=True)  # of returns
    wants_corrections = models.BooleanField(default=True)  # of figures that their reports print
    wants_digest = models.BooleanField(default=True)  # of what waits for them, once a week
    wants_published = models.BooleanField(default=False)  # that a report came out; news, not work

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(is_system=False) | Q(is_active=False, is_platform_administrator=False),
                name="system_actor_cannot_sign_in",
            ),
        ]

    PERSONAL_FIELDS = ("email", "name")

    def __str__(self) -> str:
        return self.name or self.email


class Digest(models.Model):
    """That a person was to be written to in a week, numbered as ISO 8601 does, of what waits."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="digests")
    year = models.PositiveSmallIntegerField()
    week = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["person", "-year", "-week"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year", "week"], name="person_gets_one_digest_a_week"
            ),
            models.CheckConstraint(
                condition=Q(week__gte=1, week__lte=53), name="week_of_a_digest_is_one_of_a_year"
            ),
        ]

    PERSONAL_FIELDS = ("person",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}-W{self.week:02}"


class RoleName(models.TextChoices):
    CONTRIBUTOR = "contributor", "Contributor"
    SECTION_AUTHOR = "section-author", "Section author"
    BUSINESS_UNIT = "business-unit", "Business unit"
    APPROVER = "approver", "Approver"
    PARTNER = "partner", "Partner"
    SIGNATORY = "signatory", "Signatory"
    SCRUTINEER = "scrutineer", "Independent scrutineer"
    COUNCIL_SCRUTINY = "council-scrutiny", "Council scrutiny"
    ADMINISTRATOR = "administrator", "Administrator"


class RoleQuerySet(models.QuerySet["Role"]):
    def open_on(self, on: date) -> "RoleQuerySet":
        """Roles that count on a day: begun, and not ended before it."""
        return self.filter(Q(last__isnull=True) | Q(last__gte=on), first__lte=on)


class Role(models.Model):
    """A role that a person holds at one partnership, from and to a day, both included."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="roles")
    name = models.CharField(max_length=20, choices=RoleName.choices)
    # A contributor's whose figures they enter; a partner's whose actions they report on, if any.
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="roles"
    )
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "name", "first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name__in=RoleName.values), name="role_name_is_known"
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(first__lte=F("last")),
                name="role_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(name="partner")
                | Q(name="contributor", agency__isnull=False)
                | (~Q(name="contributor") & Q(agency__isnull=True)),
                name="contributors_have_an_agency_and_of_others_only_partners_may",
            ),
            models.UniqueConstraint(
                fields=["user", "partnership", "name"],
                condition=Q(last__isnull=True, agency__isnull=True),
                name="open_role_is_held_once",
            ),
            models.UniqueConstraint(
                fields=["user", "name", "agency"],
                condition=Q(last__isnull=True),
                name="open_role_for_an_agency_is_held_once",
            ),
        ]

    PERSONAL_FIELDS = ("user",)

    def __str__(self) -> str:
        return f"{self.get_name_display()} at {self.partnership.short_name}"
