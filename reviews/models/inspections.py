"""Inspections, what they found, and the statement that answers them."""

from django.db import models
from django.db.models import F, Q

from partnerships.known_dates import KINDS, Precision
from partnerships.models import Organisation, Partnership
from partnerships.periods import Kind, Span


class Inspection(models.Model):
    """An inspection by one inspectorate or several, as far as its days are known."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="inspections"
    )
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    inspectorates = models.CharField(max_length=300)  # one or several, between semicolons
    theme = models.CharField(max_length=200, blank=True)
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    precision = models.CharField(
        max_length=14, choices=[(each.value, each.value) for each in Precision], default="unknown"
    )
    reported = models.DateField(null=True, blank=True)  # the day of the letter or report
    # The grade of the whole in the inspectorate's words, and that of the inspection before.
    judgement = models.CharField(max_length=200, blank=True)
    previous_judgement = models.CharField(max_length=200, blank=True)
    judgement_fact_id = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    source = models.SlugField(max_length=80, blank=True)  # the dataset that tells of it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("first").desc(nulls_last=True), "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="inspection_code_is_used_once_at_a_partnership"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="inspection_has_a_code_of_its_own"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(inspectorates=""),
                name="inspection_has_a_name_and_an_inspectorate",
            ),
            models.CheckConstraint(
                condition=Q(precision="unknown", first__isnull=True, last__isnull=True)
                | Q(
                    precision__in=["day", "month", "year", "financial-year"],
                    first__isnull=False,
                    last__isnull=False,
                ),
                name="inspection_has_two_days_or_none",
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=True) | Q(first__lte=F("last")),
                name="inspection_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(reported__isnull=True)
                | Q(first__isnull=True)
                | Q(reported__gte=F("first")),
                name="inspection_reports_after_it_begins",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"inspection:{self.partnership.slug}:{self.code}"

    @property
    def when(self) -> Span | None:
        """The days of the fieldwork, or the months or years that are known of them."""
        if self.first is None or self.last is None:
            return None
        whole = Span.containing(KINDS[Precision(self.precision)], self.first)
        return whole if whole.last == self.last else Span(Kind.SPAN, self.first, self.last)


class Finding(models.Model):
    """One thing that inspectors found, in our words, in the order of their letter."""

    class Kind(models.TextChoices):
        PRIORITY_ACTION = "priority-action", "Priority action"
        IMPROVEMENT = "area-for-improvement", "Area for improvement"
        WEAKNESS = "weakness", "Weakness, not listed as an area for improvement"
        STRENGTH = "strength", "Strength"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.SlugField(max_length=60)
    words = models.CharField(max_length=500)
    quantifier = models.CharField(max_length=40, blank=True)  # how many, where a word says it
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    # Where the inspectors grade this one subject by itself.
    judgement = models.CharField(max_length=100, blank=True)
    previous_judgement = models.CharField(max_length=100, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    acted_on_during = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["inspection", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number"], name="finding_has_one_place_in_its_letter"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["priority-action", "area-for-improvement", "weakness", "strength"]
                ),
                name="finding_kind_is_known",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="findings_count_from_one"),
            models.CheckConstraint(condition=~Q(words=""), name="finding_says_what_was_found"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.words


class ProposedAction(models.Model):
    """The written statement of proposed action that an inspection asks for.

    Its due date is kept as it is and as it is printed: the two may disagree.
    """

    inspection = models.OneToOneField(
        Inspection, on_delete=models.PROTECT, primary_key=True, related_name="statement"
    )
    prepares = models.CharField(max_length=200)
    oversees = models.CharField(max_length=200)
    sends = models.CharField(max_length=200)
    recipient = models.CharField(max_length=200)
    due = models.DateField()
    due_as_printed = models.CharField(max_length=60, blank=True)
    sent = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due"]
        verbose_name_plural = "statements of proposed action"
        constraints = [
            models.CheckConstraint(
                condition=~Q(prepares="") & ~Q(oversees="") & ~Q(sends="") & ~Q(recipient=""),
                name="statement_says_who_does_what",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"Statement of proposed action, {self.inspection}"
