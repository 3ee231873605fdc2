"""What all tests stand on: strict templates, no network, and the named people.

The test partnership is Testshire. One person holds each role there; the outsider holds a
role at Otherton only, and nobody holds none. Ask for them by name as fixtures.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.test import Client
from hypothesis import settings as hypothesis_settings

from partnerships.models import Agency, Partnership, RoleName, User
from partnerships.people.actions import system_actor
from tests.factories import (
    AgencyFactory,
    OrganisationFactory,
    PartnershipFactory,
    RoleFactory,
    UserFactory,
)
from tests.strict_templates import Undefined

pytest_plugins = ["tests.prepared", "tests.world", "tests.mail_server"]

hypothesis_settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis_settings.load_profile("ci")


def pytest_configure() -> None:
    # Names of static files are hashed in production, after collectstatic; tests need none.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    # Tests that need a broker start processes of their own with it; this one nudges nobody.
    settings.REDIS_URL = ""
    # The real one is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# Whoever asks for none of these is refused every query by pytest-django.
DATABASES = frozenset({"db", "transactional_db", "django_db_setup", "live_server", "places"})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what asks for a database, puts what is long first, and leaves out on SQLite what holds
    on PostgreSQL only.

    The suite runs on both databases what may query one, and the rest once.
    """
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or not DATABASES.isdisjoint(asked):
            item.add_marker("database")
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    left_out = [item for item in items if item.get_closest_marker("postgres")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(autouse=True, scope="session")
def _undefined_template_variables_fail() -> None:
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    backend.engine.string_if_invalid = Undefined()


@pytest.fixture
def testshire(db: None) -> Partnership:
    return PartnershipFactory(
        slug="testshire",
        name="Testshire Safeguarding Children Partnership (synthetic)",
        short_name="Testshire",
        synthetic=True,
    )


@pytest.fixture
def otherton(db: None) -> Partnership:
    return PartnershipFactory(
        slug="otherton",
        name="Otherton Safeguarding Children Partnership",
        short_name="Otherton",
    )


@pytest.fixture
def testshire_police(testshire: Partnership) -> Agency:
    """The agency that the contributor works for."""
    police = OrganisationFactory(slug="testshire-police", name="Testshire Police")
    return AgencyFactory(
        partnership=testshire, organisation=police, standing=Agency.Standing.STATUTORY_IN_LAW
    )


def _person(role: RoleName, partnership: Partnership, agency: Agency | None = None) -> User:
    user = UserFactory(
        name=f"{role.label}, {partnership.short_name}",
        email=f"{role.value}@{partnership.slug}.invalid",
    )
    RoleFactory(user=user, partnership=partnership, name=role, agency=agency)
    return user


@pytest.fixture
def contributor(testshire: Partnership, testshire_police: Agency) -> User:
    return _person(RoleName.CONTRIBUTOR, testshire, testshire_police)


@pytest.fixture
def section_author(testshire: Partnership) -> User:
    return _person(RoleName.SECTION_AUTHOR, testshire)


@pytest.fixture
def business_unit(testshire: Partnership) -> User:
    return _person(RoleName.BUSINESS_UNIT, testshire)


@pytest.fixture
def approver(testshire: Partnership) -> User:
    return _person(RoleName.APPROVER, testshire)


@pytest.fixture
def partner(testshire: Partnership) -> User:
    return _person(RoleName.PARTNER, testshire)


@pytest.fixture
def signatory(testshire: Partnership) -> User:
    return _person(RoleName.SIGNATORY, testshire)


@pytest.fixture
def scrutineer(testshire: Partnership) -> User:
    return _person(RoleName.SCRUTINEER, testshire)


@pytest.fixture
def council_scrutiny(testshire: Partnership) -> User:
    return _person(RoleName.COUNCIL_SCRUTINY, testshire)


@pytest.fixture
def administrator(testshire: Partnership) -> User:
    return _person(RoleName.ADMINISTRATOR, testshire)


@pytest.fixture
def outsider(otherton: Partnership) -> User:
    """Business unit of another partnership."""
    return _person(RoleName.BUSINESS_UNIT, otherton)


@pytest.fixture
def nobody(db: None) -> User:
    """Has an account and no role."""
    return UserFactory(name="Nobody", email="nobody@portal.invalid")


@pytest.fixture
def platform_administrator(db: None) -> User:
    return UserFactory(
        name="Platform administrator",
        email="platform-administrator@portal.invalid",
        is_platform_administrator=True,
    )


@pytest.fixture
def system(db: None) -> User:
    return system_actor()


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which the person has signed in."""

    def signed_in_as(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in_as
