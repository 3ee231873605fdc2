"""A quarter's return as a whole: its dates, what agencies did with their parts, who was written to.

How far an agency's part has come is worked out (`metrics.returns.parts.standing`); only what people
did stands here, and is only ever added to.
"""

from django.db import models
from django.db.models import F, Q

from metrics.models.register import Indicator
from metrics.models.store import Dataset


class Return(models.Model):
    """The dates of one quarter's return; each counts to the end of its day in London."""

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="returns")
    period = models.ForeignKey(
        "partnerships.Period", on_delete=models.PROTECT, related_name="returns"
    )
    due = models.DateField()
    closed_to_new = models.DateField()
    closed_to_edits = models.DateField()

    class Meta:
        ordering = ["dataset", "-period__last"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "period"], name="quarter_has_one_return_in_a_dataset"
            ),
            models.CheckConstraint(
                condition=Q(due__lte=F("closed_to_new"), closed_to_new__lte=F("closed_to_edits")),
                name="return_closes_after_it_is_due",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.period_id}"


class ReturnStep(models.Model):
    """What somebody did with an agency's part of a return.

    Only ever added to: triggers refuse to change a row, and on PostgreSQL to remove one.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "Submitted"
        RETURNED = "returned", "Returned"
        LOCKED = "locked", "Locked"
        WITHDRAWN = "withdrawn", "Taken back"

    part_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="steps")
    agency = models.ForeignKey(
        "partnerships.Agency", on_delete=models.PROTECT, related_name="return_steps"
    )
    kind = models.CharField(max_length=9, choices=Kind.choices)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["part_of", "agency", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["submitted", "returned", "locked", "withdrawn"]),
                name="step_of_a_return_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["returned", "withdrawn"]) | ~Q(reason=""),
                name="giving_or_taking_a_return_back_says_why",
            ),
        ]

    PERSONAL_FIELDS = ("by",)

    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind}"


class ReturnNotice(models.Model):
    """That an agency's contributors were to be written to; at most once a day for each kind."""

    class Kind(models.TextChoices):
        CHASED = "chased", "Chased"
        BEFORE_DUE = "before-due", "Reminded before it was due"
        AFTER_DUE = "after-due", "Reminded after it was due"
        GIVEN_BACK = "given-back", "Told that it was given back"
        SENT_BACK = "sent-back", "Told that figures were sent back"

    part_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="notices")
    agency = models.ForeignKey(
        "partnerships.Agency", on_delete=models.PROTECT, related_name="return_notices"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()

    class Meta:
        ordering = ["part_of", "agency", "on"]
        constraints = [
            models.UniqueConstraint(
                fields=["part_of", "agency", "kind", "on"],
                name="agency_is_written_to_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["chased", "before-due", "after-due", "given-back", "sent-back"]
                ),
                name="notice_of_a_return_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind} {self.on}"


class CannotSupply(models.Model):
    """That an agency cannot supply a figure, why, and until when; it is not missed so long.

    Said by mistake it is taken back, which stands beside it; the day is then free to say it anew.
    """

    agency = models.ForeignKey(
        "partnerships.Agency", on_delete=models.PROTECT, related_name="cannot_supply"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="cannot_supply")
    because = models.CharField(max_length=300)
    first = models.DateField()
    until = models.DateField()
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_because = models.CharField(max_length=300, blank=True)
    taken_back_by = models.ForeignKey(
        "partnerships.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["agency", "indicator", "first"]
        verbose_name_plural = "cannot supply"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "indicator", "first"],
                condition=Q(taken_back_at__isnull=True),
                name="agency_says_once_a_day_what_it_cannot_supply",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_because=""
                )
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="what_is_taken_back_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(first__lte=F("until")), name="what_cannot_be_supplied_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(because=""), name="what_cannot_be_supplied_says_why"
            ),
        ]

    PERSONAL_FIELDS = ("by", "taken_back_by")

    def __str__(self) -> str:
        return f"{self.agency_id} {self.indicator_id}"
