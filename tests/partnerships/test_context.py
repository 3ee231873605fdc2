"""The menu and the partnership switch: only what the person may open, and one query."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries

from partnerships.context import MENU, Nav, first_page, frame, navigation
from partnerships.models import Partnership, RoleName, User
from partnerships.permissions import permissions_of
from tests.factories import AreaFactory, RoleFactory


def asked_by(user: User | AnonymousUser, path: str = "/my/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user
    request.resolver_match = resolve(path)
    return request


def texts(nav: Nav) -> list[str]:
    return [item.text for item in nav.items]


def test_page_of_a_partnership_shows_its_menu(business_unit: User) -> None:
    nav = navigation(asked_by(business_unit, "/p/testshire/returns/2019-20-q3/"))
    assert nav.partnership == business_unit.roles.get().partnership
    assert [(item.text, item.url) for item in nav.items if item.current] == [
        ("Returns", "/p/testshire/returns/")
    ]
    assert [(place.name, place.current) for place in nav.partnerships] == [("Testshire", True)]


def test_dashboard_is_current_on_its_own_page_only(business_unit: User) -> None:
    for path, current in (("/p/testshire/", True), ("/p/testshire/audit/", False)):
        nav = navigation(asked_by(business_unit, path))
        (item,) = [item for item in nav.items if item.text == "Dashboard"]
        assert item.current is current


def test_menu_of_an_administrator_leaves_out_what_is_not_theirs(administrator: User) -> None:
    nav = navigation(asked_by(administrator, "/p/testshire/people/"))
    assert texts(nav) == ["Reports", "People and audit"]
    assert [(item.text, item.url, item.current) for item in nav.within] == [
        ("People", "/p/testshire/people/", True),
        ("Audit record", "/p/testshire/audit/", False),
    ]


def test_menu_is_short_and_shows_the_pages_of_the_group_that_is_read(business_unit: User) -> None:
    nav = navigation(asked_by(business_unit, "/p/testshire/budget/"))
    assert texts(nav) == [
        "Dashboard",
        "Returns",
        "Reports",
        "Plans",
        "Practice",
        "Actions",
        "Audit record",
    ]
    assert [item.text for item in nav.items if item.current] == ["Plans"]
    assert [(item.text, item.current) for item in nav.within] == [
        ("Priorities", False),
        ("Promises", False),
        ("Governance", False),
        ("Budget", True),
    ]


def test_page_outside_every_group_has_none_beneath_the_menu(business_unit: User) -> None:
    assert navigation(asked_by(business_unit, "/p/testshire/")).within == ()


def test_switch_lists_partnerships_by_name_with_the_first_page_of_each(
    administrator: User, otherton: Partnership
) -> None:
    RoleFactory(user=administrator, partnership=otherton, name=RoleName.PARTNER)
    nav = navigation(asked_by(administrator))
    assert [(place.name, place.url, place.current) for place in nav.partnerships] == [
        ("Otherton", "/p/otherton/", False),
        ("Testshire", "/p/testshire/reports/", False),
    ]
    assert (nav.partnership, nav.items) == (None, [])


def test_person_with_no_page_at_a_partnership_is_led_to_their_own(testshire: Partnership) -> None:
    assert first_page(testshire, frozenset()) == "/my/"


def test_partnership_of_others_shows_no_menu(outsider: User, testshire: Partnership) -> None:
    nav = navigation(asked_by(outsider, "/p/testshire/people/"))
    assert (nav.partnership, nav.items) == (None, [])
    assert [place.name for place in nav.partnerships] == ["Otherton"]


def test_anonymous_visitor_has_no_menu(db: None) -> None:
    assert navigation(asked_by(AnonymousUser())) == Nav(None, [], [])


def test_address_that_does_not_exist_has_no_menu_and_no_fault(
    client_of: Callable[[User], Client], business_unit: User
) -> None:
    answer = client_of(business_unit).get("/no/such/page/")
    assert answer.status_code == 404
    assert "Testshire" in answer.content.decode()


def test_frame_costs_one_query_and_none_where_nothing_asks(
    business_unit: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = asked_by(business_unit, "/p/testshire/people/")
    with django_assert_num_queries(0):
        context = frame(request)
    with django_assert_num_queries(1):
        render_to_string("components/header.html", context | {"user": business_unit}, request)


@pytest.mark.parametrize("role", list(RoleName))
def test_every_page_of_the_menu_opens_for_whoever_sees_it(
    role: RoleName, testshire: Partnership, client_of: Callable[[User], Client]
) -> None:
    AreaFactory(partnership=testshire)
    user = RoleFactory(partnership=testshire, name=role).user
    client = client_of(user)
    nav = navigation(asked_by(user, "/p/testshire/"))
    opened: dict[str, int] = {}
    for group in nav.items:
        pages = navigation(asked_by(user, group.url)).within or (group,)
        opened |= {item.text: client.get(item.url).status_code for item in pages}
    held = permissions_of(user.roles.all())
    every = [text for _, pages in MENU for text, _, needed in pages if held & needed]
    assert opened == dict.fromkeys(every, 200)
