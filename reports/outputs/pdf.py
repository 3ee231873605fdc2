"""A report as a tagged PDF (PDF/UA-1), laid out by WeasyPrint from the file's own HTML.

Nothing is fetched while it is made: the one HTML text is all there is, and every address in it
that would have to be read is refused. What the renderer leaves out of the structure is put in by
`structure`. The same content gives the same bytes.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from reports.editions.content import FIGURES_COME_FROM, ReportContent
from reports.outputs.collecting import collected_at_the_end
from reports.outputs.structure import StructureError, mended

VARIANT = "pdf/ua-1"


def pdf_of(content: ReportContent, html: str) -> bytes:
    """The PDF of a report from its HTML (`reports.outputs.html.standing_alone`).

    Raises `StructureError` where the renderer left anything out.
    """
    with _listening() as complaints, collected_at_the_end():
        raw = _laid_out(html)
    if complaints or raw is None:
        raise StructureError(f"The renderer left something out: {'; '.join(complaints)}.")
    charts = [chart for s in content.sections for block in s.blocks for chart in block.charts]
    return mended(raw, charts, _places(content))


def _laid_out(html: str) -> bytes | None:
    # Loaded here: it takes a second, and only whoever makes a PDF needs it.
    import weasyprint

    from reports.outputs.fetcher import Nothing

    document = weasyprint.HTML(string=html, url_fetcher=Nothing(), media_type="print")
    pdf: bytes | None = document.write_pdf(pdf_variant=VARIANT)
    return pdf


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What the renderer calls an error and goes on from: a picture left out, a missing alt text."""
    complaints: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            complaints.append(record.getMessage())

    listener = Listener(logging.ERROR)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield complaints
    finally:
        logger.removeHandler(listener)


def _places(content: ReportContent) -> dict[str, str]:
    """What stands at each place of the document that a link in it leads to."""
    places = {"sources": FIGURES_COME_FROM}
    for section in content.sections:
        places[section.key] = f"{section.number}. {section.title}"
        places |= {f"{block.key}-heading": block.title for block in section.blocks if block.title}
    for origin in content.origins:
        places[f"source-{origin.address}"] = f"Where this figure comes from: {origin.about}"
    return places
