"""Verbs that change the budget of a partnership."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from partnerships.audit import record
from partnerships.models import (
    ACROSS,
    WHOLE,
    Budget,
    BudgetLine,
    Organisation,
    Partnership,
    Period,
    User,
)
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out
from partnerships.stated import address_of

Kind, Side = BudgetLine.Kind, BudgetLine.Side
SUMS = (Kind.TOTAL, Kind.BALANCE)  # what other lines may count in

# What a new account begins with, so that it adds up by itself: code, label, kind, side.
BEGINNING = (
    ("total-income", "Total income", Kind.TOTAL, Side.INCOME),
    ("total-costs", "Total costs", Kind.TOTAL, Side.COSTS),
    ("outturn", "Over or under", Kind.BALANCE, Side.REST),
)
OUTTURN = BEGINNING[-1][0]


@dataclass(frozen=True, slots=True)
class LineWords:
    """What is known of a line. Amounts have no minus where they go the way of their side."""

    label: str
    kind: str
    side: str
    counts_in: BudgetLine | None = None
    contributor: Organisation | None = None
    budget_amount: Decimal | None = None
    actual_amount: Decimal | None = None
    label_sure: bool = True
    one_off: bool = False
    estimated: bool = False
    part_year: bool = False
    note: str = ""
    budget_fact_id: str = ""
    actual_fact_id: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Both amounts of a line; None where there is none."""

    budget: Decimal | None
    actual: Decimal | None


def add_budget(
    *,
    partnership: Partnership,
    period: Period,
    fund: str = WHOLE,
    fund_name: str = "",
    note: str = "",
    like: Budget | None = None,
    empty: bool = False,
    by: User,
) -> Budget:
    """Adds the account of a period, with the lines of another one (`like`) without amounts.

    Without one it begins with the totals of its sides and what is left, unless it is to be
    `empty`. Raises `Refused` where that account is kept already.
    """
    if fund in {"", ACROSS}:
        raise Refused(f"“{fund}” cannot be a short name. Choose another.", "fund")
    if (fund == WHOLE) != (fund_name == ""):
        raise Refused("Enter the name of the fund and its short name, or neither.", "fund_name")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        if partnership.budgets.filter(period=period, fund=fund).exists():
            raise Refused(f"There is a budget of {period} already. Open it.", "period")
        budget = Budget.objects.create(
            partnership=partnership, period=period, fund=fund, fund_name=fund_name, note=note
        )
        if like:
            _copy_lines(like, budget)
        elif not empty:
            _begin(budget)
        record(by=by, verb="budget added", subject=budget.key, partnership=partnership)
    return budget


def change_budget(
    *, budget: Budget, fund_name: str = "", note: str = "", seen: int, by: User
) -> Budget:
    """Changes the note of an account and its fund's name. Raises `Refused` and `Overtaken`."""
    if (budget.fund == WHOLE) != (fund_name == ""):
        raise Refused("Enter the name of the fund.", "fund_name")
    with transaction.atomic():
        found = _locked(budget)
        if (found.note, found.fund_name) == (note, fund_name):
            return found
        if found.version != seen:
            raise Overtaken
        found.note, found.fund_name, found.version = note, fund_name, seen + 1
        found.save(update_fields=["note", "fund_name", "version"])
        record(by=by, verb="budget changed", subject=found.key, partnership=found.partnership)
    return found


def save_line(
    *,
    budget: Budget,
    code: str,
    words: LineWords,
    order: int | None = None,
    seen: int = 0,
    by: User,
) -> BudgetLine:
    """Adds a line (`seen` 0; without `order` it comes last) or changes the version seen.

    The same again is no change. Raises `Refused` and `Overtaken`.
    """
    columns: dict[str, Any] = {
        name: getattr(words, name) for name in LineWords.__dataclass_fields__
    }
    if code in {"", "add"}:
        raise Refused("Choose another name for this line.", "label")
    with transaction.atomic():
        account = _locked(budget)
        found = account.lines.filter(code=code).first()
        if found and not seen:
            raise Refused(f"There is a line “{found.label}” already. Choose another name.", "label")
        if order is not None:
            columns["order"] = order
        elif found is None:
            columns["order"] = (account.lines.aggregate(last=Max("order"))["last"] or 0) + 1
        _must_count_in_a_sum_of(account, code, words.counts_in)
        if found and words.kind not in SUMS and found.parts.exists():
            raise Refused("Other lines count in this one: it is a total or a balance.", "kind")
        if found and _says(found, columns):
            return found
        if (found.version if found else 0) != seen:
            raise Overtaken
        columns["version"] = seen + 1
        line, made = BudgetLine.objects.update_or_create(
            budget=account, code=code, defaults=columns
        )
        _changed(account)
        verb = "budget line added" if made else "budget line changed"
        _record_line(by, verb, account, line, found)
    return line


def save_amounts(*, budget: Budget, amounts: Mapping[str, Amounts], seen: int, by: User) -> int:
    """Changes the amounts of several lines, by their codes. Returns how many lines changed.

    An amount that changes is no longer what a source states. Raises `Refused` and `Overtaken`.
    """
    with transaction.atomic():
        account = _locked(budget)
        lines = {line.code: line for line in account.lines.all()}
        changed = [
            lines[code]
            for code, new in amounts.items()
            if code in lines
            and (lines[code].budget_amount, lines[code].actual_amount) != (new.budget, new.actual)
        ]
        if not changed:
            return 0
        if account.version != seen:
            raise Overtaken
        for line in changed:
            before = Amounts(line.budget_amount, line.actual_amount)
            _put_amounts(line, amounts[line.code])
            _record_amounts(by, "budget line changed", account, line, before)
        _changed(account)
    return len(changed)


def remove_line(line: BudgetLine, why: Removal) -> None:
    """Takes a line out.

    Raises `Overtaken`, and `Refused` where others count in it or a report prints it.
    """
    with transaction.atomic():
        account = _locked(line.budget)
        found = account.lines.filter(code=line.code).first()
        if found is None or found.version != why.seen:
            raise Overtaken
        parts = found.parts.count()
        if parts:
            lines = "line counts" if parts == 1 else "lines count"
            raise Refused(f"{parts} {lines} in “{found.label}”. Change what they count in first.")
        place = (account.partnership, account.period.key, "")
        take_out(
            found,
            why,
            verb="budget line removed",
            subject=found.key,
            figures=[address_of(kind, *place) for kind in ("budget", "contributions")],
        )
        _changed(account)


def _begin(budget: Budget) -> None:
    for order, (code, label, kind, side) in enumerate(BEGINNING, 1):
        BudgetLine.objects.create(
            budget=budget, code=code, order=order, label=label, kind=kind, side=side
        )
    outturn = budget.lines.get(code=OUTTURN)
    budget.lines.exclude(pk=outturn.pk).update(counts_in=outturn)


_COPIED = ("code", "order", "label", "kind", "side", "contributor")


def _copy_lines(like: Budget, budget: Budget) -> None:
    """The lines of another account without what was said of that period alone."""
    lines = list(like.lines.filter(one_off=False).select_related("counts_in"))
    made = {
        line.code: BudgetLine.objects.create(
            budget=budget, **{name: getattr(line, name) for name in _COPIED}
        )
        for line in lines
    }
    for line in lines:
        if line.counts_in and line.counts_in.code in made:
            made[line.code].counts_in = made[line.counts_in.code]
            made[line.code].save(update_fields=["counts_in"])


def _must_count_in_a_sum_of(account: Budget, code: str, sum_: BudgetLine | None) -> None:
    """A line counts in a total or balance of its own account, and never in itself."""
    if sum_ is None:
        return
    if sum_.budget_id != account.pk:
        raise Refused("Choose a total or balance of this budget.", "counts_in")
    if sum_.kind not in SUMS:
        raise Refused(f"“{sum_.label}” is no total and no balance.", "counts_in")
    above = dict(account.lines.values_list("pk", "counts_in_id"))
    codes = dict(account.lines.values_list("pk", "code"))
    at: int | None = sum_.pk
    while at:
        if codes[at] == code:
            raise Refused(f"“{sum_.label}” is this line, or counts in it itself.", "counts_in")
        at = above[at]


def _locked(budget: Budget) -> Budget:
    return (
        Budget.objects.select_for_update(of=("self",))
        .select_related("partnership", "period")
        .get(pk=budget.pk)
    )


def _changed(account: Budget) -> None:
    account.version += 1
    account.save(update_fields=["version"])


def _put_amounts(line: BudgetLine, new: Amounts) -> None:
    if line.budget_amount != new.budget:
        line.budget_amount, line.budget_fact_id = new.budget, ""
    if line.actual_amount != new.actual:
        line.actual_amount, line.actual_fact_id = new.actual, ""
    if not (line.budget_fact_id or line.actual_fact_id):
        line.source = ""
    line.version += 1
    line.save(
        update_fields=[
            *("budget_amount", "budget_fact_id", "actual_amount", "actual_fact_id"),
            *("source", "version"),
        ]
    )


def _record_line(
    by: User, verb: str, account: Budget, line: BudgetLine, found: BudgetLine | None
) -> None:
    before = Amounts(found.budget_amount, found.actual_amount) if found else Amounts(None, None)
    _record_amounts(by, verb, account, line, before)


def _record_amounts(
    by: User, verb: str, account: Budget, line: BudgetLine, before: Amounts
) -> None:
    """`detail` has the amounts of the line, and those before where they were others."""
    now = Amounts(line.budget_amount, line.actual_amount)
    detail = {"budget": _text(now.budget), "actual": _text(now.actual)}
    if before != now and before != Amounts(None, None):
        detail |= {"budget before": _text(before.budget), "actual before": _text(before.actual)}
    record(
        by=by,
        verb=verb,
        subject=f"{account.key}:{line.code}",
        partnership=account.partnership,
        detail=detail,
    )


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _says(found: BudgetLine, columns: dict[str, Any]) -> bool:
    return all(getattr(found, name) == value for name, value in columns.items())
