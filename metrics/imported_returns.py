"""Figures of returns that an exported file brings: checked, held against dates, left for approvers.

A printed report and official statistics are approved by whoever published them. A return is not:
what a file brings waits for a person like any entry, unless the command names one who approves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from metrics.actions import approve
from metrics.arithmetic.reading import Measure
from metrics.checks import Context
from metrics.checks import found as found_in
from metrics.entries import Entry, Problem, asks_for_two, disagreement, none_out_of_none, vague
from metrics.intake.rows import FigureRow
from metrics.models import Cell, Dataset, Indicator
from metrics.models.revisions import Marker
from metrics.official.opening import FileRefused
from metrics.queries import State, owed_figures, return_rows, state_of, whole_cells
from metrics.readings import measure_of
from metrics.returns.closing import Closing, closing_of
from metrics.returns.partitions import off
from partnerships.models import User
from partnerships.periods import Span, parse
from partnerships.permissions import Permission, may

MARKERS_OF_RETURNS = (
    "“{}” cannot be said in a return. Say x for not available or z for not applicable, with why."
)


def refuse_closed(
    figures: Iterable[FigureRow], returns: Mapping[str, Dataset], *, on: date
) -> None:
    """Raises `FileRefused` at the first row of a return that takes no such figure any more."""
    rows = [each for each in figures if each.place.dataset in returns]
    if not rows:
        return
    stored = {
        cell.address: cell
        for cell in whole_cells().filter(dataset__in=[each.pk for each in returns.values()])
    }
    closings: dict[tuple[str, Span], Closing] = {}
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    for row in rows:
        dataset, span = returns[row.place.dataset], parse(row.place.period)
        key = dataset.code, span
        if key not in closings:
            closings[key] = closing_of(dataset.pk, span, on=on)
        if closings[key].dates is None:
            continue
        cell = stored.get(row.place.address)
        state = state_of(cell)
        why = closings[key].why(
            indicator=indicators[row.place.indicator],
            entered=state is not State.NOT_ENTERED,
            approved=cell is not None and cell.approved_id is not None,
            sent_back=state is State.SENT_BACK,
        )
        if why:
            raise FileRefused(why, line=row.place.line)


def refuse_unsound(figures: Iterable[FigureRow], returns: Mapping[str, Dataset]) -> None:
    """Raises `FileRefused` at the first row that could not be entered into a return by hand."""
    measures = {each.code: measure_of(each) for each in Indicator.objects.all()}
    for row in figures:
        if row.place.dataset in returns and (why := _problem(row, measures[row.place.indicator])):
            raise FileRefused(why.message, line=row.place.line, column=why.field)


def _problem(row: FigureRow, measure: Measure) -> Problem | None:
    upper = "" if row.value_upper is None else f"{row.value_upper}"
    said = {"qualifier": row.qualifier, "value_upper": upper, "printed_words": row.printed_words}
    if found := vague(said):
        return found
    if row.marker not in {"", Marker.NOT_AVAILABLE, Marker.NOT_APPLICABLE}:
        return Problem("marker", "marker", MARKERS_OF_RETURNS.format(row.marker))
    two = asks_for_two(measure)
    if two and row.value is not None:
        why = disagreement(row.value, row.numerator, row.denominator, measure)
        if why:
            return Problem("disagrees", "value", why)
    typed = Entry(
        value=None if two else row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        marker=row.marker,
        marker_reason=row.marker_reason,
        flags=row.flags,
        note=row.note,
    )
    entry = none_out_of_none(typed)
    wrong = [each for each in found_in(entry, Context(measure)) if each.severity == "error"]
    return Problem(wrong[0].code, wrong[0].field, wrong[0].message) if wrong else None


def refuse_apart(drafts: Iterable[Cell], figures: Iterable[FigureRow]) -> None:
    """Raises `FileRefused` where what was loaded does not make its total, at the first row of it.

    Of what stands beside the drafts too; a group that the file leaves as it is refuses nothing.
    """
    lines = {each.place.address: each.place.line for each in figures}
    by_return: dict[tuple[Dataset, Span], dict[tuple[int, str], int]] = defaultdict(dict)
    for cell in drafts:
        key = cell.dataset, cell.period.span
        by_return[key][cell.indicator_id, cell.slice.key] = lines[cell.address]
    for (dataset, span), brought in by_return.items():
        owner = dataset.owner
        assert owner is not None  # returns are of a partnership
        divided = owed_figures(owner, on=span.last)
        for group in off(return_rows(dataset, owner.area, span, divided)):
            here = [brought[row.owed.place] for row in group.rows if row.owed.place in brought]
            if here:
                raise FileRefused(group.why, line=min(here), column="value")


def drafts_of(returns: Mapping[str, Dataset], *, by: User, at: datetime) -> list[Cell]:
    """The figures that an import of this moment left to be decided on."""
    waiting = Cell.objects.filter(
        dataset__in=[each.pk for each in returns.values()], latest__by=by, latest__at=at
    ).exclude(latest=F("approved"))
    told = ("latest", "dataset__owner__area", "indicator", "area", "period", "slice")
    return list(waiting.select_related(*told))


def approve_drafts(drafts: Collection[Cell], *, by: User, at: datetime, source: str) -> None:
    """Approves what an import brought, in the name of a person.

    Raises `FileRefused` where that person may not approve figures at one of the partnerships.
    """
    owners = {cell.dataset.owner for cell in drafts if cell.dataset.owner}
    for owner in sorted(owners, key=lambda each: each.slug):
        if not may(by, Permission.APPROVE_FIGURES, owner, on=timezone.localdate(at)):
            raise FileRefused(
                f"{by.email} may not approve figures at {owner}. Name an approver of that "
                "partnership, or leave --approve-as away: the figures then wait for one.",
            )
    for cell in drafts:
        assert cell.latest is not None  # it is a draft
        approve(
            cell=cell,
            seen=cell.latest.number,
            by=by,
            at=at,
            reason=f"Approved with the import of {source}.",
        )
