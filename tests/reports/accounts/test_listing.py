"""A table of many indicators, without rendering."""

from dataclasses import replace
from datetime import date

from metrics.arithmetic.reading import Reading
from partnerships.periods import snapshot
from reports.blocks.data import IndicatorData, Series, Version
from reports.blocks.figures import BlockTable, Figure, text_of
from reports.blocks.listing import Notes, listing, marks_of
from tests.reports.data import (
    COUNT,
    LONG_AGO,
    PERCENT,
    PRINTED,
    compared,
    count,
    indicator,
    observed,
    quotient,
    referrals,
    rounded,
)


def printed(table: BlockTable[Figure]) -> list[list[str]]:
    return [[row.header, *map(text_of, row.cells)] for row in table.rows]


def words(notes: Notes[Figure]) -> tuple[str, ...]:
    return tuple(map(text_of, notes.lines))


def heads(table: BlockTable[Figure]) -> list[str]:
    return [column.text for column in table.columns]


def in_care() -> IndicatorData:
    """A number on one day, without the year before."""
    day = snapshot(date(2020, 3, 31))
    seen = replace(observed(count(671), 2019, public_since=LONG_AGO, source=PRINTED), span=day)
    return replace(indicator(COUNT, seen, name="Children in care"), code="in-care")


def test_listing_has_a_row_for_each_indicator_with_both_years_and_others() -> None:
    table = listing("All", (referrals(), compared()), Figure)
    assert heads(table) == [
        "Indicator", "2018-19", "2019-20", "Change", "England", "Neighbours",
    ]  # fmt: skip
    assert printed(table) == [
        [
            "Referrals to children's social care (number)",
            "5,135", "4,368", "−767 (−14.9%)", "[z]", "[z]",
        ],
        ["Plans started (per 10,000)", "86", "65", "−21 (about −24%)", "56", "64"],
    ]  # fmt: skip


def test_figures_of_a_listing_have_the_addresses_of_the_indicator_s_own_block() -> None:
    table = listing("All", (referrals(),), Figure)
    figures = [part for cell in table.rows[0].cells for part in cell if isinstance(part, Figure)]
    assert [(figure.text, figure.part, figure.address) for figure in figures] == [
        ("5,135", "value", "yearly-report:referrals:walsall:2018-19:all@1"),
        ("4,368", "value", "yearly-report:referrals:walsall:2019-20:all@1"),
        ("−767", "change", "yearly-report:referrals:walsall:2019-20:all@1"),
        ("−14.9%", "change", "yearly-report:referrals:walsall:2019-20:all@1"),
    ]


def test_comparators_stand_in_their_order_whichever_row_names_them_first() -> None:
    def beside(code: str, *areas: tuple[str, int]) -> IndicatorData:
        data = indicator(PERCENT, observed(rounded("20"), 2019))
        others = (
            Series(area, (observed(rounded("21"), 2019, area),), area.lower(), place)
            for area, place in areas
        )
        return replace(data, code=code, others=tuple(others))

    rows = (beside("one", ("England", 3)), beside("two", ("Neighbours", 0), ("England", 3)))
    assert heads(listing("All", rows, Figure))[-2:] == ["Neighbours", "England"]


def test_figure_of_another_period_says_so_and_the_years_are_then_in_words() -> None:
    table = listing("All", (referrals(), in_care()), Figure)
    assert heads(table) == ["Indicator", "Year before", "This year", "Change"]
    assert printed(table)[1] == [
        "Children in care, at 31 March 2020 (number)", "[x]", "671", "not compared",
    ]  # fmt: skip
    assert marks_of((referrals(), in_care())) == (("[x]", "not available"),)


def test_column_says_whether_it_can_be_said_only_where_one_was_tested() -> None:
    tested = indicator(
        PERCENT, observed(quotient(100, 400), 2018), observed(quotient(180, 400), 2019)
    )
    table = listing("All", (tested, referrals()), Figure)
    assert heads(table)[4] == "Can we say that it changed?"
    assert [row[4] for row in printed(table)] == ["Clearly higher", "Not tested"]


def test_figure_that_is_not_compared_has_no_state() -> None:
    tested = indicator(
        PERCENT, observed(quotient(100, 400), 2018), observed(quotient(180, 400), 2019)
    )
    alone = indicator(COUNT, observed(count(12), 2019))
    assert [row[3:] for row in printed(listing("All", (tested, alone), Figure))] == [
        ["+20.0 percentage points", "Clearly higher"],
        ["not compared", "[z]"],
    ]
    assert ("[z]", "not applicable") in marks_of((tested, alone))


def test_note_that_many_figures_share_is_printed_once_with_its_areas() -> None:
    shared = ("The year is not printed.",)

    def one(code: str, *own: str) -> IndicatorData:
        england = observed(rounded("21"), 2019, "England", notes=shared)
        data = indicator(PERCENT, observed(rounded("20"), 2019, notes=own))
        others = (Series("England", (england,), "england", 3),)
        return replace(data, code=code, others=others, moved=())

    rows = (one("first", "Printed twice."), one("second"))
    notes = Notes(rows, Figure)
    assert [row.header for row in listing("All", rows, Figure, notes=notes).rows] == [
        "Referrals (%) [note 1, 2]",
        "Referrals (%) [note 2]",
    ]
    assert words(notes) == (
        "Note 1: Printed twice.",
        "Note 2: England: The year is not printed.",
    )


def test_break_and_caution_are_noted() -> None:
    version = Version(date(2019, 4, 1), "Counted anew.", breaks=True)
    data = replace(referrals(), versions=(version,))
    assert words(Notes((data,), Figure)) == (
        "Note 1: From 1 April 2019: Counted anew. Not comparable with what came before.",
    )


def test_hidden_figure_is_explained_beneath() -> None:
    hidden = indicator(COUNT, observed(Reading(marker="c"), 2019))
    assert marks_of((hidden, referrals())) == (("[x]", "not available"), ("[c]", "confidential"))


def test_listing_without_any_year_before_has_no_column_for_it_nor_for_changes() -> None:
    alone = indicator(COUNT, observed(count(12), 2019))
    table = listing("All", (alone,), Figure)
    assert heads(table) == ["Indicator", "2019-20"]
    assert printed(table) == [["Referrals (number)", "12"]]
    assert marks_of((alone,)) == ()
