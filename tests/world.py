"""A small partnership with two indicators, and the people who work on its returns."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from metrics.models import Area, Dataset, Expectation, Indicator, Slice
from metrics.places import Place
from partnerships.calendar import store_period
from partnerships.models import Agency, Organisation, Partnership, Role, RoleName, User
from partnerships.periods import Span, quarter

NOW = datetime(2026, 7, 10, 9, 30, tzinfo=UTC)
Q1 = quarter(2025, 1)


@dataclass
class World:
    partnership: Partnership
    area: Area
    dataset: Dataset
    referrals: Indicator
    timely: Indicator
    council: Agency
    police: Agency
    unit: User
    second: User
    approver: User
    contributor: User

    def place(self, span: Span = Q1, indicator: Indicator | None = None) -> Place:
        return Place(
            dataset=self.dataset,
            indicator=indicator or self.referrals,
            area=self.area,
            period=store_period(span),
            slice=Slice.objects.get_or_create(key="all")[0],
        )


@pytest.fixture
def world(db: None) -> World:
    return made()


def made() -> World:
    """The partnership in whichever database is the default one."""
    partnership = Partnership.objects.create(slug="testshire", name="Testshire", short_name="Test")
    area = Area.objects.create(
        code="testshire", name="Testshire", kind="partnership", partnership=partnership
    )
    dataset = Dataset.objects.create(
        code="testshire-returns", kind="returns", owner=partnership, title="Testshire's returns"
    )
    referrals = _indicator("referrals", "Referrals", "count", "clustered", "sum")
    timely = _indicator("timely", "Conferences held in time", "percent", "proportion", "ratio")
    council, police = (_agency(partnership, slug) for slug in ("council", "police"))
    for agency, indicator in ((council, timely), (police, referrals)):
        Expectation.objects.create(agency=agency, indicator=indicator, first=date(2020, 4, 1))
    return World(
        partnership=partnership,
        area=area,
        dataset=dataset,
        referrals=referrals,
        timely=timely,
        council=council,
        police=police,
        unit=person(partnership, RoleName.BUSINESS_UNIT, "unit"),
        second=person(partnership, RoleName.BUSINESS_UNIT, "second"),
        approver=person(partnership, RoleName.APPROVER, "approver"),
        contributor=person(partnership, RoleName.CONTRIBUTOR, "contributor", police),
    )


def person(
    partnership: Partnership, role: RoleName, name: str, agency: Agency | None = None
) -> User:
    user = User.objects.create_user(f"{name}@test.example", name=name)
    Role.objects.create(
        user=user, partnership=partnership, name=role, agency=agency, first=date(2020, 4, 1)
    )
    return user


def _indicator(code: str, name: str, unit: str, kind: str, roll_up: str) -> Indicator:
    return Indicator.objects.create(
        code=code,
        name=name,
        definition=f"{name}, as counted for the tests.",
        unit=unit,
        polarity="neutral",
        kind_of_count=kind,
        roll_up=roll_up,
        theme="front-door",
    )


def _agency(partnership: Partnership, slug: str) -> Agency:
    organisation = Organisation.objects.create(slug=slug, name=slug.capitalize())
    return Agency.objects.create(
        partnership=partnership,
        organisation=organisation,
        standing=Agency.Standing.STATUTORY_IN_LAW,
        first=date(2020, 4, 1),
    )
