"""The figures as CSV: the rows, and what a spreadsheet would make of them."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.exports import plain
from reports.blocks.figures import Figure
from reports.blocks.indicator import indicator_block
from reports.disclosure import NotPublic, public_form
from reports.editions.content import ReportContent
from reports.outputs.csv_file import COLUMNS, csv_of
from tests.reports.data import COUNT, TODAY, count, hidden, indicator, observed, referrals, report


def read(content: ReportContent) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_of(content))))


def titled(title: str) -> str:
    """What the CSV has for a section of this title."""
    content = report()
    section = replace(content.sections[0], title=title)
    return read(replace(content, sections=(section,)))[0]["section"]


def test_csv_has_a_row_for_each_figure_in_reading_order() -> None:
    content = report()
    assert [tuple(row.values()) for row in read(content)] == [
        (f.address, section, f.text, plain(f.value), f.marker, f.unit)
        for section, f in content.figures
    ]
    assert tuple(read(content)[0]) == COLUMNS


def test_csv_has_no_byte_order_mark_and_ends_its_lines_with_a_line_feed() -> None:
    raw = csv_of(report()).encode()
    assert raw.startswith(b"address,section,text,value,marker,unit\n")
    assert b"\r" not in raw
    assert "−14.9%" in raw.decode()


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+cmd", "-cmd", "@sum", '=HYPERLINK("http://x","y")', "\t=1", "+3.5% of (A1)"],
)
def test_field_that_reads_like_a_formula_gets_an_apostrophe(title: str) -> None:
    assert titled(title) == f"'{title}"


@pytest.mark.parametrize(
    "title",
    ["+31", "+25.0%", "-1,234.5", "+31 [p]", "+£1,200", "+4 percentage points", "3 = 4", " =1"],
)
def test_signed_number_stays_as_it_is(title: str) -> None:
    assert titled(title) == title


def test_line_break_in_a_field_becomes_a_space() -> None:
    assert titled("one\r\ntwo\rthree\nfour") == "one two three four"
    assert titled("\r=1") == " =1"


def test_hidden_figure_is_its_marker_and_nothing_else() -> None:
    found = [row for row in read(report()) if row["marker"] == "c"]
    assert [(row["text"], row["value"]) for row in found] == [("confidential", ""), ("[c]", "")]
    assert "brothers" not in csv_of(report())


@given(one=st.integers(1, 5), two=st.integers(1, 5), years=st.integers(1, 4))
def test_hidden_count_leaves_the_same_rows_whatever_it_is(one: int, two: int, years: int) -> None:
    def with_count(value: int) -> str:
        own = [observed(count(40 + year), 2010 + year) for year in range(years)]
        own.append(observed(count(value), 2010 + years))
        block = public_form(indicator(COUNT, *own), on=TODAY)
        content = report()
        section = replace(content.sections[0], blocks=(block,))
        return csv_of(replace(content, sections=(section,)))

    assert with_count(one) == with_count(two)
    assert with_count(one) != with_count(6)


@pytest.mark.parametrize("data", [referrals(), hidden()])
def test_figures_that_did_not_pass_the_gate_are_refused(data: object) -> None:
    content = report()
    block = indicator_block(data, Figure)  # type: ignore[arg-type]
    section = content.sections[0]
    # Past the content's own check, as nothing in the portal can.
    object.__setattr__(section, "blocks", (block,))
    with pytest.raises(NotPublic):
        csv_of(content)
