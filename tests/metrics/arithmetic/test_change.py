from decimal import Decimal

import pytest

from metrics.arithmetic.change import ChangeResult, change_of
from metrics.arithmetic.reading import Measure, Reading
from partnerships.amounts import half_up

COUNT = Measure("count", kind_of_count="clustered")
PERCENT = Measure("percent", kind_of_count="proportion")
RATE = Measure("rate", 10_000, "independent")
MONEY = Measure("money")


def of(value: str, **parts: object) -> Reading:
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return Reading(number, decimals=max(0, -exponent), **parts)  # type: ignore[arg-type]


def share(part: int, whole: int, scale: int = 100, decimals: int = 1) -> Reading:
    return Reading(
        half_up(Decimal(part) / Decimal(whole) * scale, decimals),
        numerator=Decimal(part),
        denominator=Decimal(whole),
        decimals=decimals,
    )


@pytest.mark.parametrize(
    ("before", "after", "absolute", "percent"),
    [
        ("5135", "4368", "-767", "-14.936709"),  # not -17.6, which divides by the new value
        ("134", "192", "58", "43.283582"),
        ("606", "535", "-71", "-11.716172"),
        ("614", "671", "57", "9.283388"),
        ("0", "1", "1", None),
        ("1", "0", "-1", "-100"),
        ("0", "0", "0", None),
    ],
)
def test_change_of_counts(before: str, after: str, absolute: str, percent: str | None) -> None:
    change = change_of(of(before), of(after), COUNT)
    assert change.absolute == Decimal(absolute)
    assert change.percent == (None if percent is None else Decimal(percent))
    assert (change.points, change.rounding_low, change.rounding_high) == (None, None, None)


def test_change_of_printed_rates_has_the_interval_that_rounding_leaves() -> None:
    change = change_of(of("86"), of("65"), RATE)
    assert change == ChangeResult(
        absolute=Decimal(-21),
        percent=Decimal("-24.418605"),
        rounding_low=Decimal("-25.433526"),
        rounding_high=Decimal("-23.391813"),
        state="not-tested",
        rule="rounded:no-numerators:1",
    )


def test_change_of_printed_percentages_is_in_points() -> None:
    change = change_of(of("19"), of("24"), PERCENT)
    assert change == ChangeResult(
        absolute=Decimal(5),
        points=Decimal(5),
        rounding_low=Decimal(4),
        rounding_high=Decimal(6),
        state="not-tested",
        rule="rounded:no-numerators:1",
    )


def test_change_from_a_printed_zero_rate_bounds_the_difference() -> None:
    change = change_of(of("0"), of("3"), RATE)
    assert (change.percent, change.absolute) == (None, Decimal(3))
    assert (change.rounding_low, change.rounding_high) == (Decimal("2"), Decimal("3.5"))


def test_change_uses_unrounded_values_where_both_have_them() -> None:
    change = change_of(share(190, 1000), share(241, 1000), PERCENT)
    assert change.points == Decimal("5.1")
    assert (change.rounding_low, change.rule) == (None, "unrounded:newcombe:1")


def test_change_between_unrounded_and_printed_is_as_rough_as_the_printed_one() -> None:
    change = change_of(of("19"), share(241, 1000), PERCENT)
    assert change.points == Decimal("5.1")
    assert (change.rounding_low, change.rounding_high) == (Decimal("4.6"), Decimal("5.6"))
    assert change.state == "not-tested"


def test_change_of_money_below_zero_has_no_percentage() -> None:
    change = change_of(of("-5000"), of("3000"), MONEY)
    assert (change.absolute, change.percent) == (Decimal(8000), None)


def test_change_from_next_to_nothing_has_no_percentage_that_no_column_holds() -> None:
    change = change_of(of("0.000001"), of("90000000"), MONEY)
    assert change.percent is None
    assert change.absolute == Decimal("89999999.999999")


@pytest.mark.parametrize(
    ("before", "after", "against", "reason", "rule"),
    [
        (None, of("1"), "year-before", "There is no figure for the year before.", "missing"),
        (None, of("1"), "period-before", "There is no figure for the quarter before.", "missing"),
        (of("1"), Reading(marker="x"), "year-before", "This figure is not available.", "after-x"),
        (None, Reading(marker="c"), "year-before", "This figure is confidential.", "after-c"),
        (
            Reading(marker="u"),
            of("1"),
            "year-before",
            "The figure for the year before is too unreliable to publish.",
            "before-u",
        ),
        (
            of("1"),
            Reading(words="low"),
            "year-before",
            "This figure is given in words only.",
            "after-words",
        ),
        (
            of("1", complete=False, parts=(3, 4)),
            of("1"),
            "year-before",
            "The total for the year before has 3 of 4 quarters.",
            "before-incomplete",
        ),
        (
            of("1"),
            of("1", complete=False),
            "year-before",
            "This total is incomplete.",
            "after-incomplete",
        ),
        (
            of("20", qualifier="at-least"),
            of("1"),
            "year-before",
            "The figure for the year before is given as at least, not as one number.",
            "before-at-least",
        ),
    ],
)
def test_no_change_says_why(
    before: Reading | None, after: Reading, against: str, reason: str, rule: str
) -> None:
    change = change_of(before, after, COUNT, against=against)  # type: ignore[arg-type]
    assert change == ChangeResult(reason=reason, rule=f"none:{rule}:1")


def test_no_change_across_a_break() -> None:
    change = change_of(of("5"), of("9"), COUNT, break_between="Contacts are counted anew.")
    assert change == ChangeResult(
        reason="Not comparable with the year before. Contacts are counted anew.",
        rule="none:break:1",
    )


def test_no_change_where_the_source_marks_a_break() -> None:
    change = change_of(of("5"), of("9", flags="b"), COUNT)
    assert change.reason == (
        "Not comparable with the year before. The source marks a break in the series."
    )


def test_change_from_the_first_figure_after_a_break_is_computed() -> None:
    assert change_of(of("5", flags="b"), of("9"), COUNT).absolute == 4


def test_change_of_an_affected_series_carries_its_caution() -> None:
    change = change_of(of("134"), of("192"), COUNT, caution="Recording changed in 2019.")
    assert (change.absolute, half_up(change.percent or Decimal(0), 1)) == (
        Decimal(58),
        Decimal("43.3"),
    )
    assert change.caution == "Recording changed in 2019."


@pytest.mark.parametrize(
    ("flags", "caution"),
    [
        ("p", "This figure is provisional."),
        ("r", ""),
        ("d", "This figure is doubted."),
        ("ef", "This figure is estimated. This figure is a forecast."),
    ],
)
def test_change_says_what_to_be_careful_about(flags: str, caution: str) -> None:
    assert change_of(of("5"), of("9", flags=flags), COUNT).caution == caution


def test_change_with_an_approximate_figure_is_approximate_and_not_tested() -> None:
    events = Measure("count", kind_of_count="independent")
    change = change_of(of("100", qualifier="about"), of("300"), events)
    assert change.rule == "about:not-plain:1"
    assert change.state == "not-tested"
    assert change.caution == "The figure for the year before is approximate."


def test_change_with_a_numerator_of_something_else_is_said_and_not_tested() -> None:
    odd = Reading(Decimal(28), numerator=Decimal(2), denominator=Decimal(7))
    change = change_of(share(100, 400), odd, PERCENT)
    assert change.caution == "This figure is not what its numerator and denominator give."
    assert change.state == "not-tested"


def test_long_words_are_cut_to_what_can_be_stored() -> None:
    change = change_of(of("5"), of("9"), COUNT, break_between="word " * 80)
    assert len(change.reason) <= 300
    assert change.reason.endswith("word…")


# States


def test_rates_of_12_and_18_in_60000_show_no_clear_change() -> None:
    change = change_of(share(12, 60_000, 10_000), share(18, 60_000, 10_000), RATE)
    assert (change.absolute, change.percent) == (Decimal(1), Decimal(50))
    assert change.state == "no-clear-change"
    assert change.rule == "unrounded:conditional-binomial:1"


def test_rates_far_apart_are_clearly_different() -> None:
    low, high = share(200, 60_000, 10_000), share(300, 60_000, 10_000)
    assert change_of(low, high, RATE).state == "clearly-higher"
    assert change_of(high, low, RATE).state == "clearly-lower"


@pytest.mark.parametrize(
    ("after", "p", "state"), [("541", 0.0521, "no-clear-change"), ("542", 0.0485, "clearly-higher")]
)
def test_the_line_is_drawn_at_five_in_a_hundred(after: str, p: float, state: str) -> None:
    change = change_of(of("478"), of(after), Measure("count", kind_of_count="independent"))
    assert change.p is not None
    assert (round(change.p, 4), change.state) == (p, state)


def test_few_events_on_both_sides_are_too_few_to_tell() -> None:
    nine, zero = share(9, 60_000, 10_000), share(0, 60_000, 10_000)
    assert change_of(nine, zero, RATE).state == "too-few"
    ten = share(10, 60_000, 10_000)
    assert change_of(ten, zero, RATE).state == "clearly-lower"


def test_a_ratio_without_upper_bound_has_none() -> None:
    change = change_of(share(0, 60_000, 10_000), share(12, 60_000, 10_000), RATE)
    assert change.high is None
    assert change.low is not None
    assert change.low > 1


def test_events_are_tested_as_numbers_in_periods_of_one_length() -> None:
    independent = Measure("count", kind_of_count="independent")
    assert change_of(of("614"), of("671"), independent).state == "no-clear-change"
    assert change_of(of("5135"), of("4368"), independent).state == "clearly-lower"


def test_clustered_events_need_a_dispersion_and_are_harder_to_tell() -> None:
    before, after = of("606"), of("535")
    assert change_of(before, after, COUNT).rule == "exact:few-points:1"
    tight = change_of(before, after, COUNT, dispersion=1.0)
    loose = change_of(before, after, COUNT, dispersion=4.0)
    assert (tight.state, loose.state) == ("clearly-lower", "no-clear-change")
    assert loose.rule == "exact:overdispersed-binomial:1"


@pytest.mark.parametrize(
    ("measure", "overlapping", "rule"),
    [
        (Measure("count"), False, "exact:kind-none:1"),
        (Measure("money", kind_of_count="independent"), False, "exact:no-numerators:1"),
        (Measure("count", kind_of_count="independent"), True, "exact:overlapping:1"),
    ],
)
def test_what_cannot_be_tested_says_why(measure: Measure, overlapping: bool, rule: str) -> None:
    change = change_of(of("500"), of("900"), measure, overlapping=overlapping)
    assert (change.state, change.p, change.low, change.rule) == ("not-tested", None, None, rule)


def test_more_than_a_whole_is_not_tested() -> None:
    """12 places and 20 no-shows really is printed."""
    change = change_of(share(20, 12), share(5, 12), PERCENT)
    assert change.rule == "unrounded:not-a-part:1"
