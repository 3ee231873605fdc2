"""The page of one figure: who may see it, and what it tells."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from metrics.actions import approve, ask_for_changes
from metrics.entries import Entry
from metrics.intake.figures import load_figures
from metrics.intake.rows import FigureRow, PlaceRow
from metrics.models import Dataset, Indicator
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.jobs import run_now
from partnerships.models import Job, Partnership, RoleName, User
from partnerships.people.actions import system_actor
from partnerships.periods import financial_year, quarter
from reviews.models import PracticeReview, ReviewTotal
from reviews.practice.totals import save_total
from tests.report_factories import (
    AnnualReportFactory,
    EditionFactory,
    PrintedFigureFactory,
    PublicationFactory,
)
from tests.world import NOW, World, person

RETURNED = "/figures/testshire-returns:referrals:testshire:2025-26-q1:all"
PRINTED = "/figures/testshire-report:referrals:testshire:2019-20:all"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def figures(world: World) -> World:
    """A returned figure, approved; a printed one with the year before; changes worked out."""
    for span, value in ((quarter(2024, 1), 120), (quarter(2025, 1), 90)):
        made = save_entry(
            place=world.place(span),
            entry=Entry(value=Decimal(value)),
            by=world.unit,
            at=NOW,
            seen=0,
        )
        approve(cell=made.cell, seen=1, by=world.approver, at=NOW)
    Dataset.objects.create(
        code="testshire-report", kind="printed", owner=world.partnership, title="Yearly report"
    )
    rows = [
        FigureRow(
            PlaceRow(line, "testshire-report", "referrals", "testshire", period, "all", 1),
            value=Decimal(value),
            fact_id=f"T-{line}",
            public_since=date(2020, 9, 1),
        )
        for line, (period, value) in enumerate([("2018-19", 5135), ("2019-20", 4368)], 1)
    ]
    load_figures(rows, by=system_actor(), at=NOW)
    run_now(Job.objects.get())
    return world


def test_lineage_of_a_returned_figure_tells_all_to_a_partner(figures: World) -> None:
    partner = person(figures.partnership, RoleName.PARTNER, "partner")
    page = signed_in(partner).get(f"{RETURNED}/").content.decode()
    assert "90 in Q1 2025-26, Testshire" in page
    assert "Approved by approver, 10 July 2026." in page
    assert "120 in Q1 2024-25 to 90 in Q1 2025-26, down 30 (25.0%)." in page
    assert "testshire-returns:referrals:testshire:2025-26-q1:all" in page


def test_lineage_of_a_printed_figure_is_public_without_names(figures: World) -> None:
    answer = Client().get(f"{PRINTED}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "4,368 in 2019-20, Testshire" in page
    assert "−767 (−14.9%)" in page
    assert "T-2" in page
    assert "Entered by" not in page


def test_lineage_of_a_returned_figure_is_closed_to_others(figures: World) -> None:
    elsewhere = Partnership.objects.create(slug="other", name="Otherton", short_name="Other")
    outsider = person(elsewhere, RoleName.BUSINESS_UNIT, "outsider")
    council = person(figures.partnership, RoleName.COUNCIL_SCRUTINY, "council")
    assert Client().get(f"{RETURNED}/").status_code == 302
    assert Client().get("/figures/nothing:at:all:2019-20:all/").status_code == 302
    assert signed_in(outsider).get(f"{RETURNED}/").status_code == 404
    assert signed_in(council).get(f"{RETURNED}/").status_code == 403


def test_lineage_for_a_contributor_is_of_what_their_agency_supplies(figures: World) -> None:
    contributor = signed_in(figures.contributor)
    assert contributor.get(f"{RETURNED}/").status_code == 200
    figures.police.expectations.all().delete()
    assert contributor.get(f"{RETURNED}/").status_code == 403


def test_lineage_of_a_version_says_that_another_counts(figures: World) -> None:
    unit = signed_in(figures.unit)
    save_entry(
        place=figures.place(quarter(2025, 1)),
        entry=Entry(value=Decimal(95)),
        by=figures.unit,
        at=NOW,
        seen=1,
        reason="Five were left out.",
    )
    draft = unit.get(f"{RETURNED}@2/").content.decode()
    assert "95 in Q1 2025-26, Testshire" in draft
    assert "This is an earlier version or a draft." in draft
    assert "90 in Q1 2025-26, Testshire" in unit.get(f"{RETURNED}/").content.decode()
    assert unit.get(f"{RETURNED}@9/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "a:b:c:d:e",
        "testshire-returns:referrals:testshire:2025-26-q1:all:0",
        "testshire-returns:referrals:testshire:2025-26-q9:all",
        "testshire-returns:referrals:testshire:2025-26-q1:all@0",
    ],
)
def test_lineage_of_no_address_is_not_found(figures: World, address: str) -> None:
    assert signed_in(figures.unit).get(f"/figures/{address}/").status_code == 404


def test_lineage_of_a_year_links_to_its_quarters(figures: World) -> None:
    address = "/figures/testshire-returns:referrals:testshire:2025-26:all/"
    page = signed_in(figures.unit).get(address).content.decode()
    assert "What it is made of" in page
    assert "1 of 4 quarters" in page
    assert f'href="{RETURNED}/"' in page


def test_public_page_of_a_figure_tells_its_history_only_if_all_of_it_may_be_shown(
    figures: World,
) -> None:
    Dataset.objects.create(
        code="second-report", kind="printed", owner=figures.partnership, title="Second report"
    )
    rows = [
        FigureRow(
            PlaceRow(line, "second-report", "referrals", "testshire", period, "all", 1),
            value=Decimal(value),
            public_since=since,
        )
        for line, (period, value, since) in enumerate(
            [("2018-19", 4, None), ("2019-20", 4368, NOW.date())], 1
        )
    ]
    load_figures(rows, by=system_actor(), at=NOW)
    run_now(ask_for_changes(figures.partnership, by=system_actor()))
    path = "/figures/second-report:referrals:testshire:2019-20:all/"
    anonymous = Client()
    Indicator.objects.filter(code="referrals").update(disclosive=False)
    assert "Every version of this figure" in anonymous.get(path).content.decode()
    Indicator.objects.filter(code="referrals").update(disclosive=True)

    page = anonymous.get(path).content.decode()

    assert "4,368" in page
    assert "Every version of this figure" not in page
    assert "What changed" not in page


def test_printed_figure_of_children_that_was_not_public_is_closed(figures: World) -> None:
    """It is no small one, but a report may hide it to protect another."""
    rows = [
        FigureRow(
            PlaceRow(1, "testshire-report", "referrals", "testshire", "2017-18", "all", 1),
            value=Decimal(9),
        )
    ]
    load_figures(rows, by=system_actor(), at=NOW)
    path = PRINTED.replace("2019-20", "2017-18")
    assert Client().get(f"{path}/").status_code == 302
    partner = person(figures.partnership, RoleName.PARTNER, "partner")
    assert signed_in(partner).get(f"{path}/").status_code == 200


@pytest.fixture
def total(figures: World) -> str:
    """The path of a count of reviews that the printed report gives."""
    save_total(
        partnership=figures.partnership,
        kind=PracticeReview.Kind.SERIOUS_CASE,
        event=ReviewTotal.Event.COMPLETED,
        period=store_period(financial_year(2019)),
        value=3,
        note="One did not meet the criteria.",
        fact_id="T-9",
        source="testshire-report",
        by=figures.unit,
    )
    return "/figures/review-totals:testshire:2019-20:serious-case-review:completed/"


def test_figure_that_is_no_indicator_s_tells_its_source_to_a_partner(
    figures: World, total: str
) -> None:
    partner = person(figures.partnership, RoleName.PARTNER, "partner")
    page = signed_in(partner).get(total).content.decode()
    assert "Serious case review, completed, 2019-20: 3" in page
    assert "One did not meet the criteria." in page
    assert "Yearly report" in page
    assert "T-9" in page


def test_figure_that_is_no_indicator_s_is_not_there_for_others(figures: World, total: str) -> None:
    council = person(figures.partnership, RoleName.COUNCIL_SCRUTINY, "council")
    outsider = User.objects.create_user(email="outsider@example.org", password="x" * 12)
    assert Client().get(total).status_code == 302
    assert signed_in(council).get(total).status_code == 403
    assert signed_in(outsider).get(total).status_code == 404
    assert signed_in(outsider).get(total.replace("completed", "none")).status_code == 404


def test_figure_that_is_no_indicator_s_shows_everybody_what_is_printed(
    figures: World, total: str
) -> None:
    report = AnnualReportFactory(partnership=figures.partnership, title="Yearly report 2019-20")
    edition = EditionFactory(report=report)
    PrintedFigureFactory(
        edition=edition,
        address=total.removeprefix("/figures/").removesuffix("/"),
        about="Serious case reviews completed",
        text="3",
    )
    assert Client().get(total).status_code == 302
    PublicationFactory(edition=edition)

    page = Client().get(total).content.decode()

    assert "Serious case reviews completed" in page
    assert "Where it is printed" in page
    assert "One did not meet the criteria." not in page
