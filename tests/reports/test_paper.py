"""How a report lies on paper: which pages lie across, and what is said again on each."""

import io
import re
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from reports.accounts.appendix import AppendixData, SectionData, build
from reports.accounts.listed import Listed
from reports.accounts.year_in_figures import YearData
from reports.accounts.year_in_figures import build as build_year
from reports.disclosure import public_account
from reports.editions.content import ReportContent, ReportSection
from reports.outputs.html import standing_alone
from reports.outputs.pdf import pdf_of
from tests.reports.data import (
    LONG_AGO,
    PERCENT,
    PRINTED,
    TODAY,
    compared,
    indicator,
    observed,
    quotient,
    referrals,
    report,
    with_region,
)

ROWS = 40  # more than a page has room for


@pytest.fixture(scope="module")
def content() -> ReportContent:
    """The report, with its headlines before it and a long wide table after it."""
    tested = indicator(
        PERCENT,
        observed(quotient(100, 400), 2018, public_since=LONG_AGO, source=PRINTED),
        observed(quotient(180, 400), 2019, public_since=LONG_AGO, source=PRINTED),
    )
    many = tuple(replace(tested, code=f"share-{n}", name=f"Share {n}") for n in range(ROWS))
    wide = AppendixData("appendix", (SectionData("1. All", (with_region(), *many)),))
    year = YearData("year-in-figures", Listed((referrals(), compared()), ()))
    base = report()
    return replace(
        base,
        sections=(
            ReportSection(
                "year", 1, "The year", (public_account(year, build_year, sources={}, on=TODAY),)
            ),
            *(replace(each, number=each.number + 1) for each in base.sections),
            ReportSection(
                "appendix", 4, "All", (public_account(wide, build, sources={}, on=TODAY),)
            ),
        ),
    )


@pytest.fixture(scope="module")
def made(content: ReportContent) -> bytes:
    return pdf_of(content, standing_alone(content))


def pages(made: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(made))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def across(made: bytes) -> list[bool]:
    """Of each page, whether it is wider than it is high."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        boxes = [[float(edge) for edge in page.mediabox] for page in pdf.pages]
    return [right - left > top - bottom for left, bottom, right, top in boxes]


def test_only_pages_of_wide_tables_lie_across(made: bytes) -> None:
    every = list(zip(pages(made), across(made), strict=True))
    assert sum(lies for _, lies in every) > 1
    for page, lies in every[:-2]:  # after them the sources, which name every share
        assert ("Share " in page) == lies


def test_header_of_a_table_is_repeated_on_each_of_its_pages(made: bytes) -> None:
    wide = [page for page, lies in zip(pages(made), across(made), strict=True) if lies]
    assert [page.count("Can we say that it changed?") for page in wide] == [1] * len(wide)
    assert sum(len(re.findall(r"Share \d+", page)) for page in wide) == ROWS


def test_headlines_begin_a_page_and_the_next_section_follows_on_it(made: bytes) -> None:
    [number] = [n for n, page in enumerate(pages(made)) if "What is counted" in page]
    assert pages(made)[number].startswith("1. The year")
    assert "2. The front door" in pages(made)[number]


def test_contents_name_the_pages_of_every_section(made: bytes, content: ReportContent) -> None:
    contents, *rest = pages(made)[1:]
    for section in content.sections:
        heading = f"{section.number}. {section.title}"
        found = re.search(rf"{re.escape(heading)} (\d+)", contents)
        assert found is not None
        assert heading in rest[int(found[1]) - 3]
