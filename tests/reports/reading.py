"""Reads a report's HTML back: its figures, headings, ids and links, as a browser would see them."""

from html.parser import HTMLParser

HEADINGS = ("h1", "h2", "h3")


class Read(HTMLParser):
    """`figures` are (address, text) in order, `headings` (level, text), `links` the addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.figures: list[tuple[str, str]] = []
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self._into: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in found.items()]
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        if "data-address" in found or tag in HEADINGS:
            self._into = []
            self._address = found.get("data-address", "")

    def handle_endtag(self, tag: str) -> None:
        if self._into is None or tag not in ("a", *HEADINGS):
            return
        text = "".join(self._into)
        if tag == "a" and self._address:
            self.figures.append((self._address, text))
            self._into = None
        elif tag in HEADINGS:
            self.headings.append((int(tag[1]), text))
            self._into = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._into is not None:
            self._into.append(data)
