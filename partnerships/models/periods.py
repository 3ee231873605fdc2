"""Periods as rows; what a period means is in `partnerships.periods`, which knows no database."""

from django.db import models
from django.db.models import F, Q

from partnerships.periods import Kind, Span


class Period(models.Model):
    """A span of days of one kind, with the one a year before it where that is loaded."""

    kind = models.CharField(max_length=15, choices=[(kind.value, kind.words) for kind in Kind])
    first = models.DateField()
    last = models.DateField()
    year_before = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="year_after"
    )

    class Meta:
        ordering = ["last", "first", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "last"], name="period_is_stored_once"),
            models.CheckConstraint(
                condition=Q(first__lte=F("last")), name="period_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(kind="snapshot") | Q(first=F("last")),
                name="snapshot_is_one_day",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]),
                name="period_kind_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.span.label

    @property
    def span(self) -> Span:
        return Span(Kind(self.kind), self.first, self.last)

    @property
    def key(self) -> str:
        """The natural key used in web addresses and files, such as `2019-20` or `2019-20-q3`."""
        return self.span.key
