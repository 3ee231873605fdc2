"""Blocks as objects: what they say, without a template."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from metrics.arithmetic.change import ChangeResult
from metrics.arithmetic.reading import Reading
from metrics.charts.spec import Kind
from metrics.wording import change_cell, over_time_words, when_words
from reports.blocks.data import IndicatorData, Instead, Series, Version
from reports.blocks.figures import Figure, IndicatorBlock, text_of
from reports.blocks.indicator import indicator_block
from tests.reports.data import (
    COUNT,
    PERCENT,
    PRINTED,
    RATE,
    compared,
    count,
    indicator,
    observed,
    quotient,
    referrals,
    rounded,
)


def block_of(data: IndicatorData) -> IndicatorBlock[Figure]:
    return indicator_block(data, Figure)


def said(block: IndicatorBlock[Figure]) -> list[str]:
    return [text_of(sentence) for sentence in block.sentences]


def printed(block: IndicatorBlock[Figure]) -> list[list[str]]:
    return [[row.header, *map(text_of, row.cells)] for row in block.table.rows]


def noted(block: IndicatorBlock[Figure]) -> list[str]:
    return [text_of(note) for note in block.notes]


def test_block_of_one_figure_says_it_with_its_change() -> None:
    block = block_of(referrals())
    assert said(block) == [
        "Referrals to children's social care: 5,135 in 2018-19 to 4,368 in 2019-20, "
        "down 767 (14.9%).",
        "Not tested: several can be of one family, and there are too few earlier figures to allow "
        "for that.",
    ]
    assert printed(block) == [
        ["2018-19", "5,135", "not compared"],
        ["2019-20", "4,368", "−767 (−14.9%)"],
    ]
    assert block.table.caption == "Referrals to children's social care (number)"


def test_every_figure_of_a_block_has_its_number_and_its_address() -> None:
    before, after = (
        "yearly-report:referrals:walsall:2018-19:all@1",
        ("yearly-report:referrals:walsall:2019-20:all@1"),
    )
    percent = Decimal("-14.936709")
    figures = block_of(referrals()).figures
    assert [(f.text, f.value, f.unit, f.part, f.address) for f in figures] == [
        ("5,135", Decimal(5135), "number", "value", before),
        ("4,368", Decimal(4368), "number", "value", after),
        ("down 767", Decimal(-767), "number", "change", after),
        ("14.9%", percent, "% change", "change", after),
        ("5,135", Decimal(5135), "number", "value", before),
        ("4,368", Decimal(4368), "number", "value", after),
        ("−767", Decimal(-767), "number", "change", after),
        ("−14.9%", percent, "% change", "change", after),
    ]  # fmt: skip


def test_chart_of_a_block_has_the_numbers_of_its_table() -> None:
    chart = block_of(referrals()).chart
    assert chart is not None
    assert chart.kind is Kind.BARS
    assert [(p.label, p.value, p.text) for p in chart.series[0].points] == [
        ("2018-19", Decimal(5135), "5,135"),
        ("2019-20", Decimal(4368), "4,368"),
    ]


@pytest.mark.parametrize(
    ("measure", "before", "after"),
    [
        (COUNT, count(134), count(192)),
        (COUNT, count(0), count(1)),
        (COUNT, count(7), count(7)),
        (PERCENT, quotient(19, 100), quotient(24, 100)),
        (PERCENT, rounded("19"), rounded("24")),
        (RATE, rounded("86"), rounded("65")),
        (RATE, quotient(12, 60_000, RATE), quotient(18, 60_000, RATE)),
    ],
)
def test_sentence_and_table_are_the_wording_of_the_change(
    measure: object, before: Reading, after: Reading
) -> None:
    data = indicator(measure, observed(before, 2018), observed(after, 2019))  # type: ignore[arg-type]
    move = data.moved[-1]
    assert move.before is not None
    times = when_words(move.before.span), when_words(move.after.span)
    sides = move.change, before, after, data.measure
    block = block_of(data)
    assert said(block)[0] == f"Referrals: {over_time_words(*sides, times)}."
    assert printed(block)[-1][-1] == change_cell(*sides)


def test_figure_without_one_before_says_why_there_is_no_change() -> None:
    block = block_of(indicator(COUNT, observed(count(12), 2019)))
    assert said(block) == ["Referrals: 12 in 2019-20.", "There is no figure for the year before."]
    assert block.chart is None


def test_missing_figure_is_a_marker_with_its_meaning_and_its_reason() -> None:
    missing = observed(Reading(marker="x"), 2019, notes=("Awaited from the police.",))
    block = block_of(indicator(COUNT, observed(count(12), 2017), observed(count(9), 2018), missing))
    assert said(block) == ["Referrals in 2019-20: not available."]
    assert printed(block)[-1] == ["2019-20", "[x]", "not compared"]
    assert block.marks == (("[x]", "not available"),)
    assert noted(block) == ["Walsall, 2019-20: Awaited from the police."]


def test_caution_is_said_beside_the_change() -> None:
    data = indicator(COUNT, observed(count(134), 2018), observed(count(192), 2019))
    careful = replace(data.moved[-1].change, caution="Recording changed.")
    data = replace(data, moved=(data.moved[0], replace(data.moved[-1], change=careful)))
    assert said(block_of(data))[-1] == "Recording changed."


def test_comparators_of_the_same_period_are_named_with_their_figures() -> None:
    england = Series("England", (observed(rounded("56"), 2019, "England", PRINTED),))
    data = indicator(
        RATE, observed(rounded("86"), 2018), observed(rounded("65"), 2019), others=(england,)
    )
    block = block_of(data)
    assert said(block)[-1] == "Beside others in 2019-20: above England (56)."
    assert printed(block) == [
        ["2018-19", "86", "not compared", "[x]"],
        ["2019-20", "65", "−21 (about −24%)", "56"],
    ]
    assert block.chart is not None
    assert [series.name for series in block.chart.comparators] == ["England"]


def test_of_many_comparators_a_chart_draws_england_region_and_median() -> None:
    kinds = {
        "Median": "median",
        "Black Country": "sub-region",
        "West Midlands": "region",
        "England": "country",
    }
    others = tuple(
        Series(area, (observed(rounded("60"), 2019, area, PRINTED),), kind=kind)
        for area, kind in kinds.items()
    )
    own = (observed(rounded("86"), 2018), observed(rounded("65"), 2019))
    chart = block_of(indicator(RATE, *own, others=others)).chart
    assert chart is not None
    drawn = [series.name for series in chart.comparators]
    assert drawn == ["Median", "West Midlands", "England"]
    assert chart.title == "Referrals, Walsall (in the table only: Black Country)"
    chart = block_of(indicator(RATE, *own, others=others[1:])).chart
    assert chart is not None
    assert chart.title == "Referrals, Walsall"


def test_break_is_in_chart_and_said_once() -> None:
    data = indicator(COUNT, observed(count(129), 2018), observed(count(350), 2019))
    words = "The police report all missing children."
    broken = Version(date(2019, 4, 1), words, breaks=True)
    gone = ChangeResult(reason=f"Not comparable with the year before. {words}")
    data = replace(
        data, versions=(broken,), moved=(data.moved[0], replace(data.moved[-1], change=gone))
    )
    block = block_of(data)
    assert said(block) == [
        "Referrals: 350 in 2019-20.",
        "From 1 April 2019: The police report all missing children. "
        "Not comparable with what came before.",
    ]
    assert noted(block) == []
    assert block.chart is not None
    assert [jump.label for jump in block.chart.breaks] == ["2019-20"]


def test_what_affected_a_change_is_said_once_with_the_rest_of_its_caution() -> None:
    data = indicator(COUNT, observed(count(134), 2018), observed(count(192), 2019))
    version = Version(date(2019, 4, 1), "Recording changed.", breaks=False)
    old = Version(date(2010, 4, 1), "Counted anew.", breaks=False)
    careful = replace(
        data.moved[-1].change, caution="Recording changed. This figure is provisional."
    )
    moved = (data.moved[0], replace(data.moved[-1], change=careful))
    block = block_of(replace(data, versions=(old, version), moved=moved))
    assert said(block)[-2:] == [
        "From 1 April 2019: Recording changed. Compare with care.",
        "This figure is provisional.",
    ]
    assert noted(block) == ["From 1 April 2010: Counted anew. Compare with care."]


def test_words_without_a_number_are_told_as_what_they_are() -> None:
    block = block_of(indicator(COUNT, observed(Reading(words="low"), 2019)))
    assert said(block) == ["Referrals in 2019-20: low."]


def test_area_of_which_no_figure_is_given_has_no_column_and_keeps_its_note() -> None:
    nothing = observed(Reading(marker="x"), 2019, "Region", notes=("No data.",), code="plans")
    others = (*compared().others, Series("Region", (nothing,)))
    block = block_of(replace(compared(), others=others))
    assert [column.text for column in block.table.columns] == [
        "Period",
        "Walsall",
        "Change on the year before",
        "Neighbours",
        "England",
    ]
    assert "Region, 2019-20: No data." in noted(block)


def test_same_note_on_several_figures_is_printed_once() -> None:
    note = ("Printed as a word.",)
    data = indicator(
        COUNT, observed(count(8), 2018, notes=note), observed(count(9), 2019, notes=note)
    )
    assert noted(block_of(data)) == ["Walsall, 2018-19; Walsall, 2019-20: Printed as a word."]


def test_figure_that_gave_way_is_noted_with_its_address_and_rule() -> None:
    data = indicator(RATE, observed(rounded("65"), 2019))
    other = observed(rounded("66"), 2019, code="again")
    seen = replace(data.newest, instead=(Instead(other, "The section is preferred."),))
    block = block_of(replace(data, own=replace(data.own, observations=(seen,))))
    assert noted(block) == [
        "Walsall, 2019-20: The source also gives 66 per 10,000. The section is preferred."
    ]
    assert [figure.address for figure in block.figures][-1] == other.address
    assert [origin.address for origin in block.origins] == [seen.address, other.address]


def test_more_than_four_periods_are_a_line() -> None:
    own = [observed(count(100 + year), year) for year in range(2014, 2020)]
    chart = block_of(indicator(COUNT, *own)).chart
    assert chart is not None
    assert chart.kind is Kind.LINE


def test_origins_name_every_address_of_the_block() -> None:
    block = block_of(referrals())
    assert {origin.address for origin in block.origins} == {f.address for f in block.figures}
    assert [origin.stated for origin in block.origins] == ["5,135", "4,368"]


def test_changes_have_a_column_only_where_a_row_has_one() -> None:
    def headers(*years: int) -> list[str]:
        data = indicator(COUNT, *(observed(count(40 + year), year) for year in years))
        return [column.text for column in indicator_block(data, Figure).table.columns]

    assert headers(2018, 2019) == ["Period", "Walsall", "Change on the year before"]
    assert headers(2017, 2019) == ["Period", "Walsall"]
