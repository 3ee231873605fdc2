"""Form fields as GOV.UK forms ask for things: dates in three parts, numbers as text.

A number is asked for in a text box (`inputmode`), because a number box loses what was
typed wrongly, changes under the mouse wheel and is read badly by some screen readers.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class DatePartsInput(forms.MultiWidget):
    """Three text boxes: day, month, year. Their ids are the field's with _0, _1 and _2."""

    PARTS: ClassVar[tuple[str, ...]] = ("day", "month", "year")
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in self.PARTS}, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DatePartsField(forms.Field):
    """A date typed as day, month (number or name) and year; cleans to a `date` or None.

    Each error carries the parts that are wrong in `params["parts"]`, so that only they are
    marked and the error summary leads to the first of them. `noun` begins the messages:
    `DatePartsField(noun="The date of the meeting")`.
    """

    widget = DatePartsInput

    def __init__(self, *, noun: str = "The date", **kwargs: Any) -> None:
        self.noun = noun
        lower = noun[0].lower() + noun[1:]
        messages = {"required": f"Enter {lower}.", **kwargs.pop("error_messages", {})}
        super().__init__(error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        parts = dict(
            zip(DatePartsInput.PARTS, (str(part or "").strip() for part in value), strict=True)
        )
        if not any(parts.values()):
            return None
        missing = [name for name, text in parts.items() if not text]
        if missing:
            raise self._wrong(f"must include a {' and a '.join(missing)}", missing)
        return self._real(parts)

    def _real(self, parts: Mapping[str, str]) -> date:
        day, month, year = (_number(parts["day"]), _month(parts["month"]), _number(parts["year"]))
        if len(parts["year"]) != 4 or not year:
            raise self._wrong("must have a year of 4 numbers, like 2020", ["year"])
        if month is None or not 1 <= month <= 12:
            raise self._wrong("must have a month from 1 to 12", ["month"])
        try:
            return date(year, month, day or 0)
        except ValueError:
            raise self._wrong("must have a day that is in that month", ["day"]) from None

    def _wrong(self, what: str, parts: list[str]) -> ValidationError:
        return ValidationError(f"{self.noun} {what}.", code="invalid", params={"parts": parts})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def _number(text: str) -> int | None:
    # isdigit alone also takes superscripts, which int() refuses.
    return int(text) if text.isascii() and text.isdigit() else None


def _month(text: str) -> int | None:
    lower = text.lower().rstrip(".")
    if len(lower) >= 3 and lower.isalpha():
        return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(lower)), None)
    return _number(text)


def _as_written(value: Any) -> Any:
    """A number as people write it: commas between thousands, spaces, a real minus sign."""
    if isinstance(value, str):
        return value.strip().replace(",", "").replace(" ", "").replace("\u2212", "-")
    return value


class WholeNumberField(forms.IntegerField):
    """A whole number typed in a text box; takes 1,234 and −12."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_as_written(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "spellcheck": "false", "class": "govuk-input--width-10"}


class DecimalNumberField(forms.DecimalField):
    """A number with or without decimals typed in a text box; takes 1,234.5 and −0.5."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(_as_written(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "spellcheck": "false", "class": "govuk-input--width-10"}


class _WithHints(forms.widgets.ChoiceWidget):
    """Choices with a line beneath some of them: `hints` maps a value to its line."""

    def __init__(self, *, hints: Mapping[str, str], **kwargs: Any) -> None:
        self.hints = hints
        super().__init__(**kwargs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "hint": self.hints.get(str(value), "")}


class RadiosWithHints(_WithHints, forms.RadioSelect):
    """Radio buttons with a line beneath some of them."""


class CheckboxesWithHints(_WithHints, forms.CheckboxSelectMultiple):
    """Checkboxes with a line beneath some of them."""
