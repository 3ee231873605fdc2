"""Numbers as people write them in files: understood, or refused in words."""

from datetime import date
from decimal import Decimal

import pytest

from metrics.upload import cells
from metrics.upload.cells import Cell, Fault, Number, Percent, number_of, words_of
from metrics.upload.refusals import Unreadable


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("12", "12", ""),
        (" 12 ", "12", ""),
        ("12.50", "12.50", ""),
        ("1,234", "1234", cells.GROUPS),
        ("1,234,567.5", "1234567.5", cells.GROUPS),
        ("1 234", "1234", cells.GROUPS),
        ("1\u00a0234", "1234", cells.GROUPS),
        ("1\u2009234", "1234", cells.GROUPS),
        ("12\u00a0", "12", ""),
        ("１２３", "123", cells.WIDTHS),
        ("１，２３４", "1234", cells.WIDTHS),
        ("−5", "-5", ""),
        ("–5", "-5", ""),
        ("- 5", "-5", ""),
        ("+5", "5", ""),
        ("12.", "12", ""),
        (".5", "0.5", ""),
        ("1,234.", "1234", cells.GROUPS),
        (Decimal("12.25"), "12.25", ""),
        (Decimal("3.33333333333"), "3.333333", cells.ROUNDED),
    ],
    ids=[
        "plain",
        "spaces around",
        "decimals",
        "thousands separator",
        "two thousands separators",
        "space between thousands",
        "non-breaking space between thousands",
        "thin space between thousands",
        "non-breaking space after",
        "full-width digits",
        "full-width thousands separator",
        "minus sign",
        "dash for minus",
        "hyphen and space for minus",
        "plus sign",
        "point without decimals, as a spreadsheet shows it",
        "point without a nought before it",
        "thousands separator and point without decimals",
        "number of a workbook",
        "more decimals than are kept",
    ],
)
def test_number_is_understood(cell: Cell, value: str, said: str) -> None:
    assert number_of(cell) == Number(Decimal(value), said)


@pytest.mark.parametrize("cell", ["", "  ", "\u00a0"])
def test_empty_cell_is_no_number(cell: str) -> None:
    assert number_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("twelve", "“twelve” is not a number."),
        ("12 (est.)", "such as 1234 or 12.5. What is to be said beside it goes into the note."),
        ("12*", "goes into the note."),
        ("about 12", "goes into the note."),
        ("Not available", "“Not available” may mean none or not known."),
        ("zero", "Enter 0 for none"),
        ("1,23", "may have a decimal comma"),
        ("1.234,5", "may have a decimal comma"),
        ("12,34,567", "is not a number"),
        ("-", "may mean none or not known"),
        ("–", "may mean none or not known"),
        ("n/a", "may mean none or not known"),
        ("..", "may mean none or not known"),
        ("[x]", "may mean none or not known"),
        ("z", "may mean none or not known"),
        ("#DIV/0!", "shows an error, #DIV/0!."),
        ("#N/A", "shows an error, #N/A."),
        (".", "may mean none or not known"),
        ("<5", "hides a number"),
        ("*", "hides a number"),
        ("c", "hides a number"),
        ("£12", "is an amount of money"),
        ("24%", "This is a percentage, 24%"),
        (Percent(Decimal(24)), "This is a percentage, 24%"),
        ("1e5", "is not a number"),
        ("=6+6", "is not a number"),
        ("9" * 16, "too large"),
        (date(2026, 4, 3), "This is a date, 3 April 2026."),
        (Fault("It is broken. Mend it."), "It is broken. Mend it."),
    ],
    ids=[
        "word",
        "estimate",
        "star after",
        "about",
        "not available",
        "zero",
        "decimal comma",
        "decimal comma after thousands",
        "groups of two digits",
        "hyphen for a number",
        "dash for a number",
        "not applicable",
        "dots for a number",
        "marker in brackets",
        "marker of what does not apply",
        "error saved as text",
        "error of a search saved as text",
        "point for a number",
        "less than",
        "star",
        "marker in the place of a number",
        "pound sign",
        "percent sign",
        "number shown as a percentage",
        "power of ten",
        "formula as text",
        "very long number",
        "date",
        "fault of the workbook",
    ],
)
def test_what_may_mean_two_things_is_refused(cell: Cell, said: str) -> None:
    with pytest.raises(Unreadable, match=r"\w") as found:
        number_of(cell)
    assert said in str(found.value)


def test_signs_count_where_they_fit_the_unit() -> None:
    assert number_of("£1,234.50", unit="money") == Number(Decimal("1234.50"), cells.SIGNS)
    assert number_of("￡12", unit="money") == Number(Decimal(12), cells.SIGNS)
    assert number_of("24 %", unit="percent") == Number(Decimal(24))
    assert number_of(Percent(Decimal("24.5")), unit="percent") == Number(Decimal("24.5"))


def test_apostrophe_of_our_own_exports_is_taken_off_again() -> None:
    assert words_of("'=1+1") == "=1+1"
    assert words_of("''=1+1") == "'=1+1"
    assert words_of("'tis  so") == "'tis so"
