"""What reports does in the background."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from partnerships.jobs import JobError, Run, handler
from partnerships.models import User
from reports.editions import actions
from reports.editions.assemble import ReportError, content_of
from reports.editions.queries import BUILD
from reports.models import AnnualReport, Edition
from reports.outputs.build import STEPS, build


@handler(BUILD, title="Build the yearly report", lease_seconds=120)
def build_edition(run: Run) -> Callable[[], dict[str, Any]]:
    """One report: read, made into its files, and kept in the transaction that ends the job.

    Progress by section, then by file; it can be cancelled between any two of them.
    """
    report = AnnualReport.objects.select_related("partnership", "reconstructed_from").get(
        pk=run.job.arguments["report"]
    )

    def told(done: int, total: int, words: str) -> None:
        run.progress(done, total + STEPS, words)

    try:
        content = content_of(report, on=timezone.localdate(), told=told)
    except ReportError as error:
        raise JobError(str(error)) from error
    sections = len(content.sections)
    files = build(content, told=lambda done, words: told(sections + done, sections, words))

    def keep() -> dict[str, Any]:
        now = timezone.now()
        by = run.job.asked_by
        edition = actions.keep_edition(report, content, files, by=by, at=now)
        if run.job.arguments["publish"]:
            _publish(edition, by, now)
        place = [report.partnership.slug, report.year, edition.number]
        return {"edition": edition.number, "page": reverse("edition", args=place)}

    return keep


def _publish(edition: Edition, by: User, at: datetime) -> None:
    try:
        actions.publish(edition, by=by, at=at)
    except ReportError as error:
        raise JobError(str(error)) from error
