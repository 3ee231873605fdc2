"""The tables of the return's pages, as plain values for the component templates."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils import timezone

from metrics.models import Cell, Comment, Indicator, Revision
from metrics.queries import ReturnRow, State
from metrics.readings import measure_of, reading_of
from metrics.returns.closing import closed_words, due_words
from metrics.returns.quarters import Quarter
from metrics.wording import value_words
from metrics.wording.values import FLAG_WORDS
from partnerships.elements import Cell as TableCell
from partnerships.elements import Column, Link, Marker, Table, Tag, table
from partnerships.models import Partnership
from partnerships.periods import Span, day

STATE_TAGS: dict[State, Tag] = {
    State.NOT_ENTERED: Tag(State.NOT_ENTERED, "grey"),
    State.WAITING: Tag(State.WAITING, "blue"),
    State.SENT_BACK: Tag(State.SENT_BACK, "orange"),
    State.APPROVED: Tag(State.APPROVED, "green"),
    State.CORRECTION_WAITING: Tag(State.CORRECTION_WAITING, "blue"),
    State.CORRECTION_SENT_BACK: Tag(State.CORRECTION_SENT_BACK, "orange"),
}
CANNOT = Tag("Cannot be supplied", "yellow")
FOLLOW_UP = Tag("To be followed up", "yellow")
NO_FIGURE = "–"
NO_DATES = "Not set"

Cells = list[TableCell | Link | Tag | str]


def quarters(partnership: Partnership, rows: Iterable[Quarter]) -> Table:
    """The quarters, and how many figures of each stand in each state."""
    return table(
        "quarters",
        "Figures in each state, by quarter",
        [Column("Quarter", whole=True), *(Column(state.value, numeric=True) for state in State)],
        (
            [_quarter(partnership, row.span), *(str(row.states[state]) for state in State)]
            for row in rows
        ),
    )


def dates(partnership: Partnership, rows: Iterable[Quarter], *, on: date) -> Table:
    """When the return of each quarter is due, and when it closes."""
    return table(
        "dates",
        "When each return is due and closes",
        [Column("Quarter", whole=True), "Due", "Last day for new figures", "Last day for changes"],
        (
            [
                _quarter(partnership, row.span),
                *(
                    [
                        due_words(row.dates.due, on=on, days_late=row.days_late),
                        closed_words(row.dates.closed_to_new, on=on),
                        closed_words(row.dates.closed_to_edits, on=on),
                    ]
                    if row.dates
                    else [NO_DATES, NO_FIGURE, NO_FIGURE]
                ),
            ]
            for row in rows
        ),
    )


def figures(
    partnership: Partnership, span: Span, rows: Iterable[ReturnRow], excused: Collection[int] = ()
) -> Table:
    """One quarter's figures beside the quarter before and the same quarter a year before.

    `excused` are the indicators that cannot be supplied at present.
    """
    before = span.quarter_before
    assert before is not None  # a return is of a quarter
    return table(
        "figures",
        f"Figures of {span.label}",
        [
            "Indicator",
            Column(span.year_before.label, numeric=True, beside=True),
            Column(before.label, numeric=True, beside=True),
            Column(span.label, numeric=True, beside=True),
            "State",
        ],
        (_figures(partnership, span, row, excused) for row in rows),
    )


def follow_ups(
    partnership: Partnership, span: Span, rows: Iterable[ReturnRow], said: Mapping[str, Comment]
) -> Table:
    """The figures of a quarter that somebody is to follow up; `said` are comments by key."""
    flagged_rows = (
        (row, said[row.key]) for row in rows if row.key in said and said[row.key].follow_up
    )
    return table(
        "follow-ups",
        "To be followed up",
        ["Indicator", Column("Comment", long=True), "Saved"],
        (
            [
                Link(row.name, f"{_page(partnership, span, row)}#comment"),
                comment.words,
                f"{comment.by}, {moment(comment)}",
            ]
            for row, comment in flagged_rows
        ),
    )


def history(cell: Cell | None, revisions: Iterable[Revision], indicator: Indicator) -> Table:
    """Every version of a figure, newest first: who, when, why, and what was decided."""
    return table(
        "history",
        "Every version of this figure, newest first",
        ["Version", Column("Figure", numeric=True), "Entered", "Why", "Decision"],
        (
            [
                str(revision.number),
                flagged(revision, indicator),
                f"{revision.by}, {moment(revision)}",
                revision.reason or "First entered.",
                decision(revision, cell),
            ]
            for revision in revisions
        ),
    )


def comments(versions: Iterable[Comment]) -> Table:
    """Versions of the comment on a figure: who said what to colleagues, and when."""
    return table(
        "comments",
        "Earlier versions of the comment, newest first",
        ["Version", Column("Comment", long=True), "Saved"],
        ([str(each.number), _comment(each), f"{each.by}, {moment(each)}"] for each in versions),
    )


def words(revision: Revision | None, indicator: Indicator) -> str:
    """A figure as people read it; a dash where nobody has entered one."""
    if revision is None:
        return NO_FIGURE
    return value_words(reading_of(revision), measure_of(indicator))


def flagged(revision: Revision | None, indicator: Indicator) -> str:
    """A figure as people read it, with its flags: 4,368 [r]."""
    flags = "".join(f"[{flag}]" for flag in revision.flags) if revision else ""
    return f"{words(revision, indicator)} {flags}".strip()


def flags_told(revisions: Iterable[Revision]) -> list[Marker]:
    """What the flags of these versions mean."""
    shown = {flag for revision in revisions for flag in revision.flags}
    return [Marker(f"[{flag}]", said) for flag, said in FLAG_WORDS.items() if flag in shown]


def moment(version: Revision | Comment) -> str:
    """When a version was saved: 21 November 2026, 09:30."""
    at = timezone.localtime(version.at)
    return f"{day(at.date())}, {at:%H:%M}"


def decision(revision: Revision, cell: Cell | None) -> str:
    """What was decided about a version, by whom and why."""
    made = getattr(revision, "decision", None)
    if made is not None:
        at = timezone.localtime(made.at)
        own = "Own entry." if made.own_entry else ""
        said = f"{made.get_outcome_display()} by {made.by}, {day(at.date())}, {at:%H:%M}."
        return " ".join(filter(None, [said, own, made.reason]))
    if cell is not None and revision.pk == cell.latest_id != cell.approved_id:
        return "Waiting for another person."
    if revision.by.is_system:
        return "Loaded from a file, which counts as approved."
    return "Replaced before anybody decided."


def _comment(version: Comment) -> str:
    if not version.words:
        return "Taken away."
    return f"To be followed up: {version.words}" if version.follow_up else version.words


def _quarter(partnership: Partnership, span: Span) -> Link:
    return Link(span.label, reverse("return_period", args=[partnership.slug, span.key]))


def _page(partnership: Partnership, span: Span, row: ReturnRow) -> str:
    return reverse("return_cell", args=[partnership.slug, span.key, row.key])


def state_of(row: ReturnRow, excused: Collection[int]) -> Tag:
    """The state of a figure; of one that nobody entered, whether it cannot be supplied."""
    if row.state is State.NOT_ENTERED and row.indicator.pk in excused:
        return CANNOT
    return STATE_TAGS[row.state]


def _figures(
    partnership: Partnership, span: Span, row: ReturnRow, excused: Collection[int]
) -> Cells:
    indicator = row.indicator
    return [
        Link(row.name, _page(partnership, span, row)),
        flagged(row.year_before, indicator),
        flagged(row.quarter_before, indicator),
        flagged(row.latest, indicator),
        state_of(row, excused),
    ]
