"""The pages on which roles are given, ended and listed, and the record's page."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.models import Agency, Job, Partnership, RoleName, User
from partnerships.people.actions import end_role
from tests.factories import MOMENT, AgencyFactory, AuditEventFactory, JobFactory, RoleFactory
from tests.partnerships.test_people import PORTAL, TODAY, given


def form(**changes: str) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "email": "new.officer@testshire.invalid",
        "name": "New officer",
        "role": "partner",
        "agency": "",
        "first_day": str(today.day),
        "first_month": str(today.month),
        "first_year": str(today.year),
    } | changes


def said(client: Client, address: str, data: dict[str, str]) -> list[str]:
    """The errors of a form that was refused, in the order of the page."""
    answer = client.post(address, data)
    assert answer.status_code == 422
    errors: dict[str, list[str]] = answer.context["form"].errors
    return [str(error) for field in errors.values() for error in field]


def test_administrator_gives_a_role_on_the_page(
    administrator: User, testshire: Partnership, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(administrator).post("/p/testshire/people/new/", form(), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/p/testshire/people/", 302)]
    assert "New officer is now Partner." in page
    assert "Invitation on its way" in page
    assert Job.objects.get().arguments["portal"] == "http://testserver/"


def test_form_says_all_that_is_missing(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    empty = dict.fromkeys(form(), "")
    assert said(client_of(administrator), "/p/testshire/people/new/", empty) == [
        "Enter the person's email address.",
        "Enter the person's name.",
        "Choose a role.",
        "Enter the first day.",
    ]


def test_form_offers_this_partnership_s_agencies_only(
    administrator: User,
    testshire_police: Agency,
    otherton: Partnership,
    client_of: Callable[[User], Client],
) -> None:
    other = AgencyFactory(partnership=otherton, organisation__name="Otherton Police")
    client = client_of(administrator)
    page = client.get("/p/testshire/people/new/").content.decode()
    assert ("Testshire Police" in page, "Otherton Police" in page) == (True, False)
    data = form(role="contributor", agency=str(other.pk))
    assert said(client, "/p/testshire/people/new/", data) == [
        "Choose an agency of this partnership."
    ]


def test_form_says_what_the_action_refuses_beside_its_field(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(administrator).post(
        "/p/testshire/people/new/", form(email=administrator.email)
    )
    assert answer.context["form"].errors == {
        "email": ["You cannot give yourself a role. Ask another administrator to do it."]
    }


@pytest.mark.parametrize(
    ("address", "prefix", "noun"),
    [("new/", "first", "The first day"), ("{role}/end/", "last", "The last day")],
)
def test_day_more_than_a_year_off_is_a_slip(
    administrator: User,
    partner: User,
    client_of: Callable[[User], Client],
    address: str,
    prefix: str,
    noun: str,
) -> None:
    address = "/p/testshire/people/" + address.format(role=partner.roles.get().pk)
    client = client_of(administrator)
    days = {f"{prefix}_day": "1", f"{prefix}_month": "4", f"{prefix}_year": "2202"}
    assert said(client, address, form() | days) == [
        "1 April 2202 is more than a year from today. Check the year."
    ]
    days = {f"{prefix}_day": "31", f"{prefix}_month": "2", f"{prefix}_year": "2020"}
    assert said(client, address, form() | days) == [
        f"{noun} must have a day that is in that month."
    ]


def test_administrator_ends_a_role_on_the_page(
    administrator: User, partner: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(administrator)
    address = f"/p/testshire/people/{partner.roles.get().pk}/end/"
    assert (
        "Partner, Testshire is Partner from 1 April 2015." in client.get(address).content.decode()
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    days = {"last_day": yesterday.day, "last_month": yesterday.month, "last_year": yesterday.year}
    answer = client.post(address, days, follow=True)
    assert "Partner, Testshire, Partner: the role is ended." in answer.content.decode()
    assert partner.roles.get().last == yesterday
    assert client_of(partner).get("/p/testshire/people/").status_code == 404


def test_page_says_that_the_last_administrator_stays(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    address = f"/p/testshire/people/{administrator.roles.get().pk}/end/"
    today = timezone.localdate()
    days = {
        "last_day": str(today.day),
        "last_month": str(today.month),
        "last_year": str(today.year),
    }
    assert said(client_of(administrator), address, days) == [
        "Administrator, Testshire would be the last administrator of Testshire. "
        "Give the role to somebody else first."
    ]


@pytest.mark.parametrize("verb", ["end", "invite"])
def test_role_of_another_partnership_is_not_found(
    administrator: User, outsider: User, client_of: Callable[[User], Client], verb: str
) -> None:
    address = f"/p/testshire/people/{outsider.roles.get().pk}/{verb}/"
    assert client_of(administrator).post(address).status_code == 404


def test_page_invites_again_and_says_why_it_does_not(
    administrator: User, partner: User, testshire: Partnership, client_of: Callable[[User], Client]
) -> None:
    new = RoleFactory(partnership=testshire, user__password=None, user__name="New officer")
    client = client_of(administrator)
    assert "Not invited" in client.get("/p/testshire/people/").content.decode()
    answers = [
        client.post(f"/p/testshire/people/{role.pk}/invite/", follow=True).content.decode()
        for role in (new, partner.roles.get())
    ]
    assert "The invitation to New officer is on its way." in answers[0]
    assert "Partner, Testshire has a password." in answers[1]
    assert Job.objects.count() == 1


def test_list_shows_current_roles_first_then_those_that_ended(
    administrator: User,
    contributor: User,
    testshire: Partnership,
    client_of: Callable[[User], Client],
) -> None:
    RoleFactory(
        partnership=testshire, user__name="Earlier officer", first=TODAY, last=date(2020, 7, 2)
    )
    RoleFactory(user__name="Officer elsewhere")
    answer = client_of(administrator).get("/p/testshire/people/")
    shown = [(role.person, role.words, role.has_ended) for role in answer.context["roles"]]
    assert shown == [
        ("Administrator, Testshire", "Administrator", False),
        ("Contributor, Testshire", "Contributor for Testshire Police", False),
        ("Earlier officer", "Partner", True),
    ]
    page = answer.content.decode()
    assert "2 July 2020" in page
    assert page.count("End<span") == 2


def test_invitations_of_another_partnership_are_not_shown(
    administrator: User,
    testshire: Partnership,
    otherton: Partnership,
    client_of: Callable[[User], Client],
) -> None:
    new = RoleFactory(partnership=testshire, user__password=None)
    JobFactory(kind="people.invite", partnership=otherton, arguments={"user": new.user_id})
    (shown,) = [
        role
        for role in client_of(administrator).get("/p/testshire/people/").context["roles"]
        if role.pk == new.pk
    ]
    assert shown.invitation == "Not invited"


def test_own_page_lists_partnerships_with_roles_in_words(
    contributor: User,
    testshire: Partnership,
    otherton: Partnership,
    client_of: Callable[[User], Client],
) -> None:
    RoleFactory(user=contributor, partnership=otherton, name=RoleName.ADMINISTRATOR)
    RoleFactory(user=contributor, partnership=otherton, name=RoleName.APPROVER)
    RoleFactory(user=contributor, partnership=otherton, name=RoleName.PARTNER, last=TODAY)
    places = client_of(contributor).get("/my/").context["places"]
    assert [(partnership.slug, roles) for partnership, _, roles in places] == [
        ("otherton", ["Administrator", "Approver"]),
        ("testshire", ["Contributor for Testshire Police"]),
    ]


def test_own_page_without_a_role_says_whom_to_ask(
    nobody: User, platform_administrator: User, client_of: Callable[[User], Client]
) -> None:
    assert "You hold no role today." in client_of(nobody).get("/my/").content.decode()
    page = client_of(platform_administrator).get("/my/").content.decode()
    assert ("You keep the shared register" in page, "You hold no role today." in page) == (
        True,
        False,
    )


def test_audit_page_shows_who_did_what_newest_first(
    administrator: User,
    partner: User,
    testshire: Partnership,
    otherton: Partnership,
    client_of: Callable[[User], Client],
) -> None:
    other = RoleFactory(partnership=otherton, name=RoleName.ADMINISTRATOR).user
    given(other, otherton, email="elsewhere@otherton.invalid")
    given(administrator, testshire)
    end_role(by=administrator, role=partner.roles.get(), last=TODAY)
    table = client_of(administrator).get("/p/testshire/audit/").context["table"]
    new = User.objects.get(email="new.officer@testshire.invalid")
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
        (
            "Administrator, Testshire",
            "Role ended",
            f"role:testshire:partner:{partner.pk}",
            "person: Partner, Testshire; last: 1 July 2020; role: Partner",
        ),
        (
            "Administrator, Testshire",
            "Job asked for",
            f"job:people.invite:{new.pk}:{PORTAL}",
            "",
        ),
        (
            "Administrator, Testshire",
            "Role given",
            f"role:testshire:partner:{new.pk}",
            "person: New officer; first: 1 July 2020; role: Partner",
        ),
    ]


def test_audit_page_without_events_says_so(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(administrator).get("/p/testshire/audit/").content.decode()
    assert "Nothing is recorded yet." in page


def test_long_record_is_read_a_page_at_a_time(
    administrator: User, testshire: Partnership, client_of: Callable[[User], Client]
) -> None:
    for number in range(51):
        AuditEventFactory(partnership=testshire, subject=f"event {number}", at=MOMENT)
    client = client_of(administrator)
    pages = [
        [row.cells[2].text for row in client.get(address).context["table"].rows]
        for address in ("/p/testshire/audit/", "/p/testshire/audit/?page=2")
    ]
    assert pages == [[f"event {number}" for number in range(50, 0, -1)], ["event 0"]]
