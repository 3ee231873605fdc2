"""What is only ever added to, the database itself refuses to change or remove."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from metrics.models import Decision, Revision
from partnerships.models import AuditEvent
from tests.factories import MOMENT, AuditEventFactory, RevisionFactory, UserFactory
from tests.kept_factories import ActionUpdateFactory
from tests.return_factories import CommentaryFactory, CommentFactory, ReturnStepFactory

AUDIT = "The audit record is only ever added to"
REVISIONS = "Revisions are only ever added to"
DECISIONS = "Decisions are only ever added to"
UPDATES = "Updates of actions are only ever added to"
STEPS = "Steps of a return are only ever added to"
WORDS = "Words are only ever added to"


def decision() -> Decision:
    return Decision.objects.create(
        revision=RevisionFactory(), outcome="approved", by=UserFactory(), at=MOMENT
    )


CASES = [
    pytest.param(AuditEventFactory, {"verb": "role ended"}, AUDIT, id="audit event"),
    pytest.param(RevisionFactory, {"value": 1}, REVISIONS, id="revision"),
    pytest.param(decision, {"reason": "Another one."}, DECISIONS, id="decision"),
    pytest.param(ActionUpdateFactory, {"words": "It went otherwise."}, UPDATES, id="update"),
    pytest.param(CommentaryFactory, {"words": "It went otherwise."}, WORDS, id="words"),
    pytest.param(CommentFactory, {"words": "It went otherwise."}, WORDS, id="comment"),
]
STEP = pytest.param(ReturnStepFactory, {"kind": "locked"}, STEPS, id="step of a return")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "changes", "message"),
    [*(pytest.param(*each.values, id=each.id, marks=pytest.mark.postgres) for each in CASES), STEP],
)
def test_row_cannot_be_changed(
    make: Callable[[], models.Model], changes: dict[str, object], message: str
) -> None:
    row = make()
    rows = type(row)._default_manager.filter(pk=row.pk)
    before = rows.values().get()
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        rows.update(**changes)
    assert rows.values().get() == before


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize(("make", "changes", "message"), [*CASES, STEP])
def test_row_cannot_be_removed(
    make: Callable[[], models.Model], changes: dict[str, object], message: str
) -> None:
    row = make()
    with (
        pytest.raises(IntegrityError, match=message),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {type(row)._meta.db_table}")
    assert list(type(row)._default_manager.all()) == [row]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_tables_can_be_emptied_between_tests() -> None:
    AuditEventFactory()
    RevisionFactory()
    call_command("flush", interactive=False, verbosity=0)
    assert (AuditEvent.objects.count(), Revision.objects.count()) == (0, 0)
