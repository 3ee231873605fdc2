"""The few shapes that a drawing is made of, in the drawing's own units, y downwards."""

from dataclasses import dataclass
from typing import Literal

from metrics.charts.style import INK, Shape
from metrics.charts.text import width

Anchor = Literal["start", "middle", "end"]
ASCENT, DESCENT = 0.78, 0.22  # of the font size, above and below the base line


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two boxes share any area; touching edges do not count."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its base line."""

    x: float
    y: float
    words: str
    size: float
    anchor: Anchor = "start"
    colour: str = INK

    @property
    def box(self) -> Box:
        length = width(self.words, self.size)
        left = self.x - {"start": 0.0, "middle": length / 2, "end": length}[self.anchor]
        return Box(left, self.y - ASCENT * self.size, left + length, self.y + DESCENT * self.size)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through two or more points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    thickness: float = 1
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    box: Box
    colour: str
    hollow: bool = False  # provisional: an outline


@dataclass(frozen=True, slots=True)
class Mark:
    """A small shape around a point."""

    x: float
    y: float
    shape: Shape
    colour: str
    hollow: bool = False
    size: float = 5  # from its middle to its edge

    @property
    def box(self) -> Box:
        return Box(self.x - self.size, self.y - self.size, self.x + self.size, self.y + self.size)


@dataclass(frozen=True, slots=True)
class Panel:
    """A box with an outline, in which words stand."""

    box: Box
    fill: str
    edge: str
    dash: str = ""


Drawn = Text | Line | Bar | Mark | Panel


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is drawn, in order: what comes later lies on top."""

    width: float
    height: float
    drawn: tuple[Drawn, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(item for item in self.drawn if isinstance(item, Text))
