"""Forms about a return as a whole."""

from typing import Any

from django import forms

from metrics.models import Return
from partnerships.fields import DatePartsField
from partnerships.keeping import Refusable
from partnerships.layout import helper


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
