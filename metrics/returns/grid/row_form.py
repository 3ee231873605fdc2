"""The form of one figure in the grid."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from metrics.models import Revision
from metrics.queries import ReturnRow, State
from metrics.returns.figure.forms import REASONS_FOR_NO_NUMBER, FigureForm

SELDOM = ("marker", "marker_reason", "note")  # folded away, above the tick for provisional
SAID_AGAIN = "Sent again as it stands, after it was sent back."


class RowForm(FigureForm):
    """One figure in the grid."""

    marker = forms.ChoiceField(
        label=FigureForm.declared_fields["marker"].label,
        choices=REASONS_FOR_NO_NUMBER,
        required=False,
    )
    note = forms.CharField(
        label=FigureForm.declared_fields["note"].label,
        help_text=FigureForm.declared_fields["note"].help_text,
        max_length=500,
        required=False,
    )
    again = forms.BooleanField(label="It is right: send it again as it stands", required=False)

    def __init__(self, *args: Any, row: ReturnRow, seen: Revision | None, **kw: Any) -> None:
        super().__init__(*args, owed=row.owed, latest=seen, prefix=row.key, **kw)
        if row.state is not State.SENT_BACK:
            del self.fields["again"]
        for name in self.numbers:
            self.fields[name].widget.attrs.update(
                {"class": "", "data-entry-number": "", "autocomplete": "off"}
            )

    @property
    def boxes(self) -> list[BoundField]:
        return [self[name] for name in self.numbers]

    @property
    def asks(self) -> bool:
        """Whether it is to be said why what looks wrong is right."""
        return "answer" in self.fields

    @property
    def own_words(self) -> list[BoundField]:
        """The box beside the likely answers."""
        return [self["answer_words"]]

    @property
    def is_open(self) -> bool:
        """Whether what is folded away says something already, or is wrong."""
        if not self.is_bound:
            return any(self.initial.get(name) for name in (*SELDOM, "provisional"))
        fields = [self[name] for name in (*SELDOM, "provisional")]
        return any(field.errors or field.value() for field in fields)

    def refuse(self, why: str) -> None:
        """Puts beside the number why the row is not saved."""
        self.add_error(self.numbers[0], why)

    @property
    def reason(self) -> str:
        return SAID_AGAIN if self.cleaned_data.get("again") else ""
