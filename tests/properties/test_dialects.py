"""Any table of plain figures, in any dialect that is taken, is read back to the same figures."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from metrics.exports import as_it_was, harmless
from metrics.upload.cells import number_of, text_of
from metrics.upload.fields import Fields
from metrics.upload.reading import Table, table_of

Figures = list[tuple[str, Decimal]]

# How people and programs write the same number.
SPELLINGS: tuple[Callable[[Decimal], str], ...] = (
    lambda number: f"{number:f}",
    lambda number: f"{number:,f}",
    lambda number: f"{number:,f}".replace(",", " "),
    lambda number: f"{number:,f}".replace(",", "\u00a0"),
    lambda number: f"{number:,f}".replace(",", "\u202f"),
    lambda number: f" {number:f} ",
    lambda number: f"+{number:f}",
    lambda number: f"{number:f}" if "." in f"{number:f}" else f"{number:f}.",
    lambda number: "".join(
        chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in f"{number:f}"
    ),
    lambda number: f"\ufeff{number:f}\u200b",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
NEWLINES = ("\r\n", "\n", "\r")
TITLES: tuple[list[str], ...] = (
    [],
    ["Return of the police"],
    ["Return, by theme", "", "See the notes; all of them"],
)
NOTES: tuple[list[str], ...] = ([], ["", "Source: the register of cases"])

codes = st.from_regex(r"[a-z]{2,8}(-[a-z]{2,8}){0,2}", fullmatch=True)
numbers = st.builds(
    lambda digits, decimals: Decimal(digits).scaleb(-decimals),
    st.integers(0, 10**11),
    st.integers(0, 6),
)
tables: st.SearchStrategy[Figures] = st.lists(
    st.tuples(codes, numbers), min_size=1, max_size=8, unique_by=lambda pair: pair[0]
)


def figures(table: Table) -> Figures:
    """Code and number of each row that has a number."""
    found = []
    for row in table.rows():
        number = Fields(table.columns).number(row, "value", "count")
        if number is not None:
            found.append((text_of(table.columns.cell(row, "code")), number))
    return found


@st.composite
def texts(draw: st.DrawFn) -> tuple[Figures, bytes]:
    """A table, and a file of text that holds it in one of the dialects."""
    table = draw(tables)
    separator = draw(st.sampled_from(",;\t|"))
    newline, encoding = draw(st.sampled_from(NEWLINES)), draw(st.sampled_from(ENCODINGS))
    all_quoted = draw(st.booleans())
    trailing = draw(st.integers(0, 3))
    out = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=separator, lineterminator=newline, quoting=quoting)
    for line in draw(st.sampled_from(TITLES)):
        writer.writerow([line, *[""] * trailing])
    order = draw(st.permutations(["Code", "Unit", "Value"]))
    writer.writerow([*order, *[""] * trailing])
    for code, number in table:
        spelling = draw(st.sampled_from(SPELLINGS))
        cells = {"Code": code, "Unit": "children, all", "Value": spelling(number)}
        writer.writerow([*(cells[name] for name in order), *[""] * trailing])
    for line in draw(st.sampled_from(NOTES)):
        writer.writerow([line if name == "Code" else "" for name in order] + [""] * trailing)
    return table, out.getvalue().encode(encoding)


@settings(deadline=None, max_examples=150)
@given(texts())
def test_text_in_any_dialect_is_read_back_to_the_same_figures(
    drawn: tuple[Figures, bytes],
) -> None:
    table, content = drawn
    assert figures(table_of(content, "a.csv")) == table


@settings(deadline=None, max_examples=30)
@given(tables, st.booleans())
def test_workbook_is_read_back_to_the_same_figures(table: Figures, as_text: bool) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Code", "Value"])
    for code, number in table:
        book.active.append([code, f"{number:f}" if as_text else number])
    out = io.BytesIO()
    book.save(out)
    read = table_of(out.getvalue(), "a.xlsx")
    cells = [
        (read.columns.cell(row, "code"), read.columns.cell(row, "value")) for row in read.rows()
    ]
    found = [(code, number_of(value)) for code, value in cells]
    assert [(code, number.value) for code, number in found if number is not None] == table


@given(st.text(alphabet="'=+-@\t\r5aé £%", max_size=6))
def test_text_made_harmless_is_read_back_as_it_was(text: str) -> None:
    made = harmless(text)
    assert as_it_was(made) == text
    assert not made.startswith(("=", "@", "\t", "\r"))
