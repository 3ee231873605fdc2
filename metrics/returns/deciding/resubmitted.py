"""What has changed in an agency's part since an approver last met it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from metrics.models import Expectation, Return, ReturnStep, Revision
from metrics.owed import holding
from metrics.queries import ReturnRow
from metrics.returns.tables import words
from partnerships.periods import day


@dataclass(frozen=True, slots=True)
class Since:
    """A figure that is another one than when its part was submitted; `was` None: not entered."""

    row: ReturnRow
    at: datetime
    was: Revision | None

    @property
    def words(self) -> str:
        on = day(timezone.localdate(self.at))
        if self.was is None:
            return f"Not entered when the part was submitted on {on}."
        was, now = (words(each, self.row.indicator) for each in (self.was, self.row.latest))
        if was == now:
            return f"Entered anew since the part was submitted on {on}, with the same figure."
        return f"Was {was} when the part was submitted on {on}."


def changed_since(part_of: Return, rows: Iterable[ReturnRow]) -> dict[int, Since]:
    """By cell the figures that changed since their part was submitted; three queries.

    Since the submission before the newest, where there are several: that is the one an approver
    gave back, and what was put right since is what they look for.
    """
    entered = [row for row in rows if row.cell is not None and row.latest is not None]
    submitted = _submitted(part_of)
    if not submitted or not entered:
        return {}
    then = _revisions(entered, max(submitted.values()))
    made: dict[int, Since] = {}
    for row in entered:
        at = submitted.get(row.indicator.pk)
        if at is None or row.cell is None or row.latest is None:
            continue
        was = next((each for each in then.get(row.cell.pk, []) if each.at <= at), None)
        if was is None or was.pk != row.latest.pk:
            made[row.cell.pk] = Since(row, at, was)
    return made


def _submitted(part_of: Return) -> dict[int, datetime]:
    """By indicator when the part that it belongs to was submitted, the last time but one."""
    steps = part_of.steps.filter(kind=ReturnStep.Kind.SUBMITTED).order_by("-at", "-pk")
    times: dict[int, list[datetime]] = {}
    for agency, at in steps.values_list("agency", "at"):
        times.setdefault(agency, []).append(at)
    at_of = {agency: each[:2][-1] for agency, each in times.items()}
    made: dict[int, datetime] = {}
    expected = Expectation.objects.filter(holding(on=part_of.period.last), agency__in=at_of)
    for agency, indicator in expected.values_list("agency", "indicator"):
        made[indicator] = max(at_of[agency], made.get(indicator, at_of[agency]))
    return made


def _revisions(rows: Iterable[ReturnRow], until: datetime) -> dict[int, list[Revision]]:
    """By cell its revisions up to a moment, the newest first."""
    cells = [row.cell for row in rows if row.cell is not None]
    found: dict[int, list[Revision]] = {}
    for each in Revision.objects.filter(cell__in=cells, at__lte=until).order_by("-number"):
        found.setdefault(each.cell_id, []).append(each)
    return found
