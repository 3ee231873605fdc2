"""The page that shows every component and every kind of form field, for whoever builds pages."""

from typing import Any

from crispy_forms.bootstrap import AppendedText
from crispy_forms.layout import Fieldset
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from partnerships.elements import (
    Column,
    Fact,
    Figure,
    Link,
    Marker,
    Progress,
    Tag,
    Task,
    table,
)
from partnerships.fields import (
    DatePartsField,
    DecimalNumberField,
    RadiosWithHints,
    WholeNumberField,
)
from partnerships.layout import helper

COLOURS = ("grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow")


class EveryField(forms.Form):
    """One field of each kind. Nothing that is sent here is kept."""

    name = forms.CharField(
        max_length=40, error_messages={"required": "Enter the name of the indicator."}
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="We write to it when the figure is approved.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter an e-mail address.",
            "invalid": "Enter an e-mail address like name@example.org.uk.",
        },
    )
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )
    children = WholeNumberField(
        label="Number of children",
        min_value=0,
        help_text="A whole number, such as 4,368.",
        error_messages={
            "required": "Enter the number of children.",
            "invalid": "The number of children must be a whole number, such as 4,368.",
        },
    )
    share = DecimalNumberField(
        label="Share in per cent",
        decimal_places=1,
        required=False,
        error_messages={"invalid": "The share must be a number, such as 61.5."},
    )
    note = forms.CharField(
        label="Explanation",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter an explanation."},
    )
    period = forms.ChoiceField(
        choices=[("", "Choose a quarter"), ("q1", "Q1 2019-20"), ("q2", "Q2 2019-20")],
        error_messages={"required": "Choose a quarter."},
    )
    standing = forms.ChoiceField(
        label="What is the figure?",
        choices=[("provisional", "Provisional"), ("final", "Final")],
        widget=RadiosWithHints(hints={"provisional": "It may change until the year's end."}),
        error_messages={"required": "Select whether the figure is provisional or final."},
    )
    agencies = forms.MultipleChoiceField(
        label="Which agencies gave it?",
        choices=[("council", "Council"), ("police", "Police"), ("health", "Health")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Select all that did.",
        error_messages={"required": "Select at least one agency."},
    )
    counted = DatePartsField(
        label="When was it counted?",
        noun="The date of the count",
        help_text="For example, 31 3 2020.",
    )
    file = forms.FileField(
        label="Workbook",
        help_text="An .xlsx file of at most 5 MB.",
        error_messages={"required": "Choose a workbook."},
    )
    checked = forms.BooleanField(
        label="I have checked the figure against its source",
        error_messages={"required": "Check the figure against its source, then tick the box."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Fieldset("Who and what", "name", "email", "password"),
            Fieldset("The figure", "children", AppendedText("share", "%"), "note", "period"),
            *("standing", "agencies", "counted", "file", "checked"),
            submit="Check these answers",
        )


@require_http_methods(["GET", "HEAD", "POST"])
def components(request: HttpRequest) -> HttpResponse:
    """Shows all components; sending the form shows its errors, or a banner."""
    form = EveryField(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "The answers are in order. They were not kept.")
        return redirect("components")
    return render(request, "safeguarding/components.html", {"form": form, **EXAMPLES, **_page()})


def _page() -> dict[str, object]:
    return {"page": Paginator(range(60), 25).page(2)}


def _bar(x: int, height: int) -> str:
    return f'<rect x="{x}" y="{180 - height}" width="80" height="{height}" fill="#206095"/>'


# A stand-in for what the chart writer makes: title and description first, no style.
SVG = mark_safe(  # noqa: S308 (our own constant)
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200"'
    ' role="img" aria-labelledby="example-title example-words">'
    '<title id="example-title">Example bars</title>'
    '<desc id="example-words">An invented count: 120 in 2018-19 and 90 in 2019-20.</desc>'
    f"{_bar(60, 120)}{_bar(220, 90)}</svg>"
)

EXAMPLES: dict[str, object] = {
    "trail": [("Home", "/"), ("Components", "")],
    "tags": [Tag(colour.title(), colour) for colour in COLOURS],  # type: ignore[arg-type]
    "facts": [
        Fact("Unit", "Children", links=(Link("Change", "#facts", "unit"),)),
        Fact("Source", "Yearly report 2019-20, table 2", url="#facts"),
    ],
    "wide": table(
        "wide",
        "A table that is wider than a telephone",
        ["Indicator", *(Column(f"Q{n} 2019-20", numeric=True) for n in (1, 2, 3, 4)), "State"],
        [
            ["Referrals", "1,021", "1,094", "1,130", "1,123", Tag("Approved", "green")],
            ["Assessments", "880", "[c]", "902", "1,017", Tag("Waiting", "yellow")],
            [Link("Strategy discussions", "#wide"), "101", "97", "[x]", "110", "Draft"],
        ],
        notes=["Invented figures."],
    ),
    "cards": table(
        "cards",
        "A table of which each row is a card on a telephone",
        ["Quarter", "Due", Column("Not entered", numeric=True), "State"],
        [
            [Link("Q1 2019-20", "#cards"), "30 July 2019", "0", Tag("Approved", "green")],
            [Link("Q2 2019-20", "#cards"), "30 October 2019", "12", Tag("Waiting", "yellow")],
        ],
    ),
    "tasks": [
        Task("Referrals", Tag("Approved", "green"), url="#tasks"),
        Task("Assessments", Tag("To do", "blue"), url="#tasks", hint="The police give these."),
        Task("Care leavers", Tag("Cannot start yet")),
    ],
    "progresses": [
        Progress("half", 12, 24, "Computing changes"),
        Progress("unknown", 0, 0, "Waiting for a worker"),
    ],
    "markers": [
        Marker("[c]", "Not shown, so that nobody can be recognised."),
        Marker("[x]", "Not available: the agency did not supply it."),
    ],
    "more": Link("Ask for it to be collected", "#empty", "in this quarter's return"),
    "figure": Figure(
        "example",
        "An invented count, 2018-19 and 2019-20",
        SVG,
        table(
            "example-table",
            "The numbers of the chart",
            ["Year", Column("Count", numeric=True)],
            [["2018-19", "120"], ["2019-20", "90"]],
        ),
        data={
            "data": [
                {
                    "type": "bar",
                    "x": ["2018-19", "2019-20"],
                    "y": [120, 90],
                    "marker": {"color": "#206095"},
                }
            ],
            "layout": {
                "xaxis": {"type": "category"},
                "margin": {"t": 20, "r": 10, "b": 40, "l": 50},
                "font": {"family": "Arial, Liberation Sans, sans-serif", "size": 14},
            },
        },
        links=(Link("Download the numbers (CSV)", "#example"),),
    ),
}
