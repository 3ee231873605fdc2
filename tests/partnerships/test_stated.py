"""The registry of figures that are no indicator's: one finder a kind, one address a figure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from partnerships import stated
from partnerships.models import Partnership
from partnerships.stated import Stated, address_of, figures, find, kinds
from safeguarding.demo.files import FileError, rows
from safeguarding.demo.reference import load_reference
from tests.fixtures.figures import FOLDER
from tests.house.test_loading import REFERENCE

ASKED: list[tuple[str, list[str]]] = []


@pytest.fixture
def lengths() -> Iterator[str]:
    """A kind that finds one figure: of the part `known`."""
    kind = "lengths"

    @figures(kind)
    def length(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
        ASKED.append((partnership.slug, list(parts)))
        if list(parts) != ["known"]:
            return None
        return Stated(address_of(kind, partnership, *parts), "Length", Decimal(2), "hours")

    yield kind
    del stated._finders[kind]
    ASKED.clear()


def test_figure_is_found_with_the_partnership_it_belongs_to(
    lengths: str, testshire: Partnership
) -> None:
    found = find("lengths:testshire:known")
    assert found is not None
    partnership, figure = found
    assert (partnership, figure.address, figure.words) == (
        testshire,
        "lengths:testshire:known",
        "2 hours",
    )


@pytest.mark.parametrize(
    "address",
    [
        "lengths",
        "lengths:",
        "lengths:testshire",
        "lengths:nowhere:known",
        "lengths:testshire:unknown",
        "lengths:testshire:known:more",
        "widths:testshire:known",
        "",
        ":testshire:known",
    ],
)
def test_address_of_nothing_finds_nothing(
    lengths: str, testshire: Partnership, address: str
) -> None:
    assert find(address) is None


def test_finder_is_asked_only_of_a_partnership_that_there_is(
    lengths: str, testshire: Partnership
) -> None:
    find("lengths:nowhere:known")
    find("widths:testshire:known")
    find("lengths:testshire:a:b")
    assert ASKED == [("testshire", ["a", "b"])]


def test_two_finders_of_one_kind_are_refused(lengths: str) -> None:
    with pytest.raises(ValueError, match="Two functions find the figures of the kind 'lengths'"):
        figures(lengths)(lambda partnership, parts: None)


def test_kinds_of_this_app_are_known() -> None:
    assert {"attendance", "budget", "contributions", "meetings", "seats"} <= kinds()


def test_dataset_with_the_name_of_a_kind_is_refused(db: None, tmp_path: Path) -> None:
    """Its figures would have the addresses of others."""
    for name, text in REFERENCE.items():
        (tmp_path / name).write_text(text.replace("\nreport,", "\nbudget,"), encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_reference(tmp_path)
    file = (tmp_path / "datasets.csv").as_posix()
    assert f"{file}, line 2: code is 'budget', which begins the addresses" in str(caught.value)


def test_no_dataset_of_ours_has_the_name_of_a_kind() -> None:
    codes = {row.required("code") for row in rows(FOLDER / "datasets.csv")}
    assert codes & kinds() == set()


@pytest.mark.parametrize(
    ("figure", "words", "cell"),
    [
        (Stated("a", "A", Decimal(51584), "£"), "£51,584", "£51,584"),
        (Stated("a", "A", Decimal("-1.5"), "£", 2), "−£1.50", "−£1.50"),
        (Stated("a", "A", Decimal(200) / 3, "%"), "67%", "67%"),
        (Stated("a", "A", Decimal(14), "sessions"), "14 sessions", "14"),
        (Stated("a", "A", Decimal(2), qualifier="at-least"), "at least 2", "2"),
        (
            Stated("a", "A", Decimal(1), "meetings", out_of=Decimal(2)),
            "1 of 2 meetings",
            "1 of 2",
        ),
        (Stated("a", "A", None, "meetings", marker="c", out_of=Decimal(2)), "[c]", "[c]"),
    ],
)
def test_figure_reads_as_a_sentence_and_as_a_table_have_it(
    figure: Stated, words: str, cell: str
) -> None:
    assert (figure.words, figure.cell) == (words, cell)
