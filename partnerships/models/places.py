"""Partnerships, the organisations in them, and what those organisations are there as."""

from django.db import models
from django.db.models import F, Q


class Partnership(models.Model):
    """A safeguarding children partnership.

    A synthetic one holds invented figures and says so on every page.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="partnership_has_a_slug"),
            models.CheckConstraint(condition=~Q(name=""), name="partnership_has_a_name"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class LocalAuthority(models.Model):
    """A local authority that a partnership covers; most cover one, some several."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="local_authorities"
    )
    ons_code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "local authorities"

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A body such as a police force, a council or an NHS board, with the one that followed it."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200, unique=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="organisation_does_not_follow_itself",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An organisation in a partnership, from and to a day, and its standing there."""

    class Standing(models.TextChoices):
        STATUTORY_IN_LAW = "statutory-in-law", "Statutory partner in law"
        STATUTORY_LOCALLY = "statutory-locally", "Statutory partner by local agreement"
        RELEVANT = "relevant", "Relevant agency"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agencies")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agencies"
    )
    standing = models.CharField(max_length=20, choices=Standing.choices)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__name", "first"]
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "first"],
                name="agency_joins_a_partnership_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(first__lte=F("last")),
                name="agency_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["statutory-in-law", "statutory-locally", "relevant"]),
                name="agency_standing_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.organisation} in {self.partnership.short_name}"
