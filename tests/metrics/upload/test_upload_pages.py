"""Uploading a return, as people do it."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from metrics.actions import approve, send_back
from metrics.exports import OBSERVATION_COLUMNS, observations
from metrics.models import (
    Breakdown,
    Category,
    Cell,
    Expectation,
    ExpectedBreakdown,
    ImportBatch,
    Revision,
)
from metrics.queries import quarters_to
from metrics.returns.comments import save_comment
from metrics.upload import actions
from partnerships.jobs import run_now
from partnerships.models import AuditEvent, Job, User
from partnerships.periods import Span
from tests.factories import ImportBatchFactory
from tests.metrics.test_views import signed_in
from tests.metrics.upload.files import csv_file
from tests.world import NOW, World


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


def upload(client: Client, span: Span, content: bytes, name: str = "return.csv") -> Any:
    """Sends a file; the page that it leads to, with its context."""
    return client.post(
        f"/p/testshire/returns/{span.key}/figures/upload/",
        {"file": SimpleUploadedFile(name, content)},
        follow=True,
    )


def confirm(client: Client, page: Any, **more: str) -> Any:
    """Sends what the preview page asks for."""
    batch = ImportBatch.objects.get(pk=page.context["batch"].pk)
    seen = page.context["shown"].seen
    url = f"/p/testshire/returns/{batch.period.key}/figures/upload/{batch.pk}/"
    return client.post(url, {"seen": seen} | more)


def values() -> dict[str, Decimal | None]:
    cells = Cell.objects.select_related("latest", "indicator")
    return {cell.indicator.code: cell.latest.value for cell in cells if cell.latest}


FILE = csv_file("Code,Value,Numerator,Denominator", 'referrals,"1,234",,', "timely,,30,40")


def test_file_fills_a_figure_that_only_a_comment_stands_at(world: World, newest: Span) -> None:
    save_comment(
        place=world.place(newest),
        words="Comes by file.",
        follow_up=True,
        seen=0,
        by=world.unit,
        at=NOW,
    )
    unit = signed_in(world.unit)
    confirm(unit, upload(unit, newest, FILE))
    assert values() == {"referrals": Decimal(1234), "timely": Decimal(75)}
    assert ImportBatch.objects.get().result == {"added": 2, "changed": 0, "unchanged": 0}
    assert Cell.objects.get(indicator=world.referrals).comments.get().words == "Comes by file."


def test_file_goes_from_upload_to_figures(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, FILE)
    said = page.content.decode()
    assert "Thousands separators were left out. Row 2." in said
    assert Revision.objects.count() == 0

    assert confirm(unit, page).headers["Location"] == f"/p/testshire/returns/{newest.key}/"
    assert values() == {"referrals": Decimal(1234), "timely": Decimal(75)}
    revision = Revision.objects.get(cell__indicator__code="referrals")
    assert (revision.by, revision.number, revision.reason) == (world.unit, 1, "")
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.content) == ("taken", None)
    assert batch.result == {"added": 2, "changed": 0, "unchanged": 0}
    saved = AuditEvent.objects.get(verb="figures saved from a file")
    assert saved.detail == {"file": batch.sha256, "added": 2, "changed": 0}


def test_same_file_again_changes_nothing(world: World, newest: Span) -> None:
    unit, second = signed_in(world.unit), signed_in(world.second)
    confirm(unit, upload(unit, newest, FILE))
    for again in (unit, second):
        page = upload(again, newest, FILE)
        assert "every figure in it is entered already" in page.content.decode()
        confirm(again, page)
    assert Revision.objects.count() == 2


def test_confirming_twice_saves_once(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, FILE)
    assert [confirm(unit, page).status_code for _ in range(2)] == [302, 302]
    assert Revision.objects.count() == 2


def test_changed_figures_ask_once_for_a_reason(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    confirm(unit, upload(unit, newest, FILE))
    page = upload(unit, newest, csv_file("Code,Value", "referrals,1240"))
    assert "1,240" in page.content.decode()
    assert "(optional)" not in page.content.decode()
    refused = confirm(unit, page)
    assert refused.status_code == 422
    assert "Say why the figures are changed." in refused.content.decode()
    confirm(unit, page, reason="Six were left out.")
    newest_revision = Revision.objects.get(number=2)
    assert (newest_revision.value, newest_revision.reason) == (Decimal(1240), "Six were left out.")
    assert Cell.objects.get(indicator=world.referrals).latest == newest_revision


def test_one_refused_row_refuses_all(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(
        unit,
        newest,
        csv_file("Code,Value,Numerator,Denominator", "referrals,12,,", "timely,,50,40"),
    )
    said = page.content.decode()
    assert "50 is more than 40" in said
    assert "C, “Numerator”" in said
    assert confirm(unit, page).status_code == 422
    assert Revision.objects.count() == 0
    assert ImportBatch.objects.get().state == "waiting"


def test_somebody_s_save_in_between_is_shown_and_not_saved_over(world: World, newest: Span) -> None:
    unit, second = signed_in(world.unit), signed_in(world.second)
    page = upload(unit, newest, FILE)
    confirm(second, upload(second, newest, csv_file("Code,Value", "referrals,99")))
    answer = confirm(unit, page)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody has saved one of these figures" in said
    assert "second" in said
    assert values() == {"referrals": Decimal(99)}
    assert confirm(unit, answer, reason="Ours is the later count.").status_code == 302
    assert values() == {"referrals": Decimal(1234), "timely": Decimal(75)}


def test_contributor_enters_only_what_their_agency_supplies(world: World, newest: Span) -> None:
    officer = signed_in(world.contributor)
    page = upload(officer, newest, FILE)
    assert "“timely” is no figure of this return that you enter." in page.content.decode()
    confirm(officer, upload(officer, newest, csv_file("Code,Value", "referrals,7")))
    assert values() == {"referrals": Decimal(7)}


def test_file_of_somebody_else_is_not_there(world: World, newest: Span) -> None:
    page = upload(signed_in(world.unit), newest, FILE)
    path = f"/p/testshire/returns/{newest.key}/figures/upload/{page.context['batch'].pk}/"
    second = signed_in(world.second)
    assert second.get(path).status_code == 404
    assert second.post(path, {"seen": "x"}).status_code == 404
    assert second.post(f"{path}drop/").status_code == 404


def test_dropped_file_is_gone(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, FILE)
    path = f"/p/testshire/returns/{newest.key}/figures/upload/{page.context['batch'].pk}/"
    assert unit.post(f"{path}drop/").status_code == 302
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.content) == ("dropped", None)
    assert "no longer kept" in unit.get(path, follow=True).content.decode()


def test_file_of_more_than_a_day_is_dropped(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    upload(unit, newest, FILE)
    batch = ImportBatch.objects.get()
    first = Job.objects.get(kind="metrics.drop_uploads")
    assert first.not_before == batch.at + actions.KEPT_FOR
    ImportBatch.objects.update(at=timezone.now() - timedelta(hours=25))
    ImportBatchFactory(partnership=world.partnership, at=timezone.now())
    assert run_now(first).result == {"dropped": 1}
    assert sorted(ImportBatch.objects.values_list("state", flat=True)) == ["dropped", "waiting"]
    assert Job.objects.filter(kind="metrics.drop_uploads", state="waiting").count() == 1


@pytest.mark.parametrize("person", ["unit", "contributor"])
def test_template_filled_in_is_understood(world: World, newest: Span, person: str) -> None:
    who: User = getattr(world, person)
    client = signed_in(who)
    text = client.get(f"/p/testshire/returns/{newest.key}/figures/template.csv").content.decode()
    heading, *rows = text.splitlines()
    assert len(rows) == {"unit": 2, "contributor": 1}[person]
    filled = [f"{row[:-6]}12,,,,,," for row in rows if ",referrals," in row]
    page = upload(client, newest, csv_file(heading, *filled))
    assert page.context["shown"].added == [["Referrals", "12"]]
    assert page.context["shown"].understood == []


def test_template_lists_figures_by_category(world: World, newest: Span) -> None:
    abuse = Breakdown.objects.create(code="abuse", name="Abuse", nature="partition")
    Category.objects.create(breakdown=abuse, code="neglect", name="Neglect")
    ExpectedBreakdown.objects.create(
        expectation=Expectation.objects.get(indicator=world.referrals), breakdown=abuse
    )
    client = signed_in(world.unit)
    text = client.get(f"/p/testshire/returns/{newest.key}/figures/template.csv").content.decode()
    heading, *rows = text.splitlines()
    told = [",".join(row.split(",")[2:5]) for row in rows]
    assert told == [
        "timely,,Conferences held in time",
        "referrals,,Referrals",
        "referrals,abuse=neglect,Referrals: Neglect",
    ]
    filled = [f"{row[:-6]}12,,,,,," for row in rows if ",referrals," in row]
    page = upload(client, newest, csv_file(heading, *filled))
    assert page.context["shown"].added == [["Referrals", "12"], ["Referrals (abuse=neglect)", "12"]]


def test_workbook_template_filled_in_is_understood(world: World, newest: Span) -> None:
    client = signed_in(world.unit)
    raw = client.get(f"/p/testshire/returns/{newest.key}/figures/template.xlsx").content
    book = load_workbook(io.BytesIO(raw))
    sheet = book["Figures"]
    headings = [cell.value for cell in sheet[3]]
    for row in sheet.iter_rows(min_row=4):
        # A format with a point shows 12 as "12.", and a CSV of the sheet says so too.
        assert row[headings.index("Value")].number_format in {"General", "#,##0"}
        if row[headings.index("Code")].value == "timely":
            row[headings.index("Numerator")].value = 9
            row[headings.index("Denominator")].value = 12
            row[headings.index("Provisional")].value = "Yes"
    assert len(sheet.data_validations.dataValidation) >= 7
    out = io.BytesIO()
    book.save(out)
    page = upload(client, newest, out.getvalue(), "template.xlsx")
    shown = page.context["shown"]
    assert shown.added == [["Conferences held in time", "75% (9 out of 12), provisional"]]
    assert shown.understood == ["The sheet “Figures” was read, and no other."]


def test_own_export_is_understood(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    confirm(unit, upload(unit, newest, FILE))
    for cell in Cell.objects.select_related("latest"):
        cell.approved = cell.latest
        cell.save()
    rows = [list(map(str, row.values())) for row in observations([world.partnership])]
    content = csv_file(",".join(OBSERVATION_COLUMNS), *(",".join(row) for row in rows))
    page = upload(unit, newest, content)
    assert page.context["shown"].counts["unchanged"] == 2
    assert page.context["shown"].understood == []
    older = upload(unit, newest.year_before, content)
    assert [(fact.key, fact.value) for fact in older.context["counts"]][4:] == [
        ("Rows of other periods", "2")
    ]
    said = older.content.decode()
    assert f"and that they are of {newest.year_before.label}." in said
    assert confirm(unit, older).status_code == 302


def test_file_that_is_too_large_is_refused_before_it_is_read(
    world: World, newest: Span, settings: Any
) -> None:
    unit = signed_in(world.unit)
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    just_over = upload(unit, newest, b"Code,Value\n" + b"a,1\n" * 264_000)
    assert just_over.status_code == 422
    assert "The file is larger than 1 MB." in just_over.content.decode()
    settings.UPLOAD_MAX_BYTES = 1024
    assert upload(unit, newest, b"x" * 200_000).status_code == 413
    assert ImportBatch.objects.count() == 0


def test_partnership_without_returns_has_no_upload(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    path = f"/p/testshire/returns/{newest.key}/figures/upload/"
    assert unit.get(path).status_code == 200
    world.dataset.kind = "printed"
    world.dataset.save()
    assert unit.get(path).status_code == 404
    assert unit.get("/p/testshire/returns/2099-00-q1/figures/upload/").status_code == 404


def test_approved_figure_becomes_a_correction_that_waits(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    confirm(unit, upload(unit, newest, FILE))
    cell = Cell.objects.get(indicator=world.referrals)
    approve(cell=cell, seen=1, by=world.approver, at=timezone.now())
    page = upload(unit, newest, csv_file("Code,Value", "referrals,1240"))
    assert "Approved: this is a correction." in page.content.decode()
    confirm(unit, page, reason="Six were left out.")
    cell.refresh_from_db()
    assert cell.latest is not None
    assert cell.approved is not None
    assert (cell.latest.number, cell.latest.flags) == (2, "r")
    assert (cell.approved.number, cell.approved.value) == (1, Decimal(1234))


def test_sent_back_figure_is_not_sent_again_by_the_same_file(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    confirm(unit, upload(unit, newest, FILE))
    cell = Cell.objects.get(indicator=world.referrals)
    send_back(cell=cell, seen=1, by=world.approver, at=timezone.now(), reason="Which week?")
    page = upload(unit, newest, FILE)
    assert "were sent back by an approver" in page.content.decode()
    confirm(unit, page)
    assert Revision.objects.count() == 2


def test_text_like_a_formula_stays_text_on_the_way_out_and_back(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    file = csv_file("Code,Value,Note", "referrals,12,=HYPERLINK(1)")
    confirm(unit, upload(unit, newest, file))
    cell = Cell.objects.select_related("latest").get()
    assert cell.latest is not None
    assert cell.latest.note == "=HYPERLINK(1)"
    cell.approved = cell.latest
    cell.save()
    (row,) = observations([world.partnership])
    assert row["note"] == "'=HYPERLINK(1)"
    back = csv_file(",".join(row), ",".join(map(str, row.values())))
    assert upload(unit, newest, back).context["shown"].counts["unchanged"] == 1
    world.referrals.name = "=1+1"
    world.referrals.save()
    text = unit.get(f"/p/testshire/returns/{newest.key}/figures/template.csv").content.decode()
    assert ",'=1+1," in text
