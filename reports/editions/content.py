"""What a report says, in public form, before it is laid out. Pure.

Everything that leaves (HTML, PDF, list of figures) is drawn from one `ReportContent`.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from reports.blocks.data import Source
from reports.blocks.figures import Block, Origin
from reports.disclosure import PublicFigure, require_public

FIGURES_COME_FROM = "Where the figures come from"


@dataclass(frozen=True, slots=True)
class Cover:
    """`notice` is printed on the cover, `running` at the foot of every page; both may be empty."""

    partnership: str
    title: str
    period: str
    notice: str = ""
    running: str = ""


@dataclass(frozen=True, slots=True)
class ReportSection:
    """`missing` names indicators of the plan that have no figure in the report's period.

    `not_kept` names what else is planned and of which nothing is kept for it.
    """

    key: str
    number: int
    title: str
    blocks: tuple[Block[PublicFigure], ...]
    missing: tuple[str, ...] = ()
    not_kept: tuple[str, ...] = ()

    @property
    def look(self) -> str:
        """How its pages are set: across for a wide table, else as its first that has a look."""
        looks = [table.look for block in self.blocks for table in block.tables if table.look]
        return "wide" if "wide" in looks else next(iter(looks), "")

    @property
    def titled(self) -> tuple[Block[PublicFigure], ...]:
        """The blocks that the contents list."""
        return tuple(block for block in self.blocks if block.title)


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report. Making one whose figures did not come through the gate raises `NotPublic`."""

    slug: str
    year: str
    cover: Cover
    sections: tuple[ReportSection, ...]

    def __post_init__(self) -> None:
        require_public(block for section in self.sections for block in section.blocks)

    @property
    def name(self) -> str:
        """The name of its files, without an ending."""
        return f"{self.slug}-{self.year}"

    @property
    def figures(self) -> Iterator[tuple[str, PublicFigure]]:
        """Every printed figure with the title of its section, in reading order."""
        for section in self.sections:
            for block in section.blocks:
                for figure in block.figures:
                    yield section.title, figure

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where each printed figure comes from, once for each address, in reading order."""
        every = {
            origin.address: origin
            for section in reversed(self.sections)
            for block in reversed(section.blocks)
            for origin in reversed(block.origins)
        }
        return tuple(reversed(every.values()))

    @property
    def sources(self) -> tuple[tuple[Source, tuple[Origin, ...]], ...]:
        """The same by source, sources in the order in which they first appear."""
        found: dict[Source, list[Origin]] = {}
        for origin in self.origins:
            found.setdefault(origin.source, []).append(origin)
        return tuple((source, tuple(origins)) for source, origins in found.items())

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """The markers and flags that its tables show, with their meaning."""
        found = {
            mark: words
            for section in self.sections
            for b in section.blocks
            for mark, words in b.marks
        }
        return tuple(sorted(found.items()))

    @property
    def inputs_sha256(self) -> str:
        """The hash of all that is said: two reports with the same one say the same."""
        plain = json.dumps(asdict(self), sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()
