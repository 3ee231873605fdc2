"""What children, young people, families and practitioners said, and what came of it."""

from django.db import models
from django.db.models import Q

from metrics.models import Area
from partnerships.models import Partnership, Period
from reviews.models.told import Measured, Told, figure_rules


class VoiceActivity(Told):
    """Who said or did what, what changed because of it, and whether they were told.

    `changed` and `told_back` are empty where nobody says that anything changed or was told.
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="voice_activities"
    )
    code = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    # Where those who spoke are from, if not from the partnership's own area.
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField(max_length=200)
    said_or_done = models.CharField(max_length=500)
    changed = models.CharField(max_length=500, blank=True)
    told_back = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-period__last", "name"]
        verbose_name_plural = "voice activities"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"], name="voice_code_is_used_once_at_a_partnership"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="voice_has_a_code_of_its_own"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(who="") & ~Q(said_or_done=""),
                name="voice_says_who_said_or_did_what",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"voice:{self.partnership.slug}:{self.code}"


class VoiceMeasure(Measured):
    """One thing counted of an activity: pledges made, forms filled in. `words` say of what."""

    activity = models.ForeignKey(VoiceActivity, on_delete=models.PROTECT, related_name="measures")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["activity", "-period__last", "measure"]
        verbose_name_plural = "figures of voice"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "period", "measure"], name="voice_counts_a_thing_once_a_period"
            ),
            *figure_rules("figure_of_voice"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()
    RESTRICTED_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"
