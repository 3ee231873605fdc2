"""The audit record: who did what, when, to which object. Only ever added to."""

from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """One thing that somebody did, written in the transaction that did it.

    `subject` is the object's own address (its natural key); `detail` holds values that
    may be read by anybody who may read the record: never a restricted field.
    On PostgreSQL a trigger refuses to change or remove a row.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(
        "partnerships.Partnership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="audit_events",
    )
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["partnership", "-at"], name="audit_by_partnership")]
        constraints = [
            models.CheckConstraint(condition=~Q(verb=""), name="audit_event_says_what_was_done"),
        ]

    PERSONAL_FIELDS = ("actor",)

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
