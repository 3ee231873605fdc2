"""Every kind of picture that a page or a report can hold: drawn, and told, in one way."""

from metrics.charts import alt, svg
from metrics.charts.layout import WIDTH
from metrics.charts.places import layout as places_layout
from metrics.charts.places import words as places_words
from metrics.charts.places.spec import PlacesSpec
from metrics.charts.shapes import Scene
from metrics.charts.spec import ChartSpec
from metrics.charts.structure import layout, words
from metrics.charts.structure.spec import StructureSpec

Picture = ChartSpec | StructureSpec | PlacesSpec


def draw(picture: Picture, *, width: float = WIDTH) -> str:
    """The picture as an `<svg>` element; `metrics.charts.svg` says what it holds."""
    if isinstance(picture, ChartSpec):
        return svg.draw(picture, width=width)
    title, description = _words(picture)
    return svg.written(_scene(picture, width), f"{picture.key}-{width:.0f}", title, description)


def told(picture: Picture) -> str:
    """The picture in words: what it is, then all that it shows."""
    title, description = _words(picture)
    return f"{title}. {description}"


def _scene(picture: StructureSpec | PlacesSpec, width: float) -> Scene:
    if isinstance(picture, PlacesSpec):
        return places_layout.scene(picture, full=width)
    return layout.scene(picture, full=width)


def _words(picture: Picture) -> tuple[str, str]:
    match picture:
        case ChartSpec():
            return alt.title(picture), alt.description(picture)
        case PlacesSpec():
            return places_words.title(picture), places_words.description(picture)
        case StructureSpec():
            return words.title(picture), words.description(picture)
