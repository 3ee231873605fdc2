"""Published reports of synthetic partnerships, as rows only, for pages that read them."""

from datetime import datetime

from metrics.models import Cell
from partnerships.models import Partnership, User
from partnerships.periods import Kind
from reports.models import AnnualReport, Edition, PrintedFigure, Publication


def publish(partnership: Partnership, *, by: User, at: datetime) -> None:
    """A published report of each year of which it has figures; each prints every year so far."""
    yearly = Cell.objects.filter(
        dataset__owner=partnership, period__kind=Kind.YEAR, approved__isnull=False
    )
    cells = list(
        yearly.select_related(
            "dataset", "indicator", "area", "period", "slice", "approved"
        ).order_by("period__last", "indicator__code")
    )
    for span in sorted({cell.period.span for cell in cells}, key=lambda each: each.last):
        report = AnnualReport.objects.create(
            partnership=partnership,
            year=span.key,
            first=span.first,
            last=span.last,
            title="Yearly report",
        )
        edition = Edition.objects.create(
            report=report,
            number=1,
            html=b"-",
            page=b"-",
            pdf=b"-",
            html_sha256="-",
            pdf_sha256="-",
            inputs_sha256="-",
            made_by=by,
            made_at=at,
        )
        Publication.objects.create(edition=edition, by=by, at=at)
        told = [cell for cell in cells if cell.period.last <= span.last]
        PrintedFigure.objects.bulk_create(_printed(edition, n, each) for n, each in enumerate(told))


def _printed(edition: Edition, position: int, cell: Cell) -> PrintedFigure:
    last = cell.approved
    assert last is not None
    return PrintedFigure(
        edition=edition,
        position=position,
        section=cell.indicator.theme,
        address=f"{cell.address}@{last.number}",
        about=f"{cell.indicator.name}, {cell.period.span.label}",
        text=f"{last.value:f}" if last.value is not None else "[x]",
        value=last.value,
        marker="" if last.value is not None else "x",
        unit="number",
    )
