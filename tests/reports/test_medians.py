"""The median of the statistical neighbours in reports, in every file, and on a page of its own."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from metrics.intake.figures import load_figures
from metrics.intake.rows import FigureRow, PlaceRow
from metrics.models import Area, Indicator, NeighbourSet
from metrics.official.intake import import_file
from metrics.official.median import NAME
from partnerships.people.actions import system_actor
from partnerships.periods import financial_year
from reports.blocks.data import IndicatorData
from reports.blocks.figures import AccountBlock, Paragraph, text_of
from reports.disclosure import public_form
from reports.editions.actions import SectionPlan, plan_report
from reports.editions.assemble import content_of
from reports.editions.content import ReportContent
from reports.models import AnnualReport
from reports.outputs.build import build
from reports.queries.indicators import indicators_of
from tests.metrics.official.files import AUTHORITIES, fill, in_need, population, write
from tests.metrics.official.test_comparators import printed
from tests.report_factories import EditionFactory, PrintedFigureFactory, PublicationFactory
from tests.reports.data import TODAY
from tests.reports.digits import typed_by_hand
from tests.reports.flow import flow_of_pdf
from tests.reports.planned import work_out
from tests.reports.test_digits import known_of
from tests.world import NOW, World

ADDRESS = "median:testshire:cpp-repeat:2019-20@2025"
PAGE = f"/figures/{ADDRESS}/"
PUBLIC_SINCE = date(2020, 9, 1)
TEXT = (
    "It is {{ cpp-repeat versus neighbours }}, where the neighbours have "
    "{{ cpp-repeat in neighbours }} ({{ median/cpp-repeat/2019-20 }}): "
    "{{ cpp-repeat rank }}."
)


@dataclass
class Told:
    world: World
    report: AnnualReport

    @property
    def data(self) -> IndicatorData:
        (found,) = indicators_of(
            self.world.partnership,
            [Indicator.objects.get(code="cpp-repeat")],
            within=financial_year(2019),
        )
        return found.data

    def content(self, on: date = TODAY) -> ReportContent:
        return content_of(self.report, on=on)

    def text(self, on: date = TODAY) -> str:
        block = next(each for each in self.content(on).sections[0].blocks if not each.title)
        assert isinstance(block, AccountBlock)
        (said,) = block.parts
        assert isinstance(said, Paragraph)
        return text_of(said.words)


@pytest.fixture
def told(world: World, tmp_path: Path) -> Told:
    """A printed share, official ones of its neighbours, and a report that sets them side by side.

    Numbers have what would make them comparable.
    """
    fill(world, tmp_path)
    for rows in (
        [population(code, "10000") for code in AUTHORITIES[:4]],
        [in_need(code, "100") for code in AUTHORITIES[:4]],
    ):
        import_file(write(tmp_path / "more.csv", rows), by=system_actor(), at=NOW)
    printed(
        world,
        ("cpp-repeat", "testshire", "2018-19", "26", 0),
        ("cpp-repeat", "testshire", "2019-20", "25.2", 1),
        ("children-in-need", "testshire", "2020-03-31", "100", 0),
        public_since=PUBLIC_SINCE,
    )
    work_out(world.partnership)
    codes = ("cpp-repeat", "children-in-need")
    indicators = tuple(Indicator.objects.get(code=code) for code in codes)
    report = plan_report(
        partnership=world.partnership,
        span=financial_year(2019),
        title="Yearly report",
        sections=[SectionPlan("plans", "Plans", TEXT, indicators)],
        by=system_actor(),
        reconstructed_from=None,
    )
    return Told(world, report)


def test_a_report_sets_a_share_beside_the_median(told: Told) -> None:
    block = public_form(told.data, on=TODAY)
    columns = [column.text for column in block.table.columns]
    assert columns[3:] == [NAME, "The Region", "Anyland"]
    assert [text_of(cell) for cell in block.table.rows[-1].cells][2:] == ["24.0", "22.0", "23.0"]
    printed_here = {(each.value, each.unit) for each in block.figures if each.address == ADDRESS}
    assert printed_here == {(Decimal(24), "%")}
    assert "above the median of the statistical neighbours (24.0%)" in "".join(
        map(text_of, block.sentences)
    )
    notes = [text_of(note) for note in block.notes]
    assert notes == [
        "Median of the statistical neighbours, 2019-20: Worked out by the portal as the middle "
        "of the official figures of the neighbours in the 2025 model."
    ]
    (origin,) = (each for each in block.origins if each.address == ADDRESS)
    assert origin.source.title.startswith("Worked out by the portal from: Child protection plans")


def test_every_file_of_a_report_has_it_with_its_address(told: Told) -> None:
    content = told.content()
    files = build(content)
    out = io.StringIO()
    call_command("export_public", "testshire", "2019-20", stdout=out)
    rows = [row for row in csv.DictReader(io.StringIO(out.getvalue())) if row["address"] == ADDRESS]
    assert {(row["value"], row["unit"]) for row in rows} == {("24", "%")}
    assert {row["text"] for row in rows} == {"24.0", "24.0%"}
    assert files.csv.decode() == out.getvalue()
    book = load_workbook(io.BytesIO(files.xlsx))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row if cell]
    assert ADDRESS in cells
    assert NAME in cells
    html = files.html.decode()
    assert ADDRESS in html
    assert typed_by_hand(html, known_of(content)) == []
    assert "".join(f"{NAME}, 2019-20: Worked out".split()) in flow_of_pdf(files.pdf, content)


def test_a_text_may_name_it(told: Told) -> None:
    assert told.text() == (
        "It is above the median of the statistical neighbours (24.0%), where the neighbours have "
        "24.0% (24.0%): 25.2%, highest of 3."
    )


def test_beside_a_hidden_figure_a_text_does_not_say_the_median(told: Told) -> None:
    told.report.sections.update(introduction="It is {{ cpp-repeat versus neighbours }}.")
    before = PUBLIC_SINCE - timedelta(days=1)
    assert told.text(before) == "It is not compared: this figure is confidential."


def test_numbers_have_no_median(told: Told) -> None:
    told_of = [
        figure for _, figure in told.content().figures if "children-in-need" in figure.address
    ]
    assert told_of
    assert not [figure for figure in told_of if figure.address.startswith("median:")]


def test_neighbours_that_a_source_prints_come_before_the_median(told: Told) -> None:
    Area.objects.create(code="alike", name="Neighbours as printed", kind="neighbours")
    place = PlaceRow(1, "report", "cpp-repeat", "alike", "2019-20", "all", 1)
    load_figures([FigureRow(place, value=Decimal(21))], by=system_actor(), at=NOW)
    assert [other.code for other in told.data.others] == ["alike", "the-region", "anyland"]


def test_without_members_there_is_no_median_in_a_report(told: Told) -> None:
    for each in NeighbourSet.objects.all():
        each.members.all().delete()
    assert [other.code for other in told.data.others] == ["the-region", "anyland"]


def test_everybody_may_read_how_it_was_worked_out(told: Told) -> None:
    page = " ".join(Client().get(PAGE).content.decode().split())
    assert "24.0%" in page
    assert "Those of the 2025 model" in page
    assert "3 of 3" in page
    assert "1. Council 1" in page
    assert "/figures/dfe-repeat-plans:cpp-repeat:council-1:2019-20:all/" in page
    assert Client().get(PAGE.replace("@2025", "")).status_code == 200
    assert Client().get(PAGE.replace("@2025", "@2020")).status_code == 302
    member = Client().get("/figures/dfe-repeat-plans:cpp-repeat:council-1:2019-20:all/")
    assert member.status_code == 200


def test_the_page_says_what_a_report_printed_where_that_was_another_number(told: Told) -> None:
    edition = EditionFactory(report=told.report, number=1)
    PublicationFactory(edition=edition)
    same = {"edition": edition, "address": ADDRESS, "about": "As it was printed"}
    PrintedFigureFactory(**same, text="24.0", value=Decimal(24), position=1)
    page = Client().get(PAGE).content.decode()
    assert "Where it is printed" in page
    assert "As it was printed" not in page
    PrintedFigureFactory(**same, text="23.5", value=Decimal("23.5"), position=2)
    page = Client().get(PAGE).content.decode()
    assert "As it was printed" in page
    assert "23.5" in page
