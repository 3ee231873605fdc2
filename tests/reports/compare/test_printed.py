"""A figure read back from what a report prints."""

from decimal import Decimal

import pytest

from metrics.arithmetic.reading import Reading
from metrics.wording import value_cell
from reports.compare.printed import best_of, reading_of_printed
from reports.models import PrintedFigure


def printed(text: str, value: str | None, marker: str = "") -> PrintedFigure:
    return PrintedFigure(
        text=text, value=None if value is None else Decimal(value), marker=marker, unit="%"
    )


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("4,368", "4368", "4,368"),
        ("4,368 [r]", "4368", "4,368 [r]"),
        ("23.1%", "23.056747", "23.1"),
        ("65 per 10,000", "65", "65"),
        ("65 per 10,000, highest of 3", "65", "65"),
        ("240 children", "240", "240"),
        ("−£1,234", "-1234", "−1,234"),
        ("about 100", "100", "about 100"),
        ("fewer than 6", "6", "fewer than 6"),
        ("between 5 and 10", "5", "between 5 and 10"),
        ("285 of 4,531 (6.3%)", "6.29", "285 of 4,531 (6.3%)"),
    ],
)
def test_a_number_is_taken_where_the_text_gives_it(text: str, value: str, shown: str) -> None:
    assert value_cell(reading_of_printed(printed(text, value))) == shown


def test_a_bound_and_words_are_no_numbers_to_compare() -> None:
    assert reading_of_printed(printed("fewer than 6", "6")).is_limit
    assert reading_of_printed(printed("between 5 and 10", "5")).value is None


def test_a_mark_stays_a_mark() -> None:
    assert reading_of_printed(printed("[c]", None, "c")) == Reading(marker="c")
    assert reading_of_printed(printed("some", None)) == Reading(words="some")


def test_of_several_places_the_one_counts_that_qualifies_most() -> None:
    doubted = printed("33 [d]", "33")
    assert best_of([printed("33", "33"), doubted])[0] is doubted
    part = printed("33 [3 of 4]", "33")
    assert not best_of([printed("33", "33"), part])[1].complete
