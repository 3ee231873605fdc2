"""What may be changed about what agencies owe: returns that were submitted or have closed stay
as they are (docs/decisions/returns.md).

Called in a transaction. The returns are held, so that nobody submits, or enters a first figure
where a return has dates, between the look and the change.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from metrics.models import (
    Breakdown,
    Cell,
    Commentary,
    Dataset,
    Expectation,
    ExpectedWords,
    Return,
    ReturnStep,
)
from metrics.owed import asked_by, holds_in
from metrics.returns.closing import submitted_by
from partnerships.models import Agency
from partnerships.periods import Kind, Span, day
from partnerships.refusals import Refused

FROZEN = frozenset({ReturnStep.Kind.SUBMITTED, ReturnStep.Kind.LOCKED})
BEGIN_LATER = "Choose a later first return, or take the submission back first."
END_LATER = "Choose a later last return, or take the submission back first."
END_INSTEAD = "It can be ended with that return instead."


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to another one, or without an end."""

    first: date
    last: date | None

    def takes_in(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


def must_begin(agency: Agency, days: Days, *, on: date) -> None:
    """Raises `Refused` where a return of these days takes nothing new from the agency."""
    for found, step in _returns(agency, days):
        _must_be_open(found, step, agency, BEGIN_LATER, "first")
        _must_take_new(found, on)


def must_cease(asked: Expectation | ExpectedWords, days: Days, *, then: str = END_LATER) -> None:
    """Raises `Refused` where something hangs on it in a return of these days.

    `then` says what can be done instead.
    """
    for found, step in _returns(asked.agency, days):
        _must_be_open(found, step, asked.agency, then, "last")
    if isinstance(asked, Expectation):
        told = _figures(asked, days, _places(asked))
    else:
        told = _texts(asked, days)
    if told is not None:
        what = "a figure of it" if isinstance(asked, Expectation) else "a text of it"
        tail = END_INSTEAD if then == END_INSTEAD else "Choose that return or a later one."
        raise Refused(f"The return for {told.label} holds {what}, which stays. {tail}", "last")


def must_divide(
    asked: Expectation,
    days: Days,
    before: Collection[Breakdown],
    after: Collection[Breakdown],
    *,
    on: date,
) -> None:
    """Raises `Refused` where a return of these days cannot ask by other categories.

    New ones have to be taken, and those that go must have no figure.
    """
    for found, step in _returns(asked.agency, days):
        _must_be_open(found, step, asked.agency, BEGIN_LATER, "first")
        if set(after) - set(before):
            _must_take_new(found, on)
    gone = {each.pk for each in before} - {each.pk for each in after}
    told = _figures(asked, days, _places(asked, only=gone)) if gone else None
    if told is not None:
        raise Refused(
            f"The return for {told.label} holds a figure by the categories that would go, which "
            "stays. Choose a later return.",
            "first",
        )


def _places(asked: Expectation, *, only: Collection[int] | None = None) -> set[tuple[int, str]]:
    """Where its figures stand; of some breakdowns only, by their ids."""
    (own,) = asked_by(Expectation.objects.filter(pk=asked.pk))
    return {
        owed.place
        for owed in own.owed
        if only is None or (owed.category is not None and owed.category.breakdown_id in only)
    }


def _must_take_new(found: Return, on: date) -> None:
    if on > found.closed_to_new:
        raise Refused(
            f"The return for {found.period.span.label} closed to new figures after "
            f"{day(found.closed_to_new)}. Choose a later first return, or move that day.",
            "first",
        )


def _returns(agency: Agency, days: Days) -> list[tuple[Return, ReturnStep | None]]:
    """The partnership's returns of these days, held, with the agency's newest step.

    The newest return first: it says from or until when the agency can be asked.
    """
    held = (
        Return.objects.select_for_update(of=("self",))
        .filter(dataset__owner=agency.partnership_id, dataset__kind=Dataset.Kind.RETURNS)
        .filter(period__last__gte=days.first)
        .select_related("period")
        .order_by("-period__last")
    )
    returns = [each for each in held if days.takes_in(each.period.last)]
    steps = ReturnStep.objects.filter(part_of__in=returns, agency=agency).order_by("at", "pk")
    newest = {step.part_of_id: step for step in steps.select_related("agency__organisation")}
    return [(each, newest.get(each.pk)) for each in returns]


def _must_be_open(
    found: Return, step: ReturnStep | None, agency: Agency, then: str, field: str
) -> None:
    if step is None or step.kind not in FROZEN:
        return
    if step.kind == ReturnStep.Kind.LOCKED:
        raise Refused(
            f"The part of {agency.organisation} in the return for {found.period.span.label} is "
            f"locked. {then.partition(', or')[0].rstrip('.')}.",
            field,
        )
    quarter = f"the return for {found.period.span.label}"
    raise Refused(f"{submitted_by(step).replace('this return', quarter)} {then}", field)


def _figures(asked: Expectation, days: Days, places: Collection[tuple[int, str]]) -> Span | None:
    """The newest quarter with a figure in one of the places that nobody else is asked for."""
    figures = Cell.objects.filter(
        dataset__owner=asked.agency.partnership_id,
        dataset__kind=Dataset.Kind.RETURNS,
        area__partnership=asked.agency.partnership_id,
        indicator=asked.indicator_id,
        period__kind=Kind.QUARTER,
        period__last__gte=days.first,
        latest__isnull=False,
    ).select_related("period", "slice")
    others = asked_by(
        Expectation.objects.filter(
            agency__partnership=asked.agency.partnership_id, indicator=asked.indicator_id
        ).exclude(pk=asked.pk)
    )
    return _newest(
        cell.period.span
        for cell in figures
        if days.takes_in(cell.period.last)
        and (cell.indicator_id, cell.slice.key) in places
        and not any(
            other.holds_in(cell.period.span)
            and (cell.indicator_id, cell.slice.key) in {owed.place for owed in other.owed}
            for other in others
        )
    )


def _texts(asked: ExpectedWords, days: Days) -> Span | None:
    """The newest quarter with a text."""
    texts = Commentary.objects.filter(agency=asked.agency_id, theme=asked.theme)
    spans = (each.period.span for each in texts.select_related("period"))
    return _newest(span for span in spans if days.takes_in(span.last) and holds_in(asked, span))


def _newest(spans: Iterable[Span]) -> Span | None:
    return max(spans, key=lambda span: span.last, default=None)
