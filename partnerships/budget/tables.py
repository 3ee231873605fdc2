"""The budget as its pages draw it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from partnerships.budget.queries import AccountOf, BudgetOf, Finding, LineOf
from partnerships.budget.reconcile import State
from partnerships.elements import Cell, Column, Link, Table, Tag, table
from partnerships.models import BudgetLine
from partnerships.stated import Stated

NONE = "–"
AMOUNTS = (Column("Budget (£)", numeric=True), Column("Actual (£)", numeric=True))
LineUrl = Callable[[str], str]


def years_table(rows: Iterable[tuple[BudgetOf, str]]) -> Table:
    """Each account of each period, with the address of the period's page."""
    income = [Column(f"Income, {column} (£)", numeric=True) for column in ("budget", "actual")]
    costs = [Column(f"Costs, {column} (£)", numeric=True) for column in ("budget", "actual")]
    return table(
        "budgets",
        "Budgets by period, the newest first",
        [Column("Period", whole=True), *income, *costs, "Does it add up?"],
        [
            (
                Link(f"{found.period}, {account.name}" if account.name else found.period, url),
                *_totals(account, BudgetLine.Side.INCOME),
                *_totals(account, BudgetLine.Side.COSTS),
                tag_of(account),
            )
            for found, url in rows
            for account in found.accounts
        ],
    )


def side_tables(account: AccountOf, url_of: LineUrl | None) -> list[Table]:
    """A table for each side that has lines; `url_of` gives the page on which a line is changed."""
    tables = []
    for side in BudgetLine.Side:
        lines = account.of_side(side)
        if lines:
            caption = f"{side.label}, {account.name}" if account.name else side.label
            tables.append(_side(f"{account.fund}-{side}", caption, lines, url_of))
    return tables


def _side(key: str, caption: str, lines: list[LineOf], url_of: LineUrl | None) -> Table:
    pays = any(line.contributor for line in lines)
    tells = any(about(line) for line in lines)
    said = Counter(line.note for line in lines if line.note)
    repeated = [note for note, count in said.items() if count > 1]
    return table(
        key,
        caption,
        [
            "Line",
            *AMOUNTS,
            *(["Paid in by"] if pays else []),
            *([Column("About it", long=True)] if tells else []),
        ],
        [
            (
                Link(line.label, url_of(line.code)) if url_of else line.label,
                amount(line.budget),
                amount(line.actual),
                *([_payer(line)] if pays else []),
                *([about(line, without=repeated)] if tells else []),
            )
            for line in lines
        ],
        notes=repeated,
    )


def contributions_table(found: BudgetOf) -> Table:
    return table(
        "contributions",
        "Contributions by organisation",
        ["Paid in by", *AMOUNTS],
        [
            (
                each.name if each.slug else f"{each.name} (no organisation named)",
                amount(each.budget),
                amount(each.actual),
            )
            for each in found.contributions
        ],
    )


def findings_table(key: str, caption: str, findings: Iterable[Finding]) -> Table:
    """What was found of each sum, what does not agree first."""
    told = [finding for finding in findings if finding.state is not State.EMPTY]
    told.sort(key=lambda finding: finding.state is not State.DIFFERS)
    return table(
        key,
        caption,
        ["Sum", "Result", Column("What was found", long=True)],
        [(finding.about, TAGS[finding.state], finding.words) for finding in told],
    )


TAGS: dict[State, Tag] = {
    State.AGREES: Tag("Agrees", "green"),
    State.DIFFERS: Tag("Does not agree", "orange"),
    State.ROUNDING: Tag("Rounding", "blue"),
    State.INCOMPLETE: Tag("Not complete", "grey"),
    State.WORKED_OUT: Tag("Worked out", "teal"),
}


def tag_of(account: AccountOf) -> Tag:
    states = {finding.state for finding in account.findings}
    if State.DIFFERS in states:
        return TAGS[State.DIFFERS]
    if State.INCOMPLETE in states:
        return TAGS[State.INCOMPLETE]
    checked = states & {State.AGREES, State.ROUNDING}
    return TAGS[State.AGREES] if checked else Tag("Nothing to check", "grey")


def amount(stated: Stated | None) -> str:
    """An amount beneath a header that says the unit."""
    return stated.cell.replace("£", "") if stated else NONE


def about(line: LineOf, *, without: Sequence[str] = ()) -> str:
    """Marks and note in one cell; a note that several lines share stands beneath the table."""
    marks = ", ".join(line.marks)
    note = "" if line.note in without else line.note
    return " ".join(filter(None, [f"{marks[0].upper()}{marks[1:]}." if marks else "", note]))


def _payer(line: LineOf) -> str:
    return line.contributor or (NONE if line.kind == BudgetLine.Kind.INCOME else "")


def _totals(account: AccountOf, side: str) -> list[Cell]:
    total = account.total_of(side)
    both = (total.budget, total.actual) if total else (None, None)
    return [Cell(amount(each), numeric=True) for each in both]
