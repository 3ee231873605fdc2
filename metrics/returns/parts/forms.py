"""Forms about a return as a whole."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from metrics.models import CannotSupply, Indicator, Return
from partnerships.fields import DatePartsField
from partnerships.keeping import Refusable
from partnerships.layout import helper
from partnerships.models import Agency
from partnerships.periods import Span, day


class DatesForm(Refusable):
    """When a return is due and closes."""

    due = DatePartsField(noun="The day it is due", label="Due")
    new = DatePartsField(
        noun="The last day for new figures",
        label="Last day for new figures",
        help_text="After it, only figures that were entered can be changed.",
    )
    edits = DatePartsField(
        noun="The last day for changes",
        label="Last day for changes",
        help_text="After it, only approved figures can be corrected, with a reason.",
    )

    def __init__(self, *args: Any, part_of: Return | None, **kw: Any) -> None:
        if part_of is not None:
            kw["initial"] = {
                "due": part_of.due,
                "new": part_of.closed_to_new,
                "edits": part_of.closed_to_edits,
            }
        super().__init__(*args, **kw)
        self.helper = helper(submit="Save dates")


class StepForm(forms.Form):
    """One thing done with an agency's part."""

    step = forms.ChoiceField(
        choices=[
            (each, each) for each in ("submitted", "withdrawn", "returned", "locked", "chased")
        ]
    )
    reason = forms.CharField(max_length=500, required=False)


class CannotSupplyForm(Refusable):
    """What an agency cannot supply, why, and until when."""

    agency = forms.ChoiceField(label="Agency")
    indicator = forms.ChoiceField(label="Figure")
    because = forms.CharField(
        label="Why it cannot be supplied",
        max_length=300,
        error_messages={"required": "Say why it cannot be supplied."},
    )
    until = DatePartsField(noun="The day until when", label="Until when")

    def __init__(
        self, *args: Any, agencies: Iterable[Agency], indicators: Iterable[Indicator], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.agencies = {each.organisation.slug: each for each in agencies}
        self.indicators = {each.code: each for each in indicators}
        named = [(slug, each.organisation.name) for slug, each in self.agencies.items()]
        self.fields["agency"].choices = named  # type: ignore[attr-defined]
        figures = [(code, each.name) for code, each in self.indicators.items()]
        self.fields["indicator"].choices = figures  # type: ignore[attr-defined]
        self.helper = helper(submit="Save")

    def entered(self) -> tuple[Agency, Indicator, str, date]:
        data = self.cleaned_data
        return (
            self.agencies[data["agency"]],
            self.indicators[data["indicator"]],
            data["because"],
            data["until"],
        )


class TakeBackForm(Refusable):
    """Why it is taken back that a figure cannot be supplied, and what that changes.

    `relied` are the quarters for which the part was submitted without the figure.
    """

    reason = forms.CharField(
        label="Why it is taken back",
        max_length=300,
        help_text="It is kept with what was said. Do not name a person.",
        error_messages={"required": "Say why it is taken back."},
    )

    def __init__(self, *args: Any, said: CannotSupply, relied: Sequence[Span], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.said, self.relied = said, relied
        self.fields["reason"].required = bool(relied)
        self.helper = helper(submit="Take it back")

    @property
    def told(self) -> list[str]:
        """What was said, and what happens when it is taken back."""
        said, agency = self.said, self.said.agency.organisation
        on = day(timezone.localdate(said.at))
        made = [
            f"Said by {said.by} on {on}, until {day(said.until)}: {said.because}",
            "The figure is then asked for again, and missed where it is not entered.",
        ]
        made += [
            f"{agency} submitted its part of the return for {span.label} without the figure. The "
            "part stays submitted. To have the figure entered, take the submission back, or ask "
            "an approver to give the part back."
            for span in self.relied
        ]
        return made
