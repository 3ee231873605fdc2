"""What the component templates draw."""

import pytest
from django.template.loader import render_to_string
from django.test.html import parse_html

from partnerships.elements import Cell, Column, Fact, Link, Progress, Tag, table

COLUMNS: list[Column | str] = ["Year", Column("Count", numeric=True), "State"]


def test_table_takes_the_alignment_of_its_columns() -> None:
    made = table("t", "Counts", COLUMNS, [["2018-19", "5,135", Tag("Approved", "green")]])
    (row,) = made.rows
    assert row.header.text == "2018-19"
    assert row.cells == (Cell("5,135", numeric=True), Cell("Approved", colour="green"))


@pytest.mark.parametrize("row", [["2018-19", "5,135"], ["2018-19", "5,135", "a", "b"]])
def test_table_with_a_crooked_row_is_refused(row: list[str]) -> None:
    with pytest.raises(ValueError, match="zip"):
        table("t", "Counts", COLUMNS, [row])


def test_table_says_what_its_headers_are_for() -> None:
    made = table("t", "Counts", COLUMNS, [["2018-19", "5,135", Link("Draft", "/d/")]])
    html = render_to_string("components/table.html", {"table": made})
    root = str(parse_html(html))
    assert root.count('scope="col"') == 3
    assert root.count('scope="row"') == 1
    assert 'aria-labelledby="t-caption"' in root
    assert 'id="t-caption"' in root


def test_card_says_beside_each_cell_what_its_column_is_called() -> None:
    made = table("t", "Counts", COLUMNS, [["2018-19", "5,135", Tag("Approved", "green")]])
    root = str(parse_html(render_to_string("components/cards.html", {"table": made})))
    assert root.count('role="columnheader"') == 3
    assert root.count('role="rowheader"') == 1
    assert root.count("data-label=") == 2
    assert 'data-label="Count"' in root
    assert 'data-label="State"' in root


def card(columns: list[Column | str], cells: list[Link | str], *, beneath: bool = False) -> str:
    made = table("t", "Counts", columns, [cells], beneath=beneath)
    return str(parse_html(render_to_string("components/cards.html", {"table": made})))


def test_card_whose_name_is_a_number_says_what_it_numbers() -> None:
    assert 'data-label="Version"' in card(["Version", "Why"], ["2", "Late."])
    assert 'data-label="Version"' not in card(["Version", "Why"], ["Second", "Late."])


def test_card_leaves_out_what_says_nothing_and_the_name_of_a_deed() -> None:
    root = card(["Figure", "Note", "Change"], ["Referrals", "", Link("End", "/e/", "Referrals")])
    assert root.count("portal-blank") == 1
    assert root.count("data-label=") == 1
    assert 'data-label="Note"' in root


def test_long_columns_stand_beneath_their_row_and_short_ones_beside_each_other() -> None:
    columns: list[Column | str] = [
        "Period",
        Column("Figure", beside=True),
        Column("Why", long=True),
    ]
    lying = card(columns, ["2019-20", "12", "Late."], beneath=True)
    assert "portal-beneath" in lying
    assert "portal-cards" not in lying
    assert lying.count("portal-long") == 2  # its header, and its cell
    assert lying.count("portal-beside") == 1
    assert "portal-cards" in card(columns, ["2019-20", "12", "Late."])


def test_table_without_rows_is_not_drawn() -> None:
    html = render_to_string("components/table.html", {"table": table("t", "None", COLUMNS, [])})
    assert html.strip() == ""


def test_words_are_escaped() -> None:
    facts = [Fact("<b>", "a & b", links=(Link("Change", "/?a=1&b=2", "<i>"),))]
    html = render_to_string("components/summary_list.html", {"facts": facts})
    assert "<b>" not in html
    assert "<i>" not in html
    assert "a &amp; b" in html


@pytest.mark.parametrize(
    ("progress", "value"),
    [(Progress("p", 3, 4, "Counting"), 'value="3"'), (Progress("p", 0, 0, "Waiting"), None)],
)
def test_progress_without_a_total_has_no_value(progress: Progress, value: str | None) -> None:
    html = render_to_string("components/progress.html", {"progress": progress})
    assert ("value=" in html) is (value is not None)
    assert (value or "Not known yet") in html
