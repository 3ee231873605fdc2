"""An attack on all that is published: what one edition hides, no other gives back."""

from dataclasses import dataclass
from itertools import product

import pytest
from django.test import Client

from metrics.models import Breakdown, Indicator
from partnerships.jobs import run_now
from partnerships.models import AuditEvent, Partnership, RoleName, User
from partnerships.people.actions import system_actor
from partnerships.periods import parse
from reports.editions.actions import (
    GivesAway,
    SectionPlan,
    ask_for_edition,
    keep_edition,
    plan_report,
    publish,
)
from reports.editions.assemble import content_of
from reports.models import AnnualReport, Edition, PrintedFigure
from reports.outputs.files import Files
from tests.reports.planned import NOW
from tests.reports.test_secondary import TODAY, ages, figures, load, missing
from tests.world import person

__all__ = ["ages", "missing"]
HALF = "2019-20-h1"
URL = "/p/testshire/reports/2019-20/editions/{}/publish"


@dataclass
class Reports:
    """Reports on one year, or on halves of it, of figures of one indicator."""

    indicator: Indicator
    by: User

    def plan(self, key: str, text: str = "") -> AnnualReport:
        return plan_report(
            partnership=Partnership.objects.get(),
            span=parse(key),
            title=f"Report {key}",
            sections=[SectionPlan("missing", "Missing children", text, (self.indicator,))],
            by=system_actor(),
        )

    def build(self, report: AnnualReport) -> Edition:
        content = content_of(report, on=TODAY)
        sums = content.inputs_sha256.encode()
        files = Files(html=sums, page=b"p", csv=b"c", xlsx=b"x", pdf=b"%PDF-1.7")
        return keep_edition(report, content, files, by=self.by, at=NOW)

    def issue(self, key: str, text: str = "") -> Edition:
        edition = self.build(self.plan(key, text))
        publish(edition, by=self.by, at=NOW)
        return edition


@pytest.fixture
def reports(missing: Indicator) -> Reports:
    return Reports(missing, person(Partnership.objects.get(), RoleName.SIGNATORY, "signatory"))


def printed() -> dict[str, int]:
    """Each number that any published edition prints, by the figure's address with its revision."""
    rows = PrintedFigure.objects.filter(
        edition__publication__isnull=False, value__isnull=False
    ).exclude(about__startswith="Change of ")
    pairs = rows.values_list("address", "value")
    return {address: int(value) for address, value in pairs if value is not None}


def known(revision: int = 1) -> dict[str, set[int]]:
    """What the quarters of the first loading, or of a correction, may be to an attacker.

    All ways in which they make up a half-year that is printed; none of them is 0. Those that
    were not corrected have their first revision.
    """
    numbers = printed()
    place = "testshire-report:missing:testshire:{}:all@{}"
    half = numbers.get(place.format(HALF, revision))
    revisions = {"2019-20-q1": 1, "2019-20-q2": revision}
    quarters = {key: numbers.get(place.format(key, of)) for key, of in revisions.items()}
    most = half or 98
    every = [range(1, most + 1) if each is None else [each] for each in quarters.values()]
    ways = [way for way in product(*every) if half is None or sum(way) == half]
    return {key: {way[at] for way in ways} for at, key in enumerate(quarters)}


def load_quarters(second: int = 3) -> None:
    load([("2019-20-q1", "all", 12), ("2019-20-q2", "all", second)])


def load_half(second: int = 3) -> None:
    load_quarters(second)
    load([(HALF, "all", 12 + second)])


def test_half_year_does_not_give_back_a_quarter_that_another_report_hides(
    reports: Reports,
) -> None:
    load_quarters()
    reports.issue("2019-20-q2")
    assert set(printed().values()) == {12}
    load_half()
    edition = reports.issue(HALF)
    assert set(edition.figures.values_list("value", flat=True)) == {None}
    assert len(known()["2019-20-q2"]) > 90


def test_quarter_does_not_give_back_what_a_half_year_that_is_out_leaves(reports: Reports) -> None:
    load_half()
    reports.issue(HALF)
    reports.issue("2019-20-q1")
    reports.issue("2019-20-q2")
    assert set(printed().values()) == {15}
    assert len(known()["2019-20-q2"]) == 14


def test_correction_does_not_give_back_what_the_edition_before_hid(reports: Reports) -> None:
    """The quarter is no small number any more; what protected it would still tell what it was."""
    load_half()
    for key in (HALF, "2019-20-q1", "2019-20-q2"):
        reports.issue(key)
    load_half(second=21)
    for key in (HALF, "2019-20-q1", "2019-20-q2"):
        reports.issue(key)
    assert {15, 33} <= set(printed().values())
    assert len(known()["2019-20-q2"]) == 14
    assert 12 not in printed().values()
    assert 21 not in printed().values()


def test_what_was_hidden_stays_hidden_when_the_threshold_falls(reports: Reports) -> None:
    load_quarters()
    reports.issue("2019-20-q2")
    Indicator.objects.update(threshold=2)
    edition = reports.build(reports.plan("2019-20-q2"))
    texts = {each.address: each.text for each in edition.figures.all()}
    assert texts["testshire-report:missing:testshire:2019-20-q2:all@1"] == "[c]"


def test_total_stays_where_two_categories_are_hidden(reports: Reports, ages: None) -> None:
    load(figures(312, 209, 3), public=[("2019-20", "age=young")])
    reports.issue("2019-20", "{{ missing where age=young }}")
    assert set(printed().values()) == {312, 524}


TEXT = "{{ missing where age=young }}, {{ missing where age=middle }}."


@pytest.fixture
def leaking(reports: Reports, ages: None) -> Edition:
    """The total is out; the second of three categories becomes public elsewhere, the third is 3."""
    known = [("2019-20", "age=young")]
    load(figures(312, 209, 3), public=known)
    reports.issue("2019-20", "{{ missing where age=young }}")
    load(figures(312, 209, 3), public=[*known, ("2019-20", "age=middle")])
    return reports.build(reports.plan("2019-20", TEXT))


NAME = "Children missing (Old), Testshire, 2019-20"


def test_what_cannot_be_protected_is_named_to_whoever_publishes(
    leaking: Edition, reports: Reports
) -> None:
    client = Client()
    client.force_login(reports.by, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(URL.format(leaking.number)).content.decode()
    assert NAME in page
    assert "Before you publish" in page
    assert "Build an edition" not in page  # a signatory does not build
    assert not hasattr(Edition.objects.get(pk=leaking.pk), "publication")

    address = "testshire-report:missing:testshire:2019-20:age=old"
    assert f'value="{address}"' in page
    assert " 3<" not in page
    client.post(URL.format(leaking.number), {"despite": address})
    assert hasattr(Edition.objects.get(pk=leaking.pk), "publication")
    assert AuditEvent.objects.latest("pk").detail["gives_away"] == [address]


def test_what_another_figure_was_agreed_to_is_not_agreed_to(
    leaking: Edition, reports: Reports
) -> None:
    with pytest.raises(GivesAway, match="Children missing"):
        publish(leaking, by=reports.by, at=NOW, despite=["something:else"])


def test_draft_that_another_publication_overtook_is_stopped(reports: Reports) -> None:
    """Built while nothing was out, it prints the half-year; a quarter came out meanwhile."""
    load_half()
    draft = reports.build(reports.plan(HALF))
    reports.issue("2019-20-q1")
    with pytest.raises(GivesAway, match="Children missing, Testshire, Q2 2019-20"):
        publish(draft, by=reports.by, at=NOW)
    rebuilt = reports.build(AnnualReport.objects.get(year=HALF))
    publish(rebuilt, by=reports.by, at=NOW)
    assert rebuilt.number == 2


def test_categories_that_overlap_make_no_sum(reports: Reports, ages: None) -> None:
    Breakdown.objects.update(nature="overlapping")
    load(figures(312, 209, 3), public=[("2019-20", "age=young"), ("2019-20", "age=middle")])
    reports.issue("2019-20", TEXT)
    assert {312, 209, 524} <= set(printed().values())


def test_job_that_publishes_at_once_is_stopped_with_the_names(
    leaking: Edition, reports: Reports
) -> None:
    job = run_now(ask_for_edition(leaking.report, by=system_actor(), publish=True))
    assert NAME in job.error
