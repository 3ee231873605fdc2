"""Files with a column for each quarter, or for each figure, as agencies keep them."""

import pytest
from django.utils import timezone

from metrics.models import Cell
from metrics.queries import quarters_to
from partnerships.periods import Span
from tests.metrics.test_views import signed_in
from tests.metrics.upload.files import csv_file, xlsx_file
from tests.metrics.upload.test_upload_pages import upload
from tests.world import World


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


def quarters(span: Span) -> str:
    """The labels of three quarters, the one of the return in the middle."""
    before = span.quarter_before
    assert before
    return f"{before.label},{span.label},{span.year_before.label}"


def test_column_of_the_return_s_quarter_has_the_values(world: World, newest: Span) -> None:
    rows = ("Our figures,,,", f"Measure,{quarters(newest)}", "Referrals,120,131,9")
    page = upload(signed_in(world.unit), newest, csv_file(*rows))
    assert page.context["shown"].added == [["Referrals", "131"]]
    assert f"Column C (“{newest.label}”) was read as “Value”." in page.content.decode()


@pytest.mark.parametrize(
    "headings",
    [
        "Measure,Q1,Q2,Q3,Q4",  # of which year?
        "Measure,Q4 2018-19,Q1 2019-20",
        "Measure,{0},{0} target,{0}",
    ],
)
def test_column_that_is_not_plainly_of_the_quarter_is_asked_about(
    world: World, newest: Span, headings: str
) -> None:
    rows = (headings.format(newest.label), "Referrals,1,2,3,4")
    page = upload(signed_in(world.unit), newest, csv_file(*rows))
    assert page.request["PATH_INFO"].endswith("/columns/")


def test_value_column_goes_before_one_of_the_quarter(world: World, newest: Span) -> None:
    rows = (f"Measure,{newest.label},Value", "Referrals,1,2")
    page = upload(signed_in(world.unit), newest, csv_file(*rows))
    assert page.context["shown"].added == [["Referrals", "2"]]


@pytest.mark.parametrize(
    "content",
    [
        csv_file(",2018/19,,2019/20,", "Indicator,Q1,Q2,Q1,Q2", "Referrals,1,2,3,4"),
        xlsx_file(
            (None, "2018/19", None, "2019/20"),
            ("Indicator", "Q1", "Q2", "Q1", "Q2"),
            ("Referrals", 1, 2, 3, 4),
        ),
    ],
)
def test_row_of_years_above_the_headings_is_no_row_of_headings(
    world: World, newest: Span, content: bytes
) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, content)
    labels = [field.label for field in page.context["form"]]
    assert labels[:5] == ["What “Indicator” is", *["What “Q1” is", "What “Q2” is"] * 2]
    told = {"column_0": "name", "column_4": "value"}
    refused = unit.post(page.request["PATH_INFO"], told).content.decode()
    assert "Several columns are called “Q2”, and cannot be told apart." in refused


def test_column_without_a_heading_is_told_to_be_named(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, csv_file(",April,May", "Referrals,1,2"))
    assert "A column without a heading is not listed" in page.content.decode()
    named = upload(unit, newest, csv_file("Measure,April,May", "Referrals,1,2"))
    assert "A column without a heading" not in named.content.decode()


@pytest.mark.parametrize("names", ["Referrals,Conferences held in time", "referrals,timely"])
def test_figures_that_stand_side_by_side_are_told_to_be_turned_round(
    world: World, newest: Span, names: str
) -> None:
    rows = (f"Quarter,{names}", f"{newest.label},1,2")
    page = upload(signed_in(world.unit), newest, csv_file(*rows))
    assert page.status_code == 422
    first, second = names.split(",")
    assert f"in a column of its own (“{first}”, “{second}”)" in page.content.decode()
    assert not Cell.objects.exists()
