"""How many meetings there were, out of totals, months and days."""

import pytest

from partnerships.governance.meetings.counting import Kept, count_in
from partnerships.periods import parse


def day(key: str, number: int | None = 1) -> Kept:
    return Kept(parse(key), number)


@pytest.mark.parametrize(
    ("rows", "number", "at_least"),
    [
        ([day("2019-20", 6), day("2019-m06"), day("2019-m10")], 6, False),
        ([day("2019-m06"), day("2019-10-05")], 2, False),
        ([day("2019-20-q1", 3), day("2019-m04"), day("2019-04-12"), day("2019-10-05")], 4, False),
        ([day("2019-20", None), day("2020-m01"), day("2020-m03")], 2, True),
        ([day("2019-20-q1", None), day("2019-10-05")], 1, True),
        ([day("2019-20", 0)], 0, False),
        ([day("2019-10-01-to-2020-02-28", 0), day("2019-m11")], 1, False),
        ([day("2018-19", 4), day("2019-06-05"), day("2020-05-05")], 1, False),
    ],
)
def test_meetings_of_a_year_are_counted(rows: list[Kept], number: int, at_least: bool) -> None:
    for order in (rows, rows[::-1]):
        count = count_in(parse("2019-20"), order)
        assert count is not None
        assert (count.number, count.at_least) == (number, at_least)


@pytest.mark.parametrize(
    "rows", [[], [day("2019-20", None)], [day("2019-m06", None)], [day("2018-19", 4)]]
)
def test_meetings_that_nobody_counted_are_not_known(rows: list[Kept]) -> None:
    assert count_in(parse("2019-20"), rows) is None
