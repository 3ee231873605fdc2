"""Files of figures that people have uploaded, and how an organisation names its columns."""

from django.db import models
from django.db.models import Q


class ImportBatch(models.Model):
    """One uploaded file: shown to its sender first, then taken whole, or dropped.

    The bytes are kept until then and no longer; their hash, name and size stay. `result` counts
    what was added, changed and left alone when it was taken; `columns` holds what the sender
    said of its headings, and `checked` what a worker found a large file to say, as it is shown.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for confirmation"
        TAKEN = "taken", "Saved"
        DROPPED = "dropped", "Dropped"

    partnership = models.ForeignKey(
        "partnerships.Partnership", on_delete=models.PROTECT, related_name="import_batches"
    )
    period = models.ForeignKey("partnerships.Period", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    content = models.BinaryField(null=True)
    columns = models.JSONField(default=dict, blank=True)
    is_large = models.BooleanField(default=False)  # looked at and taken in the background
    checked = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "import batches"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "taken", "dropped"]),
                name="import_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", content__isnull=False)
                | (~Q(state="waiting") & Q(content__isnull=True)),
                name="imports_that_wait_and_only_they_hold_their_file",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="imports_that_wait_and_only_they_have_no_end",
            ),
            models.CheckConstraint(condition=~Q(sha256=""), name="import_has_a_hash"),
            models.CheckConstraint(condition=Q(size__gte=1), name="imported_file_is_not_empty"),
        ]

    PERSONAL_FIELDS = ("by", "name")

    def __str__(self) -> str:
        return f"import {self.pk}"


class ColumnNames(models.Model):
    """How an organisation names the columns of its files, as one of its people said once.

    `columns` gives a field of `metrics.upload.headings`, or nothing for a column to pass over,
    by the heading in plain letters.
    """

    organisation = models.OneToOneField(
        "partnerships.Organisation", on_delete=models.PROTECT, related_name="column_names"
    )
    columns = models.JSONField(default=dict)
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["organisation"]
        verbose_name_plural = "column names"

    PERSONAL_FIELDS = ("by",)

    def __str__(self) -> str:
        return f"columns of {self.organisation_id}"
