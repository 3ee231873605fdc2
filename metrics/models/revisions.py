"""The versions of a figure and what was decided about each; both are only ever added to."""

from django.db import models
from django.db.models import F, Q

from metrics.models.store import Cell


class Qualifier(models.TextChoices):
    EXACTLY = "exactly", "exactly"
    ABOUT = "about", "about"
    AT_LEAST = "at-least", "at least"
    AT_MOST = "at-most", "at most"
    MORE_THAN = "more-than", "more than"
    FEWER_THAN = "fewer-than", "fewer than"
    BETWEEN = "between", "between"


class Marker(models.TextChoices):
    NOT_AVAILABLE = "x", "not available"
    NOT_APPLICABLE = "z", "not applicable"
    CONFIDENTIAL = "c", "confidential"
    ROUNDS_TO_ZERO = "low", "rounds to 0"
    NEGLIGIBLE = "k", "rounds to 0 in the source"
    UNRELIABLE = "u", "too unreliable to publish"


FLAGS: dict[str, str] = {
    "p": "provisional",
    "r": "revised",
    "e": "estimated",
    "f": "forecast",
    "b": "break in series",
    "d": "doubted: kept, but known to be questionable",
}


class Revision(models.Model):
    """One version of a figure. Never changed or removed; a correction is a further one.

    Exactly one of value, marker and printed words says what it is. `value` has the
    indicator's unit; `numerator` and `denominator` are counts; `decimals` is the precision
    it was stated with. On PostgreSQL a trigger refuses to change or remove a row.
    """

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    value_upper = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    qualifier = models.CharField(
        max_length=12, choices=Qualifier.choices, default=Qualifier.EXACTLY
    )
    marker = models.CharField(max_length=4, choices=Marker.choices, blank=True)
    marker_reason = models.CharField(max_length=200, blank=True)
    printed_words = models.CharField(max_length=300, blank=True)
    flags = models.CharField(max_length=6, blank=True)  # letters of FLAGS, in their order
    note = models.CharField(max_length=500, blank=True)
    denominator_period = models.ForeignKey(
        "partnerships.Period", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    public_since = models.DateField(null=True, blank=True)  # already public before the portal
    # A roll-up says how many of its parts it has: 3 of 4 quarters.
    parts = models.PositiveSmallIntegerField(null=True, blank=True)
    parts_of = models.PositiveSmallIntegerField(null=True, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    # Codes of `metrics.checks` that asked about it, and why it was said to be right.
    # What is stored in bulk was asked about nothing: the database fills these in.
    warnings = models.CharField(max_length=120, blank=True, default="", db_default="")
    answer = models.CharField(max_length=400, blank=True, default="", db_default="")
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["cell", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cell", "number"], name="revisions_are_numbered"),
            models.CheckConstraint(
                condition=(
                    Q(value__isnull=False, marker="", printed_words="")
                    | (Q(value__isnull=True, printed_words="") & ~Q(marker=""))
                    | (Q(value__isnull=True, marker="") & ~Q(printed_words=""))
                ),
                name="revision_is_a_value_a_marker_or_words",
            ),
            models.CheckConstraint(
                condition=(
                    Q(qualifier="between", value_upper__isnull=False, value__isnull=False)
                    | (~Q(qualifier="between") & Q(value_upper__isnull=True))
                ),
                name="between_and_only_it_has_an_upper_value",
            ),
            models.CheckConstraint(
                condition=Q(value_upper__isnull=True) | Q(value__lt=F("value_upper")),
                name="upper_value_is_above_the_value",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="a_correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(warnings="") | ~Q(answer=""), name="what_a_check_asked_has_an_answer"
            ),
            models.CheckConstraint(
                condition=(
                    Q(parts__isnull=True, parts_of__isnull=True)
                    | Q(parts__isnull=False, parts__lte=F("parts_of"))
                ),
                name="a_roll_up_has_at_most_all_its_parts",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_count_from_one"),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=0),
                name="denominator_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0),
                name="numerator_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=6), name="revision_decimals_are_at_most_six"
            ),
            models.CheckConstraint(
                condition=Q(qualifier__in=Qualifier.values), name="qualifier_is_known"
            ),
            models.CheckConstraint(
                condition=Q(marker__in=["", *Marker.values]), name="marker_is_known"
            ),
        ]

    PERSONAL_FIELDS = ("by",)

    def __str__(self) -> str:
        return f"{self.cell_id}@{self.number}"


class Decision(models.Model):
    """What a second person decided about a revision: approved, or sent back with a reason.

    Only ever added to. Revisions that the system actor loaded from files count as approved
    without one. Somebody who decides on their own entry must say why, and the reason is printed.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        SENT_BACK = "sent-back", "Sent back"

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=500, blank=True)
    own_entry = models.BooleanField(default=False)
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["revision"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="approved", own_entry=False) | ~Q(reason=""),
                name="sending_back_or_approving_ones_own_entry_says_why",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["approved", "sent-back"]),
                name="decision_outcome_is_known",
            ),
        ]

    PERSONAL_FIELDS = ("by",)

    def __str__(self) -> str:
        return f"{self.outcome} {self.revision_id}"
