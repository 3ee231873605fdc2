"""What a source says beyond its figures: changes without levels, and figures that contradict."""

from django.db import models
from django.db.models import F, Q

from metrics.models.register import Area, Indicator
from metrics.models.store import Cell, Dataset, Slice


class StatedChange(models.Model):
    """A change that a source states without levels; shown as stated, never computed with."""

    class Unit(models.TextChoices):
        PERCENT = "percent", "%"
        POINTS = "points", "percentage points"
        COUNT = "count", "in number"
        MULTIPLE = "multiple", "times"
        WORDS = "words", "in words"

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="stated_changes")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="stated_changes"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="stated_changes")
    slice = models.ForeignKey(Slice, on_delete=models.PROTECT, related_name="stated_changes")
    period = models.ForeignKey(
        "partnerships.Period", on_delete=models.PROTECT, related_name="stated_changes"
    )
    mention = models.PositiveSmallIntegerField(default=1)
    amount = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    direction = models.CharField(
        max_length=5,
        choices=[("up", "up"), ("down", "down"), ("same", "no change")],
    )
    printed_words = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "area", "period", "slice", "mention"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "slice", "period", "dataset", "mention"],
                name="stated_change_has_one_place",
            ),
            models.CheckConstraint(
                condition=(
                    Q(unit="words", amount__isnull=True)
                    | (~Q(unit="words") & Q(amount__isnull=False))
                ),
                name="stated_change_has_an_amount_or_words",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["percent", "points", "count", "multiple", "words"]),
                name="stated_change_unit_is_known",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["up", "down", "same"]),
                name="stated_change_direction_is_known",
            ),
        ]

    PERSONAL_FIELDS = ("by",)

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.direction}"


class Conflict(models.Model):
    """Two cells for one thing; both stand, one is preferred, and the rule says why."""

    cell = models.OneToOneField(Cell, on_delete=models.PROTECT, related_name="conflict")
    preferred = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="preferred_over")
    rule = models.CharField(max_length=300)

    class Meta:
        ordering = ["cell"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(cell=F("preferred")), name="cell_does_not_conflict_with_itself"
            ),
            models.CheckConstraint(condition=~Q(rule=""), name="conflict_says_its_rule"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.cell_id} gives way to {self.preferred_id}"
