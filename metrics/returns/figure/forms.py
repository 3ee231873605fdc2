"""Forms for one figure. They read what people type; the rules are in `metrics.entries`."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, Submit
from django import forms

from metrics.entries import Entry, Problem, asks_for_two
from metrics.forms import NumberField
from metrics.models import Revision
from metrics.models.revisions import Marker
from metrics.owed import Owed
from metrics.readings import measure_of

REASONS_FOR_NO_NUMBER = [
    ("", "There is a number"),
    (Marker.NOT_AVAILABLE, "Not available: not collected, or not yet known"),
    (Marker.NOT_APPLICABLE, "Not applicable: it cannot happen here"),
]


ANSWERS = {
    "checked": "Checked with the source: it is right.",
    "event": "Something happened in this quarter that explains it.",
    "counting": "It is counted differently from this quarter on.",
    "later": "Not checked yet.",
}


def question(label: str, help_text: str = "") -> dict[str, forms.Field]:
    """The fields that ask why what looks wrong is right: one of them is enough."""
    made: dict[str, forms.Field] = {
        "answer": forms.ChoiceField(
            label=label,
            help_text=help_text,
            choices=list(ANSWERS.items()),
            required=False,
            widget=forms.RadioSelect,
        ),
        "answer_words": forms.CharField(
            label="Why, in your own words", max_length=300, required=False
        ),
    }
    for each in made.values():
        each.one_of_several = True  # type: ignore[attr-defined]
    return made


def answer_in(data: Mapping[str, Any]) -> str:
    """What was chosen and said, from the cleaned data of those fields; empty where nothing."""
    chosen = ANSWERS.get(data.get("answer", ""), "")
    return " ".join(filter(None, [chosen, data.get("answer_words", "")]))


NUMBERS = ("value", "numerator", "denominator")


class FigureForm(forms.Form):
    """One figure: a number, or two for a percentage or rate, or why there is none.

    `latest` is the revision that the person had in front of them when they opened the page.
    """

    value = NumberField()
    numerator = NumberField(unit="count")  # of 170 it is 41, not 24%
    denominator = NumberField(unit="count")
    marker = forms.ChoiceField(
        label="If there is no number, say why",
        choices=REASONS_FOR_NO_NUMBER,
        required=False,
        widget=forms.RadioSelect,
    )
    marker_reason = forms.CharField(
        label="Why there is no number, in a few words", max_length=200, required=False
    )
    provisional = forms.BooleanField(
        label="This figure is provisional and may still change", required=False
    )
    note = forms.CharField(
        label="Note for readers",
        help_text="Printed beneath the figure. Do not name or describe a child.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, owed: Owed, latest: Revision | None, **kw: Any) -> None:
        indicator = owed.indicator
        kw["initial"] = _initial(latest) | {"seen": latest.number if latest else 0}
        two = asks_for_two(measure_of(indicator))
        numbers = ("numerator", "denominator") if two else ("value",)
        every = self.base_fields
        # Only these are copied, for they get words of their own. A page has a form for each figure,
        # and copying all their fields would take as long as reading the figures.
        self.base_fields = {name: every[name] for name in numbers}  # type: ignore[misc]
        super().__init__(*args, **kw)
        self.fields |= {name: every[name] for name in every if name not in NUMBERS}
        self.latest = latest
        if two:
            self.fields["numerator"].label = indicator.numerator_words or "Number"
            self.fields["denominator"].label = (
                f"Out of: {indicator.denominator_words}"
                if indicator.denominator_words
                else "Out of"
            )
        else:
            self.fields["value"].label = owed.name
        if self.data.get(self.add_prefix("asked")):
            self._add_question()

    @property
    def numbers(self) -> list[str]:
        """The names of the fields that take the figure's number or numbers."""
        return [name for name in NUMBERS if name in self.fields]

    def entry(self) -> Entry:
        """What was entered, for `metrics.saving.save_entry`. Only after `is_valid()`."""
        data = self.cleaned_data
        return Entry(
            value=data.get("value"),
            numerator=data.get("numerator"),
            denominator=data.get("denominator"),
            marker=data["marker"],
            marker_reason=data["marker_reason"] if data["marker"] else "",
            flags="p" if data["provisional"] else "",
            note=data["note"],
        )

    @property
    def answer(self) -> str:
        """Why it is right, as chosen and in the person's own words; empty where not asked."""
        return answer_in(self.cleaned_data)

    @property
    def asked(self) -> str:
        """What the answer is about; empty where nothing was asked."""
        return str(self.cleaned_data.get("asked", ""))

    def ask(self, messages: Iterable[str], about: str) -> None:
        """Asks why what looks wrong is right."""
        self._add_question()
        self.data = dict(self.data.items()) | {self.add_prefix("asked"): about}
        for message in messages:
            self.add_error("answer", message)

    def _add_question(self) -> None:
        self.fields |= question("Why is it right?")
        self.fields["asked"] = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def show(self, problems: list[Problem]) -> None:
        """Puts each problem beside its field."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)

    def take_over(self, latest: Revision | None) -> None:
        """After another person's save: the next save of this form is on top of theirs."""
        seen = {self.add_prefix("seen"): latest.number if latest else 0}
        self.data = dict(self.data.items()) | seen


class EntryForm(FigureForm):
    """The form of a figure's own page; correcting what is approved needs a reason."""

    reason = forms.CharField(
        label="Why the approved figure is to be corrected",
        max_length=500,
        error_messages={"required": "Say why the approved figure is to be corrected."},
    )

    def __init__(self, *args: Any, correcting: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if not correcting:
            del self.fields["reason"]
        self._words = "Save correction" if correcting else "Save figure"

    @property
    def helper(self) -> FormHelper:
        return _helper(list(self.fields), self._words)


class ApproveForm(forms.Form):
    """Approve the figure shown; a reason only where it is one's own entry."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label="Why you approve your own entry",
        help_text="Printed beside the figure. Leave it to another approver if there is one.",
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, own_entry: bool, **kw: Any) -> None:
        kw.setdefault("auto_id", "id_approve_%s")  # its page has several forms
        super().__init__(*args, **kw)
        if not own_entry:
            self.fields["reason"].widget = forms.HiddenInput()
        self.helper = _helper(list(self.fields), "Approve figure")


class SendBackForm(forms.Form):
    """Send the figure shown back to whoever entered it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label="What is to be put right",
        max_length=500,
        error_messages={"required": "Say what is to be put right."},
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        kw.setdefault("auto_id", "id_send_back_%s")  # its page has several forms
        super().__init__(*args, **kw)
        self.helper = _helper(list(self.fields), "Send back")


def _helper(fields: list[str], words: str) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True  # the template writes it, once for each form of the page
    helper.layout = Layout(*fields, HTML(""), Submit("save", words))
    return helper


def _initial(latest: Revision | None) -> dict[str, Any]:
    if latest is None:
        return {}
    none_out_of_none = latest.numerator is not None and latest.marker
    return {
        "value": latest.value,
        "numerator": latest.numerator,
        "denominator": latest.denominator,
        "marker": "" if none_out_of_none else latest.marker,
        "marker_reason": "" if none_out_of_none else latest.marker_reason,
        "provisional": "p" in latest.flags,
        "note": latest.note,
    }
