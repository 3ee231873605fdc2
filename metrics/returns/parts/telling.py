"""Asking for an e-mail about a return to an agency's contributors: the notice and its job."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from metrics.models import Return, ReturnNotice
from metrics.returns.parts.notices import NOTICE
from partnerships.audit import record
from partnerships.jobs import enqueue
from partnerships.models import Agency, User

TOLD = {  # how the audit record says it
    ReturnNotice.Kind.CHASED: "return chased",
    ReturnNotice.Kind.BEFORE_DUE: "return reminded of",
    ReturnNotice.Kind.AFTER_DUE: "return reminded of when late",
    ReturnNotice.Kind.GIVEN_BACK: "told that a return was given back",
    ReturnNotice.Kind.SENT_BACK: "told that figures were sent back",
}


def tell(
    part_of: Return,
    agency: Agency,
    kind: ReturnNotice.Kind,
    *,
    by: User,
    at: datetime,
    on: date | None = None,
    not_before: datetime | None = None,
) -> ReturnNotice | None:
    """The row and its job in one transaction; None where there is one of that kind and day.

    It is of the day of `at` unless told otherwise, and sent at once unless `not_before`.
    """
    try:
        with transaction.atomic():
            notice = ReturnNotice.objects.create(
                part_of=part_of, agency=agency, kind=kind, on=on or timezone.localdate(at)
            )
            enqueue(
                kind=NOTICE,
                key=f"{notice.pk}",
                by=by,
                partnership=agency.partnership,
                arguments={"notice": notice.pk},
                not_before=not_before,
            )
            record_of(by, TOLD[kind], part_of, agency=agency.organisation.slug)
    except IntegrityError:
        return None
    return notice


def record_of(by: User, verb: str, part_of: Return, **detail: str) -> None:
    """The audit row of something done about a return."""
    record(
        by=by,
        verb=verb,
        subject=f"return:{part_of.dataset.code}:{part_of.period.key}",
        partnership=part_of.dataset.owner,
        detail=dict(detail),
    )
