"""Draws the inputs of forms: the same HTML as Django's own templates, without templates.

Django draws each input by up to four nested templates. In a form of sixty rows with seven inputs
each that took half of the page's time. What is not drawn here is drawn by Django's template.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

Widget = Mapping[str, Any]


class Inputs(DjangoTemplates):
    """The renderer of all forms (`FORM_RENDERER`)."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        drawn = _DRAWN.get(template_name)
        if drawn is None:
            return super().render(template_name, context, request)
        return drawn(context["widget"])


def _text(value: object) -> str:
    """As a template prints it: what is held for safe as it stands, anything else escaped."""
    said = value if isinstance(value, str) else str(value)
    return said if hasattr(said, "__html__") else escape(said)


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_text(value)}"'
    kind, name = widget["type"], _text(widget["name"])
    return f'<input type="{kind}" name="{name}"{said}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    said = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{said}</textarea>'


def _select(widget: Widget) -> str:
    groups = []
    for name, options, _ in widget["optgroups"]:
        lines = "".join(f"\n  {_option(option)}" for option in options)
        groups.append(
            f'\n  <optgroup label="{_text(name)}">{lines}\n  </optgroup>' if name else lines
        )
    name = _text(widget["name"])
    return f'<select name="{name}"{_attributes(widget)}>{"".join(groups)}\n</select>'


def _option(option: Widget) -> str:
    assert option["template_name"] == _PLACE.format("select_option")  # not one of its own
    said = _text(option["value"])
    return f'<option value="{said}"{_attributes(option)}>{_text(option["label"])}</option>\n'


_PLACE = "django/forms/widgets/{}.html"
_ONE_LINE = (
    *("checkbox", "date", "datetime", "email", "file", "hidden", "input", "number", "password"),
    *("search", "tel", "text", "time", "url"),
)
_DRAWN: dict[str, Callable[[Widget], str]] = {
    **{_PLACE.format(name): _input for name in _ONE_LINE},
    _PLACE.format("textarea"): _textarea,
    _PLACE.format("select"): _select,
}
