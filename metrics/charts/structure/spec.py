"""What a structure chart shows: from this its drawing and its words are made. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from metrics.charts.spec import SpecError


class Standing(StrEnum):
    """How a card is drawn: filled, outlined, or outlined with a dashed line."""

    LEADS = "leads"
    GROUP = "group"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Card:
    """One body: its name, and a few words beneath it."""

    name: str
    note: str = ""
    standing: Standing = Standing.GROUP


@dataclass(frozen=True, slots=True)
class Branch:
    """A card and those that stand under it."""

    card: Card
    under: tuple["Branch", ...] = ()

    @property
    def depth(self) -> int:
        """How many levels stand under it."""
        return 1 + max(branch.depth for branch in self.under) if self.under else 0

    @property
    def cards(self) -> Iterator[Card]:
        yield self.card
        for branch in self.under:
            yield from branch.cards


@dataclass(frozen=True, slots=True)
class Group:
    """Cards side by side, under a heading of their own, without lines."""

    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class StructureSpec:
    """A structure chart. `key` begins the ids in the drawing and is unique on its page."""

    key: str
    title: str
    trees: tuple[Branch, ...] = ()
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        if not any(True for _ in self.cards):
            raise SpecError("A structure chart needs at least one card.")

    @property
    def cards(self) -> Iterator[Card]:
        """Every card in reading order."""
        for tree in self.trees:
            yield from tree.cards
        for group in self.groups:
            yield from group.cards
