"""The door: strangers learn nothing, the known are told, the anonymous are asked in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from partnerships.door import (
    SIGNED_OUT_WHILE_SENDING,
    SignedIn,
    admit,
    needs,
    needs_platform,
    roles_today,
    signed_in,
)
from partnerships.models import Partnership, RoleName, User
from partnerships.permissions import PLATFORM_PERMISSIONS, ROLE_TABLE, Permission
from tests.factories import RoleFactory

P = Permission
BusinessUnit = ROLE_TABLE[RoleName.BUSINESS_UNIT].permissions


@needs(P.ENTER_FIGURES, P.SIGN_REPORTS)
def page(request: SignedIn, partnership: Partnership, more: str = "") -> HttpResponse:
    return HttpResponse(f"{request.user.name} at {partnership.short_name} {more}".strip())


@needs_platform(P.MANAGE_REGISTER)
def register(request: SignedIn) -> HttpResponse:
    assert request.permissions == PLATFORM_PERMISSIONS
    return HttpResponse("register")


@signed_in
def own(request: SignedIn) -> HttpResponse:
    assert request.permissions == frozenset()
    return HttpResponse(request.user.name)


def words(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def asked_by(user: User | AnonymousUser, method: str = "get", **headers: str) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(headers=headers), method)("/p/x/page/?a=1")
    request.user = user
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def test_door_opens_for_any_of_the_permissions(
    business_unit: User, signatory: User, testshire: Partnership
) -> None:
    answers = [
        page(asked_by(user), slug="testshire", more="!") for user in (business_unit, signatory)
    ]
    assert [words(answer) for answer in answers] == [
        "Business unit, Testshire at Testshire !",
        "Signatory, Testshire at Testshire !",
    ]


def test_view_behind_the_door_gets_the_permissions_held_there(
    business_unit: User, testshire: Partnership, otherton: Partnership
) -> None:
    RoleFactory(user=business_unit, partnership=otherton, name=RoleName.ADMINISTRATOR)
    request = asked_by(business_unit)
    page(request, slug="testshire")
    assert request.permissions == BusinessUnit  # type: ignore[attr-defined]


def test_role_without_the_permission_is_refused(partner: User) -> None:
    with pytest.raises(PermissionDenied):
        page(asked_by(partner), slug="testshire")


@pytest.mark.parametrize("slug", ["testshire", "no-such-place"])
def test_partnership_of_others_looks_like_one_that_does_not_exist(
    outsider: User, testshire: Partnership, slug: str
) -> None:
    with pytest.raises(Http404) as raised:
        page(asked_by(outsider), slug=slug)
    assert str(raised.value) == ""


def test_not_found_says_the_same_of_a_hidden_and_of_a_missing_partnership(
    outsider: User, testshire: Partnership, client_of: Callable[[User], Client]
) -> None:
    client = client_of(outsider)
    hidden, missing = (client.get(f"/p/{slug}/people/") for slug in ("testshire", "nosuchone"))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", hidden.content) == token.sub(b"", missing.content)


def test_role_that_ended_yesterday_is_a_stranger_s(testshire: Partnership) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    role = RoleFactory(partnership=testshire, name=RoleName.BUSINESS_UNIT, last=yesterday)
    with pytest.raises(Http404):
        page(asked_by(role.user), slug="testshire")


def test_platform_administrator_is_a_stranger_at_a_partnership(
    platform_administrator: User, testshire: Partnership
) -> None:
    with pytest.raises(Http404):
        page(asked_by(platform_administrator), slug="testshire")


def test_anonymous_visitor_is_asked_to_sign_in_and_comes_back() -> None:
    answer = page(asked_by(AnonymousUser()), slug="testshire")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/account/login/?next=/p/x/page/%3Fa%3D1",
    )


def test_anonymous_visitor_learns_nothing_of_which_partnerships_exist(
    testshire: Partnership,
) -> None:
    answers = [page(asked_by(AnonymousUser()), slug=slug) for slug in ("testshire", "nosuchone")]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


@pytest.mark.parametrize(
    ("referrer", "back_to"),
    [
        ("http://testserver/p/x/list/?page=2", "/p/x/list/%3Fpage%3D2"),
        ("http://testserver/p/x/list/", "/p/x/list/"),
        ("https://elsewhere.example/p/x/list/", "/p/x/page/"),
        ("javascript:alert(1)", "/p/x/page/"),
        ("", "/p/x/page/"),
    ],
)
def test_form_sent_after_the_session_ended_leads_back_to_its_page(
    referrer: str, back_to: str
) -> None:
    request = asked_by(AnonymousUser(), "post", referer=referrer)
    answer = page(request, slug="testshire")
    assert answer.headers["Location"] == f"/account/login/?next={back_to}"
    said = [str(message) for message in request._messages]  # type: ignore[attr-defined]
    assert said == [SIGNED_OUT_WHILE_SENDING]


def test_page_asked_for_without_a_session_leads_to_sign_in_without_a_message() -> None:
    request = asked_by(AnonymousUser())
    page(request, slug="testshire")
    assert list(request._messages) == []  # type: ignore[attr-defined]


def test_register_is_for_platform_administrators(
    platform_administrator: User, business_unit: User
) -> None:
    assert words(register(asked_by(platform_administrator))) == "register"
    with pytest.raises(PermissionDenied):
        register(asked_by(business_unit))
    assert register(asked_by(AnonymousUser())).status_code == 302


def test_own_page_needs_no_role(nobody: User) -> None:
    assert words(own(asked_by(nobody))) == "Nobody"
    assert own(asked_by(AnonymousUser())).status_code == 302


def test_admit_answers_for_an_object_s_partnership(
    business_unit: User, partner: User, outsider: User, testshire: Partnership
) -> None:
    admitted = admit(asked_by(business_unit), testshire, P.RUN_JOBS)
    assert admitted.permissions == BusinessUnit
    with pytest.raises(PermissionDenied):
        admit(asked_by(partner), testshire, P.RUN_JOBS)
    with pytest.raises(Http404):
        admit(asked_by(outsider), testshire, P.RUN_JOBS)


def test_door_and_menu_share_one_query(
    business_unit: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = asked_by(business_unit)
    with django_assert_num_queries(1):
        page(request, slug="testshire")
        assert [role.partnership.slug for role in roles_today(request)] == ["testshire"]
