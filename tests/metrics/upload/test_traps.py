"""Files that look sound and are not: what would be read otherwise than it stands, or never end."""

import re
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest

from metrics.upload import structure
from metrics.upload.cells import INVISIBLE, Percent
from metrics.upload.reading import table_of
from metrics.upload.texts import SEVERAL_ROWS
from metrics.upload.workbooks import TOO_WIDE
from tests.metrics.upload.files import csv_file, part_of, with_part, xlsx_file
from tests.metrics.upload.test_matching import match, planned
from tests.metrics.upload.test_reading import SHEET, read, refusal
from tests.world import World

BOOK = xlsx_file(("Code", "Value"), ("referrals", 12), ("timely", 13))
STRINGS = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_with(old: str, new: str, book: bytes = BOOK) -> bytes:
    """The workbook with something else in its sheet."""
    sheet = part_of(book, SHEET)
    assert old.encode() in sheet
    return with_part(book, SHEET, sheet.replace(old.encode(), new.encode()))


def texts(count: int, text: str) -> bytes:
    """A table of texts, as workbooks keep them."""
    return f'<sst xmlns="{MAIN}">{text * count}</sst>'.encode()


def test_size_that_a_sheet_says_of_itself_is_not_believed() -> None:
    assert len(read(sheet_with('ref="A1:B3"', 'ref="A1:A1"'))) == 2
    assert len(read(sheet_with('ref="A1:B3"', 'ref="A1:XFD1048576"'))) == 2


OUT_OF_PLACE = ("1", "2", "0", "99999999999")
UNREADABLE = ("9" * 5000, "²", "३", "3.0", " 3", "")


@pytest.mark.parametrize("number", [*OUT_OF_PLACE, *UNREADABLE])
def test_row_in_another_s_place_or_beyond_all_is_refused(number: str) -> None:
    assert refusal(sheet_with('<row r="3"', f'<row r="{number}"')) == structure.DAMAGED


def test_row_filled_up_to_the_last_column_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "MOST_CELLS", 20_000)
    assert len(read(sheet_with('r="B3"', 'r="XFD3"'))) == 2
    monkeypatch.setattr(structure, "MOST_CELLS", 16_000)
    assert refusal(sheet_with('r="B3"', 'r="XFD3"')) == structure.TOO_LARGE
    assert refusal(sheet_with('r="B3"', 'r="ZZZZZ3"')) == structure.DAMAGED


def test_very_many_elements_of_one_row_are_refused() -> None:
    assert refusal(sheet_with("</row>", "<c/>" * 100_001 + "</row>")) == structure.TOO_LARGE


def test_one_very_long_element_is_refused() -> None:
    content = sheet_with('r="B3"', f'r="{"B" * 9_000_000}3"')
    assert len(content) < 40_000
    assert refusal(content) == structure.TOO_LARGE


def test_very_many_texts_of_no_length_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "MOST_STRINGS", 1000)
    assert len(read(with_part(BOOK, STRINGS, texts(1000, "<si/>")))) == 2
    assert refusal(with_part(BOOK, STRINGS, texts(1001, "<si/>"))) == structure.TOO_LARGE


def test_texts_under_the_name_of_a_sheet_are_no_larger_for_it() -> None:
    more = texts(700_000, f"<si><t>{'a' * 50}</t></si>")
    assert refusal(with_part(BOOK, "xl/worksheets/more.xml", more)) == structure.TOO_LARGE


def test_very_many_styles_are_refused_before_they_are_made() -> None:
    """900,000 in a file of 10 KB kept the reader busy for minutes."""
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>{{}}</cellXfs></styleSheet>'
    bomb = with_part(BOOK, "xl/styles.xml", styles.format("<xf/>" * 60_000).encode())
    assert len(bomb) < 20_000
    assert refusal(bomb) == structure.TOO_LARGE
    few = styles.format("<xf/>" * 100)
    assert len(read(with_part(BOOK, "xl/styles.xml", few.encode()))) == 2


def test_one_part_is_not_many_sheets() -> None:
    book = part_of(BOOK, "xl/workbook.xml")
    (sheet,) = re.findall(rb"<sheet [^>]*/>", book)
    for many in (2, 101):
        content = with_part(BOOK, "xl/workbook.xml", book.replace(sheet, sheet * many))
        assert refusal(content) == (structure.DAMAGED if many == 2 else structure.TOO_LARGE)


def test_very_many_empty_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "MOST_EMPTY", 100)
    assert len(read(sheet_with("</row></sheetData>", f"{'<c/>' * 100}</row></sheetData>"))) == 2
    many = sheet_with("</row></sheetData>", f"{'<c/>' * 101}</row></sheetData>")
    assert refusal(many) == structure.TOO_LARGE


def test_old_drawing_with_open_elements_is_passed_over() -> None:
    drawing = b"<xml><div>a comment<br>of two lines</div></xml>"
    assert len(read(with_part(BOOK, "xl/drawings/vmlDrawing1.vml", drawing))) == 2


@pytest.mark.parametrize("name", ["xl/strings.bin", "xl/strings.vml"])
def test_entities_under_another_name_are_refused(name: str) -> None:
    part = b"<!DOCTYPE sst [<!ENTITY a 'ha'>]>" + texts(1, "<si><t>&a;</t></si>")
    assert refusal(with_part(BOOK, name, part)) == structure.DAMAGED


def test_sheet_of_another_name_hides_nothing() -> None:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).replace(b"worksheets/sheet1.xml", b"pages/one.xml")
            content = content.replace(b'<row r="2"', b'<row r="2" hidden="1"')
            new.writestr(entry.filename.replace("worksheets/sheet1", "pages/one"), content)
    rows = list(table_of(out.getvalue(), "a.xlsx").rows())
    assert [row.fault[:17] for row in rows] == ["The row is hidden", ""]


def test_strict_workbook_is_named() -> None:
    book = part_of(BOOK, "xl/workbook.xml").replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert refusal(with_part(BOOK, "xl/workbook.xml", book)) == structure.OF_THE_STRICT_KIND


def test_text_in_pieces_is_read_as_one() -> None:
    pieces = "<r><t>refer</t></r><r><t>rals</t></r>"
    assert read(sheet_with("<t>referrals</t>", pieces))[0] == ("referrals", Decimal(12))


@pytest.mark.parametrize(("written", "said"), [("1e400", "Infinity"), ("-1e400", "-Infinity")])
def test_number_without_end_is_an_error(written: str, said: str) -> None:
    ((_, cell), _) = read(sheet_with("<v>12</v>", f"<v>{written}</v>"))
    assert f"shows an error, {said}." in getattr(cell, "sentence", "")


@pytest.mark.parametrize(
    ("shown", "understood"),
    [
        ("0.0%", Percent(Decimal(30))),
        ('0"%"', Decimal("0.3")),
        ("0\\%", Decimal("0.3")),
    ],
)
def test_percent_sign_counts_where_the_format_reckons_with_it(
    shown: str, understood: object
) -> None:
    book = xlsx_file(
        ("Code", "Value"),
        ("timely", 0.1 + 0.2),
        change=lambda sheet: setattr(sheet["B2"], "number_format", shown),
    )
    assert read(book) == [("timely", understood)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_columns_beyond_the_hundredth_are_refused(kind: str) -> None:
    def made(*cells: str) -> bytes:
        rows = [["Code", "Value"], ["referrals", "12", *cells]]
        return xlsx_file(*rows) if kind == "xlsx" else csv_file(*map(",".join, rows))

    assert [row.fault for row in table_of(made(*[""] * 16_382), "a").rows()] == [""]
    (row,) = table_of(made(*[""] * 16_381, "1"), "a").rows()
    assert row.fault == TOO_WIDE
    wide = ["Code"] + ["x"] * 16_382 + ["Value"]
    headings = xlsx_file(wide, ["a"]) if kind == "xlsx" else csv_file(",".join(wide), "a")
    assert "no column for its figure" in refusal(headings)


def test_quotation_mark_that_swallows_rows_is_refused_with_its_row() -> None:
    content = csv_file("Code,Value,Note", 'referrals,12,"open', 'timely,13,closed"', "x,1,")
    rows = list(table_of(content, "a.csv").rows())
    assert [(row.number, row.fault) for row in rows] == [(2, SEVERAL_ROWS), (3, "")]
    content = csv_file("Code,Value,Note", 'referrals,12,"two', 'lines"', "timely,13,")
    assert [row.fault for row in table_of(content, "a.csv").rows()] == ["", ""]


def test_quotation_mark_that_swallows_the_file_is_refused() -> None:
    rows = ["timely,1," + "x" * 100] * 3000
    assert "cannot be read in row 2" in refusal(csv_file("Code,Value", 'referrals,"12', *rows))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("refer\0rals,12,", "A, “Code”"),
        ("referrals,1\x002,", "B, “Value”"),
        ("referrals,12,a\x08b", "C,"),
    ],
)
def test_character_that_cannot_be_printed_is_refused(world: World, row: str, column: str) -> None:
    plan = planned(world, "Code,Value,Note", *["timely,,"] * 300, row)
    (refused,) = plan.refused
    assert (refused.row, refused.column[: len(column)]) == (302, column)
    assert "cannot be printed" in refused.what
    assert refused.what.isprintable()


def test_invisible_characters_are_left_out_and_said(world: World) -> None:
    """A mark of byte order where two files were joined, and what turns the direction of writing."""
    found = match(
        world,
        "Code,Va\u200blue,Note",
        "\ufeffrefer\u200brals,\u202d12\u202c,two \u202eteams\u202c",
        "timely,\u200b,",
    )
    (line,) = found.lines
    assert (line.indicator, line.entry.value) == (world.referrals, Decimal(12))
    assert line.entry.note == "two teams"
    assert found.said == {INVISIBLE: ["2", "2", "2"]}
    assert found.left_out.total() == 1


@pytest.mark.parametrize(
    "number", ["12²", "12①", "1½", "١٢", "1e400", "1E+05", "0x12", "1_000", "∞", "NaN"]
)
def test_signs_that_look_like_digits_are_no_number(world: World, number: str) -> None:
    (refused,) = planned(world, "Code,Value", f"referrals,{number}").refused
    assert refused.what.startswith(f"“{number}” is not a number.")


def test_minus_nought_is_nought(world: World) -> None:
    (added,) = planned(world, "Code,Value", "referrals,-0").added
    assert f"{added.entry.value}" == "0"


def test_same_figure_with_two_values_is_refused_once(world: World) -> None:
    plan = planned(world, "Code,Value", "referrals,12", "referrals,13", "referrals,12")
    assert [each.row for each in plan.refused] == [3, 4]


def test_period_of_very_many_characters_is_told_shortly(world: World) -> None:
    (refused,) = planned(world, "Code,Value,Period", f"referrals,12,{'9' * 100_000}").refused
    assert len(refused.what) < 400
