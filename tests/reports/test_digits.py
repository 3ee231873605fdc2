"""No digit of data in a demo report is typed by hand: each is a figure with an address.

The reports are those of the data files, loaded and built once for this module as `load_demo` does.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from metrics.models import Area, Breakdown, Category, Dataset, Indicator
from metrics.readings import measure_of
from metrics.wording import unit_words
from reports.blocks.figures import Block
from reports.disclosure import PublicFigure
from reports.editions.assemble import content_of
from reports.editions.content import ReportContent
from reports.models import AnnualReport, Requirement, Term
from reviews.models import (
    AssessmentStep,
    CaseAudit,
    PracticeReview,
    SelfAssessment,
    TrainingActivity,
    VoiceActivity,
)
from reviews.training.counted import COUNTED
from tests.reports.digits import FIGURE, TYPED, Known, runs_in
from tests.reports.flow import (
    flow_of_html,
    flow_of_pdf,
    headings_at_foot,
    pages_of,
    pages_with_little,
)
from tests.reports.reading import Read

LINK = "Where this figure comes from"
LEAST = 600  # letters of a page, about a hundred words
# So that pytest-django makes the database; the module's own transaction lies around each test's.
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Built:
    """A report of the demo: what it says, its files, and what may hold digits in it."""

    content: ReportContent
    html: str
    pdf: bytes
    exported: str
    known: Known


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, Built]]:
    folder = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.VAR_DIR", folder)
        with transaction.atomic():
            call_command("load_demo", stdout=io.StringIO())
            yield {
                each.partnership.slug: _built(each, folder / "reports")
                for each in AnnualReport.objects.select_related("partnership")
            }
            transaction.set_rollback(True)


def _built(planned: AnnualReport, folder: Path) -> Built:
    content = content_of(planned, on=timezone.localdate())
    exported = io.StringIO()
    call_command("export_public", content.slug, content.year, stdout=exported)
    return Built(
        content=content,
        html=(folder / f"{content.name}.html").read_text(encoding="utf-8"),
        pdf=(folder / f"{content.name}.pdf").read_bytes(),
        exported=exported.getvalue(),
        known=known_of(content),
    )


def known_of(content: ReportContent) -> Known:
    """The names with digits that a report may print, off the register and what is kept."""
    names = {
        *Indicator.objects.values_list("name", flat=True),
        *Category.objects.values_list("name", flat=True),
        *Breakdown.objects.values_list("name", flat=True),
        *Area.objects.values_list("name", flat=True),
        *Dataset.objects.values_list("title", flat=True),
        *PracticeReview.objects.values_list("code", flat=True),
        *CaseAudit.objects.values_list("name", flat=True),
        *SelfAssessment.objects.values_list("name", flat=True),
        *AssessmentStep.objects.values_list("name", flat=True),
        *TrainingActivity.objects.values_list("name", flat=True),
        *(counted.label for counted in COUNTED.values()),
        *VoiceActivity.objects.values_list("name", flat=True),
        *Term.objects.values_list("term", flat=True),
        # The table at the end names the section of each figure.
        *(f"{section.number}. {section.title}" for section in content.sections),
    }
    return Known(
        names=names,
        references=set(Requirement.objects.values_list("reference", flat=True)),
        units={
            "for every 100",
            *(unit_words(measure_of(each)).strip() for each in Indicator.objects.all()),
        },
        charts={
            chart.key: {figure.text for figure in block.figures}
            for section in content.sections
            for block in section.blocks
            for chart in block.charts
        },
        abouts={f"{LINK}: {figure.about}" for _, figure in content.figures},
        sources={f"{origin.about}: {origin.stated} {origin.address}" for origin in content.origins},
    )


def test_no_digit_of_a_report_is_typed_by_hand(demo: dict[str, Built]) -> None:
    typed = []
    for slug, built in demo.items():
        runs = runs_in(built.html, built.known)
        counts = Counter(run.kind for run in runs)
        assert counts[FIGURE] > 0, slug
        print(slug, *(f"{count} × {kind}" for kind, count in counts.most_common()), sep="\n  ")
        typed += [(slug, run.section, run.digits, run.words) for run in runs if run.kind == TYPED]
    assert typed == []


def test_no_id_stands_twice_and_every_link_leads_to_one(demo: dict[str, Built]) -> None:
    for slug, built in demo.items():
        read = Read(built.html)
        assert [each for each, times in Counter(read.ids).items() if times > 1] == [], slug
        assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids), slug


def test_no_page_of_a_report_holds_little(demo: dict[str, Built]) -> None:
    found = {slug: pages_with_little(built.pdf, LEAST) for slug, built in demo.items()}
    assert found == {slug: [] for slug in demo}


def test_no_heading_or_caption_stands_at_the_foot_of_a_page(demo: dict[str, Built]) -> None:
    for slug, built in demo.items():
        headings = [text for level, text in Read(built.html).headings if level > 1]
        captions = [table.caption for block in _blocks(built) for table in block.tables]
        pages = pages_of(built.pdf, built.content)
        assert headings_at_foot(pages, [*headings, *captions]) == [], slug


def _blocks(built: Built) -> Iterator[Block[PublicFigure]]:
    return (block for section in built.content.sections for block in section.blocks)


def test_every_section_of_walsall_has_its_narrative(demo: dict[str, Built]) -> None:
    built = demo["walsall"].content
    without = [
        each.key
        for each in built.sections
        if each.key != "appendix"  # a table alone
        and not (each.blocks and each.blocks[0].key == f"{each.key}-text")
    ]
    assert without == []


def test_figures_of_the_html_are_those_of_the_export_one_by_one(demo: dict[str, Built]) -> None:
    for slug, built in demo.items():
        exported = list(csv.DictReader(io.StringIO(built.exported)))
        assert Read(built.html).figures == [(row["address"], row["text"]) for row in exported], slug
        assert len(exported) > 5, slug


def test_text_of_the_pdf_is_that_of_the_html_in_its_order(demo: dict[str, Built]) -> None:
    for slug, built in demo.items():
        html = flow_of_html(built.html)
        assert flow_of_pdf(built.pdf, built.content) == html, slug
        for _, figure in built.content.figures:
            assert "".join(figure.text.split()) in html, (slug, figure)
