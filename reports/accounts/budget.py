"""The money of a report's year: who paid, what it cost, what was left, and whether it adds up."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from metrics.charts.spec import ChartSpec, Kind, Point, Series
from partnerships.budget.queries import (
    COLUMNS,
    AccountOf,
    ContributionOf,
    LineOf,
    budget_of,
)
from partnerships.budget.reconcile import State
from partnerships.calendar import find_period
from partnerships.models import BudgetLine, Period
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
AMOUNTS = {"budget": Column("Budget"), "actual": Column("Actual")}
OTHERS_AGREE = "Every other sum of a fund agrees with its lines."
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
    agrees: bool
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

    @property
    def column_by_fund(self) -> str:
        """The only column with amounts, where an account of everything stands beside its funds.

        Empty otherwise: then each account is told by itself.
        """
        if len(self.accounts) < 2 or self.accounts[0].name:
            return ""
        lines = [line for each in self.accounts for side in each.sides for line in side.lines]
        used = [name for name in COLUMNS if any(line.amount(name) for line in lines)]
        return used[0] if len(used) == 1 else ""


def read(report: AnnualReport, subject: str) -> BudgetData | None:
    """The account of the report's year, else the newest that ends in what the report covers."""
    period = find_period(report.year)
    kept = report.partnership.budgets
    if period is None or not kept.filter(period=period).exists():
        ended = Period.objects.filter(
            budgets__in=kept.all(), last__gte=report.first, last__lte=report.last
        )
        period = ended.order_by("last", "first").last()
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
        CheckData(finding.about, finding.state is State.AGREES, finding.pieces)
        for finding in account.findings
        if finding.state in CHECKED
    )
    return AccountData(account.name, account.note, tuple(sides), checks)


def build(data: BudgetData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = []
    if column := data.column_by_fund:
        parts += _contributions(data, (column,), make)
        parts += _by_fund(data, column, make)
    else:
        parts += _contributions(data, COLUMNS, make)
        for account in data.accounts:
            if account.name:
                parts.append(Subheading(account.name))
            parts += _told(account, data.year, make)
    return AccountBlock(
        key=BUDGET.kind, title="Budget", parts=tuple(parts), notes=tuple(_notes(data.accounts))
    )


def _contributions(
    data: BudgetData, used: Sequence[str], make: Callable[..., F]
) -> Iterator[Part[F]]:
    if data.contributions:
        rows = (Row(each.name, _amounts(each, make, used)) for each in data.contributions)
        columns = (Column("Paid in by", numeric=False), *(AMOUNTS[name] for name in used))
        yield BlockTable(f"Contributions, {data.year}", columns, tuple(rows))


def _by_fund(data: BudgetData, column: str, make: Callable[..., F]) -> Iterator[Part[F]]:
    """Each side once, with a column for each fund and one for all of them."""
    whole, *funds = data.accounts
    names = [*(fund.name for fund in funds), "All funds"]
    for side in whole.sides:
        yield BlockTable(
            f"{side.name} by fund, {data.year}, {column}",
            (Column("Line", numeric=False), *(Column(name) for name in names)),
            tuple(
                Row(_label(line), tuple(_in_funds(line, funds, column, make)))
                for line in side.lines
            ),
            look="amounts",
        )
    told = [_checked(check, make) for check in whole.checks]
    told += [
        (f"{fund.name}. ", *_checked(check, make))
        for fund in funds
        for check in fund.checks
        if not check.agrees
    ]
    if any(check.agrees for fund in funds for check in fund.checks):
        told.append((OTHERS_AGREE,))
    if told:
        yield Bullets(tuple(told), heading="Whether it adds up")
    for note in dict.fromkeys(account.note for account in data.accounts if account.note):
        yield Paragraph((note,))


def _in_funds(
    line: LineOf, funds: Sequence[AccountData], column: str, make: Callable[..., F]
) -> Iterator[Words[F]]:
    """The amounts of a line in each fund, and of all of them last."""
    for fund in funds:
        same = (each for side in fund.sides for each in side.lines if each.code == line.code)
        found = next(same, None)
        amount = found.amount(column) if found else None
        yield (stated_figure(amount, make),) if amount else ("–",)
    yield from _amounts(line, make, (column,))


def _told(account: AccountData, year: str, make: Callable[..., F]) -> Iterator[Part[F]]:
    chart = _chart(account, year)
    if chart is not None:
        yield Drawing(chart)
    for side in account.sides:
        rows = (Row(_label(line), _amounts(line, make)) for line in side.lines)
        of = f", {account.name}" if account.name else ""
        columns = (Column("Line", numeric=False), *AMOUNTS.values())
        yield BlockTable(f"{side.name}{of}, {year}", columns, tuple(rows))
    if account.checks:
        points = tuple(_checked(check, make) for check in account.checks)
        yield Bullets(points, heading="Whether it adds up")
    if account.note:
        yield Paragraph((account.note,))


def _label(line: LineOf) -> str:
    marks = ", ".join(line.marks)
    return f"{line.label} ({marks})" if marks else line.label


def _amounts(
    line: LineOf | ContributionOf, make: Callable[..., F], used: Sequence[str] = COLUMNS
) -> tuple[Words[F], ...]:
    amounts = {"budget": line.budget, "actual": line.actual}
    return tuple(
        (stated_figure(amount, make),) if (amount := amounts[name]) else ("–",) for name in used
    )


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


def _notes(accounts: Sequence[AccountData]) -> Iterator[str]:
    """Each note once, with the lines of which it says something, and the fund of its own."""
    said: set[tuple[str, str]] = set()
    for account in accounts:
        found: dict[str, list[str]] = defaultdict(list)
        for line in (line for side in account.sides for line in side.lines):
            if line.note and (line.label, line.note) not in said:
                found[line.note].append(line.label)
        said |= {(label, note) for note, labels in found.items() for label in labels}
        of = f"{account.name}. " if account.name else ""
        for note, labels in found.items():
            yield f"{of}{'; '.join(labels)}: {note}"


BUDGET = Account(kind="budget", title="the budget", read=read, build=build)
