"""Figures that an approver sends back: the agency is told of a sitting's, at most once a day."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from metrics.models import Cell, Decision, Return, ReturnNotice
from metrics.owed import asked_by, expectations_on
from metrics.returns.parts.notices import NOTICE, reached_nobody
from metrics.returns.parts.telling import tell
from partnerships.jobs import ask_again, newest_jobs
from partnerships.models import Agency, Job, RoleName, User

KIND = ReturnNotice.Kind.SENT_BACK
TOGETHER = timedelta(hours=1)  # an approver goes through a return in one sitting
MORNING = time(8)
MADE_UP_FOR = timedelta(days=3)


def tell_of_sent_back(cell: Cell, *, by: User, at: datetime) -> None:
    """Has the contributors who owe the figure written to.

    The first figure of a day waits an hour for others. What is sent back after that e-mail is told
    the next morning. A return without dates has no parts, so that nobody is written to about it,
    nor is there anybody where the business unit enters what an agency owes.
    """
    found = Return.objects.filter(dataset=cell.dataset_id, period=cell.period_id)
    part_of = found.select_related("dataset__owner", "period").first()
    if part_of is None:
        return
    for agency in _owing(cell):
        _ask(part_of, agency, by=by, at=at)


def new_of(told: ReturnNotice) -> int:
    """How many figures of the agency stand sent back, if one was since it was last written to.

    0 where all of it was put right, or where an e-mail that went out meanwhile counted it.
    """
    part_of = told.part_of
    owner, span = part_of.dataset.owner, part_of.period.span
    assert owner is not None  # returns are of a partnership
    asked = asked_by(expectations_on(owner, on=span.last, agencies=[told.agency]))
    owed = {each.place for one in asked for each in one.owed}
    back = Decision.objects.filter(
        outcome=Decision.Outcome.SENT_BACK,
        revision=F("revision__cell__latest"),
        revision__cell__dataset=part_of.dataset,
        revision__cell__period=part_of.period,
        revision__cell__area__partnership=owner,
        revision__cell__mention=1,
    ).values_list("at", "revision__cell__indicator", "revision__cell__slice__key")
    times = [at for at, *place in back.order_by() if tuple(place) in owed]
    last = _last_written(told)
    is_new = any(last is None or at > last for at in times)
    return len(times) if is_new else 0


def make_up(*, by: User, at: datetime) -> int:
    """Asks again for what certainly reached nobody in the last days; how many."""
    since = timezone.localdate(at) - MADE_UP_FOR
    jobs = newest_jobs(NOTICE, ReturnNotice.objects.filter(kind=KIND, on__gte=since))
    lost = [job for job in jobs.values() if reached_nobody(job)]
    for job in lost:
        ask_again(job, by=by)
    return len(lost)


def _owing(cell: Cell) -> Iterator[Agency]:
    owner = cell.dataset.owner
    assert owner is not None  # nobody decides on official statistics
    standing = expectations_on(owner, on=cell.period.last).filter(indicator=cell.indicator_id)
    place = cell.indicator_id, cell.slice.key
    for each in asked_by(standing):
        if place in {owed.place for owed in each.owed}:
            yield each.expectation.agency


def _ask(part_of: Return, agency: Agency, *, by: User, at: datetime) -> None:
    today = timezone.localdate(at)
    if not agency.roles.open_on(today).filter(name=RoleName.CONTRIBUTOR).exists():
        return
    asked = part_of.notices.filter(agency=agency, kind=KIND, on__gte=today).order_by("on").last()
    if asked is None:
        tell(part_of, agency, KIND, by=by, at=at, not_before=at + TOGETHER)
        return
    # Locked where it waits, so that it cannot start before it can see this figure.
    waits = Job.objects.filter(kind=NOTICE, key=str(asked.pk), state=Job.State.WAITING)
    if waits.select_for_update().first() is not None:
        return
    on = asked.on + timedelta(days=1)
    morning = timezone.make_aware(datetime.combine(on, MORNING))
    tell(part_of, agency, KIND, by=by, at=at, on=on, not_before=morning)


def _last_written(told: ReturnNotice) -> datetime | None:
    """When an e-mail about this return last set out to the agency."""
    others = told.part_of.notices.filter(agency=told.agency).exclude(pk=told.pk)
    jobs = newest_jobs(NOTICE, others).values()
    times = [job.started_at for job in jobs if job.state == Job.State.DONE and job.started_at]
    return max(times, default=None)
