"""Promises, milestones, risks and single figures as their pages draw them."""

from collections.abc import Callable, Iterable
from datetime import date

from partnerships.elements import Cell, Colour, Column, Table, Tag, table
from partnerships.models import Milestone, Promise
from partnerships.periods import day
from partnerships.promises.queries import (
    MilestoneLine,
    NamedLine,
    PromiseList,
    PromisesOfYear,
    RiskLine,
)

Outcome = Promise.Outcome
Address = Callable[[str], str]  # of the page where the thing of a code is changed, or empty

OUTCOMES: dict[Outcome, Colour] = {
    Outcome.KEPT: "green",
    Outcome.PARTLY: "yellow",
    Outcome.NOT_KEPT: "red",
    Outcome.NOT_TOLD: "grey",
}
STATES: dict[Milestone.State, Colour] = {
    Milestone.State.PLANNED: "blue",
    Milestone.State.REVISED: "orange",
    Milestone.State.ACTUAL: "green",
}
PASSED = Tag("Was planned", "grey")


def outcome_tag(outcome: Outcome) -> Tag:
    return Tag(outcome.label, OUTCOMES[outcome])


def counts_words(promised: PromisesOfYear) -> str:
    """`50 promises: 4 kept, 10 kept in part, 3 not kept, 33 not told.`"""
    counts = promised.counts
    ends = ", ".join(f"{stated.cell} {outcome.label.lower()}" for outcome, stated in counts)
    noun = "promise" if promised.total == 1 else "promises"
    return f"{promised.total} {noun}: {ends}."


def promises_tables(lists: Iterable[PromiseList], address: Address) -> list[Table]:
    """A table for each list of the report, with who tells the outcome of each promise."""
    return [
        table(
            f"list-{each.code}",
            each.title,
            ["Promise", "Outcome", "Who says so"],
            [
                (
                    Cell(line.text, url=address(line.code)),
                    outcome_tag(line.outcome),
                    line.outcome_source or "Nobody has said yet",
                )
                for line in each.promises
            ],
        )
        for each in lists
    ]


def state_tag(line: MilestoneLine, *, today: date) -> Tag:
    """How an event stands; what was planned for a day gone by may or may not have happened."""
    was_planned = line.state != Milestone.State.ACTUAL and line.when.span.last < today
    return PASSED if was_planned else Tag(line.state.label, STATES[line.state])


def milestones_table(lines: Iterable[MilestoneLine], address: Address, *, today: date) -> Table:
    return table(
        "milestones",
        "Milestones, the earliest first",
        ["What", Column("When", whole=True), "Planned or happened", "Note"],
        [
            (
                Cell(line.what, url=address(line.code)),
                _capital(line.when.words),
                state_tag(line, today=today),
                line.note or "–",
            )
            for line in lines
        ],
    )


def risks_table(lines: Iterable[RiskLine], address: Address) -> Table:
    return table(
        "risks",
        "Open risks, the oldest first",
        ["Risk", Column("Since", whole=True), "Carried over", "What is done about it", "Note"],
        [
            (
                Cell(line.what, url=address(line.code)),
                line.since,
                "Yes" if line.carried_over else "No",
                line.doing or "Not told",
                line.note or "–",
            )
            for line in lines
            if line.closed is None
        ],
    )


def closed_risks_table(lines: Iterable[RiskLine], address: Address) -> Table:
    return table(
        "closed-risks",
        "Closed risks, the last closed first",
        ["Risk", Column("Since", whole=True), Column("Closed on", whole=True), "Why"],
        [
            (
                Cell(line.what, url=address(line.code)),
                line.since,
                day(line.closed),
                line.closed_why,
            )
            for line in lines
            if line.closed is not None
        ],
    )


def figures_table(lines: Iterable[NamedLine], address: Address, lineage: Address) -> Table:
    """The single figures; `lineage` is of the page that says where a number comes from."""
    return table(
        "figures",
        "Single figures, the newest first",
        [
            *("Figure", "Area", Column("Period", whole=True)),
            *(Column("Value", numeric=True, whole=True), "Note"),
        ],
        [
            (
                Cell(line.what, url=address(line.code)),
                line.area,
                line.period.label,
                Cell(
                    _capital(line.words),
                    numeric=True,
                    whole=True,
                    url=lineage(line.stated.address) if line.stated else "",
                ),
                line.note or "–",
            )
            for line in lines
        ],
    )


def _capital(words: str) -> str:
    """As a cell begins: `Summer 2019`."""
    return words[:1].upper() + words[1:]
