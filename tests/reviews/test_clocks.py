"""The times that the law gives: working days of England, six months, and what a hold changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.practice.clocks import (
    Standing,
    is_working_day,
    publication_due,
    rapid_review_due,
    read_clock,
    working_days_between,
)

# The bank holidays of England as GOV.UK lists them; the Queen's funeral and the coronation too.
BANK_HOLIDAYS = [
    *(date(2022, m, d) for m, d in [(1, 3), (4, 15), (4, 18), (5, 2), (6, 2), (6, 3), (8, 29)]),
    *(date(2022, m, d) for m, d in [(9, 19), (12, 26), (12, 27)]),
    *(date(2023, m, d) for m, d in [(1, 2), (4, 7), (4, 10), (5, 1), (5, 8), (5, 29), (8, 28)]),
    *(date(2023, m, d) for m, d in [(12, 25), (12, 26)]),
]

days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def test_working_days_of_two_years_are_all_but_weekends_and_bank_holidays() -> None:
    first, last = date(2022, 1, 1), date(2023, 12, 31)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    free = [on for on in every if on.weekday() < 5 and not is_working_day(on)]
    assert free == BANK_HOLIDAYS


@pytest.mark.parametrize("on", [date(2026, 3, 17), date(2026, 7, 13), date(2026, 11, 30)])
def test_holidays_of_other_nations_are_working_days_in_england(on: date) -> None:
    assert is_working_day(on)


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        (date(2026, 7, 1), date(2026, 7, 22)),  # three weeks without a holiday
        (date(2023, 4, 3), date(2023, 4, 26)),  # over Easter
        (date(2022, 12, 12), date(2023, 1, 5)),  # over Christmas and New Year with substitutes
        (date(2026, 7, 4), date(2026, 7, 24)),  # from a Saturday
    ],
)
def test_rapid_review_is_due_after_fifteen_working_days(starts: date, due: date) -> None:
    assert rapid_review_due(starts) == due


@given(days)
def test_fifteen_working_days_lie_between_start_and_due(starts: date) -> None:
    due = rapid_review_due(starts)
    assert is_working_day(due)
    assert working_days_between(starts, due) == 15
    assert working_days_between(starts, due - timedelta(days=1)) == 14


@given(days, days)
def test_review_that_starts_later_is_never_due_earlier(one: date, other: date) -> None:
    first, second = sorted([one, other])
    assert rapid_review_due(first) <= rapid_review_due(second)
    assert publication_due(first) <= publication_due(second)


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2023, 8, 30), date(2024, 2, 29)),
        (date(2025, 12, 31), date(2026, 6, 30)),
    ],
)
def test_publication_is_due_six_months_on(starts: date, due: date) -> None:
    assert publication_due(starts) == due


@given(days)
def test_publication_falls_in_the_sixth_month_after(starts: date) -> None:
    due = publication_due(starts)
    assert (due.year * 12 + due.month) - (starts.year * 12 + starts.month) == 6
    assert due.day == starts.day or (due + timedelta(days=1)).day == 1
    assert due.day <= starts.day


DUE = date(2026, 7, 22)  # a Wednesday


@pytest.mark.parametrize(
    ("today", "met", "held", "words", "late"),
    [
        ((7, 20), None, None, "Running: due 22 July 2026, 2 working days left", False),
        ((7, 22), None, None, "Running: due 22 July 2026, 0 working days left", False),
        ((7, 23), None, None, "Late: due 22 July 2026, 1 working day over", True),
        ((7, 27), None, None, "Late: due 22 July 2026, 3 working days over", True),
        (
            (7, 20),
            None,
            (7, 6),
            "Held, clock runs on: due 22 July 2026, 2 working days left",
            False,
        ),
        ((7, 27), None, (7, 6), "Held, late: due 22 July 2026, 3 working days over", True),
        ((7, 20), None, (7, 21), "Running: due 22 July 2026, 2 working days left", False),
        ((12, 1), None, None, "Late: due 22 July 2026, more than 4 months over", True),
        ((12, 1), (7, 22), None, "Met: due 22 July 2026", False),
        ((12, 1), (7, 24), (7, 6), "Met late: due 22 July 2026, 2 working days over", True),
    ],
)
def test_clock_is_read_in_words(
    today: tuple[int, int],
    met: tuple[int, int] | None,
    held: tuple[int, int] | None,
    words: str,
    late: bool,
) -> None:
    reading = read_clock(
        due=DUE,
        met=date(2026, *met) if met else None,
        held=date(2026, *held) if held else None,
        today=date(2026, *today),
        in_working_days=True,
    )
    assert (reading.words, reading.is_late) == (words, late)


@given(due=days, today=days, held=st.none() | days, met=st.none() | days)
def test_hold_never_changes_lateness_or_the_days_counted(
    due: date, today: date, held: date | None, met: date | None
) -> None:
    with_hold = read_clock(due=due, met=met, held=held, today=today, in_working_days=False)
    without = read_clock(due=due, met=met, held=None, today=today, in_working_days=False)
    assert (with_hold.is_late, with_hold.days, with_hold.due) == (
        without.is_late,
        without.days,
        without.due,
    )
    assert without.is_late == ((met or today) > due)
    assert without.days == abs(((met or today) - due).days)
    assert without.standing not in {Standing.HELD, Standing.HELD_LATE}
