"""What holds the pages of reports finds a page that holds little, and a heading left alone."""

import io

import pypdf
import pytest
from weasyprint import HTML

from tests.reports.flow import headings_at_foot, pages_with_little

FULL = "<p>" + "A sentence about what the figures show. " * 20 + "</p>"
ALONE = "<p>A note.</p>"


def pdf_of(*pages: str) -> bytes:
    made = HTML(string="".join(f"<div style='break-after: page'>{page}</div>" for page in pages))
    return bytes(made.write_pdf())


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ((ALONE, FULL, FULL, ALONE), []),  # the cover and the last page may be short
        ((ALONE, FULL, ALONE, FULL, ALONE), [3]),
    ],
)
def test_page_that_holds_little_is_found(pages: tuple[str, ...], found: list[int]) -> None:
    assert pages_with_little(pdf_of(*pages), 600) == found


def test_heading_at_the_foot_of_a_page_is_found() -> None:
    read = io.BytesIO(pdf_of(ALONE, FULL + "<h2>Neglect</h2>", FULL))
    pages = ["".join(page.extract_text().split()) for page in pypdf.PdfReader(read).pages]
    assert [each[-7:] for each in headings_at_foot(pages, ["Neglect"])] == ["Neglect"]
    assert headings_at_foot(pages, ["Training"]) == []
