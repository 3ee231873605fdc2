"""The structure chart of a report's year: who reports to whom, drawn and told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from metrics.charts.structure.spec import Branch, Card, Group, Standing, StructureSpec
from metrics.charts.structure.words import sentences
from partnerships.governance.queries import bodies_in
from partnerships.models import Body
from reports.accounts.account import Account
from reports.accounts.bodies import LEADING, dates_of
from reports.blocks.figures import AccountBlock, Bullets, Diagram, F
from reports.models import AnnualReport

SHORT = 60  # letters of a note that still fits on a card


@dataclass(frozen=True, slots=True)
class Node:
    """A body of the chart. `above` are the codes of those on it to which it reports."""

    code: str
    name: str
    kind: str
    note: str
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StructureData:
    year: str
    nodes: tuple[Node, ...]


def read(report: AnnualReport, subject: str) -> StructureData | None:
    """The bodies that stood in the year, by kind and name; those in doubt are not drawn."""
    stood, _ = bodies_in(report.partnership, report.covers)
    if not stood:
        return None
    codes = {body.code for body in stood}
    return StructureData(report.year, tuple(_node(body, codes) for body in stood))


def _node(body: Body, codes: set[str]) -> Node:
    dates = body.dates_note if 0 < len(body.dates_note) <= SHORT else dates_of(body)
    above = tuple(each.code for each in body.reports_to.all() if each.code in codes)
    return Node(body.code, body.name, body.kind, dates.rstrip("."), above)


def build(data: StructureData, make: Callable[..., F]) -> AccountBlock[F]:
    spec = spec_of(data)
    return AccountBlock(
        key=STRUCTURE.kind,
        title="Structure",
        parts=(
            Diagram(spec),
            Bullets(tuple((each,) for each in sentences(spec)), heading="The same in words"),
        ),
    )


def spec_of(data: StructureData) -> StructureSpec:
    """The chart. A body that reports to several stands under the first, and says the others."""
    names = {node.code: node.name for node in data.nodes}
    under: dict[str, list[Node]] = {node.code: [] for node in data.nodes}
    heads = []
    for node in data.nodes:
        if node.above:
            under[node.above[0]].append(node)
        else:
            heads.append(node)
    leading = [node for node in heads if under[node.code] or node.kind in LEADING]
    alone = [node for node in heads if node not in leading]
    return StructureSpec(
        key="chart-structure",
        title=f"Who reports to whom, {data.year}",
        trees=tuple(_branch(node, under, names) for node in leading),
        groups=tuple(_groups(alone)),
    )


def _groups(alone: list[Node]) -> Iterable[Group]:
    inside = [node for node in alone if node.kind != Body.Kind.OUTSIDE]
    outside = [node for node in alone if node.kind == Body.Kind.OUTSIDE]
    for heading, nodes in (
        ("To whom they report is not known", inside),
        ("Outside the partnership", outside),
    ):
        if nodes:
            yield Group(heading, tuple(_card(node, {}) for node in nodes))


def _branch(node: Node, under: dict[str, list[Node]], names: dict[str, str]) -> Branch:
    below = tuple(_branch(each, under, names) for each in under[node.code])
    return Branch(_card(node, names), below)


def _card(node: Node, names: dict[str, str]) -> Card:
    others = "; ".join(names[code] for code in node.above[1:])
    note = ". ".join(filter(None, (node.note, f"Also reports to {others}" if others else "")))
    match node.kind:
        case Body.Kind.BOARD | Body.Kind.EXECUTIVE:
            standing = Standing.LEADS
        case Body.Kind.OUTSIDE:
            standing = Standing.OUTSIDE
        case _:
            standing = Standing.GROUP
    return Card(node.name, note, standing)


STRUCTURE = Account(kind="structure", title="the structure", read=read, build=build)
