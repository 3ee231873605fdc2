"""Whether an account adds up: Walsall's of 2019-20, and the shapes that others print."""

import csv
from decimal import Decimal

import pytest
from django.conf import settings

from partnerships.budget.reconcile import Entry, Ring, State, Sum, across, amounts, sums
from partnerships.budget.wording import decimals_of, headline, pieces, words

FILE = settings.BASE_DIR / "fixtures" / "walsall" / "budget.csv"


def walsall(column: str) -> tuple[list[Entry], dict[str, str]]:
    """The printed account with income as money coming in, and the labels by code."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    entries = [
        Entry(
            row["code"],
            row["side"],
            Decimal(row[column]) * (-1 if row["side"] == "income" else 1),
            row["counts_in"],
        )
        for row in rows
    ]
    return entries, {row["code"]: row["line"] for row in rows}


def told(column: str, code: str) -> tuple[State, str]:
    entries, labels = walsall(column)
    found = sums(entries)[code]
    return found.state, words(pieces(found, labels))


@pytest.mark.parametrize(
    ("column", "code", "state", "said"),
    [
        ("budget", "total-income", "agrees", "£344,464. Its lines make the same."),
        ("actual", "total-income", "agrees", "£381,328. Its lines make the same."),
        ("budget", "total-costs", "agrees", "£344,464. Its lines make the same."),
        (
            "actual",
            "total-costs",
            "rounding",
            "Stated as £324,044. Its lines make £324,045, £1 more. "
            "Rounding to whole pounds can explain this.",
        ),
        (
            "budget",
            "outturn",
            "differs",
            "Stated as £0. Total costs (£344,464) plus Carry forward (£344,404) less "
            "Total income (£344,464) make £344,404, £344,404 more.",
        ),
        (
            "actual",
            "outturn",
            "agrees",
            "£90. Total costs (£324,044) plus Carry forward (£57,374) less "
            "Total income (£381,328) make the same.",
        ),
    ],
)
def test_each_sum_of_walsall_is_found_as_it_is(
    column: str, code: str, state: str, said: str
) -> None:
    assert told(column, code) == (State(state), said)


def line(code: str, amount: int | str | None, into: str = "total", side: str = "costs") -> Entry:
    return Entry(code, side, None if amount is None else Decimal(amount), into)


def total(amount: int | str | None = None, *parts: Entry) -> Sum:
    return sums([*parts, line("total", amount, "")])["total"]


LABELS = {"a": "Staff", "b": "Rooms", "c": "Fees"}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (total(None, line("a", 5), line("b", 7)), "£12, worked out. Staff (£5) plus Rooms (£7) "),
        (total(None, line("a", 5), line("b", None)), "£5 so far: one of its lines has no amount."),
        (
            total(9, line("a", None), line("b", None)),
            "Stated as £9. It cannot be checked: none of its lines has an amount.",
        ),
        (total(9, line("a", None)), "Stated as £9. It cannot be checked: its one line has no"),
        (total(None, line("a", None), line("b", None)), "No amounts yet."),
        (total(9, line("a", 4)), "Stated as £9. Staff (£4) makes £4, £5 less."),
        (
            total(-4, line("a", 4, side="income")),
            "−£4. Nothing less Staff (£4) makes the same.",
        ),
    ],
)
def test_what_is_missing_or_worked_out_is_said(found: Sum, said: str) -> None:
    assert words(pieces(found, LABELS)).startswith(said)


def test_balance_that_was_not_added_up_is_told_by_how_much() -> None:
    """As a holding account that is printed unchanged beside a surplus of the year."""
    entries = [
        line("opening", -171446, "closing", "rest"),
        line("income", 171757, "net", "income"),
        line("costs", 135162, "net"),
        line("net", -36594, "closing", "rest"),
        line("closing", -171446, "", "rest"),
    ]
    found = sums(entries)
    assert (found["net"].made, found["net"].state) == (Decimal(-36595), State.ROUNDING)
    assert (found["closing"].difference, found["closing"].state) == (
        Decimal(36594),
        State.DIFFERS,
    )


def test_sum_that_counts_in_itself_through_others_is_refused() -> None:
    with pytest.raises(Ring, match="a is a part of itself"):
        sums([line("a", 1, "b"), line("b", 1, "a")])
    with pytest.raises(KeyError):
        sums([line("a", 1, "gone")])


def test_pence_are_never_explained_by_rounding() -> None:
    assert total("12.50", line("a", 5), line("b", "7.49")).state is State.DIFFERS
    assert total(13, line("a", 5), line("b", 7)).state is State.ROUNDING
    assert total(8, line("a", 7)).state is State.DIFFERS
    assert total(14, line("a", 5), line("b", 7)).state is State.DIFFERS


def test_funds_are_held_against_the_whole_line_by_line() -> None:
    whole = [line("a", 30), line("total", 31, "")]
    funds = [[line("a", 10), line("total", None, "")], [line("a", 20), line("total", 21, "")]]
    found = across(whole, funds)
    assert [(code, each.made, each.state) for code, each in found.items()] == [
        ("a", Decimal(30), State.AGREES),
        ("total", Decimal(31), State.AGREES),
    ]
    assert amounts(funds[0]) == {"a": Decimal(10), "total": Decimal(10)}


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "Totals are worked out from their lines; none is stated beside them to check."),
        (["empty", "incomplete", "worked-out"], "Totals are worked out from their lines; none is"),
        (["agrees"], "The one sum that can be checked agrees."),
        (["agrees", "agrees"], "All 2 sums that can be checked agree."),
        (["rounding"], "1 sum differs by no more than rounding."),
        (
            ["agrees", "rounding", "rounding"],
            "1 of the 3 sums that can be checked agrees. 2 differ by no more than rounding.",
        ),
        (["differs"], "The one sum that can be checked does not agree."),
        (
            ["agrees", "differs", "rounding"],
            "1 of the 3 sums that can be checked does not agree. 1 differs by no more than",
        ),
    ],
)
def test_headline_counts_what_was_found(states: list[str], said: str) -> None:
    assert headline([State(each) for each in states]).startswith(said)


def test_amounts_have_pence_as_soon_as_one_of_them_has_any() -> None:
    assert decimals_of([Decimal(1), None, Decimal("2.00")]) == 0
    assert decimals_of([Decimal(1), Decimal("2.50")]) == 2
