"""Ratios of two figures: worked out once, found by their address, hidden with either part."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from metrics.arithmetic.reading import Measure, Reading
from partnerships.stated import find
from reports.blocks.data import IndicatorData
from reports.blocks.figures import AccountBlock, Paragraph
from reports.blocks.printing import stated_figure
from reports.disclosure import PublicFigure, public_account
from reports.models import Ratio
from reports.ratios.ratio import RatioFigure, ratio_of
from tests.factories import IndicatorFactory
from tests.report_factories import EditionFactory, PrintedFigureFactory, PublicationFactory
from tests.reports.data import (
    COUNT,
    LONG_AGO,
    OFFICIAL,
    RATE,
    TODAY,
    count,
    indicator,
    observed,
    rounded,
)
from tests.reports.planned import Planned
from tests.reports.test_lineage import signed_in

ADDRESS = "ratio:testshire:testshire-report:referrals:contacts:2019-20"


def figure(reading: Reading, code: str, measure: Measure = COUNT, **more: object) -> IndicatorData:
    seen = observed(reading, 2019, code=code, **more)  # type: ignore[arg-type]
    return replace(indicator(measure, seen, name=code.capitalize()), code=code)


def ratio(
    above: IndicatorData, below: IndicatorData, *, of_cohort: bool = False
) -> RatioFigure | None:
    span = above.newest.span
    return ratio_of("So many", above, below, span, place="walsall", of_cohort=of_cohort)


def public(made: RatioFigure | None) -> str:
    """What a report prints of it in a sentence."""
    assert made is not None
    block: AccountBlock[PublicFigure] = public_account(
        made,
        lambda data, make: AccountBlock(
            "key", "", (Paragraph((stated_figure(data, make, in_words=True),)),)
        ),
        sources={},
        on=TODAY,
    )
    [printed] = block.figures
    return printed.text


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [
        (4368, 10178, "43 for every 100"),
        (50, 1000, "5.0 for every 100"),
        (0, 1000, "0.0 for every 100"),
        (300, 200, "150 for every 100"),
    ],
)
def test_ratio_is_so_many_for_every_hundred(above: int, below: int, words: str) -> None:
    made = ratio(figure(count(above), "above"), figure(count(below), "below"))
    assert made is not None
    assert made.words == words


def test_ratio_of_printed_rates_is_about_so_much() -> None:
    above, below = (figure(rounded(value), value, RATE) for value in ("69", "184"))
    made = ratio(above, below)
    assert made is not None
    assert made.words == "about 38 for every 100"
    assert made.note == "69: 69 per 10,000. 184: 184 per 10,000."


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (Reading(marker="x"), count(100)),
        (count(50), Reading(marker="c")),
        (count(50), count(0)),
        (replace(count(50), qualifier="at-least"), count(100)),
        (replace(count(50), complete=False), count(100)),
        (Reading(words="many"), count(100)),
    ],
)
def test_there_is_no_ratio_of_what_is_no_number_or_only_bounds_one(
    above: Reading, below: Reading
) -> None:
    assert ratio(figure(above, "above"), figure(below, "below")) is None


def test_there_is_no_ratio_of_figures_of_two_sources() -> None:
    assert ratio(figure(count(50), "a"), figure(count(90), "b", source=OFFICIAL)) is None


def test_doubt_of_either_figure_is_told() -> None:
    doubted = replace(count(50), flags="d")
    made = ratio(figure(doubted, "above"), figure(count(90), "below"))
    assert made is not None
    assert made.note == "Above: 50. Below: 90. One of them is doubted."


@pytest.mark.parametrize(
    ("above", "below", "text"),
    [(50, 90, "56 for every 100"), (3, 90, "[c]"), (50, 5, "[c]"), (0, 90, "0.0 for every 100")],
)
def test_ratio_is_hidden_with_either_figure(above: int, below: int, text: str) -> None:
    assert public(ratio(figure(count(above), "above"), figure(count(below), "below"))) == text


def test_ratio_of_what_was_public_before_stays() -> None:
    above, below = (
        figure(count(value), name, public_since=LONG_AGO)
        for value, name in ((3, "above"), (90, "below"))
    )
    assert public(ratio(above, below)) == "3.3 for every 100"


@pytest.mark.parametrize(
    ("of_cohort", "since", "text"),
    [(True, None, "[c]"), (False, None, "97 for every 100"), (True, LONG_AGO, "97 for every 100")],
)
def test_ratio_of_a_cohort_is_hidden_where_few_did_not_go_on(
    of_cohort: bool, since: object, text: str
) -> None:
    above, below = (
        figure(count(value), name, public_since=since)
        for value, name in ((97, "above"), (100, "below"))
    )
    assert public(ratio(above, below, of_cohort=of_cohort)) == text


def test_hidden_ratio_holds_nothing_of_its_figures() -> None:
    made = ratio(figure(count(3), "above"), figure(count(90), "below"))
    assert made is not None
    seen: list[RatioFigure] = []

    def build(data: RatioFigure, make: object) -> AccountBlock[PublicFigure]:
        seen.append(data)
        return AccountBlock("key", "", ())

    public_account(made, build, sources={}, on=TODAY)
    [hidden] = seen
    assert (hidden.value, hidden.note, hidden.marker) == (None, "", "c")
    assert hidden.numerator.newest.reading == Reading(marker="c")


@pytest.fixture
def registered(planned: Planned) -> Ratio:
    """Referrals for every 100 contacts, with both figures of the year."""
    contacts = IndicatorFactory(code="contacts", name="Contacts")
    planned.load(10178, code="contacts")
    return Ratio.objects.create(
        numerator=planned.referrals, denominator=contacts, name="Referrals for every 100 contacts"
    )


def test_ratio_is_found_by_its_address(registered: Ratio) -> None:
    found = find(ADDRESS)
    assert found is not None
    assert found[1].value == Decimal("42.916094")
    assert found[1].about == "Referrals for every 100 contacts, 2019-20"


@pytest.mark.parametrize(
    "address",
    [
        "ratio:testshire:testshire-report:contacts:referrals:2019-20",  # not in the register
        "ratio:testshire:testshire-report:referrals:contacts:2018-19",  # no contacts of that year
        "ratio:testshire:other:referrals:contacts:2019-20",
        "ratio:testshire:testshire-report:referrals:contacts:one-year",
        "ratio:testshire:referrals:contacts",
    ],
)
def test_address_of_no_ratio_finds_nothing(registered: Ratio, address: str) -> None:
    assert find(address) is None


def test_page_of_a_ratio_leads_to_both_its_figures(registered: Ratio, planned: Planned) -> None:
    page = signed_in(planned.unit).get(f"/figures/{ADDRESS}/").content.decode()
    assert "Referrals for every 100 contacts, 2019-20: 43 for every 100" in page
    assert 'href="/figures/testshire-report:referrals:testshire:2019-20:all@1/"' in page
    assert 'href="/figures/testshire-report:contacts:testshire:2019-20:all@1/"' in page


def test_page_of_a_printed_ratio_says_to_everybody_what_was_printed_and_no_more(
    registered: Ratio, planned: Planned
) -> None:
    edition = EditionFactory(report=planned.report)
    PrintedFigureFactory(
        edition=edition, address=ADDRESS, about="Referrals, 2019-20", text="[c]", value=None,
        marker="c",
    )  # fmt: skip
    assert Client().get(f"/figures/{ADDRESS}/").status_code == 302
    PublicationFactory(edition=edition)
    page = Client().get(f"/figures/{ADDRESS}/").content.decode()
    assert "[c] (confidential)" in page
    assert "43 for every 100" not in page
    assert "4,368" not in page
