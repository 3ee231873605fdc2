"""What grades say of a period, and against the year before."""

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.assurance.grades import GRADE_WORDS, Shares, Verdict, compare, gap

GRADES = tuple(GRADE_WORDS)


def shares(*values: str, unit: Literal["percent", "count"] = "percent") -> Shares:
    """Of outstanding, good, requires improvement, inadequate; "" is told by nobody."""
    told = {grade: value for grade, value in zip(GRADES, values, strict=True) if value}
    return Shares(
        unit,
        {grade: Decimal(value) for grade, value in told.items()},
        {grade: len(value.partition(".")[2]) for grade, value in told.items()},
    )


WALSALL = (
    shares("", "32", "45", "23"),
    shares("", "37.5", "45", "17.5"),
    shares("", "23", "62", "15"),
)


def test_shares_that_make_a_whole_have_no_gap() -> None:
    assert [gap(each) for each in WALSALL] == ["", "", ""]
    assert gap(shares("1", "2", "3", "4", unit="count")) == ""


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            ("4", "37", "44", "14"),
            "The grades make 99%, 1 less than 100%. Rounding can explain it.",
        ),
        (("", "33", "33", "33"), "The grades make 99%, 1 less than 100%. Rounding can explain it."),
        (("", "40", "40", "10"), "The grades make 90%, 10 less than 100%."),
        (("", "60", "40", "2.5"), "The grades make 102.5%, 2.5 more than 100%."),
        (
            ("", "", "99.8", "0.1"),
            "The grades make 99.9%, 0.1 less than 100%. Rounding can explain it.",
        ),
    ],
)
def test_shares_that_miss_the_whole_say_by_how_much(told: tuple[str, ...], said: str) -> None:
    assert gap(shares(*told)) == said


def test_three_years_of_walsall_are_better_and_then_mixed() -> None:
    first, second, third = WALSALL
    better = compare(first, second, earlier="2017-18")
    assert better.verdict == Verdict.BETTER
    assert better.sentence == (
        "Against 2017-18: good rose from 32% to 37.5%, requires improvement stayed at 45% and "
        "inadequate fell from 23% to 17.5%. Better: a larger share of the cases was good or "
        "outstanding and a smaller share of the cases was inadequate. The number of cases is not "
        "known, so nobody can say whether this is more than chance."
    )
    mixed = compare(second, third, earlier="2018-19")
    assert mixed.verdict == Verdict.MIXED
    assert (
        "Neither better nor worse as a whole: a smaller share of the cases was good or "
        "outstanding, but a smaller share of the cases was inadequate."
    ) in mixed.sentence
    assert dict(mixed.cells) == {
        "good": "about −15 percentage points",
        "requires-improvement": "about +17 percentage points",
        "inadequate": "about −3 percentage points",
    }


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (("", "40", "40", "20"), ("", "30", "40", "30"), Verdict.WORSE),
        (("", "40", "40", "20"), ("", "40", "30", "30"), Verdict.WORSE),
        (("", "40", "40", "20"), ("", "40", "40", "20"), Verdict.SAME),
        (("10", "30", "40", "20"), ("30", "20", "30", "20"), Verdict.BETTER),
        (("", "40", "40", "20"), ("", "50", "20", "30"), Verdict.MIXED),
    ],
)
def test_verdict_looks_at_both_ends(
    before: tuple[str, ...], after: tuple[str, ...], verdict: Verdict
) -> None:
    assert compare(shares(*before), shares(*after), earlier="2018-19").verdict == verdict


def test_counted_cases_are_tested_and_few_of_them_show_no_clear_change() -> None:
    first = shares("0", "9", "14", "7", unit="count")
    second = shares("1", "12", "13", "4", unit="count")
    third = shares("2", "20", "7", "1", unit="count")
    unclear = compare(first, second, earlier="2023-24")
    assert unclear.verdict == Verdict.UNCLEAR
    assert unclear.sentence.endswith("So few cases do not show a clear change.")
    better = compare(second, third, earlier="2024-25")
    assert better.verdict == Verdict.BETTER
    assert better.sentence.endswith(
        "Better: a clearly larger share of the cases was good or outstanding."
    )


counts = st.lists(st.integers(0, 200), min_size=4, max_size=4).filter(sum)


@given(counts, counts)
def test_verdict_turns_round_with_time(one: list[int], other: list[int]) -> None:
    before, after = (shares(*map(str, each), unit="count") for each in (one, other))
    opposite = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}
    forth = compare(before, after, earlier="then").verdict
    back = compare(after, before, earlier="then").verdict
    assert back == opposite.get(forth, forth)


@given(counts)
def test_same_grades_are_never_better_or_worse(one: list[int]) -> None:
    told = shares(*map(str, one), unit="count")
    assert compare(told, told, earlier="then").verdict in {Verdict.SAME, Verdict.UNCLEAR}
