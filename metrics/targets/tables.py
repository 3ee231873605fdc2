"""What pages show of targets, as plain values for the component templates."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from metrics.arithmetic.target import Verdict, Zone
from metrics.models import Target
from metrics.readings import measure_of, reading_of
from metrics.targets.queries import Held, Judged, bounds_of, kind_words
from metrics.wording import bounds_words, reason_words, value_words, zone_words
from partnerships.elements import Cell as TableCell
from partnerships.elements import Colour, Column, Link, Table, Tag, table
from partnerships.periods import day

NEWEST = 8  # figures that the page of an indicator holds to their target
COLOURS: Mapping[Zone | None, Colour] = {
    Zone.MET: "green",
    Zone.TOLERATED: "yellow",
    Zone.MISSED: "orange",
    Zone.FAILED: "red",
    None: "grey",
}
Row = list[TableCell | Link | Tag | str]


def listed(key: str, caption: str, rows: Iterable[Held], *, may_change: bool) -> Table:
    """A partnership's targets with their newest figures."""
    columns: list[Column | str] = [
        "Indicator",
        Column("Target", long=True),
        "Holds",
        "Newest figure",
        "Against the target",
        "In the failure zone",
    ]
    if may_change:
        columns.append("Change or end")
    return table(key, caption, columns, (_line(row, may_change) for row in rows))


def of_indicator(rows: Iterable[Held]) -> Table:
    """The targets for one indicator, who set them and where they are set."""
    targets = list(rows)
    noted = any(row.target.note for row in targets)
    return table(
        "targets",
        "Targets",
        [
            "Holds",
            Column("Target", long=True),
            "For",
            Column("Where it is set", long=True),
            *(["Note"] if noted else []),
            "Set by",
        ],
        (
            [
                _holds(row.target),
                bounds_words(bounds_of(row.target), measure_of(row.target.indicator)),
                kind_words(row.target),
                row.target.source,
                *([row.target.note or "–"] if noted else []),
                row.target.by.name,
            ]
            for row in targets
        ),
    )


def judged(rows: Iterable[Held]) -> Table:
    """The newest figures of one indicator, each held to the target of its day."""
    figures = [(row.target, each) for row in rows for each in row.figures]
    figures.sort(key=lambda pair: pair[1].cell.period.last, reverse=True)
    newest = figures[:NEWEST]
    doubts = any(reason_words(each.verdict) for _, each in newest)
    return table(
        "against-target",
        "Newest figures against their target",
        [
            Column("Period", whole=True),
            Column("Figure", numeric=True),
            "Against the target",
            *([Column("Why it cannot be told", long=True)] if doubts else []),
        ],
        (
            [
                each.cell.period.span.label,
                _figure(each),
                tag_of(each.verdict),
                *([reason_words(each.verdict) or "–"] if doubts else []),
            ]
            for _, each in newest
        ),
        beneath=True,
    )


def tag_of(verdict: Verdict) -> Tag:
    return Tag(zone_words(verdict), COLOURS[verdict.zone])


def _line(row: Held, may_change: bool) -> Row:
    target, newest = row.target, row.newest
    slug, code = target.partnership.slug, target.indicator.code
    line: Row = [
        Link(target.indicator.name, reverse("indicator", args=[slug, code])),
        bounds_words(bounds_of(target), measure_of(target.indicator)),
        _holds(target),
        _figure(newest, period=True) if newest else "None yet",
        tag_of(newest.verdict) if newest else "–",
        _failures(row),
    ]
    if may_change:
        about = f"the target for {target.indicator.name} from {day(target.first)}"
        line.append(Link("Change", reverse("target", args=[slug, target.pk]), about))
    return line


def _failures(row: Held) -> str:
    """ "2 of 8 quarters"; a dash where there is no such zone or no figure."""
    if row.target.failure is None or row.newest is None:
        return "–"
    kind = row.newest.cell.period.span.kind.words.lower()
    count = len(row.alike)
    return f"{row.failed} of {count} {kind}{'' if count == 1 else 's'}"


def _figure(each: Judged, *, period: bool = False) -> TableCell:
    assert each.cell.approved is not None
    text = value_words(reading_of(each.cell.approved), measure_of(each.cell.indicator))
    if period:
        text = f"{text}, {each.cell.period.span.label}"
    return TableCell(text, numeric=not period, url=reverse("figure", args=[each.cell.address]))


def _holds(target: Target) -> str:
    until = f" to {day(target.last)}" if target.last else ""
    return f"{'' if until else 'From '}{day(target.first)}{until}"
