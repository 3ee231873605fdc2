"""What waits for a person in the reports of their partnerships."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from partnerships.models import User
from partnerships.people.waiting import Held, Waiting, waits_for_people
from partnerships.permissions import Permission
from reports.corrections.queries import corrected_in
from reports.models import FILES, Edition


@waits_for_people
def to_publish(user: User, held: Sequence[Held], on: date) -> Iterator[Waiting]:
    """Reports whose newest edition is not published; one query."""
    signs = [each.partnership for each in held if Permission.SIGN_REPORTS in each.permissions]
    if not signs:
        return
    editions = Edition.objects.filter(report__partnership__in=signs).defer(*FILES)
    newest: dict[int, Edition] = {}
    for edition in editions.select_related("report__partnership", "publication").order_by(
        "-number"
    ):
        newest.setdefault(edition.report_id, edition)
    for edition in newest.values():
        if hasattr(edition, "publication"):
            continue
        report = edition.report
        url = reverse("edition", args=[report.partnership.slug, report.year, edition.number])
        words = f"{report.title}: {edition.name} is to be read and published"
        yield Waiting(report.partnership, words, url, may_be_mailed=True)


@waits_for_people
def to_build_anew(user: User, held: Sequence[Held], on: date) -> Iterator[Waiting]:
    """Published reports that print what has been corrected since; three queries."""
    builds = [each.partnership for each in held if Permission.BUILD_REPORTS in each.permissions]
    if not builds:
        return
    for each in corrected_in(builds):
        count = len(each.cells)
        what = "a figure that was" if count == 1 else f"{count} figures that were"
        yield Waiting(
            each.report.partnership,
            f"{each.report.title} prints {what} corrected since: build a new edition",
            reverse("reports", args=[each.report.partnership.slug]),
            may_be_mailed=True,
        )
