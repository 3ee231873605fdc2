"""Forms about targets."""

from collections.abc import Iterable
from typing import Any

from django import forms

from metrics.models import Indicator, Target
from metrics.targets.actions import TargetWords
from partnerships.fields import DatePartsField, DecimalNumberField
from partnerships.keeping import Refusable
from partnerships.layout import helper
from partnerships.periods import Kind

DIRECTIONS = [
    ("", "As the register says: at least where higher is better, at most where lower is"),
    *Target.Direction.choices,
]
KINDS = [
    ("", "Every figure, whatever its period"),
    *((kind.value, kind.words) for kind in Kind),
]


class _Amount(DecimalNumberField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=6, **kwargs)


class TargetForm(Refusable):
    """What is said of a target; the indicator is chosen only where a new one is set."""

    first = DatePartsField(noun="The first day", label="First day on which it holds")
    last = DatePartsField(
        noun="The last day",
        label="Last day on which it holds",
        help_text="Leave empty where no end is known.",
        required=False,
    )
    direction = forms.ChoiceField(
        label="Which way", choices=DIRECTIONS, widget=forms.RadioSelect, required=False
    )
    value = _Amount(label="Target", help_text="In the unit of the figure: 90 for 90%.")
    tolerance = _Amount(
        label="Tolerance",
        help_text="The value up to which missing the target is tolerated. May be empty.",
        required=False,
    )
    failure = _Amount(
        label="Failure zone",
        help_text="The value beyond which the figure has failed. May be empty.",
        required=False,
    )
    period_kind = forms.ChoiceField(label="For which figures", choices=KINDS, required=False)
    source = forms.CharField(
        label="Where it is set",
        help_text="Such as the contract or the plan, with its date.",
        max_length=300,
        error_messages={"required": "Say where the target is set, such as a contract or a plan."},
    )
    note = forms.CharField(
        label="Note", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, target: Target | None = None, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name != "seen"]
        initial = {name: getattr(target, name, None) for name in names if target is not None}
        for name in ("value", "tolerance", "failure"):
            if (amount := initial.get(name)) is not None:
                initial[name] = f"{amount.normalize():f}"
        seen = target.version if target else 0
        kwargs["initial"] = {**initial, "seen": seen, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Save target")

    def words(self) -> TargetWords:
        data = {name: self.cleaned_data[name] for name in TargetWords.__dataclass_fields__}
        return TargetWords(**data)


class NewTargetForm(TargetForm):
    """A target for an indicator that is chosen."""

    indicator = forms.ChoiceField(
        label="Indicator", error_messages={"required": "Choose an indicator."}
    )
    field_order = ("indicator",)

    def __init__(
        self, *args: Any, indicators: Iterable[Indicator], chosen: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"indicator": chosen}, **kwargs)
        self.indicators = {each.code: each for each in indicators}
        choices = [("", "Choose one"), *((c, each.name) for c, each in self.indicators.items())]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]

    @property
    def indicator_chosen(self) -> Indicator:
        return self.indicators[self.cleaned_data["indicator"]]


class EndForm(Refusable):
    """The last day on which a target holds."""

    last = DatePartsField(noun="The last day", label="Last day on which it holds")
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        kwargs["initial"] = {"last": target.last, "seen": target.version}
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="End target")
