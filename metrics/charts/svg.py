"""A chart as static SVG: what pages show first, what reports and the PDF show at all.

Presentation attributes only: the pages' policy forbids style in a drawing, and the PDF's
renderer does not apply the page's to it. `<title>` comes first, since that renderer takes the
alt text from it; `<desc>` words every figure.
"""

from xml.sax.saxutils import escape, quoteattr

from metrics.charts import alt
from metrics.charts.layout import WIDTH, scene
from metrics.charts.shapes import Bar, Box, Drawn, Line, Mark, Panel, Scene, Text
from metrics.charts.spec import ChartSpec
from metrics.charts.style import PAPER, Shape
from metrics.charts.text import FONT_FAMILY

_CORNERS: dict[Shape, tuple[tuple[float, float], ...]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
}


def draw(spec: ChartSpec, *, width: float = WIDTH) -> str:
    """The chart as an `<svg>` element that can stand in a page; every text in it is escaped.

    `width` is that of its own units: 640 for pages and print, 320 for small screens, whose
    letters stay readable. Ids begin with the spec's key and the width.
    """
    key = f"{spec.key}-{width:.0f}"
    return written(scene(spec, full=width), key, alt.title(spec), alt.description(spec))


def written(drawing: Scene, key: str, title: str, description: str) -> str:
    """A drawing as an `<svg>` element with its title and description; `key` begins its ids."""
    size = f"0 0 {_n(drawing.width)} {_n(drawing.height)}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img"'
        f" aria-labelledby={quoteattr(f'{key}-title {key}-desc')}"
        f' font-family="{FONT_FAMILY}" fill="none">'
        f'<title id="{key}-title">{_words(title)}</title>'
        f'<desc id="{key}-desc">{_words(description)}</desc>'
    )
    return head + "".join(_element(item) for item in drawing.drawn) + "</svg>"


def _element(item: Drawn) -> str:
    match item:
        case Text():
            return (
                f'<text x="{_n(item.x)}" y="{_n(item.y)}" font-size="{_n(item.size)}"'
                f' text-anchor="{item.anchor}" fill="{item.colour}">{_words(item.words)}</text>'
            )
        case Line():
            points = " ".join(f"{_n(x)},{_n(y)}" for x, y in item.points)
            dash = f' stroke-dasharray="{item.dash}"' if item.dash else ""
            return (
                f'<polyline points="{points}" stroke="{item.colour}"'
                f' stroke-width="{_n(item.thickness)}"{dash}/>'
            )
        case Bar():
            return f"<rect {_edges(item.box)} {_paint(item.colour, item.hollow)}/>"
        case Mark():
            return _mark(item)
        case Panel():
            dash = f' stroke-dasharray="{item.dash}"' if item.dash else ""
            paint = f'fill="{item.fill}" stroke="{item.edge}" stroke-width="1.25"{dash}'
            return f"<rect {_edges(item.box)} {paint}/>"


def _mark(mark: Mark) -> str:
    x, y, r = mark.x, mark.y, mark.size
    paint = _paint(mark.colour, mark.hollow)
    if not mark.hollow:
        paint += f' stroke="{PAPER}" stroke-width="1.5"'  # seen on a bar as well
    if mark.shape == "circle":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" {paint}/>'
    corners = _CORNERS[mark.shape]
    points = " ".join(f"{_n(x + dx * r)},{_n(y + dy * r)}" for dx, dy in corners)
    return f'<polygon points="{points}" {paint}/>'


def _edges(box: Box) -> str:
    return (
        f'x="{_n(box.left)}" y="{_n(box.top)}" width="{_n(box.right - box.left)}"'
        f' height="{_n(box.bottom - box.top)}"'
    )


def _paint(colour: str, hollow: bool) -> str:
    """Provisional figures are outlines: paper inside, so that the grid does not shine through."""
    if hollow:
        return f'fill="{PAPER}" stroke="{colour}" stroke-width="2" stroke-dasharray="4 2"'
    return f'fill="{colour}"'


def _n(number: float) -> str:
    """A coordinate, to a tenth."""
    return f"{number:.1f}".removesuffix(".0")


def _words(text: str) -> str:
    """Text for XML; control characters, which no XML may hold, are left out."""
    return escape("".join(letter for letter in text if letter.isprintable()))
