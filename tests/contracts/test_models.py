"""What every model of ours must say of itself; a new one cannot forget it."""

import pytest
from django.apps import apps
from django.db import models

OURS = ("partnerships", "metrics", "reviews", "reports")
MODELS = [model for app in OURS for model in apps.get_app_config(app).get_models()]
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)

# Roles without an agency have a key of their own, `open_role_is_held_once`.
MAY_BE_EMPTY = {("open_role_for_an_agency_is_held_once", "agency")}


@every_model
def test_model_names_its_personal_fields(model: type[models.Model]) -> None:
    """Silence is not an answer: a model without any says `()`."""
    assert "PERSONAL_FIELDS" in vars(model)
    fields = {field.name for field in model._meta.get_fields()}
    assert [name for name in vars(model)["PERSONAL_FIELDS"] if name not in fields] == []


@every_model
def test_model_that_points_to_a_person_counts_that_as_personal(model: type[models.Model]) -> None:
    person = apps.get_model("partnerships", "User")
    pointing = [
        field.name
        for field in model._meta.fields
        if field.related_model is person or isinstance(field, models.EmailField)
    ]
    assert [name for name in pointing if name not in vars(model)["PERSONAL_FIELDS"]] == []


@every_model
def test_model_has_an_order(model: type[models.Model]) -> None:
    assert model._meta.ordering


@every_model
def test_model_s_facts_are_protected(model: type[models.Model]) -> None:
    """Nothing goes because something else went."""
    pointers = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    assert [
        field.name for field in pointers if field.remote_field.on_delete is not models.PROTECT
    ] == []


@every_model
def test_model_does_not_override_saving(model: type[models.Model]) -> None:
    """Rules are constraints and actions; a rule in save() is walked around by update()."""
    assert [name for name in ("save", "delete", "clean", "full_clean") if name in vars(model)] == []


@every_model
def test_no_part_of_a_key_may_be_empty(model: type[models.Model]) -> None:
    """Two rows with NULL in a key count as different, unless a condition says that it is not."""
    keys = [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    nullable = {field.name for field in model._meta.fields if field.null}
    assert [
        (key.name, name)
        for key in keys
        for name in key.fields
        if name in nullable
        and f"'{name}" not in str(key.condition)
        and (key.name, name) not in MAY_BE_EMPTY
    ] == []
