"""Figures of returns that an exported file brings: held against dates, left for an approver.

A printed report and official statistics are approved by whoever published them. A return is not:
what a file brings waits for a person like any entry, unless the command names one who approves.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from metrics.actions import approve
from metrics.intake.rows import FigureRow
from metrics.models import Cell, Dataset, Indicator
from metrics.official.opening import FileRefused
from metrics.queries import State, state_of, whole_cells
from metrics.returns.closing import Closing, closing_of
from partnerships.models import User
from partnerships.periods import Span, parse
from partnerships.permissions import Permission, may


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


def drafts_of(returns: Mapping[str, Dataset], *, by: User, at: datetime) -> list[Cell]:
    """The figures that an import of this moment left to be decided on."""
    waiting = Cell.objects.filter(
        dataset__in=[each.pk for each in returns.values()], latest__by=by, latest__at=at
    ).exclude(latest=F("approved"))
    return list(waiting.select_related("latest", "dataset__owner"))


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
