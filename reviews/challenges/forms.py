"""The form of a challenge. The rules are in `reviews.challenges.actions`."""

from typing import Any

from django import forms

from partnerships.asked import optional, paragraph, short_name, version_seen
from partnerships.calendar import store_period
from partnerships.keeping import Refusable, still_printed
from partnerships.known_date_field import KnownDateField
from partnerships.layout import helper
from reviews.challenges.actions import ChallengeWords
from reviews.models import Challenge

NO_PERSON = "An office, a body or an agency. Do not name a person."


class ChallengeForm(Refusable):
    """Who raised what with whom; a new one also gets its short name."""

    code = short_name("health-visitors", 60)
    about = paragraph(
        "What was raised",
        "Say what was raised.",
        help_text="In your own words. Do not describe a child.",
    )
    raised_by = forms.CharField(
        label="Raised by",
        max_length=200,
        help_text=NO_PERSON,
        error_messages={"required": "Say who raised it."},
    )
    raised_with = forms.CharField(
        label="Raised with",
        max_length=200,
        help_text=NO_PERSON,
        error_messages={"required": "Say with whom it was raised."},
    )
    period = KnownDateField(
        label="When",
        required=True,
        help_text="Write it like 5 October 2019, October 2019 or 2019-20.",
        error_messages={"required": "Enter when it was raised."},
    )
    outcome = paragraph("What came of it")
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, *args: Any, challenge: Challenge | None, **kwargs: Any) -> None:
        names = ("about", "raised_by", "raised_with", "outcome", "note")
        said: dict[str, Any] = (
            {name: getattr(challenge, name) for name in names} if challenge else {}
        )
        said["period"] = challenge.period.span if challenge else None
        kwargs["initial"] = said | {"seen": challenge.version if challenge else 0}
        super().__init__(*args, **kwargs)
        self.challenge = challenge
        if challenge:
            del self.fields["code"]
        self.helper = helper(submit="Save challenge" if challenge else "Add challenge")

    def words(self) -> ChallengeWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data = self.cleaned_data
        names = ("raised_by", "raised_with", "about", "outcome", "note")
        told = {
            **{name: data[name] for name in names},
            "period": store_period(data["period"]),
        }
        printed = still_printed(
            self.challenge, told, ("raised_by", "raised_with", "about", "period")
        )
        return ChallengeWords(**told, **printed)
