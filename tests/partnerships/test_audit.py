"""The audit record: written with the deed, and never without it."""

import pytest
from django.db import transaction
from django.utils import timezone

from partnerships.audit import record
from partnerships.models import AuditEvent, Partnership, User


def test_record_keeps_who_did_what_where_and_when(
    business_unit: User, testshire: Partnership
) -> None:
    before = timezone.now()
    record(
        by=business_unit,
        verb="figure approved",
        subject="a:b:c:2019-20:all",
        partnership=testshire,
        detail={"revision": 2},
    )
    event = AuditEvent.objects.get()
    assert (event.actor, event.verb, event.subject, event.partnership, event.detail) == (
        business_unit,
        "figure approved",
        "a:b:c:2019-20:all",
        testshire,
        {"revision": 2},
    )
    assert before <= event.at <= timezone.now()


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused(business_unit: User) -> None:
    with pytest.raises(RuntimeError, match="“role given” was to be recorded outside a transaction"):
        record(by=business_unit, verb="role given", subject="x", partnership=None)
    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_record_goes_when_the_deed_is_undone(business_unit: User) -> None:
    with transaction.atomic():
        record(by=business_unit, verb="role given", subject="x", partnership=None)
        transaction.set_rollback(True)
    assert AuditEvent.objects.count() == 0
