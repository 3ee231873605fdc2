"""Tables as a spreadsheet has them: which cells are numbers, and what they show."""

from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook

from reports.blocks.figures import (
    AccountBlock,
    BlockTable,
    Column,
    Figure,
    Linked,
    Paragraph,
    Part,
    Row,
    Strong,
    Subheading,
    Words,
)
from reports.disclosure import PublicFigure, public_form
from reports.outputs.tables import Number, grid_of, number_of, tables_of
from tests.reports.data import TODAY, referrals, report
from tests.reports.sheets import shown


def figure(text: str, value: str | None, unit: str = "number", marker: str = "") -> Figure:
    number = Decimal(value) if value is not None else None
    return Figure(text, "a:b:c:2019-20:all@1", "Referrals", unit, number, marker)


def table(*rows: Words[Figure], column: str = "Change") -> BlockTable[Figure]:
    return BlockTable(
        "Referrals (number)",
        (Column("Period", numeric=False), Column(column)),
        tuple(Row(f"20{year}", (words,)) for year, words in enumerate(rows, start=10)),
    )


def texts(made: BlockTable[Figure]) -> list[list[str]]:
    grid = grid_of(made)  # type: ignore[arg-type]
    return [
        [column.text for column in grid.columns],
        *([cell if isinstance(cell, str) else cell.text for cell in row] for row in grid.rows),
    ]


@pytest.mark.parametrize(
    ("text", "value", "stored"),
    [
        ("4,368", "4368", "#,##0"),
        ("0", "0", "#,##0"),
        ("65", "65.4", "#,##0"),
        ("14.10", "14.1", "#,##0.00"),
        ("1234", "1234", "0"),
        ("24%", "24", '#,##0"%"'),
        ("33 [d]", "33", '#,##0" [d]"'),
        ("20.6 [p][r]", "20.6", '#,##0.0" [p][r]"'),
        ("77 [3 of 4]", "77", '#,##0" [3 of 4]"'),
        ("+18", "18", '"+"#,##0'),
        ("−767", "-767", '"−"#,##0;"−"#,##0'),
        ("−14.9%", "-14.936709", '"−"#,##0.0"%";"−"#,##0.0"%"'),
        ("about −24%", "-24.418605", '"about ""−"#,##0"%";"about ""−"#,##0"%"'),
        ("about 100", "100", '"about "#,##0'),
        ("+5 percentage points", "5", '"+"#,##0" percentage points"'),
        ("£51,584", "51584", '"£"#,##0'),
        ("−£1,234", "-1234", '"−""£"#,##0;"−""£"#,##0'),
        ("0.0", "-0.04", "#,##0.0;#,##0.0"),
    ],
)
def test_number_is_stored_with_the_format_that_prints_it(
    text: str, value: str, stored: str
) -> None:
    assert number_of(figure(text, value)) == Number(Decimal(value), text, stored)
    cell = Workbook().create_sheet().cell(1, 1, float(value))
    cell.number_format = stored
    assert shown(cell) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("between 2 and 7", "2"),
        ("fewer than 6", "6"),
        ("at least 100", "100"),
        ("less than 0.1%", "0.04"),
        ("about the same", "0"),
        ("no change", "0"),
        ("many do not yet", None),
        ("12", None),
        ("12", "13"),  # the text says another number than the value
        ("−12", "12"),
        ("767", "-767"),
        ("12 of 13", "12"),
        ("£1.2 million", "1200000"),
        ('12 [a"b]', "12"),
    ],
)
def test_text_that_says_more_than_a_number_stays_text(text: str, value: str | None) -> None:
    assert number_of(figure(text, value)) is None


def test_amount_and_percentage_become_two_columns() -> None:
    amount = figure("−767", "-767"), " (", figure("−14.9%", "-14.936709", "% change"), ")"
    assert texts(table(("not compared",), amount)) == [
        ["Period", "Change (number)", "Change (% change)"],
        ["2010", "not compared", "not compared"],
        ["2011", "−767", "−14.9%"],
    ]


def test_lone_number_stands_in_the_column_of_its_unit_and_words_in_each() -> None:
    amount = figure("+5", "5"), " (", figure("+100.0%", "100", "% change"), ")"
    made = table(amount, (figure("+5", "5"),), (figure("no change", "0"),), (figure("[c]", None),))
    assert texts(made)[2:] == [
        ["2011", "+5", "[z]"],
        ["2012", "no change", "no change"],
        ["2013", "[c]", "[c]"],
    ]
    assert grid_of(made).marks == (("[z]", "not applicable"),)  # type: ignore[arg-type]


def test_amounts_of_several_units_stand_in_one_column() -> None:
    amount = figure("−767", "-767"), " (", figure("−14.9%", "-14.936709", "% change"), ")"
    points = (figure("+5 percentage points", "5", "percentage points"),)
    percent = (figure("about −24%", "-24.4", "% change"),)
    assert texts(table(amount, points, percent)) == [
        ["Period", "Change (amount)", "Change (% change)"],
        ["2010", "−767", "−14.9%"],
        ["2011", "+5 percentage points", "[z]"],
        ["2012", "[z]", "about −24%"],
    ]


def test_other_words_around_figures_stay_as_they_are_read() -> None:
    words = (figure("3", "3"), " of ", figure("4", "4"))
    assert texts(table(words))[1] == ["2010", "3 of 4"]
    assert texts(table((Strong("new"), ", ", Linked("plans", "#plans"))))[1] == [
        "2010",
        "new, plans",
    ]
    same_unit = (figure("3", "3"), " (", figure("4", "4"), ")")
    assert texts(table(same_unit))[1] == ["2010", "3 (4)"]


def test_columns_have_names_and_no_two_alike() -> None:
    columns = tuple(Column(name) for name in ("", "England", "england", " England  (2)", "A\nB"))
    row = Row("2019-20", tuple((figure("1", "1"),) for _ in columns[1:]))
    grid = grid_of(BlockTable("Referrals", columns, (row,)))  # type: ignore[arg-type]
    assert [column.text for column in grid.columns] == [
        "Column 1", "England", "england (2)", "England (2) (2)", "A B",
    ]  # fmt: skip


def test_every_table_of_a_report_has_its_place_in_it() -> None:
    content = report()
    assert [(one.number, one.block.title) for one in tables_of(content)] == [
        ("1.1", "Referrals to children's social care"),
        ("2.1", "Plans started"),
        ("2.2", "Children missing"),
    ]


def test_tables_of_an_account_have_their_places_in_its_order() -> None:
    made = public_form(referrals(), on=TODAY).table
    parts: tuple[Part[PublicFigure], ...]
    parts = (Subheading("Money"), made, Paragraph(("Words.",)), replace(made, rows=()), made)
    account = AccountBlock("money", "Money", parts)
    content = report()
    section = replace(content.sections[1], blocks=(account, *content.sections[1].blocks[1:]))
    assert [
        (one.number, one.block.title) for one in tables_of(replace(content, sections=(section,)))
    ] == [("2.1", "Money"), ("2.2", "Money"), ("2.3", "Children missing")]


@pytest.mark.parametrize(
    ("rows", "letters", "is_long"),
    [(10, 20, False), (11, 1, True), (3, 201, True), (3, 200, False)],
)
def test_table_is_long_by_its_rows_or_by_its_words(rows: int, letters: int, is_long: bool) -> None:
    each: Row[Figure] = Row("Body", (("x" * letters,),))
    table = BlockTable("Bodies", (Column("Name", numeric=False),), (each,) * rows)
    assert table.is_long is is_long
