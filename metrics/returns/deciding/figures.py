"""All figures of a return that wait for a second person, and the decision on many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms

from metrics import checks
from metrics.actions import FigureError, approve, send_back
from metrics.arithmetic.reading import Against
from metrics.checks import Context
from metrics.entries import Entry
from metrics.models import Comment, Revision
from metrics.queries import ReturnRow, State
from metrics.readings import measure_of, reading_of
from metrics.returns.deciding.resubmitted import Since
from metrics.returns.words import theme_words
from metrics.wording.changes import change_cell
from partnerships.models import User

QUIET = "quiet"  # `?tick=quiet` opens the page with these ticked
WAITS = frozenset({State.WAITING, State.CORRECTION_WAITING})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A figure that waits, with what an approver needs in order to decide."""

    row: ReturnRow
    latest: Revision
    on_quarter: str
    on_year: str
    since: str  # what it was when its part was submitted; empty where it is the same
    doubts: tuple[str, ...]
    comment: Comment | None
    is_own: bool

    @property
    def tick(self) -> str:
        """What a tick stands for: the figure, and the version that was seen."""
        return f"{self.row.key}@{self.latest.number}"

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to look at first.

        No question, nothing to be followed up, and no change since it was submitted.
        """
        return not (self.doubts or self.since or (self.comment and self.comment.follow_up))


class DecideForm(forms.Form):
    """Which figures, and what is to be put right where they are sent back."""

    ticked = forms.MultipleChoiceField(
        label="Figures", error_messages={"required": "Tick the figures that you decide on."}
    )
    reason = forms.CharField(
        label="What is to be put right", max_length=500, required=False, strip=True
    )

    def __init__(self, *args: Any, waiting: Iterable[Waiting]) -> None:
        super().__init__(*args)
        self.fields["ticked"].choices = [  # type: ignore[attr-defined]
            (each.tick, each.row.name) for each in waiting if not each.is_own
        ]
        self.fields["ticked"].error_messages["invalid_choice"] = (
            "One of the figures has been changed or decided on since you opened the page. "
            "Look at the figures below, then decide again."
        )

    @property
    def chosen(self) -> list[str]:
        """What was ticked, whether it can be decided on or not."""
        return list(self["ticked"].value() or []) if self.is_bound else []

    @property
    def sends_back(self) -> bool:
        return self.data.get("decision") == "send-back"

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if self.sends_back and not reason:
            raise forms.ValidationError("Say what is to be put right, then send them back.")
        return reason


def waiting_in(
    rows: Iterable[ReturnRow],
    contexts: Mapping[str, Context],
    changed: Mapping[int, Since],
    said: Mapping[str, Comment],
    *,
    by: User,
) -> list[Waiting]:
    """The rows that wait for a decision, in their order; `said` are comments by key."""
    return [
        Waiting(
            row=row,
            latest=row.latest,
            on_quarter=_change(row, row.quarter_before, "period-before"),
            on_year=_change(row, row.year_before, "year-before"),
            since=changed[row.cell.pk].words if row.cell and row.cell.pk in changed else "",
            doubts=_doubts(row.latest, contexts[row.key]),
            comment=said.get(row.key),
            is_own=row.latest.by_id == by.pk,
        )
        for row in rows
        if row.latest is not None and row.state in WAITS
    ]


def by_theme(waiting: Iterable[Waiting]) -> list[tuple[str, list[Waiting]]]:
    """The figures of each theme, in their order."""
    themes = groupby(waiting, key=lambda each: each.row.indicator.theme)
    return [(theme_words(theme), list(some)) for theme, some in themes]


def ticked_at_first(waiting: Iterable[Waiting], asked: str) -> list[str]:
    """What is ticked when the page opens: nothing, or what there is no question about.

    What there is a question about is ticked by hand: somebody has to have read it.
    """
    if asked != QUIET:
        return []
    return [each.tick for each in waiting if each.is_quiet and not each.is_own]


def decide(
    waiting: Iterable[Waiting], form: DecideForm, *, by: User, at: datetime
) -> tuple[int, list[str]]:
    """Decides on what is ticked, each figure by itself: how many, and why not the others.

    A reason that several figures share, as where a group does not add up, is given once.
    """
    done, refused = 0, defaultdict[str, list[str]](list)
    for each in waiting:
        if each.tick not in form.cleaned_data["ticked"] or each.row.cell is None:
            continue
        try:
            _decide_on(each, form, by=by, at=at)
        except FigureError as error:
            refused[str(error)].append(each.row.name)
        else:
            done += 1
    return done, [f"{', '.join(names)}: {why}" for why, names in refused.items()]


def _decide_on(each: Waiting, form: DecideForm, *, by: User, at: datetime) -> None:
    cell, seen = each.row.cell, each.latest.number
    assert cell is not None
    if form.sends_back:
        send_back(cell=cell, seen=seen, by=by, at=at, reason=form.cleaned_data["reason"])
    else:
        approve(cell=cell, seen=seen, by=by, at=at)


def _change(row: ReturnRow, before: Revision | None, against: Against) -> str:
    # Here and not above: SciPy takes a second, which every command would pay.
    from metrics.arithmetic.change import change_of

    assert row.latest is not None
    measure, after = measure_of(row.indicator), reading_of(row.latest)
    then = reading_of(before) if before else None
    return change_cell(change_of(then, after, measure, against=against), then, after, measure)


def _doubts(latest: Revision, context: Context) -> tuple[str, ...]:
    """What the checks find now, and what was answered when it was entered."""
    entry = Entry(
        value=latest.value if latest.numerator is None else None,
        numerator=latest.numerator,
        denominator=latest.denominator,
        marker=latest.marker if latest.numerator is None else "",
        marker_reason=latest.marker_reason,
    )
    said = tuple(each.finding for each in checks.warnings(entry, context))
    return (*said, f"Answer: {latest.answer}") if latest.answer else said
