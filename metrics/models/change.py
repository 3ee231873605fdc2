"""The change of a figure: a cache of one pure function (`metrics.arithmetic.change`).

`Touched` says which of these rows are out of date.
"""

from django.db import models
from django.db.models import Q

from metrics.models.revisions import Revision
from metrics.models.store import Cell


class Change(models.Model):
    """What changed against the year or the quarter before, and whether we can say so.

    Amounts are in the indicator's unit; `percent` is of the previous value; `points` are
    percentage points. `*_low` and `*_high` bound the rounding of printed values. Where there
    is no change, `reason` says why and the amounts are empty.
    """

    class Against(models.TextChoices):
        YEAR_BEFORE = "year-before", "the year before"
        PERIOD_BEFORE = "period-before", "the quarter before"

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="changes")
    against = models.CharField(max_length=14, choices=Against.choices)
    from_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    absolute = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    percent = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    points = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    rounding_low = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    rounding_high = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    low = models.FloatField(null=True, blank=True)  # 95% interval of the difference or ratio
    high = models.FloatField(null=True, blank=True)
    p = models.FloatField(null=True, blank=True)  # of the single test; lists control for many
    state = models.CharField(max_length=16, blank=True)
    caution = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    rule = models.CharField(max_length=40)

    class Meta:
        ordering = ["cell", "against"]
        constraints = [
            models.UniqueConstraint(fields=["cell", "against"], name="cell_changes_once_against"),
            models.CheckConstraint(
                condition=(
                    Q(reason="", from_revision__isnull=False, absolute__isnull=False)
                    | (Q(absolute__isnull=True) & ~Q(reason=""))
                ),
                name="change_has_an_amount_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(against__in=["year-before", "period-before"]),
                name="change_is_against_a_known_period",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(points__isnull=True),
                name="change_is_in_percent_or_in_points",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "",
                        "clearly-higher",
                        "clearly-lower",
                        "no-clear-change",
                        "too-few",
                        "not-tested",
                    ]
                ),
                name="change_state_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.cell_id} against {self.against}"


class Touched(models.Model):
    """An approved figure that moved since the changes were stored; no cell means all of them.

    One of a partnership, or without one of official statistics.

    Written in the transaction that moves the figure, and only ever added to. The job takes away
    the rows that it had read before it computed, so that a figure that moves while it runs, the
    same one too, leaves a row for the next job (`metrics.touched`).
    """

    partnership = models.ForeignKey(
        "partnerships.Partnership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    cell = models.ForeignKey(
        Cell, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "touched"

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.cell_id or 'all'} of {self.partnership_id or 'official statistics'}"
