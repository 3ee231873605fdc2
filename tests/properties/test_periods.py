from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partnerships.periods import Kind, Span, parse, quarter
from tests.properties.strategies import days, spans


@given(spans())
def test_parse_gives_back_the_period_of_a_key(span: Span) -> None:
    assert parse(span.key) == span


@given(spans(), spans())
def test_two_periods_have_two_keys_and_two_labels(one: Span, other: Span) -> None:
    assert (one.key == other.key) == (one == other)
    if one.kind is other.kind:
        assert (one.label == other.label) == (one == other)


@given(spans())
def test_year_before_has_the_same_kind_and_lies_about_a_year_earlier(span: Span) -> None:
    before = span.year_before
    assert before.kind is span.kind
    assert 364 <= (span.last - before.last).days <= 367
    assert 364 <= (span.first - before.first).days <= 367


@given(spans())
def test_year_before_of_year_before_is_two_years_earlier(span: Span) -> None:
    before = span.year_before.year_before
    assert (before.last.year, before.last.month) == (span.last.year - 2, span.last.month)
    assert abs(before.last.day - span.last.day) <= 1


@given(days, st.integers(1, 4))
def test_four_quarters_before_are_the_year_before(on: date, number: int) -> None:
    span = quarter(on.year, number)
    back = span
    for _ in range(4):
        earlier = back.quarter_before
        assert earlier is not None
        assert earlier.last == back.first - timedelta(days=1)
        back = earlier
    assert back == span.year_before


@given(st.sampled_from([kind for kind in Kind if kind is not Kind.SPAN]), days)
def test_periods_of_a_kind_tile_the_calendar(kind: Kind, on: date) -> None:
    """Every day lies in one, and the day after it begins the next: none is lost or repeated."""
    span = Span.containing(kind, on)
    assert span.first <= on <= span.last
    if kind not in {Kind.ROLLING_YEAR, Kind.SNAPSHOT}:
        following = Span.containing(kind, span.last + timedelta(days=1))
        assert following.first == span.last + timedelta(days=1)
        assert not span.overlaps(following)


@given(days)
def test_a_rolling_year_and_the_one_before_meet(on: date) -> None:
    span = Span.containing(Kind.ROLLING_YEAR, on)
    assert span.year_before.last == span.first - timedelta(days=1)
    assert (span.last - span.first).days + 1 in {365, 366}
    leap_days = [
        date(year, 2, 29)
        for year in range(span.first.year, span.last.year + 1)
        if year % 4 == 0 and span.first <= date(year, 2, 29) <= span.last
    ]
    assert (span.last - span.first).days + 1 == 365 + len(leap_days)


@given(spans(), spans())
def test_overlap_is_sharing_a_day(one: Span, other: Span) -> None:
    assert one.overlaps(other) == (max(one.first, other.first) <= min(one.last, other.last))
    assert one.overlaps(other) == other.overlaps(one)
