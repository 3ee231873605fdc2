"""The field for a number, as people type or paste it."""

from decimal import Decimal
from typing import Any

from django import forms

from metrics.upload.cells import ANY_UNIT, ROUNDED, number_of, seen
from metrics.upload.refusals import Unreadable

TOO_FINE = "That number has more than six decimals. Round it."


class NumberField(forms.Field):
    """A number as people type or paste it: 1,234 or £1,234 or 24%. Gives a Decimal or None.

    With a `unit` of the register what another unit is written as is refused: 24% is no count.
    """

    # Not "(optional)": a number is asked for, or else the reason why there is none.
    one_of_several = True

    def __init__(self, *, unit: str = ANY_UNIT, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault(
            "widget",
            forms.TextInput(
                attrs={"inputmode": "decimal", "class": "govuk-input--width-10", "maxlength": "40"}
            ),
        )
        super().__init__(**options)
        self.unit = unit

    def to_python(self, value: Any) -> Any:
        """As a file is read: what may mean two things, such as 1,5, is refused."""
        try:
            number = number_of(seen(str(value or "")), unit=self.unit)
        except Unreadable as error:
            raise forms.ValidationError(str(error), code="not-a-number") from None
        if number is not None and number.said == ROUNDED:
            raise forms.ValidationError(TOO_FINE, code="not-a-number")
        return number.value if number else None

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value
