"""Every form of every state in plain English, literally."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.arithmetic.change import ChangeResult, change_of
from metrics.arithmetic.comparison import Rank, compare
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.reasons import FLAG_WORDS as CAUTIONS
from metrics.arithmetic.reasons import MARKERS
from metrics.arithmetic.states import NOT_TESTED_BECAUSE, STATES, Outcome
from metrics.wording import (
    FLAG_WORDS,
    MARKER_WORDS,
    STATE_WORDS,
    by_words,
    change_cell,
    interval_words,
    join_words,
    judgement,
    legend,
    list_words,
    moved_words,
    ordinal,
    out_of_words,
    over_time_words,
    range_words,
    rank_words,
    state_words,
    stated_change_words,
    unit_header,
    up_or_down_words,
    value_cell,
    value_words,
    verdict_words,
    versus_words,
    when_words,
)
from partnerships.amounts import number_words
from partnerships.periods import Kind, Span, financial_year, parse, quarter, snapshot

CHILDREN = Measure("count", unit_words="children")
PERCENT = Measure("percent", kind_of_count="proportion")
RATE = Measure("rate", 10_000, "independent")
MONEY = Measure("money")
DAYS = Measure("average", unit_words="days")


def of(value: str, **parts: object) -> Reading:
    exponent = Decimal(value).as_tuple().exponent
    assert isinstance(exponent, int)
    return Reading(Decimal(value), decimals=max(0, -exponent), **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "words"),
    [
        ("5135", 0, False, "5,135"),
        ("-767", 0, False, "−767"),
        ("1234567.85", 1, False, "1,234,567.9"),
        ("-0.04", 1, True, "0.0"),
        ("58", 0, True, "+58"),
        ("0", 0, True, "0"),
    ],
)
def test_number_words(value: str, decimals: int, signed: bool, words: str) -> None:
    assert number_words(Decimal(value), decimals, signed=signed) == words


@pytest.mark.parametrize(
    ("reading", "measure", "sentence", "cell"),
    [
        (of("4368"), CHILDREN, "4,368", "4,368"),
        (of("24"), PERCENT, "24%", "24"),
        (of("95.3"), PERCENT, "95.3%", "95.3"),
        (of("65"), RATE, "65 per 10,000", "65"),
        (of("9.4"), Measure("rate", 1000), "9.4 per 1,000", "9.4"),
        (of("66000"), MONEY, "£66,000", "66,000"),
        (of("-120.50"), MONEY, "−£120.50", "−120.50"),
        (of("12.5"), DAYS, "12.5 days", "12.5"),
        (of("1"), DAYS, "1 day", "1"),
        (of("100", qualifier="about"), CHILDREN, "about 100", "about 100"),
        (of("20", qualifier="at-least"), CHILDREN, "at least 20", "at least 20"),
        (of("20", qualifier="at-most"), CHILDREN, "at most 20", "at most 20"),
        (of("20", qualifier="more-than"), PERCENT, "more than 20%", "more than 20"),
        (of("5", qualifier="fewer-than"), CHILDREN, "fewer than 5", "fewer than 5"),
        (
            of("3", value_upper=Decimal(5), qualifier="between"),
            PERCENT,
            "between 3% and 5%",
            "between 3 and 5",
        ),
        (of("35", complete=False, parts=(3, 4)), CHILDREN, "35 (3 of 4 quarters)", "35 [3 of 4]"),
        (of("35", complete=False), CHILDREN, "35 (incomplete)", "35"),
        (of("35", flags="re"), CHILDREN, "35", "35 [r][e]"),
        (Reading(marker="x"), RATE, "not available", "[x]"),
        (Reading(marker="z"), RATE, "not applicable", "[z]"),
        (Reading(marker="c"), RATE, "confidential", "[c]"),
        (Reading(marker="low"), RATE, "rounds to 0", "[low]"),
        (Reading(marker="k"), RATE, "rounds to 0 in the source", "[k]"),
        (Reading(marker="u"), RATE, "too unreliable to publish", "[u]"),
        (Reading(words="over two thirds"), PERCENT, "over two thirds", "over two thirds"),
    ],
)
def test_value_in_a_sentence_and_in_a_table(
    reading: Reading, measure: Measure, sentence: str, cell: str
) -> None:
    assert (value_words(reading, measure), value_cell(reading)) == (sentence, cell)


def test_value_cell_of_a_place_where_nothing_was_asked_for() -> None:
    assert value_cell(None) == "[z]"


@pytest.mark.parametrize(
    ("value", "words", "expected"),
    [
        ("240", "children", "240 children"),
        ("1", "children", "1 child"),
        ("1", "referrals", "1 referral"),
        ("1", "children in care", "1 child in care"),
        ("0", "episodes", "0 episodes"),
        ("1", "", "1"),
    ],
)
def test_value_with_what_is_counted(value: str, words: str, expected: str) -> None:
    measure = Measure("count", unit_words=words)
    assert value_words(of(value), measure, noun=True) == expected


@pytest.mark.parametrize(
    ("measure", "header"),
    [
        (Measure("count"), "number"),
        (CHILDREN, "children"),
        (PERCENT, "%"),
        (RATE, "per 10,000"),
        (MONEY, "£"),
        (DAYS, "days"),
        (Measure("average"), "average"),
    ],
)
def test_unit_of_a_tables_header(measure: Measure, header: str) -> None:
    assert unit_header(measure) == header


def test_legend_has_what_is_shown_and_no_more() -> None:
    shown = [of("1", flags="pr"), Reading(marker="c"), None, of("2")]
    assert legend(shown) == [
        ("[z]", "not applicable"),
        ("[c]", "confidential"),
        ("[p]", "provisional"),
        ("[r]", "revised"),
    ]


# Changes: cell, by, moved, up or down, over time

CHANGES = [
    (
        CHILDREN, "5135", "4368",
        "−767 (−14.9%)",
        "down 767 (14.9%)",
        "fell from 5,135 to 4,368",
        "down 767 (14.9%), from 5,135 to 4,368",
        "5,135 in 2018-19 to 4,368 in 2019-20, down 767 (14.9%)",
    ),
    (
        CHILDREN, "134", "192",
        "+58 (+43.3%)",
        "up 58 (43.3%)",
        "rose from 134 to 192",
        "up 58 (43.3%), from 134 to 192",
        "134 in 2018-19 to 192 in 2019-20, up 58 (43.3%)",
    ),
    (
        CHILDREN, "0", "1",
        "+1",
        "up 1",
        "rose from 0 to 1",
        "up 1, from 0 to 1",
        "0 in 2018-19 to 1 in 2019-20, up 1",
    ),
    (
        CHILDREN, "606", "606",
        "no change",
        "no change",
        "stayed at 606",
        "no change, at 606",
        "606 in 2018-19 to 606 in 2019-20, no change",
    ),
    (
        CHILDREN, "10000", "10001",
        "+1 (less than 0.1%)",
        "up 1 (less than 0.1%)",
        "rose from 10,000 to 10,001",
        "up 1 (less than 0.1%), from 10,000 to 10,001",
        "10,000 in 2018-19 to 10,001 in 2019-20, up 1 (less than 0.1%)",
    ),
    (
        RATE, "86", "65",
        "−21 (about −24%)",
        "down about 24%",
        "fell from 86 to 65 per 10,000",
        "down about 24%, from 86 to 65 per 10,000",
        "86 per 10,000 in 2018-19 to 65 in 2019-20, down about 24%",
    ),
    (
        RATE, "65", "65",
        "about the same",
        "about the same",
        "stayed at 65 per 10,000",
        "about the same, at 65 per 10,000",
        "65 per 10,000 in 2018-19 to 65 in 2019-20, about the same",
    ),
    (
        RATE, "2", "3",
        "+1 (between 0% and +133%)",
        "up between 0% and 133%",
        "rose from 2 to 3 per 10,000",
        "up between 0% and 133%, from 2 to 3 per 10,000",
        "2 per 10,000 in 2018-19 to 3 in 2019-20, up between 0% and 133%",
    ),
    (
        RATE, "0", "3",
        "+3",
        "up 3 per 10,000",
        "rose from 0 to 3 per 10,000",
        "up 3 per 10,000, from 0 to 3 per 10,000",
        "0 per 10,000 in 2018-19 to 3 in 2019-20, up 3 per 10,000",
    ),
    (
        RATE, "653.2", "612.4",
        "−40.8 (about −6.2%)",
        "down about 6.2%",
        "fell from 653.2 to 612.4 per 10,000",
        "down about 6.2%, from 653.2 to 612.4 per 10,000",
        "653.2 per 10,000 in 2018-19 to 612.4 in 2019-20, down about 6.2%",
    ),
    (
        RATE, "653.27", "612.48",
        "−40.79 (−6.2%)",
        "down 6.2%",
        "fell from 653.27 to 612.48 per 10,000",
        "down 6.2%, from 653.27 to 612.48 per 10,000",
        "653.27 per 10,000 in 2018-19 to 612.48 in 2019-20, down 6.2%",
    ),
    (
        PERCENT, "19", "24",
        "about +5 percentage points",
        "up about 5 percentage points",
        "rose from 19% to 24%",
        "up about 5 percentage points, from 19% to 24%",
        "19% in 2018-19 to 24% in 2019-20, up about 5 percentage points",
    ),
    (
        PERCENT, "24", "23",
        "about −1 percentage point",
        "down about 1 percentage point",
        "fell from 24% to 23%",
        "down about 1 percentage point, from 24% to 23%",
        "24% in 2018-19 to 23% in 2019-20, down about 1 percentage point",
    ),
    (
        PERCENT, "98.2", "95.3",
        "about −2.9 percentage points",
        "down about 2.9 percentage points",
        "fell from 98.2% to 95.3%",
        "down about 2.9 percentage points, from 98.2% to 95.3%",
        "98.2% in 2018-19 to 95.3% in 2019-20, down about 2.9 percentage points",
    ),
    (
        MONEY, "5000", "4200",
        "−£800 (−16.0%)",
        "down £800 (16.0%)",
        "fell from £5,000 to £4,200",
        "down £800 (16.0%), from £5,000 to £4,200",
        "£5,000 in 2018-19 to £4,200 in 2019-20, down £800 (16.0%)",
    ),
    (
        DAYS, "12.5", "13.1",
        "+0.6 (about +5%)",
        "up about 5%",
        "rose from 12.5 to 13.1 days",
        "up about 5%, from 12.5 to 13.1 days",
        "12.5 days in 2018-19 to 13.1 in 2019-20, up about 5%",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "first", "second", "cell", "by", "moved", "up_or_down", "over_time"), CHANGES
)
def test_change_in_its_forms(
    measure: Measure,
    first: str,
    second: str,
    cell: str,
    by: str,
    moved: str,
    up_or_down: str,
    over_time: str,
) -> None:
    before, after = of(first), of(second)
    change = change_of(before, after, measure)
    when = (when_words(financial_year(2018)), when_words(financial_year(2019)))
    assert change_cell(change, before, after, measure) == cell
    assert by_words(change, before, after, measure) == by
    assert moved_words(change, before, after, measure) == moved
    assert up_or_down_words(change, before, after, measure) == up_or_down
    assert over_time_words(change, before, after, measure, when) == over_time


def test_change_of_approximate_figures_is_about() -> None:
    before, after = of("100", qualifier="about"), of("120")
    change = change_of(before, after, CHILDREN)
    assert change_cell(change, before, after, CHILDREN) == "about +20 (about +20%)"
    assert by_words(change, before, after, CHILDREN) == "up about 20 (about 20%)"
    assert moved_words(change, before, after, CHILDREN) == "rose from about 100 to 120"


def test_change_of_unrounded_rates_is_not_about() -> None:
    before = Reading(Decimal("2.0"), numerator=Decimal(12), denominator=Decimal(60_000), decimals=1)
    after = Reading(Decimal("3.0"), numerator=Decimal(18), denominator=Decimal(60_000), decimals=1)
    change = change_of(before, after, RATE)
    assert change_cell(change, before, after, RATE) == "+1.0 (+50.0%)"
    assert moved_words(change, before, after, RATE) == "rose from 2.0 to 3.0 per 10,000"


def test_change_from_what_may_have_been_zero_has_no_upper_end() -> None:
    before, after = Reading(Decimal("0.4"), decimals=0), of("6")
    change = change_of(before, after, RATE)
    assert change.rounding_high is None
    assert by_words(change, before, after, RATE) == "up at least 511%"


@pytest.mark.parametrize(
    ("after", "moved", "up_or_down"),
    [
        (
            of("65"),
            "stood at 65 per 10,000 (there is no figure for the year before)",
            "65 per 10,000 (there is no figure for the year before)",
        ),
        (
            Reading(marker="c"),
            "had no figure (confidential)",
            "confidential",
        ),
    ],
)
def test_no_change_is_told_with_its_reason(after: Reading, moved: str, up_or_down: str) -> None:
    change = change_of(None, after, RATE)
    assert change_cell(change, None, after, RATE) == "not compared"
    assert moved_words(change, None, after, RATE) == moved
    assert up_or_down_words(change, None, after, RATE) == up_or_down


def test_no_change_by_words_and_over_time_are_told_with_the_reason() -> None:
    change = change_of(None, of("65"), RATE)
    assert by_words(change, None, of("65"), RATE) == "there is no figure for the year before"
    assert over_time_words(change, None, of("65"), RATE, ("in 2018-19", "in 2019-20")) == (
        "65 per 10,000 in 2019-20 (there is no figure for the year before)"
    )


# States


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (ChangeResult(state="clearly-higher", rule="unrounded:newcombe:1"), "clearly higher"),
        (ChangeResult(state="clearly-lower", rule="unrounded:newcombe:1"), "clearly lower"),
        (ChangeResult(state="no-clear-change", rule="unrounded:newcombe:1"), "no clear change"),
        (ChangeResult(state="too-few", rule="unrounded:too-few:1"), "too few to tell"),
        (
            ChangeResult(state="not-tested", rule="rounded:no-numerators:1"),
            "not tested: the counts behind it are not known",
        ),
        (
            ChangeResult(state="not-tested", rule="exact:few-points:1"),
            "not tested: several can be of one family, and there are too few earlier figures to "
            "allow for that",
        ),
        (ChangeResult(reason="There is none.", rule="none:missing:1"), ""),
    ],
)
def test_state_in_words(change: ChangeResult, words: str) -> None:
    assert state_words(change) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ChangeResult(state="clearly-higher", rule="unrounded:newcombe:1"),
            "is clearly higher than the year before",
        ),
        (
            ChangeResult(state="clearly-lower", rule="unrounded:newcombe:1"),
            "is clearly lower than the year before",
        ),
        (
            ChangeResult(state="no-clear-change", rule="unrounded:newcombe:1"),
            "is not clearly different from the year before",
        ),
        (
            ChangeResult(state="too-few", rule="unrounded:too-few:1"),
            "is too small a number to tell a change from chance",
        ),
        (
            ChangeResult(state="not-tested", rule="rounded:no-numerators:1"),
            "cannot be tested against the year before, since the counts behind it are not known",
        ),
        (ChangeResult(reason="There is none.", rule="none:missing:1"), ""),
    ],
)
def test_state_at_the_end_of_a_sentence(change: ChangeResult, words: str) -> None:
    assert verdict_words(change) == words


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (of("6.3", numerator=Decimal(285), denominator=Decimal(4531)), "285 of 4,531 (6.3%)"),
        (of("6.3"), "6.3%"),
        (Reading(marker="c"), "confidential"),
    ],
)
def test_percentage_with_the_counts_behind_it(reading: Reading, words: str) -> None:
    assert out_of_words(reading, PERCENT) == words


def test_every_state_marker_and_flag_has_words() -> None:
    assert set(STATES) < set(STATE_WORDS)
    assert set(MARKER_WORDS) == set(MARKERS)
    assert set(CAUTIONS) < set(FLAG_WORDS)
    untested = [outcome.word for outcome in Outcome if outcome < Outcome.CONDITIONAL_BINOMIAL]
    assert set(NOT_TESTED_BECAUSE) == set(untested) - {"too-few"}


def test_methodology_explains_every_symbol_and_state() -> None:
    """In the words that tables use."""
    text = (Path(__file__).parents[2] / "docs" / "methodology.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| \[(\w+)\] \| ([^|:]+?)(?::.*)? \|$", text, flags=re.MULTILINE))
    assert rows == {**MARKER_WORDS, **FLAG_WORDS}
    assert all(words in text for words in STATE_WORDS.values() if "difference" not in words)


@pytest.mark.parametrize(
    ("state", "higher_better", "lower_better", "neutral"),
    [
        ("clearly-higher", "better", "worse", "higher"),
        ("clearly-lower", "worse", "better", "lower"),
        ("no-clear-change", "similar", "similar", "similar"),
        ("no-clear-difference", "similar", "similar", "similar"),
        ("too-few", "", "", ""),
        ("not-tested", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_judgement_only_where_it_is_clear(
    state: str, higher_better: str, lower_better: str, neutral: str
) -> None:
    assert judgement(state, "higher-is-better") == higher_better
    assert judgement(state, "lower-is-better") == lower_better
    assert judgement(state, "neutral") == neutral
    assert judgement(state, "closer-to-comparator") == neutral


@pytest.mark.parametrize(
    ("amount", "unit", "direction", "printed", "words"),
    [
        ("12", "percent", "down", "", "down 12%"),
        ("28.7", "percent", "up", "", "up 28.7%"),
        ("12", "points", "up", "", "up 12 percentage points"),
        ("1", "points", "down", "", "down 1 percentage point"),
        ("-8", "count", "down", "", "down 8"),
        ("3", "multiple", "up", "", "3 times as many"),
        (None, "words", "up", "significantly", "significantly"),
        (None, "words", "down", "", "down"),
        ("0", "percent", "same", "", "no change"),
    ],
)
def test_stated_change(
    amount: str | None, unit: str, direction: str, printed: str, words: str
) -> None:
    number = None if amount is None else Decimal(amount)
    assert stated_change_words(number, unit, direction, printed) == words


# Versus, range, rank, list


@pytest.mark.parametrize(
    ("local", "other", "when", "words"),
    [
        (of("65"), of("56"), "", "above England (56)"),
        (of("65"), of("56"), "in 2018-19", "above England (56 in 2018-19)"),
        (of("50"), of("56"), "", "below England (56)"),
        (of("56"), of("56"), "", "about the same as England (56)"),
        (
            of("65"),
            Reading(marker="x"),
            "",
            "not compared: England is not available",
        ),
        (Reading(marker="c"), of("56"), "", "not compared: this figure is confidential"),
        (
            of("65"),
            of("56", qualifier="at-least"),
            "",
            "not compared with England (at least 56)",
        ),
    ],
)
def test_versus_a_comparator(local: Reading, other: Reading, when: str, words: str) -> None:
    comparison = compare(local, other, RATE)
    assert versus_words(comparison, local, other, RATE, "England", when) == words


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (300, "clearly above England (40)"),
        (180, "clearly below England (40)"),
        (245, "not clearly different from England (40)"),
        (240, "about the same as England (40)"),
    ],
)
def test_versus_with_a_test(events: int, words: str) -> None:
    value = Decimal(events) / 6
    local = Reading(
        value.quantize(Decimal(1)), numerator=Decimal(events), denominator=Decimal(60_000)
    )
    other = of("40")
    assert versus_words(compare(local, other, RATE), local, other, RATE, "England") == words


def test_versus_of_equal_counts_is_the_same() -> None:
    comparison = compare(of("5"), of("5"), CHILDREN)
    assert versus_words(comparison, of("5"), of("5"), CHILDREN, "Solihull") == (
        "the same as Solihull (5)"
    )


def test_range_of_named_figures() -> None:
    figures = [("Walsall", of("65")), ("England", of("56")), ("Solihull", Reading(marker="x"))]
    assert range_words(figures, RATE) == "between 56 (England) and 65 (Walsall) per 10,000"
    assert range_words(figures[:2], PERCENT) == "between 56% (England) and 65% (Walsall)"
    assert range_words(figures[:1], RATE) == "65 per 10,000"
    assert range_words(figures[2:], RATE) == "no figures"


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        (Rank(1, 10, joint=False), "highest of 10"),
        (Rank(1, 10, joint=True), "joint highest of 10"),
        (Rank(3, 10, joint=False), "3rd highest of 10"),
        (Rank(2, 10, joint=True), "joint 2nd highest of 10"),
        (Rank(10, 10, joint=False), "lowest of 10"),
        (None, "not ranked"),
    ],
)
def test_rank_in_words(rank: Rank | None, words: str) -> None:
    assert rank_words(rank) == words


def test_list_of_named_figures() -> None:
    figures = [("police", of("70")), ("health", of("82")), ("GPs", Reading(words="low"))]
    assert list_words(figures, PERCENT) == "police 70%, health 82% and GPs low"
    assert list_words(figures[:2], RATE) == "police 70 and health 82 per 10,000"
    assert list_words([], PERCENT) == "no figures"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (23, "23rd"),
     (111, "111th")],
)  # fmt: skip
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_interval_in_words() -> None:
    assert interval_words(1.0322, 3.4938, 1) == "1.0 to 3.5"


@pytest.mark.parametrize(
    ("parts", "words"),
    [([], ""), (["one"], "one"), (["one", "two"], "one and two"),
     (["one", "two", "three"], "one, two and three")],
)  # fmt: skip
def test_join_in_words(parts: list[str], words: str) -> None:
    assert join_words(parts) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (financial_year(2019), "in 2019-20"),
        (quarter(2019, 3), "in Q3 2019-20"),
        (snapshot(date(2020, 3, 31)), "at 31 March 2020"),
        (parse("year-to-2019-12-31"), "in the year to 31 December 2019"),
        (parse("2019-20-academic"), "in the academic year 2019/20"),
        (parse("2019-20-h1"), "in the first half of 2019-20"),
        (parse("2019-m04"), "in April 2019"),
        (parse("2019"), "in 2019"),
        (
            Span(Kind.SPAN, date(2018, 10, 1), date(2020, 3, 31)),
            "from 1 October 2018 to 31 March 2020",
        ),
    ],
)
def test_when_a_figure_is_of(span: Span, words: str) -> None:
    assert when_words(span) == words
