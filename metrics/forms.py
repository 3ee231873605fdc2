"""The field for a number, as people type or paste it."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

# Spaces of every kind, thousands separators, and the signs people put beside a number.
_BESIDE = re.compile(r"[\s,£%\u00a0\u2009\u202f]")
_NUMBER = re.compile(r"-?\d+(\.\d{1,6})?")


class NumberField(forms.Field):
    """A number as people type or paste it: 1,234 or £1,234 or 24%. Gives a Decimal or None."""

    # Not "(optional)": a number is asked for, or else the reason why there is none.
    one_of_several = True

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault(
            "widget",
            forms.TextInput(
                attrs={"inputmode": "decimal", "class": "govuk-input--width-10", "maxlength": "40"}
            ),
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        typed = str(value or "")
        plain = _BESIDE.sub("", typed).replace("−", "-").replace("–", "-")
        if not plain:
            return None
        try:
            if not _NUMBER.fullmatch(plain):
                raise InvalidOperation
            return Decimal(plain)
        except InvalidOperation:
            raise forms.ValidationError(
                f"“{typed.strip()[:40]}” is not a number. Enter digits only, such as 1234 or 12.5.",
                code="not-a-number",
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value
