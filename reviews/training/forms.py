"""Forms about training. The rules are in `reviews.training.actions`."""

from typing import Any

from django import forms

from partnerships.asked import line, optional, radios, short_name, version_seen
from partnerships.keeping import Refusable
from partnerships.layout import helper
from partnerships.models import Partnership, Priority
from reviews.fields import PeriodFigureForm, area_elsewhere
from reviews.models import TrainingActivity, TrainingMeasure
from reviews.training.actions import ActivityWords
from reviews.training.counted import COUNTED


class ActivityForm(Refusable):
    """What is known of an activity; a new one also gets its short name."""

    code = short_name("neglect-level-2")
    name = line()
    kind = radios("Kind", TrainingActivity.Kind.choices, "Choose the kind of training.")
    total_of = forms.ChoiceField(
        label="What a total is of (only for totals)",
        choices=[("", ""), *TrainingActivity.TotalOf.choices],
        required=False,
    )
    provider = line(
        "Provider",
        "Say who provides it.",
        help_text="An organisation, or: partnership. Do not name a person.",
    )
    area = area_elsewhere("Those who come are from")
    priorities = forms.ModelMultipleChoiceField(
        label="Serves these priorities",
        queryset=Priority.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        activity: TrainingActivity | None,
        **kwargs: Any,
    ) -> None:
        names = ("name", "kind", "total_of", "provider", "area", "note")
        said = {each: getattr(activity, each) for each in names} if activity else {}
        said |= {"priorities": list(activity.priorities.all())} if activity else {}
        kwargs["initial"] = said | {"seen": activity.version if activity else 0}
        super().__init__(*args, **kwargs)
        priorities = self.fields["priorities"]
        assert isinstance(priorities, forms.ModelMultipleChoiceField)
        priorities.queryset = partnership.priorities.all()
        if not priorities.queryset:
            del self.fields["priorities"]
        if activity:
            del self.fields["code"]
        self.helper = helper(submit="Save training" if activity else "Add training")

    def entered(self) -> dict[str, Any]:
        """What was entered, for the action. Only after `is_valid()`."""
        data = self.cleaned_data
        names = ("name", "kind", "total_of", "provider", "area", "note")
        return {
            "words": ActivityWords(**{each: data[each] for each in names}),
            "priorities": list(data.get("priorities", [])),
            "seen": data["seen"],
        }


class TrainingFigureForm(PeriodFigureForm):
    """One thing counted of an activity."""

    measure = forms.ChoiceField(
        label="What is counted",
        choices=[("", ""), *((code, counted.label) for code, counted in COUNTED.items())],
        error_messages={"required": "Choose what is counted."},
    )

    def __init__(self, *args: Any, row: TrainingMeasure | None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.mention = row.mention if row else 1
        self.helper = helper(submit="Save figure" if row else "Add figure")

    def entered(self) -> dict[str, Any]:
        return super().entered() | {"mention": self.mention}
