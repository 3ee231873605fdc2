"""Files of an agency's own making: their own headings, and rows of several partnerships."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from metrics.models import AreaCode, Cell, ColumnNames, Expectation, ImportBatch
from metrics.queries import quarters_to
from metrics.upload import archives, workbooks
from metrics.upload.reading import table_by
from metrics.upload.refusals import ColumnsUnknown
from partnerships.models import AuditEvent, Partnership, Role, RoleName
from partnerships.periods import Span
from tests.factories import AgencyFactory, AreaFactory, DatasetFactory, PartnershipFactory
from tests.metrics.test_views import signed_in
from tests.metrics.upload.files import csv_file, xlsx_file
from tests.metrics.upload.test_upload_pages import confirm, upload, values
from tests.world import World

OWN = csv_file("Ref,Topic,This quarter,RAG", "referrals,Front door,12,green")


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


@pytest.fixture
def otherton(world: World) -> Partnership:
    """The police supply the same indicator to a second partnership, by the same person."""
    there: Partnership = PartnershipFactory(slug="otherton", name="Otherton", short_name="Otherton")
    AreaFactory(partnership=there, code="otherton", name="Otherton")
    DatasetFactory(owner=there, code="otherton-returns")
    agency = AgencyFactory(partnership=there, organisation=world.police.organisation)
    Expectation.objects.create(agency=agency, indicator=world.referrals, first=date(2020, 4, 1))
    Role.objects.create(
        user=world.contributor,
        partnership=there,
        name=RoleName.CONTRIBUTOR,
        agency=agency,
        first=date(2020, 4, 1),
    )
    return there


def answers(page: object, **columns: str) -> dict[str, str]:
    """What is said of the four columns of `OWN`."""
    told = {f"column_{place}": "" for place in range(4)}
    return told | columns


def test_own_headings_are_asked_for_once(world: World, newest: Span) -> None:
    officer = signed_in(world.contributor)
    page = upload(officer, newest, OWN)
    assert "“This quarter” is" in page.content.decode()
    path = page.request["PATH_INFO"]
    told = answers(page, column_0="code", column_2="value", agency=str(world.police.pk))
    shown = officer.post(path, told, follow=True)
    confirm(officer, shown)
    assert values() == {"referrals": Decimal(12)}
    kept = ColumnNames.objects.get(organisation=world.police.organisation)
    assert kept.columns == {"ref": "code", "topic": "", "this quarter": "value", "rag": ""}
    named = AuditEvent.objects.get(verb="columns of files named")
    assert named.detail["organisation"] == "police"

    later = upload(officer, newest, OWN.replace(b"12", b"13"))
    assert [each[1:3] for each in later.context["shown"].changed] == [["12", "13"]]
    by_the_unit = upload(signed_in(world.unit), newest, OWN)
    assert by_the_unit.context["shown"].counts["unchanged"] == 1


@pytest.mark.parametrize("heading", ["Q4 2019-20", "Jan-Mar 2020", "September", "2026/27"])
def test_column_of_one_period_is_not_remembered_for_the_next(
    world: World, newest: Span, heading: str
) -> None:
    """Else last quarter's figures would be this quarter's, without a word."""
    officer = signed_in(world.contributor)
    file = csv_file(f"Ref,{heading}", "referrals,12")
    page = upload(officer, newest, file)
    told = {"column_0": "code", "column_1": "value", "agency": str(world.police.pk)}
    shown = officer.post(page.request["PATH_INFO"], told, follow=True)
    assert shown.context["shown"].counts["added"] == 1

    again = upload(officer, newest, file)
    assert f"“{heading}” is" in again.content.decode()
    initial = [field.initial for field in again.context["form"].fields.values()]
    assert initial[:2] == ["code", ""]


def test_heading_of_signs_alone_may_be_named(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    path = upload(unit, newest, csv_file("Code,#,,", "referrals,12,,")).request["PATH_INFO"]
    told = {"column_0": "code", "column_1": "value", "agency": ""}
    assert unit.post(path, told, follow=True).context["shown"].added == [["Referrals", "12"]]


def test_area_may_be_named_by_its_published_code(
    world: World, otherton: Partnership, newest: Span
) -> None:
    for code, area in (("E08000030", world.area), ("E08000031", otherton.area)):
        AreaCode.objects.create(area=area, scheme=AreaCode.Scheme.ONS, code=code)
    rows = csv_file("Code,Value,Area code", "referrals,12,E08000030", "referrals,7,E08000031")
    page = upload(signed_in(world.contributor), newest, rows)
    assert page.context["shown"].counts["refused"] == 0
    assert {row[1] for row in page.context["shown"].added} == {"12", "7"}


def test_workbook_is_opened_once_whatever_the_number_of_layouts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[int] = []
    look: Any = archives.inspected

    def counted(content: bytes) -> Any:
        opened.append(1)
        return look(content)

    monkeypatch.setattr(workbooks, "inspected", counted)
    content = xlsx_file(("Ref", "Cases"), ("referrals", 12))
    with pytest.raises(ColumnsUnknown):
        table_by(content, "a.xlsx", [{}, {"ref": "code"}, {"cases": "value"}])
    table = table_by(content, "a.xlsx", [{}, {"ref": "code", "cases": "value"}])
    assert (len(list(table.rows())), len(opened)) == (1, 2)


def test_answer_may_be_for_this_file_only(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    path = upload(unit, newest, OWN).request["PATH_INFO"]
    shown = unit.post(path, answers(path, column_0="code", column_2="value"), follow=True)
    assert shown.context["shown"].counts["added"] == 1
    assert ColumnNames.objects.count() == 0


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"column_0": "code"}, "Say which column has the value, or the numerator."),
        ({"column_2": "value"}, "Say which column has the code or the name"),
        (
            {"column_0": "code", "column_2": "value", "column_3": "value"},
            "“RAG” and “This quarter” cannot be the same.",
        ),
    ],
)
def test_answers_must_name_a_figure_once(
    world: World, newest: Span, columns: dict[str, str], said: str
) -> None:
    unit = signed_in(world.unit)
    path = upload(unit, newest, OWN).request["PATH_INFO"]
    answer = unit.post(path, answers(path, **columns))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert ImportBatch.objects.get().columns == {}


def test_one_file_feeds_several_partnerships(
    world: World, otherton: Partnership, newest: Span
) -> None:
    officer = signed_in(world.contributor)
    page = upload(
        officer,
        newest,
        csv_file("Partnership,Code,Value", "Testshire,referrals,12", "OTHERTON,referrals,7"),
    )
    assert "Otherton: Referrals" in page.content.decode()
    confirm(officer, page)
    stored = Cell.objects.values_list("dataset__code", "area__code", "latest__value")
    assert sorted(stored) == [
        ("otherton-returns", "otherton", Decimal(7)),
        ("testshire-returns", "testshire", Decimal(12)),
    ]
    saved = AuditEvent.objects.filter(verb="figures saved from a file")
    assert sorted(each.partnership.slug for each in saved if each.partnership) == [
        "otherton",
        "testshire",
    ]


def test_partnership_where_the_person_enters_nothing_is_refused(
    world: World, otherton: Partnership, newest: Span
) -> None:
    unit = signed_in(world.unit)
    page = upload(unit, newest, csv_file("Area,Code,Value", "otherton,referrals,7"))
    ((_row, _column, what),) = page.context["shown"].refused
    assert "not a partnership for which you enter figures" in what


def test_one_refused_row_refuses_every_partnership(
    world: World, otherton: Partnership, newest: Span
) -> None:
    officer = signed_in(world.contributor)
    file = csv_file("Partnership,Code,Value", "Testshire,referrals,12", "Otherton,referrals,x")
    confirm(officer, upload(officer, newest, file))
    assert Cell.objects.count() == 0
