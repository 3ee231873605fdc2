"""Forms about groups and priorities. The rules are in `partnerships.governance.actions`."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnerships.asked import radios, short_name, version_seen
from partnerships.fields import WholeNumberField
from partnerships.governance.actions import BodyWords, Point, YearWords
from partnerships.keeping import Refusable
from partnerships.known_date_field import KnownDateField
from partnerships.layout import helper
from partnerships.models import Body, Partnership, PriorityPoint, PriorityYear
from partnerships.periods import Kind, PeriodError, Span, parse

LONGEST_POINT = 300
NO_PERSON = "Do not name a person."


class BodyForm(Refusable):
    """What is known of a body; a new one also gets its short name."""

    code = short_name("practice-review-subgroup", 60)
    name = forms.CharField(
        label="Name", max_length=200, error_messages={"required": "Enter a name."}
    )
    kind = radios("Kind", Body.Kind.choices, "Choose the kind of body.")
    remit = forms.CharField(
        label="Remit",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rhythm = forms.CharField(
        label="How often it meets",
        max_length=300,
        required=False,
        help_text="Such as: every quarter.",
    )
    chair = forms.CharField(
        label="Chair",
        max_length=200,
        required=False,
        help_text=f"The office that chairs it. {NO_PERSON}",
    )
    chaired = forms.ChoiceField(
        label="How it is chaired", choices=Body.Chaired.choices, widget=forms.RadioSelect
    )
    reports_to = forms.ModelMultipleChoiceField(
        label="Reports to",
        queryset=Body.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first = KnownDateField(label="Began")
    last = KnownDateField(label="Ended")
    dates_note = forms.CharField(label="About these dates", max_length=300, required=False)
    follows = forms.ModelChoiceField(
        label="Followed",
        queryset=Body.objects.none(),
        required=False,
        empty_label="None, or not known",
    )
    shared_by = forms.CharField(
        label="Shared by",
        max_length=200,
        required=False,
        help_text="Such as several areas, or children and adults.",
    )
    note = forms.CharField(label="Note", max_length=500, required=False)
    seen = version_seen()

    def __init__(
        self, *args: Any, partnership: Partnership, body: Body | None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _of_body(body) if body else {"seen": 0, "chaired": "unknown"}
        super().__init__(*args, **kwargs)
        others = partnership.bodies.exclude(pk=body.pk) if body else partnership.bodies.all()
        for name in ("reports_to", "follows"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = others
        if body:
            del self.fields["code"]
        self.helper = helper(submit="Save body" if body else "Add body")

    def words(self) -> BodyWords:
        """What was entered, for the action. Only after `is_valid()`."""
        left_out = {"code", "reports_to", "seen"}
        data = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return BodyWords(**data)


class PriorityForm(Refusable):
    """A new priority."""

    code = short_name("neglect", 60)
    number = WholeNumberField(
        label="Number",
        min_value=1,
        max_value=99,
        help_text="Its place among the priorities.",
        error_messages={
            "required": "Enter its number.",
            "min_value": "Enter a number from 1 to 99.",
            "max_value": "Enter a number from 1 to 99.",
        },
    )
    name = forms.CharField(
        label="Priority", max_length=300, error_messages={"required": "Say what the priority is."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Add priority")


class PointsField(forms.CharField):
    """One point a line."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=8000,
            help_text="One point a line.",
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        points = [" ".join(line.split()).lstrip("•-– ") for line in text.splitlines()]
        points = [point for point in points if point]
        for point in points:
            if len(point) > LONGEST_POINT:
                raise ValidationError(
                    f"“{point[:40]}…” has {len(point)} characters. Make each point "
                    f"{LONGEST_POINT} or fewer, or break it into two lines."
                )
        return points


class YearForm(Refusable):
    """What a year says of a priority. A new account also gets its year."""

    year = forms.CharField(
        label="Financial year",
        max_length=10,
        help_text="Like 2019-20.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": "Enter the financial year, like 2019-20."},
    )
    assurance = forms.ChoiceField(
        label="Assurance",
        choices=PriorityYear.Assurance.choices,
        widget=forms.RadioSelect,
    )
    assurance_why = forms.CharField(
        label="Why it cannot be given in full, or what it rests on",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    state = forms.ChoiceField(
        label="What became of the priority at the end of the year",
        choices=PriorityYear.State.choices,
        widget=forms.RadioSelect,
    )
    state_why = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = version_seen()

    def __init__(self, *args: Any, year: PriorityYear | None, **kwargs: Any) -> None:
        self.points: Sequence[PriorityPoint] = list(year.points.all()) if year else []
        kwargs["initial"] = _of_year(year, self.points)
        super().__init__(*args, **kwargs)
        for part in reversed(PriorityPoint.Part):
            self.fields = {_field(part): PointsField(label=part.label), **self.fields}
        if year:
            del self.fields["year"]
        else:
            self.order_fields(["year"])
        self.helper = helper(submit="Save account")

    def clean_year(self) -> Span:
        try:
            span = parse(self.cleaned_data["year"].strip().replace("/", "-").replace("–", "-"))
        except PeriodError:
            span = None
        if span is None or span.kind is not Kind.YEAR:
            raise ValidationError("Enter a financial year, like 2019-20.")
        return span

    def words(self) -> YearWords:
        """What was entered, for the action. A point that stays keeps its figure."""
        data = self.cleaned_data
        figures = {(point.part, point.text): point.indicator for point in self.points}
        names = ("assurance", "assurance_why", "state", "state_why")
        return YearWords(
            points={
                part.value: [
                    Point(text, figures.get((part.value, text), "")) for text in data[_field(part)]
                ]
                for part in PriorityPoint.Part
            },
            **{name: data[name] for name in names},
        )


def _field(part: PriorityPoint.Part) -> str:
    return part.value.replace("-", "_")


def _of_body(body: Body) -> dict[str, Any]:
    names = ("name", "kind", "remit", "rhythm", "chair", "chaired", "dates_note")
    more = ("follows", "shared_by", "note")
    return {
        **{name: getattr(body, name) for name in (*names, *more)},
        "first": body.first_when,
        "last": body.last_when,
        "reports_to": list(body.reports_to.all()),
        "seen": body.version,
    }


def _of_year(year: PriorityYear | None, points: Sequence[PriorityPoint]) -> dict[str, Any]:
    if year is None:
        return {
            "seen": 0,
            "assurance": PriorityYear.Assurance.NOT_SAID,
            "state": PriorityYear.State.RUNNING,
        }
    lines = {
        _field(part): "\n".join(point.text for point in points if point.part == part)
        for part in PriorityPoint.Part
    }
    names = ("assurance", "assurance_why", "state", "state_why")
    return {**{name: getattr(year, name) for name in names}, **lines, "seen": year.version}
