"""What a browser and what stands before the portal may keep of its answers."""

import logging
from collections.abc import Callable

import pytest
from django.test import Client

from partnerships.models import User

ClientOf = Callable[[User], Client]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/my/", 200),
        ("/p/testshire/", 200),
        ("/p/testshire/people/", 403),
        ("/p/otherton/", 404),
        ("/methodology/", 200),
    ],
)
def test_page_is_kept_by_no_proxy_and_asked_for_anew(
    client_of: ClientOf, partner: User, caplog: pytest.LogCaptureFixture, address: str, status: int
) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")
    answer = client_of(partner).get(address)
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_what_an_answer_says_of_itself_stands(client: Client, db: None) -> None:
    said = client.get("/health/").headers["Cache-Control"]
    assert said == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_page_that_holds_what_was_typed_is_not_kept_at_all(client: Client, db: None) -> None:
    answer = client.post("/p/testshire/reviews/R1/restricted/save/", {"text": "What was typed"})
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]
