"""What was typed outlives the session, the token and a wrong password."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from partnerships.door import SIGNED_OUT_WHILE_SENDING
from partnerships.models import User
from partnerships.unsent import LIVES, Unsent, opened
from tests.factories import PASSWORD

PAGE = "/p/testshire/people/new/"
TYPED = {"email": "new@x.invalid", "name": "Ann “Nan” O'Neil 👍\r\nof <b>two</b> lines"}
HERE = {"referer": f"http://testserver{PAGE}", "origin": "http://testserver"}
UNSENT = "/account/unsent/"


@pytest.fixture(autouse=True)
def _limits_start_at_nought(db: None) -> None:
    cache.clear()


@pytest.fixture
def away(client_of: Callable[[User], Client], administrator: User) -> Client:
    """A client whose session has just ended."""
    client = client_of(administrator)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    return client


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def sign_in(client: Client, user: User, password: str, **more: str) -> Any:
    address = f"/account/login/?next={UNSENT}"
    return client.post(address, {"login": user.email, "password": password, **more})


def test_form_is_offered_again_after_signing_in(away: Client, administrator: User) -> None:
    sessions = Session.objects.count()
    came = away.post(PAGE, TYPED, headers=HERE)
    assert came.status_code == 403
    assert "Sign in to save what you typed" in came.text
    assert Session.objects.count() == sessions

    kept = hidden(came.text)["unsent"]
    wrong = sign_in(away, administrator, "wrong", unsent=kept)
    assert hidden(wrong.text)["unsent"] == kept
    right = sign_in(away, administrator, PASSWORD, unsent=kept)
    assert right.headers["Location"] == UNSENT

    offered = away.get(UNSENT).text
    assert f'action="{PAGE}"' in offered
    assert f'href="{PAGE}"' in offered
    fields = hidden(offered)
    assert {name: fields[name] for name in TYPED} == TYPED
    assert User.objects.filter(email="new@x.invalid").exists() is False


def test_nothing_is_offered_to_somebody_who_sent_nothing(
    client_of: Callable[[User], Client], partner: User
) -> None:
    assert client_of(partner).get(UNSENT).headers["Location"] == "/my/"


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({}, HERE),
        ({"figures": SimpleUploadedFile("figures.csv", b"a,b")}, HERE),
        (TYPED, HERE | {"accept": "application/json"}),
    ],
)
def test_what_cannot_be_kept_is_said_to_be_not_saved(
    away: Client, data: dict[str, Any], headers: dict[str, str]
) -> None:
    came = away.post(PAGE, data, headers=headers)
    assert came.headers["Location"] == f"/account/login/?next={PAGE}"
    assert SIGNED_OUT_WHILE_SENDING in away.get(came.headers["Location"]).text


def test_seal_that_was_made_elsewhere_or_long_ago_opens_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unsent = Unsent(PAGE, PAGE, (("name", "Ann"),))
    sealed = unsent.sealed
    assert opened(sealed) == unsent
    assert opened(sealed[:-1]) is None
    assert opened("") is None
    monkeypatch.setattr("partnerships.unsent.LIVES", -LIVES)
    assert opened(sealed) is None


@pytest.fixture
def strict(client_of: Callable[[User], Client], administrator: User) -> Client:
    """A client signed in, of which tokens are asked."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(administrator).cookies
    return client


def test_form_with_an_aged_token_is_offered_again(strict: Client) -> None:
    came = strict.post(PAGE, TYPED | {"csrfmiddlewaretoken": "a" * 64}, headers=HERE)
    assert came.status_code == 403
    fields = hidden(came.text)
    assert {name: fields[name] for name in TYPED} == TYPED
    again = strict.post(PAGE, fields, headers=HERE)
    assert again.status_code == 422  # it was read: the role is missing


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_form_of_another_place_is_not_offered(strict: Client, origin: str) -> None:
    came = strict.post(PAGE, TYPED, headers=HERE | {"origin": origin})
    assert came.status_code == 403
    assert "The form could not be sent" in came.text
    assert "new@x.invalid" not in came.text


def test_passwords_are_never_offered(strict: Client) -> None:
    typed = {"oldpassword": PASSWORD, "password1": "secret", "password2": "secret"}
    came = strict.post("/account/password/change/", typed, headers=HERE)
    assert came.status_code == 403
    assert PASSWORD not in came.text
