"""Categories and their total in a file: held to the rule that the form of a return has."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from metrics.actions import approve
from metrics.entries import Entry
from metrics.models import Breakdown, Category, Cell, Expectation, ExpectedBreakdown, Slice
from metrics.queries import quarters_to
from metrics.saving import save_entry
from partnerships.periods import Span
from tests.metrics.test_views import signed_in
from tests.metrics.upload.files import csv_file
from tests.metrics.upload.test_upload_pages import confirm, upload
from tests.world import NOW, World

HEADINGS = "Code,Breakdown,Value,No number,Reason"
TOTAL = "referrals,,10,,"
DO_NOT = (
    "Referrals by category of abuse: Neglect 7, Other abuse 4 make 11. The total is 10: the "
    "categories make 1 more. Put right the total or a category."
)


@pytest.fixture
def newest(world: World) -> Span:
    """The newest quarter; referrals are asked for by category of abuse: neglect, or other."""
    abuse = Breakdown.objects.create(code="abuse", name="Category of abuse", nature="partition")
    for code, name in (("neglect", "Neglect"), ("other", "Other abuse")):
        Category.objects.create(breakdown=abuse, code=code, name=name)
    asked = Expectation.objects.get(indicator=world.referrals)
    ExpectedBreakdown.objects.create(expectation=asked, breakdown=abuse)
    return quarters_to(timezone.localdate(), 1)[0]


def test_category_is_asked_about_by_its_own_series(world: World, newest: Span) -> None:
    for span in quarters_to(timezone.localdate(), 7)[1:]:
        for piece, value in (("all", 120), ("abuse=neglect", 20), ("abuse=other", 100)):
            place = replace(world.place(span), slice=Slice.objects.get_or_create(key=piece)[0])
            entry = Entry(value=Decimal(value))
            cell = save_entry(place=place, entry=entry, by=world.unit, at=NOW, seen=0).cell
            approve(cell=cell, seen=1, by=world.approver, at=NOW)
    rows = ("referrals,,120,,", "referrals,abuse=neglect,100,,", "referrals,abuse=other,20,,")
    page = upload(signed_in(world.unit), newest, csv_file(HEADINGS, *rows))
    assert [(row, why) for row, *_, why in page.context["shown"].asked] == [
        ("3", "100 is far from the 6 quarters before, which all had 20."),
        ("4", "20 is far from the 6 quarters before, which all had 100."),
    ]


def refused(world: World, span: Span, *rows: str) -> list[list[str]]:
    page = upload(signed_in(world.unit), span, csv_file(HEADINGS, *rows))
    answer = confirm(signed_in(world.unit), page)
    found: list[list[str]] = page.context["shown"].refused
    assert answer.status_code == (422 if found else 302)
    return found


def test_categories_that_make_another_total_refuse_the_file(world: World, newest: Span) -> None:
    rows = ("timely,,,z,Closed.", TOTAL, "referrals,abuse=neglect,7,,", "referrals,abuse=other,4,,")
    assert refused(world, newest, *rows) == [["3", "C, “Value”", DO_NOT]]
    assert not Cell.objects.exists()


@pytest.mark.parametrize(
    "rows",
    [
        (TOTAL, "referrals,abuse=neglect,7,,", "referrals,abuse=other,3,,"),
        (TOTAL, "referrals,abuse=neglect,7,,"),  # the other is still to come
        (TOTAL, "referrals,abuse=neglect,10,,", "referrals,abuse=other,,z,It cannot be."),
    ],
)
def test_categories_that_go_with_their_total_are_taken(
    world: World, newest: Span, rows: tuple[str, ...]
) -> None:
    assert refused(world, newest, *rows) == []


def test_category_is_held_against_the_total_that_stands(world: World, newest: Span) -> None:
    place = world.place(newest, world.referrals)
    save_entry(place=place, entry=Entry(value=Decimal(6)), by=world.unit, at=NOW, seen=0)
    (only,) = refused(world, newest, "referrals,abuse=neglect,7,,")
    assert only[0] == "2"
    assert "Neglect 7 make 7. The total is 6" in only[2]


def test_file_is_not_refused_for_what_it_leaves_as_it_is(world: World, newest: Span) -> None:
    place = world.place(newest, world.referrals)
    save_entry(place=place, entry=Entry(value=Decimal(6)), by=world.unit, at=NOW, seen=0)
    (only,) = refused(world, newest, TOTAL.replace("10", "6"), "referrals,abuse=neglect,7,,")
    assert only[0] == "3"
    assert refused(world, newest, "referrals,,6,,", "timely,,,z,Closed.") == []
