"""How an action stands on a day."""

from datetime import date

import pytest

from reviews.recommendations.due import Standing, read_action

DUE = date(2026, 5, 4)
LATER = date(2027, 5, 4)


@pytest.mark.parametrize(
    ("due", "done", "today", "standing", "words"),
    [
        (DUE, None, DUE, Standing.OPEN, "Due 4 May 2026: today"),
        (DUE, None, date(2026, 5, 3), Standing.OPEN, "Due 4 May 2026: 1 day left"),
        (DUE, None, date(2026, 5, 5), Standing.OVERDUE, "Due 4 May 2026: 1 day overdue"),
        (DUE, None, LATER, Standing.OVERDUE, "Due 4 May 2026: a year overdue"),
        (
            DUE,
            None,
            date(2029, 1, 1),
            Standing.OVERDUE,
            "Due 4 May 2026: more than 2 years overdue",
        ),
        (DUE, DUE, LATER, Standing.DONE, "Done 4 May 2026"),
        (DUE, date(2026, 5, 6), LATER, Standing.DONE_LATE, "Done 6 May 2026, 2 days late"),
        (DUE, LATER, LATER, Standing.DONE_LATE, "Done 4 May 2027, a year late"),
        (None, None, DUE, Standing.OPEN, "No due date"),
        (None, DUE, DUE, Standing.DONE, "Done 4 May 2026"),
    ],
)
def test_action_stands_as_its_days_say(
    due: date | None, done: date | None, today: date, standing: Standing, words: str
) -> None:
    reading = read_action(due=due, done=done, dropped=False, today=today)
    assert (reading.standing, reading.words) == (standing, words)


@pytest.mark.parametrize(
    ("today", "beside"), [(DUE, "Today"), (LATER, "A year overdue")], ids=["due", "over"]
)
def test_words_beside_the_date_leave_it_out(today: date, beside: str) -> None:
    reading = read_action(due=DUE, done=None, dropped=False, today=today)
    assert reading.beside_its_date == beside


def test_dropped_action_is_never_overdue() -> None:
    reading = read_action(due=DUE, done=None, dropped=True, today=LATER)
    assert (reading.standing, reading.words) == (Standing.DROPPED, "No longer pursued")
