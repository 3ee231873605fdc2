"""Inputs are drawn as Django's own templates draw them, letter for letter."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from partnerships.inputs import _DRAWN, Inputs

NASTY = st.text(alphabet="ab<>&\"' \n−£%é", max_size=8)
CHOICES: list[tuple[Any, Any]] = [
    ("", "Choose"),
    ("a&b", "A < B"),
    (1, lazystr("One & only")),
    ("More", [("x", mark_safe("<b>")), (True, "Yes")]),
    (None, "None"),
]
WIDGETS: list[forms.Widget] = [
    forms.TextInput(),
    forms.NumberInput(),
    forms.EmailInput(),
    forms.URLInput(),
    forms.SearchInput(),
    forms.TelInput(),
    forms.HiddenInput(),
    forms.PasswordInput(render_value=True),
    forms.DateInput(),
    forms.DateTimeInput(),
    forms.TimeInput(),
    forms.FileInput(),
    forms.CheckboxInput(),
    forms.Textarea(),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.NullBooleanSelect(),
    # Drawn by Django still.
    forms.RadioSelect(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES),
]
values = st.one_of(
    NASTY,
    NASTY.map(mark_safe),
    NASTY.map(lazystr),
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.sampled_from(["a&b", "x", 1, Decimal("1.50"), date(2020, 3, 31), ["a&b", "x"]]),
)
attributes = st.dictionaries(
    st.sampled_from(["id", "class", "maxlength", "required", "data-<odd>"]),
    st.one_of(NASTY, NASTY.map(mark_safe), st.booleans(), st.integers(), st.none()),
)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda each: type(each).__name__)
@tries(max_examples=30)
@given(name=NASTY, value=values, attrs=attributes)
def test_input_is_drawn_as_by_the_templates_of_django(
    widget: forms.Widget, name: str, value: Any, attrs: dict[str, Any]
) -> None:
    drawn = widget.render(name, value, attrs, renderer=Inputs())
    assert drawn == widget.render(name, value, attrs, renderer=DjangoTemplates())
    assert hasattr(drawn, "__html__")


def test_forms_of_the_portal_are_drawn_by_it_without_a_template() -> None:
    assert settings.FORM_RENDERER == "partnerships.inputs.Inputs"
    assert type(forms.Form().renderer) is Inputs
    assert {forms.TextInput.template_name, forms.Select.template_name} <= _DRAWN.keys()


def test_select_with_lines_of_its_own_is_refused() -> None:
    class Odd(forms.Select):
        option_template_name = "odd.html"

    with pytest.raises(AssertionError):
        Odd(choices=[("a", "A")]).render("name", "a", renderer=Inputs())
