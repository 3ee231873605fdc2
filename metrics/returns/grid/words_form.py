"""The boxes for an agency's words in the form of a return."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.html import escape

from metrics.models import Commentary, Dataset
from metrics.returns.words import Words, WordsOvertaken, save_words
from partnerships.models import User
from partnerships.periods import Span
from partnerships.refusals import Refused

OVERTAKEN = (
    "{who} saved other words since you opened the page: “{theirs}” What you wrote is still in "
    "the box and is not saved. Save again to put yours in place of theirs."
)


class WordsForm(forms.Form):
    """One text, on top of the version that its writer had in front of them."""

    words = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "govuk-textarea"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, words: Words, seen: Commentary | None
    ) -> None:
        initial = {"words": seen.words if seen else "", "seen": seen.number if seen else 0}
        super().__init__(data, initial=initial, prefix=words.key)
        self.fields["words"].label = f"What the figures show: {words.name}"
        self.fields["words"].help_text = escape(words.question)  # people wrote it

    def take_over(self, latest: Commentary) -> None:
        """After another person's save: the next save of this form is on top of theirs."""
        self.data = dict(self.data.items()) | {self.add_prefix("seen"): latest.number}


@dataclass(slots=True)
class WordsRow:
    """The box of one agency and theme, shown or as it was sent."""

    words: Words
    form: WordsForm
    overtaken: bool = False

    @property
    def key(self) -> str:
        return self.words.key

    @property
    def is_touched(self) -> bool:
        return self.form.is_bound

    def refuse(self, error: Refused) -> None:
        """Puts beside the box why it was not saved."""
        if isinstance(error, WordsOvertaken):
            said = OVERTAKEN.format(who=error.latest.by, theirs=error.latest.words)
            self.form.add_error("words", said)
            self.form.take_over(error.latest)
            self.overtaken = True
        else:
            self.form.add_error("words", str(error))


def words_rows(words: Iterable[Words], data: Mapping[str, Any] | None = None) -> list[WordsRow]:
    """The boxes of a return; bound where something was typed into them."""
    return [WordsRow(each, _form(each, data)) for each in words]


def renewed(sent: Iterable[WordsRow], fresh: list[WordsRow]) -> list[WordsRow]:
    """The boxes as they stand now, with what could not be saved still in them."""
    wrong = {each.key: each for each in sent if each.form.errors}
    return [wrong.get(each.key, each) for each in fresh]


def save_typed(
    rows: Iterable[WordsRow], *, dataset: Dataset, span: Span, by: User, at: datetime
) -> tuple[int, bool]:
    """How many texts were saved, and whether somebody else's was in the way of one."""
    saved, overtaken = 0, False
    for each in _sound(rows):
        typed = each.form.cleaned_data
        try:
            save_words(
                at_place=each.words,
                dataset=dataset,
                span=span,
                words=typed["words"],
                seen=typed["seen"],
                by=by,
                at=at,
            )
        except Refused as error:
            each.refuse(error)
            overtaken = overtaken or isinstance(error, WordsOvertaken)
        else:
            saved += 1
    return saved, overtaken


def _sound(rows: Iterable[WordsRow]) -> Iterator[WordsRow]:
    return (each for each in rows if each.is_touched and each.form.is_valid())


def _form(words: Words, data: Mapping[str, Any] | None) -> WordsForm:
    sent = str((data or {}).get(f"{words.key}-seen", ""))
    if data is not None and sent:
        seen = next((each for each in words.versions if str(each.number) == sent), None)
        form = WordsForm(data, words=words, seen=seen)
        if form.has_changed():
            return form
    return WordsForm(words=words, seen=words.latest)
