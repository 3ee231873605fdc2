"""A partnership's budgets, from its folder of files.

The file has amounts as they are printed, with income as a minus; the store has money coming in
without one. Loading again mends what differs, and leaves alone what a person has changed since.
"""

from decimal import Decimal
from itertools import groupby
from pathlib import Path

from django.db import transaction

from partnerships.budget.actions import LineWords, add_budget, save_line
from partnerships.calendar import store_period
from partnerships.models import (
    WHOLE,
    Budget,
    BudgetLine,
    Organisation,
    Partnership,
    User,
)
from partnerships.periods import parse
from safeguarding.demo.files import Row, known, named, rows_if_any
from safeguarding.demo.kept import kept_by_people
from safeguarding.demo.printed import said_by


def load_budgets_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads the lines of budgets, all or none. Returns how many rows were read."""
    lines = rows_if_any(folder / "budget.csv")
    kept = kept_by_people(partnership)
    with transaction.atomic():
        for _, of_account in groupby(lines, key=_account_of):
            found = list(of_account)
            with named(found[0]):
                budget = _account(found[0], partnership, by)
            # First all of them, then what counts in what, so that a total may stand below.
            for linked in (False, True):
                for row in found:
                    if f"{budget.key}:{row.required('code')}" not in kept:
                        with named(row):
                            _line(row, budget, by, linked=linked)
    return {"lines of budgets": len(lines)}


def _account_of(row: Row) -> tuple[str, str]:
    return row.required("period"), row.text("fund") or WHOLE


def _account(row: Row, partnership: Partnership, by: User) -> Budget:
    period = store_period(parse(row.required("period")))
    fund = row.text("fund") or WHOLE
    budgets = partnership.budgets.select_related("partnership", "period")
    return budgets.filter(period=period, fund=fund).first() or add_budget(
        partnership=partnership,
        period=period,
        fund=fund,
        fund_name=row.text("fund_name"),
        empty=True,
        by=by,
    )


def _line(row: Row, budget: Budget, by: User, *, linked: bool) -> None:
    """A line is added without what it counts in, and then joined to it."""
    code = row.required("code")
    found = budget.lines.filter(code=code).first()
    if found and not linked:
        return
    side = known(row, "side", BudgetLine.Side.values)
    words = LineWords(
        label=row.required("line"),
        kind=known(row, "kind", BudgetLine.Kind.values),
        side=side,
        counts_in=_sum(row, budget) if linked else None,
        contributor=_contributor(row),
        budget_amount=_amount(row, "budget", side),
        actual_amount=_amount(row, "actual", side),
        label_sure=row.yes("label_sure"),
        one_off=row.yes("one_off"),
        estimated=row.yes("estimated"),
        part_year=row.yes("part_year"),
        note=row.text("note"),
        budget_fact_id=row.text("budget_fact_id"),
        actual_fact_id=row.text("actual_fact_id"),
        source=said_by(row, budget.partnership),
    )
    for column in ("budget", "actual"):
        if row.text(f"{column}_fact_id") and not row.text(column):
            raise row.error(f"{column}_fact_id names a fact, and {column} is empty.")
    save_line(
        budget=budget,
        code=code,
        words=words,
        order=row.whole("order", 1),
        seen=found.version if found else 0,
        by=by,
    )


def _amount(row: Row, column: str, side: str) -> Decimal | None:
    """As its side reads it: money coming in has no minus."""
    printed = row.number(column)
    if printed is None or side != BudgetLine.Side.INCOME:
        return printed
    return -printed if printed else printed


def _sum(row: Row, budget: Budget) -> BudgetLine | None:
    code = row.text("counts_in")
    if not code:
        return None
    found = budget.lines.filter(code=code).first()
    if found is None:
        raise row.error(f"counts_in is {code!r}, which is no line of this budget.")
    return found


def _contributor(row: Row) -> Organisation | None:
    slug = row.text("contributor")
    if not slug:
        return None
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise row.error(f"contributor is {slug!r}, which is not in organisations.csv.")
    return found
