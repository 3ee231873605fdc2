"""Two people who change roles at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from partnerships.models import Partnership, Role, RoleName, User
from partnerships.people.actions import RoleRefused, end_role, grant_role
from tests.factories import RoleFactory
from tests.partnerships.test_people import PORTAL, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Role]) -> list[str]:
    """What becomes of deeds that begin together: "done", or the refusal."""
    together = Barrier(len(deeds))

    def do(deed: Callable[[], Role]) -> str:
        try:
            together.wait()
            deed()
        except RoleRefused as refusal:
            return str(refusal)
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(do, deeds))


def test_two_last_administrators_cannot_end_each_other(testshire: Partnership) -> None:
    one, two = (
        RoleFactory(partnership=testshire, name=RoleName.ADMINISTRATOR, user__name=name)
        for name in ("One", "Two")
    )
    refusal, done = at_once(
        lambda: end_role(by=one.user, role=two, last=TODAY),
        lambda: end_role(by=two.user, role=one, last=TODAY),
    )
    assert done == "done"
    assert "would be the last administrator of Testshire" in refusal
    assert testshire.roles.filter(last=None).count() == 1


def test_same_role_given_twice_at_once_is_given_once(
    administrator: User, testshire: Partnership
) -> None:
    def give() -> Role:
        return grant_role(
            by=administrator,
            partnership=testshire,
            email="new.officer@testshire.invalid",
            name="New officer",
            role=RoleName.PARTNER,
            agency=None,
            first=TODAY,
            portal=PORTAL,
        )

    outcomes = at_once(give, give, give)
    assert outcomes.count("done") == 1
    assert [role.user.email for role in testshire.roles.filter(name="partner")] == [
        "new.officer@testshire.invalid"
    ]
    assert User.objects.filter(email="new.officer@testshire.invalid").count() == 1
