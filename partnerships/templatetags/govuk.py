"""What the form templates ask: where an error's link lands, and what kind a field is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerships.boxes import boxes, tick
from partnerships.fields import DatePartsInput

register = template.Library()
register.simple_tag(boxes)
register.simple_tag(tick)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: its words, and the id of the element to go to."""

    text: str
    target: str


@register.filter
def problems(form: forms.BaseForm) -> Iterator[Problem]:
    """The errors of a bound form in the order of its fields, the form's own first.

    The form's own errors are about no single field and have no target; nor have those of
    a hidden field, which nobody can go to.
    """
    for error in form.non_field_errors():
        yield Problem(str(error), "")
    for field in form:
        target = "" if field.is_hidden else error_target(field)
        for error in field.errors:
            yield Problem(str(error), target)


@register.filter
def error_target(field: BoundField) -> str:
    """The id of the input that a person must go to in order to put the field right.

    A group of radios or checkboxes has no input of the field's own id: its first one is
    meant. Of a date, it is the first part that is wrong.
    """
    widget = field.field.widget
    if isinstance(widget, DatePartsInput):
        wrong = error_parts(field)
        first = next((i for i, part in enumerate(widget.PARTS) if part in wrong), 0)
        return f"{field.auto_id}_{first}"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        inputs = field.subwidgets
        return inputs[0].id_for_label if inputs else ""
    return field.id_for_label


@register.filter
def error_parts(field: BoundField) -> frozenset[str]:
    """The parts of a date that are wrong: all of them where the error does not say."""
    if not field.errors:
        return frozenset()
    named = {
        part
        for error in field.form.errors.as_data()[field.name]
        for part in (error.params or {}).get("parts", ())
    }
    return frozenset(named or DatePartsInput.PARTS)


@register.filter
def kind(field: BoundField) -> str:
    """Which template draws the field: the name of a file in `govuk/fields/`."""
    widget = field.field.widget
    for widget_class, name in _KINDS:
        if isinstance(widget, widget_class):
            return name
    return "input"


@register.simple_tag
def widget(field: BoundField, block: str, more: str = "", *, described_by: str = "") -> SafeString:
    """The field's own input with GOV.UK's classes.

    `block` is the component's class, whose error form is added when the field is wrong;
    `more` are further classes; `described_by` is what follows the field's id in the id of
    one more element that describes it.
    """
    own = field.field.widget.attrs.get("class", "")
    error = f"{block}--error" if field.errors else ""
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, [block, own, more, error]))}
    if described_by:
        ids = [field.aria_describedby, f"{field.auto_id}{described_by}"]
        attrs["aria-describedby"] = " ".join(filter(None, ids))
    return field.as_widget(attrs=attrs)


@register.simple_tag
def describedby(field: BoundField) -> SafeString:
    """The attribute that ties a group of inputs to its hint and its error."""
    ids = field.aria_describedby
    return format_html('aria-describedby="{}"', ids) if ids else SafeString("")


@register.filter
def date_parts(field: BoundField) -> Iterator[dict[str, str]]:
    """The three text boxes of a date, with what was typed into them."""
    boxes = field.subwidgets[0].data["subwidgets"]
    for part, box in zip(DatePartsInput.PARTS, boxes, strict=True):
        yield {
            "name": part,
            "label": part.title(),
            "id": box["attrs"]["id"],
            "html_name": box["name"],
            "value": box["value"] or "",
            "width": "govuk-input--width-4" if part == "year" else "govuk-input--width-2",
        }


# From the particular to the general: the first that fits is taken.
_KINDS: list[tuple[type[forms.Widget], str]] = [
    (DatePartsInput, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
]
