"""The headlines of a year: what each row says, without rendering."""

from dataclasses import replace

import pytest

from metrics.arithmetic.change import change_of
from metrics.arithmetic.reading import Measure
from reports.accounts.listed import Listed
from reports.accounts.year_in_figures import NO_YEAR_BEFORE, YearData, build
from reports.blocks.data import IndicatorData, Moved
from reports.blocks.figures import AccountBlock, Figure, Paragraph, text_of
from reports.disclosure import PublicFigure, public_account
from tests.reports.data import (
    COUNT,
    PERCENT,
    TODAY,
    count,
    hidden,
    indicator,
    observed,
    quotient,
    referrals,
)

BETTER = Measure("percent", kind_of_count="proportion", polarity="higher-is-better")


def made(*found: IndicatorData, missing: tuple[str, ...] = ()) -> AccountBlock[Figure]:
    return build(YearData("year-in-figures", Listed(found, missing)), Figure)


def rows(block: AccountBlock[Figure]) -> list[list[str]]:
    return [[row.header, *map(text_of, row.cells)] for row in block.tables[0].rows]


def test_headline_says_the_change_in_words_and_that_it_was_not_tested() -> None:
    block = made(referrals())
    assert rows(block) == [
        [
            "Referrals to children's social care",
            "4,368",
            "Down 767 (14.9%) from 5,135. Not tested.",
        ]
    ]
    assert block.notes == (
        "Not tested, because several can be of one family, and there are too few earlier figures "
        "to allow for that: Referrals to children's social care.",
    )


@pytest.mark.parametrize(
    ("measure", "before", "after", "words"),
    [
        (BETTER, 100, 180, "Up 20.0 percentage points from 25.0%. Clearly higher: better."),
        (BETTER, 180, 100, "Down 20.0 percentage points from 45.0%. Clearly lower: worse."),
        (PERCENT, 100, 180, "Up 20.0 percentage points from 25.0%. Clearly higher."),
        (PERCENT, 100, 104, "Up 1.0 percentage point from 25.0%. No clear change."),
    ],
)
def test_tested_change_is_said_and_judged_where_a_direction_is_good(
    measure: Measure, before: int, after: int, words: str
) -> None:
    data = indicator(
        measure, observed(quotient(before, 400), 2018), observed(quotient(after, 400), 2019)
    )
    assert rows(made(data))[0][2] == words


def test_figure_without_one_before_says_so() -> None:
    alone = indicator(COUNT, observed(count(12), 2019))
    assert rows(made(referrals(), alone))[1] == [
        "Referrals",
        "12",
        "There is no figure for the year before.",
    ]


def test_figures_of_which_none_has_a_year_before_say_so_once() -> None:
    alone = indicator(COUNT, observed(count(12), 2019))
    block = made(alone, alone)
    assert [text_of(part.words) for part in block.parts if isinstance(part, Paragraph)] == [
        NO_YEAR_BEFORE
    ]
    assert rows(block) == [["Referrals", "12"]] * 2
    assert [column.text for column in block.tables[0].columns] == ["What is counted", "2019-20"]


def test_break_is_said_shortly_in_its_row_and_wholly_beneath() -> None:
    data = referrals()
    move = data.moved[-1]
    assert move.before is not None
    broken = change_of(
        move.before.reading, move.after.reading, COUNT, break_between="Counted anew. By the day."
    )
    block = made(replace(data, moved=(Moved(move.before, move.after, broken),)))
    assert rows(block)[0][2] == "Not comparable with the year before."
    assert block.notes == (
        "Referrals to children's social care: Not comparable with the year before. "
        "Counted anew. By the day.",
    )


def test_caution_stands_in_the_row_and_is_told_beneath() -> None:
    data = referrals()
    careful = replace(data.moved[-1].change, caution="Recording changed.")
    block = made(replace(data, moved=(replace(data.moved[-1], change=careful),)))
    assert rows(block)[0][2].endswith("Not tested. Compare with care.")
    assert block.notes[-1] == "Referrals to children's social care: Recording changed."


def test_headline_without_a_figure_is_named_beneath() -> None:
    assert made(referrals(), missing=("Never counted",)).notes[-1] == (
        "No figure of this year: Never counted."
    )


def test_every_figure_of_the_headlines_has_an_address() -> None:
    assert [figure.address.split(":")[3] for figure in made(referrals()).figures] == [
        "2019-20", "2019-20", "2019-20", "2018-19",
    ]  # fmt: skip


def test_hidden_headline_says_neither_the_figure_nor_its_change() -> None:
    data = YearData("year-in-figures", Listed((hidden(),), ()))
    block: AccountBlock[PublicFigure] = public_account(data, build, sources={}, on=TODAY)
    [row] = block.tables[0].rows
    assert [text_of(cell) for cell in row.cells] == ["confidential", "This figure is confidential."]
    assert block.notes == ()
    assert [figure.value for figure in block.figures] == [None]
