"""A report that has an edition already: what is built and published on top of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from partnerships.models import User
from reports.editions.actions import publish
from reports.editions.assemble import ReportError
from reports.models import Edition, Publication
from tests.reports.planned import NOW, Standing, built


def test_building_the_same_again_is_the_same_edition(with_draft: Standing) -> None:
    planned, draft = with_draft
    assert built(planned) == draft
    assert Edition.objects.count() == 1


def test_changed_figure_makes_a_further_edition_and_leaves_the_first(with_draft: Standing) -> None:
    planned, first = with_draft
    before = bytes(first.html)
    planned.load(4400)
    second = built(planned)
    first.refresh_from_db()
    assert (second.number, bytes(first.html)) == (2, before)
    assert second.inputs_sha256 != first.inputs_sha256


def test_older_edition_is_not_published_over_a_newer_one(with_draft: Standing) -> None:
    planned, first = with_draft
    planned.load(4400)
    publish(built(planned), by=planned.signatory, at=NOW)
    with pytest.raises(ReportError, match="A later edition is published already"):
        publish(first, by=planned.signatory, at=NOW)
    assert Publication.objects.count() == 1


def test_list_asks_the_database_as_often_for_many_editions_as_for_one(
    with_draft: Standing,
    client_of: Callable[[User], Client],
    django_assert_num_queries: Callable[..., object],
) -> None:
    planned, _ = with_draft
    unit = client_of(planned.unit)
    with django_assert_num_queries(10):  # type: ignore[attr-defined]
        unit.get("/p/testshire/reports/")
    for value in (4400, 4500):
        planned.load(value)
        built(planned)
    with django_assert_num_queries(10):  # type: ignore[attr-defined]
        unit.get("/p/testshire/reports/")
