"""Forms about recommendations and actions. The rules are in `reviews.recommendations.actions`."""

from typing import Any

from django import forms

from partnerships.asked import optional, paragraph, radios, short_name, version_seen
from partnerships.fields import DatePartsField, WholeNumberField
from partnerships.keeping import Refusable
from partnerships.known_date_field import KnownDateField
from partnerships.layout import helper
from partnerships.models import Agency, Partnership
from partnerships.periods import day
from reviews.fields import OWN_WORDS
from reviews.models import (
    Action,
    Inspection,
    PracticeReview,
    Recommendation,
    RecommendationSource,
)
from reviews.recommendations.actions import ActionWords, SourceWords
from reviews.recommendations.queries import recommendations_at

AGENCIES_READ = "The agency that owns it reads this. Do not name a person or describe a child."


class SourceForm(Refusable):
    """What makes recommendations; a new one also gets its short name."""

    code = short_name("scrutiny-2026-03", 60)
    kind = radios("Kind", RecommendationSource.Kind.choices, "Choose what it is.")
    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="Such as: Scrutiny meeting of March 2026, report on early help.",
        error_messages={"required": "Enter a name."},
    )
    review = forms.ModelChoiceField(
        label="Practice review kept here",
        queryset=PracticeReview.objects.none(),
        required=False,
        empty_label="None",
    )
    inspection = forms.ModelChoiceField(
        label="Inspection kept here",
        queryset=Inspection.objects.none(),
        required=False,
        empty_label="None",
    )
    told = KnownDateField(label="When it made them")
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        source: RecommendationSource | None,
        **kwargs: Any,
    ) -> None:
        self.printed = {name: getattr(source, name, "") for name in ("source", "fact_id")}
        names = ("kind", "name", "review", "inspection", "note")
        said: dict[str, Any] = {name: getattr(source, name) for name in names} if source else {}
        said["told"] = source.told_when if source else None
        kwargs["initial"] = said | {"seen": source.version if source else 0}
        super().__init__(*args, **kwargs)
        for name, kept in (
            ("review", partnership.practice_reviews.all()),
            ("inspection", partnership.inspections.all()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = kept
        if source:
            del self.fields["code"]
        self.helper = helper(submit="Save source" if source else "Add source")

    def words(self) -> SourceWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data = self.cleaned_data | self.printed
        return SourceWords(**{name: data[name] for name in SourceWords.__dataclass_fields__})


class RecommendationForm(Refusable):
    """A recommendation, or one part of one; a new one also gets its place."""

    number = WholeNumberField(
        label="Number",
        min_value=1,
        max_value=999,
        help_text="As its source counts it.",
        error_messages={
            "required": "Enter its number.",
            "min_value": "Enter a number from 1 to 999.",
            "max_value": "Enter a number from 1 to 999.",
        },
    )
    part = forms.RegexField(
        r"^[a-z]$",
        label="Part",
        max_length=1,
        required=False,
        help_text="A small letter, where a recommendation has parts a, b and c.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2"}),
        error_messages={"invalid": "Enter one small letter, like a."},
    )
    text = forms.CharField(
        label="What is recommended",
        max_length=800,
        help_text=f"In your own words. {AGENCIES_READ}",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what is recommended."},
    )
    addressee = forms.CharField(
        label="Who is to answer it",
        max_length=200,
        required=False,
        help_text="An office, such as the Director of Children's Services. Do not name a person.",
    )
    seen = version_seen()

    def __init__(self, *args: Any, recommendation: Recommendation | None, **kwargs: Any) -> None:
        said: dict[str, Any] = {"text": "", "addressee": "", "seen": 0}
        if recommendation:
            said = {name: getattr(recommendation, name) for name in ("text", "addressee")}
            said["seen"] = recommendation.version
        kwargs["initial"] = said | kwargs.pop("initial", {})
        super().__init__(*args, **kwargs)
        if recommendation:
            del self.fields["number"], self.fields["part"]
        self.helper = helper(
            submit="Save recommendation" if recommendation else "Add recommendation"
        )


class RecommendationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Recommendation) -> str:
        return f"{obj}: {obj.text[:60]}{'…' if len(obj.text) > 60 else ''}"


class AgencyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Agency) -> str:
        """The organisation; and until when, where it is there no more."""
        return f"{obj.organisation}, until {day(obj.last)}" if obj.last else str(obj.organisation)


class ActionForm(Refusable):
    """An action, its owner and its days."""

    recommendation = RecommendationField(
        label="Recommendation that it answers",
        queryset=Recommendation.objects.none(),
        empty_label="Choose one",
        error_messages={
            "required": "Choose the recommendation that it answers.",
            "invalid_choice": "Choose a recommendation of this partnership.",
        },
    )
    text = paragraph("What is to be done", "Say what is to be done.", help_text=AGENCIES_READ)
    agency = AgencyField(
        label="Owner",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="The business unit",
        help_text="Its contributors and partners may report on the action.",
        error_messages={"invalid_choice": "Choose an agency of this partnership."},
    )
    due = DatePartsField(noun="The due date", label="Due", required=False)
    state = forms.ChoiceField(label="State", choices=Action.State.choices, widget=forms.RadioSelect)
    done = DatePartsField(
        noun="The day on which it was done",
        label="Done on",
        required=False,
        help_text="Needed when it is done.",
    )
    dropped_why = forms.CharField(
        label="Why it is no longer pursued",
        max_length=500,
        required=False,
        help_text="Needed when it is no longer pursued.",
    )
    seen = version_seen()

    def __init__(
        self, *args: Any, partnership: Partnership, action: Action | None, **kwargs: Any
    ) -> None:
        names = ActionWords.__dataclass_fields__
        said: dict[str, Any] = {name: getattr(action, name) for name in names} if action else {}
        said |= {"seen": action.version if action else 0}
        first = {"state": Action.State.OPEN} | kwargs.pop("initial", {})
        kwargs["initial"] = said if action else first | said
        super().__init__(*args, **kwargs)
        recommendation, agency = self.fields["recommendation"], self.fields["agency"]
        assert isinstance(recommendation, RecommendationField)
        assert isinstance(agency, AgencyField)
        recommendation.queryset = recommendations_at(partnership)
        agency.queryset = partnership.agencies.select_related("organisation")
        self.helper = helper(submit="Save action" if action else "Add action")

    def words(self) -> ActionWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data = self.cleaned_data
        return ActionWords(**{name: data[name] for name in ActionWords.__dataclass_fields__})


class UpdateForm(Refusable):
    """What is told of an action, once it is sent it stays as it is."""

    words = forms.CharField(
        label="What has happened",
        max_length=1000,
        help_text=f"{OWN_WORDS} What you add cannot be changed later: add a further update.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what has happened."},
    )
    done = DatePartsField(
        noun="The day on which it was done",
        label="Done on",
        required=False,
        help_text="Only if the action is done. It then leaves the list of open actions.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Add update")
