"""Verbs about a return as a whole: its dates, steps of its parts, who is written to."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from metrics.models import Return, ReturnNotice, ReturnStep
from metrics.models.store import Dataset
from metrics.returns.parts.notices import NOTICE, reached_nobody
from metrics.returns.parts.standing import Part, PartState, parts
from metrics.returns.parts.telling import record_of, tell
from partnerships.calendar import store_period
from partnerships.jobs import ask_again, newest_jobs
from partnerships.models import Agency, User
from partnerships.periods import Span, day
from partnerships.refusals import Refused

DAYS_BEFORE = 7
TAKEN = {  # how the audit record says it
    "submitted": "return submitted",
    "returned": "return given back",
    "locked": "return locked",
    "withdrawn": "submission taken back",
}
GONE_ON = "Somebody has taken this part of the return further meanwhile. Look at it again."
ALREADY_TODAY = "The contributors of {agency} were written to today already. Try again tomorrow."


def set_dates(
    *,
    dataset: Dataset,
    span: Span,
    due: date,
    closed_to_new: date,
    closed_to_edits: date,
    by: User,
) -> Return:
    """Gives a quarter's return its dates, or moves them. Raises `Refused` for a wrong order."""
    if due <= span.last:
        raise Refused(f"Enter a day after the quarter has ended, on {day(span.last)}.", "due")
    if closed_to_new < due:
        raise Refused("A return is closed to new figures on the day it is due or later.", "new")
    if closed_to_edits < closed_to_new:
        raise Refused("A return is closed to changes no sooner than to new figures.", "edits")
    dates = {"due": due, "closed_to_new": closed_to_new, "closed_to_edits": closed_to_edits}
    with transaction.atomic():
        made, _ = Return.objects.update_or_create(
            dataset=dataset, period=store_period(span), defaults=dates
        )
        record_of(by, "return given dates", made, **{name: str(on) for name, on in dates.items()})
    return made


def take_step(
    *, part: Part, part_of: Return, kind: str, by: User, at: datetime, reason: str = ""
) -> ReturnStep:
    """Submits, takes back, gives back or locks an agency's part.

    Raises `Refused` with why it cannot be. Two people at once: the return's row is held, and the
    part is looked at again behind it.
    """
    with transaction.atomic():
        Return.objects.select_for_update(of=("self",)).get(pk=part_of.pk)
        now = parts(part_of, on=timezone.localdate(at), agencies=[part.agency])
        if not now or now[0].last != part.last:
            raise Refused(GONE_ON)
        if why := _why_not(now[0], kind, reason):
            raise Refused(why)
        step = ReturnStep.objects.create(
            part_of=part_of, agency=part.agency, kind=kind, reason=reason, by=by, at=at
        )
        record_of(by, TAKEN[kind], part_of, agency=part.agency.organisation.slug)
    return step


def give_back(*, part: Part, part_of: Return, by: User, at: datetime, reason: str) -> ReturnStep:
    """Gives an agency's part back, and has its contributors written to; raises as `take_step`.

    They are written to once a day, however often it goes to and fro.
    """
    with transaction.atomic():
        kind = ReturnStep.Kind.RETURNED
        step = take_step(part=part, part_of=part_of, kind=kind, by=by, at=at, reason=reason)
        tell(part_of, part.agency, ReturnNotice.Kind.GIVEN_BACK, by=by, at=at)
    return step


def chase(*, part: Part, part_of: Return, by: User, at: datetime) -> ReturnNotice:
    """Has the agency's contributors written to, at most once a day. Raises `Refused`.

    An e-mail of today that certainly reached nobody is asked for again.
    """
    if part.state in {PartState.SUBMITTED, PartState.APPROVED, PartState.LOCKED}:
        raise Refused(f"{part.agency.organisation} owes nothing in this return.")
    made = tell(part_of, part.agency, ReturnNotice.Kind.CHASED, by=by, at=at)
    return made or _again(part_of, part.agency, by=by, at=at)


def _again(part_of: Return, agency: Agency, *, by: User, at: datetime) -> ReturnNotice:
    today = part_of.notices.get(
        agency=agency, kind=ReturnNotice.Kind.CHASED, on=timezone.localdate(at)
    )
    job = newest_jobs(NOTICE, [today]).get(today.pk)
    if job is None or not reached_nobody(job):
        raise Refused(ALREADY_TODAY.format(agency=agency.organisation))
    ask_again(job, by=by)
    return today


def remind(*, by: User, at: datetime) -> int:
    """Reminds once in the week before a return is due, and once after; how many notices.

    Asked for once a day. A day that was missed is made up for while the return takes figures, and
    so is a reminder that reached nobody.
    """
    today = timezone.localdate(at)
    near = Return.objects.filter(
        due__lte=today + timedelta(days=DAYS_BEFORE), closed_to_new__gte=today
    )
    made = 0
    for part_of in near.select_related("dataset__owner__area", "period"):
        after = today > part_of.due
        kind = ReturnNotice.Kind.AFTER_DUE if after else ReturnNotice.Kind.BEFORE_DUE
        told = _told(part_of, kind)
        for part in parts(part_of, on=today):
            owes = part.state in {PartState.OPEN, PartState.RETURNED}
            if owes and part.agency.pk not in told:
                made += tell(part_of, part.agency, kind, by=by, at=at) is not None
    return made


def _told(part_of: Return, kind: str) -> set[int]:
    """The agencies that were reminded, or may have been."""
    notices = list(part_of.notices.filter(kind=kind))
    jobs = newest_jobs(NOTICE, notices)
    return {each.agency_id for each in notices if not reached_nobody(jobs.get(each.pk))}


def _why_not(part: Part, kind: str, reason: str) -> str:
    name = part.agency.organisation
    match kind, part.state:
        case "submitted", PartState.SUBMITTED | PartState.LOCKED:
            return f"{name} has submitted already."
        case "submitted", _ if part.missing:
            return (
                f"{part.missing} of {part.wanted} figures are missing. Enter each, or say why "
                "there is none."
            )
        case "submitted", _ if part.back:
            return (
                f"{len(part.back)} of the figures of {name} stand sent back. Put each right, or "
                "say that it is right as it stands, then submit."
            )
        case "withdrawn", _ if part.last is None or part.last.kind != "submitted":
            return f"{name} has submitted nothing that could be taken back."
        case "withdrawn", PartState.APPROVED:
            return f"All figures of {name} are approved. Correct them instead, with a reason."
        case "withdrawn", _ if not reason:
            return "Say why the submission is taken back."
        case "submitted", _ if part.texts_missing:
            return (
                f"{part.texts_missing} of {part.texts} texts are missing. Write what the figures "
                "show, beneath them in the form of all figures."
            )
        case "submitted", _ if part.off:
            return " ".join(each.why for each in part.off)
        case "returned", _ if part.last is None or part.state is PartState.RETURNED:
            return f"{name} has submitted nothing that could be given back."
        case "returned", _ if not reason:
            return "Say what is to be put right."
        case "locked", PartState.LOCKED:
            return f"The part of {name} is locked already."
        case "locked", state if state is not PartState.APPROVED:
            return f"Approve the figures of {name} first, then lock its part."
    return ""
