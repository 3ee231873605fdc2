"""Every kind of picture that a page or a report can hold: drawn, and told, in one way."""

from metrics.charts import alt, svg
from metrics.charts.layout import WIDTH
from metrics.charts.spec import ChartSpec
from metrics.charts.structure import layout, words
from metrics.charts.structure.spec import StructureSpec

Picture = ChartSpec | StructureSpec


def draw(picture: Picture, *, width: float = WIDTH) -> str:
    """The picture as an `<svg>` element; `metrics.charts.svg` says what it holds."""
    if isinstance(picture, ChartSpec):
        return svg.draw(picture, width=width)
    drawing = layout.scene(picture, full=width)
    return svg.written(
        drawing, f"{picture.key}-{width:.0f}", words.title(picture), words.description(picture)
    )


def told(picture: Picture) -> str:
    """The picture in words: what it is, then all that it shows."""
    if isinstance(picture, ChartSpec):
        return f"{alt.title(picture)}. {alt.description(picture)}"
    return f"{words.title(picture)}. {words.description(picture)}"
