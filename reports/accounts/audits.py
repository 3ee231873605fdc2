"""Audits of cases in a report's year: what they looked at, and the grades they gave."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from metrics.charts.spec import ChartSpec, Kind, Point, Series
from partnerships.stated_figure import Stated
from reports.accounts.account import Account
from reports.blocks.figures import (
    AccountBlock,
    BlockTable,
    Column,
    Drawing,
    F,
    Paragraph,
    Part,
    Row,
    Words,
)
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport
from reviews.assurance.queries import AuditTold, Result, audits_of
from reviews.figures import begun
from reviews.models import Grade

NONE = "–"
CASES_UNKNOWN = "It is not known of any of them how many cases were looked at."


@dataclass(frozen=True, slots=True)
class AuditsData:
    """`totals` are those that results work out, for the list of where figures come from."""

    audits: tuple[AuditTold, ...]
    totals: tuple[Stated, ...]


def read(report: AnnualReport, subject: str) -> AuditsData | None:
    """The audits of the year, each with the grades of up to three years."""
    found = audits_of(report.partnership, report.span)
    totals = (result.total for audit in found for result in audit.results)
    return AuditsData(found, tuple(filter(None, totals))) if found else None


def build(data: AuditsData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = [_audits_table(data.audits, make)]
    if not any(each.cases for each in data.audits):
        parts.append(Paragraph((CASES_UNKNOWN,)))
    for audit in data.audits:
        parts += _grades(audit, make)
    notes = (note for audit in data.audits for note in _notes(audit))
    return AccountBlock(
        key=AUDITS.kind, title="Audits of cases", parts=tuple(parts), notes=tuple(notes)
    )


def _audits_table(audits: tuple[AuditTold, ...], make: Callable[..., F]) -> BlockTable[F]:
    counted = any(each.cases for each in audits)
    columns = [Column(name, numeric=False) for name in ("Audit", "Theme", "When", "How it stands")]
    rows = []
    for each in audits:
        cells: list[Words[F]] = [
            (begun(each.theme) or NONE,),
            (each.period.label,),
            (each.status_words,),
        ]
        if counted:
            cells.append(_cases(each, make))
        rows.append(Row(_named(each), tuple(cells)))
    return BlockTable(
        "Audits that ran in the year",
        (*columns, *([Column("Cases")] if counted else [])),
        tuple(rows),
    )


def _named(audit: AuditTold) -> str:
    """With its kind, unless the name begins with that: "Multi-agency audit of neglect"."""
    kind = audit.kind.lower()
    said = audit.name.lower().startswith(kind.split()[0])
    return audit.name if said else f"{audit.name} ({kind})"


def _cases(audit: AuditTold, make: Callable[..., F]) -> Words[F]:
    """How many cases; not where a grade of few is hidden, which this less the others would tell."""
    if audit.cases is None:
        return ("Not known",)
    if any(result.own.known() is None for result in audit.results):
        return ("Not given",)
    return (stated_figure(audit.cases, make),)


def _grades(audit: AuditTold, make: Callable[..., F]) -> Iterator[Part[F]]:
    """The grades as a chart and a table, and what became of them since the year before."""
    if not audit.results:
        return
    if chart := _chart(audit):
        yield Drawing(chart)
    yield _grades_table(audit, make)
    newest = audit.results[-1]
    if newest.comparison:
        yield Paragraph(
            (f"{newest.period.label} against the year before. {newest.comparison.why}",)
        )


def _grades_table(audit: AuditTold, make: Callable[..., F]) -> BlockTable[F]:
    newest = audit.results[-1]
    compared = newest.comparison is not None
    columns = [Column("Grade", numeric=False)]
    columns += [Column(result.period.label) for result in audit.results]
    columns += [Column(f"Change on {newest.period.year_before.label}")] if compared else []
    rows = []
    for grade in _given(audit):
        cells = [_share(result, grade, make) for result in audit.results]
        cells += [_change(newest, grade, make)] if compared else []
        rows.append(Row(grade.label, tuple(cells)))
    if any(result.total for result in audit.results):
        totals: list[Words[F]] = [
            (stated_figure(result.total, make),) if result.total else (NONE,)
            for result in audit.results
        ]
        rows.append(Row("All cases", (*totals, *([(NONE,)] if compared else []))))
    return BlockTable(_caption(audit), tuple(columns), tuple(rows))


def _caption(audit: AuditTold) -> str:
    """What the grades are: a source may print shares of one year and numbers of another."""
    units = {result.own.unit for result in audit.results}
    what = {"percent": "share of the cases", "count": "number of cases"}
    measure = what[units.pop()] if len(units) == 1 else "shares or numbers of cases"
    return f"{audit.name}: {measure} by grade"


def _given(audit: AuditTold) -> list[Grade]:
    return [grade for grade in Grade if any(result.figure(grade) for result in audit.results)]


def _share(result: Result, grade: Grade, make: Callable[..., F]) -> Words[F]:
    figure = result.figure(grade)
    return (stated_figure(figure, make),) if figure else ("Not given",)


def _change(result: Result, grade: Grade, make: Callable[..., F]) -> Words[F]:
    """The change as a figure of its own; words where there is none."""
    comparison, figure = result.comparison, result.figure(grade)
    if comparison is None or figure is None:
        return (NONE,)
    text, points = comparison.cells.get(grade, NONE), comparison.points.get(grade)
    if points is None:
        return (text,)
    return (
        make(
            text=text,
            address=figure.address,
            about=f"Change of {figure.about}, on the year before",
            unit="percentage points",
            value=points,
            part="change",
        ),
    )


def _chart(audit: AuditTold) -> ChartSpec | None:
    """The grades over time, where there are two periods of one measure to compare."""
    units = {result.own.unit for result in audit.results}
    if len(audit.results) < 2 or len(units) > 1:
        return None
    series = tuple(
        Series(grade.label, tuple(_point(result, grade) for result in audit.results))
        for grade in _given(audit)
    )
    if not any(point.value is not None for each in series for point in each.points):
        return None
    unit = "% of cases" if units == {"percent"} else "cases"
    return ChartSpec(f"chart-audit-{audit.code}", audit.name, unit, Kind.BARS, series)


def _point(result: Result, grade: Grade) -> Point:
    figure = result.figure(grade)
    if figure is None:
        return Point(result.period.label, None, "not given")
    return Point(result.period.label, figure.value, figure.cell)


def _notes(audit: AuditTold) -> Iterator[str]:
    if audit.note:
        yield f"{audit.name}: {audit.note}"
    for result in audit.results:
        for sentence in (result.gap_in_words, *result.notes):
            if sentence:
                yield f"{audit.name}, {result.period.label}: {sentence}"


AUDITS = Account(kind="audits", title="audits of cases", read=read, build=build)
