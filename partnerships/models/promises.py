"""What a partnership says that it will do and what became of it; events, risks, single figures."""

from django.db import models
from django.db.models import F, Q

from partnerships.event_dates import When, WhenPrecision
from partnerships.known_dates import Precision, known
from partnerships.models.governance import KNOWN, Priority
from partnerships.models.periods import Period
from partnerships.models.places import Partnership
from partnerships.periods import Span

PRECISIONS = [(each.value, each.value) for each in Precision]


class Promise(models.Model):
    """One thing that a yearly report says will be done, and what became of it.

    It stands in one of the report's lists; the same thing promised in two lists is two promises.
    An outcome is kept only with who says so.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", "Kept"
        PARTLY = "partly", "Kept in part"
        NOT_KEPT = "not-kept", "Not kept"
        NOT_TOLD = "not-told", "Not told"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="promises")
    year = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="promises")
    code = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()  # its place in the report
    report_year = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="promises_made")
    in_list = models.SlugField(max_length=60)
    where_in_report = models.CharField(max_length=200)
    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="promises"
    )
    text = models.CharField(max_length=300)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.NOT_TOLD)
    outcome_source = models.CharField(max_length=500, blank=True)
    source = models.SlugField(max_length=80, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year__last", "number", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "year", "code"],
                name="promise_code_is_used_once_a_year_at_a_partnership",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="promise_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="promises_count_from_one"),
            models.CheckConstraint(
                condition=~Q(in_list="") & ~Q(where_in_report=""),
                name="promise_stands_in_a_list_of_its_report",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="promise_says_what_will_be_done"),
            models.CheckConstraint(
                condition=Q(outcome__in=["kept", "partly", "not-kept", "not-told"]),
                name="promise_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="not-told", outcome_source="")
                | (~Q(outcome="not-told") & ~Q(outcome_source="")),
                name="told_outcome_and_only_it_names_who_says_so",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        return f"promise:{self.partnership.slug}:{self.year.key}:{self.code}"


class Milestone(models.Model):
    """An event that is planned, planned anew, or has happened, with its date as far as known."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        REVISED = "revised", "Put off to this date"
        ACTUAL = "actual", "Happened"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="milestones"
    )
    code = models.SlugField(max_length=60)
    what = models.CharField(max_length=300)
    first = models.DateField()
    precision = models.CharField(
        max_length=14, choices=[(each.value, each.value) for each in WhenPrecision]
    )
    state = models.CharField(max_length=8, choices=State.choices)
    note = models.CharField(max_length=500, blank=True)
    source = models.SlugField(max_length=80, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["first", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="milestone_code_is_used_once_at_a_partnership"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="milestone_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="milestone_says_what_happens"),
            models.CheckConstraint(
                condition=Q(precision__in=["day", "month", "season", "year", "financial-year"]),
                name="milestone_precision_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "revised", "actual"]),
                name="milestone_state_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.what

    @property
    def key(self) -> str:
        return f"milestone:{self.partnership.slug}:{self.code}"

    @property
    def when(self) -> When:
        return When(self.first, WhenPrecision(self.precision))


class Risk(models.Model):
    """Something that may go wrong, since when, and what is done about it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="risks")
    code = models.SlugField(max_length=60)
    what = models.CharField(max_length=500)
    since = models.DateField(null=True, blank=True)
    since_precision = models.CharField(max_length=14, choices=PRECISIONS, default="unknown")
    carried_over = models.BooleanField(default=False)  # from the year before
    doing = models.CharField(max_length=500, blank=True)  # what is done about it
    note = models.CharField(max_length=500, blank=True)
    closed = models.DateField(null=True, blank=True)
    closed_why = models.CharField(max_length=500, blank=True)
    source = models.SlugField(max_length=80, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("closed").desc(nulls_first=True), F("since").asc(nulls_last=True), "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="risk_code_is_used_once_at_a_partnership"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="risk_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="risk_says_what_may_go_wrong"),
            models.CheckConstraint(
                condition=Q(since__isnull=True, since_precision="unknown")
                | Q(since__isnull=False, since_precision__in=KNOWN),
                name="risk_begin_is_a_date_or_unknown",
            ),
            models.CheckConstraint(
                condition=Q(closed__isnull=True, closed_why="")
                | (Q(closed__isnull=False) & ~Q(closed_why="")),
                name="closed_risk_and_only_it_says_why",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(closed__isnull=True)
                | Q(closed__gte=F("since")),
                name="risk_is_closed_after_it_begins",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.what

    @property
    def key(self) -> str:
        return f"risk:{self.partnership.slug}:{self.code}"

    @property
    def since_when(self) -> Span | None:
        return known(self.since, self.since_precision)


class NamedFigure(models.Model):
    """A single figure that is no indicator's, as a report prints it: a number, or words for one.

    Its area is in words, because it may be one that no indicator has.
    """

    class Qualifier(models.TextChoices):
        EXACTLY = "exactly", "Exactly"
        ABOUT = "about", "About"
        AT_LEAST = "at-least", "At least"
        AT_MOST = "at-most", "At most"
        MORE_THAN = "more-than", "More than"
        FEWER_THAN = "fewer-than", "Fewer than"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="named_figures"
    )
    code = models.SlugField(max_length=60)
    what = models.CharField(max_length=300)
    area = models.CharField(max_length=120)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="named_figures")
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    in_words = models.CharField(max_length=100, blank=True)  # where no number is told
    unit = models.CharField(max_length=40, default="number")
    qualifier = models.CharField(
        max_length=10, choices=Qualifier.choices, default=Qualifier.EXACTLY
    )
    of_children = models.BooleanField(default=False)  # counts children or families
    public_since = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    source = models.SlugField(max_length=80, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period__last", "what", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"],
                name="named_figure_code_is_used_once_at_a_partnership",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="named_figure_has_a_code_of_its_own"
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(area="") & ~Q(unit=""),
                name="named_figure_says_what_and_where_and_in_what",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, in_words="")
                | (Q(value__isnull=True) & ~Q(in_words="")),
                name="named_figure_is_a_number_or_words",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=4), name="named_figure_has_at_most_four_decimals"
            ),
            models.CheckConstraint(
                condition=Q(
                    qualifier__in=[
                        "exactly",
                        "about",
                        "at-least",
                        "at-most",
                        "more-than",
                        "fewer-than",
                    ]
                ),
                name="named_figure_qualifier_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.what

    @property
    def key(self) -> str:
        return f"named-figure:{self.partnership.slug}:{self.code}"
