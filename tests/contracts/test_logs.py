"""Nothing personal and nothing secret is written into a log line."""

import io
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from partnerships.models import Partnership, User
from tests.factories import PASSWORD, UserFactory

LOGGING: dict[str, Any] = settings.LOGGING
SECRET = "somebody.private@portal.invalid"


def falls_over(request: HttpRequest) -> HttpResponse:
    """As a page with a fault does: the database's words repeat what it was given."""
    with transaction.atomic():
        UserFactory(email=SECRET)
        UserFactory(email=SECRET)
    raise AssertionError("not reached")


def says_too_much(request: HttpRequest) -> HttpResponse:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        raise RuntimeError(f"while reading {SECRET}") from error


urlpatterns = [path("falls-over/", falls_over), path("says-too-much/", says_too_much)]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the portal's own formatter writes, of every logger and level from INFO on."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(
        logging.config.DictConfigurator(LOGGING).configure_formatter(
            dict(LOGGING["formatters"]["line"])
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def test_portal_logs_with_the_formatter_that_leaves_values_out() -> None:
    assert LOGGING["handlers"]["console"]["formatter"] == "line"
    assert LOGGING["formatters"]["line"]["()"] == "safeguarding.logs.WithoutValues"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("/falls-over/", [IntegrityError]),
        ("/says-too-much/", [RuntimeError, ValueError]),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_fault_is_logged_by_type_and_place_without_its_words(
    lines: io.StringIO, address: str, kinds: list[type[Exception]]
) -> None:
    client = Client(raise_request_exception=False)
    assert client.get(address).status_code == 500
    log = lines.getvalue()
    assert SECRET not in log
    assert [kind.__name__ for kind in kinds if kind.__name__ not in log] == []
    assert "test_logs.py" in log


def test_work_on_people_leaves_no_name_address_or_password_in_the_log(
    lines: io.StringIO,
    administrator: User,
    testshire: Partnership,
    client: Client,
    client_of: Callable[[User], Client],
) -> None:
    client.post("/account/login/", {"login": administrator.email, "password": "wrong-words"})
    client.post("/account/login/", {"login": administrator.email, "password": PASSWORD})
    client.post("/account/password/reset/", {"email": administrator.email})
    form = {
        "email": SECRET,
        "name": "Private name",
        "role": "partner",
        "first_day": "1",
        "first_month": "1",
        "first_year": "1900",
    }
    assert client_of(administrator).post("/p/testshire/people/new/", form).status_code == 422
    client.get("/p/testshire/no-such-page/")
    log = lines.getvalue()
    assert "/p/testshire/people/new/" in log
    personal = [administrator.email, administrator.name, PASSWORD, "wrong-words", SECRET, "Private"]
    assert [words for words in personal if words in log] == []
