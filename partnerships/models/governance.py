"""The groups of a partnership, and its priorities with what each year says of them."""

from django.db import models
from django.db.models import F, Q

from partnerships.known_dates import Precision, known
from partnerships.models.periods import Period
from partnerships.models.places import Partnership
from partnerships.periods import Span

PRECISIONS = [(each.value, each.value) for each in Precision]
KNOWN = ["day", "month", "year", "financial-year"]


class Body(models.Model):
    """A board, group or meeting; those outside the partnership that its work leans on too."""

    class Kind(models.TextChoices):
        BOARD = "board", "Board"
        EXECUTIVE = "executive", "Executive"
        WIDER_GROUP = "wider-group", "Wider group of partners"
        SUBGROUP = "subgroup", "Subgroup"
        TASK_GROUP = "task-group", "Task group"
        REFERENCE_GROUP = "reference-group", "Reference group"
        OPERATIONAL = "operational", "Operational meeting"
        OUTSIDE = "outside", "Outside the partnership"

    class Chaired(models.TextChoices):
        ONE = "one", "By one"
        TWO = "two", "By two together"
        ROTATING = "rotating", "In turn"
        UNKNOWN = "unknown", "Not known"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="bodies")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    remit = models.CharField(max_length=500, blank=True)
    rhythm = models.CharField(max_length=300, blank=True)  # how often it meets, in words
    shared_by = models.CharField(max_length=200, blank=True)  # areas, or children and adults
    chair = models.CharField(max_length=200, blank=True)  # the office, never a person
    chaired = models.CharField(max_length=10, choices=Chaired.choices, default=Chaired.UNKNOWN)
    first = models.DateField(null=True, blank=True)
    first_precision = models.CharField(max_length=14, choices=PRECISIONS, default="unknown")
    last = models.DateField(null=True, blank=True)
    last_precision = models.CharField(max_length=14, choices=PRECISIONS, default="unknown")
    dates_note = models.CharField(max_length=300, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    reports_to = models.ManyToManyField(
        "self", through="ReportsTo", symmetrical=False, related_name="reported_to_by", blank=True
    )
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="body_code_is_used_once_at_a_partnership"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="body_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="body_has_a_name"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "board",
                        "executive",
                        "wider-group",
                        "subgroup",
                        "task-group",
                        "reference-group",
                        "operational",
                        "outside",
                    ]
                ),
                name="body_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(chaired__in=["one", "two", "rotating", "unknown"]),
                name="body_chairing_is_known",
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=True, first_precision="unknown")
                | Q(first__isnull=False, first_precision__in=KNOWN),
                name="body_begin_is_a_date_or_unknown",
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True, last_precision="unknown")
                | Q(last__isnull=False, last_precision__in=KNOWN),
                name="body_end_is_a_date_or_unknown",
            ),
            models.CheckConstraint(
                condition=~Q(first_precision="day", last_precision="day") | Q(first__lte=F("last")),
                name="body_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")),
                name="body_does_not_follow_itself",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"body:{self.partnership.slug}:{self.code}"

    @property
    def first_when(self) -> Span | None:
        return known(self.first, self.first_precision)

    @property
    def last_when(self) -> Span | None:
        return known(self.last, self.last_precision)


class ReportsTo(models.Model):
    """That one body reports to another; it may report to several."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["body", "to"]
        constraints = [
            models.UniqueConstraint(fields=["body", "to"], name="body_reports_to_another_once"),
            models.CheckConstraint(
                condition=~Q(body=F("to")), name="body_does_not_report_to_itself"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.body_id} to {self.to_id}"


class Priority(models.Model):
    """What a partnership has decided to put first, over one year or several."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="priorities"
    )
    code = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["number", "name"]
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="priority_code_is_used_once_at_a_partnership"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="priority_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="priority_has_a_name"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class PriorityYear(models.Model):
    """What one year says of a priority, and what became of it at the year's end."""

    class Assurance(models.TextChoices):
        SHOWN = "shown", "The effect is shown"
        PARTLY = "partly", "The effect is shown in part"
        NOT_YET = "not-yet", "The effect cannot be shown yet"
        NOT_SAID = "not-said", "Not said yet"

    class State(models.TextChoices):
        RUNNING = "running", "Running, or its end not said"
        RETAINED = "retained", "Retained for another year"
        MONITORED = "monitored", "No longer a priority, but monitored"
        CLOSED = "closed", "Closed"

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="years")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="priority_years")
    assurance = models.CharField(
        max_length=10, choices=Assurance.choices, default=Assurance.NOT_SAID
    )
    assurance_why = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    state_why = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["priority", "-period__last"]
        constraints = [
            models.UniqueConstraint(
                fields=["priority", "period"], name="priority_has_one_account_a_year"
            ),
            models.CheckConstraint(
                condition=Q(assurance__in=["shown", "partly", "not-yet", "not-said"]),
                name="priority_assurance_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(assurance__in=["partly", "not-yet"]) | ~Q(assurance_why=""),
                name="assurance_that_is_lacking_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "retained", "monitored", "closed"]),
                name="priority_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="running") | ~Q(state_why=""),
                name="priority_that_is_decided_on_says_why",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.priority}, {self.period}"

    @property
    def key(self) -> str:
        place = self.priority
        return f"priority:{place.partnership.slug}:{place.code}:{self.period.key}"


class PriorityPoint(models.Model):
    """One point of a year's account, in its part and place.

    `indicator` is the code of the figure that bears it out, where there is one: figures are
    kept by an app that this one does not know.
    """

    class Part(models.TextChoices):
        INTENTION = "intention", "What was intended"
        DONE = "done", "What was done"
        IMPACT = "impact", "What it led to"
        STILL_TO_DO = "still-to-do", "Still to do"
        ASSURED = "assured", "Assurance given"
        NOT_SHOWN = "not-shown", "Assurance not given yet"

    year = models.ForeignKey(PriorityYear, on_delete=models.PROTECT, related_name="points")
    part = models.CharField(max_length=12, choices=Part.choices)
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    indicator = models.SlugField(max_length=80, blank=True)

    class Meta:
        ordering = ["year", "part", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "part", "order"], name="priority_point_has_one_place"
            ),
            models.CheckConstraint(
                condition=Q(
                    part__in=["intention", "done", "impact", "still-to-do", "assured", "not-shown"]
                ),
                name="priority_point_part_is_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="priority_point_says_something"),
            models.CheckConstraint(
                condition=Q(order__gte=1), name="priority_points_count_from_one"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text
