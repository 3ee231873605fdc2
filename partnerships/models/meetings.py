"""Who sits on the bodies of a partnership, when they met, and who came."""

from django.db import models
from django.db.models import F, Q

from partnerships.models.governance import Body
from partnerships.models.periods import Period
from partnerships.models.places import Organisation, Partnership


class Seat(models.Model):
    """An office, and whether anybody held it in a period. `name` is the office, never a person.

    `source` is the code of the dataset that says it; empty where the partnership's people do.
    """

    class State(models.TextChoices):
        FILLED = "filled", "Filled"
        VACANT = "vacant", "Vacant"
        UNKNOWN = "unknown", "Not known"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="seats")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="seats")
    code = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    source = models.SlugField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period__last", "name", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "period", "code"], name="seat_is_kept_once_a_period"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="seat_has_a_code_of_its_own"),
            models.CheckConstraint(condition=~Q(name=""), name="seat_names_an_office"),
            models.CheckConstraint(
                condition=Q(state__in=["filled", "vacant", "unknown"]), name="seat_state_is_known"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"seat:{self.partnership.slug}:{self.period.key}:{self.code}"


class Meeting(models.Model):
    """Meetings of a body: one on its day, or how many there were where only that is known.

    `number` is empty where it is known that there were some and not how many; `hours` is about
    how long each lasted.
    """

    class Status(models.TextChoices):
        HELD = "held", "Held"
        POSTPONED = "postponed", "Postponed"
        CANCELLED = "cancelled", "Cancelled"
        DID_NOT_MEET = "did-not-meet", "Did not meet"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="meetings")
    status = models.CharField(max_length=14, choices=Status.choices)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    hours_fact_id = models.CharField(max_length=20, blank=True)
    source = models.SlugField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period__last", "period__first", "status"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "period", "status"], name="meetings_of_a_status_stand_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["held", "postponed", "cancelled", "did-not-meet"]),
                name="meeting_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="did-not-meet", number__isnull=False, number=0)
                | (~Q(status="did-not-meet") & (Q(number__isnull=True) | Q(number__gte=1))),
                name="body_that_did_not_meet_and_only_it_has_no_meetings",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0, status="held"),
                name="meeting_that_was_held_lasts_some_time",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.body}, {self.period}: {self.get_status_display()}"

    @property
    def key(self) -> str:
        body = self.body
        return f"meetings:{body.partnership.slug}:{body.code}:{self.period.key}:{self.status}"


class Register(models.Model):
    """Who came to the meetings of one body over one period; kept and versioned as a whole."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="registers")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="registers")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["body", "-period__last"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "period"], name="body_has_one_register_a_period"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.body}, {self.period}"

    @property
    def key(self) -> str:
        return f"attendance:{self.body.partnership.slug}:{self.body.code}:{self.period.key}"


class Attendance(models.Model):
    """How many of the meetings held one seat or agency came to, named as the register names it.

    `worked_out` says that the source prints a percentage, and `attended` was made from it.
    """

    class Absence(models.TextChoices):
        VACANT = "vacant", "The post was vacant"
        APOLOGIES = "apologies", "Sent apologies"
        NOT_STATED = "not-stated", "Not stated"
        OTHER = "other", "Another reason"

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="rows")
    order = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=80)
    member = models.CharField(max_length=200)
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    attended = models.PositiveSmallIntegerField()
    held = models.PositiveSmallIntegerField()
    absence = models.CharField(max_length=10, choices=Absence.choices, blank=True)
    worked_out = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    source = models.SlugField(max_length=80, blank=True)

    class Meta:
        ordering = ["register", "order"]
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "code"], name="member_stands_once_in_a_register"
            ),
            models.UniqueConstraint(
                fields=["register", "order"], name="row_of_a_register_has_one_place"
            ),
            models.CheckConstraint(
                condition=Q(order__gte=1), name="rows_of_a_register_count_from_one"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(member=""), name="attendance_says_who"
            ),
            models.CheckConstraint(
                condition=Q(held__gte=1), name="attendance_is_of_meetings_that_were_held"
            ),
            models.CheckConstraint(
                condition=Q(attended__lte=F("held")),
                name="nobody_attends_more_meetings_than_were_held",
            ),
            models.CheckConstraint(
                condition=Q(absence__in=["", "vacant", "apologies", "not-stated", "other"]),
                name="absence_reason_is_known",
            ),
            models.CheckConstraint(
                condition=Q(absence="") | Q(attended__lt=F("held")),
                name="only_an_absence_has_a_reason",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.member}: {self.attended} of {self.held}"
