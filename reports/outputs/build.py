"""All files of a report from its content."""

from collections.abc import Callable

from reports.editions.content import ReportContent
from reports.outputs.csv_file import csv_of
from reports.outputs.files import Files
from reports.outputs.html import page_of, standing_alone
from reports.outputs.pdf import pdf_of
from reports.outputs.xlsx import xlsx_of

STEPS = 4  # of which `told` hears


def build(
    content: ReportContent, *, told: Callable[[int, str], None] = lambda done, words: None
) -> Files:
    """Lays the report out. `told(done, words)` hears of each file before it is made."""
    told(0, "Laying out the pages")
    html = standing_alone(content)
    page = page_of(content)
    told(1, "Making the PDF")
    pdf = pdf_of(content, html)
    told(2, "Writing the figures as CSV")
    csv = csv_of(content)
    told(3, "Making the spreadsheet")
    xlsx = xlsx_of(content)
    return Files(html=html.encode(), page=page.encode(), pdf=pdf, csv=csv.encode(), xlsx=xlsx)
