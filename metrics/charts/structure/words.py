"""A structure chart in words: what its drawing says, a sentence for each card that leads others."""

from collections.abc import Iterable, Iterator

from metrics.charts.structure.spec import Branch, Card, StructureSpec


def title(spec: StructureSpec) -> str:
    return f"Structure chart: {spec.title}"


def description(spec: StructureSpec) -> str:
    return " ".join(sentences(spec))


def sentences(spec: StructureSpec) -> Iterator[str]:
    """Who leads, who reports to whom, and who stands apart."""
    if spec.trees:
        yield f"At the head: {_names(tree.card for tree in spec.trees)}."
    for tree in spec.trees:
        yield from _under(tree)
    for group in spec.groups:
        yield f"{group.heading}: {_names(group.cards)}."


def _under(branch: Branch) -> Iterator[str]:
    if branch.under:
        yield f"Report to {branch.card.name}: {_names(each.card for each in branch.under)}."
    for each in branch.under:
        yield from _under(each)


def _names(cards: Iterable[Card]) -> str:
    return "; ".join(_named(card) for card in cards)


def _named(card: Card) -> str:
    note = card.note.rstrip(".")
    return f"{card.name} ({note[:1].lower()}{note[1:]})" if note else card.name
