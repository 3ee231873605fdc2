"""Comparing the data files with the facts read off the sources: each stands once, and right.

Pure: reads files, knows no database. A row answers for a fact by its id: in a column `fact_id`,
with the number in `value` or `amount`, or in a column such as `actual_fact_id`, with the number
in `actual`. What a source says in the same words twice is one row with both ids, between
semicolons. A fact without a number may stand for words or a day, which are not compared.
Facts of kinds that have no files yet are counted as not yet covered.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from safeguarding.demo.facts import CHANGE_UNITS, UNITS, Fact
from safeguarding.demo.files import Row, rows

FIGURES = "kpi"
OBSERVATIONS = "observations.csv"
STATED = "stated_changes.csv"
NOT_LOADED = "facts_not_loaded.csv"
HOW = (
    "loaded",
    "further mentions",
    "in words",
    "without a number",
    "stated changes",
    "targets",
    "not loaded, with a reason",
    "not yet covered",
)


@dataclass(frozen=True, slots=True)
class Account:
    """A row that answers for a fact, and what it says."""

    fact: str
    row: Row
    how: str
    value: str  # as written; empty where there is none or nothing to compare
    bare: bool = False  # a value without a number in the fact is meant: a range, a printed dash


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison found: `problems` in words, `counts` by partnership, kind and how."""

    problems: list[str] = field(default_factory=list)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def uncovered(self) -> int:
        return sum(count for (_, _, how), count in self.counts.items() if how == HOW[-1])


def compare(facts: Mapping[str, Fact], fixtures: Path) -> Comparison:
    """Holds the data files against the facts. A partnership's figures are all covered or none."""
    units = {
        row.required("code"): (row.required("unit"), row.whole("base", 1))
        for row in rows(fixtures / "indicators.csv")
    }
    accounts = defaultdict(list)
    result = Comparison()
    for account in read_accounts(fixtures):
        accounts[account.fact].append(account)
        result.problems.extend(_problems(account, facts.get(account.fact), units))
    begun = {
        facts[fact].partnership
        for fact, found in accounts.items()
        if fact in facts and any(account.row.file.name == OBSERVATIONS for account in found)
    }
    for fact in facts.values():
        found = accounts[fact.id]
        how = found[0].how if found else HOW[-1]
        result.counts[fact.partnership, fact.kind, how] += 1
        if len(found) > 1:
            places = ", ".join(_place(account.row) for account in found)
            result.problems.append(f"{fact.id} stands {len(found)} times: {places}.")
        if not found and fact.kind == FIGURES and fact.partnership in begun:
            result.problems.append(f"{fact.id} is a figure that no row answers for.")
    return result


def read_accounts(fixtures: Path) -> Iterator[Account]:
    """The rows of all data files that name a fact."""
    for file in sorted(fixtures.glob("**/*.csv")):
        for row in rows(file):
            for column in row.cells:
                if column.endswith("fact_id"):
                    for fact in facts_in(row.text(column)):
                        yield _account(row, column, fact)


def facts_in(cell: str) -> list[str]:
    """The ids of the facts that a cell names, between semicolons."""
    return [fact.strip() for fact in cell.split(";") if fact.strip()]


def _account(row: Row, column: str, fact: str) -> Account:
    name = row.file.name
    if name == OBSERVATIONS:
        return Account(fact, row, _how(row), row.text("value"), row.text("qualifier") == "between")
    if name == STATED:
        same = row.text("direction") == "same"
        sign = "-" if row.text("direction") == "down" and row.text("amount") else ""
        return Account(fact, row, "stated changes", sign + row.text("amount"), same)
    if name == NOT_LOADED:
        return Account(fact, row, "not loaded, with a reason", "")
    value = "value" if column == "fact_id" else column.removesuffix("_fact_id")
    how = "targets" if name == "targets.csv" else "loaded"
    return Account(fact, row, how, row.cells.get(value, "").strip())


def _how(row: Row) -> str:
    if row.text("marker"):
        return "without a number"
    if row.text("printed_words"):
        return "in words"
    return "loaded" if row.whole("mention", 1) == 1 else "further mentions"


def _problems(
    account: Account, fact: Fact | None, units: Mapping[str, tuple[str, int]]
) -> Iterable[str]:
    row, place = account.row, _place(account.row)
    if fact is None:
        yield f"{place}: there is no fact {account.fact!r}."
        return
    if row.file.name == NOT_LOADED:
        if row.text("kind") != fact.kind:
            yield f"{place}: {fact.id} is of kind {fact.kind}, not {row.text('kind')}."
        return
    compares = row.file.name in {OBSERVATIONS, STATED}
    if (compares or fact.numeric is not None) and not _same_number(account, fact.numeric):
        told = "no number" if fact.numeric is None else fact.numeric
        yield f"{place}: {fact.id} says {told}, the row {account.value or 'no number'}."
    if compares:
        yield from _wrong_keys(account, fact, units)


def _same_number(account: Account, numeric: Decimal | None) -> bool:
    if numeric is None:
        return not account.value or account.bare
    try:
        return Decimal(account.value) == numeric
    except InvalidOperation:
        return False


def _wrong_keys(
    account: Account, fact: Fact, units: Mapping[str, tuple[str, int]]
) -> Iterable[str]:
    """Unit, area and period of a figure, where the fact's words allow a comparison."""
    row, place = account.row, _place(account.row)
    if row.file.name == STATED:
        expected: object = CHANGE_UNITS.get(fact.unit)
        unit: object = row.text("unit") if account.value else expected
    else:
        expected = UNITS.get(fact.unit)
        unit = units.get(row.text("indicator"))
    if (
        expected is not None
        and unit != expected
        and not (account.bare and row.text("amount") == "")
    ):
        yield f"{place}: {fact.id} is in {fact.unit}, the row in {unit}."
    if row.text("area") != fact.area_code:
        yield f"{place}: {fact.id} is of {fact.area}, the row of {row.text('area')}."
    if fact.period_key is not None and row.text("period") != fact.period_key:
        yield f"{place}: {fact.id} is of {fact.period}, the row of {row.text('period')}."


def _place(row: Row) -> str:
    return f"{row.file.as_posix()}, line {row.line}"


def read_conflicts(fixtures: Path) -> Counter[str]:
    """How many conflicts between printed figures each partnership's files hold, by folder."""
    return Counter(
        file.parent.name for file in fixtures.glob("*/conflicts.csv") for _ in rows(file)
    )
