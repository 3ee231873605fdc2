"""How series are told apart: by shape and dash as well as by colour.

Colours are the categorical palette of the Government Analysis Function; in greyscale, and for
people who see colours alike, the shape of the mark and the dash of the line carry the difference.
"""

from dataclasses import dataclass
from typing import Literal

INK = "#0b0c0c"
QUIET = "#505a5f"
GRID = "#cecece"
PAPER = "#ffffff"
TARGET = "#3d3d3d"

Shape = Literal["circle", "square", "diamond", "triangle"]


@dataclass(frozen=True, slots=True)
class Style:
    """`dash` is an SVG dash pattern, empty for an unbroken line; `plotly_dash` its like there."""

    colour: str
    shape: Shape
    dash: str
    plotly_dash: str
    plotly_shape: str


STYLES = (
    Style("#12436d", "circle", "", "solid", "circle"),
    Style("#801650", "square", "7 4", "dash", "square"),
    Style("#28a197", "triangle", "2 3", "dot", "triangle-up"),
    Style("#f46a25", "diamond", "9 3 2 3", "dashdot", "diamond"),
)
TARGET_DASH = "12 3"
LIMIT_DASH = "3 3"
BREAK_DASH = "1 4"
