"""How wide text is, and how it breaks into lines, without a browser.

Widths are those of Arial, Helvetica and Liberation Sans, which agree with one another, in
thousandths of the font size. A letter that is not listed counts as wide as the widest.
"""

FONT_FAMILY = "Arial, 'Liberation Sans', Helvetica, sans-serif"
LINE_HEIGHT = 1.25
WIDEST = 1015
_SPARE = 1.03  # for what kerning and rounding add in some renderers

_WIDTHS = {
    letter: width
    for width, letters in {
        191: "'",
        222: "ijl’‘",
        260: "|",
        278: " !,./:;I[\\]ft",
        333: "()-`r“”",
        334: "{}",
        350: "•",
        355: '"',
        389: "*",
        400: "°",
        469: "^",
        500: "Jcksvxyzç",
        556: "#$0123456789?L_abdeghnopqu–£€éèêàâäöüôñ",
        584: "+<=>~−×",
        611: "FTZ",
        667: "&ABEKPSVXYÉ",
        722: "CDHNRUw",
        778: "GOQ",
        833: "Mm",
        834: "½",
        889: "%",
        944: "W",
        1000: "—…",
    }.items()
    for letter in letters
}


def width(text: str, size: float) -> float:
    """The width of one line of text, in the unit of `size`; never less than it will be."""
    return sum(_WIDTHS.get(letter, WIDEST) for letter in text) / 1000 * size * _SPARE


def wrap(text: str, most: float, size: float, lines: int) -> list[str]:
    """The text in at most `lines` lines of at most `most`; what does not fit ends in `…`."""
    words = text.split()
    found: list[str] = []
    while words and len(found) < lines:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size) <= most:
            line += f" {words.pop(0)}"
        found.append(line)
    if words:
        found[-1] += "…"
    return [cut(line, most, size) for line in found]


def cut(text: str, most: float, size: float) -> str:
    """The text, shortened with `…` where it is wider than `most`."""
    if width(text, size) <= most:
        return text
    text = text.removesuffix("…")
    while text and width(f"{text}…", size) > most:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""
