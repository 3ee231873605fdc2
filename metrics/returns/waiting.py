"""What waits for a person in the returns of a partnership."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from metrics import queries
from metrics.models import Dataset, ExpectedWords, Return
from metrics.queries import State
from metrics.returns.words import words_expected, words_of
from partnerships.models import Partnership, User
from partnerships.people.waiting import Waiting, waits_for_people
from partnerships.periods import Span
from partnerships.permissions import Permission, agencies_of

QUARTERS = 4


@waits_for_people
def in_returns(
    user: User, partnership: Partnership, permissions: frozenset[Permission], on: date
) -> Iterator[Waiting]:
    """Figures to decide on, put right or enter, in the last four quarters."""
    enters = {Permission.ENTER_FIGURES, Permission.ENTER_OWN_AGENCY_FIGURES} & permissions
    approves = Permission.APPROVE_FIGURES in permissions
    dataset = queries.returns_dataset(partnership) if enters or approves else None
    if dataset is None:
        return
    quarters = queries.quarters_to(on, QUARTERS)
    if approves:
        every = queries.owed_figures(partnership, on=on)
        states = queries.return_states(dataset, partnership.area, quarters, every)
        yield from _to_decide(partnership, states)
    if enters:
        whole = Permission.ENTER_FIGURES in permissions
        own = None if whole else agencies_of(user, partnership, on=on)
        mine = queries.owed_figures(partnership, on=on, agencies=own)
        states = queries.return_states(dataset, partnership.area, quarters, mine)
        takes = _open(dataset, on)
        yield from _to_enter(partnership, states, takes)
        yield from _to_write(
            dataset, partnership, takes, words_expected(partnership, on=on, agencies=own)
        )


def _open(dataset: Dataset, on: date) -> dict[date, Return]:
    """The returns that still take new figures, by the last day of their quarters."""
    takes = Return.objects.filter(dataset=dataset, closed_to_new__gte=on).select_related("period")
    return {each.period.last: each for each in takes}


def _to_decide(partnership: Partnership, states: dict[Span, dict[State, int]]) -> Iterator[Waiting]:
    for span, counts in states.items():
        if count := counts[State.WAITING] + counts[State.CORRECTION_WAITING]:
            url = reverse("return_decide", args=[partnership.slug, span.key])
            yield Waiting(f"{span.label}: decide on {_figures(count)}", url)


def _to_enter(
    partnership: Partnership,
    states: dict[Span, dict[State, int]],
    takes: dict[date, Return],
) -> Iterator[Waiting]:
    for span, counts in states.items():
        url = reverse("return_grid", args=[partnership.slug, span.key])
        due = takes[span.last].due if span.last in takes else None
        if count := counts[State.SENT_BACK] + counts[State.CORRECTION_SENT_BACK]:
            yield Waiting(f"{span.label}: put right {_figures(count)} sent back", url, due)
        if due and (count := counts[State.NOT_ENTERED]):
            yield Waiting(f"{span.label}: enter {_figures(count)}", url, due)


def _to_write(
    dataset: Dataset,
    partnership: Partnership,
    takes: dict[date, Return],
    expected: list[ExpectedWords],
) -> Iterator[Waiting]:
    for part_of in takes.values() if expected else ():
        span = part_of.period.span
        texts = words_of(dataset, span, expected)
        if count := sum(each.latest is None for each in texts):
            url = reverse("return_grid", args=[partnership.slug, span.key])
            what = "1 text" if count == 1 else f"{count} texts"
            yield Waiting(f"{span.label}: write {what} about the figures", url, part_of.due)


def _figures(count: int) -> str:
    return f"{count} {'figure' if count == 1 else 'figures'}"
