"""What waits for a person in the returns of their partnerships."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from metrics.models import Cell, Decision, ReturnStep
from metrics.returns.pending import Agencies, Pending, pending_at
from partnerships.models import User
from partnerships.people.waiting import Held, Waiting, waits_for_people
from partnerships.periods import Span
from partnerships.permissions import Permission

ENTERS = frozenset({Permission.ENTER_FIGURES, Permission.ENTER_OWN_AGENCY_FIGURES})


@waits_for_people
def in_returns(user: User, held: Sequence[Held], on: date) -> Iterator[Waiting]:
    """Figures to decide on, to follow up, to put right or to enter, and parts to submit."""
    concerned = [each for each in held if each.permissions & {*ENTERS, Permission.APPROVE_FIGURES}]
    if not concerned:
        return
    found = pending_at(concerned, on=on)
    for here in concerned:
        pending = found.get(here.partnership.pk)
        if pending is None:
            continue
        if Permission.APPROVE_FIGURES in here.permissions:
            yield from _to_decide(here, pending, user)
        yield from _to_follow_up(here, pending)
        if here.permissions & ENTERS:
            yield from _to_enter(here, pending)


def _to_decide(here: Held, pending: Pending, user: User) -> Iterator[Waiting]:
    """Figures of everybody, since a unit of one decides on its own with a reason; corrections of
    somebody else alone, since they need a second person."""
    figures: Counter[Span] = Counter()
    corrections: Counter[Span] = Counter()
    for cell in pending.cells:
        if _sent_back(cell) or not pending.asks(cell, None):
            continue
        if cell.approved_id is None:
            figures[cell.period.span] += 1
        elif cell.latest is not None and cell.latest.by_id != user.pk:
            corrections[cell.period.span] += 1
    for span, count in sorted(figures.items(), reverse=True):
        yield _waiting(here, span, "return_decide", f"decide on {_count(count, 'figure')}")
    for span, count in sorted(corrections.items(), reverse=True):
        words = f"confirm {_count(count, 'correction')} as second person"
        yield _waiting(here, span, "return_decide", words)


def _to_follow_up(here: Held, pending: Pending) -> Iterator[Waiting]:
    agencies = None if Permission.APPROVE_FIGURES in here.permissions else _entered_for(here)
    flagged = Counter(cell.period.span for cell in pending.flagged if pending.asks(cell, agencies))
    for span, count in sorted(flagged.items(), reverse=True):
        yield _waiting(here, span, "return_period", f"follow up {_count(count, 'figure')}")


def _entered_for(here: Held) -> Agencies:
    """The agencies that somebody enters figures for; None for all."""
    if Permission.ENTER_FIGURES in here.permissions:
        return None
    return [each.pk for each in here.agencies_for(Permission.ENTER_OWN_AGENCY_FIGURES)]


def _to_enter(here: Held, pending: Pending) -> Iterator[Waiting]:
    agencies = _entered_for(here)
    back: Counter[Span] = Counter(
        cell.period.span
        for cell in pending.cells
        if _sent_back(cell) and pending.asks(cell, agencies)
    )
    for span, count in sorted(back.items(), reverse=True):
        due = pending.due_of(span)
        words = f"put right {_count(count, 'figure')} sent back"
        yield _waiting(here, span, "return_grid", words, due)
    for part_of in pending.takes:
        span = part_of.period.span
        if count := len(pending.missing(part_of, agencies)):
            words = f"enter {_count(count, 'figure')}"
            yield _waiting(here, span, "return_grid", words, part_of.due)
        if count := len(pending.unsaid(part_of, agencies)):
            words = f"write {_count(count, 'text')} about the figures"
            yield _waiting(here, span, "return_grid", words, part_of.due)
    yield from _to_submit(here, pending)


def _to_submit(here: Held, pending: Pending) -> Iterator[Waiting]:
    """Parts of the person's own agencies that are whole and not submitted, or were given back."""
    for part_of in pending.takes:
        span = part_of.period.span
        for agency in here.agencies_for(Permission.ENTER_OWN_AGENCY_FIGURES):
            last = pending.last_step(part_of, agency)
            if agency.pk not in pending.wanted(span) or pending.missing(part_of, [agency.pk]):
                continue
            if pending.unsaid(part_of, [agency.pk]):
                continue
            if last is None or last.kind == ReturnStep.Kind.WITHDRAWN:
                words = f"submit the part of {agency.organisation}"
            elif last.kind == ReturnStep.Kind.RETURNED:
                words = f"put right and submit the part of {agency.organisation}, given back"
            else:
                continue
            yield _waiting(here, span, "return_agencies", words, part_of.due)


def _sent_back(cell: Cell) -> bool:
    decision = getattr(cell.latest, "decision", None)
    return decision is not None and decision.outcome == Decision.Outcome.SENT_BACK


def _waiting(here: Held, span: Span, page: str, words: str, due: date | None = None) -> Waiting:
    url = reverse(page, args=[here.partnership.slug, span.key])
    text = f"{span.label}: {words}"
    return Waiting(here.partnership, text, url, due, may_be_mailed=True)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
