"""A yearly report that can be built, and one that is built already."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from reports.editions.actions import publish
from tests.reports.planned import NOW, Planned, Standing, built, make_planned


@pytest.fixture
def planned(db: None) -> Planned:
    return make_planned()


@pytest.fixture(scope="module")
def _built_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Standing]:
    """Laying out a PDF takes longer than all that a test then asks of its edition."""
    with django_db_blocker.unblock(), transaction.atomic():
        planned = make_planned()
        yield planned, built(planned)
        transaction.set_rollback(True)


@pytest.fixture
def with_draft(_built_once: Standing, db: None) -> Standing:
    """The report with its first edition, which is a draft; what the test does is undone.

    The rows stand for the whole module: it can have no test that asks for `planned`.
    """
    return deepcopy(_built_once)


@pytest.fixture
def with_published(with_draft: Standing) -> Standing:
    planned, edition = with_draft
    publish(edition, by=planned.signatory, at=NOW)
    return planned, edition
