"""Work in the background, as rows: the row is the truth, a broker only carries its id."""

from django.db import models
from django.db.models import F, Q


class Job(models.Model):
    """One piece of work: what it is (`kind`), which (`key`), and how far it has come.

    `key` names the work, so that asking twice for the same work is one job: at most one
    waiting and one running. `arguments` holds ids and natural keys, never values.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    partnership = models.ForeignKey(
        "partnerships.Partnership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
    )
    asked_by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease = models.CharField(max_length=32, blank=True)  # the token of the run that holds it
    lease_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_words = models.CharField(max_length=200, blank=True)
    cancel_requested = models.BooleanField(default=False)
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True)  # a sentence for people, no values

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["state", "not_before"], name="job_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state="waiting"),
                name="same_work_waits_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state="running"),
                name="same_work_runs_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed", "cancelled"]),
                name="job_state_is_known",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="running", lease_until__isnull=False) & ~Q(lease="")
                    | (~Q(state="running") & Q(lease_until__isnull=True, lease=""))
                ),
                name="running_jobs_and_only_they_hold_a_lease",
            ),
            models.CheckConstraint(
                condition=(
                    Q(finished_at__isnull=False, state__in=["done", "failed", "cancelled"])
                    | Q(finished_at__isnull=True, state__in=["waiting", "running"])
                ),
                name="ended_jobs_and_only_they_have_an_end",
            ),
            models.CheckConstraint(
                condition=Q(progress_done__lte=F("progress_total")),
                name="job_progress_is_at_most_its_total",
            ),
        ]

    PERSONAL_FIELDS = ("asked_by",)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
