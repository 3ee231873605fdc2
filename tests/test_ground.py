"""The ground that all tests stand on can fail: templates, network, people, factories."""

import socket
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from factory.django import DjangoModelFactory

from partnerships.models import Role, User
from tests import factories
from tests.strict_templates import UndefinedVariable


def rendered(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    "source", ["{{ missing }}", "{{ row.missing }}", "{% with x=missing %}{% endwith %}"]
)
def test_template_with_an_undefined_variable_fails(source: str) -> None:
    with pytest.raises(UndefinedVariable, match="missing is undefined in"):
        rendered(source, row={})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% if missing %}yes{% else %}no{% endif %}", "no"),
        ("{{ missing|default:'other' }}", "other"),
        ("{{ empty }}", "None"),
        ("{{ found }}", "words"),
    ],
)
def test_template_that_minds_its_variables_renders(source: str, text: str) -> None:
    assert rendered(source, found="words", empty=None) == text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "text"),
    [("{{ partnership.area }}", ""), ("{% if partnership.area %}yes{% else %}no{% endif %}", "no")],
)
def test_template_with_a_missing_one_to_one_row_is_empty(source: str, text: str) -> None:
    assert rendered(source, partnership=factories.PartnershipFactory()) == text


def test_network_is_out_of_reach() -> None:
    with pytest.warns(UserWarning, match=r"192\.0\.2\.1"), pytest.raises(RuntimeError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)


def test_named_person_holds_the_role_of_their_name(contributor: User) -> None:
    role = Role.objects.get(user=contributor)
    assert (role.name, role.partnership.slug, str(role.agency)) == (
        "contributor",
        "testshire",
        "Testshire Police in Testshire",
    )


def test_named_person_is_signed_in(client_of: Callable[[User], Client], nobody: User) -> None:
    assert client_of(nobody).session["_auth_user_id"] == str(nobody.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "made",
    [
        made
        for made in vars(factories).values()
        if isinstance(made, type) and made.__module__ == factories.__name__
    ],
    ids=lambda made: str(made.__name__),
)
def test_factory_makes_two_rows(made: type[DjangoModelFactory[Any]]) -> None:
    made.create_batch(2)


@pytest.mark.django_db
def test_period_factory_reads_a_key() -> None:
    period = factories.PeriodFactory(key="2019-20-q3")
    assert (period.kind, period.first, period.last) == (
        "quarter",
        date(2019, 10, 1),
        date(2019, 12, 31),
    )


@pytest.mark.django_db
def test_figure_is_pointed_to_by_its_cell() -> None:
    cell = factories.figure(value=7)
    assert (cell.latest, cell.approved) == (cell.revisions.get(), cell.revisions.get())
