"""Reading the budget of a period: its lines, whether they add up, and who contributes.

Plain values with an address for each amount, for the pages here and for the yearly report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from partnerships.budget.reconcile import Entry, State, across, sums
from partnerships.budget.telling import COLUMNS, Finding, LineOf, Teller, stored_amount
from partnerships.budget.wording import decimals_of, headline
from partnerships.models import ACROSS, WHOLE, Budget, BudgetLine, Partnership, Period
from partnerships.stated import Stated, address_of

__all__ = ["COLUMNS", "Finding", "LineOf", "budget_of", "budgets_of"]


@dataclass(frozen=True, slots=True)
class AccountOf:
    """The account of everything, or of one fund."""

    fund: str
    name: str  # of the fund; empty for the account of everything
    note: str
    lines: tuple[LineOf, ...]
    findings: tuple[Finding, ...]
    entries: tuple[tuple[Entry, ...], ...]  # for the arithmetic, in the order of `COLUMNS`
    decimals: int

    def line(self, code: str) -> LineOf | None:
        return next((line for line in self.lines if line.code == code), None)

    def of_side(self, side: str) -> list[LineOf]:
        """The lines of one side as one reads them: what others count in comes last."""
        lines = [line for line in self.lines if line.side == side]
        return sorted(lines, key=lambda line: line.is_sum or line.kind == BudgetLine.Kind.TOTAL)

    def total_of(self, side: str) -> LineOf | None:
        """The total of one side, where the account has just one."""
        totals = [
            line for line in self.lines if (line.side, line.kind) == (side, BudgetLine.Kind.TOTAL)
        ]
        return totals[0] if len(totals) == 1 else None

    @property
    def headline(self) -> str:
        return headline([finding.state for finding in self.findings])

    @property
    def adds_up(self) -> bool:
        return all(finding.state is not State.DIFFERS for finding in self.findings)


@dataclass(frozen=True, slots=True)
class ContributionOf:
    """What one organisation gives. Without one, `name` is the line's own label."""

    name: str
    slug: str
    budget: Stated | None
    actual: Stated | None


@dataclass(frozen=True, slots=True)
class BudgetOf:
    """The budget of a period. The account of everything comes first where there is one."""

    period: str  # in words
    period_key: str
    accounts: tuple[AccountOf, ...]
    across: tuple[Finding, ...]  # the account of everything against its funds
    contributions: tuple[ContributionOf, ...]

    def account(self, fund: str) -> AccountOf | None:
        return next((each for each in self.accounts if each.fund == fund), None)


def budget_of(partnership: Partnership, period: Period) -> BudgetOf | None:
    """The budget of one period, or None where none is kept."""
    return next(iter(_read(partnership, budgets_at(partnership).filter(period=period))), None)


def budgets_of(partnership: Partnership) -> list[BudgetOf]:
    """The budgets of all periods, the newest first."""
    return _read(partnership, budgets_at(partnership))


def budgets_at(partnership: Partnership) -> QuerySet[Budget]:
    lines = BudgetLine.objects.select_related("contributor", "counts_in")
    return partnership.budgets.select_related("period").prefetch_related(
        Prefetch("lines", queryset=lines)
    )


def _read(partnership: Partnership, budgets: QuerySet[Budget]) -> list[BudgetOf]:
    by_period: dict[Period, list[Budget]] = {}
    for budget in budgets:
        by_period.setdefault(budget.period, []).append(budget)
    return [_budget(partnership, period, found) for period, found in by_period.items()]


def _budget(partnership: Partnership, period: Period, found: Sequence[Budget]) -> BudgetOf:
    accounts = tuple(
        _account(partnership, period, budget)
        for budget in sorted(found, key=lambda budget: budget.fund != WHOLE)
    )
    return BudgetOf(
        period=str(period),
        period_key=period.key,
        accounts=accounts,
        across=_across(partnership, period, accounts),
        contributions=_contributions(partnership, period, accounts),
    )


def _account(partnership: Partnership, period: Period, budget: Budget) -> AccountOf:
    lines = list(budget.lines.all())
    decimals = decimals_of([stored_amount(line, column) for line in lines for column in COLUMNS])
    entries = tuple(tuple(_entry(line, column) for line in lines) for column in COLUMNS)
    made = {column: sums(each) for column, each in zip(COLUMNS, entries, strict=True)}
    teller = Teller(partnership, period, budget.fund, budget.fund_name, decimals)
    told = {line.code: teller.line(line, made) for line in lines}
    return AccountOf(
        fund=budget.fund,
        name=budget.fund_name,
        note=budget.note,
        lines=tuple(told.values()),
        findings=tuple(
            teller.finding(found, line, column, [told[part.code] for part in found.parts])
            for line in told.values()
            for column in COLUMNS
            if (found := made[column].get(line.code))
        ),
        entries=entries,
        decimals=decimals,
    )


def _across(
    partnership: Partnership, period: Period, accounts: Sequence[AccountOf]
) -> tuple[Finding, ...]:
    """The account of everything against its funds, line by line, where both are kept."""
    if len(accounts) < 2 or accounts[0].fund != WHOLE:
        return ()
    whole, *funds = accounts
    decimals = max(account.decimals for account in accounts)
    teller = Teller(partnership, period, ACROSS, "all funds", decimals)
    findings = []
    for place, column in enumerate(COLUMNS):
        found = across(whole.entries[place], [fund.entries[place] for fund in funds])
        for line in whole.lines:
            parts = [part for fund in funds if (part := fund.line(line.code))]
            if parts:
                findings.append(teller.finding(found[line.code], line, column, parts))
    return tuple(findings)


def _contributions(
    partnership: Partnership, period: Period, accounts: Sequence[AccountOf]
) -> tuple[ContributionOf, ...]:
    """Income by organisation, in the order of the lines; of all funds where nothing sums them."""
    counted = accounts[:1] if accounts and accounts[0].fund == WHOLE else accounts
    decimals = max((account.decimals for account in counted), default=0)
    giving: dict[str, list[LineOf]] = {}
    for account in counted:
        for line in account.lines:
            if line.kind == BudgetLine.Kind.INCOME:
                who = line.contributor_slug or f"{account.fund}:{line.code}"
                giving.setdefault(who, []).append(line)
    return tuple(
        ContributionOf(
            name=lines[0].contributor or lines[0].label,
            slug=lines[0].contributor_slug,
            budget=_contribution(partnership, period, lines, "budget", decimals),
            actual=_contribution(partnership, period, lines, "actual", decimals),
        )
        for lines in giving.values()
    )


def _contribution(
    partnership: Partnership,
    period: Period,
    lines: Sequence[LineOf],
    column: str,
    decimals: int,
) -> Stated | None:
    """The sum of an organisation's lines; one line that names none keeps its own address."""
    slug, name = lines[0].contributor_slug, lines[0].contributor
    known = [amount for line in lines if (amount := line.amount(column))]
    if not slug or not known:
        return known[0] if known else None
    left_out = len(lines) - len(known)
    return Stated(
        address=address_of("contributions", partnership, period.key, slug, column),
        about=f"Contribution of {name}, {column}, {period}",
        value=sum((each.value for each in known if each.value is not None), Decimal(0)),
        unit="£",
        decimals=decimals,
        note=f"{left_out} of its {len(lines)} lines have no amount." if left_out else "",
        fact_id=known[0].fact_id if len(known) == 1 else "",
        source=known[0].source if len({each.source for each in known}) == 1 else "",
    )


def _entry(line: BudgetLine, column: str) -> Entry:
    counts_in = line.counts_in.code if line.counts_in else ""
    return Entry(line.code, line.side, stored_amount(line, column), counts_in)
