"""What is measured (indicators) and where (areas)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q


class Unit(models.TextChoices):
    COUNT = "count", "number"
    PERCENT = "percent", "%"
    RATE = "rate", "rate"  # per `Indicator.base`
    AVERAGE = "average", "average"  # of `Indicator.unit_words`, such as days
    MONEY = "money", "£"


class Polarity(models.TextChoices):
    HIGHER = "higher-is-better", "higher is better"
    LOWER = "lower-is-better", "lower is better"
    CLOSER = "closer-to-comparator", "closer to the comparator is better"
    NEUTRAL = "neutral", "neither higher nor lower is better"


class KindOfCount(models.TextChoices):
    INDEPENDENT = "independent", "independent events"
    CLUSTERED = "clustered", "events that come in clusters, such as brothers and sisters"
    PROPORTION = "proportion", "a part of a whole"
    NONE = "none", "not a count: changes are not tested"


class RollUp(models.TextChoices):
    SUM = "sum", "quarters add up to the year"
    LAST = "last", "the year takes its last quarter"
    RATIO = "ratio", "numerators over denominators, each added up"
    NONE = "none", "quarters do not make a year"


class Indicator(models.Model):
    """One thing measured, the same everywhere: unit, numerator, denominator and window agree."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    definition = models.TextField()
    numerator_words = models.CharField(max_length=300, blank=True)
    denominator_words = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    unit_words = models.CharField(max_length=60, blank=True)
    base = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    decimals = models.PositiveSmallIntegerField(default=0)
    polarity = models.CharField(max_length=24, choices=Polarity.choices)
    kind_of_count = models.CharField(max_length=12, choices=KindOfCount.choices)
    roll_up = models.CharField(max_length=6, choices=RollUp.choices)
    disclosive = models.BooleanField(default=True)
    threshold = models.PositiveSmallIntegerField(default=5)
    theme = models.CharField(max_length=60)
    owner = models.CharField(max_length=120, blank=True)  # an office, never a person
    checked_by = models.CharField(max_length=120, blank=True)
    next_review = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["theme", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="indicator_has_a_code"),
            models.CheckConstraint(condition=Q(base__gte=1), name="indicator_base_is_positive"),
            models.CheckConstraint(
                condition=~Q(unit="rate") | Q(base__gte=100), name="a_rate_says_per_how_many"
            ),
            models.CheckConstraint(
                condition=Q(unit="rate") | Q(base=1), name="only_a_rate_has_a_base"
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=6), name="indicator_decimals_are_at_most_six"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values), name="indicator_unit_is_known"
            ),
            models.CheckConstraint(
                condition=Q(polarity__in=Polarity.values), name="indicator_polarity_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind_of_count__in=KindOfCount.values),
                name="indicator_kind_of_count_is_known",
            ),
            models.CheckConstraint(
                condition=Q(roll_up__in=RollUp.values), name="indicator_roll_up_is_known"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class IndicatorVersion(models.Model):
    """A change of definition or recording, and what it does to the series."""

    class Effect(models.TextChoices):
        CONTINUES = "continues", "the series continues"
        AFFECTS = "affects", "compare with care"
        BREAKS = "breaks", "not comparable with what came before"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    partnership = models.ForeignKey(
        "partnerships.Partnership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    first = models.DateField()
    effect = models.CharField(max_length=10, choices=Effect.choices)
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["indicator", "first"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "first"],
                condition=Q(partnership__isnull=True),
                name="indicator_changes_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["indicator", "partnership", "first"],
                condition=Q(partnership__isnull=False),
                name="indicator_changes_once_a_day_at_a_partnership",
            ),
            models.CheckConstraint(
                condition=Q(effect__in=["continues", "affects", "breaks"]),
                name="version_effect_is_known",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="version_says_what_changed"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.indicator.code} from {self.first}"


class RelatedIndicator(models.Model):
    """Two indicators that look alike and must not be compared, and why."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="related")
    other = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="related_from")
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["indicator", "other"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "other"], name="indicators_are_related_once"
            ),
            models.CheckConstraint(
                condition=~Q(indicator=F("other")), name="indicator_is_not_related_to_itself"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="relation_says_why"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.indicator.code} and {self.other.code}"


class Area(models.Model):
    """Where a figure is of: a partnership, an authority, a region, England, neighbours."""

    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership", "Partnership"
        AUTHORITY = "authority", "Local authority"
        SUB_REGION = "sub-region", "Sub-region"
        REGION = "region", "Region"
        COUNTRY = "country", "Country"
        NEIGHBOURS = "neighbours", "Statistical neighbours, as published"
        PART = "part", "Part of a partnership's area"

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    partnership = models.OneToOneField(
        "partnerships.Partnership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="area",
    )
    # The region of England that it lies in, which it is held against.
    region = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="areas_within"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=True) | ~Q(region=F("id")),
                name="area_does_not_lie_in_itself",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="partnership", partnership__isnull=False)
                    | (~Q(kind="partnership") & Q(partnership__isnull=True))
                ),
                name="areas_of_partnerships_and_only_they_name_one",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "partnership",
                        "authority",
                        "sub-region",
                        "region",
                        "country",
                        "neighbours",
                        "part",
                    ]
                ),
                name="area_kind_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class Expectation(models.Model):
    """What an agency supplies: an indicator it is asked for every period, from and to a day.

    A trigger refuses one that holds on a day on which another does, of the same agency and
    indicator.
    """

    agency = models.ForeignKey(
        "partnerships.Agency", on_delete=models.PROTECT, related_name="expectations"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="expectations")
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["agency", "indicator", "first"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "indicator", "first"],
                name="agency_is_asked_for_an_indicator_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(first__lte=F("last")),
                name="expectation_ends_after_it_begins",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.agency_id} supplies {self.indicator_id}"
