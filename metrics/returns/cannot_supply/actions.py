"""Verbs about what agencies cannot supply: said, and taken back where it was said by mistake."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from metrics.models import CannotSupply, Dataset, Indicator, Return, ReturnStep
from metrics.returns.parts.standing import parts
from partnerships.audit import record
from partnerships.models import Agency, User
from partnerships.periods import Span
from partnerships.refusals import Overtaken, Refused

COMPLETE = frozenset({ReturnStep.Kind.SUBMITTED, ReturnStep.Kind.LOCKED})
SAY_WHY = "Say why it is taken back: a part was submitted without the figure."


def say_cannot_supply(
    *,
    agency: Agency,
    indicator: Indicator,
    because: str,
    first: date,
    until: date,
    by: User,
    at: datetime,
) -> CannotSupply:
    """Says that an agency cannot supply a figure, why, and until when. Raises `Refused`."""
    if until < first:
        raise Refused("Enter a day that is not before the first.", "until")
    try:
        with transaction.atomic():
            made = CannotSupply.objects.create(
                agency=agency,
                indicator=indicator,
                because=because,
                first=first,
                until=until,
                by=by,
                at=at,
            )
            _record(made, "cannot supply said", by, until=str(until))
    except IntegrityError as error:
        raise Refused("This was said already, from the same day on.", "indicator") from error
    return made


def take_back(*, said: CannotSupply, reason: str, by: User, at: datetime) -> list[Span]:
    """Takes back what was said by mistake: the figure is missed again.

    Answers the quarters of returns that were submitted without it, which stay submitted. Raises
    `Refused` where there are any and no reason is given, `Overtaken` where somebody was first.
    """
    with transaction.atomic():
        # Nobody submits a part without the figure between the look and the change.
        list(_returns(said).select_for_update(of=("self",)))
        standing = CannotSupply.objects.select_for_update(of=("self",))
        found = standing.filter(pk=said.pk, taken_back_at__isnull=True).first()
        if found is None:
            raise Overtaken
        relied = submitted_without(said, on=timezone.localdate(at))
        if relied and not reason:
            raise Refused(SAY_WHY, "reason")
        found.taken_back_because, found.taken_back_by, found.taken_back_at = reason, by, at
        found.save(update_fields=["taken_back_because", "taken_back_by", "taken_back_at"])
        named = ", ".join(span.key for span in relied)
        _record(said, "cannot supply taken back", by, reason=reason, submitted_without=named)
    return relied


def submitted_without(said: CannotSupply, *, on: date) -> list[Span]:
    """The quarters for which the agency's part was submitted since, and lacks the figure."""
    steps: dict[int, ReturnStep] = {}
    taken = ReturnStep.objects.filter(part_of__in=_returns(said), agency=said.agency_id)
    for step in taken.order_by("at", "pk"):
        steps[step.part_of_id] = step
    since = [pk for pk, step in steps.items() if step.kind in COMPLETE and step.at >= said.at]
    return [
        found.period.span
        for found in _returns(said).filter(pk__in=since)
        for part in parts(found, on=on, agencies=[said.agency])
        if said.indicator_id in {row.indicator.pk for row in part.excused}
    ]


def _returns(said: CannotSupply) -> QuerySet[Return]:
    here = Return.objects.filter(
        dataset__owner=said.agency.partnership_id, dataset__kind=Dataset.Kind.RETURNS
    )
    return here.select_related("period", "dataset__owner__area").order_by("-period__last")


def _record(said: CannotSupply, verb: str, by: User, **detail: str) -> None:
    record(
        by=by,
        verb=verb,
        subject=f"indicator:{said.indicator.code}",
        partnership=said.agency.partnership,
        detail={"agency": said.agency.organisation.slug, **detail},
    )
