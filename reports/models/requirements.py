"""What guidance asks a yearly report to tell, and where each report tells it."""

from django.db import models
from django.db.models import Q

from reports.models.plans import AnnualReport


class GuidanceEdition(models.Model):
    """An edition of the guidance that says what a yearly report must tell."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="guidance_has_a_code"),
            models.CheckConstraint(condition=~Q(title=""), name="guidance_has_a_title"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.title


class Requirement(models.Model):
    """One thing that an edition asks for, in words of our own; `reference` is where it does."""

    edition = models.ForeignKey(
        GuidanceEdition, on_delete=models.PROTECT, related_name="requirements"
    )
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    reference = models.CharField(max_length=120)
    wording = models.CharField(max_length=400)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="requirements_of_an_edition_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["edition", "code"], name="requirement_code_is_used_once_in_an_edition"
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1), name="requirements_count_from_one"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="requirement_has_a_code"),
            models.CheckConstraint(
                condition=~Q(reference=""), name="requirement_says_where_it_stands"
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="requirement_says_what_it_asks"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.edition_id} {self.code}"


class RequirementAnswer(models.Model):
    """A section of a report that answers a requirement; or why, or what of it, none answers.

    `section` is the key of the section, its address in the document, since a plan that is made
    again has new rows of sections and the same keys.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="answers")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="answers")
    section = models.SlugField(max_length=60, blank=True)
    why_not = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["report", "requirement", "section"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "requirement", "section"],
                name="section_answers_a_requirement_once",
            ),
            models.CheckConstraint(
                condition=(~Q(section="") & Q(why_not="")) | (Q(section="") & ~Q(why_not="")),
                name="answer_is_a_section_or_says_why_not",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.section or self.why_not
