"""Which figures are set against each other: the register of ratios."""

from django.db import models
from django.db.models import F, Q


class Ratio(models.Model):
    """For every 100 of one thing, how many of another: referrals for every 100 contacts.

    Both are counts, or both rates on the same population; either way events of one period.
    `of_cohort` says that what is counted above comes from what is counted below, one by one:
    only then is it a conversion. Otherwise both are merely of the same year.
    """

    numerator = models.ForeignKey(
        "metrics.Indicator", on_delete=models.PROTECT, related_name="ratios"
    )
    denominator = models.ForeignKey("metrics.Indicator", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    of_cohort = models.BooleanField(default=False)

    class Meta:
        ordering = ["numerator", "denominator"]
        constraints = [
            models.UniqueConstraint(
                fields=["numerator", "denominator"], name="ratio_of_two_indicators_is_kept_once"
            ),
            models.CheckConstraint(
                condition=~Q(numerator=F("denominator")), name="ratio_is_of_two_indicators"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="ratio_has_a_name"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name
