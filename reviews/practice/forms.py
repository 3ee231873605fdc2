"""Forms about practice reviews. The rules are in `reviews.practice.actions`."""

from datetime import date
from typing import Any

from django import forms

from partnerships.asked import optional, paragraph, radios, short_name, version_seen
from partnerships.fields import DatePartsField
from partnerships.keeping import Refusable
from partnerships.known_date_field import KnownDateField
from partnerships.layout import helper
from partnerships.models import Partnership
from reviews.models import Clock, PracticeReview, Theme
from reviews.practice.actions import Hold, ReviewWords

DATES = ("started", "completed", "published")
NO_CHILD = "Do not name or describe a child or a family."


class ReviewForm(Refusable):
    """What the unit says of a review; a new one also gets its code."""

    code = forms.SlugField(
        label="Code",
        max_length=20,
        help_text="How the partnership calls the review, such as W9. It says nothing of a child.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={
            "required": "Enter the review's code.",
            "invalid": "A code has letters, digits and hyphens only, such as W9.",
        },
    )
    kind = radios("Kind", PracticeReview.Kind.choices, "Choose the kind of review.")
    guidance = forms.CharField(
        label="Guidance under which it is made",
        max_length=80,
        required=False,
        help_text="Such as Working Together 2023.",
    )
    state = radios("State", PracticeReview.State.choices, "Choose the state.")
    started = KnownDateField(label="Started")
    completed = KnownDateField(label="Completed")
    publication = radios(
        "Publication", PracticeReview.Publication.choices, "Choose how publication stands."
    )
    why_not_published = forms.CharField(
        label="Why it is held back or will not be published",
        max_length=500,
        required=False,
        help_text=f"Partners read this. {NO_CHILD}",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    published = KnownDateField(label="Published")
    summary = forms.CharField(
        label="Summary",
        max_length=2000,
        required=False,
        help_text=f"In your own words. Partners read this. {NO_CHILD}",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    themes = forms.ModelMultipleChoiceField(
        label="Themes of learning",
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = version_seen()

    def __init__(
        self, *args: Any, partnership: Partnership, review: PracticeReview | None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _initial(review)
        super().__init__(*args, **kwargs)
        themes = self.fields["themes"]
        assert isinstance(themes, forms.ModelMultipleChoiceField)
        themes.queryset = partnership.learning_themes.all()
        if review:
            del self.fields["code"]
        self.helper = helper(submit="Save review" if review else "Add review")

    def words(self) -> ReviewWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data = dict(self.cleaned_data)
        for name in ("code", "themes", "seen"):
            data.pop(name, None)
        return ReviewWords(**data)


class ClockForm(Refusable):
    """The days of one clock. Its due date follows from its start."""

    starts = DatePartsField(noun="The day on which the clock starts", label="Starts")
    met = DatePartsField(noun="The day", label="Met on", required=False)
    held = DatePartsField(
        noun="The day of the hold",
        label="Held since",
        help_text="A hold does not stop the clock: it stays due when it is due.",
        required=False,
    )
    held_reason = forms.CharField(
        label="Why it is held",
        max_length=500,
        required=False,
        help_text=NO_CHILD,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    held_told = forms.CharField(
        label="Who was told", max_length=200, required=False, help_text="An office or a body."
    )

    seen = version_seen()

    def __init__(self, *args: Any, kind: Clock.Kind, clock: Clock | None, **kwargs: Any) -> None:
        names = ("starts", "met", "held", "held_reason", "held_told")
        said = {name: getattr(clock, name) for name in names} if clock else {}
        kwargs["initial"] = said | {"seen": clock.version if clock else 0}
        super().__init__(*args, **kwargs)
        self.fields["starts"].help_text = STARTS[kind]
        self.helper = helper(submit="Save clock")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since = data.get("held")
        if since and not data.get("held_reason"):
            self.add_error("held_reason", "Say why the clock is held.")
        if since and not data.get("held_told"):
            self.add_error("held_told", "Say who was told.")
        if not since and "held" not in self.errors and (data["held_reason"] or data["held_told"]):
            self.add_error("held", "Enter the day since which the clock is held.")
        return data

    def entered(self) -> dict[str, Any]:
        """The arguments for the action. Only after `is_valid()`."""
        data = self.cleaned_data
        since: date | None = data["held"]
        hold = Hold(since, data["held_reason"], data["held_told"]) if since else None
        return {"starts": data["starts"], "met": data["met"], "hold": hold, "seen": data["seen"]}


STARTS = {
    Clock.Kind.RAPID_REVIEW: "The day on which the partners became aware of the incident. "
    "The review is due 15 working days later.",
    Clock.Kind.PUBLICATION: "The day on which the review was decided on. "
    "It is to be published within six months.",
}


class ThemeForm(Refusable):
    """A theme of learning; a new one also gets its code."""

    code = short_name("information-sharing", 60)
    learning = paragraph("What was learned", "Say what was learned.", help_text=NO_CHILD)
    raised_with = forms.CharField(
        label="Raised with, outside the partnership", max_length=200, required=False
    )
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, *args: Any, theme: Theme | None, **kwargs: Any) -> None:
        names = ("learning", "raised_with", "note")
        initial: dict[str, Any] = {name: getattr(theme, name) for name in names} if theme else {}
        kwargs["initial"] = initial | {"seen": theme.version if theme else 0}
        super().__init__(*args, **kwargs)
        if theme:
            del self.fields["code"]
        self.helper = helper(submit="Save theme" if theme else "Add theme")


class CircumstancesForm(Refusable):
    """The restricted text of a review."""

    text = forms.CharField(
        label="Restricted details",
        max_length=5000,
        required=False,
        help_text="Only what the review's work needs. Never shown in lists or reports.",
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    seen = version_seen()

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Save restricted details", action=action)


def _initial(review: PracticeReview | None) -> dict[str, Any]:
    if review is None:
        return {"seen": 0, "publication": PracticeReview.Publication.NOT_DECIDED}
    names = ("kind", "guidance", "state", "publication", "why_not_published", "summary")
    return {
        **{name: getattr(review, name) for name in names},
        **{name: getattr(review, f"{name}_when") for name in DATES},
        "themes": list(review.themes.all()),
        "seen": review.version,
    }
