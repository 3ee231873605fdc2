"""The whole return as one form: a row for each figure, of which any part may be filled in.

A row that was not touched is not saved. A row that cannot be saved keeps what was typed and
says why; the others are saved.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField

from metrics.actions import Closed, FigureError, Overtaken, Unsound
from metrics.entries import asks_for_two
from metrics.models import CannotSupply, Revision
from metrics.queries import ReturnRow, State
from metrics.readings import measure_of
from metrics.returns import tables
from metrics.returns.actions import Asks
from metrics.returns.divisions import Whole, wholes
from metrics.returns.excused import entered_in_words
from metrics.returns.forms import REASONS_FOR_NO_NUMBER, FigureForm
from metrics.returns.partitions import off
from metrics.returns.words import Words, theme_words
from metrics.returns.words_form import WordsRow, renewed, words_rows
from partnerships.elements import Progress, Tag
from partnerships.periods import day
from partnerships.templatetags.govuk import error_target

OVERTAKEN = (
    "{who} saved {theirs} since you opened the page. What you typed is still in the box and is "
    "not saved. Save again to put yours in place of theirs, or type theirs to keep it."
)
APPROVED_SINCE = (
    "This figure has been approved since you opened the page. What you typed is not saved. "
    "Correct the figure on its own page, with a reason."
)
NOT_WITH_THE_OTHERS = "Not saved, since the categories and their total do not go together."
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


@dataclass(slots=True)
class GridRow:
    """A figure in the grid; without a form where it is approved and only to be read."""

    row: ReturnRow
    form: RowForm | None
    excuse: CannotSupply | None = None
    overtaken: bool = False

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def name(self) -> str:
        """What the row is called: beneath its total a category needs its own name alone."""
        category = self.row.owed.category
        return str(category.name) if category else self.row.name

    @property
    def is_touched(self) -> bool:
        """Whether anything in it was typed by the person who sent it."""
        return self.form is not None and self.form.is_bound

    @property
    def state(self) -> Tag:
        return tables.STATE_TAGS[self.row.state]

    @property
    def sent_back(self) -> str:
        """Why it was sent back; empty where it was not."""
        if self.row.state is not State.SENT_BACK or self.row.latest is None:
            return ""
        return self.row.latest.decision.reason

    @property
    def makes_rate(self) -> bool:
        """Whether two numbers are asked for, of which the portal works out a third."""
        return asks_for_two(measure_of(self.row.indicator))

    @property
    def excused(self) -> str:
        """Until when the figure cannot be supplied, and why; empty where it is asked for."""
        if self.excuse is None or self.row.state is not State.NOT_ENTERED:
            return ""
        return f"Cannot be supplied until {day(self.excuse.until)}: {self.excuse.because}"

    def tell(self, came: Revision | FigureError) -> None:
        """Puts beside the row why it was not saved."""
        assert self.form is not None
        match came:
            case Unsound():
                self.form.show(came.problems)
            case Overtaken(latest=Revision() as latest):
                theirs = tables.words(latest, self.row.indicator)
                self.form.refuse(OVERTAKEN.format(who=latest.by, theirs=theirs))
                self.form.take_over(latest)
                self.overtaken = True
            case Asks():
                self.form.ask((each.message for each in came.found), came.about)
            case Closed():
                self.form.refuse(str(came))
            case FigureError():
                self.form.refuse(APPROVED_SINCE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the error summary, and the id of the field that it leads to."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A part of the form: the figures of one theme, and what agencies say about them."""

    name: str
    wholes: list[Whole]
    words: list[WordsRow]


class Grid:
    """The rows and texts of one return, shown or as they were sent."""

    def __init__(
        self,
        rows: Iterable[ReturnRow],
        words: Iterable[Words] = (),
        excused: Mapping[int, CannotSupply] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        known, excuses = list(rows), excused or {}
        before = _seen(known, data or {})
        self.rows = [
            GridRow(row, _form(row, data, before), excuses.get(row.indicator.pk)) for row in known
        ]
        self.words = words_rows(words, data)

    @property
    def errors(self) -> list[Line]:
        """What is wrong, in the order of the page; what a template asks of any form."""
        return [*_lines(self.rows), *_words_lines(self.words)]

    @property
    def themes(self) -> list[Theme]:
        return list(self._themes())

    def _themes(self) -> Iterator[Theme]:
        left = list(self.words)
        for theme, rows in groupby(self.rows, key=lambda each: each.row.indicator.theme):
            said = [each for each in left if each.words.theme == theme]
            left = [each for each in left if each.words.theme != theme]
            yield Theme(theme_words(theme), list(wholes(rows)), said)
        for theme, texts in groupby(left, key=lambda each: each.words.theme):
            yield Theme(theme_words(theme), [], list(texts))

    @property
    def progress(self) -> Progress:
        entered = sum(each.row.state is not State.NOT_ENTERED for each in self.rows)
        excused = sum(bool(each.excused) for each in self.rows)
        words = entered_in_words(entered, len(self.rows), excused)
        return Progress("entered", entered, len(self.rows) - excused, words, counted=False)

    def touched(self) -> list[GridRow]:
        return [each for each in self.rows if each.is_touched]

    def sound(self) -> dict[str, RowForm]:
        """The forms that were sent and may be saved, by the keys of their rows.

        Rows that would not add up with others are told so, and left out.
        """
        typed = {each.key: each for each in self.touched()}
        good = {key: each.form for key, each in typed.items() if each.form and each.form.is_valid()}
        entries = {key: good[key].entry() if key in good else None for key in typed}
        for group in off((each.row for each in self.rows), entries):
            here = [key for key in group.keys if key in good]
            for key in here:
                why = group.why if key == here[0] else NOT_WITH_THE_OTHERS
                good.pop(key).refuse(why)
        return good

    def renewed(self, fresh: "Grid") -> "Grid":
        """The grid as it stands now, with what could not be saved still in its boxes."""
        fresh.words = renewed(self.words, fresh.words)
        wrong = {each.key: each for each in self.rows if each.form and each.form.errors}
        for each in fresh.rows:
            if each.key in wrong:
                each.form = wrong[each.key].form
                each.overtaken = wrong[each.key].overtaken
        return fresh


def _form(
    row: ReturnRow, data: Mapping[str, Any] | None, before: Mapping[str, Revision]
) -> RowForm | None:
    if data is not None:
        if f"{row.key}-seen" not in data:
            return None
        form = RowForm(data, row=row, seen=before.get(row.key))
        return form if form.has_changed() else None
    return None if row.is_approved else RowForm(row=row, seen=row.latest)


def _seen(rows: list[ReturnRow], data: Mapping[str, Any]) -> dict[str, Revision]:
    """The revision that the sender had in front of them, by the key of its row.

    What somebody typed is told from what they left alone by it, not by what stands there now.
    """
    seen: dict[str, Revision] = {}
    earlier: dict[int, tuple[str, int]] = {}
    for row in rows:
        key, sent = row.key, str(data.get(f"{row.key}-seen", ""))
        if row.cell is None or row.latest is None or not sent.isdecimal():
            continue
        if row.latest.number == int(sent):
            seen[key] = row.latest
        elif 0 < int(sent) < row.latest.number:
            earlier[row.cell.pk] = (key, int(sent))
    if earlier:
        wanted = reduce(or_, (Q(cell=cell, number=n) for cell, (_, n) in earlier.items()))
        for revision in Revision.objects.filter(wanted):
            seen[earlier[revision.cell_id][0]] = revision
    return seen


def _lines(rows: Iterable[GridRow]) -> Iterator[Line]:
    for each in rows:
        if each.form is None or not each.form.is_bound:  # what nobody typed is not wrong
            continue
        name = each.row.name
        for problem in each.form.non_field_errors():
            yield Line(f"{name}: {problem}", each.form.boxes[0].id_for_label)
        for field in each.form:
            target = each.form.boxes[0] if field.is_hidden else field
            for problem in field.errors:
                yield Line(f"{name}: {problem}", error_target(target))


def _words_lines(rows: Iterable[WordsRow]) -> Iterator[Line]:
    for each in rows:
        for problem in each.form.errors.get("words", []):
            yield Line(f"{each.words.name}: {problem}", each.form["words"].id_for_label)
