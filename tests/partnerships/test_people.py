"""Giving roles and ending them."""

from datetime import date, timedelta
from typing import Any

import pytest

from partnerships.models import Agency, AuditEvent, Job, Partnership, Role, RoleName, User
from partnerships.people.actions import (
    RoleRefused,
    end_role,
    grant_role,
    system_actor,
)
from tests.factories import (
    AgencyFactory,
    RoleFactory,
    UserFactory,
)

TODAY = date(2020, 7, 1)
PORTAL = "https://portal.example/"


def given(by: User, partnership: Partnership, **changes: Any) -> Role:
    wanted: dict[str, Any] = {
        "email": "new.officer@testshire.invalid",
        "name": "New officer",
        "role": RoleName.PARTNER,
        "agency": None,
        "first": TODAY,
        "portal": PORTAL,
    }
    return grant_role(by=by, partnership=partnership, **wanted | changes)


def test_new_person_gets_an_account_without_a_password_a_role_and_an_invitation(
    administrator: User, testshire: Partnership
) -> None:
    role = given(administrator, testshire, email=" New.Officer@Testshire.invalid ")
    assert (role.user.email, role.user.name) == ("new.officer@testshire.invalid", "New officer")
    assert not role.user.has_usable_password()
    assert (role.partnership, role.name, role.agency, role.first, role.last) == (
        testshire,
        "partner",
        None,
        TODAY,
        None,
    )
    job = Job.objects.get()
    assert (job.kind, job.state, job.partnership, job.asked_by) == (
        "people.invite",
        "waiting",
        testshire,
        administrator,
    )


def test_known_person_keeps_name_and_password_and_is_not_invited(
    administrator: User, approver: User, testshire: Partnership
) -> None:
    role = given(administrator, testshire, email=approver.email, name="Somebody else")
    assert (role.user, role.user.name) == (approver, "Approver, Testshire")
    assert Job.objects.count() == 0


def test_giving_a_role_is_recorded_without_name_or_address(
    administrator: User, testshire: Partnership, testshire_police: Agency
) -> None:
    role = given(administrator, testshire, role=RoleName.CONTRIBUTOR, agency=testshire_police)
    event = AuditEvent.objects.get(verb="role given")
    assert (event.actor, event.partnership, event.subject, event.detail) == (
        administrator,
        testshire,
        f"role:testshire:contributor:{role.user_id}",
        {
            "person": role.user_id,
            "role": "Contributor",
            "agency": "testshire-police",
            "first": "2020-07-01",
        },
    )


def refused(by: User, partnership: Partnership, **changes: Any) -> tuple[str | None, str]:
    """The field and the sentence with which a role is refused; nothing is left behind."""
    before = (Role.objects.count(), User.objects.count(), AuditEvent.objects.count())
    with pytest.raises(RoleRefused) as raised:
        given(by, partnership, **changes)
    assert (Role.objects.count(), User.objects.count(), AuditEvent.objects.count()) == before
    return raised.value.field, str(raised.value)


def test_contributor_needs_an_agency(administrator: User, testshire: Partnership) -> None:
    assert refused(administrator, testshire, role=RoleName.CONTRIBUTOR) == (
        "agency",
        "Choose the agency that the contributor works for.",
    )


def test_other_roles_have_no_agency(
    administrator: User, testshire: Partnership, testshire_police: Agency
) -> None:
    assert refused(administrator, testshire, role=RoleName.APPROVER, agency=testshire_police) == (
        "agency",
        "Only a contributor or a partner speaks for one agency. Choose no agency for this role.",
    )


def test_partner_may_speak_for_an_agency_of_the_partnership(
    administrator: User, testshire: Partnership, otherton: Partnership, testshire_police: Agency
) -> None:
    role = given(administrator, testshire, agency=testshire_police)
    assert (role.name, role.agency) == ("partner", testshire_police)
    other = AgencyFactory(partnership=otherton, organisation__name="Otherton Police")
    assert refused(administrator, testshire, agency=other) == (
        "agency",
        "Otherton Police is an agency of another partnership. Choose one of Testshire.",
    )


def test_agency_of_another_partnership_is_refused(
    administrator: User, testshire: Partnership, otherton: Partnership
) -> None:
    agency = AgencyFactory(partnership=otherton, organisation__name="Otherton Police")
    assert refused(administrator, testshire, role=RoleName.CONTRIBUTOR, agency=agency) == (
        "agency",
        "Otherton Police is an agency of another partnership. Choose one of Testshire.",
    )


@pytest.mark.parametrize(
    "days", [{"last": date(2020, 6, 30)}, {"first": date(2020, 7, 2)}], ids=["gone", "to come"]
)
def test_agency_that_is_not_there_on_the_first_day_is_refused(
    administrator: User, testshire: Partnership, testshire_police: Agency, days: dict[str, date]
) -> None:
    Agency.objects.filter(pk=testshire_police.pk).update(**days)
    testshire_police.refresh_from_db()
    assert refused(
        administrator, testshire, role=RoleName.CONTRIBUTOR, agency=testshire_police
    ) == (
        "agency",
        "Testshire Police is not part of the partnership on 1 July 2020. "
        "Choose another agency or another first day.",
    )


def test_role_held_already_is_refused(administrator: User, testshire: Partnership) -> None:
    role = given(administrator, testshire)
    assert refused(administrator, testshire, first=TODAY + timedelta(days=9)) == (
        "role",
        "New officer holds this role from 1 July 2020 without a last day already.",
    )
    Role.objects.filter(pk=role.pk).update(last=date(2020, 7, 31))
    assert refused(administrator, testshire, first=date(2020, 7, 31)) == (
        "role",
        "New officer holds this role from 1 July 2020 until 31 July 2020 already.",
    )
    again = given(administrator, testshire, first=date(2020, 8, 1))
    assert again.user == role.user


def test_contributor_for_two_agencies_holds_two_roles(
    administrator: User, contributor: User, testshire: Partnership
) -> None:
    council = AgencyFactory(partnership=testshire)
    role = given(
        administrator,
        testshire,
        email=contributor.email,
        role=RoleName.CONTRIBUTOR,
        agency=council,
    )
    assert role.user == contributor
    assert contributor.roles.count() == 2


def test_nobody_gives_a_role_to_themselves(administrator: User, testshire: Partnership) -> None:
    assert refused(administrator, testshire, email=administrator.email) == (
        "email",
        "You cannot give yourself a role. Ask another administrator to do it.",
    )


@pytest.mark.parametrize("who", ["system", "closed"])
def test_closed_account_gets_no_role(administrator: User, testshire: Partnership, who: str) -> None:
    user = system_actor() if who == "system" else UserFactory(is_active=False)
    assert refused(administrator, testshire, email=user.email) == (
        "email",
        "The account with this email address is closed.",
    )


def test_role_ends_with_its_last_day_and_the_end_is_recorded(
    administrator: User, partner: User, testshire: Partnership
) -> None:
    role = partner.roles.get()
    ended = end_role(by=administrator, role=role, last=TODAY)
    assert (ended.first, ended.last) == (role.first, TODAY)
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject, event.detail) == (
        "role ended",
        f"role:testshire:partner:{partner.pk}",
        {"person": partner.pk, "role": "Partner", "last": "2020-07-01"},
    )


def test_end_of_a_role_can_be_brought_forward_but_not_put_off(
    administrator: User, partner: User
) -> None:
    role = end_role(by=administrator, role=partner.roles.get(), last=TODAY)
    with pytest.raises(RoleRefused, match=r"The role ends on 1 July 2020 already."):
        end_role(by=administrator, role=role, last=TODAY)
    earlier = end_role(by=administrator, role=role, last=TODAY - timedelta(days=1))
    assert earlier.last == date(2020, 6, 30)


def test_role_given_by_mistake_can_be_closed_on_the_day_it_begins(
    administrator: User, testshire: Partnership
) -> None:
    role = given(administrator, testshire)
    yesterday = TODAY - timedelta(days=1)
    end_role(by=administrator, role=role, last=yesterday)
    assert list(role.user.roles.open_on(TODAY)) == []
    assert AuditEvent.objects.get(verb="role given").detail["first"] == "2020-07-01"


def test_last_administrator_stays(administrator: User) -> None:
    with pytest.raises(RoleRefused) as raised:
        end_role(by=administrator, role=administrator.roles.get(), last=TODAY)
    assert str(raised.value) == (
        "Administrator, Testshire would be the last administrator of Testshire. "
        "Give the role to somebody else first."
    )
    assert administrator.roles.get().last is None


@pytest.mark.parametrize(
    ("other", "ends"),
    [
        ({}, True),
        ({"last": TODAY}, False),
        ({"last": TODAY + timedelta(days=1)}, True),
        ({"first": TODAY + timedelta(days=2)}, False),
        ({"user__is_active": False}, False),
    ],
    ids=["another", "who ends too", "who ends later", "who begins too late", "who is closed"],
)
def test_administrator_ends_only_where_another_is_there_the_day_after(
    administrator: User, testshire: Partnership, other: dict[str, Any], ends: bool
) -> None:
    RoleFactory(partnership=testshire, name=RoleName.ADMINISTRATOR, **other)
    try:
        end_role(by=administrator, role=administrator.roles.get(), last=TODAY)
    except RoleRefused:
        assert not ends
    else:
        assert ends


def test_administrator_of_another_partnership_does_not_count(
    administrator: User, otherton: Partnership
) -> None:
    RoleFactory(partnership=otherton, name=RoleName.ADMINISTRATOR)
    with pytest.raises(RoleRefused):
        end_role(by=administrator, role=administrator.roles.get(), last=TODAY)
