"""Who may do what, at which partnership, on which day."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from partnerships.models import Agency, Partnership, Role, RoleName, User
from partnerships.permissions import (
    PLATFORM_PERMISSIONS,
    ROLE_TABLE,
    Permission,
    agencies_of,
    agencies_that_may,
    may,
    permissions_at,
)
from tests.factories import AgencyFactory, RoleFactory

P = Permission
TODAY = date(2020, 7, 1)

# The roles and what each may do, a second time and literally: a slip in the table shows here.
TRUE_VALUES = {"business-unit", "approver", "partner", "signatory", "scrutineer"}
EXPECTED = {
    P.READ_PUBLIC_FORM: set(RoleName.values),
    P.READ_TRUE_VALUES: TRUE_VALUES,
    P.READ_OWN_AGENCY_VALUES: {"contributor"},
    P.ENTER_FIGURES: {"business-unit"},
    P.ENTER_OWN_AGENCY_FIGURES: {"contributor"},
    P.CORRECT_FIGURES: {"business-unit"},
    P.APPROVE_FIGURES: {"approver"},
    P.WRITE_SECTIONS: {"section-author", "business-unit"},
    P.READ_DRAFTS: {"business-unit", "approver", "signatory", "scrutineer"},
    P.BUILD_REPORTS: {"business-unit"},
    P.SIGN_REPORTS: {"signatory"},
    P.COMMENT_ON_ACCURACY: {"scrutineer"},
    P.MANAGE_PEOPLE: {"administrator"},
    P.READ_AUDIT: {"business-unit", "administrator"},
    P.KEEP_REVIEWS: {"business-unit"},
    P.READ_RESTRICTED: {"business-unit"},
    P.KEEP_GOVERNANCE: {"business-unit"},
    P.UPDATE_OWN_ACTIONS: {"contributor", "partner"},
    P.RUN_JOBS: {"business-unit", "approver"},
    P.MANAGE_REGISTER: set(),
}


def test_table_gives_each_permission_to_the_roles_expected() -> None:
    roles = ROLE_TABLE.items()
    held = {
        permission: {name.value for name, role in roles if permission in role.permissions}
        for permission in Permission
    }
    assert held == EXPECTED


def test_table_describes_every_role_in_words() -> None:
    assert set(ROLE_TABLE) == set(RoleName)
    assert [name for name, role in ROLE_TABLE.items() if role.title != name.label] == []
    assert [name for name, role in ROLE_TABLE.items() if not role.description.endswith(".")] == []


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2020, 6, 30), False),
        (date(2020, 7, 1), True),
        (date(2020, 7, 31), True),
        (date(2020, 8, 1), False),
    ],
)
def test_role_counts_from_its_first_to_its_last_day(
    testshire: Partnership, on: date, counts: bool
) -> None:
    role = RoleFactory(partnership=testshire, first=date(2020, 7, 1), last=date(2020, 7, 31))
    assert may(role.user, P.READ_TRUE_VALUES, testshire, on=on) is counts


def test_role_without_a_last_day_goes_on(partner: User, testshire: Partnership) -> None:
    assert may(partner, P.READ_TRUE_VALUES, testshire, on=date(2099, 1, 1))


def test_role_counts_at_its_own_partnership_only(
    partner: User, testshire: Partnership, otherton: Partnership
) -> None:
    assert permissions_at(partner, testshire, on=TODAY) == {
        P.READ_TRUE_VALUES,
        P.READ_PUBLIC_FORM,
        P.UPDATE_OWN_ACTIONS,
    }
    assert permissions_at(partner, otherton, on=TODAY) == frozenset()


def test_several_roles_add_up(partner: User, testshire: Partnership) -> None:
    RoleFactory(user=partner, partnership=testshire, name=RoleName.ADMINISTRATOR)
    assert permissions_at(partner, testshire, on=TODAY) == {
        P.READ_TRUE_VALUES,
        P.READ_PUBLIC_FORM,
        P.UPDATE_OWN_ACTIONS,
        P.MANAGE_PEOPLE,
        P.READ_AUDIT,
    }


def test_person_whose_account_is_closed_may_do_nothing(
    business_unit: User, testshire: Partnership
) -> None:
    business_unit.is_active = False
    business_unit.save()
    assert permissions_at(business_unit, testshire, on=TODAY) == frozenset()


def test_system_actor_may_do_nothing_even_with_a_role(system: User, testshire: Partnership) -> None:
    RoleFactory(user=system, partnership=testshire, name=RoleName.BUSINESS_UNIT)
    assert permissions_at(system, testshire, on=TODAY) == frozenset()


def test_anonymous_visitor_may_do_nothing(testshire: Partnership) -> None:
    assert permissions_at(AnonymousUser(), testshire, on=TODAY) == frozenset()


def test_platform_administrator_keeps_the_register_and_is_at_no_partnership(
    platform_administrator: User, business_unit: User, testshire: Partnership
) -> None:
    assert permissions_at(platform_administrator, None, on=TODAY) == PLATFORM_PERMISSIONS
    assert permissions_at(platform_administrator, testshire, on=TODAY) == frozenset()
    assert permissions_at(business_unit, None, on=TODAY) == frozenset()


def test_agencies_are_those_of_open_contributor_roles(
    contributor: User, testshire: Partnership, otherton: Partnership, testshire_police: Agency
) -> None:
    RoleFactory(user=contributor, partnership=otherton, name=RoleName.CONTRIBUTOR)
    RoleFactory(
        user=contributor, partnership=testshire, name=RoleName.CONTRIBUTOR, last=date(2020, 6, 30)
    )
    RoleFactory(
        user=contributor, partnership=testshire, agency=AgencyFactory(partnership=testshire)
    )
    assert agencies_of(contributor, testshire, on=TODAY) == [testshire_police]


def test_agencies_that_may_report_are_those_of_contributors_and_of_partners(
    contributor: User, testshire: Partnership, otherton: Partnership, testshire_police: Agency
) -> None:
    health = AgencyFactory(partnership=testshire)
    for partnership, agency in (
        (testshire, health),
        (testshire, None),
        (otherton, AgencyFactory(partnership=otherton)),
    ):
        RoleFactory(user=contributor, partnership=partnership, agency=agency)
    RoleFactory(user=contributor, partnership=testshire, agency=testshire_police)
    held = list(contributor.roles.open_on(TODAY))
    found = agencies_that_may(held, P.UPDATE_OWN_ACTIONS, testshire)
    assert {agency.pk for agency in found} == {testshire_police.pk, health.pk}
    assert len(found) == 2
    only = agencies_that_may(held, P.ENTER_OWN_AGENCY_FIGURES, testshire)
    assert only == [testshire_police]


def test_open_roles_are_those_of_the_day(testshire: Partnership) -> None:
    ended = RoleFactory(partnership=testshire, last=date(2020, 6, 30))
    later = RoleFactory(partnership=testshire, first=date(2020, 7, 2))
    now = RoleFactory(partnership=testshire, last=TODAY)
    assert list(Role.objects.open_on(TODAY)) == [now]
    assert list(Role.objects.open_on(date(2020, 6, 30)).order_by("pk")) == [ended, now]
    assert list(Role.objects.open_on(date(2020, 7, 2))) == [later]
