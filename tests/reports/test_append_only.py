"""On PostgreSQL nobody changes or removes what was printed, not even past the portal."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from factory.django import DjangoModelFactory

from tests.report_factories import EditionFactory, PrintedFigureFactory, PublicationFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

CASES = [
    pytest.param(EditionFactory, {"html": b"another"}, id="edition"),
    pytest.param(PrintedFigureFactory, {"text": "1"}, id="printed figure"),
    pytest.param(PublicationFactory, {"at": "2020-01-01T00:00Z"}, id="publication"),
]


@pytest.mark.parametrize(("factory", "change"), CASES)
def test_what_was_printed_is_only_ever_added_to(
    factory: type[DjangoModelFactory[Model]], change: dict[str, object]
) -> None:
    made = factory()
    rows = type(made)._default_manager.filter(pk=made.pk)
    for deed in (lambda: rows.update(**change), rows.delete):
        refused = pytest.raises(IntegrityError, match="Editions are only ever added to")
        with refused, transaction.atomic():
            deed()
    assert rows.count() == 1
