"""How far each agency's part of a return has come: worked out from figures and steps."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from metrics import queries
from metrics.models import CannotSupply, Return, ReturnNotice, ReturnStep
from metrics.owed import Owed, expectations_on, owed_by
from metrics.queries import ReturnRow, State
from metrics.returns.cannot_supply.queries import said_on
from metrics.returns.partitions import Off, off
from metrics.returns.words import Words, words_expected, words_of
from partnerships.models import Agency, Partnership
from partnerships.periods import Span


class PartState(StrEnum):
    """How far an agency's part has come."""

    OPEN = "Open"
    SUBMITTED = "Submitted"
    RETURNED = "Returned"
    APPROVED = "Approved"
    LOCKED = "Locked"

    @property
    def waits(self) -> bool:
        """Whether the agency has still to do something."""
        return self in {PartState.OPEN, PartState.RETURNED}


@dataclass(frozen=True, slots=True)
class Part:
    """An agency's part: how many figures are asked for, and how many of them have come how far.

    `rows` are all of them. `excused` cannot be supplied on the day, and were not entered either.
    `came` is the day on which it was first submitted. What keeps it from being submitted: `lacks`
    are figures to enter, `back` wait for whoever entered them, of `off` the categories do not make
    their totals, and `unsaid` are those not written of the `texts` that are asked for beside the
    figures.
    """

    agency: Agency
    rows: tuple[ReturnRow, ...]
    entered: int
    approved: int
    excused: tuple[ReturnRow, ...]
    last: ReturnStep | None
    chased: date | None
    due: date | None
    came: date | None = None
    lacks: tuple[ReturnRow, ...] = ()
    back: tuple[ReturnRow, ...] = ()
    off: tuple[Off, ...] = ()
    texts: int = 0
    unsaid: tuple[Words, ...] = ()

    @property
    def wanted(self) -> int:
        return len(self.rows)

    @property
    def missing(self) -> int:
        return len(self.lacks)

    @property
    def texts_missing(self) -> int:
        return len(self.unsaid)

    @property
    def is_whole(self) -> bool:
        """Whether nothing keeps it from being submitted."""
        return not (self.lacks or self.back or self.off or self.unsaid)

    @property
    def state(self) -> PartState:
        return part_state(
            self.last, missing=self.missing, entered=self.entered, approved=self.approved
        )

    def is_late(self, on: date) -> bool:
        return self.state.waits and self.due is not None and on > self.due

    @property
    def days_late(self) -> int:
        """How many days after it was due the part came; 0 where it came in time or not yet.

        One that was given back and sent again came when it was first submitted.
        """
        if self.due is None or self.came is None:
            return 0
        return max(0, (self.came - self.due).days)


def part_state(last: ReturnStep | None, *, missing: int, entered: int, approved: int) -> PartState:
    """The state of a part after its last step, with so many of its figures."""
    kind = last.kind if last else ""
    if kind == ReturnStep.Kind.LOCKED:
        return PartState.LOCKED
    if kind == ReturnStep.Kind.RETURNED:
        return PartState.RETURNED
    if missing == 0 and entered and approved == entered:
        return PartState.APPROVED
    return PartState.SUBMITTED if kind == ReturnStep.Kind.SUBMITTED else PartState.OPEN


def parts(part_of: Return, *, on: date, agencies: Iterable[Agency] | None = None) -> list[Part]:
    """The part of each agency that is asked for figures, by name; eight queries at most."""
    partnership = part_of.dataset.owner
    assert partnership is not None  # returns are of a partnership
    span = part_of.period.span
    wanted = _wanted(partnership, span, agencies=agencies)
    if not wanted:
        return []
    every = {owed.key: owed for asked in wanted.values() for owed in asked}
    rows = {
        row.key: row
        for row in queries.return_rows(part_of.dataset, partnership.area, span, every.values())
    }
    excused = set(
        CannotSupply.objects.filter(said_on(on), agency__partnership=partnership).values_list(
            "agency_id", "indicator_id"
        )
    )
    steps: dict[int, list[ReturnStep]] = defaultdict(list)
    for step in part_of.steps.select_related("by").order_by("at", "pk"):
        steps[step.agency_id].append(step)
    chased = dict(
        part_of.notices.filter(kind=ReturnNotice.Kind.CHASED)
        .order_by("on")
        .values_list("agency_id", "on")
    )
    said: dict[int, list[Words]] = defaultdict(list)
    for each in words_of(part_of.dataset, span, words_expected(partnership, span, agencies=wanted)):
        said[each.agency.pk].append(each)
    return [
        _part(
            agency,
            [rows[each.key] for each in asked],
            {indicator for of, indicator in excused if of == agency.pk},
            steps[agency.pk],
            said[agency.pk],
            chased=chased.get(agency.pk),
            due=part_of.due,
        )
        for agency, asked in wanted.items()
    ]


def _part(
    agency: Agency,
    rows: Sequence[ReturnRow],
    excused: Collection[int],
    steps: Sequence[ReturnStep],
    words: Sequence[Words],
    *,
    chased: date | None,
    due: date | None,
) -> Part:
    """Counts one agency's rows and words; `steps` are its own, oldest first."""
    states = [row.state for row in rows]
    open_rows = [row for row in rows if row.state is State.NOT_ENTERED]
    sent = (each.at for each in steps if each.kind == ReturnStep.Kind.SUBMITTED)
    first = next(sent, None)
    return Part(
        agency=agency,
        rows=tuple(rows),
        entered=len(rows) - states.count(State.NOT_ENTERED),
        approved=states.count(State.APPROVED),
        excused=tuple(row for row in open_rows if row.indicator.pk in excused),
        last=steps[-1] if steps else None,
        chased=chased,
        due=due,
        came=timezone.localdate(first) if first else None,
        lacks=tuple(row for row in open_rows if row.indicator.pk not in excused),
        back=tuple(row for row in rows if row.state is State.SENT_BACK),
        off=tuple(off(rows)),
        texts=len(words),
        unsaid=tuple(each for each in words if each.latest is None),
    )


def _wanted(
    partnership: Partnership, span: Span, *, agencies: Iterable[Agency] | None
) -> dict[Agency, list[Owed]]:
    standing = expectations_on(partnership, on=span.last, agencies=agencies)
    asked = owed_by(standing)
    by_agency: dict[Agency, list[Owed]] = defaultdict(list)
    ordered = standing.select_related("agency__organisation")
    for each in ordered.order_by("agency__organisation__name", "indicator__code"):
        by_agency[each.agency] += asked[each.pk]
    return dict(by_agency)
