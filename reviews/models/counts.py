"""Reviews, and the themes that they come back to, as a source counts them."""

from django.db import models
from django.db.models import F, Q

from partnerships.models import Partnership, Period
from reviews.models.practice import PracticeReview, Theme


class ThemeTotal(models.Model):
    """In how many reviews of a period a theme came up, of how many.

    Themes overlap: several come up in one review, so their numbers add up to nothing.
    """

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="totals")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="theme_totals")
    value = models.PositiveIntegerField()
    reviews = models.PositiveIntegerField()  # of how many
    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    source = models.SlugField(max_length=80, blank=True)  # the code of the dataset that says it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period__last", "-value", "theme__learning"]
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "period"], name="theme_is_counted_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(value__lte=F("reviews")),
                name="theme_comes_up_in_no_more_reviews_than_there_are",
            ),
            models.CheckConstraint(
                condition=Q(reviews__gte=1), name="theme_is_counted_where_there_are_reviews"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.theme_id}: {self.value} of {self.reviews}"

    @property
    def key(self) -> str:
        theme = self.theme
        return f"theme-total:{theme.partnership.slug}:{theme.code}:{self.period.key}"


class ReviewTotal(models.Model):
    """How many reviews a source counts in a period, where it names them or not."""

    class Event(models.TextChoices):
        COMMENCED = "commenced", "Commenced"
        COMPLETED = "completed", "Completed"
        PUBLISHED = "published", "Published"
        CONTRIBUTED = "contributed", "Contributed to"
        UNDERTAKEN = "undertaken", "Undertaken"
        REFERRED = "referred", "Referred for a decision"
        NOTIFIED = "notified", "Notified to the national panel"
        CRITERIA_MET = "criteria-met", "Met the criteria"
        CONCURRED = "concurred", "Agreed with by the national panel"
        NO_ACTION = "no-action", "Ended without further action"
        IN_PROGRESS = "in-progress", "In progress"
        HELD_BACK = "held-back", "Held back from publication"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="review_totals"
    )
    kind = models.CharField(max_length=20, choices=PracticeReview.Kind.choices)
    event = models.CharField(max_length=12, choices=Event.choices)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="review_totals")
    value = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    source = models.SlugField(max_length=80, blank=True)  # the code of the dataset that says it

    class Meta:
        ordering = ["-period__last", "kind", "event"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "event", "period"], name="review_total_is_told_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PracticeReview.Kind.values),
                name="review_total_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    event__in=[
                        "commenced",
                        "completed",
                        "published",
                        "contributed",
                        "undertaken",
                        "referred",
                        "notified",
                        "criteria-met",
                        "concurred",
                        "no-action",
                        "in-progress",
                        "held-back",
                    ]
                ),
                name="review_total_event_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.event}: {self.value}"
