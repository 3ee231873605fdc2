"""Lists of editions as tables."""

from collections.abc import Iterable

from django.urls import reverse

from partnerships.elements import Link, Table, table
from partnerships.periods import day
from reports.models import Edition


def published_table(editions: Iterable[Edition]) -> Table:
    """The published reports: whose, of which year, and since when."""
    return table(
        "published",
        "Published reports, newest year first",
        ["Report", "Year", "Published"],
        (_row(edition) for edition in editions),
    )


def _row(edition: Edition) -> list[Link | str]:
    report, place = edition.report, edition.report.partnership
    invented = " (invented)" if place.synthetic else ""
    name = f"{place.short_name}{invented}, {report.title}"
    url = reverse("report", args=[place.slug, report.year])
    return [Link(name, url), report.span.label, day(edition.publication.at.date())]
