"""Form fields that many pages ask for in the same words."""

from typing import Any

from django import forms


def short_name(example: str, length: int = 80) -> forms.SlugField:
    return forms.SlugField(
        label="Short name",
        max_length=length,
        help_text=f"Letters, digits and hyphens, such as {example}.",
        error_messages={
            "required": "Enter a short name.",
            "invalid": "A short name has letters, digits and hyphens only.",
        },
    )


def line(label: str = "Name", missing: str = "Enter a name.", **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=200, error_messages={"required": missing}, **options
    )


def optional(label: str, length: int = 200, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


def paragraph(label: str, missing: str = "", length: int = 500, **options: Any) -> forms.CharField:
    """A few lines; optional without a sentence for when it is missing."""
    return forms.CharField(
        label=label,
        max_length=length,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
        **options,
    )


def radios(label: str, choices: Any, missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


def version_seen() -> forms.IntegerField:
    """The version that the person has before them; 0 of what is not there yet."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0)
