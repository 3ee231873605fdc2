"""Form fields of dates that are known to the day, the month, the season or the year."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnerships import event_dates, known_dates
from partnerships.event_dates import When
from partnerships.periods import Kind, PeriodError, Span


class KnownDateField(forms.CharField):
    """One text box; cleans to a `Span` or None. An empty box means that nothing is known."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault(
            "help_text", f"{known_dates.HOW_TO_WRITE} Leave it empty if it is not known."
        )
        options.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-20"}))
        super().__init__(max_length=30, **options)

    def read(self, text: str) -> Span | When | None:
        return known_dates.read(text)

    def to_python(self, value: Any) -> Any:
        try:
            return self.read(str(value or ""))
        except PeriodError as error:
            raise ValidationError(str(error), code="invalid") from None

    def run_validators(self, value: Any) -> None:
        """None: the length is that of a text, and what is read is not one."""

    def prepare_value(self, value: Any) -> Any:
        match value:
            case Span():
                return value.label
            case When():
                return value.words
            case _:
                return value


class FinancialYearField(KnownDateField):
    """A financial year, which must be given; cleans to its `Span`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", True)
        options.setdefault("help_text", "Like 2019-20.")
        options.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5"}))
        options.setdefault(
            "error_messages", {"required": "Enter the financial year, like 2019-20."}
        )
        super().__init__(**options)

    def read(self, text: str) -> Span | None:
        try:
            span = known_dates.read(text)
        except PeriodError:
            raise PeriodError("Enter a financial year, like 2019-20.") from None
        if span and span.kind is not Kind.YEAR:
            raise PeriodError("Enter a financial year, like 2019-20.")
        return span


class EventDateField(KnownDateField):
    """The date of an event, which must be given: a season too; cleans to a `When`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", True)
        options.setdefault("help_text", event_dates.HOW_TO_WRITE)
        options.setdefault("error_messages", {"required": "Enter the date."})
        super().__init__(**options)

    def read(self, text: str) -> When | None:
        return event_dates.read(text)
