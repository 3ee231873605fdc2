"""The money of a report's year: who paid, what it cost, what was left, and whether it adds up."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from metrics.charts.spec import ChartSpec, Kind, Point, Series
from partnerships.budget.queries import (
    AccountOf,
    ContributionOf,
    LineOf,
    budget_of,
)
from partnerships.budget.reconcile import State
from partnerships.calendar import find_period
from partnerships.models import BudgetLine
from partnerships.stated_figure import Stated
from reports.accounts.account import Account
from reports.blocks.figures import (
    AccountBlock,
    BlockTable,
    Bullets,
    Column,
    Drawing,
    F,
    Paragraph,
    Part,
    Row,
    Subheading,
    Words,
)
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport

Side = BudgetLine.Side
AMOUNTS = (Column("Budget"), Column("Actual"))
CHECKED = {State.AGREES, State.ROUNDING, State.DIFFERS}


@dataclass(frozen=True, slots=True)
class SideData:
    """The lines of one side, what others count in last; `total` where it has just one."""

    name: str
    lines: tuple[LineOf, ...]
    total: LineOf | None


@dataclass(frozen=True, slots=True)
class CheckData:
    """Whether a sum adds up: a sentence, its amounts as figures."""

    about: str
    pieces: tuple[str | Stated, ...]


@dataclass(frozen=True, slots=True)
class AccountData:
    """The account of everything, or of one fund, which has a name."""

    name: str
    note: str
    sides: tuple[SideData, ...]
    checks: tuple[CheckData, ...]


@dataclass(frozen=True, slots=True)
class BudgetData:
    year: str
    accounts: tuple[AccountData, ...]
    contributions: tuple[ContributionOf, ...]


def read(report: AnnualReport, subject: str) -> BudgetData | None:
    period = find_period(report.year)
    found = budget_of(report.partnership, period) if period else None
    if found is None:
        return None
    return BudgetData(
        year=found.period,
        accounts=tuple(map(_account, found.accounts)),
        contributions=found.contributions,
    )


def _account(account: AccountOf) -> AccountData:
    sides = []
    for side in Side:
        lines = tuple(account.of_side(side))
        if lines:
            sides.append(SideData(side.label, lines, account.total_of(side)))
    checks = tuple(
        CheckData(finding.about, finding.pieces)
        for finding in account.findings
        if finding.state in CHECKED
    )
    return AccountData(account.name, account.note, tuple(sides), checks)


def build(data: BudgetData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = [*_contributions(data, make)]
    for account in data.accounts:
        if account.name:
            parts.append(Subheading(account.name))
        parts += _told(account, data.year, make)
    notes = tuple(note for account in data.accounts for note in _notes(account))
    return AccountBlock(
        key=BUDGET.kind, title="Budget", parts=tuple(parts), notes=tuple(dict.fromkeys(notes))
    )


def _contributions(data: BudgetData, make: Callable[..., F]) -> Iterator[Part[F]]:
    if data.contributions:
        rows = (Row(each.name, _amounts(each, make)) for each in data.contributions)
        columns = (Column("Paid in by", numeric=False), *AMOUNTS)
        yield BlockTable(f"Contributions, {data.year}", columns, tuple(rows))


def _told(account: AccountData, year: str, make: Callable[..., F]) -> Iterator[Part[F]]:
    chart = _chart(account, year)
    if chart is not None:
        yield Drawing(chart)
    for side in account.sides:
        rows = (Row(_label(line), _amounts(line, make)) for line in side.lines)
        of = f", {account.name}" if account.name else ""
        columns = (Column("Line", numeric=False), *AMOUNTS)
        yield BlockTable(f"{side.name}{of}, {year}", columns, tuple(rows))
    if account.checks:
        points = tuple(_checked(check, make) for check in account.checks)
        yield Bullets(points, heading="Whether it adds up")
    if account.note:
        yield Paragraph((account.note,))


def _label(line: LineOf) -> str:
    marks = ", ".join(line.marks)
    return f"{line.label} ({marks})" if marks else line.label


def _amounts(line: LineOf | ContributionOf, make: Callable[..., F]) -> tuple[Words[F], Words[F]]:
    budget, actual = (
        (stated_figure(amount, make),) if amount else ("–",)
        for amount in (line.budget, line.actual)
    )
    return budget, actual


def _checked(check: CheckData, make: Callable[..., F]) -> Words[F]:
    pieces = (
        each if isinstance(each, str) else stated_figure(each, make, in_words=True)
        for each in check.pieces
    )
    return (f"{check.about}: ", *pieces)


def _chart(account: AccountData, year: str) -> ChartSpec | None:
    """Budget beside actual, of what came in and of what went out."""
    totals = [(side.name, side.total) for side in account.sides if side.total is not None]
    points = {
        column: tuple(
            Point(name, amount.value if amount else None, amount.cell if amount else "[x]")
            for name, amount in ((name, total.amount(column)) for name, total in totals)
        )
        for column in ("budget", "actual")
    }
    if len(totals) < 2 or not all(point.value is not None for p in points.values() for point in p):
        return None
    of = f", {account.name}" if account.name else ""
    return ChartSpec(
        key=f"chart-budget-{slugify(account.name)}".rstrip("-"),
        title=f"Income and costs, budget and actual{of}, {year}",
        unit="pounds",
        kind=Kind.BARS,
        series=(Series("Budget", points["budget"]), Series("Actual", points["actual"])),
        categories=True,
    )


def _notes(account: AccountData) -> Iterator[str]:
    """Each note once, with the lines of which it says something."""
    found: dict[str, list[str]] = defaultdict(list)
    for side in account.sides:
        for line in side.lines:
            if line.note:
                found[line.note].append(line.label)
    for note, labels in found.items():
        yield f"{'; '.join(labels)}: {note}"


BUDGET = Account(kind="budget", title="the budget", read=read, build=build)
