"""Recommendations, the actions that answer them, and challenges between partners.

None of it describes a child: an action is read by the agency that owns it.
"""

from django.db import models
from django.db.models import F, Q

from partnerships.known_dates import Precision, known
from partnerships.models import Agency, Partnership, Period, User
from partnerships.periods import Span
from reviews.models.inspections import Inspection
from reviews.models.practice import PracticeReview


class RecommendationSource(models.Model):
    """What makes recommendations: a review or an inspection that is kept here, or one in words."""

    class Kind(models.TextChoices):
        REVIEW = "review", "Practice review"
        INSPECTION = "inspection", "Inspection"
        AUDIT = "audit", "Audit"
        SELF_ASSESSMENT = "self-assessment", "Self-assessment"
        SCRUTINY = "scrutiny", "Scrutiny meeting"
        PEER_REVIEW = "peer-review", "Peer review"
        OTHER = "other", "Other"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="recommendation_sources"
    )
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=200)
    review = models.OneToOneField(
        PracticeReview,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendation_source",
    )
    inspection = models.OneToOneField(
        Inspection,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendation_source",
    )
    told = models.DateField(null=True, blank=True)
    told_precision = models.CharField(
        max_length=14, choices=[(each.value, each.value) for each in Precision], default="unknown"
    )
    note = models.CharField(max_length=500, blank=True)
    source = models.SlugField(max_length=80, blank=True)  # the dataset that prints them
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("told").desc(nulls_last=True), "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"],
                name="recommendation_source_code_is_used_once_at_a_partnership",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"),
                name="recommendation_source_has_a_code_of_its_own",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="recommendation_source_has_a_name"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "review",
                        "inspection",
                        "audit",
                        "self-assessment",
                        "scrutiny",
                        "peer-review",
                        "other",
                    ]
                ),
                name="recommendation_source_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(review__isnull=True) | Q(kind="review"),
                name="only_a_review_is_tied_to_a_review",
            ),
            models.CheckConstraint(
                condition=Q(inspection__isnull=True) | Q(kind="inspection"),
                name="only_an_inspection_is_tied_to_an_inspection",
            ),
            models.CheckConstraint(
                condition=Q(told__isnull=True, told_precision="unknown")
                | Q(
                    told__isnull=False,
                    told_precision__in=["day", "month", "year", "financial-year"],
                ),
                name="recommendation_source_is_dated_or_unknown",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"recommendations:{self.partnership.slug}:{self.code}"

    @property
    def told_when(self) -> Span | None:
        return known(self.told, self.told_precision)


class Recommendation(models.Model):
    """One recommendation, or one part of one, in our words: 3, or 3a and 3b beneath it."""

    source = models.ForeignKey(
        RecommendationSource, on_delete=models.PROTECT, related_name="recommendations"
    )
    number = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=1, blank=True)
    text = models.CharField(max_length=800)
    addressee = models.CharField(max_length=200, blank=True)  # the office, never a person
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["source", "number", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "number", "part"],
                name="recommendation_has_one_place_in_its_source",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="recommendations_count_from_one"
            ),
            models.CheckConstraint(
                condition=Q(part__in=["", *"abcdefghijklmnopqrstuvwxyz"]),
                name="recommendation_part_is_a_small_letter",
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="recommendation_says_what_is_recommended"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.source.name}, {self.label}"

    @property
    def label(self) -> str:
        return f"{self.number}{self.part}"

    @property
    def key(self) -> str:
        return f"{self.source.key}:{self.label}"


class Answer(models.Model):
    """What was answered to a recommendation, in our words, as a document of a day tells it.

    `promised` is by when the answer says that it will be done. An answer that still promises,
    on the day on which it is told, what was due before that day is out of date.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="answers"
    )
    told = models.DateField()
    words = models.CharField(max_length=800)
    promised = models.DateField(null=True, blank=True)
    promised_precision = models.CharField(
        max_length=14, choices=[(each.value, each.value) for each in Precision], default="unknown"
    )
    note = models.CharField(max_length=500, blank=True)
    source = models.SlugField(max_length=80, blank=True)  # the dataset that prints it
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["recommendation", "-told"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "told"], name="recommendation_is_answered_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="answer_says_something"),
            models.CheckConstraint(
                condition=Q(promised__isnull=True, promised_precision="unknown")
                | Q(
                    promised__isnull=False,
                    promised_precision__in=["day", "month", "year", "financial-year"],
                ),
                name="answer_promises_by_a_date_or_none",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.words

    @property
    def promised_when(self) -> Span | None:
        return known(self.promised, self.promised_precision)

    @property
    def was_out_of_date(self) -> bool:
        """Whether what it promises was due before the day on which it was told."""
        promised = self.promised_when
        return promised is not None and promised.last < self.told


class Action(models.Model):
    """What is done about a recommendation, by whom and by when.

    `agency` is the one that owns it; without one the business unit does. That it is overdue is
    read off its days and stored nowhere.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "No longer pursued"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="actions"
    )
    text = models.CharField(max_length=500)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    done = models.DateField(null=True, blank=True)
    dropped_why = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("due").asc(nulls_last=True), "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "number"], name="actions_of_a_partnership_are_numbered"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="actions_count_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="action_says_what_is_to_be_done"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "dropped"]), name="action_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done__isnull=False)
                | (~Q(state="done") & Q(done__isnull=True)),
                name="done_actions_and_only_they_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="dropped") & ~Q(dropped_why="")
                | (~Q(state="dropped") & Q(dropped_why="")),
                name="dropped_actions_and_only_they_say_why",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"Action {self.number}"

    @property
    def key(self) -> str:
        return f"action:{self.partnership.slug}:{self.number}"


class ActionUpdate(models.Model):
    """What somebody told of an action on a day. Only ever added to.

    `agency` is the one they spoke for; none where the business unit wrote. `done` is the day on
    which the action was done, where this update says that it is. On PostgreSQL a trigger refuses
    to change or remove a row.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=1000)
    done = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="action_update_says_something"),
        ]

    PERSONAL_FIELDS = ("by",)
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.action_id}, {self.at:%Y-%m-%d}"


class Challenge(models.Model):
    """What one part of a partnership raised with another, and what came of it."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="challenges"
    )
    code = models.SlugField(max_length=60)
    raised_by = models.CharField(max_length=200)
    raised_with = models.CharField(max_length=200)
    about = models.CharField(max_length=500)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="challenges")
    outcome = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    source = models.SlugField(max_length=80, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period__last", "about"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="challenge_code_is_used_once_at_a_partnership"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="challenge_has_a_code_of_its_own"
            ),
            models.CheckConstraint(
                condition=~Q(raised_by="") & ~Q(raised_with="") & ~Q(about=""),
                name="challenge_says_who_raised_what_with_whom",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.about

    @property
    def key(self) -> str:
        return f"challenge:{self.partnership.slug}:{self.code}"
