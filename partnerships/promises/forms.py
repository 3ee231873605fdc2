"""Forms about promises, milestones, risks and figures. The rules are in `promises.actions`."""

from typing import Any

from django import forms

from partnerships.asked import radios, version_seen
from partnerships.calendar import store_period
from partnerships.fields import DatePartsField, DecimalNumberField
from partnerships.keeping import Refusable, still_printed
from partnerships.known_date_field import EventDateField, FinancialYearField, KnownDateField
from partnerships.layout import helper
from partnerships.models import Milestone, NamedFigure, Partnership, Priority, Promise, Risk
from partnerships.promises.actions import (
    FigureWords,
    MilestoneWords,
    PromiseWords,
    RiskWords,
)

# What a source says of a single figure; the rest is the portal's.
PRINTED = ("what", "area", "period", "value", "in_words", "unit", "qualifier")
OWN_WORDS = "In your own words. Do not name a person or describe a child."


class Coded(Refusable):
    """A thing with a short name, given once; `seen` is the version that the person has open."""

    code = forms.SlugField(
        label="Short name",
        max_length=60,
        help_text="Letters, digits and hyphens. It stands in the address of what you add.",
        error_messages={
            "required": "Enter a short name.",
            "invalid": "A short name has letters, digits and hyphens only.",
        },
    )
    seen = version_seen()

    def has_its_code(self, noun: str, *, version: int) -> None:
        """For what exists already: no short name is asked for."""
        if version:
            del self.fields["code"]
        self.helper = helper(submit=f"Save {noun}" if version else f"Add {noun}")

    def told(self, *left_out: str) -> dict[str, Any]:
        """What was entered, but for the short name, the version, and what is named."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"code", "seen", *left_out}
        }


class PromiseForm(Coded):
    """A promise and its outcome. A new one also gets the year that it is for."""

    year = FinancialYearField(
        label="Year it is promised for", help_text="A financial year, like 2026-27."
    )
    text = forms.CharField(
        label="What is promised",
        max_length=300,
        help_text=OWN_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is promised."},
    )
    report_year = FinancialYearField(
        label="Year of the report that promises it", help_text="A financial year, like 2025-26."
    )
    in_list = forms.SlugField(
        label="List",
        max_length=60,
        help_text="A short name for the list it stands in, such as next-steps.",
        error_messages={
            "required": "Enter a short name for the list.",
            "invalid": "A short name has letters, digits and hyphens only.",
        },
    )
    where_in_report = forms.CharField(
        label="Where in the report",
        max_length=200,
        help_text="Such as: Priorities and next steps.",
        error_messages={"required": "Say where it stands in the report."},
    )
    priority = forms.ModelChoiceField(
        label="Priority",
        queryset=Priority.objects.none(),
        required=False,
        empty_label="None",
    )
    outcome = forms.ChoiceField(
        label="What became of it", choices=Promise.Outcome.choices, widget=forms.RadioSelect
    )
    outcome_source = forms.CharField(
        label="Who says so, and what they say",
        max_length=500,
        required=False,
        help_text="Needed with an outcome. Such as: Practice review subgroup, May 2027: in use.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, partnership: Partnership, promise: Promise | None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _of_promise(promise)
        super().__init__(*args, **kwargs)
        self.promise = promise
        priority = self.fields["priority"]
        assert isinstance(priority, forms.ModelChoiceField)
        priority.queryset = partnership.priorities.all()
        if promise:
            del self.fields["year"]
        self.has_its_code("promise", version=promise.version if promise else 0)

    def words(self) -> PromiseWords:
        """What was entered, for the action. Only after `is_valid()`."""
        before = self.promise
        told = {
            **self.told("year", "report_year"),
            "report_year": store_period(self.cleaned_data["report_year"]),
        }
        return PromiseWords(
            **told,
            **still_printed(before, told, ("text", "report_year", "in_list", "where_in_report")),
            number=before.number if before else None,
        )


class MilestoneForm(Coded):
    """An event and its date."""

    what = forms.CharField(
        label="What happens",
        max_length=300,
        help_text=OWN_WORDS,
        error_messages={"required": "Say what happens."},
    )
    when = EventDateField(label="When")
    state = radios(
        "Planned or happened",
        Milestone.State.choices,
        "Choose whether it is planned or has happened.",
    )
    note = forms.CharField(label="Note", max_length=500, required=False)

    def __init__(self, *args: Any, milestone: Milestone | None, **kwargs: Any) -> None:
        names = ("what", "when", "state", "note")
        said = {name: getattr(milestone, name) for name in names} if milestone else {}
        version = milestone.version if milestone else 0
        kwargs["initial"] = {**said, "seen": version}
        super().__init__(*args, **kwargs)
        self.milestone = milestone
        self.has_its_code("milestone", version=version)

    def words(self) -> MilestoneWords:
        """What was entered, for the action. Only after `is_valid()`."""
        told = self.told()
        return MilestoneWords(
            **told, **still_printed(self.milestone, told, ("what", "when", "state"))
        )


class RiskForm(Coded):
    """A risk, and its end."""

    what = forms.CharField(
        label="What may go wrong",
        max_length=500,
        help_text=OWN_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what may go wrong."},
    )
    since = KnownDateField(label="Since")
    carried_over = forms.BooleanField(
        label="It is carried over from the year before", required=False
    )
    doing = forms.CharField(
        label="What is done about it",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(label="Note", max_length=500, required=False)
    closed = DatePartsField(
        noun="The day on which it was closed", label="Closed on", required=False
    )
    closed_why = forms.CharField(
        label="Why it is closed",
        max_length=500,
        required=False,
        help_text="Needed with the day on which it was closed.",
    )

    def __init__(self, *args: Any, risk: Risk | None, **kwargs: Any) -> None:
        names = ("what", "carried_over", "doing", "note", "closed", "closed_why")
        said = {name: getattr(risk, name) for name in names} if risk else {}
        version = risk.version if risk else 0
        since = risk.since_when if risk else None
        kwargs["initial"] = {**said, "since": since, "seen": version}
        super().__init__(*args, **kwargs)
        self.risk = risk
        self.has_its_code("risk", version=version)

    def words(self) -> RiskWords:
        """What was entered, for the action. Only after `is_valid()`."""
        told = self.told()
        return RiskWords(**told, **still_printed(self.risk, told, ("what", "carried_over")))


class FigureForm(Coded):
    """A single figure."""

    what = forms.CharField(
        label="What the figure says",
        max_length=300,
        help_text=OWN_WORDS,
        error_messages={"required": "Say what the figure is of."},
    )
    area = forms.CharField(
        label="Area",
        max_length=120,
        help_text="In words, such as Black Country.",
        error_messages={"required": "Enter the area."},
    )
    period = KnownDateField(
        label="Period",
        required=True,
        help_text="Write it like 2019-20, October 2019 or 31 March 2020.",
        error_messages={"required": "Enter the period."},
    )
    value = DecimalNumberField(
        label="Number",
        required=False,
        max_digits=14,
        decimal_places=4,
        error_messages={"invalid": "Enter a number, like 12 or 2.5."},
    )
    in_words = forms.CharField(
        label="Words, where no number is told",
        max_length=100,
        required=False,
        help_text="Such as: every month.",
    )
    unit = forms.CharField(
        label="Unit",
        max_length=40,
        help_text="“number”, “£”, “%”, or a noun in the plural, such as “years”.",
        error_messages={"required": "Enter the unit, or “number”."},
    )
    qualifier = forms.ChoiceField(
        label="How exact it is", choices=NamedFigure.Qualifier.choices, widget=forms.RadioSelect
    )
    of_children = forms.BooleanField(label="It counts children or families", required=False)
    note = forms.CharField(label="Note", max_length=500, required=False)

    def __init__(self, *args: Any, figure: NamedFigure | None, **kwargs: Any) -> None:
        kwargs["initial"] = _of_figure(figure)
        super().__init__(*args, **kwargs)
        self.figure = figure
        self.has_its_code("figure", version=figure.version if figure else 0)

    def words(self) -> FigureWords:
        """What was entered, for the action. Only after `is_valid()`."""
        told = {**self.told("period"), "period": store_period(self.cleaned_data["period"])}
        printed = still_printed(self.figure, told, PRINTED)
        same = self.figure is not None and printed["source"] == self.figure.source
        return FigureWords(
            **told,
            **printed,
            public_since=self.figure.public_since if self.figure and same else None,
        )


def _of_promise(promise: Promise | None) -> dict[str, Any]:
    if promise is None:
        return {"seen": 0, "outcome": Promise.Outcome.NOT_TOLD}
    names = ("text", "in_list", "where_in_report", "priority", "outcome", "outcome_source")
    return {
        **{name: getattr(promise, name) for name in names},
        "report_year": promise.report_year.span,
        "seen": promise.version,
    }


def _of_figure(figure: NamedFigure | None) -> dict[str, Any]:
    if figure is None:
        return {"seen": 0, "unit": "number", "qualifier": NamedFigure.Qualifier.EXACTLY}
    names = ("what", "area", "in_words", "unit", "qualifier", "of_children", "note")
    value = figure.value
    return {
        **{name: getattr(figure, name) for name in names},
        "value": None if value is None else f"{value:.{figure.decimals}f}",
        "period": figure.period.span,
        "seen": figure.version,
    }
