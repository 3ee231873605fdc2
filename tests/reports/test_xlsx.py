"""The workbook, read back: what stands where, and that it can be read without seeing it."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from metrics.exports import plain
from reports.blocks.data import Source
from reports.blocks.figures import AccountBlock, Figure, Subheading, figures_in
from reports.blocks.indicator import indicator_block
from reports.disclosure import NotPublic, PublicFigure, public_form
from reports.editions.content import ReportContent
from reports.outputs.sheets import sheets_of
from reports.outputs.tables import tables_of
from reports.outputs.xlsx import WorkbookError, xlsx_of
from tests.reports.data import COUNT, TODAY, count, hidden, indicator, observed, referrals, report
from tests.reports.sheets import cells, opened, rows, shown, table_of

HOSTILE = ("=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "http://example.org")


@pytest.fixture(scope="module")
def content() -> ReportContent:
    return report()


@pytest.fixture(scope="module")
def raw(content: ReportContent) -> bytes:
    return xlsx_of(content)


def pages(raw: bytes) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in opened(raw).worksheets}


def every_cell(raw: bytes) -> list[Cell]:
    return [
        cell
        for sheet in pages(raw).values()
        for row in cells(sheet, sheet.dimensions)
        for cell in row
        if cell.value is not None
    ]


def lines(sheet: Worksheet) -> list[str]:
    """What stands above the table."""
    return [str(row[0].value) for row in sheet.iter_rows() if row[0].value is not None]


def test_sheets_come_in_order_with_their_names(raw: bytes) -> None:
    assert list(pages(raw)) == [
        "Cover",
        "Contents",
        "Notes",
        "1.1 Referrals to children's",
        "2.1 Plans started",
        "2.2 Children missing",
        "All figures",
    ]


def test_cover_says_what_it_is_and_names_nobody(raw: bytes) -> None:
    said = lines(pages(raw)["Cover"])
    assert said[:4] == [
        "Yearly report 2019-20",
        "Walsall Safeguarding Partnership",
        "1 April 2019 to 31 March 2020",
        "This is a reconstruction from published figures.",
    ]
    assert said[-1] == "Go to the contents"
    assert pages(raw)["Cover"].tables == {}


def test_workbook_has_language_and_title_and_no_author_or_time(raw: bytes) -> None:
    properties = opened(raw).properties
    assert properties.title == "Yearly report 2019-20 – Walsall Safeguarding Partnership"
    assert properties.language == "en-GB"
    assert properties.description == "This is a reconstruction from published figures."
    assert (properties.creator, properties.lastModifiedBy) == (None, None)
    assert properties.created is not None
    assert properties.created.year == 1980


def test_workbook_opens_at_the_first_cell_of_the_cover(raw: bytes) -> None:
    book = opened(raw)
    assert book.active is not None
    assert book.active.title == "Cover"
    for sheet in book.worksheets:
        assert [view.topLeftCell or "A1" for view in sheet.views.sheetView] == ["A1"]
        assert [s.activeCell for s in sheet.views.sheetView[0].selection] in ([], ["A1"])


def test_contents_lead_to_every_sheet(raw: bytes) -> None:
    sheet = pages(raw)["Contents"]
    assert rows(sheet)[:3] == [
        ["Sheet", "What it holds", "Section of the report"],
        ["Notes", "Marks, notes and sources", "All"],
        [
            "1.1 Referrals to children's",
            "Referrals to children's social care (number)",
            "1. The front door",
        ],
    ]
    names = [row[0] for row in rows(sheet)[1:]]
    assert names == list(pages(raw))[2:]
    for row in cells(sheet, table_of(sheet).ref)[1:]:
        quoted = str(row[0].value).replace("'", "''")
        assert row[0].hyperlink is not None
        assert row[0].hyperlink.location == f"'{quoted}'!A1"


def test_notes_explain_marks_notes_what_is_left_out_and_sources(raw: bytes) -> None:
    assert rows(pages(raw)["Notes"]) == [
        ["Note", "Kind", "What it says", "Where"],
        ["[c]", "Mark", "confidential", "2.2"],
        ["[x]", "Mark", "not available", "2.1"],
        ["Not there", "Left out", "No figure of this year: Private fostering.", "Section 2"],
        [
            "[source 1]",
            "Source",
            "Yearly report. Walsall Safeguarding Partnership",
            "Section 1, 1.1, 2.1",
        ],
        ["[source 2]", "Source", "Quarterly returns", "2.2"],
    ]


def test_notes_say_of_what_nothing_is_recorded(content: ReportContent) -> None:
    section = replace(content.sections[0], not_kept=("Budget", "Training"))
    notes = rows(pages(xlsx_of(replace(content, sections=(section,))))["Notes"])
    said = "Nothing is recorded for this year of: Budget; Training."
    assert ["Not there", "Left out", said, "Section 1"] in notes


def test_same_note_of_two_tables_stands_once_and_a_source_with_its_address() -> None:
    since = Source("official", "Statistics", "Department", "May 2020", "https://example.org/x")
    data = indicator(COUNT, observed(count(40), 2019, source=since, notes=("Counted anew.",)))
    block = public_form(data, on=TODAY)
    content = report()
    section = replace(content.sections[0], blocks=(block, replace(block, key="again")))
    notes = rows(pages(xlsx_of(replace(content, sections=(section,))))["Notes"])
    assert notes[1:] == [
        ["[note 1]", "Note", "Walsall, 2019-20: Counted anew.", "1.1, 1.2"],
        [
            "[source 1]",
            "Source",
            "Statistics. Department, May 2020. https://example.org/x",
            "1.1, 1.2",
        ],
    ]


def test_notes_are_numbered_through_the_workbook_and_so_in_its_tables() -> None:
    table = public_form(referrals(), on=TODAY).table
    first, *rest = table.rows
    marked = replace(
        table, rows=(replace(first, header=f"{first.header} [note 1, 2] [note 9]"), *rest)
    )

    def account(key: str, *notes: str) -> AccountBlock[PublicFigure]:
        return AccountBlock(key, key, (marked,), notes=notes)

    blocks = (
        account("one", "Note 1: A.", "Note 2: B."),
        account("two", "Note 1: C.", "Note 2: A."),
    )
    content = report()
    section = replace(content.sections[0], blocks=blocks)
    made = pages(xlsx_of(replace(content, sections=(section,))))
    assert rows(made["1.1 one"])[1][0] == "2018-19 [note 1, 2] [note 9]"
    assert rows(made["1.2 two"])[1][0] == "2018-19 [note 3, 1] [note 9]"
    assert rows(made["Notes"])[1:] == [
        ["[note 1]", "Note", "A.", "1.1, 1.2"],
        ["[note 2]", "Note", "B.", "1.1"],
        ["[note 3]", "Note", "C.", "1.2"],
    ]


def test_each_table_is_a_real_one_with_marked_headers_and_its_title_first(raw: bytes) -> None:
    for name, sheet in pages(raw).items():
        assert sheet["A1"].value
        assert sheet["A1"].font.b
        if name == "Cover":
            continue
        table = table_of(sheet)
        assert (table.headerRowCount, table.autoFilter) == (1, None)
        assert table.tableStyleInfo is not None
        assert table.tableStyleInfo.showFirstColumn
        header, *body = cells(sheet, table.ref)
        assert [column.name for column in table.tableColumns] == [cell.value for cell in header]
        assert all(cell.font.b for cell in header)
        assert len(body) >= 1
        assert table.ref.endswith(sheet.dimensions.split(":")[1])


def test_title_of_a_table_says_of_what_it_is(content: ReportContent) -> None:
    table = public_form(referrals(), on=TODAY).table

    def title(block: str, caption: str) -> object:
        made = AccountBlock(key="key", title=block, parts=(replace(table, caption=caption),))
        section = replace(content.sections[0], blocks=(made,))
        return opened(xlsx_of(replace(content, sections=(section,)))).worksheets[3]["A1"].value

    assert title("Budget", "Budget of 2019-20") == "Budget of 2019-20"
    assert title("Neglect in figures", "2019-20") == "Neglect in figures: 2019-20"
    assert title("", "2019-20") == "The front door: 2019-20"
    assert title("Budget", "") == "Budget"


def test_names_of_tables_are_unlike_each_other(raw: bytes) -> None:
    names = [table_of(sheet).name for name, sheet in pages(raw).items() if name != "Cover"]
    assert names == ["Contents", "Notes", "Table_1_1", "Table_2_1", "Table_2_2", "All_figures"]


def test_sheet_of_a_table_says_where_it_is_from_and_leads_back(raw: bytes) -> None:
    assert lines(pages(raw)["2.2 Children missing"])[:5] == [
        "Children missing (number)",
        "Reconstruction from published figures",
        "From section 2, Plans and children missing. This sheet holds one table.",
        "The sheet Notes explains [c], [source 2]",
        "Back to the contents",
    ]


def test_nothing_is_merged_hidden_filtered_frozen_or_empty_in_a_table(raw: bytes) -> None:
    for name, sheet in pages(raw).items():
        assert (len(sheet.merged_cells.ranges), sheet.freeze_panes) == (0, None)
        assert (len(sheet.conditional_formatting), sheet.auto_filter.ref) == (0, None)
        assert sheet.sheet_state == "visible"
        sizes = [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
        assert not any(size.hidden for size in sizes)
        if name != "Cover":
            body = cells(sheet, table_of(sheet).ref)
            assert [cell for row in body for cell in row if cell.value in (None, "")] == []


def test_nothing_is_told_by_colour_alone(raw: bytes) -> None:
    """No cell has a fill; links, which have a colour, are underlined."""
    for cell in every_cell(raw):
        assert cell.fill.fill_type is None
        coloured = cell.font.color is not None and cell.font.color.type == "rgb"
        assert coloured == (cell.font.u == "single")


def test_columns_are_wide_enough_for_their_words(raw: bytes) -> None:
    for name, sheet in pages(raw).items():
        if name == "Cover":
            continue
        for row in cells(sheet, table_of(sheet).ref):
            for cell in row:
                width = sheet.column_dimensions[cell.column_letter].width
                wraps = bool(cell.alignment.wrap_text)
                longest = max(map(len, shown(cell).split())) if wraps else len(shown(cell))
                assert longest <= width or width >= 80


def test_cells_show_what_the_report_prints_in_its_order(raw: bytes, content: ReportContent) -> None:
    sheets = [sheet for name, sheet in pages(raw).items() if re.match(r"\d", name)]
    placed = list(tables_of(content))
    assert len(sheets) == len(placed) == 3
    for sheet, one in zip(sheets, placed, strict=True):
        for row, printed in zip(rows(sheet)[1:], one.table.rows, strict=True):
            assert row[0] == printed.header
            found = iter(row[1:])
            for words in printed.cells:
                for figure in figures_in(words):
                    assert figure.text in found  # moves on past it


def test_numbers_are_numbers_with_their_own_value(raw: bytes, content: ReportContent) -> None:
    sheet = pages(raw)["1.1 Referrals to children's"]
    body = cells(sheet, table_of(sheet).ref)
    assert [[cell.value for cell in row] for row in body] == [
        [
            "Period",
            "Walsall",
            "Change on the year before (number)",
            "Change on the year before (% change)",
        ],
        ["2018-19", 5135, "not compared", "not compared"],
        ["2019-20", 4368, -767, pytest.approx(-14.936709)],
    ]
    assert rows(sheet)[2] == ["2019-20", "4,368", "−767", "−14.9%"]
    assert [cell.data_type for cell in body[2]] == ["s", "n", "n", "n"]


def test_list_of_all_figures_has_what_the_csv_has(raw: bytes, content: ReportContent) -> None:
    header, *body = rows(pages(raw)["All figures"])
    assert header == ["What it is a figure of", "As printed", "Value", "Unit", "Section", "Address"]
    assert len(body) == sum(1 for _ in content.figures)
    for row, (section, figure) in zip(body, content.figures, strict=True):
        value = plain(figure.value) or f"[{figure.marker}]"
        assert row == [figure.about, figure.text, value, figure.unit, section, figure.address]


def test_workbook_has_no_formula_and_no_link_to_elsewhere(content: ReportContent) -> None:
    for text in HOSTILE:
        raw = xlsx_of(_hostile(content, text))
        found = [cell for cell in every_cell(raw) if cell.value == text]
        assert len(found) >= 4
        assert {cell.data_type for cell in found} == {"s"}
        assert {cell.quotePrefix for cell in found} == {text[0] in "=+-@"}
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            xml = b"".join(parts.read(name) for name in parts.namelist())
        assert b"<f>" not in xml
        assert b'TargetMode="External"' not in xml


def _hostile(content: ReportContent, text: str) -> ReportContent:
    """The report with one text wherever people write: cover, section, block, column, row."""
    section = content.sections[0]
    table = public_form(referrals(), on=TODAY).table
    (period, *others), (first, *rest) = table.columns, table.rows
    table = replace(
        table,
        caption=text,
        columns=(replace(period, text=text), *others),
        rows=(replace(first, header=text, cells=((text,), *first.cells[1:])), *rest),
    )
    block = AccountBlock("account", text, (Subheading(text), table), notes=(text,))
    cover = replace(content.cover, title=text, partnership=text, notice=text, running=text)
    section = replace(section, title=text, blocks=(block,))
    return replace(content, cover=cover, sections=(section, *content.sections[1:]))


@pytest.mark.parametrize(
    "text",
    [
        "[a]:b*c?/d\\e",
        "'quoted'",
        "History",
        "x" * 200,
        "word " * 60,
        "\U0001f600" * 20,
        "line\nbreak\x0b and \x07 bell",
        "<r><t>rich</t></r>",
        "_x0041_ & <b>",
    ],
)
def test_any_words_make_a_workbook_with_lawful_names(content: ReportContent, text: str) -> None:
    book = opened(xlsx_of(_hostile(content, text)))
    names = book.sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 7
    for name in names:
        assert len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\")
        assert name == name.strip("'")
    title = book.worksheets[3]["A1"].value
    assert isinstance(title, str)
    assert title.split() == text.replace("\x07", " ").split()


def test_cell_that_is_too_long_stops_the_making(content: ReportContent) -> None:
    with pytest.raises(WorkbookError, match="This cannot stand in a workbook: yyy"):
        xlsx_of(_hostile(content, "y" * 32_768))


def test_hidden_value_is_nowhere_in_the_workbook(raw: bytes) -> None:
    sheet = pages(raw)["2.2 Children missing"]
    assert rows(sheet)[1:] == [
        ["2018-19", "40"],
        ["2019-20", "[c]"],
    ]
    assert not any("brothers" in str(cell.value) for cell in every_cell(raw))


@pytest.mark.parametrize("one", [1, 4])
def test_hidden_count_leaves_the_same_bytes_whatever_it_is(one: int) -> None:
    content = report()

    def with_count(value: int) -> bytes:
        own = (observed(count(40), 2018), observed(count(value), 2019), observed(count(60), 2020))
        block = public_form(indicator(COUNT, *own), on=TODAY)
        section = replace(content.sections[0], blocks=(block,))
        return xlsx_of(replace(content, sections=(section,)))

    assert with_count(one) == with_count(5)
    assert with_count(5) != with_count(6)


@pytest.mark.parametrize("data", [referrals(), hidden()])
def test_figures_that_did_not_pass_the_gate_are_refused(data: object) -> None:
    content = report()
    # Past the content's own check, as nothing in the portal can.
    block = indicator_block(data, Figure)  # type: ignore[arg-type]
    object.__setattr__(content.sections[0], "blocks", (block,))
    with pytest.raises(NotPublic):
        xlsx_of(content)


def test_same_content_gives_the_same_bytes(raw: bytes) -> None:
    assert xlsx_of(report()) == raw


def test_same_content_gives_the_same_bytes_in_another_process(raw: bytes) -> None:
    """Neither the time nor what a process did before stands in the file."""
    code = (
        "import sys, django; django.setup()\n"
        "from tests.reports.data import report\n"
        "from reports.outputs.xlsx import xlsx_of\n"
        "sys.stdout.buffer.write(xlsx_of(report()))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "safeguarding.settings", "PYTHONHASHSEED": "7"}
    made = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True
    )
    assert made.stdout == raw


def test_report_without_notes_or_figures_has_its_sheets_all_the_same(
    content: ReportContent,
) -> None:
    bare = replace(content, sections=(replace(content.sections[0], blocks=()),))
    assert [sheet.name for sheet in sheets_of(bare)] == [
        "Cover",
        "Contents",
        "Notes",
        "All figures",
    ]
    assert rows(pages(xlsx_of(bare))["Notes"])[1] == [
        "None", "None", "This report has no notes.", "None",
    ]  # fmt: skip
