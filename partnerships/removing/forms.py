"""The form that asks why something is removed."""

from typing import Any

from django import forms

from partnerships.asked import version_seen
from partnerships.keeping import Refusable
from partnerships.layout import helper


class RemoveForm(Refusable):
    """Asks why a thing is taken out; holds the version that was seen."""

    reason = forms.CharField(
        label="Why it is removed",
        max_length=300,
        help_text="The audit record keeps the reason and what is removed. Do not name a person.",
        error_messages={"required": "Say why it is removed."},
    )
    seen = version_seen()

    def __init__(self, data: Any = None, *, seen: int) -> None:
        super().__init__(data, initial={"seen": seen})
        self.helper = helper(submit="Remove")
