"""Areas and figures, as several subjects of this app ask for them."""

from typing import Any

from django import forms

from metrics.forms import NumberField
from metrics.models import Area
from partnerships.asked import optional, version_seen
from partnerships.keeping import Refusable
from partnerships.period_field import PeriodField
from reviews.figures import FigureWords, as_typed, telling_after
from reviews.models import Measured
from reviews.models.told import QUALIFIERS

OWN_WORDS = "In your own words. Do not name a person or describe a child."


def area_elsewhere(label: str) -> "forms.ModelChoiceField[Area]":
    """A wider or smaller area than the partnership's own, which is the empty choice.

    Not the authorities: there are 150 of them, each neither wider nor smaller.
    """
    kinds = [Area.Kind.PARTNERSHIP, Area.Kind.NEIGHBOURS, Area.Kind.AUTHORITY]
    elsewhere = Area.objects.exclude(kind__in=kinds)
    return forms.ModelChoiceField(
        label=label, queryset=elsewhere, required=False, empty_label="The partnership's own area"
    )


class FigureForm(Refusable):
    """One figure; a subject adds what may be counted, and the period where it has its own."""

    measure: forms.Field = forms.CharField()  # each form says how it is asked for
    value = NumberField(
        label="Number",
        help_text="Leave it empty if there is none, and say why in the note.",
    )
    qualifier = forms.ChoiceField(
        label="How exact it is", choices=[(each, each.replace("-", " ")) for each in QUALIFIERS]
    )
    of_children = forms.BooleanField(
        label="It counts children or families, so a small number is not published",
        required=False,
    )
    note = optional("Note", 500, help_text="Readers see it.")
    seen = version_seen()

    def __init__(self, *args: Any, row: Measured | None, **kwargs: Any) -> None:
        kwargs["initial"] = _of_figure(row) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.row = row

    def words(self) -> FigureWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data, row = self.cleaned_data, self.row
        same = row is not None and self.is_the_same(row)
        return FigureWords(
            measure=data["measure"],
            value=data["value"],
            qualifier=data["qualifier"],
            of_children=data["of_children"],
            telling=telling_after(row, note=data["note"], same=same),
        )

    def is_the_same(self, row: Any) -> bool:
        """Whether the figure itself is as it was, whatever became of the note."""
        names = ("measure", "value", "qualifier")
        return all(getattr(row, name) == self.cleaned_data[name] for name in names)


class PeriodFigureForm(FigureForm):
    """One figure of a period."""

    period = PeriodField()

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"period": row.period.span} if row else {}
        super().__init__(*args, row=row, **kwargs)
        self.order_fields(["measure", "period"])

    def entered(self) -> dict[str, Any]:
        """What was entered, for the action. Only after `is_valid()`."""
        data = self.cleaned_data
        return {
            "period": data["period"],
            "words": self.words(),
            "found": self.row,
            "seen": data["seen"],
        }

    def is_the_same(self, row: Any) -> bool:
        unmoved = row.period.span == self.cleaned_data["period"]
        return unmoved and super().is_the_same(row)


def _of_figure(row: Measured | None) -> dict[str, Any]:
    if row is None:
        return {"seen": 0, "qualifier": "exactly"}
    return {
        "measure": row.measure,
        "value": as_typed(row),
        "qualifier": row.qualifier,
        "of_children": row.of_children,
        "note": row.note,
        "seen": row.version,
    }
