"""Inspections, their findings and statements; and the pages on which the unit keeps them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from partnerships.known_dates import read
from partnerships.models import AuditEvent, Partnership, User
from partnerships.periods import day
from partnerships.refusals import Overtaken, Refused
from reviews.inspections.actions import (
    FindingWords,
    InspectionWords,
    StatementWords,
    save_finding,
    save_inspection,
    save_statement,
)
from reviews.inspections.printed_dates import misprint, weekday
from reviews.models import Finding, Inspection, ProposedAction

ClientOf = Callable[[User], Client]
LIST = "/p/testshire/inspections/"
PAGE = f"{LIST}visit/"
KEEPS = ["add/", "visit/edit/", "visit/findings/add/", "visit/findings/1/", "visit/statement/"]
WELL = FindingWords(kind="strength", subject="staff", words="Staff feel supported.")


@pytest.fixture
def inspection(testshire: Partnership, business_unit: User) -> Inspection:
    made = save_inspection(
        partnership=testshire,
        code="visit",
        words=InspectionWords(
            name="Focused visit",
            inspectorates="Ofsted",
            first=read("4 May 2026"),
            last=read("8 May 2026"),
            reported=date(2026, 6, 1),
        ),
        by=business_unit,
    )
    save_finding(inspection=made, number=None, words=WELL, by=business_unit)
    return made


def statement(**told: object) -> StatementWords:
    said: dict[str, object] = {
        "prepares": "Testshire Council",
        "oversees": "The partners",
        "sends": "The partnership",
        "recipient": "Ofsted",
        "due": date(2026, 9, 1),
    }
    return StatementWords(**(said | told))  # type: ignore[arg-type]


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 6))
def test_printed_weekday_is_right_or_named_as_wrong(on: date, off: int) -> None:
    printed = f"{weekday(on + timedelta(days=off))} {day(on)}"
    said = f"Printed as “{printed}”. {day(on)} is a {weekday(on)}."
    assert misprint(printed, on) == ("" if off == 0 else said)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("Friday 18 April 2023", "Printed as “Friday 18 April 2023”. 18 April 2023 is a Tuesday."),
        ("Tuesday 18 April 2023", ""),
        ("18 April 2023", ""),
        ("", ""),
        ("in April", "Printed as “in April”. The portal reckons with 18 April 2023."),
    ],
)
def test_date_as_printed_is_compared_with_what_it_is(printed: str, said: str) -> None:
    assert misprint(printed, date(2023, 4, 18)) == said


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"last": read("2026")}, "first"),
        ({"first": read("May 2026"), "last": read("2026")}, "last"),
        ({"first": read("8 May 2026"), "last": read("4 May 2026")}, "last"),
        ({"first": read("8 May 2026"), "reported": date(2026, 5, 1)}, "reported"),
    ],
)
def test_inspection_that_contradicts_itself_is_refused(
    testshire: Partnership, business_unit: User, told: dict[str, object], field: str
) -> None:
    words = InspectionWords(name="Visit", inspectorates="Ofsted", **told)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        save_inspection(partnership=testshire, code="visit", words=words, by=business_unit)
    assert refused.value.field == field
    assert Inspection.objects.count() == 0


def test_findings_are_numbered_in_order_and_changed_over_the_version_seen_only(
    inspection: Inspection, business_unit: User
) -> None:
    second = save_finding(inspection=inspection, number=None, words=WELL, by=business_unit)
    assert second.number == 2
    mended = FindingWords(kind="weakness", subject="staff", words="Too few staff.")
    save_finding(inspection=inspection, number=2, words=mended, seen=1, by=business_unit)
    with pytest.raises(Overtaken):
        save_finding(inspection=inspection, number=2, words=WELL, seen=1, by=business_unit)
    with pytest.raises(Refused, match="There is a finding 2 already"):
        save_finding(inspection=inspection, number=2, words=WELL, by=business_unit)
    assert list(Finding.objects.values_list("number", "kind")) == [
        (1, "strength"),
        (2, "weakness"),
    ]


@pytest.mark.parametrize("name", ["due", "sent"])
def test_statement_before_the_letter_is_refused(
    inspection: Inspection, business_unit: User, name: str
) -> None:
    words = statement(**{name: date(2025, 9, 1)})
    with pytest.raises(Refused) as refused:
        save_statement(inspection=inspection, words=words, by=business_unit)
    assert refused.value.field == name
    assert ProposedAction.objects.count() == 0


def test_statement_is_kept_and_recorded(inspection: Inspection, business_unit: User) -> None:
    save_statement(inspection=inspection, words=statement(), by=business_unit)
    save_statement(inspection=inspection, words=statement(), seen=1, by=business_unit)
    with pytest.raises(Overtaken):
        save_statement(
            inspection=inspection, words=statement(recipient="CQC"), seen=0, by=business_unit
        )
    sent = statement(sent=date(2026, 9, 3))
    save_statement(inspection=inspection, words=sent, seen=1, by=business_unit)
    events = AuditEvent.objects.filter(subject=inspection.key).order_by("id")
    assert [event.verb for event in events] == [
        "inspection added",
        "finding added",
        "statement of action added",
        "statement of action changed",
    ]


@pytest.mark.parametrize("url", [LIST, PAGE])
def test_pages_open_to_roles_that_read_true_values_only(
    inspection: Inspection,
    client_of: ClientOf,
    partner: User,
    council_scrutiny: User,
    outsider: User,
    url: str,
) -> None:
    codes = [client_of(who).get(url).status_code for who in (partner, council_scrutiny, outsider)]
    assert codes == [200, 403, 404]


@pytest.mark.parametrize("path", KEEPS)
def test_pages_that_keep_inspections_open_to_the_unit_only(
    inspection: Inspection,
    client_of: ClientOf,
    business_unit: User,
    partner: User,
    outsider: User,
    path: str,
) -> None:
    for who, code in ((partner, 403), (outsider, 404)):
        client = client_of(who)
        assert (client.get(LIST + path).status_code, client.post(LIST + path).status_code) == (
            code,
            code,
        )
    assert client_of(business_unit).get(LIST + path).status_code == 200


def test_inspection_is_entered_in_the_browser_from_letter_to_statement(
    client_of: ClientOf, business_unit: User, partner: User, testshire: Partnership
) -> None:
    unit = client_of(business_unit)
    entry = {
        "code": "visit",
        "name": "Focused visit",
        "inspectorates": "Ofsted",
        "first": "May 2026",
        "last": "",
        "theme": "",
        "note": "",
        "seen": "0",
    }
    assert unit.post(f"{LIST}add/", entry).headers["Location"] == PAGE
    finding = {
        "kind": "priority-action",
        "words_": "See children sooner.",
        "subject": "delay",
        "acted_on_during": "on",
        "seen": "0",
    }
    assert unit.post(f"{PAGE}findings/add/", finding).headers["Location"] == PAGE
    changed = finding | {"words_": "See each child sooner.", "seen": "1"}
    assert unit.post(f"{PAGE}findings/1/", changed).status_code == 302
    action = {
        "prepares": "Testshire Council",
        "oversees": "The partners",
        "sends": "The partnership",
        "recipient": "Ofsted",
        "due_day": "18",
        "due_month": "april",
        "due_year": "2023",
        "due_as_printed": "Friday 18 April 2023",
        "seen": "0",
    }
    assert unit.post(f"{PAGE}statement/", action).status_code == 302
    page = client_of(partner).get(PAGE).content.decode()
    assert "See each child sooner." in page
    assert "Acted on while the inspectors were there." in page
    assert "18 April 2023 is a Tuesday." in page
    assert "May 2026" in page
    assert "Change" not in page.split("<main")[1]

    again = unit.post(f"{PAGE}findings/1/", finding | {"seen": "1"})
    assert again.status_code == 422
    assert "Somebody else has changed this" in again.content.decode()
    edited = unit.post(f"{PAGE}edit/", entry | {"seen": "1", "theme": "Front door"})
    assert edited.status_code == 302
    assert Inspection.objects.get().theme == "Front door"


@pytest.mark.parametrize(
    ("path", "sent", "said"),
    [
        ("add/", {"code": "visit", "name": "V", "inspectorates": "O", "seen": "0"}, "already."),
        ("add/", {"code": "add", "name": "V", "inspectorates": "O", "seen": "0"}, "cannot be"),
        ("add/", {"seen": "0"}, "Enter at least one inspectorate."),
        ("visit/findings/add/", {"seen": "0"}, "Say what was found."),
        ("visit/statement/", {"seen": "0"}, "Enter the due date."),
    ],
)
def test_form_that_cannot_be_saved_says_what_is_wrong(
    inspection: Inspection,
    client_of: ClientOf,
    business_unit: User,
    path: str,
    sent: dict[str, str],
    said: str,
) -> None:
    answer = client_of(business_unit).post(LIST + path, sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    testshire: Partnership,
    business_unit: User,
    client_of: ClientOf,
    partner: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        made = save_inspection(
            partnership=testshire,
            code=f"visit-{number}",
            words=InspectionWords(name="Visit", inspectorates="Ofsted"),
            by=business_unit,
        )
        save_finding(inspection=made, number=None, words=WELL, by=business_unit)
    client = client_of(partner)
    with django_assert_num_queries(4):
        client.get(LIST)
