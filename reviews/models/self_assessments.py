"""Agencies' assessments of themselves, such as those under section 11 of the Children Act 2004.

A cycle has steps, each with its own period, since it goes on over more than one year.
"""

from django.db import models
from django.db.models import Q

from partnerships.models import Partnership, Period
from reviews.models.audits import GRADES
from reviews.models.told import Measured, Told, figure_rules


class SelfAssessment(models.Model):
    """One cycle of agencies assessing themselves against the same standards."""

    class Kind(models.TextChoices):
        SECTION_11 = "section-11", "Section 11 (agencies)"
        SECTION_175 = "section-175", "Section 157 or 175 (schools and colleges)"
        OTHER = "other", "Other"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="self_assessments"
    )
    code = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"],
                name="self_assessment_code_is_used_once_at_a_partnership",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="self_assessment_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="self_assessment_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["section-11", "section-175", "other"]),
                name="self_assessment_kind_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"self-assessment:{self.partnership.slug}:{self.code}"


class AssessmentStep(Told):
    """One step of a cycle, in its place."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "number"], name="step_has_one_place_in_its_cycle"
            ),
            models.UniqueConstraint(
                fields=["assessment", "code", "period"], name="step_is_taken_once_a_period"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="steps_count_from_one"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="moves"), name="step_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="step_says_what_was_done"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class AssessmentMeasure(Measured):
    """A figure of a step: how many answered a survey, how many visits were paid."""

    step = models.ForeignKey(AssessmentStep, on_delete=models.PROTECT, related_name="measures")

    class Meta:
        ordering = ["step", "measure"]
        verbose_name_plural = "figures of a step"
        constraints = [
            models.UniqueConstraint(fields=["step", "measure"], name="step_counts_a_thing_once"),
            *figure_rules("figure_of_a_step"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"


class AssuranceArea(Told):
    """What a cycle left to be assured of, and what answered it; empty while nothing has."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="areas")
    number = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=300)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "number"], name="area_for_assurance_has_one_place"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="areas_for_assurance_count_from_one"
            ),
            models.CheckConstraint(
                condition=~Q(area=""), name="area_for_assurance_says_what_it_is"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.area


class GradeMove(Told):
    """How many standards that agencies had given themselves one grade had another one later.

    `became` may be `all`: how many had the first grade, as a source prints it.
    """

    BECAME = [
        ("all", "All that had the grade"),
        ("outstanding", "Outstanding"),
        ("good-or-outstanding", "Good or outstanding"),
        ("good", "Good"),
        ("requires-improvement", "Requires improvement"),
        ("inadequate", "Inadequate"),
        ("not-relevant", "Not relevant, or relevance queried"),
    ]

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="moves")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    was = models.CharField(max_length=20, choices=[(each, each) for each in GRADES])
    became = models.CharField(max_length=20, choices=BECAME)
    instances = models.PositiveIntegerField()

    class Meta:
        ordering = ["assessment", "-period__last", "was", "became"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "period", "was", "became"],
                name="move_between_grades_is_counted_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(was__in=GRADES), name="move_begins_at_a_known_grade"
            ),
            models.CheckConstraint(
                condition=Q(
                    became__in=[
                        "all",
                        "outstanding",
                        "good-or-outstanding",
                        "good",
                        "requires-improvement",
                        "inadequate",
                        "not-relevant",
                    ]
                ),
                name="move_ends_at_a_known_grade",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.was} to {self.became}: {self.instances}"
