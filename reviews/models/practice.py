"""Practice reviews, the clocks that run on them, and the learning that they share.

What could point to a child is in a table of its own (`ReviewCircumstances`), so that no list,
export or error about a review can carry it.
"""

from django.db import models
from django.db.models import F, Q

from partnerships.known_dates import Precision, known
from partnerships.models import Partnership
from partnerships.periods import Span

PRECISIONS = [(each.value, each.value) for each in Precision]


def _date_or_unknown(field: str, name: str) -> models.CheckConstraint:
    unknown = {f"{field}_precision": "unknown", f"{field}__isnull": True}
    told = Q(
        **{
            f"{field}_precision__in": [p.value for p in Precision if p != Precision.UNKNOWN],
            f"{field}__isnull": False,
        }
    )
    return models.CheckConstraint(condition=Q(**unknown) | told, name=name)


class PracticeReview(models.Model):
    """A review of practice after a serious incident, or of practice on a theme.

    Completed and published are two things: a completed review may be held back, or never be
    published, and then says why.
    """

    class Kind(models.TextChoices):
        SERIOUS_CASE = "serious-case-review", "Serious case review"
        RAPID = "rapid-review", "Rapid review"
        LOCAL = "local-review", "Local child safeguarding practice review"
        THEMATIC = "thematic-review", "Thematic review"
        TABLE_TOP = "table-top-review", "Table-top review"
        LEARNING = "learning-review", "Learning review"
        OUT_OF_AREA = "out-of-area-review", "Review of another area, contributed to"

    class State(models.TextChoices):
        IN_PROGRESS = "in-progress", "In progress"
        COMPLETED = "completed", "Completed"

    class Publication(models.TextChoices):
        NOT_DECIDED = "not-decided", "Not decided yet"
        TO_BE_PUBLISHED = "to-be-published", "To be published"
        HELD = "held", "Held back for now"
        PUBLISHED = "published", "Published"
        NOT_TO_BE_PUBLISHED = "not-to-be-published", "Will not be published"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="practice_reviews"
    )
    code = models.SlugField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    guidance = models.CharField(max_length=80, blank=True)  # under which it is made
    state = models.CharField(max_length=12, choices=State.choices)
    publication = models.CharField(
        max_length=20, choices=Publication.choices, default=Publication.NOT_DECIDED
    )
    why_not_published = models.CharField(max_length=500, blank=True)
    started = models.DateField(null=True, blank=True)
    started_precision = models.CharField(max_length=14, choices=PRECISIONS, default="unknown")
    completed = models.DateField(null=True, blank=True)
    completed_precision = models.CharField(max_length=14, choices=PRECISIONS, default="unknown")
    published = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=14, choices=PRECISIONS, default="unknown")
    summary = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)  # counts changes: the optimistic lock

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="review_code_is_used_once_at_a_partnership"
            ),
            # Its page would be where reviews are added.
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code__iexact="add"), name="review_has_a_code_of_its_own"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "serious-case-review",
                        "rapid-review",
                        "local-review",
                        "thematic-review",
                        "table-top-review",
                        "learning-review",
                        "out-of-area-review",
                    ]
                ),
                name="review_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["in-progress", "completed"]), name="review_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    publication__in=[
                        "not-decided",
                        "to-be-published",
                        "held",
                        "published",
                        "not-to-be-published",
                    ]
                ),
                name="review_publication_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(publication__in=["held", "not-to-be-published"])
                | ~Q(why_not_published=""),
                name="unpublished_review_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(publication="published") | Q(state="completed"),
                name="published_review_is_completed",
            ),
            models.CheckConstraint(
                condition=Q(completed__isnull=True) | Q(state="completed"),
                name="only_completed_review_has_a_day_of_completion",
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=True) | Q(publication="published"),
                name="only_published_review_has_a_day_of_publication",
            ),
            _date_or_unknown("started", "review_start_is_a_date_or_unknown"),
            _date_or_unknown("completed", "review_completion_is_a_date_or_unknown"),
            _date_or_unknown("published", "review_publication_is_a_date_or_unknown"),
            models.CheckConstraint(
                condition=~Q(started_precision="day", completed_precision="day")
                | Q(started__lte=F("completed")),
                name="review_completes_after_it_starts",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"

    @property
    def name(self) -> str:
        """As readers are told it: the code where that counts (W9), else its words."""
        if any(letter.isdigit() for letter in self.code):
            return self.code
        words = self.code.replace("-", " ")
        return words[:1].upper() + words[1:]

    @property
    def key(self) -> str:
        """The natural key, as the audit record names the review."""
        return f"review:{self.partnership.slug}:{self.code}"

    @property
    def started_when(self) -> Span | None:
        return known(self.started, self.started_precision)

    @property
    def completed_when(self) -> Span | None:
        return known(self.completed, self.completed_precision)

    @property
    def published_when(self) -> Span | None:
        return known(self.published, self.published_precision)


class ReviewCircumstances(models.Model):
    """What could point to a child. Each reading is recorded (`reviews.practice.restricted`).

    No check constraint stands here: PostgreSQL prints the row that breaks one.
    """

    review = models.OneToOneField(
        PracticeReview, on_delete=models.PROTECT, primary_key=True, related_name="circumstances"
    )
    text = models.TextField(max_length=5000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["review"]
        verbose_name_plural = "restricted details"

    PERSONAL_FIELDS = ("text",)
    RESTRICTED_FIELDS = ("text",)

    def __str__(self) -> str:
        return f"Circumstances of {self.review_id}"


class Clock(models.Model):
    """A time that the law gives, from the day it starts. A hold does not stop it."""

    class Kind(models.TextChoices):
        RAPID_REVIEW = "rapid-review", "Rapid review: 15 working days"
        PUBLICATION = "publication", "Publication: six months"

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    starts = models.DateField()
    due = models.DateField()
    met = models.DateField(null=True, blank=True)
    held = models.DateField(null=True, blank=True)
    held_reason = models.CharField(max_length=500, blank=True)
    held_told = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "kind"], name="clock_of_a_kind_runs_once_on_a_review"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["rapid-review", "publication"]), name="clock_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(starts__lt=F("due")), name="clock_is_due_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(met__isnull=True) | Q(starts__lte=F("met")),
                name="clock_is_met_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(held__isnull=True, held_reason="", held_told="")
                | (
                    Q(held__isnull=False, held__gte=F("starts"))
                    & ~Q(held_reason="")
                    & ~Q(held_told="")
                ),
                name="held_clock_says_why_and_who_was_told",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, due {self.due}"


class Theme(models.Model):
    """Learning that comes out of one review or several."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="learning_themes"
    )
    code = models.SlugField(max_length=60)
    learning = models.CharField(max_length=500)
    raised_with = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    reviews = models.ManyToManyField(
        PracticeReview, through="ReviewTheme", related_name="themes", blank=True
    )

    class Meta:
        ordering = ["learning"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="theme_is_named_once_at_a_partnership"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="theme_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(learning=""), name="theme_says_what_was_learned"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.learning


class ReviewTheme(models.Model):
    """That a review taught something."""

    review = models.ForeignKey(PracticeReview, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["review", "theme"]
        verbose_name_plural = "themes of reviews"
        constraints = [
            models.UniqueConstraint(fields=["review", "theme"], name="review_teaches_a_theme_once"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.review_id}: {self.theme_id}"
