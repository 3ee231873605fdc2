"""What a partnership has set itself to reach, and how far a miss is tolerated."""

from django.db import models
from django.db.models import F, Q

from metrics.models.register import Indicator
from partnerships.periods import Kind

AT_LEAST, AT_MOST = Q(direction="at-least"), Q(direction="at-most")


class Target(models.Model):
    """A level for one indicator of one partnership, from a day on and until another.

    `tolerance` is the value up to which a miss is tolerated, `failure` the one beyond which the
    figure has failed; both are in the indicator's unit and on the worse side of `value`. The
    direction is stored even where the indicator's polarity gives it, so that a target never
    turns round with the register. `period_kind` is empty for figures of every kind of period.
    """

    class Direction(models.TextChoices):
        AT_LEAST = "at-least", "At least"
        AT_MOST = "at-most", "At most"

    partnership = models.ForeignKey(
        "partnerships.Partnership", on_delete=models.PROTECT, related_name="targets"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    period_kind = models.CharField(
        max_length=15, blank=True, choices=[(kind.value, kind.words) for kind in Kind]
    )
    direction = models.CharField(max_length=8, choices=Direction.choices)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    tolerance = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    failure = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    source = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["partnership", "indicator", "first"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "indicator", "first"],
                name="partnership_sets_a_target_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["partnership", "indicator"],
                condition=Q(last__isnull=True),
                name="indicator_has_one_target_without_an_end",
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(first__lte=F("last")),
                name="target_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["at-least", "at-most"]),
                name="target_direction_is_known",
            ),
            models.CheckConstraint(
                condition=Q(period_kind__in=["", *(kind.value for kind in Kind)]),
                name="target_is_for_a_known_kind_of_period",
            ),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True)
                | ~Q(direction__in=["at-least", "at-most"])
                | (AT_LEAST & Q(tolerance__lt=F("value")))
                | (AT_MOST & Q(tolerance__gt=F("value"))),
                name="tolerance_lies_on_the_worse_side_of_its_target",
            ),
            models.CheckConstraint(
                condition=Q(failure__isnull=True)
                | ~Q(direction__in=["at-least", "at-most"])
                | (
                    AT_LEAST
                    & Q(failure__lte=F("value"))
                    & (Q(tolerance__isnull=True) | Q(failure__lte=F("tolerance")))
                )
                | (
                    AT_MOST
                    & Q(failure__gte=F("value"))
                    & (Q(tolerance__isnull=True) | Q(failure__gte=F("tolerance")))
                ),
                name="failure_is_not_better_than_target_or_tolerance",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="target_says_where_it_is_set"),
            models.CheckConstraint(condition=Q(version__gte=1), name="target_versions_begin_at_1"),
        ]

    PERSONAL_FIELDS = ("by",)

    def __str__(self) -> str:
        return f"target of {self.partnership_id} for {self.indicator_id} from {self.first}"
