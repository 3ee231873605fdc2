"""What reports print, name or are to tell of is not removed from under them."""

import pytest
from django.test import Client

from partnerships.models import AuditEvent, Partnership, RoleName
from reports.models import PrintedFigure
from reviews.models import Finding, Inspection, TrainingMeasure
from tests.factories import PartnershipFactory, PeriodFactory
from tests.kept_factories import FindingFactory, InspectionFactory
from tests.report_factories import (
    EditionFactory,
    PrintedFigureFactory,
    PublicationFactory,
    SectionBlockFactory,
    SectionFactory,
)
from tests.told_factories import TrainingMeasureFactory
from tests.world import person

OWN = "training:testshire:course:2019-20:attended"
TOTAL = "training:testshire:all:2019-20:attended"
SENT = {"reason": "Entered twice.", "seen": "1"}


@pytest.fixture
def here(db: None) -> Partnership:
    found: Partnership = PartnershipFactory(slug="testshire", short_name="Testshire")
    return found


@pytest.fixture
def unit(here: Partnership) -> Client:
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(person(here, RoleName.BUSINESS_UNIT, "keeper"), backend)
    return client


@pytest.fixture
def attended(here: Partnership) -> TrainingMeasure:
    found: TrainingMeasure = TrainingMeasureFactory(
        activity__partnership=here,
        activity__code="course",
        period=PeriodFactory(key="2019-20"),
    )
    return found


def url_of(figure: TrainingMeasure) -> str:
    return f"/p/testshire/training/{figure.activity.code}/figures/{figure.pk}/remove/"


def printed(here: Partnership, address: str, *, published: bool = True) -> PrintedFigure:
    edition = EditionFactory(report__partnership=here, report__title="Report 2019-20")
    if published:
        PublicationFactory(edition=edition)
    found: PrintedFigure = PrintedFigureFactory(
        edition=edition, address=address, about="People who attended"
    )
    return found


def said(client: Client, url: str) -> str:
    answer = client.post(url, SENT)
    assert answer.status_code == 422
    return " ".join(answer.content.decode().split())


def test_a_figure_that_a_published_report_prints_stays(
    unit: Client, here: Partnership, attended: TrainingMeasure
) -> None:
    printed(here, OWN)
    before = AuditEvent.objects.count()
    assert (
        "The published report “Report 2019-20” prints a figure that would be gone "
        "(People who attended). Correct the entry instead."
    ) in said(unit, url_of(attended))
    assert TrainingMeasure.objects.get() == attended
    assert AuditEvent.objects.count() == before
    assert Client().get(f"/figures/{OWN}/").status_code == 200


def test_a_figure_that_only_a_draft_prints_is_removed(
    unit: Client, here: Partnership, attended: TrainingMeasure
) -> None:
    printed(here, OWN, published=False)
    assert unit.post(url_of(attended), SENT).status_code == 302
    assert not TrainingMeasure.objects.exists()


def test_a_figure_without_which_a_printed_total_would_be_none_stays(
    unit: Client, here: Partnership, attended: TrainingMeasure
) -> None:
    second, third = (
        TrainingMeasureFactory(
            activity__partnership=here, activity__code=code, period=attended.period
        )
        for code in ("second", "third")
    )
    printed(here, TOTAL)
    assert unit.post(url_of(third), SENT).status_code == 302
    assert "would be gone" in said(unit, url_of(second))
    assert unit.get(f"/figures/{TOTAL}/").status_code == 200
    assert "would be gone" in said(unit, url_of(attended))


def test_a_figure_of_another_partnership_holds_nothing(
    unit: Client, attended: TrainingMeasure
) -> None:
    printed(PartnershipFactory(slug="otherton"), "training:otherton:course:2019-20:attended")
    assert unit.post(url_of(attended), SENT).status_code == 302


def test_a_figure_that_the_text_of_a_report_names_stays(
    unit: Client, here: Partnership, attended: TrainingMeasure
) -> None:
    section = SectionFactory(
        report__partnership=here,
        title="Training",
        introduction="Of all, {{ training/course/2019-20/attended }} came.",
    )
    assert (
        "The text of “Training” in “Yearly report 2019-20” names a figure that would be gone."
    ) in said(unit, url_of(attended))
    section.introduction = "Many came."
    section.save()
    assert unit.post(url_of(attended), SENT).status_code == 302


def test_an_inspection_that_a_report_is_to_tell_of_stays(unit: Client, here: Partnership) -> None:
    InspectionFactory(partnership=here, code="visit")
    block = SectionBlockFactory(
        section__report__partnership=here, indicator=None, kind="inspection", subject="visit"
    )
    url = "/p/testshire/inspections/visit/remove/"
    assert "The report “Yearly report 2019-20” is to tell of this inspection." in said(unit, url)
    block.delete()
    assert unit.post(url, SENT).status_code == 302
    assert not Inspection.objects.exists()


def test_a_finding_is_held_by_its_own_number_and_not_by_the_count_of_its_kind(
    unit: Client, here: Partnership
) -> None:
    visit = InspectionFactory(partnership=here, code="visit")
    FindingFactory(inspection=visit, number=1, value=12)
    FindingFactory(inspection=visit, number=2)
    printed(here, "findings:testshire:visit:1")
    PrintedFigureFactory(
        edition=PrintedFigure.objects.get().edition, address="findings:testshire:visit:strength"
    )
    url = "/p/testshire/inspections/visit/findings/{}/remove/"
    assert "would be gone" in said(unit, url.format(1))
    assert unit.post(url.format(2), SENT).status_code == 302
    assert Finding.objects.get().number == 1
