"""Amounts of budgets by their addresses.

| address | is |
| --- | --- |
| `budget:<partnership>:<period>:<line>:budget` or `:actual` | a line's amount |
| `budget:<partnership>:<period>:<fund>:<line>:actual` | the same in the account of one fund |
| `…:<line>:actual-made` | what the lines of a sum make |
| `…:<line>:actual-difference` | how much more is stated than they make |
| `contributions:<partnership>:<period>:<organisation>:actual` | what an organisation gives |
"""

from collections.abc import Sequence

from partnerships.budget.queries import COLUMNS, AccountOf, BudgetOf, Finding, budget_of
from partnerships.calendar import find_period
from partnerships.models import ACROSS, WHOLE, Partnership
from partnerships.stated import Stated, figures


@figures("budget")
def amount(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """The amount of a line, or what its parts make of it."""
    if len(parts) not in {3, 4} or (len(parts) == 4 and parts[1] == WHOLE):
        return None  # one figure has one address
    key, *of_fund, line, what = parts
    fund = of_fund[0] if of_fund else WHOLE
    found = _budget(partnership, key)
    if found is None:
        return None
    if fund == ACROSS:
        return _of_findings(found.across, line, what)
    account = found.account(fund)
    return _of_account(account, line, what) if account else None


@figures("contributions")
def contribution(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """What an organisation contributes in a period."""
    if len(parts) != 3 or parts[2] not in COLUMNS:
        return None
    found = _budget(partnership, parts[0])
    for each in found.contributions if found else ():
        if each.slug == parts[1]:
            return each.budget if parts[2] == "budget" else each.actual
    return None


def _budget(partnership: Partnership, key: str) -> BudgetOf | None:
    period = find_period(key)
    return budget_of(partnership, period) if period else None


def _of_account(account: AccountOf, code: str, what: str) -> Stated | None:
    if what in COLUMNS:
        line = account.line(code)
        return line.amount(what) if line else None
    return _of_findings(account.findings, code, what)


def _of_findings(findings: Sequence[Finding], code: str, what: str) -> Stated | None:
    column, _, of = what.partition("-")
    for finding in findings:
        if (finding.line, finding.column) == (code, column):
            return {"made": finding.made, "difference": finding.difference}.get(of)
    return None
