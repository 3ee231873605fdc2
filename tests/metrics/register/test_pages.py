"""The register for everybody: what is measured, and by which published reports."""

import pytest
from django.test import Client

from metrics.models import Dataset, Indicator
from metrics.register.queries import register, related_to, shared_by
from partnerships.models import Partnership
from tests.factories import (
    AreaFactory,
    CellFactory,
    DatasetFactory,
    IndicatorFactory,
    PartnershipFactory,
    RelatedIndicatorFactory,
    figure,
)

pytestmark = pytest.mark.django_db


def printed(partnership: Partnership, indicator: Indicator, **dataset: object) -> None:
    """An approved figure of the partnership's own, in its printed report unless told otherwise."""
    kind = dataset.pop("kind", Dataset.Kind.PRINTED)
    area = getattr(partnership, "area", None) or AreaFactory(partnership=partnership)
    source = DatasetFactory(owner=partnership, kind=kind, **dataset)
    figure(cell=CellFactory(dataset=source, indicator=indicator, area=area))


@pytest.fixture
def shared() -> Indicator:
    """Two real partnerships print it; a synthetic one and a return hold it too."""
    indicator: Indicator = IndicatorFactory(code="referrals", name="Referrals", theme="Front door")
    for name in ("Ambershire", "Barset"):
        here = PartnershipFactory(name=f"{name} SCP", short_name=name)
        printed(here, indicator)
    printed(PartnershipFactory(short_name="Made up", synthetic=True), indicator)
    printed(PartnershipFactory(short_name="At work"), indicator, kind=Dataset.Kind.RETURNS)
    return indicator


def test_register_names_those_whose_published_reports_print_an_indicator(
    shared: Indicator,
) -> None:
    unprinted = IndicatorFactory(theme="Zz")
    rows = {row.indicator: [each.short_name for each in row.partnerships] for row in register()}
    assert rows == {shared: ["Ambershire", "Barset"], unprinted: []}
    assert shared_by(register()) == [(2, 1)]


def test_page_lists_the_indicators_by_theme(client: Client, shared: Indicator) -> None:
    page = client.get("/indicators/").content.decode()
    assert "There are 1 indicators." not in page
    assert "There is 1 indicator." in page
    assert "Ambershire, Barset" in page
    assert "Made up" not in page
    assert "At work" not in page
    assert 'href="/indicators/referrals/"' in page


def test_definition_says_what_only_looks_alike(client: Client, shared: Indicator) -> None:
    other = IndicatorFactory(code="contacts", name="Contacts")
    RelatedIndicatorFactory(indicator=other, other=shared, why="A contact may not be a referral.")
    assert related_to(shared) == [(other, "A contact may not be a referral.")]
    page = client.get("/indicators/referrals/").content.decode()
    assert "A contact may not be a referral." in page
    assert 'href="/indicators/contacts/"' in page
    assert "Ambershire SCP" in page


def test_unknown_indicator_is_not_found(client: Client) -> None:
    assert client.get("/indicators/no-such-thing/").status_code == 404


def test_empty_register_says_so(client: Client) -> None:
    assert "No indicator yet" in client.get("/indicators/").content.decode()
