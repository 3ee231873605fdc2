"""Lists of editions as tables."""

from collections.abc import Iterable

from django.urls import reverse

from partnerships.elements import Link, Table, table
from partnerships.periods import day
from reports.models import Edition


def published_table(editions: Iterable[Edition]) -> Table:
    """The published reports: title, whose, of which days, and since when."""
    return table(
        "published",
        "Published reports, newest year first",
        ["Report", "Partnership", "Year", "Published"],
        (_row(edition) for edition in editions),
    )


def _row(edition: Edition) -> list[Link | str]:
    report = edition.report
    place = report.partnership
    invented = " (invented)" if place.synthetic else ""
    return [
        Link(report.title, reverse("report", args=[place.slug, report.year]), place.short_name),
        f"{place.name}{invented}",
        report.span.label,
        day(edition.publication.at.date()),
    ]
