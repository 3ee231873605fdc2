"""The tagged PDF: its structure, its text, and that nothing is fetched for it."""

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name

from metrics.charts import pictures
from reports.editions.content import ReportContent
from reports.outputs.fetcher import NothingIsFetched
from reports.outputs.html import standing_alone
from reports.outputs.pdf import pdf_of
from reports.outputs.structure import StructureError, mended
from tests.reports.data import report
from tests.reports.reading import Read


@pytest.fixture(scope="module")
def content() -> ReportContent:
    return report()


@pytest.fixture(scope="module")
def html(content: ReportContent) -> str:
    return standing_alone(content)


@pytest.fixture(scope="module")
def made(content: ReportContent, html: str) -> bytes:
    return pdf_of(content, html)


@pytest.fixture
def pdf(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made)) as opened:
        yield opened


def elements(
    element: pikepdf.Object, above: tuple[str, ...] = ()
) -> Iterator[tuple[pikepdf.Object, tuple[str, ...]]]:
    kids = element.get("/K", Array())
    for kid in list(kids) if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid, above
            yield from elements(kid, (*above, str(kid.S)))


def tagged(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Object]:
    return [one for one, _ in elements(pdf.Root.StructTreeRoot) if str(one.S) == tag]


def pages(made: bytes) -> list[str]:
    """The text of each page in one line of single spaces."""
    reader = pypdf.PdfReader(io.BytesIO(made))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def test_document_is_tagged_with_language_title_and_standard(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title) == "Yearly report 2019-20 – Walsall Safeguarding Partnership"
    with pdf.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert [str(page.obj.get("/Tabs")) for page in pdf.pages] == ["/S"] * len(pdf.pages)


def test_bookmarks_are_the_headings(pdf: pikepdf.Pdf, html: str) -> None:
    with pdf.open_outline() as outline:
        found: list[tuple[int, str]] = []

        def walk(items: list[pikepdf.OutlineItem], level: int) -> None:
            for item in items:
                found.append((level, item.title))
                walk(list(item.children), level + 1)

        walk(list(outline.root), 1)
    assert found == Read(html).headings


def test_headings_are_tagged_in_order(pdf: pikepdf.Pdf, html: str) -> None:
    tags = [
        str(e.S) for e, _ in elements(pdf.Root.StructTreeRoot) if re.fullmatch("/H[1-6]", str(e.S))
    ]
    assert tags == [f"/H{level}" for level, _ in Read(html).headings]


def test_charts_have_their_description_and_lie_on_their_page(
    pdf: pikepdf.Pdf, content: ReportContent
) -> None:
    charts = [chart for s in content.sections for block in s.blocks for chart in block.charts]
    figures = tagged(pdf, "/Figure")
    assert [str(figure.Alt) for figure in figures] == [pictures.told(chart) for chart in charts]
    assert "5,135 in 2018-19, 4,368 in 2019-20" in str(figures[0].Alt)
    for figure in figures:
        left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842


def test_tables_name_the_headers_of_their_cells(pdf: pikepdf.Pdf) -> None:
    headers = [
        (str(cell.A.Scope), "/THead" in above)
        for cell, above in elements(pdf.Root.StructTreeRoot)
        if str(cell.S) == "/TH"
    ]
    assert len(headers) > 10
    assert all(scope == ("/Column" if in_head else "/Row") for scope, in_head in headers)
    ids = {str(cell.ID) for cell in tagged(pdf, "/TH")}
    for cell in tagged(pdf, "/TD"):
        assert len(cell.A.Headers) == 2
        assert {str(name) for name in cell.A.Headers} <= ids


def test_structure_holds_what_the_standard_allows(pdf: pikepdf.Pdf) -> None:
    below = {
        "/L": {"/LI", "/Caption", "/L"},
        "/LI": {"/Lbl", "/LBody"},
        "/Table": {"/Caption", "/THead", "/TBody", "/TR"},
        "/TR": {"/TH", "/TD"},
    }
    for element, above in elements(pdf.Root.StructTreeRoot):
        parent = above[-1] if above else ""
        assert str(element.S) in below.get(parent, {str(element.S)}), (parent, element.S)
        if str(element.S) == "/Caption":
            assert parent == "/Table"
        if str(element.S) == "/Link":
            assert "/Link" not in above


def test_links_say_where_they_lead_and_belong_to_a_tag(pdf: pikepdf.Pdf) -> None:
    links = [a for page in pdf.pages for a in page.obj.get("/Annots", Array())]
    said = [str(link.Contents) for link in links]
    assert said[:2] == ["1. The front door", "Referrals to children's social care"]
    assert (
        "Where this figure comes from: Referrals to children's social care, Walsall, 2019-20"
        in said
    )
    tags = sum(
        isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
        for link in tagged(pdf, "/Link")
        for kid in link.K
    )
    assert tags == len(links)


def test_figures_are_printed_in_reading_order(made: bytes, content: ReportContent) -> None:
    text = " ".join(pages(made))
    at = text.index("1. The front door", text.index("Where the figures come from"))
    for _, figure in content.figures:
        at = text.index(figure.text, at) + len(figure.text)


def test_contents_name_the_right_pages(made: bytes, content: ReportContent) -> None:
    every = pages(made)
    titles = [
        title
        for section in content.sections
        for title in (f"{section.number}. {section.title}", *(b.title for b in section.blocks))
    ]
    for title in titles:
        line = re.search(rf"{re.escape(title)} (\d+)", every[1])
        assert line is not None, (title, every[1])
        assert title in every[int(line[1]) - 1]


def test_notice_and_page_number_stand_on_every_page(made: bytes) -> None:
    every = pages(made)
    assert "This is a reconstruction from published figures." in every[0]
    for number, text in enumerate(every[1:], start=2):
        assert "Reconstruction from published figures" in text
        assert f"{number} of {len(every)}" in text
        assert len(text.split()) >= 20


def test_pages_are_a4(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        assert [round(float(edge)) for edge in page.mediabox] == [0, 0, 595, 842]


def test_same_content_gives_the_same_bytes(content: ReportContent, made: bytes, html: str) -> None:
    assert pdf_of(report(), standing_alone(report())) == made


@pytest.mark.parametrize(
    "asking",
    [
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="http://example.org/x.png">',
        '<link rel="stylesheet" href="file:///etc/hosts">',
        '<style>@font-face { font-family: x; src: url("file:///x.woff") }</style><p>x</p>',
    ],
)
def test_nothing_is_fetched_from_outside_or_from_this_machine(
    asking: str, content: ReportContent
) -> None:
    with pytest.raises(NothingIsFetched):
        pdf_of(content, f"<html lang=en><body>{asking}</body></html>")


def test_what_the_renderer_would_leave_out_stops_it(content: ReportContent) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///x.png"/></svg>'
    with pytest.raises(StructureError, match="The renderer left something out"):
        pdf_of(content, f"<html lang=en><body>{drawing}</body></html>")


def test_pdf_without_its_charts_is_refused(made: bytes) -> None:
    with pytest.raises(StructureError, match="The PDF has 2 figures for 0 charts"):
        mended(made, [], {})
