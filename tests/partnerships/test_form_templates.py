"""The form templates: where errors lead, what describes what, and how each kind is marked."""

from collections.abc import Iterator
from typing import Any

import pytest
from crispy_forms.bootstrap import AppendedText, PrependedText
from crispy_forms.layout import Fieldset
from django import forms
from django.forms.formsets import formset_factory
from django.template import engines
from django.test import RequestFactory
from django.test.html import Element, parse_html

from partnerships.fields import DatePartsField, RadiosWithHints
from partnerships.layout import SubmitButton, helper

CHOICES = [("a", "First"), ("b", "Second")]
SUMMARY = "{% include 'components/error_summary.html' %}"
FORM = "{% load crispy_forms_tags %}{% crispy form %}"


class Everything(forms.Form):
    text = forms.CharField(help_text="As on the form.")
    email = forms.EmailField()
    password = forms.CharField(widget=forms.PasswordInput)
    note = forms.CharField(widget=forms.Textarea)
    counted = forms.CharField(widget=forms.Textarea, max_length=50, help_text="Briefly.")
    pick = forms.ChoiceField(choices=CHOICES)
    radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, help_text="One.")
    hinted = forms.ChoiceField(choices=CHOICES, widget=RadiosWithHints(hints={"b": "Later."}))
    boxes = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    day = DatePartsField(help_text="Such as 31 3 2020.")
    file = forms.FileField()
    agreed = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Save")

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("The answers do not fit together.")


def drawn(source: str, form: object) -> Element:
    request = RequestFactory().get("/")
    html = engines["django"].from_string(f"<main>{source}</main>").render({"form": form}, request)
    root = parse_html(html)
    assert isinstance(root, Element)
    return root


def elements(root: Element) -> Iterator[tuple[Element, dict[str, str]]]:
    """Every element with its attributes; one without a value holds the empty text."""
    for child in root.children:
        if isinstance(child, Element):
            yield child, {name: value or "" for name, value in child.attributes}
            yield from elements(child)


def by_id(root: Element) -> dict[str, tuple[Element, dict[str, str]]]:
    found = [(attrs["id"], (each, attrs)) for each, attrs in elements(root) if "id" in attrs]
    assert len(found) == len(dict(found))
    return dict(found)


def words(element: Element) -> str:
    parts = [words(each) if isinstance(each, Element) else each for each in element.children]
    return " ".join(" ".join(parts).split())


@pytest.fixture
def wrong() -> Everything:
    return Everything({}, {})


def test_each_error_leads_to_an_input_that_takes_the_focus(wrong: Everything) -> None:
    page = drawn(SUMMARY + FORM, wrong)
    targets = [
        attrs["href"].removeprefix("#") for each, attrs in elements(page) if each.name == "a"
    ]
    assert targets == [
        *("id_text", "id_email", "id_password", "id_note", "id_counted", "id_pick"),
        *("id_radio_0", "id_hinted_0", "id_boxes_0", "id_day_0", "id_file", "id_agreed"),
    ]
    there = by_id(page)
    for target in targets:
        element, attrs = there[target]
        assert element.name in {"input", "select", "textarea"}
        assert attrs.get("type") != "hidden"
        assert "disabled" not in attrs


def test_errors_of_no_field_and_of_hidden_ones_are_words_alone(wrong: Everything) -> None:
    lines = [words(each) for each, _ in elements(drawn(SUMMARY, wrong)) if each.name == "li"]
    links = [words(each) for each, _ in elements(drawn(SUMMARY, wrong)) if each.name == "a"]
    assert lines[0] == "The answers do not fit together."
    assert len(lines) == len(links) + 2


def test_each_field_in_error_is_marked(wrong: Everything) -> None:
    there = by_id(drawn(FORM, wrong))
    marked = {
        name.removeprefix("div_id_")
        for name, (_, attrs) in there.items()
        if name.startswith("div_id_") and "govuk-form-group--error" in attrs["class"]
    }
    assert marked == set(wrong.fields) - {"secret"}
    for name, css in {
        "id_text": "govuk-input--error",
        "id_email": "govuk-input--error",
        "id_password": "govuk-input--error",
        "id_note": "govuk-textarea--error",
        "id_counted": "govuk-textarea--error",
        "id_pick": "govuk-select--error",
        "id_file": "govuk-file-upload--error",
        "id_day_0": "govuk-input--error",
        "id_day_1": "govuk-input--error",
        "id_day_2": "govuk-input--error",
    }.items():
        assert css in there[name][1]["class"].split(), name


def test_no_field_is_marked_before_it_is_sent() -> None:
    marked = [attrs for _, attrs in elements(drawn(FORM, Everything())) if "class" in attrs]
    assert [attrs for attrs in marked if "error" in attrs["class"]] == []


@pytest.mark.parametrize(
    ("name", "described_by"),
    [
        ("text", "id_text_helptext id_text_error"),
        ("email", "id_email_error"),
        ("counted", "id_counted_helptext id_counted_error id_counted-info"),
        ("pick", "id_pick_error"),
        ("file", "id_file_error"),
        ("agreed", "id_agreed_error"),
    ],
)
def test_input_is_described_by_its_hint_and_error(
    wrong: Everything, name: str, described_by: str
) -> None:
    there = by_id(drawn(FORM, wrong))
    assert there[f"id_{name}"][1]["aria-describedby"] == described_by
    assert set(described_by.split()) <= set(there)


@pytest.mark.parametrize(
    ("name", "described_by"),
    [
        ("radio", "id_radio_helptext id_radio_error"),
        ("boxes", "id_boxes_error"),
        ("day", "id_day_helptext id_day_error"),
    ],
)
def test_group_is_described_by_its_hint_and_error(
    wrong: Everything, name: str, described_by: str
) -> None:
    page = drawn(FORM, wrong)
    group = by_id(page)[f"div_id_{name}"][0]
    fieldset = next(attrs for each, attrs in elements(group) if each.name == "fieldset")
    assert fieldset["aria-describedby"] == described_by
    assert set(described_by.split()) <= set(by_id(page))


def test_every_input_has_a_label(wrong: Everything) -> None:
    page = drawn(FORM, wrong)
    labelled = {attrs["for"] for each, attrs in elements(page) if each.name == "label"}
    inputs = {
        attrs["id"]
        for each, attrs in elements(page)
        if each.name in {"input", "select", "textarea"} and attrs.get("type") != "hidden"
    }
    assert labelled == inputs


def test_error_text_is_announced_as_one(wrong: Everything) -> None:
    there = by_id(drawn(FORM, wrong))
    assert words(there["id_radio_error"][0]) == "Error: This field is required."


def test_date_marks_only_the_part_that_is_wrong() -> None:
    form = Everything({"day_day": "31", "day_month": "14", "day_year": "2020"})
    page = drawn(SUMMARY + FORM, form)
    there = by_id(page)
    marked = ["govuk-input--error" in there[f"id_day_{n}"][1]["class"] for n in range(3)]
    assert marked == [False, True, False]
    assert [there[f"id_day_{n}"][1]["value"] for n in range(3)] == ["31", "14", "2020"]
    hrefs = [attrs["href"] for each, attrs in elements(page) if each.name == "a"]
    assert "#id_day_1" in hrefs


def test_what_was_chosen_stays_chosen() -> None:
    form = Everything({"radio": "b", "boxes": ["a", "b"], "pick": "b", "agreed": "on"})
    there = by_id(drawn(FORM, form))
    checked = {name for name, (_, attrs) in there.items() if "checked" in attrs}
    assert checked == {"id_radio_1", "id_boxes_0", "id_boxes_1", "id_agreed"}


def test_radio_with_a_hint_is_described_by_it() -> None:
    there = by_id(drawn(FORM, Everything()))
    assert there["id_hinted_1"][1]["aria-describedby"] == "id_hinted_1_hint"
    assert words(there["id_hinted_1_hint"][0]) == "Later."
    assert "aria-describedby" not in there["id_hinted_0"][1]


def test_form_is_sent_to_the_server_to_be_checked() -> None:
    form, attrs = next(elements(drawn(FORM, Everything())))
    assert form.name == "form"
    assert attrs == {"method": "post", "novalidate": "", "enctype": "multipart/form-data"}
    tokens = [a for _, a in elements(form) if a.get("name") == "csrfmiddlewaretoken"]
    assert len(tokens) == 1


def test_button_is_not_pressed_twice() -> None:
    buttons = [
        (words(each), attrs)
        for each, attrs in elements(drawn(FORM, Everything()))
        if each.name == "button" and attrs["type"] == "submit"
    ]
    assert [text for text, _ in buttons] == ["Save"]
    assert buttons[0][1]["data-prevent-double-click"] == "true"


def test_get_form_has_no_token_and_calls_nothing_optional() -> None:
    class Filter(forms.Form):
        word = forms.CharField(required=False)

    form = Filter()
    form.helper = helper(submit="Show", method="get")  # type: ignore[attr-defined]
    page = drawn(FORM, form)
    assert [a for _, a in elements(page) if a.get("name") == "csrfmiddlewaretoken"] == []
    assert words(next(each for each, _ in elements(page) if each.name == "label")) == "Word"


@pytest.mark.parametrize("label", ["Word", "Word (optional)"])
def test_field_that_may_be_left_out_says_so_once(label: str) -> None:
    class Optional(forms.Form):
        word = forms.CharField(label=label, required=False)

    page = drawn("{% load crispy_forms_tags %}{{ form|crispy }}", Optional())
    drawn_label = next(each for each, _ in elements(page) if each.name == "label")
    assert words(drawn_label) == "Word (optional)"


def test_fieldset_and_units_are_drawn() -> None:
    class Money(forms.Form):
        cost = forms.CharField()
        share = forms.CharField(help_text="Of all.")

    form = Money({"cost": "1"})
    form.helper = helper(  # type: ignore[attr-defined]
        Fieldset("What it cost", PrependedText("cost", "£"), AppendedText("share", "%")),
        submit="Save",
    )
    page = drawn(FORM, form)
    texts = [words(each) for each, _ in elements(page) if each.name == "legend"]
    assert texts == ["What it cost"]
    units = [words(each) for each, attrs in elements(page) if "fix" in attrs.get("class", "")]
    assert units == ["£", "%"]
    share = by_id(page)["id_share"][1]
    assert share["aria-describedby"] == "id_share_helptext id_share_error"
    assert share["class"].split() == ["govuk-input", "govuk-input--error"]


def test_named_button_tells_the_view_which_it_was() -> None:
    class Choice(forms.Form):
        word = forms.CharField()

    form = Choice()
    form.helper = helper(submit="Save")  # type: ignore[attr-defined]
    form.helper.add_input(SubmitButton("Save draft", name="draft", secondary=True))  # type: ignore[attr-defined]
    buttons = [a for each, a in elements(drawn(FORM, form)) if each.name == "button"]
    assert [(a.get("name"), "govuk-button--secondary" in a["class"]) for a in buttons] == [
        (None, False),
        ("draft", True),
    ]


def test_formset_is_drawn_with_its_forms_and_its_own_errors() -> None:
    class Line(forms.Form):
        word = forms.CharField()

    lines = formset_factory(Line, extra=2, max_num=1, validate_max=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    data |= {"form-0-word": "a", "form-1-word": "b"}
    formset = lines(data)
    source = "{% load crispy_forms_tags %}{{ form|as_crispy_errors }}{% crispy form %}"
    page = drawn(source, formset)
    assert {"id_form-0-word", "id_form-1-word"} <= set(by_id(page))
    errors = [words(each) for each, _ in elements(page) if each.name == "li"]
    assert errors == ["Please submit at most 1 form."]
