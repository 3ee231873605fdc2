"""What official statistics need: the codes of areas, and who is like whom."""

from django.db import models
from django.db.models import Q

from metrics.models.register import Area


class AreaCode(models.Model):
    """A code by which published files name an area.

    An area may have several of one scheme: councils that were reorganised within the same
    borders got a new code and stayed the same area.
    """

    class Scheme(models.TextChoices):
        ONS = "ons", "Code of the Office for National Statistics, of nine characters"
        DFE = "dfe", "Number of the Department for Education, of three digits"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=3, choices=Scheme.choices)
    code = models.CharField(max_length=9)

    class Meta:
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="code_is_of_one_area"),
            models.CheckConstraint(
                condition=Q(scheme__in=["ons", "dfe"]), name="area_code_scheme_is_known"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="area_code_is_not_empty"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.code


class NeighbourSet(models.Model):
    """The authorities most like one, as the model of a year has them."""

    authority = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="neighbour_sets")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["authority", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "year"], name="authority_has_one_neighbour_set_a_year"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100),
                name="neighbour_set_year_is_a_year",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="neighbour_set_names_its_source"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.authority_id} in {self.year}"


class Neighbour(models.Model):
    """One member of a set; rank 1 is the most alike. `closeness` is the source's own word."""

    neighbour_set = models.ForeignKey(
        NeighbourSet, on_delete=models.PROTECT, related_name="members"
    )
    rank = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="neighbour_of")
    closeness = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["neighbour_set", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["neighbour_set", "rank"], name="neighbour_ranks_are_given_once"
            ),
            models.UniqueConstraint(
                fields=["neighbour_set", "area"], name="neighbour_stands_in_a_set_once"
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="neighbour_ranks_count_from_one"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rank}: {self.area_id}"
