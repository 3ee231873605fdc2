"""Editions: a report as it was built, byte for byte, and whether it was published.

They are kept in the database, so that web servers and workers anywhere see them and one dump is
the backup. On PostgreSQL triggers refuse to change or remove a row.
"""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Left, StrIndex, Substr

from reports.models.plans import AnnualReport

# What is large: reads leave these out until somebody shows one.
FILES = ("html", "page", "pdf", "csv", "xlsx")


class Edition(models.Model):
    """One build of a report. Never changed: building again makes a further edition.

    `html` is the file that stands alone, `page` the same report as the portal shows it, `pdf`
    the tagged PDF, `csv` and `xlsx` its figures. `inputs_sha256` is that of everything printed
    before it was laid out: two editions with the same one say the same.

    Editions built before reports had figures to download have none (`has_data`), for good.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    html = models.BinaryField()
    page = models.BinaryField()
    pdf = models.BinaryField()
    csv = models.BinaryField(default=b"", blank=True)
    xlsx = models.BinaryField(default=b"", blank=True)
    html_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    csv_sha256 = models.CharField(max_length=64, blank=True)
    xlsx_sha256 = models.CharField(max_length=64, blank=True)
    inputs_sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="editions_of_a_report_are_numbered"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="editions_count_from_one"),
            models.CheckConstraint(
                condition=~Q(html_sha256="") & ~Q(pdf_sha256="") & ~Q(inputs_sha256=""),
                name="edition_has_its_check_sums",
            ),
            models.CheckConstraint(
                condition=Q(csv_sha256="", xlsx_sha256="")
                | (~Q(csv_sha256="") & ~Q(xlsx_sha256="")),
                name="edition_has_its_figures_in_both_forms_or_in_none",
            ),
        ]

    PERSONAL_FIELDS = ("made_by",)

    def __str__(self) -> str:
        return f"{self.report_id} edition {self.number}"

    @property
    def has_data(self) -> bool:
        """Whether its figures were kept as files."""
        return self.csv_sha256 != ""

    @property
    def name(self) -> str:
        """What a page calls it, below its report."""
        return f"edition {self.number}"


_AFTER_DATASET = Substr("address", StrIndex("address", Value(":")) + Value(1))


class PrintedFigure(models.Model):
    """One figure as an edition prints it, in reading order: public form, never a hidden value."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="figures")
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=200)
    address = models.CharField(max_length=700)
    # The second part of the address. Other figures than indicators' have something else there.
    indicator = models.GeneratedField(
        expression=Left(_AFTER_DATASET, StrIndex(_AFTER_DATASET, Value(":")) - Value(1)),
        output_field=models.CharField(max_length=700),
        db_persist=True,
    )
    about = models.CharField(max_length=500)
    text = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    marker = models.CharField(max_length=4, blank=True)
    unit = models.CharField(max_length=80)

    class Meta:
        ordering = ["edition", "position"]
        indexes = [
            models.Index(fields=["address"], name="printed_figure_by_address"),
            models.Index(fields=["indicator", "edition"], name="printed_figure_by_indicator"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="figures_of_an_edition_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(marker="") | Q(value__isnull=True),
                name="printed_figure_is_a_number_or_a_marker",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} {self.address}"


class Publication(models.Model):
    """That an edition was published: from then on everybody may read it."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    PERSONAL_FIELDS = ("by",)

    def __str__(self) -> str:
        return f"{self.edition_id} published"
