"""Training that was offered, and what is counted of it."""

from django.db import models
from django.db.models import Q

from metrics.models import Area
from partnerships.models import Partnership, Period, Priority
from reviews.models.told import Measured, figure_rules


class TrainingActivity(models.Model):
    """A course, a conference, a campaign; or a total that a source prints of several.

    A total says of which kind of training it is, so that it can be held against the others.
    """

    class Kind(models.TextChoices):
        COURSE = "course", "Course"
        E_LEARNING = "e-learning", "E-learning"
        WORKSHOP = "workshop", "Workshop"
        BRIEFING = "briefing", "Briefing"
        CONFERENCE = "conference", "Conference"
        PROGRAMME = "programme", "Programme"
        CAMPAIGN = "campaign", "Campaign"
        TOTAL = "total", "Total of several"

    class TotalOf(models.TextChoices):
        ALL = "all", "All training"
        COURSE = "course", "Courses"
        E_LEARNING = "e-learning", "E-learning"
        WORKSHOP = "workshop", "Workshops"
        BRIEFING = "briefing", "Briefings"
        CONFERENCE = "conference", "Conferences"
        PROGRAMME = "programme", "Programmes"
        CAMPAIGN = "campaign", "Campaigns"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="training_activities"
    )
    code = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    total_of = models.CharField(max_length=12, choices=TotalOf.choices, blank=True)
    provider = models.CharField(max_length=120)
    # Where those who came are from, if not from the partnership's own area.
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    priorities = models.ManyToManyField(
        Priority, through="TrainingPriority", related_name="training", blank=True
    )
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "training activities"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="training_code_is_used_once_at_a_partnership"
            ),
            # `all` stands in addresses for what the portal adds up.
            models.CheckConstraint(
                condition=~Q(code__in=["", "add", "all"]), name="training_has_a_code_of_its_own"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(provider=""), name="training_has_a_name_and_a_provider"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "course",
                        "e-learning",
                        "workshop",
                        "briefing",
                        "conference",
                        "programme",
                        "campaign",
                        "total",
                    ]
                ),
                name="training_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="total",
                    total_of__in=[
                        "all",
                        "course",
                        "e-learning",
                        "workshop",
                        "briefing",
                        "conference",
                        "programme",
                        "campaign",
                    ],
                )
                | (~Q(kind="total") & Q(total_of="")),
                name="totals_and_only_they_say_of_what",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"training:{self.partnership.slug}:{self.code}"


class TrainingPriority(models.Model):
    """That training serves a priority; it may serve several, and counts once."""

    activity = models.ForeignKey(TrainingActivity, on_delete=models.PROTECT, related_name="+")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["activity", "priority"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "priority"], name="training_serves_a_priority_once"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.priority_id}"


class TrainingMeasure(Measured):
    """One thing counted of a training activity in a period.

    A source that says a thing again says it as mention 2, 3 and so on, which is not added up.
    """

    activity = models.ForeignKey(
        TrainingActivity, on_delete=models.PROTECT, related_name="measures"
    )
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    mention = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["activity", "-period__last", "measure", "mention"]
        verbose_name_plural = "figures of training"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "period", "measure", "mention"],
                name="training_counts_a_thing_once_a_period_and_mention",
            ),
            models.CheckConstraint(
                condition=Q(mention__gte=1), name="mentions_of_training_count_from_one"
            ),
            *figure_rules("figure_of_training"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"
