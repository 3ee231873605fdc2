from datetime import date

import pytest

from partnerships.periods import (
    Kind,
    PeriodError,
    Span,
    day,
    financial_year,
    how_long,
    parse,
    quarter,
    snapshot,
)

EXAMPLES = [
    (Span(Kind.MONTH, date(2019, 4, 1), date(2019, 4, 30)), "2019-m04", "April 2019"),
    (quarter(2019, 3), "2019-20-q3", "Q3 2019-20"),
    (
        Span(Kind.HALF_YEAR, date(2019, 10, 1), date(2020, 3, 31)),
        "2019-20-h2",
        "Second half of 2019-20",
    ),
    (
        Span(Kind.HALF_YEAR, date(2019, 4, 1), date(2019, 9, 30)),
        "2019-20-h1",
        "First half of 2019-20",
    ),
    (financial_year(2019), "2019-20", "2019-20"),
    (financial_year(1999), "1999-00", "1999-00"),
    (
        Span(Kind.ACADEMIC_YEAR, date(2019, 9, 1), date(2020, 8, 31)),
        "2019-20-academic",
        "academic year 2019/20",
    ),
    (Span(Kind.CALENDAR_YEAR, date(2019, 1, 1), date(2019, 12, 31)), "2019", "2019"),
    (
        Span(Kind.ROLLING_YEAR, date(2019, 1, 1), date(2019, 12, 31)),
        "year-to-2019-12-31",
        "year to 31 December 2019",
    ),
    (snapshot(date(2020, 3, 31)), "2020-03-31", "31 March 2020"),
    (
        Span(Kind.SPAN, date(2018, 10, 1), date(2020, 3, 31)),
        "2018-10-01-to-2020-03-31",
        "1 October 2018 to 31 March 2020",
    ),
]


@pytest.mark.parametrize(("span", "key", "label"), EXAMPLES)
def test_key_and_label_of_each_kind(span: Span, key: str, label: str) -> None:
    assert (span.key, span.label, parse(key)) == (key, label, span)


def test_every_kind_has_an_example() -> None:
    assert {span.kind for span, _, _ in EXAMPLES} == set(Kind)


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (1, date(2019, 4, 1), date(2019, 6, 30)),
        (2, date(2019, 7, 1), date(2019, 9, 30)),
        (3, date(2019, 10, 1), date(2019, 12, 31)),
        (4, date(2020, 1, 1), date(2020, 3, 31)),
    ],
)
def test_quarters_of_a_financial_year(number: int, first: date, last: date) -> None:
    found = quarter(2019, number)
    assert (found.first, found.last) == (first, last)


def test_there_is_no_fifth_quarter() -> None:
    with pytest.raises(PeriodError, match="no quarter 5"):
        quarter(2019, 5)


@pytest.mark.parametrize(
    ("span", "before"),
    [
        (quarter(2019, 4), quarter(2018, 4)),
        (financial_year(2019), financial_year(2018)),
        (snapshot(date(2020, 3, 31)), snapshot(date(2019, 3, 31))),
        (snapshot(date(2020, 2, 29)), snapshot(date(2019, 2, 28))),
        (parse("2020-m02"), parse("2019-m02")),
        (parse("2021-m02"), parse("2020-m02")),
        (parse("year-to-2020-03-31"), parse("year-to-2019-03-31")),
        (parse("2018-10-01-to-2020-03-31"), parse("2017-10-01-to-2019-03-31")),
        (parse("2019-04-10-to-2019-05-09"), parse("2018-04-10-to-2018-05-09")),
    ],
)
def test_year_before(span: Span, before: Span) -> None:
    assert span.year_before == before


def test_rolling_years_around_a_leap_day_neither_lose_nor_repeat_it() -> None:
    to_february = parse("year-to-2021-02-28")
    assert (to_february.first, to_february.year_before.last) == (
        date(2020, 3, 1),
        date(2020, 2, 29),
    )
    leap = parse("year-to-2020-02-28")
    assert (leap.first, leap.year_before.last) == (date(2019, 3, 1), date(2019, 2, 28))


def test_whole_months_before_are_whole_months() -> None:
    assert parse("2020-12-01-to-2021-02-28").year_before == parse("2019-12-01-to-2020-02-29")


def test_quarter_before_crosses_the_year() -> None:
    assert quarter(2019, 1).quarter_before == quarter(2018, 4)
    assert quarter(2019, 4).quarter_before == quarter(2019, 3)
    assert financial_year(2019).quarter_before is None


def test_rolling_years_overlap_their_neighbours_and_no_other_kind_does() -> None:
    assert [span.overlaps_neighbours for span, _, _ in EXAMPLES] == [
        span.kind is Kind.ROLLING_YEAR for span, _, _ in EXAMPLES
    ]
    long = parse("2018-10-01-to-2020-03-31")
    assert long.overlaps(long.year_before)
    assert not parse("year-to-2020-03-31").overlaps(parse("year-to-2019-03-31"))


@pytest.mark.parametrize(
    ("kind", "first", "last", "message"),
    [
        (Kind.YEAR, date(2020, 4, 1), date(2020, 3, 31), "begins on 1 April 2020, after its last"),
        (Kind.QUARTER, date(2019, 5, 1), date(2019, 7, 31), "is not a quarter"),
        (Kind.YEAR, date(2019, 1, 1), date(2019, 12, 31), "is not a year"),
        (Kind.ACADEMIC_YEAR, date(2019, 4, 1), date(2020, 3, 31), "is not an academic year"),
        (Kind.HALF_YEAR, date(2019, 7, 1), date(2019, 12, 31), "is not a half year"),
        (Kind.SNAPSHOT, date(2019, 7, 1), date(2019, 7, 2), "is not a snapshot"),
        (Kind.ROLLING_YEAR, date(2019, 2, 28), date(2020, 2, 28), "is not a rolling year"),
    ],
)
def test_days_that_do_not_fit_their_kind_are_refused(
    kind: Kind, first: date, last: date, message: str
) -> None:
    with pytest.raises(PeriodError, match=message):
        Span(kind, first, last)


@pytest.mark.parametrize(
    "key", ["", "2019-21", "2019-20-q5", "2019/20", "2019-20 ", "march", "2019-20-h3", "２０１９"]
)
def test_what_is_no_key_is_refused_with_what_one_looks_like(key: str) -> None:
    with pytest.raises(PeriodError, match=r"is not a period\. Write it like 2019-20"):
        parse(key)


@pytest.mark.parametrize(
    "key",
    ["2019-13-01", "2019-02-29", "2019-m13", "0000", "year-to-9999-12-31", "year-to-0001-01-01"],
)
def test_keys_of_days_that_do_not_exist_are_refused(key: str) -> None:
    with pytest.raises(PeriodError, match="holds a day that does not exist"):
        parse(key)


def test_a_span_needs_both_its_days() -> None:
    with pytest.raises(PeriodError, match="Give both"):
        Span.containing(Kind.SPAN, date(2019, 1, 1))


def test_day_in_words() -> None:
    assert day(date(2020, 3, 1)) == "1 March 2020"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (date(2024, 8, 1), "1 day"),
        (date(2024, 8, 31), "31 days"),
        (date(2024, 9, 30), "61 days"),
        (date(2024, 10, 1), "more than 2 months"),
        (date(2024, 10, 31), "3 months"),
        (date(2025, 7, 30), "more than 11 months"),
        (date(2025, 7, 31), "a year"),
        (date(2025, 8, 1), "more than a year"),
        (date(2025, 8, 31), "more than a year"),
        (date(2026, 7, 30), "more than a year"),
        (date(2026, 7, 31), "2 years"),
        (date(2027, 2, 1), "more than 2 years"),
    ],
)
def test_time_that_has_passed_is_told_as_people_say_it(last: date, said: str) -> None:
    assert how_long(date(2024, 7, 31), last) == said


def test_days_that_are_counted_otherwise_are_told_while_they_are_few() -> None:
    due = date(2024, 7, 31)
    assert how_long(due, date(2024, 8, 7), days="5 working days") == "5 working days"
    assert how_long(due, date(2024, 12, 2), days="86 working days") == "more than 4 months"
