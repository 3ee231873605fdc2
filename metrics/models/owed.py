"""What agencies owe a return beside the figure of a whole."""

from django.db import models

from metrics.models.register import Expectation
from metrics.models.store import Breakdown


class ExpectedBreakdown(models.Model):
    """That an agency is asked for an indicator by the categories of a breakdown, too."""

    expectation = models.ForeignKey(
        Expectation, on_delete=models.PROTECT, related_name="breakdowns"
    )
    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="expected")

    class Meta:
        ordering = ["expectation", "breakdown"]
        constraints = [
            models.UniqueConstraint(
                fields=["expectation", "breakdown"], name="breakdown_is_asked_for_once"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.expectation_id} by {self.breakdown_id}"
