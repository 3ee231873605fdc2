"""Forms about what agencies owe."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms

from metrics.models import Breakdown, Expectation, ExpectedWords, Indicator
from metrics.owed import holds_in
from metrics.owing.queries import as_seen, last_quarter
from partnerships.keeping import Refusable
from partnerships.layout import helper
from partnerships.periods import Span

NO_END = "none"
EFFECT = (
    "Counts at once in returns that are open. One that the agency has submitted, or that is locked "
    "or closed to new figures, stays as it is: choose a later one."
)
SMALL = {"class": "govuk-checkboxes--small"}


class AskForm(Refusable):
    """Figures to ask an agency for: ticked in the themes of the register."""

    first = forms.ChoiceField(label="First return that asks for them", help_text=EFFECT)
    breakdowns = forms.MultipleChoiceField(
        label="By category, too",
        help_text=(
            "For each figure ticked above. Leave empty where the totals are enough. Of a figure "
            "that is asked for already, change the categories under Who owes what."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
    )

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[Indicator],
        breakdowns: Iterable[Breakdown],
        quarters: Sequence[Span],
        first: Span,
        asked: Mapping[int, Sequence[str]],
        **kw: Any,
    ) -> None:
        kw["initial"] = {"first": first.key}
        super().__init__(*args, **kw)
        self.indicators = {each.code: each for each in indicators}
        self.by_code = {each.code: each for each in breakdowns}
        self.quarters = {each.key: each for each in quarters}
        _choose(self, "first", [(key, each.label) for key, each in self.quarters.items()])
        _choose(self, "breakdowns", [(code, each.name) for code, each in self.by_code.items()])
        by_theme = groupby(self.indicators.values(), key=lambda each: each.theme)
        self.themes: list[str] = []
        for number, (theme, here) in enumerate(by_theme):
            name = f"theme_{number}"
            self.themes.append(name)
            self.fields[name] = forms.MultipleChoiceField(
                label=theme,
                required=False,
                choices=[(each.code, _named(each, asked.get(each.pk, ()))) for each in here],
                widget=forms.CheckboxSelectMultiple(attrs=SMALL),
            )
            self.fields[name].one_of_several = True  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Indicator]:
        codes = [code for name in self.themes for code in self.cleaned_data[name]]
        return [self.indicators[code] for code in codes]

    @property
    def chosen_breakdowns(self) -> list[Breakdown]:
        return [self.by_code[code] for code in self.cleaned_data["breakdowns"]]

    @property
    def chosen_first(self) -> Span:
        return self.quarters[self.cleaned_data["first"]]

    def theme_fields(self) -> Iterable[tuple[forms.BoundField, int]]:
        """The boxes of each theme, and how many of them are ticked."""
        for name in self.themes:
            field = self[name]
            yield field, len(field.value() or [])


class AskWordsForm(Refusable):
    """A question that an agency answers in its own words."""

    theme = forms.ChoiceField(
        label="Theme", help_text="The box stands beneath the figures of this theme."
    )
    question = forms.CharField(
        label="Question",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Agencies are asked what the figures show and what is done about it. Write here what "
            "you want to know beside that, or leave it empty."
        ),
    )
    first = forms.ChoiceField(label="First return that asks for it", help_text=EFFECT)

    def __init__(
        self, *args: Any, themes: Iterable[str], quarters: Sequence[Span], first: Span, **kw: Any
    ) -> None:
        kw["initial"] = {"first": first.key}
        super().__init__(*args, **kw)
        self.quarters = {each.key: each for each in quarters}
        _choose(self, "first", [(key, each.label) for key, each in self.quarters.items()])
        _choose(self, "theme", [(each, each) for each in themes])
        self.helper = helper(submit="Ask for these words")

    @property
    def chosen_first(self) -> Span:
        return self.quarters[self.cleaned_data["first"]]


class CategoriesForm(Refusable):
    """The categories that a figure is asked for by, from a quarter on."""

    first = forms.ChoiceField(
        label="First return that asks for these categories",
        help_text=f"Earlier returns stay as they are. {EFFECT}",
    )
    breakdowns = forms.MultipleChoiceField(
        label="Categories",
        help_text="Asked for beside the total. Tick none where the total is enough.",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        asking: Expectation,
        breakdowns: Iterable[Breakdown],
        quarters: Sequence[Span],
        first: Span,
        **kw: Any,
    ) -> None:
        now = [each.breakdown for each in asking.breakdowns.select_related("breakdown")]
        self.by_code = {each.code: each for each in [*breakdowns, *now]}
        last = last_quarter(asking)
        some = [each for each in quarters if holds_in(asking, each)]
        self.quarters = {each.key: each for each in some or filter(None, [last])}
        kw["initial"] = {
            "first": first.key if first.key in self.quarters else None,
            "breakdowns": [each.code for each in now],
            "seen": as_seen(asking),
        }
        super().__init__(*args, **kw)
        _choose(self, "first", [(key, each.label) for key, each in self.quarters.items()])
        _choose(self, "breakdowns", [(code, each.name) for code, each in self.by_code.items()])
        self.fields["breakdowns"].one_of_several = True  # type: ignore[attr-defined]
        self.helper = helper(submit="Save categories")

    @property
    def chosen_first(self) -> Span:
        return self.quarters[self.cleaned_data["first"]]

    @property
    def chosen(self) -> list[Breakdown]:
        return [self.by_code[code] for code in self.cleaned_data["breakdowns"]]


class EndForm(Refusable):
    """The last return that asks for something."""

    last = forms.ChoiceField(
        label="Last return that asks for it",
        error_messages={"required": "Choose the last return that asks for it."},
        help_text=(
            "Returns up to this one stay as they are, and still show who owed it. A return that "
            "is submitted or locked, or that holds a figure of it, cannot be left out."
        ),
    )
    seen = forms.DateField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, asking: Expectation | ExpectedWords, quarters: Sequence[Span], **kw: Any
    ) -> None:
        last = last_quarter(asking)
        kw["initial"] = {"last": last.key if last else NO_END, "seen": asking.last}
        super().__init__(*args, **kw)
        some = {each.key: each for each in quarters if each.last >= asking.first}
        self.quarters = some | ({last.key: last} if last else {})
        choices = [
            (NO_END, "No end is known"),
            *((key, each.label) for key, each in self.quarters.items()),
        ]
        _choose(self, "last", choices)
        self.helper = helper(submit="Save")

    @property
    def chosen_last(self) -> Span | None:
        return self.quarters.get(self.cleaned_data["last"])


def _named(indicator: Indicator, asked: Sequence[str]) -> str:
    """An indicator, and who is asked for it already."""
    name: str = indicator.name
    return f"{name} (asked of {', '.join(asked)})" if asked else name


def _choose(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]
