"""The groups and meetings of a report's year: what each does, who chairs it, when it meets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from partnerships.governance.queries import bodies_in
from partnerships.models import Body
from reports.accounts.account import Account
from reports.accounts.notes import notes_once
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Paragraph, Part, Row
from reports.models import AnnualReport

NOT_KNOWN = "Not known"
AT_THE_HEAD = "At the head"
LEADING = frozenset({Body.Kind.BOARD, Body.Kind.EXECUTIVE})
# How the kinds of bodies are told together.
TOLD = (
    (
        "Boards and groups",
        ("board", "executive", "wider-group", "subgroup", "task-group", "reference-group"),
    ),
    ("Operational meetings", ("operational",)),
    ("Outside the partnership", ("outside",)),
)
DOUBTFUL = (
    "Of these no beginning is known, and what they took the place of, or report to, was still "
    "there at the end of the year: they may have come after it."
)


@dataclass(frozen=True, slots=True)
class BodyData:
    """A body in words; empty where something is not known."""

    name: str
    kind: str
    remit: str
    chair: str
    rhythm: str
    reports_to: str
    dates: str
    note: str


@dataclass(frozen=True, slots=True)
class BodiesData:
    """`doubtful` are those that may have come after the year."""

    stood: tuple[BodyData, ...]
    doubtful: tuple[BodyData, ...]


def read(report: AnnualReport, subject: str) -> BodiesData | None:
    stood, doubtful = bodies_in(report.partnership, report.covers)
    if not stood and not doubtful:
        return None
    above = set(_first_above((*stood, *doubtful)))
    return BodiesData(
        tuple(_body(body, above) for body in stood), tuple(_body(body, above) for body in doubtful)
    )


def _first_above(bodies: tuple[Body, ...]) -> Iterator[int]:
    """The body under which each stands in the chart: the first of these to which it reports."""
    known = {body.pk for body in bodies}
    for body in bodies:
        yield from [to.pk for to in body.reports_to.all() if to.pk in known][:1]


def _body(body: Body, above: set[int]) -> BodyData:
    """`above` are the bodies under which others stand."""
    reports_to = "; ".join(each.name for each in body.reports_to.all())
    leads = body.kind in LEADING or body.pk in above
    turns = "In turn" if body.chaired == Body.Chaired.ROTATING else ""
    shared = f"Shared: {body.shared_by}." if body.shared_by else ""
    return BodyData(
        name=body.name,
        kind=body.kind,
        remit=" ".join(filter(None, (body.remit, shared))),
        chair=body.chair or turns,
        rhythm=body.rhythm,
        reports_to=reports_to or (AT_THE_HEAD if leads else ""),
        dates=body.dates_note or dates_of(body),
        note=body.note,
    )


def dates_of(body: Body) -> str:
    """From and until when, as far as it is known; empty where nothing is."""
    first, last = body.first_when, body.last_when
    began = f"From {first.label}" if first else ""
    ended = f"until {last.label}" if last else ""
    words = " ".join(filter(None, (began, ended)))
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def build(data: BodiesData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = []
    for caption, kinds in TOLD:
        parts += _told(caption, [body for body in data.stood if body.kind in kinds])
    if data.doubtful:
        parts += _told("Bodies that may have come after the year", list(data.doubtful))
        parts.append(Paragraph((DOUBTFUL,)))
    every = (*data.stood, *data.doubtful)
    notes = tuple(notes_once((body.name, body.note) for body in every))
    return AccountBlock(
        key=BODIES.kind, title="Groups and meetings", parts=tuple(parts), notes=notes
    )


def _told(caption: str, bodies: list[BodyData]) -> Iterator[Part[F]]:
    """A table of bodies; what is not known of any of them is said once, after it."""
    if not bodies:
        return
    columns = [
        ("Chair", "who chairs them", [body.chair for body in bodies]),
        ("Meets", "how often they meet", [body.rhythm for body in bodies]),
        ("Reports to", "to whom they report", [body.reports_to for body in bodies]),
    ]
    known = [(name, cells) for name, _, cells in columns if any(cells)]
    yield BlockTable(
        caption,
        tuple(Column(name, numeric=False) for name in ("Name", "What it does", *dict(known))),
        tuple(
            Row(body.name, ((_does(body),), *(((cells[row] or NOT_KNOWN),) for _, cells in known)))
            for row, body in enumerate(bodies)
        ),
    )
    lacking = [words for _, words, cells in columns if not any(cells)]
    if lacking:
        yield Paragraph((f"Not known of these: {'; '.join(lacking)}.",))


def _does(body: BodyData) -> str:
    return " ".join(filter(None, (body.remit, body.dates))) or NOT_KNOWN


BODIES = Account(kind="bodies", title="groups and meetings", read=read, build=build)
