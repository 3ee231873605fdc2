"""Reads every run of digits in a report's HTML, and says of which kind it is.

A digit that a reader sees is in a figure with an address, or of one of a closed list of kinds: a
date, the number of a heading, the name of a measure. Any other was typed by hand.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from metrics.charts.style import QUIET

FIGURE = "figure with an address"
IN_SOURCES = "figure in the list of sources"
IN_CHART = "figure of its block, in a chart"
SCALE = "scale of a chart"
ABOUT = "name of a figure, in its link"
HEADING = "number of a heading"
NOTE = "number of a note"
REFERENCE = "reference to law or guidance that is kept"
TYPED = "typed by hand"

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
# What may hold digits wherever it stands.
ANYWHERE = {
    "date": rf"\b[0-3]?\d {_MONTH}\b(?: {_YEAR}\b)?|\b{_MONTH} {_YEAR}\b"
    rf"|\b(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter) {_YEAR}\b",
    "law or guidance": rf"\bWorking Together {_YEAR}|\bAct {_YEAR}"
    r"|\b[Ss]ection (?:11|17|47|157/175|175/157|157|175)\b",
    "period": rf"\bQ[1-4]\b|\b{_YEAR}[-/]\d\d\b|\b{_YEAR}[–-]{_YEAR}\b"
    rf"|(?<![\d.,£]){_YEAR}(?![\d%]|[,.]\d)",
    NOTE: r"^Note \d+(?=: )|\[note \d+(?:, \d+)*\]",
    "number of a priority": r"\b[Pp]riority [1-9]\b",
    "age": r"\baged \d{1,2}(?: to \d{1,2})?\b",
}
BLOCKS = {
    *("p", "li", "td", "th", "caption", "figcaption", "figure", "title", "div", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "nav"),
}
READ_OUT = ("title", "alt", "aria-label", "content")
UNREAD = {"style", "script"}


@dataclass(frozen=True, slots=True)
class Run:
    """Digits in a report: the words that they stand in, the section, and of which kind they are."""

    digits: str
    words: str
    section: str
    kind: str


@dataclass(frozen=True, slots=True)
class Known:
    """What may hold digits in one report, beside `ANYWHERE`.

    `names` are those of the register and of what is kept: a measure, a category, a source, a
    review, training, an audit. `references` are where guidance asks for something: "chapter 3".
    `units` are the worded bases of rates. `charts` has the figures that each chart may
    show, by its key, `sources` the lines of the list of sources, and `abouts` what the links of
    figures say that they are of.
    """

    names: Collection[str] = ()
    references: Collection[str] = ()
    units: Collection[str] = ()
    charts: Mapping[str, Collection[str]] = field(default_factory=dict)
    sources: Collection[str] = ()
    abouts: Collection[str] = ()


@dataclass(slots=True)
class Line:
    """The words of one block of the page, or what is read out of an attribute.

    `place` is text, heading, chart or scale, or the kind of all digits in the line.
    """

    section: str
    place: str = "text"
    chart: str = ""
    words: str = ""
    figures: list[str] = field(default_factory=list)


def typed_by_hand(html: str, known: Known) -> list[Run]:
    return [run for run in runs_in(html, known) if run.kind == TYPED]


def runs_in(html: str, known: Known) -> list[Run]:
    """Every run of digits in the HTML, in the order in which it is read."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    everywhere = [
        ("name", _any_of(known.names)),
        (REFERENCE, _any_of(known.references)),
        ("unit", _any_of(known.units)),
    ]
    everywhere += [(kind, re.compile(pattern)) for kind, pattern in ANYWHERE.items()]
    return [run for line in reader.lines for run in _runs(line, known, everywhere)]


def _runs(line: Line, known: Known, everywhere: list[tuple[str, re.Pattern[str]]]) -> Iterator[Run]:
    words = " ".join(line.words.split())
    for text in line.figures:
        yield from _each(line, text, text, FIGURE)
    whole = {IN_SOURCES: known.sources, ABOUT: known.abouts}
    if line.place in whole:
        kind = line.place if words in whole[line.place] else TYPED
        yield from _each(line, words, words, kind)
        return
    first, then = (HEADING, re.compile(r"^\d+(?=\. )")), _of_place(line, known)
    patterns = [*([first] if line.place == "heading" else []), *everywhere, *then]
    left = words
    for kind, pattern in patterns:
        for match in list(pattern.finditer(left)):
            yield from _each(line, match[0], words, kind)
            left = left[: match.start()] + "\u0000" * len(match[0]) + left[match.end() :]
    yield from _each(line, left, words, TYPED)


def _of_place(line: Line, known: Known) -> Iterator[tuple[str, re.Pattern[str]]]:
    match line.place:
        case "scale":
            yield SCALE, re.compile(r"^[−]?[\d.,]+$|\(the axis starts at −?£?[\d.,]+\)$")
        case "chart":
            yield IN_CHART, _any_of(known.charts.get(line.chart, ()))
            yield SCALE, re.compile(r"\(the axis starts at −?£?[\d.,]+\)")


def _each(line: Line, text: str, words: str, kind: str) -> Iterator[Run]:
    for digits in re.findall(r"\d+", text):
        yield Run(digits, words, line.section, kind)


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the texts, the longest first; nothing where there are none."""
    every = sorted({text for text in texts if re.search(r"\d", text)}, key=len, reverse=True)
    whole = "|".join(re.escape(text) for text in every) or r"(?!)"
    return re.compile(rf"(?<![\w.,])(?:{whole})(?![\w%]|[.,]\d)", re.IGNORECASE)


class _Reader(HTMLParser):
    """Cuts a page into lines, the digits in figures apart from the others."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._line = Line("cover")
        self._section = "cover"
        self._chart = ""
        self._open: list[str] = []  # tags within which text is read in another way
        self._in_source = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._start(tag, found)
        for name in READ_OUT:
            if found.get(name) and found.get("name") != "viewport":
                place = ABOUT if "data-address" in found else "text"
                self.lines.append(Line(self._section, place, words=found[name]))

    def _start(self, tag: str, found: dict[str, str]) -> None:
        if "svg" in self._open:
            place = "scale" if tag == "text" and found.get("fill") == QUIET else "chart"
            self._begin(place)
        elif tag in BLOCKS and not self._in_source:
            if tag == "h2":
                self._section = found.get("id", "")
            numbered = tag == "h2" or found.get("class") == "report-contents__line"
            self._in_source = tag == "li" and found.get("id", "").startswith("source-")
            place = IN_SOURCES if self._in_source else "heading" if numbered else "text"
            self._begin(place)
        if tag == "figure":
            self._chart = found.get("id", "")
        if tag in {*UNREAD, "svg"} or "data-address" in found:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._in_source = False
        if tag in BLOCKS and not self._in_source:
            self._begin("text")
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        last = self._open[-1] if self._open else ""
        if last in UNREAD:
            return
        if last == "a":
            self._line.figures.append(data)
        self._line.words += "…" if last == "a" else data

    def close(self) -> None:
        super().close()
        self._begin("text")

    def _begin(self, place: str) -> None:
        self.lines.append(self._line)
        self._line = Line(self._section, place, self._chart)
