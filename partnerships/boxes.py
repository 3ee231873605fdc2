"""Draws one field of a form of many rows: its label, its hint, what is wrong with it, its input.

A template would do it, and does wherever a page has few fields (`templates/govuk/fields/`). In the
form of a whole return, with four hundred of them, its tags took half of the page's time.
"""

from collections.abc import Iterable
from html import escape

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.utils.safestring import SafeString

_BLOCKS: dict[type[forms.Widget], str] = {
    forms.Select: "govuk-select",
    forms.Textarea: "govuk-textarea",
    forms.CheckboxInput: "govuk-checkboxes__input",
}


def boxes(fields: Iterable[BoundField], *, of: str = "", heard: bool = False) -> SafeString:
    """Text boxes and lists to choose from, one beneath the other, each with its label above it.

    `of` is the row, which is read out after a label that all rows have; a label that is only
    `heard` stands in the head of the column for those who see.
    """
    return SafeString("".join(_box(field, of, heard) for field in fields))


def tick(field: BoundField, *, of: str = "") -> SafeString:
    """One small checkbox, with its label beside it."""
    return SafeString(
        '<div class="govuk-checkboxes govuk-checkboxes--small">'
        f'<div class="govuk-checkboxes__item">{_input(field, wrong=False)}'
        f'<label class="govuk-label govuk-checkboxes__label" for="{field.id_for_label}">'
        f"{_label(field, of)}</label></div></div>"
    )


def _box(field: BoundField, of: str, heard: bool) -> str:
    errors = field.errors if field.form.is_bound else None
    wrong = " govuk-form-group--error" if errors else ""
    shape = "govuk-visually-hidden" if heard else "govuk-label govuk-body-s"
    return (
        f'<div class="entry__box{wrong}">'
        f'<label class="{shape}" for="{field.id_for_label}">{_label(field, of)}</label>'
        f"{_hint(field)}{_errors(field, errors)}{_input(field, bool(errors))}</div>"
    )


def _label(field: BoundField, of: str) -> str:
    row = f'<span class="govuk-visually-hidden">, {escape(of)}</span>' if of else ""
    return escape(str(field.label)) + row


def _hint(field: BoundField) -> str:
    """What helps, under the id that Django puts into aria-describedby."""
    if not field.help_text:
        return ""
    # Ours and not escaped, so that it can hold a link: as in Django's own templates.
    return f'<div id="{field.auto_id}_helptext" class="govuk-hint">{field.help_text}</div>'


def _errors(field: BoundField, errors: ErrorList | None) -> str:
    """What is wrong, under the id that Django puts into aria-describedby."""
    if not errors:
        return ""
    heard = '<span class="govuk-visually-hidden">Error:</span>'
    lines = "".join(
        f'<p class="govuk-error-message">{heard} {escape(str(each))}</p>' for each in errors
    )
    return f'<div id="{field.auto_id}_error">{lines}</div>'


def _input(field: BoundField, wrong: bool) -> str:
    widget = field.field.widget
    block = _BLOCKS.get(type(widget), "govuk-input")
    error = f"{block}--error" if wrong else ""
    shape = " ".join(filter(None, [block, widget.attrs.get("class", ""), error]))
    return field.as_widget(attrs={"class": shape})
