"""What is wrong with files that people send, kind by kind: understood, or refused in words."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from metrics.upload import archives, reading, structure
from metrics.upload.cells import Cell, Fault, Percent, number_of
from metrics.upload.fields import Fields
from metrics.upload.reading import Table, table_of
from metrics.upload.refusals import ColumnsUnknown, FileRefused, RowRefused, Unreadable
from metrics.upload.texts import text_sheet
from tests.metrics.upload.files import csv_file, part_of, with_part, xlsx_file

OK = csv_file("Code,Value", "referrals,12")
SHEET = "xl/worksheets/sheet1.xml"


def figures(table: Table) -> list[tuple[Cell, Cell]]:
    """Code and value of each row."""
    columns = table.columns
    return [(columns.cell(row, "code"), columns.cell(row, "value")) for row in table.rows()]


def read(content: bytes, name: str = "return.csv") -> list[tuple[Cell, Cell]]:
    return figures(table_of(content, name))


def refusal(content: bytes, name: str = "return.csv") -> str:
    with pytest.raises(FileRefused) as found:
        for _ in table_of(content, name).rows():
            pass
    return str(found.value)


TWELVE = [("referrals", "12")]


def test_plain_file_is_read() -> None:
    assert read(OK) == TWELVE
    assert table_of(OK, "return.csv").said == ()


def test_columns_in_another_order_are_found() -> None:
    assert read(csv_file("Note,Value,Unit,Code", "none,12,number,referrals")) == TWELVE


def test_renamed_columns_are_read_and_said() -> None:
    table = table_of(csv_file("KPI code,Total", "referrals,12"), "a.csv")
    assert figures(table) == TWELVE
    assert table.said == (
        "Column A (“KPI code”) was read as “Code”.",
        "Column B (“Total”) was read as “Value”.",
    )


def test_columns_that_mean_nothing_to_us_are_named() -> None:
    table = table_of(csv_file("Code,Value,RAG,Lead", "referrals,12,green,team"), "a.csv")
    assert table.said == ("Not read: columns C (“RAG”), D (“Lead”).",)


def test_missing_column_is_named() -> None:
    assert "no column for its figure" in refusal(csv_file("Code,Comment", "referrals,twelve"))
    assert "for the code of the indicator" in refusal(csv_file("Thing,Value", "referrals,12"))


def test_unknown_columns_keep_their_headings_for_a_question() -> None:
    with pytest.raises(ColumnsUnknown) as found:
        table_of(csv_file("Ref,This quarter", "referrals,12"), "a.csv")
    assert found.value.headings == ("Ref", "This quarter")


def test_doubled_columns_are_refused() -> None:
    said = refusal(csv_file("Code,Value,Figure", "referrals,12,13"))
    assert "Columns B (“Value”) and C (“Figure”) are both read as “Value”." in said


def test_title_above_the_table_is_passed_over() -> None:
    assert read(csv_file("Return of the police,", ",", "Code,Value", "referrals,12")) == TWELVE


def test_notes_on_another_sheet_are_passed_over() -> None:
    content = xlsx_file(("Code", "Value"), ("referrals", 12), more={"Notes": [("Read me",)]})
    table = table_of(content, "a.xlsx")
    assert figures(table) == [("referrals", Decimal(12))]
    assert table.said == ("The sheet “Sheet” was read, and no other.",)


def test_two_sheets_of_figures_are_refused() -> None:
    rows = [("Code", "Value"), ("referrals", 13)]
    content = xlsx_file(("Code", "Value"), ("referrals", 12), more={"Old": rows})
    assert "“Sheet” and “Old” all hold a table of figures" in refusal(content, "a.xlsx")


def test_merged_cells_are_refused_with_their_range() -> None:
    content = xlsx_file(
        ("Code", "Value"),
        ("referrals", 12),
        ("timely", 13),
        change=lambda sheet: sheet.merge_cells("B2:B3"),
    )
    table = table_of(content, "a.xlsx")
    assert [table.columns.merged_in(row) for row in table.rows()] == [
        "Cells are merged here (B2:B3). Unmerge them, and fill in each cell."
    ] * 2


def test_cells_merged_in_columns_that_are_not_read_do_no_harm() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A2:A3")

    content = xlsx_file(
        ("Theme", None, "Code", "Value"),
        ("Front door", "a", "referrals", 12),
        (None, "b", "timely", 13),
        change=merge,
    )
    table = table_of(content, "a.xlsx")
    assert [table.columns.merged_in(row) for row in table.rows()] == ["", ""]


def test_merged_headings_are_refused() -> None:
    content = xlsx_file(
        ("Code", "Value", "Note"),
        ("referrals", 12),
        change=lambda sheet: sheet.merge_cells("B1:C1"),
    )
    assert "Row 1, which names the columns: Cells are merged here (B1:C1)" in refusal(content)


@pytest.mark.parametrize("ref", ["B2:", "rubbish", "B2:ZZZZZ9"])
def test_merged_cells_that_are_nowhere_are_damage(ref: str) -> None:
    content = xlsx_file(
        ("Code", "Value"), ("referrals", 12), change=lambda sheet: sheet.merge_cells("B2:B3")
    )
    sheet = part_of(content, SHEET).replace(b"B2:B3", ref.encode())
    assert refusal(with_part(content, SHEET, sheet)) == structure.DAMAGED


def test_hidden_rows_are_refused() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True

    content = xlsx_file(("Code", "Value"), ("referrals", 12), ("timely", 1), change=hide)
    faults = [row.fault[:18] for row in table_of(content, "a.xlsx").rows()]
    assert faults == ["The row is hidden ", ""]


@pytest.mark.parametrize(
    ("cell", "understood"),
    [
        (12, Decimal(12)),
        (0.1 + 0.2, Decimal("0.3")),
        (12.0, Decimal(12)),
        ("1,234", "1,234"),
        (date(2026, 4, 3), date(2026, 4, 3)),
        (None, ""),
    ],
)
def test_cells_of_a_workbook_are_read_as_what_they_are(cell: Any, understood: Cell) -> None:
    content = xlsx_file(("Code", "Value", "Note"), ("referrals", cell, "x"))
    assert read(content, "a.xlsx") == [("referrals", understood)]


def test_number_shown_as_a_percentage_is_told_apart() -> None:
    def percent(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0%"

    content = xlsx_file(("Code", "Value"), ("timely", 0.24), change=percent)
    assert read(content) == [("timely", Percent(Decimal(24)))]


@pytest.mark.parametrize("said", ["#DIV/0!", "#REF!", "#N/A"])
def test_error_in_a_cell_is_named(said: str) -> None:
    content = xlsx_file(("Code", "Value"), ("referrals", said))
    ((_, cell),) = read(content)
    assert isinstance(cell, Fault)
    assert f"shows an error, {said}." in cell.sentence


def test_true_and_false_are_no_numbers() -> None:
    ((_, cell),) = read(xlsx_file(("Code", "Value"), ("referrals", True)))
    with pytest.raises(Unreadable, match="TRUE or FALSE"):
        number_of(cell)


def test_sheet_that_is_hidden_is_not_taken_for_the_table() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"

    rows = [("Code", "Value"), ("referrals", 12)]
    hidden = xlsx_file(*rows, change=hide, more={"Cover": [("Return",)]})
    assert "The sheet “Sheet”, which holds the figures, is hidden." in refusal(hidden)
    assert len(read(xlsx_file(*rows, change=hide, more={"Shown": rows}))) == 1


def test_hidden_column_that_says_where_a_figure_belongs_is_read_and_said() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["A"].hidden = True
        sheet.column_dimensions["C"].hidden = True

    content = xlsx_file(("Code", "Value", "Note"), ("referrals", 12, None), change=hide)
    table = table_of(content, "a.xlsx")
    assert figures(table) == [("referrals", Decimal(12))]
    assert table.said == ("Column A, “Code”, is hidden in the workbook, and was read.",)


@pytest.mark.parametrize("how", [b'hidden="1"', b'hidden="true"', b'width="0" customWidth="1"'])
def test_hidden_column_with_something_to_save_is_refused(how: bytes) -> None:
    content = xlsx_file(("Code", "Value"), ("referrals", 12), ("timely", None))
    columns = b'<cols><col min="2" max="3" %s/></cols><sheetData>' % how
    sheet = part_of(content, SHEET).replace(b"<sheetData>", columns)
    table = table_of(with_part(content, SHEET, sheet), "a.xlsx")
    fields = Fields(table.columns)
    full, empty = table.rows()
    assert fields.number(empty, "value", "count") is None
    with pytest.raises(RowRefused, match="The column is hidden"):
        fields.number(full, "value", "count")


def test_formula_gives_its_saved_result_and_that_is_said() -> None:
    content = xlsx_file(("Code", "Value"), ("referrals", "=6+6"))
    bare = part_of(content, SHEET).replace(b"<v></v>", b"").replace(b"<v />", b"")
    worked = bare.replace(b"</f>", b"</f><v>12</v>")
    table = table_of(with_part(content, SHEET, worked), "a.xlsx")
    assert figures(table) == [("referrals", Decimal(12))]
    assert "formulas in the sheet: their last saved results" in table.said[0]


def test_formula_without_a_saved_result_is_refused() -> None:
    content = xlsx_file(("Code", "Value"), ("referrals", "=6+6"))
    bare = part_of(content, SHEET).replace(b"<v></v>", b"").replace(b"<v />", b"")
    ((_, cell),) = read(with_part(content, SHEET, bare))
    assert isinstance(cell, Fault)
    assert "formula without a saved result" in cell.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_any_unicode(encoding: str) -> None:
    content = csv_file("Code,Value,Note", "referrals,12,café £5", encoding=encoding)
    table = table_of(content, "a.csv")
    (row,) = table.rows()
    assert row.cells == ("referrals", "12", "café £5")
    assert (text_sheet(content)[1] != []) == encoding.startswith("utf-16")


def test_windows_1252_is_read_and_said() -> None:
    table = table_of(
        csv_file("Code,Value,Note", "referrals,12,£5 – café", encoding="cp1252"), "a.csv"
    )
    (row,) = table.rows()
    assert row.cells[2] == "£5 – café"
    assert table.said[0].startswith("The file was read as Windows-1252.")


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_semicolons_and_tabs_are_read_and_said(mark: str, word: str) -> None:
    table = table_of(csv_file(f"Code{mark}Value", f"referrals{mark}1,234"), "a.csv")
    assert figures(table) == [("referrals", "1,234")]
    assert table.said == (f"The columns are separated by {word}.",)


def test_line_that_tells_excel_the_separator_is_heeded() -> None:
    assert read(csv_file("sep=;", "Code;Value", "referrals;12")) == TWELVE


def test_open_quotation_mark_is_refused() -> None:
    assert "A quotation mark may be missing" in refusal(csv_file("Code,Value", 'referrals,"12'))


@pytest.mark.parametrize("content", [b"", b"  \r\n\r\n", xlsx_file()])
def test_empty_file_is_refused(content: bytes) -> None:
    assert refusal(content) == reading.EMPTY


@pytest.mark.parametrize(
    "content", [csv_file("Code,Value"), csv_file("Code,Value", ","), xlsx_file(("Code", "Value"))]
)
def test_headings_alone_are_refused(content: bytes) -> None:
    assert refusal(content) == reading.ONLY_HEADINGS


def test_workbook_with_a_password_is_refused() -> None:
    content = reading.OLE + b"\0" * 600 + reading.ENCRYPTED
    assert "protected by a password" in refusal(content, "a.xlsx")


def test_old_workbook_is_refused() -> None:
    assert "an old kind (.xls)" in refusal(reading.OLE + b"\0" * 600, "a.xls")


def test_workbook_with_macros_is_refused() -> None:
    content = with_part(xlsx_file(("Code", "Value"), ("a", 1)), "xl/vbaProject.bin", b"x")
    assert "holds macros" in refusal(content, "a.xlsm")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["xl/workbook.bin"], "binary workbook"),
        (["mimetype", "content.xml"], "OpenDocument"),
        (["word/document.xml"], "not a workbook"),
    ],
)
def test_other_archives_are_named(parts: list[str], said: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            archive.writestr(part, "<a/>")
    assert said in refusal(out.getvalue())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n", "This is a PDF."),
        (b"<html><table><tr><td>Code", "web page"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither a workbook nor text"),
        (b"PK\x03\x04 and then nothing", "cannot be read: it is damaged"),
    ],
)
def test_what_is_no_table_is_named(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_wrong_ending_is_no_matter_and_said() -> None:
    table = table_of(OK, "return.xlsx")
    assert (figures(table), table.said[0]) == (
        TWELVE,
        "The file is a text file, whatever its name ends in.",
    )
    book = xlsx_file(("Code", "Value"), ("referrals", 12))
    assert "is a workbook" in table_of(book, "return.csv").said[0]


def test_archive_that_unpacks_to_very_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_part(xlsx_file(("Code", "Value")), "xl/media/image1.png", b"\0" * 6_000_000)
    assert len(bomb) < 20_000
    assert refusal(bomb) == structure.TOO_LARGE
    monkeypatch.setattr(archives, "MOST_UNPACKED", 2000)
    assert refusal(xlsx_file(("Code", "Value"), ("a", 1))) == structure.TOO_LARGE


def test_entities_are_never_expanded() -> None:
    content = xlsx_file(("Code", "Value"), ("referrals", 12))
    sheet = part_of(content, SHEET)
    laugh = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
    start = sheet.index(b"<worksheet")
    assert refusal(with_part(content, SHEET, laugh + sheet[start:])) == structure.DAMAGED


def test_damaged_sheet_is_refused() -> None:
    content = xlsx_file(("Code", "Value"), ("referrals", 12))
    sheet = part_of(content, SHEET)
    assert refusal(with_part(content, SHEET, sheet[:-60])) == structure.DAMAGED


def test_very_many_rows_are_refused() -> None:
    content = b"Code,Value\n" + b"a,1\n" * (structure.MOST_ROWS + 1)
    assert refusal(content) == structure.TOO_MANY_ROWS


def test_very_many_rows_of_a_workbook_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "MOST_ROWS", 10)
    content = xlsx_file(("Code", "Value"), *[("a", 1)] * 200)
    assert "Split it, and upload the parts." in refusal(content)
