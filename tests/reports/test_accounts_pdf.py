"""Accounts on paper: a tall drawing stays on its page, a long table goes over several."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary

from metrics.charts import pictures
from metrics.charts.structure.spec import Branch, Card, StructureSpec
from partnerships.stated_figure import Stated
from reports.blocks.figures import (
    AccountBlock,
    BlockTable,
    Bullets,
    Column,
    Diagram,
    F,
    Row,
    Words,
)
from reports.blocks.printing import stated_figure
from reports.disclosure import PublicFigure, public_account
from reports.editions.content import ReportContent, ReportSection
from reports.outputs.html import standing_alone
from reports.outputs.pdf import pdf_of
from tests.reports.data import TODAY, report

ROWS = 60


def chain(length: int) -> Branch:
    """Bodies each of which reports to the one before: the tallest drawing that there is."""
    return Branch(Card(f"Subgroup {length}", "Set up"), (chain(length - 1),) if length > 1 else ())


@dataclass(frozen=True, slots=True)
class Point:
    figure: Stated


def point_block(data: Point, make: Callable[..., F]) -> AccountBlock[F]:
    """A sentence whose figure just fits on the first of its lines."""
    words: Words[F] = (
        "Crimes marked as child sexual exploitation fell: Crimes marked as child sexual "
        "exploitation, ",
        stated_figure(data.figure, make),
        " in 2019-20, down by some.",
    )
    return AccountBlock("point", "A point", (Bullets((words,)),))


TALL = StructureSpec("chart-structure", "Who reports to whom", (chain(30),))


@pytest.fixture(scope="module")
def content() -> ReportContent:
    columns = tuple(Column(name, numeric=False) for name in ("Name", "What it does"))
    table: BlockTable[PublicFigure] = BlockTable(
        "Groups of the year",
        columns,
        tuple(Row(f"Row {n:02d}", (("Does much.",),)) for n in range(ROWS)),
    )
    block: AccountBlock[PublicFigure] = AccountBlock(
        "bodies", "Groups and meetings", (Diagram(TALL), table)
    )
    point = public_account(
        Point(Stated("crimes:walsall:1", "Crimes", Decimal(38))),
        point_block,
        sources={},
        on=TODAY,
    )
    return replace(
        report(), sections=(ReportSection("organisation", 1, "Organisation", (block, point)),)
    )


@pytest.fixture(scope="module")
def made(content: ReportContent) -> bytes:
    return pdf_of(content, standing_alone(content))


@pytest.fixture
def pdf(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made)) as opened:
        yield opened


def tagged(element: pikepdf.Object, tag: str) -> Iterator[pikepdf.Object]:
    kids = element.get("/K", Array())
    for kid in list(kids) if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            if str(kid.S) == tag:
                yield kid
            yield from tagged(kid, tag)


def test_tall_drawing_stays_on_its_page_and_is_told(pdf: pikepdf.Pdf) -> None:
    (figure,) = tagged(pdf.Root.StructTreeRoot, "/Figure")
    assert str(figure.Alt) == pictures.told(TALL)
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    assert 0 < left < right < 596
    assert 57 < bottom < top < 779  # within the margins of the page


def test_line_before_a_figure_breaks_at_its_last_space(made: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made))
    text = "\n".join(page.extract_text() for page in reader.pages)
    line = next(line for line in text.splitlines() if "Crimes marked" in line)
    assert line.endswith("Crimes marked as child sexual exploitation,")


def test_long_table_goes_over_pages_each_with_its_headers(made: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made))
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]
    holding = [text for text in pages if "Row " in text]
    assert len(holding) > 1
    assert all("What it does" in text for text in holding)
    found = [int(number) for text in holding for number in re.findall(r"Row (\d+)", text)]
    assert found == list(range(ROWS))


def test_each_page_of_a_long_table_is_a_table_with_headers_of_its_own(pdf: pikepdf.Pdf) -> None:
    tables = list(tagged(pdf.Root.StructTreeRoot, "/Table"))
    assert len(tables) > 1
    for table in tables:
        headers = {str(cell.ID) for cell in tagged(table, "/TH")}
        columns = [cell for cell in tagged(table, "/TH") if str(cell.A.Scope) == "/Column"]
        assert len(columns) == 2
        for cell in tagged(table, "/TD"):
            assert {str(name) for name in cell.A.Headers} <= headers
    rows = sum(len(list(tagged(table, "/TD"))) for table in tables)
    assert rows == ROWS
