"""The form field of a period of any kind."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnerships.period_words import HOW_TO_WRITE, read_period
from partnerships.periods import PeriodError, Span


class PeriodField(forms.CharField):
    """One text box; cleans to a `Span`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Period")
        options.setdefault("help_text", HOW_TO_WRITE)
        options.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-20"}))
        options.setdefault("error_messages", {"required": f"Enter the period. {HOW_TO_WRITE}"})
        super().__init__(max_length=60, **options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Span):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_period(text)
        except PeriodError as error:
            raise ValidationError(str(error), code="invalid") from None

    def run_validators(self, value: Any) -> None:
        """None: the length is that of a text, and what is read is not one."""

    def prepare_value(self, value: Any) -> Any:
        return value.label if isinstance(value, Span) else value
