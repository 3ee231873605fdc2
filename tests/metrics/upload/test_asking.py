"""What the portal asks about the figures of a file, and what becomes of the answer."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from metrics.actions import approve
from metrics.models import Cell, ImportBatch, Revision
from metrics.places import Place
from metrics.queries import quarters_to
from metrics.upload import actions, taking
from partnerships.jobs import run_now
from partnerships.models import Job
from partnerships.periods import Span
from tests.factories import BreakdownFactory, CategoryFactory, CellFactory, figure
from tests.metrics.test_views import signed_in
from tests.metrics.upload.files import csv_file
from tests.metrics.upload.test_upload_pages import confirm, upload
from tests.world import World

HEADINGS = "Code,Value,Numerator,Denominator"
UNLIKELY = csv_file(HEADINGS, "referrals,5000,,", "timely,,45,50")
FAR = "5,000 is far from the 6 quarters before, which all had 120."
CHECKED = "Checked with the source: it is right."


def cell_at(place: Place) -> Cell:
    cell: Cell = CellFactory(
        dataset=place.dataset,
        indicator=place.indicator,
        area=place.area,
        period=place.period,
        slice=place.slice,
    )
    return cell


@pytest.fixture
def newest(world: World) -> Span:
    """The newest quarter, after six of 120 referrals that are approved."""
    now, *earlier = quarters_to(timezone.localdate(), 7)
    for span in earlier:
        place = world.place(span)
        figure(cell=cell_at(place), value=Decimal(120), by=world.second)
    return now


def entered(span: Span) -> dict[str, tuple[str, str]]:
    """By indicator what was asked about the latest figure of the quarter, and the answer."""
    cells = Cell.objects.filter(period__first=span.first).select_related("latest", "indicator")
    return {
        each.indicator.code: (each.latest.warnings, each.latest.answer)
        for each in cells
        if each.latest
    }


def test_unlikely_figure_is_shown_with_its_row_and_why(world: World, newest: Span) -> None:
    page = upload(signed_in(world.unit), newest, UNLIKELY)
    assert page.context["shown"].asked == [["2", "Referrals", "5,000", FAR]]
    said = page.content.decode()
    assert FAR in said
    assert CHECKED in said


def test_nothing_is_saved_until_one_answer_is_given_for_all(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, UNLIKELY)
    refused = confirm(unit, page)
    assert refused.status_code == 422
    assert taking.SAY_RIGHT in refused.content.decode()
    assert entered(newest) == {}
    assert ImportBatch.objects.get().state == "waiting"

    done = confirm(unit, page, answer="checked", answer_words="A new team.")
    assert done.status_code == 302
    assert entered(newest) == {
        "referrals": ("far-from-series", f"{CHECKED} A new team."),
        "timely": ("", ""),
    }


@pytest.mark.parametrize("said", [{"answer": "later"}, {"answer_words": "A new team."}])
def test_one_of_the_two_ways_to_answer_is_enough(
    world: World, newest: Span, said: dict[str, str]
) -> None:
    unit = signed_in(world.unit)
    assert confirm(unit, upload(unit, newest, UNLIKELY), **said).status_code == 302
    assert entered(newest)["referrals"][1] in {"Not checked yet.", "A new team."}


def test_figure_without_a_question_asks_for_no_answer(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, csv_file("Code,Value", "referrals,121"))
    assert "answer_words" in page.content.decode()  # hidden
    assert CHECKED not in page.content.decode()
    assert confirm(unit, page).status_code == 302
    assert entered(newest) == {"referrals": ("", "")}


def test_approver_reads_the_answer_where_they_decide(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    confirm(unit, upload(unit, newest, UNLIKELY), answer="event", answer_words="A new team.")
    decide = f"/p/testshire/returns/{newest.key}/figures/decide/"
    page = signed_in(world.approver).get(decide).content.decode()
    assert FAR in page
    assert "Answer: Something happened in this quarter that explains it. A new team." in page


def test_answered_figure_is_asked_again_only_with_other_numbers(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    confirm(unit, upload(unit, newest, UNLIKELY), answer_words="A new team.")
    with_note = csv_file("Code,Value,Note", "referrals,5000,All teams.")
    page = upload(signed_in(world.second), newest, with_note)
    assert page.context["shown"].counts["asked"] == 0
    second = signed_in(world.second)
    assert confirm(second, page, reason="A note was missing.").status_code == 302
    assert entered(newest)["referrals"] == ("far-from-series", "A new team.")

    page = upload(unit, newest, csv_file("Code,Value", "referrals,5001"))
    assert page.context["shown"].counts["asked"] == 1
    refused = confirm(unit, page)
    assert all(each in refused.content.decode() for each in (taking.SAY_WHY, taking.SAY_RIGHT))
    assert Revision.objects.filter(cell__period__first=newest.first).count() == 3


def test_question_that_came_up_meanwhile_is_shown_first(world: World, newest: Span) -> None:
    """The share of earlier quarters is approved between looking and saving."""
    unit = signed_in(world.unit)
    page = upload(unit, newest, UNLIKELY)
    place = world.place(newest.quarter_before or newest, world.timely)
    cell = cell_at(place)
    figure(
        approved=False,
        cell=cell,
        value=Decimal(90),
        numerator=Decimal(18),
        denominator=Decimal(20),
        by=world.unit,
    )
    approve(cell=cell, seen=1, by=world.approver, at=timezone.now())

    answer = confirm(unit, page, answer="checked")
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "or approved one that they are held against" in said
    assert "The number in all was 20 before and is 50 now" in said
    assert answer.context["form"]["answer"].value() is None  # it was about less
    assert entered(newest) == {}
    assert confirm(unit, answer, answer="checked").status_code == 302
    assert entered(newest)["timely"] == ("denominator-changed", CHECKED)


def test_part_of_a_figure_is_not_held_against_the_whole(world: World, newest: Span) -> None:
    CategoryFactory(breakdown__code="age", code="5-11")
    page = upload(
        signed_in(world.unit),
        newest,
        csv_file("Code,Breakdown,Value", "referrals,,121", "referrals,age=5-11,4"),
    )
    assert page.context["shown"].counts["asked"] == 0


def large(client: Client, span: Span) -> ImportBatch:
    """A file for a worker with one unlikely figure, looked at."""
    ward = BreakdownFactory(code="ward")
    rows = [f"referrals,ward={CategoryFactory(breakdown=ward, code=f'w{n}').code},3" for n in "abc"]
    upload(client, span, csv_file("Code,Breakdown,Value", "referrals,,5000", *rows))
    run_now(Job.objects.get(kind="metrics.check_upload"))
    return ImportBatch.objects.get()


def test_large_file_keeps_the_answer_for_its_job(
    world: World, newest: Span, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 3)
    unit = signed_in(world.unit)
    batch = large(unit, newest)
    path = f"/p/testshire/returns/{newest.key}/figures/upload/{batch.pk}/"
    page: Any = unit.get(path)
    shown = page.context["shown"]
    assert shown.asked == [["2", "Referrals", "5,000", FAR]]
    refused = unit.post(path, {"seen": shown.seen})
    assert refused.status_code == 422
    assert taking.SAY_RIGHT in refused.content.decode()
    assert unit.post(path, {"seen": shown.seen, "answer": "checked"}).status_code == 302
    assert unit.get(path).status_code == 200
    assert run_now(Job.objects.get(kind="metrics.take_upload")).state == "done"
    said = Revision.objects.filter(cell__period__first=newest.first)
    assert set(said.values_list("cell__slice__key", "warnings", "answer")) == {
        ("all", "far-from-series", CHECKED),
        *((f"ward=w{n}", "", "") for n in "abc"),
    }
