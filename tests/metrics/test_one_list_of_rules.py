"""The same wrong figure gets the same answer in the form, in a file, and from the command."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.utils import timezone

from metrics.exports import OBSERVATION_COLUMNS
from metrics.models import Revision
from metrics.queries import quarters_to
from partnerships.periods import Span
from tests.metrics.returns.test_divisions import NEGLECT, OTHER, divided
from tests.metrics.returns.test_grid import address, row
from tests.metrics.test_exported import taken
from tests.metrics.test_views import signed_in
from tests.metrics.upload.files import csv_file
from tests.metrics.upload.test_upload_pages import upload
from tests.world import World

__all__ = ["divided"]

COLUMNS = ("slice", "value", "numerator", "denominator", "marker", "marker_reason")
# What stands in the columns of one figure, and what is said of it.
WRONG = {
    "negative": (("referrals", "all", "-5"), "-5 is below 0. Enter 0 or a higher number."),
    "no whole number": (
        ("referrals", "all", "12.5"),
        "12.5 is not a whole number. Enter a count, such as 12.",
    ),
    "too large": (
        ("referrals", "all", "2000000000000"),
        "That number is too large. Check its digits.",
    ),
    "part above the whole": (
        ("timely", "all", "", "60", "50"),
        "60 is more than 50, the number in all. Check which number is which.",
    ),
    "half a ratio": (
        ("timely", "all", "", "60", ""),
        "Enter both numbers: how many, and out of how many in all.",
    ),
    "no reason": (
        ("referrals", "all", "", "", "", "x"),
        "Say in a few words why there is no number.",
    ),
}
TOO_MANY = [
    ("referrals", "all", "10"),
    ("referrals", "abuse=neglect", "7"),
    ("referrals", "abuse=other", "4"),
]
DO_NOT_ADD_UP = (
    "Referrals by category of abuse: Neglect 7, Other abuse 4 make 11. The total is 10: the "
    "categories make 1 more. Put right the total or a category."
)


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


def in_the_form(world: World, span: Span, *figures: tuple[str, ...]) -> list[str]:
    data: dict[str, str] = {}
    for code, piece, *said in figures:
        key = {"all": code, "abuse=neglect": NEGLECT, "abuse=other": OTHER}[piece]
        cells = zip(COLUMNS[1:], said, strict=False)
        data |= row(key) | {f"{key}-{name}": text for name, text in cells if text}
    answer = signed_in(world.unit).post(address(span), data)
    return [line.text.split(": ", 1)[1] for line in answer.context["form"].errors]


def in_a_file(world: World, span: Span, *figures: tuple[str, ...]) -> list[str]:
    headings = ",".join(("Code", "Breakdown", *COLUMNS[1:]))
    page = upload(signed_in(world.unit), span, csv_file(headings, *map(",".join, figures)))
    return [what for _row, _column, what in page.context["shown"].refused]


def from_the_command(folder: Path, span: Span, *figures: tuple[str, ...]) -> str:
    same = dict.fromkeys(OBSERVATION_COLUMNS, "") | {
        "partnership": "testshire",
        "dataset": "testshire-returns",
        "area": "testshire",
        "period_kind": "quarter",
        "period_start": f"{span.first}",
        "period_end": f"{span.last}",
        "qualifier": "exactly",
        "decimals": "0",
        "base": "1",
        "mention": "1",
    }
    file = folder / "figures.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, OBSERVATION_COLUMNS)
        writer.writeheader()
        for code, *said in figures:
            unit = "percent" if code == "timely" else "count"
            cells = dict(zip(COLUMNS, said, strict=False))
            writer.writerow(same | {"indicator": code, "unit": unit} | cells)
    with pytest.raises(CommandError) as refused:
        taken(file)
    return str(refused.value)


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_figure_gets_one_answer(
    world: World, newest: Span, tmp_path: Path, wrong: str
) -> None:
    figure, sentence = WRONG[wrong]
    assert in_the_form(world, newest, figure) == [sentence]
    assert in_a_file(world, newest, figure) == [sentence]
    said = from_the_command(tmp_path, newest, figure)
    assert said.startswith("figures.csv: row 2, ")
    assert said.endswith(f": {sentence} Nothing was imported.")
    assert not Revision.objects.exists()


def test_categories_that_do_not_make_their_total_get_one_answer(
    divided: World, newest: Span, tmp_path: Path
) -> None:
    form = in_the_form(divided, newest, *TOO_MANY)
    assert form[0] == DO_NOT_ADD_UP
    assert in_a_file(divided, newest, *TOO_MANY) == [DO_NOT_ADD_UP]
    said = from_the_command(tmp_path, newest, *TOO_MANY)
    assert said == f"figures.csv: row 2, value: {DO_NOT_ADD_UP} Nothing was imported."
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (("timely", "all", "91", "45", "50"), "45 out of 50 gives 90, not 91."),
        (("timely", "all", "90"), "The portal works this figure out of two numbers."),
        (("referrals", "all", "", "", "", "c", "Few."), "“c”"),
    ],
)
def test_what_the_form_has_no_box_for_is_refused_by_file_and_command(
    world: World, newest: Span, tmp_path: Path, figure: tuple[str, ...], sentence: str
) -> None:
    assert in_a_file(world, newest, figure)[0].startswith(sentence)
    assert f": {sentence}" in from_the_command(tmp_path, newest, figure)


def test_none_out_of_none_comes_back_as_it_was_exported(world: World, newest: Span) -> None:
    figure = ("timely", "all", "", "0", "0", "z", "None out of none.")
    assert in_a_file(world, newest, figure) == []
