"""The quarters of a partnership's returns: what each asks for, how far it is, and what is late."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics import queries
from metrics.models import CannotSupply, Dataset, Return, ReturnStep
from metrics.owed import Asked, Owed, asked_of
from metrics.queries import State, any_of
from metrics.returns.cannot_supply.queries import said_on
from metrics.returns.parts.standing import part_state
from partnerships.models import Agency, Partnership
from partnerships.periods import Span

Excused = Collection[tuple[int, int]]  # agencies and indicators


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter's return: its dates, its figures by state, and how many days late its parts are.

    `days_late` is 0 while nothing is late.
    """

    span: Span
    dates: Return | None
    states: Mapping[State, int]
    days_late: int


def quarters_of(
    dataset: Dataset, spans: Iterable[Span], *, on: date, agencies: Collection[Agency] | None
) -> list[Quarter]:
    """The quarters as these agencies, or all, meet them on a day; seven queries at most."""
    wanted, partnership = list(spans), dataset.owner
    assert partnership is not None  # returns are of a partnership
    asked = asked_of(partnership, agencies)
    holding = {span: [each for each in asked if each.holds_in(span)] for span in wanted}
    owed = {span: _once(here) for span, here in holding.items()}
    states = queries.figure_states(dataset, partnership.area, owed)
    dates = {
        each.period.span: each
        for each in Return.objects.filter(any_of(wanted), dataset=dataset).select_related("period")
    }
    steps = _last_steps(dates.values())
    excused = _excused(partnership, on)
    return [
        Quarter(
            span=span,
            dates=dates.get(span),
            states=dict.fromkeys(State, 0) | Counter(states[span].values()),
            days_late=_days_late(dates.get(span), holding[span], states[span], steps, excused, on),
        )
        for span in wanted
    ]


def _once(asked: Iterable[Asked]) -> list[Owed]:
    """What several agencies are asked for is one figure."""
    return list({owed.key: owed for each in asked for owed in each.owed}.values())


def _last_steps(returns: Iterable[Return]) -> dict[tuple[int, int], ReturnStep]:
    """The newest step by return and agency; one query."""
    found = ReturnStep.objects.filter(part_of__in=list(returns)).order_by("at", "pk")
    return {(step.part_of_id, step.agency_id): step for step in found}


def _excused(partnership: Partnership, on: date) -> Excused:
    said = CannotSupply.objects.filter(said_on(on), agency__partnership=partnership)
    return set(said.values_list("agency_id", "indicator_id"))


def _days_late(
    found: Return | None,
    asked: Sequence[Asked],
    states: Mapping[tuple[int, str], State],
    steps: Mapping[tuple[int, int], ReturnStep],
    excused: Excused,
    on: date,
) -> int:
    if found is None or on <= found.due:
        return 0
    by_agency: dict[Agency, dict[str, Owed]] = defaultdict(dict)
    for each in asked:
        by_agency[each.expectation.agency].update((owed.key, owed) for owed in each.owed)
    late = any(
        _waits(agency, owed.values(), states, steps.get((found.pk, agency.pk)), excused)
        for agency, owed in by_agency.items()
    )
    return (on - found.due).days if late else 0


def _waits(
    agency: Agency,
    owed: Iterable[Owed],
    states: Mapping[tuple[int, str], State],
    last: ReturnStep | None,
    excused: Excused,
) -> bool:
    """Whether an agency's part is still to come."""
    figures = [(each.indicator.pk, states[each.place]) for each in owed]
    came = [state for _, state in figures if state is not State.NOT_ENTERED]
    missing = sum(
        state is State.NOT_ENTERED and (agency.pk, indicator) not in excused
        for indicator, state in figures
    )
    approved = came.count(State.APPROVED)
    return part_state(last, missing=missing, entered=len(came), approved=approved).waits
