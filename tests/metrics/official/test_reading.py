"""Reading of published files: what a row says, and the row and column of one that is wrong."""

import gzip
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.official.layouts import LAYOUTS, When
from metrics.official.opening import FileRefused, header_of, opened
from metrics.official.reading import Stated, layout_of, number, span_of, stated, year_of
from tests.metrics.official.files import AUTHORITIES, ENGLAND, Row, in_care, in_need, repeat, write

HERE = AUTHORITIES[0]


def read(file: Path) -> list[Stated]:
    with opened(file) as rows:
        columns = header_of(rows)
        return list(stated(rows, columns, layout_of(columns)))


def test_no_two_layouts_have_the_same_columns_or_dataset() -> None:
    assert len({layout.columns for layout in LAYOUTS}) == len(LAYOUTS)
    assert len({layout.source.code for layout in LAYOUTS}) == len(LAYOUTS)


def test_a_percentage_brings_its_numbers_and_keeps_its_precision(tmp_path: Path) -> None:
    started, share = read(write(tmp_path / "a.csv", [repeat(HERE, "26", "100", "26")]))
    assert (started.measured.indicator, started.value, started.span.key) == (
        "cpp-started",
        Decimal(100),
        "2019-20",
    )
    assert (share.value, share.numerator, share.denominator) == (
        Decimal(26),
        Decimal(26),
        Decimal(100),
    )
    assert share.decimals == 1  # the column has one place, also where it drops a last 0


def test_a_rate_is_of_the_population_of_the_year_before(tmp_path: Path) -> None:
    count, rate = read(write(tmp_path / "a.csv", [in_care(HERE, "670", "68000", "99")]))
    assert (count.span.key, count.value, count.population_of) == ("2020-03-31", Decimal(670), None)
    assert (rate.numerator, rate.denominator, rate.decimals) == (Decimal(670), Decimal(68_000), 0)
    assert rate.population_of is not None
    assert rate.population_of.key == "2019-06-30"


@pytest.mark.parametrize("mark", ["c", "x", "z", "low", "k", "u"])
def test_a_mark_stands_for_a_number_and_takes_its_numerator_along(
    tmp_path: Path, mark: str
) -> None:
    _, share = read(write(tmp_path / "a.csv", [repeat(HERE, "26", "100", mark)]))
    assert (share.value, share.marker, share.numerator, share.denominator) == (
        None,
        mark,
        None,
        Decimal(100),
    )


def test_a_byte_order_mark_and_another_order_of_columns_change_nothing(tmp_path: Path) -> None:
    rows = [in_need(ENGLAND, "389260"), in_need(HERE, "2109")]
    plain = read(write(tmp_path / "a.csv", rows))
    assert read(write(tmp_path / "b.csv", rows, mark=True, turned=True)) == plain
    assert [(each.code, each.value) for each in plain] == [
        (ENGLAND, Decimal(389_260)),
        (HERE, Decimal(2109)),
    ]


def test_six_digits_name_the_year_they_end_in() -> None:
    assert year_of("201920", "Financial year", 2) == year_of("2020", "Reporting year", 2) == 2020
    assert year_of("199900", "Reporting year", 2) == 2000
    assert [span_of(when, 2020).key for when in When] == ["2020-03-31", "2019-20", "2020-06-30"]


@pytest.mark.parametrize("written", ["201921", "20", "2020-21", "", "202O"])
def test_a_year_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(FileRefused, match=r"row 7, time_period: .* is not a year"):
        year_of(written, "Reporting year", 7)


@pytest.mark.parametrize("text", ["1,265", "-3", "1e5", "NaN", "", "..", "٣", "1_0", "~"])
def test_a_cell_that_is_neither_number_nor_mark_is_refused(text: str) -> None:
    with pytest.raises(FileRefused, match=r"row 3, CPP_start: .* neither a number"):
        number(text, 3, "CPP_start")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("geographic_level", "Ward", "row 3, geographic_level: 'Ward' is not a level"),
        ("new_la_code", "", "row 3, new_la_code: the code of the area is missing."),
        ("category", "Others", "row 3, category: 'Others' is not a value that the layout knows"),
        ("time_identifier", "Autumn term", "row 3, time_identifier: 'Autumn term' is not known"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(
    tmp_path: Path, column: str, value: str, message: str
) -> None:
    wrong = in_need(HERE, "5") | {column: value}
    with pytest.raises(FileRefused) as caught:
        read(write(tmp_path / "a.csv", [in_need(ENGLAND, "5"), wrong]))
    assert str(caught.value).startswith(message)


def test_a_further_column_is_refused_since_it_may_divide_the_numbers(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="children in need: it has sex, which no layout knows"):
        read(write(tmp_path / "a.csv", [in_need(HERE, "5") | {"sex": "Female"}]))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"a,b\n1,2\n", "row 1: the columns are those of no file that is known"),
        (b"a,a\n", "row 1, a: the column stands twice."),
        (b"a,b\n1,\xe5\n", "row 1: the columns are those of no file that is known"),
        (b"\xe5\n", "row 1: this is not UTF-8 text. Save it as UTF-8."),
        ("time_period\n".encode("utf-16"), "this is UTF-16 text. Save it as UTF-8."),
        (gzip.compress(b"time_period\n", mtime=0), "this is packed (gzip). Unpack it"),
        (b"PK\x03\x04rest", "this is a workbook or a packed folder (zip)."),
        (b"time_period;la_name\n2020;A\n", "the columns are not separated by commas."),
        (b"time_period\0\n", "row 1: this holds a byte 0, which no text has."),
        (b"a" * 100_001, "row 1: the line is longer than 100,000 characters."),
    ],
)
def test_a_file_that_is_none_of_the_known_is_refused(
    tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    with pytest.raises(FileRefused) as caught:
        read(file)
    assert message in str(caught.value)


def test_a_row_of_another_length_and_a_header_alone_are_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [in_need(HERE, "5")])
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(",5,", ",5,1,").rstrip("\n"), encoding="utf-8")
    file.write_text(text.rstrip() + ",more\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="row 2: there are 20 cells under 19 columns"):
        read(file)
    file.write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="there is no row beneath the column names"):
        read(file)


def test_a_cut_off_file_and_one_of_another_encoding_are_refused_at_their_row(
    tmp_path: Path,
) -> None:
    file = write(tmp_path / "a.csv", [in_need(HERE, "5", str(year)) for year in range(2013, 2020)])
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.rindex(b"Local")])
    with pytest.raises(FileRefused, match=r"^row 8: there are 3 cells .* the file was cut off"):
        read(file)
    file.write_bytes(whole.replace(b"2017,Reporting year", b"2017,Reporting y\xe9ar"))
    with pytest.raises(FileRefused, match=r"^row 6: this is not UTF-8 text\. Save it as UTF-8\.$"):
        read(file)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (repeat(HERE, "12", "50", "245"), "row 2, CPP_subsequent_percent: 245 is more than 100"),
        (repeat(HERE, "51", "50", "24"), "row 2, CPP_subsequent: 51 is more than the 50 of"),
        (repeat(HERE, "5", "0", "24"), "row 2, CPP_subsequent: 5 is more than the 0 of"),
        (in_care(HERE, "7", "1000", "10001"), "row 2, rate_per_10000: 10001 is more than 10,000"),
    ],
)
def test_a_share_of_more_than_all_is_refused(tmp_path: Path, row: Row, message: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read(write(tmp_path / "a.csv", [row]))
    assert str(caught.value).startswith(message)


def test_a_header_without_end_is_not_held(tmp_path: Path) -> None:
    """Two thousand million bytes on one line, of which as good as none are read."""
    file = tmp_path / "a.csv"
    with file.open("wb") as handle:
        handle.truncate(2 << 30)
    tracemalloc.start()
    with pytest.raises(FileRefused, match="the line is longer"):
        read(file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000
