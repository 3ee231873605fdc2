"""Why an action did nothing, as a sentence for the person who asked."""

from django.core.exceptions import ValidationError
from django.db.models import Model


class Refused(ValueError):
    """What is wrong and how to put it right; `field` is the form's field that it is about."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Overtaken(Refused):
    """Somebody else changed it since the page was opened; nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has changed this since you opened the page. Your changes are not "
            "saved. Open the page again, compare, and make them again."
        )


def must_fit(row: Model) -> None:
    """Raises `Refused` where a text is too long for its column, or a choice is unknown.

    A form has said so before; files come without one, and SQLite keeps texts of any length.
    """
    pointers = [field.name for field in row._meta.fields if field.is_relation]
    try:
        row.clean_fields(exclude=pointers)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(f"{field.replace('_', ' ').capitalize()}: {messages[0]}", field) from error
