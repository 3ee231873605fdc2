"""What could point to a child: declared by each model, and kept out of error reports."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import models
from django.test import Client, RequestFactory
from django.views.debug import SafeExceptionReporterFilter

from partnerships.models import User
from reviews.models import PracticeReview
from reviews.practice import views

MODELS = list(apps.get_app_config("reviews").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__name__))
def test_model_declares_its_restricted_fields(model: type[models.Model]) -> None:
    """Silence is not an answer: a model without any says `()`."""
    restricted = vars(model)["RESTRICTED_FIELDS"]
    assert set(restricted) <= {field.name for field in model._meta.get_fields()}


def test_restricted_fields_stand_in_one_table_without_a_check_constraint() -> None:
    """PostgreSQL prints the whole row that breaks one, into logs and error pages."""
    holding = [model for model in MODELS if vars(model)["RESTRICTED_FIELDS"]]
    assert [model.__name__ for model in holding] == ["ReviewCircumstances"]
    constraints = [each for model in holding for each in model._meta.constraints]
    assert [each for each in constraints if isinstance(each, models.CheckConstraint)] == []


@pytest.mark.parametrize("view", [views.review_restricted, views.review_restricted_save])
def test_restricted_text_that_was_sent_stands_in_no_error_report(
    review: PracticeReview,
    business_unit: User,
    rf: RequestFactory,
    client_of: Callable[[User], Client],
    view: Callable[..., object],
) -> None:
    request = rf.post("/", {"text": "SECRET", "seen": "no number"})
    request.user = business_unit
    view(request, "testshire", code="R1")
    reported = SafeExceptionReporterFilter()
    shown = reported.get_post_parameters(request)
    assert (shown["text"], shown["seen"]) == (reported.cleansed_substitute, "no number")
