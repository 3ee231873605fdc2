"""Figures that published reports print and that have been corrected since: read, stored nowhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from metrics.models import Cell
from partnerships.models import Partnership
from reports.models import FILES, AnnualReport, Edition, PrintedFigure

AT_ONCE = 5000  # addresses in one query


@dataclass(frozen=True, slots=True)
class Corrected:
    """A report and the figures that its published edition prints as they were before."""

    report: AnnualReport
    cells: tuple[Cell, ...]


def corrected_in(partnerships: Iterable[Partnership] | None = None) -> list[Corrected]:
    """The reports, of some partnerships or all, that print what was corrected; three queries.

    Only the newest published edition of each report counts: an older one says itself that there
    is a newer. A year that the portal adds up counts as corrected with its quarters.
    """
    editions = _newest(partnerships)
    if not editions:
        return []
    since = min(each.made_at for each in editions.values())
    before = dict(_earlier_addresses(since))
    found: dict[int, dict[int, Cell]] = {}
    addresses = list(before)
    for start in range(0, len(addresses), AT_ONCE):
        printed = PrintedFigure.objects.filter(
            edition__in=editions, address__in=addresses[start : start + AT_ONCE]
        ).order_by("edition", "position")
        for edition, address in printed.values_list("edition", "address"):
            cell = before[address]
            found.setdefault(edition, {}).setdefault(cell.pk, cell)
    return [
        Corrected(editions[edition].report, tuple(cells.values()))
        for edition, cells in found.items()
    ]


def _newest(partnerships: Iterable[Partnership] | None) -> dict[int, Edition]:
    """The newest published edition of each report, by its id."""
    published = Edition.objects.filter(publication__isnull=False).defer(*FILES)
    if partnerships is not None:
        published = published.filter(report__partnership__in=list(partnerships))
    newest: dict[int, Edition] = {}
    for edition in published.select_related("report__partnership").order_by("-number"):
        newest.setdefault(edition.report_id, edition)
    return {edition.pk: edition for edition in newest.values()}


def _earlier_addresses(since: datetime) -> Iterator[tuple[str, Cell]]:
    """The addresses under which figures that were replaced since may have been printed."""
    replaced = Cell.objects.filter(
        Q(approved__at__gte=since) | Q(approved__decision__at__gte=since),
        dataset__owner__isnull=False,
        approved__number__gt=1,
    ).select_related("dataset__owner", "indicator", "area", "period", "slice", "approved")
    for cell in replaced:
        assert cell.approved is not None  # asked for
        for number in range(1, cell.approved.number):
            yield f"{cell.address}@{number}", cell
