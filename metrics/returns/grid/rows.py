"""The whole return as one form: a row for each figure, of which any part may be filled in.

A row that was not touched is not saved. A row that cannot be saved keeps what was typed and
says why; the others are saved.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Q

from metrics.actions import Closed, FigureError, Overtaken, Unsound
from metrics.entries import asks_for_two
from metrics.models import CannotSupply, Comment, Revision
from metrics.places import Place
from metrics.queries import ReturnRow, State
from metrics.readings import measure_of
from metrics.returns import tables
from metrics.returns.actions import Asks
from metrics.returns.cannot_supply.queries import entered_in_words
from metrics.returns.comments_form import CommentForm, sent_comment
from metrics.returns.grid.divisions import Whole, wholes
from metrics.returns.grid.row_form import RowForm
from metrics.returns.grid.words_form import WordsRow, renewed, words_rows
from metrics.returns.partitions import off
from metrics.returns.words import Words, theme_words
from partnerships.elements import Progress, Tag
from partnerships.models import User
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


@dataclass(slots=True)
class GridRow:
    """A figure in the grid; without a form where it is approved and only to be read."""

    row: ReturnRow
    form: RowForm | None
    excuse: CannotSupply | None = None
    comment: Comment | None = None
    typed_comment: CommentForm | None = None  # as it was sent; none where it was left alone
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
    def is_wrong(self) -> bool:
        """Whether anything that was typed in it could not be saved."""
        return any(form is not None and form.errors for form in (self.form, self.typed_comment))

    @property
    def folds_open(self) -> bool:
        """Whether what is folded away is wrong, or is no comment and says something."""
        comment_is_wrong = self.typed_comment is not None and bool(self.typed_comment.errors)
        return comment_is_wrong or (self.form is not None and self.form.is_open)

    @property
    def comment_form(self) -> CommentForm:
        """The boxes for a comment, as they stand or as they were sent."""
        return self.typed_comment or CommentForm(seen=self.comment, prefix=self.key)

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

    def save_comment(self, place: Place, *, by: User, at: datetime) -> bool:
        """Whether what was typed as a comment was saved; where not, it says beside it why."""
        form = self.typed_comment
        saved = form is not None and form.is_valid() and form.save(place, by=by, at=at)
        self.overtaken = self.overtaken or (form is not None and form.overtaken)
        return saved

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
        comments: Mapping[str, Comment] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        known, excuses = list(rows), excused or {}
        before = _seen(known, data or {})
        self.rows = [
            GridRow(
                row,
                _form(row, data, before),
                excuses.get(row.indicator.pk),
                said := (comments or {}).get(row.key),
                sent_comment(data or {}, said, prefix=row.key),
            )
            for row in known
        ]
        self.words = words_rows(words, data)

    @property
    def errors(self) -> list[Line]:
        """What is wrong, in the order of the page; what a template asks of any form."""
        figures = (line for each in self.rows for line in _lines(each))
        return [*figures, *_words_lines(self.words)]

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
        sent = {each.key: each for each in self.rows}
        for each in fresh.rows:
            typed = sent[each.key]
            if typed.form and typed.form.errors:
                each.form = typed.form
            if typed.typed_comment and typed.typed_comment.errors:
                each.typed_comment = typed.typed_comment
            each.overtaken = typed.overtaken
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


def _lines(each: GridRow) -> Iterator[Line]:
    name, form = each.row.name, each.form
    if form is not None and form.is_bound:  # what nobody typed is not wrong
        for problem in form.non_field_errors():
            yield Line(f"{name}: {problem}", form.boxes[0].id_for_label)
        for field in form:
            target = form.boxes[0] if field.is_hidden else field
            for problem in field.errors:
                yield Line(f"{name}: {problem}", error_target(target))
    if each.typed_comment is not None:
        box = each.typed_comment["comment"].id_for_label
        for problems in each.typed_comment.errors.values():
            yield from (Line(f"{name}: {problem}", box) for problem in problems)


def _words_lines(rows: Iterable[WordsRow]) -> Iterator[Line]:
    for each in rows:
        for problem in each.form.errors.get("words", []):
            yield Line(f"{each.words.name}: {problem}", each.form["words"].id_for_label)
