"""Forms about what was said. The rules are in `reviews.voice.actions`."""

from typing import Any

from partnerships.asked import line, optional, paragraph, short_name, version_seen
from partnerships.keeping import Refusable
from partnerships.layout import helper
from partnerships.period_field import PeriodField
from reviews.fields import OWN_WORDS, PeriodFigureForm, area_elsewhere
from reviews.figures import code_of, telling_after, words_of
from reviews.models import VoiceActivity, VoiceMeasure
from reviews.voice.actions import VoiceWords


class VoiceForm(Refusable):
    """Who said or did what, and what came of it; a new entry also gets its short name."""

    code = short_name("survey-of-schools-2026")
    name = line()
    period = PeriodField(label="When")
    who = line("Who", "Say who spoke.", help_text="A group, such as: young people in care.")
    said_or_done = paragraph("What they said or did", "Say what they said or did.")
    changed = paragraph("What changed", help_text="Leave it empty if nobody says that it did.")
    told_back = paragraph("What they were told", help_text="How they heard what came of it.")
    area = area_elsewhere("They are from")
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, *args: Any, activity: VoiceActivity | None, **kwargs: Any) -> None:
        kwargs["initial"] = _of_activity(activity) if activity else {"seen": 0}
        super().__init__(*args, **kwargs)
        self.fields["said_or_done"].help_text = OWN_WORDS
        self.activity = activity
        if activity:
            del self.fields["code"]
        self.helper = helper(submit="Save" if activity else "Add")

    def words(self) -> VoiceWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data, kept = self.cleaned_data, self.activity
        same = kept is not None and kept.said_or_done == data["said_or_done"]
        return VoiceWords(
            **{each: data[each] for each in (*_NAMES, "period")},
            telling=telling_after(kept, note=data["note"], same=same),
        )


_NAMES = ("name", "who", "said_or_done", "changed", "told_back", "area")


class VoiceFigureForm(PeriodFigureForm):
    """One thing counted of an activity."""

    measure = line(
        "What is counted",
        "Say what is counted.",
        help_text="In the plural, as it follows the number: pledges, answers, visits.",
    )
    of_what = optional("Of what", 300, help_text="Such as: pledges to listen before deciding.")

    def __init__(self, *args: Any, row: VoiceMeasure | None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row:
            self.initial["measure"], self.initial["of_what"] = words_of(row.measure), row.words
        self.order_fields(["measure", "of_what", "period"])
        self.helper = helper(submit="Save figure" if row else "Add figure")

    def clean_measure(self) -> str:
        return code_of(str(self.cleaned_data["measure"]), 60)

    def entered(self) -> dict[str, Any]:
        return super().entered() | {"of_what": self.cleaned_data["of_what"]}


def _of_activity(activity: VoiceActivity) -> dict[str, Any]:
    return {
        **{each: getattr(activity, each) for each in (*_NAMES, "note")},
        "period": activity.period.span,
        "seen": activity.version,
    }
