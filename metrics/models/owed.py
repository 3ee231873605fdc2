"""What agencies owe a return beside the figure of a whole."""

from django.db import models
from django.db.models import F, Q

from metrics.models.register import Expectation
from metrics.models.store import Breakdown, Dataset


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


class ExpectedWords(models.Model):
    """That an agency is asked each quarter to say what its figures of a theme show.

    `question` is what it is asked beside that; empty where there is nothing more. Of a theme an
    agency is asked one thing at a time: a trigger refuses what holds on a day on which another
    does, here as for `Expectation`.
    """

    agency = models.ForeignKey(
        "partnerships.Agency", on_delete=models.PROTECT, related_name="expected_words"
    )
    theme = models.CharField(max_length=60)
    question = models.CharField(max_length=300, blank=True)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["theme", "agency", "first"]
        verbose_name_plural = "expected words"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "theme", "first"],
                name="agency_is_asked_for_words_on_a_theme_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(first__lte=F("last")),
                name="words_are_expected_to_an_end_after_the_beginning",
            ),
            models.CheckConstraint(condition=~Q(theme=""), name="expected_words_have_a_theme"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.agency_id} on {self.theme}"


class Commentary(models.Model):
    """One version of an agency's words about its figures of a theme and a period.

    Never changed or removed: who writes anew adds a version. On PostgreSQL a trigger refuses
    anything else. The number is the lock: of two people with the same one the second is refused.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="commentaries")
    period = models.ForeignKey(
        "partnerships.Period", on_delete=models.PROTECT, related_name="commentaries"
    )
    agency = models.ForeignKey(
        "partnerships.Agency", on_delete=models.PROTECT, related_name="commentaries"
    )
    theme = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    words = models.TextField(max_length=2000)
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["dataset", "period", "agency", "theme", "number"]
        verbose_name_plural = "commentaries"
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "period", "agency", "theme", "number"],
                name="versions_of_words_are_numbered",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="versions_of_words_count_from_one"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="commentary_has_words"),
            models.CheckConstraint(condition=~Q(theme=""), name="commentary_has_a_theme"),
        ]

    # The text itself may name somebody, though the form asks not to.
    PERSONAL_FIELDS = ("by", "words")

    def __str__(self) -> str:
        return f"{self.agency_id} on {self.theme}, version {self.number}"
