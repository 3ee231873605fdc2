"""What the commands of reports share: the report that was asked for, or one clear sentence."""

from django.core.management.base import CommandError
from django.utils import timezone

from partnerships.management.arguments import partnerships_named
from reports.editions.assemble import ReportError, content_of
from reports.editions.content import ReportContent
from reports.editions.queries import report_named


def content_named(slug: str, year: str) -> ReportContent:
    """The content of a report in today's public form. Raises `CommandError`."""
    (partnership,) = partnerships_named(slug)
    report = report_named(slug, year)
    if report is None:
        years = partnership.annual_reports.order_by("-last").values_list("year", flat=True)
        known = ", ".join(years) or "none is planned yet"
        raise CommandError(f"{partnership.name} has no report for {year!r}. Known: {known}.")
    try:
        return content_of(report, on=timezone.localdate())
    except ReportError as error:
        raise CommandError(str(error)) from error
