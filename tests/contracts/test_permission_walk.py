"""Every address × every role × own and other partnership × GET and POST."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from partnerships.models import RoleName, User
from tests.contracts.addresses import Address, addresses
from tests.contracts.expected import COLUMNS, Row, rows
from tests.contracts.world import OWN_PARTS, PARTS, World, build
from tests.prepared import ON_POSTGRES

ADDRESSES = {address.name: address for address in addresses()}
ROWS = rows()
BROWSER = Client()  # one for all requests, since each new one sets up all middleware anew


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for the whole walk: each request is undone, so that it stays as built."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(world: World) -> dict[User, str]:
    """Everybody's session, begun once."""
    everybody = [*world.people.values(), *world.strangers.values()]
    return {user: _begin(user) for user in everybody}


def test_every_address_has_a_name_of_its_own() -> None:
    names = [address.name for address in addresses()]
    assert [name for name in names if names.count(name) > 1 or name.startswith("without")] == []


def test_every_address_has_a_row_for_get_and_one_for_post() -> None:
    """A new address fails here until somebody has said who may see it."""
    wanted = {(name, method) for name in ADDRESSES for method in ("GET", "POST")}
    written = [(row.name, row.method) for row in rows()]
    assert sorted(wanted - set(written)) == []
    assert sorted(set(written) - wanted) == []
    assert len(written) == len(set(written))


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_address_answers_each_person_as_written(
    row: Row, world: World, sessions: dict[User, str]
) -> None:
    url = _url(ADDRESSES[row.name], world)

    def status(user: User | None) -> str:
        return _status(row.method, url, sessions[user] if user else None)

    answers = {who: status(user) for who, user in world.people.items()}
    strangers = {who: status(world.strangers[who]) for who in strangers_asked(row)}
    expected = {who: row.expected[who] for who in COLUMNS if who != "stranger"}
    assert {"anonymous": status(None), **answers} == expected
    assert strangers == dict.fromkeys(strangers, row.expected["stranger"])


def strangers_asked(row: Row) -> list[str]:
    """Everybody; on PostgreSQL one by turns of those who meet a closed door.

    What keeps them out there is the one query for roles, which no address changes; on SQLite
    all of them ask for every address.
    """
    everybody = list(RoleName.values)
    if not ON_POSTGRES or row.expected["stranger"] != "404":
        return everybody
    return [everybody[ROWS.index(row) % len(everybody)]]


def _url(address: Address, world: World) -> str:
    parts = {
        part: (OWN_PARTS.get((address.name, part)) or PARTS[part])(world) for part in address.parts
    }
    return reverse(address.name, kwargs=parts)


def _begin(user: User) -> str:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _status(method: str, url: str, session: str | None) -> str:
    """What the page answers; whatever it did is undone."""
    BROWSER.cookies.clear()
    if session:
        BROWSER.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        sent = {"sent": "nothing else"}
        answer = BROWSER.get(url) if method == "GET" else BROWSER.post(url, sent)
        transaction.set_rollback(True)
    return "in" if _leads_to_sign_in(answer) else str(answer.status_code)


def _leads_to_sign_in(answer: Any) -> bool:
    sign_in = resolve_url(settings.LOGIN_URL)
    if "account/login_unsent.html" in [each.name for each in answer.templates]:
        return bool(answer.status_code == 403 and f'action="{sign_in}?' in answer.text)
    return bool(answer.status_code == 302 and answer.headers["Location"].startswith(sign_in))
