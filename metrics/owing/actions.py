"""Verbs about what agencies owe: asked for, ended, taken back where it was asked for in error."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from metrics.models import Breakdown, Expectation, ExpectedWords, Indicator
from metrics.owing.asking import (
    MEANWHILE,
    Asking,
    as_it_stands,
    codes,
    divide,
    hold,
    in_words,
    noun,
    record_asking,
    subject_of,
)
from metrics.owing.effects import END_INSTEAD, Days, must_begin, must_cease
from metrics.owing.queries import first_quarter, last_quarter
from partnerships.models import Agency, User
from partnerships.periods import Span
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out


def ask_for(
    *,
    agency: Agency,
    indicators: Sequence[Indicator],
    breakdowns: Sequence[Breakdown],
    first: Span,
    by: User,
    at: datetime,
) -> list[Expectation]:
    """Asks an agency for figures from a quarter on, by category where breakdowns are given.

    All of them or, with `Refused`, none.
    """
    if not indicators:
        raise Refused("Tick at least one figure.")
    try:
        with transaction.atomic():
            hold(agency)
            _must_stand(agency, first)
            standing = Expectation.objects.filter(agency=agency, indicator__in=indicators)
            _alone(agency, standing.select_related("indicator"), Days(first.first, None))
            must_begin(agency, Days(first.first, None), on=timezone.localdate(at))
            return [_asked(agency, each, breakdowns, first, by) for each in indicators]
    except IntegrityError as error:
        raise Refused(MEANWHILE.format(agency=agency.organisation)) from error


def ask_for_words(
    *, agency: Agency, theme: str, question: str, first: Span, by: User, at: datetime
) -> ExpectedWords:
    """Asks an agency for words on a theme from a quarter on. Raises `Refused`."""
    try:
        with transaction.atomic():
            hold(agency)
            _must_stand(agency, first)
            standing = ExpectedWords.objects.filter(agency=agency, theme=theme)
            _alone(agency, standing, Days(first.first, None))
            must_begin(agency, Days(first.first, None), on=timezone.localdate(at))
            made = ExpectedWords.objects.create(
                agency=agency, theme=theme, question=question, first=first.first
            )
            record_asking(made, "words asked for", by, first=str(made.first), question=question)
            return made
    except IntegrityError as error:
        raise Refused(MEANWHILE.format(agency=agency.organisation)) from error


def end(*, asking: Asking, last: Span | None, seen: date | None, by: User, at: datetime) -> Asking:
    """Gives what is asked for its last return, another one, or no end again.

    `seen` is the last day that the person had in front of them. Raises `Refused`, `Overtaken`.
    """
    new = last.last if last else None
    if new is not None and new < asking.first:
        raise Refused(f"Choose {first_quarter(asking).label} or a later return.", "last")
    try:
        with transaction.atomic():
            hold(asking.agency)
            found = as_it_stands(asking)
            if found.last != seen:
                raise Overtaken
            if found.last == new:
                return found
            _move_end(found, new, on=timezone.localdate(at))
            before, found.last = found.last, new
            found.save(update_fields=["last"])
            record_asking(
                found,
                f"asking for {noun(found)} ended",
                by,
                last=_plain(new),
                before=_plain(before),
            )
            return found
    except IntegrityError as error:
        raise Refused(MEANWHILE.format(agency=asking.agency.organisation)) from error


def take_back(asking: Asking, why: Removal) -> None:
    """Removes what was asked for in error. Raises `Refused` where something hangs on it."""
    with transaction.atomic():
        hold(asking.agency)
        found = as_it_stands(asking)
        must_cease(found, Days(found.first, found.last), then=END_INSTEAD)
        take_out(
            found,
            why,
            verb=f"asking for {noun(found)} taken back",
            subject=subject_of(found),
            parts=[found.breakdowns.all()] if isinstance(found, Expectation) else (),
        )


def _asked(
    agency: Agency, indicator: Indicator, breakdowns: Iterable[Breakdown], first: Span, by: User
) -> Expectation:
    made = Expectation.objects.create(agency=agency, indicator=indicator, first=first.first)
    divide(made, breakdowns)
    record_asking(made, "figure asked for", by, first=str(made.first), breakdowns=codes(breakdowns))
    return made


def _must_stand(agency: Agency, first: Span) -> None:
    if agency.last is not None and agency.last < first.last:
        raise Refused(
            f"{agency.organisation} left the partnership before {first.label} ended. Choose a "
            "return before that.",
            "first",
        )


def _alone(agency: Agency, standing: Iterable[Asking], days: Days) -> None:
    """Raises `Refused` that names all of `standing` that hold on one of the days."""
    there = [each for each in standing if _meets(each, days)]
    if there:
        named = "; ".join(f"{in_words(each)}, {_holds(each)}" for each in there)
        raise Refused(
            f"{agency.organisation} is asked for this already: {named}. End that first, or choose "
            "a later first return."
        )


def _meets(asking: Asking, days: Days) -> bool:
    ends_before = asking.last is not None and asking.last < days.first
    return not ends_before and (days.last is None or asking.first <= days.last)


def _holds(asking: Asking) -> str:
    last = last_quarter(asking)
    return f"from {first_quarter(asking).label}" + (f" to {last.label}" if last else "")


def _move_end(found: Asking, new: date | None, *, on: date) -> None:
    """Raises `Refused` where the days between the two ends cannot be added or given up."""
    old = found.last
    longer = old is not None and (new is None or new > old)
    if longer and old is not None:
        added = Days(old + timedelta(days=1), new)
        _alone(found.agency, _others(found), added)
        must_begin(found.agency, added, on=on)
    elif new is not None:
        must_cease(found, Days(new + timedelta(days=1), old))


def _others(found: Asking) -> Iterable[Asking]:
    """What else the same agency is, was or will be asked for of the same."""
    if isinstance(found, Expectation):
        same = Q(agency=found.agency, indicator=found.indicator)
        return Expectation.objects.filter(same).exclude(pk=found.pk).select_related("indicator")
    same = Q(agency=found.agency, theme=found.theme)
    return ExpectedWords.objects.filter(same).exclude(pk=found.pk)


def _plain(on: date | None) -> str:
    return str(on) if on else ""
