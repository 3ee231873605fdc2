"""A report as HTML: as a file that stands alone, and as a page of the portal.

Both are drawn by one template from the same content. The file holds its own style and nothing
else from anywhere; its figures lead to its own list of sources. On the portal they lead to the
page of the figure, and the style is linked, as the portal's policy asks.
"""

from pathlib import Path
from typing import Literal

from django.conf import settings
from django.template.loader import render_to_string

from reports.disclosure import require_public
from reports.editions.content import ReportContent

Place = Literal["file", "portal"]

STYLES = ("css/blocks.css", "css/report.css", "css/report-paper.css")


def standing_alone(content: ReportContent) -> str:
    """The whole document, without script and without any address outside itself."""
    context = _context(content, "file") | {"css": _css()}
    return render_to_string("reports/edition/document.html", context)


def page_of(content: ReportContent) -> str:
    """The report's part of a page of the portal."""
    return render_to_string("reports/edition/body.html", _context(content, "portal"))


def _context(content: ReportContent, place: Place) -> dict[str, object]:
    require_public(block for section in content.sections for block in section.blocks)
    return {"report": content, "place": place, "heading": "h3", "under": "h4"}


def _css() -> str:
    folder = Path(settings.BASE_DIR) / "static"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES)
