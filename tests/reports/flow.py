"""The running text of a report as its HTML and as its PDF give it, for comparing the two.

Spaces are left out, since lines break elsewhere on paper, and so are drawings, the bullets of
lists and what stands at the foot of every page. The text begins where the contents end.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

import pypdf

from reports.blocks.figures import BlockTable
from reports.disclosure import PublicFigure
from reports.editions.content import FIGURES_COME_FROM, ReportContent

UNREAD = {"svg", "style", "title"}


@dataclass(frozen=True, slots=True)
class Printed:
    """The letters of a page: all of them, and those that are not in a drawing, nor a bullet."""

    every: str
    main: str


@lru_cache(maxsize=16)
def printed(pdf: bytes) -> tuple[Printed, ...]:
    """Each page as it is read, once for all that is asked of a file: reading takes seconds."""
    return tuple(_read(page) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def flow_of_html(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return _after_contents(_close("".join(reader.words)))


def flow_of_pdf(pdf: bytes, content: ReportContent) -> str:
    tables = {_close("".join(column.text for column in each.columns)) for each in _tables(content)}
    heads = sorted(tables, key=len, reverse=True)
    texts = []
    for text in pages_of(pdf, content):
        # A table that runs on has its headers again; one that begins has its caption first.
        texts.append(
            next((text.removeprefix(head) for head in heads if text.startswith(head)), text)
        )
    return _after_contents("".join(texts))


def pages_of(pdf: bytes, content: ReportContent) -> list[str]:
    """The text of each page without its foot."""
    pages = printed(pdf)
    return [
        _without_foot(page.main, f"{number} of {len(pages)}", content)
        for number, page in enumerate(pages, start=1)
    ]


def headings_at_foot(pages: Sequence[str], headings: Iterable[str]) -> list[str]:
    """The headings that end a page, with what they head on the next."""
    ends = tuple(_close(heading) for heading in headings)
    return [page[-60:] for page in pages[1:] if page.endswith(ends)]


def pages_with_little(pdf: bytes, least: int) -> list[int]:
    """The numbers of pages with fewer letters, those of drawings and of the page's head counted.

    The cover and the last page may be short.
    """
    between = printed(pdf)[1:-1]
    return [number for number, page in enumerate(between, start=2) if len(page.every) < least]


def _tables(content: ReportContent) -> Iterator[BlockTable[PublicFigure]]:
    for section in content.sections:
        for block in section.blocks:
            yield from block.tables


def _close(text: str) -> str:
    return "".join(text.split())


def _after_contents(text: str) -> str:
    """The last line of the contents leads to the sources, and has its page's number on paper."""
    return text.split(_close(FIGURES_COME_FROM), 1)[1].lstrip("0123456789")


def _read(page: pypdf.PageObject) -> Printed:
    within: list[str] = []
    found: list[str] = []

    def before(operator: bytes, operands: list[object], *_: object) -> None:
        if operator in {b"BDC", b"BMC"}:
            within.append(str(operands[0]))
        elif operator == b"EMC" and within:
            within.pop()

    def told(text: str, *_: object) -> None:
        if text.strip() and text.strip() != "•" and "/Figure" not in within:
            found.append(text)

    every = page.extract_text(visitor_operand_before=before, visitor_text=told)
    return Printed(_close(every), _close("".join(found)))


def _without_foot(text: str, number: str, content: ReportContent) -> str:
    """Without the report's title, the section's, the notice and the page's number."""
    cover = content.cover
    sections = (f"{section.number}. {section.title}" for section in content.sections)
    for title in ("Contents", FIGURES_COME_FROM, *sections, ""):
        foot = _close(f"{cover.title}{title}{cover.running}{number}")
        if text.endswith(foot):
            return text.removesuffix(foot)
    return text


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.words.append(data)
