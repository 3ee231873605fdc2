"""Files whose meaning is plain, though no template looks like them: taken, and said."""

from decimal import Decimal

import pytest

from metrics.upload.entered import REASON_BESIDE_NUMBER
from metrics.upload.matching import HEADINGS_AGAIN, WITHOUT_FIGURE, WORDS_ALONE
from metrics.upload.places import TOTALS
from metrics.upload.texts import NOT_THIS_WRITING
from tests.metrics.upload.files import csv_file, xlsx_file
from tests.metrics.upload.test_matching import match, planned
from tests.metrics.upload.test_reading import TWELVE, read, refusal
from tests.world import World


@pytest.mark.parametrize(
    "content",
    [
        csv_file("Return, of Q2, police", "by A, B", "Code\tValue", "referrals\t12"),
        csv_file("Code;Value;Note", "referrals;12;a, b, c, d", "timely;;e, f, g, h"),
        csv_file("Code,Value,Note", 'referrals,12,"a; b; c"'),
        csv_file("Code|Value", "referrals|12"),
        csv_file("Code, Value", 'referrals, "12"'),
        csv_file("Code,Value" + ", " * 300, "referrals,12" + ", " * 300),
        b"Code,Value\rreferrals,12\r",
    ],
    ids=[
        "tabs under a title with commas",
        "semicolons beside notes with commas",
        "commas beside a note with semicolons",
        "bars",
        "space before a quotation mark",
        "spaces beyond the hundredth column",
        "carriage returns alone",
    ],
)
def test_columns_are_told_apart(content: bytes) -> None:
    assert read(content)[:1] == TWELVE


def test_text_of_unknown_letters_is_refused_with_what_to_save() -> None:
    assert refusal(b"Code,Value,Note\nreferrals,12,caf\x81\n") == NOT_THIS_WRITING


@pytest.mark.parametrize("name", ["Total", "TOTALS", "Grand total:", "Sub-total", "Overall"])
def test_rows_of_totals_are_left_out_and_counted(world: World, name: str) -> None:
    found = match(world, "Code,Value", "referrals,12", f"{name},12")
    assert (len(found.lines), found.refused, dict(found.left_out)) == (1, [], {TOTALS: 1})


def test_headings_that_stand_again_are_left_out_and_counted(world: World) -> None:
    found = match(world, "Code,Value", "referrals,12", "Code,Value")
    assert (len(found.lines), found.refused, dict(found.left_out)) == (1, [], {HEADINGS_AGAIN: 1})


@pytest.mark.parametrize("words", [",,late", ",a note,"])
def test_words_beside_no_figure_are_not_lost_in_silence(world: World, words: str) -> None:
    found = match(world, "Code,Value,Note,Reason", f"referrals,{words}")
    assert dict(found.left_out) == {WITHOUT_FIGURE: 1}
    assert found.said == {WORDS_ALONE: ["2"]}


def test_reason_beside_a_number_is_not_lost_in_silence(world: World) -> None:
    found = match(world, "Code,Value,Reason", "referrals,12,the system was down")
    assert found.said == {REASON_BESIDE_NUMBER: ["2"]}
    assert found.lines[0].entry.marker_reason == ""


def test_code_with_a_letter_of_another_alphabet_names_the_letter(world: World) -> None:
    (refused,) = planned(world, "Code,Value", "ref\u0435rrals,12").refused
    assert "Its “\u0435” is no letter from a to z" in refused.what


def test_provisional_may_be_true_in_a_workbook(world: World) -> None:
    content = xlsx_file(("Code", "Value", "Provisional"), ("referrals", 12, True))
    found = match(world, content=content)
    assert [line.entry.flags for line in found.lines] == ["p"]


@pytest.mark.parametrize("row", ["referrals,1,234", "referrals,12,,a, b"])
def test_sign_that_divides_a_number_is_not_passed_over(world: World, row: str) -> None:
    """Else 1,234 is 1, and nobody sees the rest."""
    (refused,) = planned(world, "Code,Value", row).refused
    assert refused.what.startswith("The row has more cells than there are headings.")


def test_what_stands_beside_the_table_of_a_workbook_divides_nothing(world: World) -> None:
    content = xlsx_file(("Code", "Value"), ("referrals", 12, None, "Ask the team."))
    assert read(content, "a.xlsx") == [("referrals", Decimal(12))]
