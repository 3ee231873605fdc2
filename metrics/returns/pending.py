"""What is unfinished in the returns of several partnerships: read at once, not one by one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from metrics.models import (
    CannotSupply,
    Cell,
    Commentary,
    Dataset,
    Expectation,
    ExpectedWords,
    Return,
    ReturnStep,
)
from metrics.owed import Asked, asked_by, holds_in
from metrics.returns.cannot_supply.queries import said_on
from metrics.returns.comments import to_follow_up
from partnerships.models import Agency
from partnerships.people.waiting import Held
from partnerships.periods import Kind, Span

PLACE = ("cell__period", "cell__slice")  # what says where the figure of a comment stands
Place = tuple[int, str]  # an indicator, and the key of the slice that a figure of it stands in
Text = tuple[int, str]  # an agency, and the theme of the figures that it says something about
Agencies = Collection[int] | None  # some agencies, or all of them


@dataclass(slots=True)
class Pending:
    """The unfinished of one partnership.

    `asked` is what was ever asked for; `excused` are agencies with the indicators that they cannot
    supply; `words` are the texts ever asked for, and `said` those written, by period; `cells` the
    figures of which the newest version is not the one that counts; `takes` the returns that take
    new figures; `flagged` the figures that somebody is to follow up.
    """

    asked: list[Asked] = field(default_factory=list)
    excused: set[tuple[int, int]] = field(default_factory=set)
    cells: list[Cell] = field(default_factory=list)
    flagged: list[Cell] = field(default_factory=list)
    takes: list[Return] = field(default_factory=list)
    words: list[ExpectedWords] = field(default_factory=list)
    said: dict[int, set[Text]] = field(default_factory=lambda: defaultdict(set))
    told: dict[int, set[Place]] = field(default_factory=lambda: defaultdict(set))  # by period
    steps: dict[tuple[int, int], ReturnStep] = field(default_factory=dict)  # return and agency
    _wanted: dict[Span, dict[int, set[Place]]] = field(default_factory=dict)

    def wanted(self, span: Span) -> dict[int, set[Place]]:
        """The figures that the return of a quarter asks for, by agency."""
        if span not in self._wanted:
            made: dict[int, set[Place]] = defaultdict(set)
            for each in self.asked:
                if each.holds_in(span):
                    places = {owed.place for owed in each.owed}
                    made[each.expectation.agency_id] |= places
            self._wanted[span] = dict(made)
        return self._wanted[span]

    def asks(self, cell: Cell, agencies: Agencies) -> bool:
        """Whether a figure is asked of some agencies in its quarter."""
        place = cell.indicator_id, cell.slice.key
        wanted = self.wanted(cell.period.span)
        return any(place in wanted.get(each, ()) for each in _of(agencies, wanted))

    def missing(self, part_of: Return, agencies: Agencies) -> set[Place]:
        """What is asked of some agencies, not entered, and could be supplied."""
        told, wanted = self.told[part_of.period_id], self.wanted(part_of.period.span)
        return {
            place
            for each in _of(agencies, wanted)
            for place in wanted.get(each, ())
            if place not in told and (each, place[0]) not in self.excused
        }

    def unsaid(self, part_of: Return, agencies: Agencies) -> set[Text]:
        """The texts that are asked of some agencies and not written."""
        span = part_of.period.span
        asked = {(each.agency_id, each.theme) for each in self.words if holds_in(each, span)}
        missing = asked - self.said[part_of.period_id]
        return {each for each in missing if agencies is None or each[0] in agencies}

    def due_of(self, span: Span) -> date | None:
        return next((each.due for each in self.takes if each.period.span == span), None)

    def last_step(self, part_of: Return, agency: Agency) -> ReturnStep | None:
        return self.steps.get((part_of.pk, agency.pk))


def pending_at(held: Sequence[Held], *, on: date) -> dict[int, Pending]:
    """By partnership with returns, in a dozen queries however many there are."""
    datasets = _datasets(held)
    found = {owner: Pending() for owner in datasets.values()}
    _asked(found, on)
    wholes = Cell.objects.filter(
        dataset__in=datasets,
        area__partnership=F("dataset__owner"),
        mention=1,
        period__kind=Kind.QUARTER,
        latest__isnull=False,
    )
    open_cells = wholes.filter(Q(approved__isnull=True) | ~Q(approved=F("latest")))
    for cell in open_cells.select_related("period", "slice", "latest__decision"):
        found[datasets[cell.dataset_id]].cells.append(cell)
    for comment in to_follow_up().filter(cell__dataset__in=datasets).select_related(*PLACE):
        found[datasets[comment.cell.dataset_id]].flagged.append(comment.cell)
    takes = Return.objects.filter(dataset__in=datasets, closed_to_new__gte=on)
    for each in takes.select_related("period").order_by("-period__last"):
        found[datasets[each.dataset_id]].takes.append(each)
    periods = {each.period_id for pending in found.values() for each in pending.takes}
    told = wholes.filter(period__in=periods).order_by()
    every = told.values_list("dataset", "period", "indicator", "slice__key")
    for dataset, period, indicator, key in every:
        found[datasets[dataset]].told[period].add((indicator, key))
    texts = Commentary.objects.filter(dataset__in=datasets, period__in=periods).order_by()
    for text in texts:
        here = found[datasets[text.dataset_id]].said[text.period_id]
        here.add((text.agency_id, text.theme))
    steps = ReturnStep.objects.filter(part_of__in=takes).select_related("part_of")
    for step in steps.order_by("at", "pk"):
        found[datasets[step.part_of.dataset_id]].steps[step.part_of_id, step.agency_id] = step
    return found


def _of(agencies: Agencies, wanted: Iterable[int]) -> Iterable[int]:
    return wanted if agencies is None else agencies


def _datasets(held: Sequence[Held]) -> dict[int, int]:
    """The dataset of each partnership's returns, with its owner."""
    returns = Dataset.objects.filter(
        owner__in=[each.partnership.pk for each in held], kind=Dataset.Kind.RETURNS
    )
    first: dict[int, int] = {}
    for pk, owner in returns.order_by("code").values_list("pk", "owner"):
        first.setdefault(owner, pk)
    return {pk: owner for owner, pk in first.items()}


def _asked(found: dict[int, Pending], on: date) -> None:
    for each in asked_by(Expectation.objects.filter(agency__partnership__in=found)):
        found[each.expectation.agency.partnership_id].asked.append(each)
    words = ExpectedWords.objects.filter(agency__partnership__in=found).select_related("agency")
    for text in words.order_by():
        found[text.agency.partnership_id].words.append(text)
    excused = CannotSupply.objects.filter(said_on(on), agency__partnership__in=found).order_by()
    unable = excused.values_list("agency__partnership", "agency", "indicator")
    for owner, agency, indicator in unable:
        found[owner].excused.add((agency, indicator))
