"""Forms about the budget. The rules are in `partnerships.budget.actions`."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.utils.text import slugify

from partnerships.amounts import number_words
from partnerships.asked import version_seen
from partnerships.budget.actions import SUMS, Amounts, LineWords
from partnerships.budget.wording import decimals_of
from partnerships.fields import DecimalNumberField, RadiosWithHints
from partnerships.keeping import Refusable
from partnerships.layout import helper
from partnerships.models import WHOLE, Budget, BudgetLine, Organisation, Partnership
from partnerships.period_field import PeriodField

Side = BudgetLine.Side
COLUMNS = ("budget", "actual")
PLAIN_INCOME = (
    "Enter income without a minus, as money coming in. Finance systems often print it with one."
)
KINDS = {
    "income": "Enter money coming in without a minus.",
    "cost": "Enter money going out without a minus.",
    "transfer": "Between funds, or into another budget.",
    "reserve": "What is put by for the next period. What is taken out of a reserve has a minus.",
    "balance": "What is left at the beginning or the end.",
    "total": "What other lines add up to.",
}
# Where lines of a kind stand, unless somebody says otherwise; a total can be of either side.
SIDE_OF = {
    "income": Side.INCOME,
    "cost": Side.COSTS,
    "transfer": Side.REST,
    "reserve": Side.REST,
    "balance": Side.REST,
}


class MoneyField(DecimalNumberField):
    """Pounds, with or without pence; takes £1,234.50, and (1,234) as spreadsheets write a minus."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault(
            "error_messages",
            {
                "invalid": "Enter an amount in pounds, like 1,234 or 1,234.50.",
                "max_decimal_places": "Enter pounds and pence, with 2 numbers after the point.",
                "max_digits": "Enter an amount below a million million pounds.",
                "max_whole_digits": "Enter an amount below a million million pounds.",
            },
        )
        super().__init__(max_digits=14, decimal_places=2, **options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = value.strip().replace("£", "")
            if value.startswith("(") and value.endswith(")"):
                value = f"-{value[1:-1]}"
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return number_words(value, decimals_of([value]))
        return value


class BudgetChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Accounts to take the lines from."""

    one_of_several = True  # not to choose one is a choice too

    def label_from_instance(self, obj: Model) -> str:
        return f"The lines of {obj}"


class BudgetForm(Refusable):
    """A new account: its period, and what it begins with."""

    period = PeriodField(
        help_text="A financial year like 2025-26. Other twelve months are written "
        "1 October 2025 to 30 September 2026."
    )
    like = BudgetChoice(
        label="Begin with",
        queryset=Budget.objects.none(),
        required=False,
        empty_label="The totals only",
        help_text="Lines are copied without their amounts, and one-off lines are left out.",
    )
    fund_name = forms.CharField(
        label="Fund or cost centre",
        max_length=200,
        required=False,
        help_text="Only if the accounts of this period are kept for several funds.",
    )
    note = forms.CharField(label="Note", max_length=500, required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = partnership.budgets.select_related("period")
        like = self.fields["like"]
        assert isinstance(like, BudgetChoice)
        like.queryset, like.initial = earlier, earlier.first()
        self.helper = helper(submit="Add budget")

    @property
    def fund(self) -> str:
        """The short name of the fund that was entered. Only after `is_valid()`."""
        return slugify(self.cleaned_data["fund_name"])[:60] or WHOLE


class BudgetNoteForm(Refusable):
    """What is said of an account as a whole."""

    fund_name = forms.CharField(
        label="Fund or cost centre",
        max_length=200,
        error_messages={"required": "Enter the name of the fund."},
    )
    note = forms.CharField(
        label="Note", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    seen = version_seen()

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "fund_name": budget.fund_name,
            "note": budget.note,
            "seen": budget.version,
        }
        super().__init__(*args, **kwargs)
        if budget.fund == WHOLE:
            del self.fields["fund_name"]
        self.helper = helper(submit="Save note")


class LineForm(Refusable):
    """One line of an account."""

    label = forms.CharField(
        label="What it is for",
        max_length=200,
        help_text="Such as: council contribution. Do not name a person.",
        error_messages={"required": "Say what the line is for."},
    )
    kind = forms.ChoiceField(
        label="What kind of line it is",
        choices=BudgetLine.Kind.choices,
        widget=RadiosWithHints(hints=KINDS),
        error_messages={"required": "Choose what kind of line it is."},
    )
    contributor = forms.ModelChoiceField(
        label="Organisation that pays it in",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="None, or not known",
    )
    budget_amount = MoneyField(label="Budget, in pounds")
    actual_amount = MoneyField(
        label="Actual, in pounds",
        help_text="Leave an amount empty if it is not known yet. The empty amount of a total "
        "is worked out from its lines.",
    )
    counts_in = forms.ModelChoiceField(
        label="Counts in",
        queryset=BudgetLine.objects.none(),
        required=False,
        empty_label="No total",
        help_text="The total or balance that this line is a part of.",
    )
    side = forms.ChoiceField(
        label="Where it stands",
        choices=[("", "Where lines of its kind stand"), *Side.choices],
        required=False,
        help_text="Change this only for a line that stands elsewhere in your accounts, such as "
        "a cost that is taken off the income.",
    )
    one_off = forms.BooleanField(label="It is for this period only", required=False)
    estimated = forms.BooleanField(label="It is estimated", required=False)
    part_year = forms.BooleanField(label="It is for part of the period", required=False)
    note = forms.CharField(label="Note", max_length=500, required=False)
    seen = version_seen()

    def __init__(
        self,
        *args: Any,
        budget: Budget,
        line: BudgetLine | None,
        side: str = "",
        **kwargs: Any,
    ) -> None:
        self.line = line
        kwargs["initial"] = _of_line(line) if line else _of_side(budget, side)
        super().__init__(*args, **kwargs)
        here = Organisation.objects.filter(agencies__partnership=budget.partnership_id)
        if line and line.contributor_id:
            here |= Organisation.objects.filter(pk=line.contributor_id)
        sums = budget.lines.filter(kind__in=SUMS)
        for name, queryset in (
            ("contributor", here.distinct()),
            ("counts_in", sums.exclude(pk=line.pk) if line else sums),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
        self.helper = helper(submit="Save line" if line else "Add line")

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if not slugify(label):
            raise ValidationError("Say what the line is for in letters or numbers.")
        return label

    def clean(self) -> None:
        """A line stands where lines of its kind stand; of a total, somebody has to say."""
        kind, side = self.cleaned_data.get("kind"), self.cleaned_data.get("side")
        if not kind or side:
            return
        if kind not in SIDE_OF:
            self.add_error("side", "Choose whether this is a total of income or of costs.")
        else:
            self.cleaned_data["side"] = SIDE_OF[kind].value

    @property
    def code(self) -> str:
        """The short name of a new line; a line keeps the one it has."""
        return self.line.code if self.line else slugify(self.cleaned_data["label"])[:80]

    def words(self) -> LineWords:
        """What was entered, for the action. An amount that stays keeps its source."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        line = self.line
        if line is None:
            return LineWords(**data)
        facts = {
            f"{column}_fact_id": getattr(line, f"{column}_fact_id")
            for column in COLUMNS
            if getattr(line, f"{column}_amount") == data[f"{column}_amount"]
        }
        source = line.source if any(facts.values()) or len(facts) == len(COLUMNS) else ""
        return LineWords(**data, **facts, label_sure=line.label_sure, source=source)


class AmountsForm(Refusable):
    """Both amounts of every line of an account, on one page."""

    seen = version_seen()

    def __init__(self, *args: Any, budget: Budget, lines: list[BudgetLine], **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": budget.version}
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.sums = {line.counts_in_id for line in lines}
        for line in lines:
            for column in COLUMNS:
                self.fields[f"{column}_{line.code}"] = MoneyField(
                    label=f"{line.label}, {column}",
                    initial=getattr(line, f"{column}_amount"),
                )

    def is_sum(self, line: BudgetLine) -> bool:
        """Whether other lines count in it, so that it may be left empty."""
        return line.pk in self.sums

    def clean(self) -> None:
        """Income copied out of a finance system comes with a minus on every line."""
        for column in COLUMNS:
            names = [
                f"{column}_{line.code}"
                for line in self.lines
                if (line.side, line.kind) == (Side.INCOME, BudgetLine.Kind.INCOME)
            ]
            given = [name for name in names if self.cleaned_data.get(name)]
            if given and all(self.cleaned_data[name] < 0 for name in given):
                self.add_error(given[0], PLAIN_INCOME)

    def rows(self) -> Iterator[tuple[str, list[tuple[BudgetLine, bool, list[BoundField]]]]]:
        """The lines by side, each with whether it is a sum, and its two boxes."""
        for side in Side:
            lines = [line for line in self.lines if line.side == side]
            lines.sort(key=lambda line: self.is_sum(line) or line.kind == BudgetLine.Kind.TOTAL)
            if lines:
                yield (
                    side.label,
                    [
                        (
                            line,
                            self.is_sum(line),
                            [self[f"{column}_{line.code}"] for column in COLUMNS],
                        )
                        for line in lines
                    ],
                )

    def amounts(self) -> dict[str, Amounts]:
        """What was entered, for the action."""
        data = self.cleaned_data
        return {
            line.code: Amounts(data[f"budget_{line.code}"], data[f"actual_{line.code}"])
            for line in self.lines
        }


def _of_line(line: BudgetLine) -> dict[str, Any]:
    names = ("label", "kind", "budget_amount", "actual_amount")
    more = ("one_off", "estimated", "part_year", "note")
    return {
        **{name: getattr(line, name) for name in (*names, *more)},
        "contributor": line.contributor_id,
        "counts_in": line.counts_in_id,
        "side": "" if SIDE_OF.get(line.kind) == line.side else line.side,
        "seen": line.version,
    }


def _of_side(budget: Budget, side: str) -> dict[str, Any]:
    """A new line on a side is of its kind, and counts in the side's total if there is just one."""
    kinds = {"income": "income", "costs": "cost", "rest": "reserve"}
    if side not in kinds:
        return {"seen": 0}
    sums = BudgetLine.Kind.BALANCE if side == Side.REST else BudgetLine.Kind.TOTAL
    found = list(budget.lines.filter(side=side, kind=sums)[:2])
    counts_in = found[0].pk if len(found) == 1 else None
    return {"seen": 0, "kind": kinds[side], "counts_in": counts_in}
