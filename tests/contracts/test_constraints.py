"""Every constraint of every model has a name that says it, and is broken by a test."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests.contracts import constraints

OURS = ("partnerships", "metrics", "reviews", "reports")
CASES: list[tuple[str, Callable[[], Any]]] = [
    case
    for module in iter_modules(constraints.__path__, f"{constraints.__name__}.")
    for case in import_module(module.name).CASES
]

# Whatever breaks the first breaks the second too, and the database names either.
IMPLIED = {
    "job_state_is_known": {"ended_jobs_and_only_they_have_an_end"},
    "indicator_base_is_positive": {"only_a_rate_has_a_base"},
}


def named() -> dict[str, models.BaseConstraint]:
    """The constraints of all our models by name."""
    found = [each for model in our_models() for each in model._meta.constraints]
    return {each.name: each for each in found}


def our_models() -> list[type[models.Model]]:
    return [model for app in OURS for model in apps.get_app_config(app).get_models()]


def unique_fields() -> dict[str, str]:
    """`Model.field` of each field that is unique by itself, with its column."""
    return {
        f"{model.__name__}.{field.name}": str(field.column)
        for model in our_models()
        for field in model._meta.fields
        if field.unique and not field.primary_key
    }


def test_every_constraint_has_a_case() -> None:
    wanted = {*named(), *unique_fields()}
    written = {name for name, _ in CASES}
    assert sorted(wanted - written) == []
    assert sorted(written - wanted) == []


def test_every_constraint_is_named_as_a_sentence() -> None:
    assert [name for name in named() if name.count("_") < 2 or name != name.lower()] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "broken"),
    [pytest.param(name, broken, id=f"{n}-{name}") for n, (name, broken) in enumerate(CASES)],
)
def test_database_refuses_what_breaks_the_constraint(name: str, broken: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        broken()
    if name in unique_fields():
        assert unique_fields()[name] in str(raised.value)
    else:
        assert said_by(raised.value) & ({name} | IMPLIED.get(name, set()))


def said_by(error: IntegrityError) -> set[str]:
    """The names that the database gives to what was broken.

    SQLite names a CHECK, and of a UNIQUE only its columns.
    """
    if connection.vendor == "postgresql":
        assert error.__cause__ is not None
        return {str(error.__cause__.diag.constraint_name)}  # type: ignore[attr-defined]
    kind, _, what = str(error).partition(" constraint failed: ")
    if kind == "CHECK":
        return {what}
    assert kind == "UNIQUE"
    columns = {column.strip() for column in what.split(",")}
    return {name for name in named() if columns_of(name) == columns}


def columns_of(name: str) -> set[str]:
    """`table.column` of a UNIQUE constraint's fields."""
    constraint = named()[name]
    if not isinstance(constraint, models.UniqueConstraint):
        return set()
    model = next(model for model in our_models() if constraint in model._meta.constraints)
    table = model._meta.db_table
    columns = {field.name: field.column for field in model._meta.fields}
    return {f"{table}.{columns[field]}" for field in constraint.fields}
