"""The plan of a yearly report: its sections and the blocks in them, as data."""

from django.db import models
from django.db.models import F, Q

from partnerships.periods import Kind, Span, parse


class AnnualReport(models.Model):
    """A partnership's yearly report. `year` is its name in addresses: the key of its period.

    A report that the portal's makers rebuilt from a document published elsewhere names that
    document; such a report says so on its cover and on every page.
    """

    partnership = models.ForeignKey(
        "partnerships.Partnership", on_delete=models.PROTECT, related_name="annual_reports"
    )
    year = models.SlugField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    title = models.CharField(max_length=200)
    reconstructed_from = models.ForeignKey(
        "metrics.Dataset", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["partnership", "-last", "-first"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "year"], name="partnership_reports_on_a_year_once"
            ),
            models.CheckConstraint(
                condition=Q(first__lte=F("last")), name="report_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(year=""), name="report_has_a_year"),
            models.CheckConstraint(condition=~Q(title=""), name="report_has_a_title"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.title}, {self.partnership_id} {self.year}"

    @property
    def span(self) -> Span:
        """The period that it is named by."""
        return parse(self.year)

    @property
    def covers(self) -> Span:
        """The days that it tells of: those of its name, unless it begins or ends on others."""
        named = self.span
        if (named.first, named.last) == (self.first, self.last):
            return named
        return Span(Kind.SPAN, self.first, self.last)


class Section(models.Model):
    """A section of a report. `key` is its address in the document; it does not change."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)  # Markdown with figures: docs/reports.md

    class Meta:
        ordering = ["report", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "position"], name="sections_of_a_report_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["report", "key"], name="section_has_an_address_of_its_own"
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="sections_count_from_one"),
            models.CheckConstraint(condition=~Q(title=""), name="section_has_a_title"),
            models.CheckConstraint(condition=~Q(key=""), name="section_has_a_key"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.position} {self.title}"


class SectionBlock(models.Model):
    """One block of a section: what kind it is, and what it is of.

    `kind` is `indicator` or one of `reports.accounts.ACCOUNTS`, which says what `subject` is.
    """

    INDICATOR = "indicator"

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    kind = models.SlugField(max_length=30, default=INDICATOR)
    subject = models.SlugField(max_length=80, blank=True)
    indicator = models.ForeignKey(
        "metrics.Indicator", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "position"], name="blocks_of_a_section_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["section", "indicator"],
                condition=Q(indicator__isnull=False),
                name="section_shows_an_indicator_once",
            ),
            models.UniqueConstraint(
                fields=["section", "kind", "subject"],
                condition=Q(indicator__isnull=True),
                name="section_tells_of_a_subject_once",
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="blocks_count_from_one"),
            models.CheckConstraint(condition=~Q(kind=""), name="block_has_a_kind"),
            models.CheckConstraint(
                condition=Q(kind="indicator", indicator__isnull=False, subject="")
                | (~Q(kind="indicator") & Q(indicator__isnull=True)),
                name="indicator_blocks_name_an_indicator",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.section_id} block {self.position}"


class BlockLine(models.Model):
    """One indicator of a block that lists several: a table, the year in figures, the journey."""

    block = models.ForeignKey(SectionBlock, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey("metrics.Indicator", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["block", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "position"], name="lines_of_a_block_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["block", "indicator"], name="block_lists_an_indicator_once"
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="lines_count_from_one"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.block_id} line {self.position}"
