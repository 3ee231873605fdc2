"""Error pages: the right status, a sentence that helps, and nothing of what went wrong."""

import logging
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from partnerships.models import User

TOO_MUCH = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    # Each error is logged on purpose; here they are the subject.
    caplog.set_level(logging.CRITICAL, "django.request")


def test_page_that_is_not_there(client: Client) -> None:
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert "Page not found" in response.text
    assert "nothing/here" not in response.text


@pytest.mark.parametrize("address", ["/reports/?partnership=%00", "/search/?q=a%00b"])
def test_query_that_no_database_takes(client: Client, db: None, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert "The request could not be read" in response.text


def test_page_that_the_role_does_not_open(
    client_of: Callable[[User], Client], partner: User
) -> None:
    response = client_of(partner).get("/p/testshire/people/")
    assert response.status_code == 403
    assert "You are not allowed to do this" in response.text
    assert "ask an administrator of the partnership" in response.text


def test_form_without_its_token() -> None:
    response = Client(enforce_csrf_checks=True).post("/components/", {"name": "Referrals"})
    assert response.status_code == 403
    assert "reload the page and send the form again" in response.text


@pytest.mark.parametrize("enforce", [False, True])
def test_request_that_is_too_large(enforce: bool) -> None:
    # With the check of tokens it is the middleware that meets it, otherwise the view.
    client = Client(enforce_csrf_checks=enforce)
    client.get("/components/")  # the cookie
    response = client.post("/components/", {"note": TOO_MUCH})
    assert response.status_code == 413
    assert "5 MB is the most that can be sent at once" in response.text


def test_limit_that_the_page_names_is_the_limit() -> None:
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 5 * 1024 * 1024


def test_request_with_too_many_fields_is_not_called_too_large(client: Client) -> None:
    response = client.post("/components/", {f"f{n}": "" for n in range(5001)})
    assert response.status_code == 400
    assert "The request could not be read" in response.text


def test_request_to_another_host(client: Client) -> None:
    response = client.get("/components/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "The request could not be read" in response.text
    assert "elsewhere" not in response.text


@pytest.mark.django_db
def test_too_many_tries_to_sign_in(client: Client) -> None:
    details = {"login": "somebody@portal.invalid", "password": "wrong"}
    statuses = [client.post("/account/login/", details).status_code for _ in range(31)]
    assert statuses[-1] == 429
    response = client.post("/account/login/", details)
    assert response.status_code == 429
    assert "Wait 5 minutes, then try again" in response.text


@pytest.mark.urls("tests.house.failing_urls")
def test_failure_says_nothing_of_itself_and_asks_nothing_of_the_database() -> None:
    # Without the database mark, a query would fail the test.
    response = Client(raise_request_exception=False).get("/fail/")
    assert response.status_code == 500
    assert "Sorry, there is a problem with the service" in response.text
    assert "child" not in response.text
    assert "RuntimeError" not in response.text


@pytest.mark.urls("tests.house.failing_urls")
def test_failure_under_a_session_does_not_offer_to_sign_in(
    client_of: Callable[[User], Client], partner: User
) -> None:
    client = client_of(partner)
    client.raise_request_exception = False
    assert "Sign in" not in client.get("/fail/").text
