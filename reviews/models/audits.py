"""Audits of cases and the grades they gave; by what means learning was passed on."""

from django.db import models
from django.db.models import Q

from partnerships.models import Partnership, Period
from reviews.models.told import Told


class Grade(models.TextChoices):
    """The grades of audits and self-assessments, the best first."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires-improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"


GRADES = ["outstanding", "good", "requires-improvement", "inadequate"]


class CaseAudit(Told):
    """An audit of cases, by several agencies or one; it may go on over several years."""

    class Kind(models.TextChoices):
        MULTI_AGENCY = "multi-agency", "Multi-agency"
        SINGLE_AGENCY = "single-agency", "Single agency"
        DEEP_DIVE = "deep-dive", "Deep dive into some of the cases"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        UNDER_WAY = "under-way", "Under way"
        ON_HOLD = "on-hold", "On hold"
        UNDERTAKEN = "undertaken", "Undertaken"
        NOT_REPORTED = "undertaken-not-reported", "Undertaken, not reported on"
        REPORTED = "reported", "Reported on"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="case_audits"
    )
    code = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    theme = models.CharField(max_length=200, blank=True)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=24, choices=Status.choices)
    cases = models.PositiveIntegerField(null=True, blank=True)  # of children; None: not known

    class Meta:
        ordering = ["-period__last", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="audit_code_is_used_once_at_a_partnership"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="audit_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="audit_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["multi-agency", "single-agency", "deep-dive"]),
                name="audit_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "planned",
                        "under-way",
                        "on-hold",
                        "undertaken",
                        "undertaken-not-reported",
                        "reported",
                    ]
                ),
                name="audit_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["on-hold", "undertaken-not-reported"]) | ~Q(note=""),
                name="audit_that_stopped_short_says_why",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"audit:{self.partnership.slug}:{self.code}"


class AuditResult(models.Model):
    """What an audit found in one period: its grades, as shares of the cases or as their number."""

    class Unit(models.TextChoices):
        PERCENT = "percent", "Percentages of the cases"
        COUNT = "count", "Numbers of cases"

    audit = models.ForeignKey(CaseAudit, on_delete=models.PROTECT, related_name="results")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=8, choices=Unit.choices, default=Unit.PERCENT)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["audit", "period__last"]
        verbose_name_plural = "grades of periods"
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "period"], name="audit_has_one_result_a_period"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["percent", "count"]), name="audit_result_unit_is_known"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.audit}, {self.period}"


class AuditGrade(Told):
    """How many cases of one period, or which share of them, were given a grade."""

    result = models.ForeignKey(AuditResult, on_delete=models.PROTECT, related_name="grades")
    grade = models.CharField(max_length=20, choices=Grade.choices)
    value = models.DecimalField(max_digits=9, decimal_places=3)
    decimals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["result", "grade"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "grade"], name="audit_gives_a_grade_once_a_period"
            ),
            models.CheckConstraint(condition=Q(grade__in=GRADES), name="audit_grade_is_known"),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="audit_grade_is_given_to_no_fewer_than_none"
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=3), name="audit_grade_has_at_most_three_decimals"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.get_grade_display()}: {self.value}"


class Dissemination(Told):
    """By what means learning was passed on in a period: newsletters, briefings, a conference."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="disseminations"
    )
    code = models.SlugField(max_length=80)
    means = models.CharField(max_length=200)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-period__last", "means"]
        verbose_name_plural = "dissemination of learning"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code", "period"],
                name="means_of_dissemination_is_told_once_a_period",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="means_of_dissemination_has_a_code"),
            models.CheckConstraint(condition=~Q(means=""), name="means_of_dissemination_is_named"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.means

    @property
    def key(self) -> str:
        return f"dissemination:{self.partnership.slug}:{self.code}:{self.period.key}"
