"""Audits, their grades and dissemination: the rules, the figures, and the pages of the unit."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from partnerships.models import AuditEvent, Partnership, User
from partnerships.periods import financial_year
from partnerships.refusals import Overtaken, Refused
from partnerships.stated import find
from reviews.assurance.actions import (
    AuditWords,
    GradeWords,
    save_audit,
    save_dissemination,
    save_result,
)
from reviews.assurance.queries import GradeShare, audit_of, audits_of, dissemination_of
from reviews.figures import Telling
from reviews.models import AuditGrade, AuditResult, CaseAudit, Dissemination

ClientOf = Callable[[User], Client]
YEAR = financial_year(2019)
BEFORE = YEAR.year_before
LIST = "/p/testshire/assurance/"
PAGE = f"{LIST}audits/cases/"
WORDS = AuditWords(name="Audit of cases", kind="multi-agency", status="reported", period=YEAR)


def grades(**values: str) -> Mapping[str, GradeWords]:
    return {grade.replace("_", "-"): GradeWords(Decimal(value)) for grade, value in values.items()}


@pytest.fixture
def audit(testshire: Partnership, business_unit: User) -> CaseAudit:
    """Counted in two years: of 30 cases 12, then 22 were good."""
    made = save_audit(partnership=testshire, code="cases", words=WORDS, by=business_unit)
    for span, told in (
        (BEFORE, grades(good="12", requires_improvement="13", inadequate="5")),
        (YEAR, grades(good="22", requires_improvement="7", inadequate="1")),
    ):
        save_result(audit=made, period=span, unit="count", grades=told, by=business_unit)
    return made


@pytest.mark.parametrize("status", ["on-hold", "undertaken-not-reported"])
def test_audit_that_stopped_short_must_say_why(
    testshire: Partnership, business_unit: User, status: str
) -> None:
    words = replace(WORDS, status=status)
    with pytest.raises(Refused) as refused:
        save_audit(partnership=testshire, code="cases", words=words, by=business_unit)
    assert refused.value.field == "note"
    assert CaseAudit.objects.count() == 0


def test_audit_is_changed_over_the_version_seen_only(audit: CaseAudit, business_unit: User) -> None:
    changed = replace(WORDS, cases=30)
    with pytest.raises(Refused, match="There is an audit cases already"):
        save_audit(partnership=audit.partnership, code="cases", words=changed, by=business_unit)
    save_audit(partnership=audit.partnership, code="cases", words=changed, seen=1, by=business_unit)
    with pytest.raises(Overtaken):
        save_audit(
            partnership=audit.partnership, code="cases", words=WORDS, seen=1, by=business_unit
        )
    audit.refresh_from_db()
    assert (audit.cases, audit.version) == (30, 2)


def test_same_again_changes_and_records_nothing(audit: CaseAudit, business_unit: User) -> None:
    before = AuditEvent.objects.count()
    save_audit(partnership=audit.partnership, code="cases", words=WORDS, seen=1, by=business_unit)
    told = grades(good="22", requires_improvement="7", inadequate="1")
    save_result(audit=audit, period=YEAR, unit="count", grades=told, seen=1, by=business_unit)
    assert AuditEvent.objects.count() == before
    assert set(AuditResult.objects.values_list("version", flat=True)) == {1}


@pytest.mark.parametrize(
    ("unit", "told", "field"),
    [
        ("percent", {"good": "101"}, "good"),
        ("percent", {"inadequate": "-1"}, "inadequate"),
        ("count", {"requires_improvement": "3.5"}, "requires_improvement"),
        ("count", {"good": "10000000000"}, "good"),
        ("percent", {"good": "33.3333"}, "value"),
        ("percent", {}, "good"),
    ],
)
def test_grade_that_cannot_be_is_refused(
    audit: CaseAudit, business_unit: User, unit: str, told: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        save_result(
            audit=audit,
            period=financial_year(2020),
            unit=unit,
            grades=grades(**told),
            by=business_unit,
        )
    assert refused.value.field == field
    assert AuditResult.objects.count() == 2


def test_grades_are_replaced_over_the_version_seen_only(
    audit: CaseAudit, business_unit: User
) -> None:
    with pytest.raises(Refused, match="There are grades of 2019-20 already"):
        save_result(
            audit=audit, period=YEAR, unit="count", grades=grades(good="1"), by=business_unit
        )
    told = grades(outstanding="4", good="26")
    save_result(audit=audit, period=YEAR, unit="count", grades=told, seen=1, by=business_unit)
    with pytest.raises(Overtaken):
        save_result(
            audit=audit,
            period=YEAR,
            unit="count",
            grades=grades(good="1"),
            seen=1,
            by=business_unit,
        )
    kept = AuditGrade.objects.filter(result__period__last=YEAR.last)
    assert {each.grade: int(each.value) for each in kept} == {"good": 26, "outstanding": 4}


def test_figures_of_an_audit_are_found_by_their_addresses(
    audit: CaseAudit, business_unit: User
) -> None:
    save_audit(
        partnership=audit.partnership,
        code="cases",
        words=replace(WORDS, cases=30),
        seen=1,
        by=business_unit,
    )
    told = audit_of(audit.partnership, "cases")
    assert told is not None
    assert sorted(each.address for each in told.figures) == [
        "audit:testshire:cases:2018-19:all",
        "audit:testshire:cases:2018-19:good",
        "audit:testshire:cases:2018-19:inadequate",
        "audit:testshire:cases:2018-19:requires-improvement",
        "audit:testshire:cases:2019-20:all",
        "audit:testshire:cases:2019-20:cases",
        "audit:testshire:cases:2019-20:good",
        "audit:testshire:cases:2019-20:inadequate",
        "audit:testshire:cases:2019-20:requires-improvement",
    ]
    for figure in told.figures:
        assert find(figure.address) == (audit.partnership, figure)
        assert figure.of_children
    assert find("audit:testshire:cases:2019-20:outstanding") is None
    assert find("audit:testshire:other:2019-20:good") is None


def test_nothing_follows_from_a_number_that_may_not_be_said(audit: CaseAudit) -> None:
    """Of 30 cases 22 and 7 leave 1."""
    told = audit_of(audit.partnership, "cases")
    assert told is not None
    result = told.results[-1]
    assert (result.total, result.comparison) != (None, None)
    hidden = tuple(
        GradeShare(each.grade, replace(each.figure, value=None, marker="c"))
        if each.grade == "inadequate"
        else each
        for each in result.own.shares
    )
    public = replace(result, own=replace(result.own, shares=hidden))
    assert (public.total, public.comparison, public.gap) == (None, None, "")


def test_audits_of_a_year_are_those_of_its_days_with_three_years_of_grades(
    audit: CaseAudit, testshire: Partnership, business_unit: User
) -> None:
    for start in (2015, 2016, 2017, 2021):
        told = grades(good="50", inadequate="50")
        span = financial_year(start)
        save_result(audit=audit, period=span, unit="percent", grades=told, by=business_unit)
    other = replace(WORDS, name="Later", period=financial_year(2022))
    save_audit(partnership=testshire, code="later", words=other, by=business_unit)

    def seen(start: int) -> list[tuple[str, list[str]]]:
        return [
            (each.code, [result.period.key for result in each.results])
            for each in audits_of(testshire, financial_year(start))
        ]

    assert seen(2019) == [("cases", ["2017-18", "2018-19", "2019-20"])]
    assert seen(2021) == [("cases", ["2018-19", "2019-20", "2021-22"])]
    assert seen(2022) == [("later", [])]
    assert seen(2023) == []
    assert [each.code for each in audits_of(testshire)] == ["later", "cases"]


def test_dissemination_is_told_once_a_period_and_changed_by_the_version_seen(
    testshire: Partnership, business_unit: User
) -> None:
    made = save_dissemination(
        partnership=testshire, code="news", means="News", period=YEAR, by=business_unit
    )
    with pytest.raises(Refused, match="told of 2019-20 already"):
        save_dissemination(
            partnership=testshire, code="news", means="News", period=YEAR, by=business_unit
        )
    changed = save_dissemination(
        partnership=testshire,
        code="news",
        means="Newsletters",
        period=YEAR,
        telling=Telling(note="Monthly."),
        found=made,
        seen=1,
        by=business_unit,
    )
    assert (changed.means, changed.version) == ("Newsletters", 2)
    with pytest.raises(Overtaken):
        save_dissemination(
            partnership=testshire,
            code="news",
            means="Post",
            period=YEAR,
            found=made,
            seen=1,
            by=business_unit,
        )
    assert [each.means for each in dissemination_of(testshire, YEAR)] == ["Newsletters"]
    assert dissemination_of(testshire, BEFORE) == ()


def test_audit_is_entered_in_the_browser_from_name_to_verdict(
    client_of: ClientOf, business_unit: User, partner: User, testshire: Partnership
) -> None:
    unit = client_of(business_unit)
    entry = {
        "code": "cases",
        "name": "Audit of cases",
        "kind": "multi-agency",
        "theme": "neglect",
        "period": "June 2018 to March 2020",
        "status": "reported",
        "cases": "",
        "note": "",
        "seen": "0",
    }
    assert unit.post(f"{LIST}audits/add/", entry).headers["Location"] == PAGE
    for period, good, poor in (("2018-19", "37.5", "17.5"), ("2019-20", "23", "16")):
        told = {
            "period": period,
            "unit": "percent",
            "good": good,
            "requires_improvement": "45",
            "inadequate": poor,
            "seen": "0",
        }
        assert unit.post(f"{PAGE}grades/add/", told).headers["Location"] == PAGE
    page = client_of(partner).get(PAGE).content.decode()
    assert "1 June 2018 to 31 March 2020" in page
    assert "2019-20: The grades make 84%, 16 less than 100%." in page
    assert "Neither better nor worse as a whole" in page
    assert "/figures/audit:testshire:cases:2019-20:good/" in page
    assert "Change" not in page.split("<main")[1].replace("Change on", "")

    mended = {"unit": "percent", "good": "40", "requires_improvement": "45", "inadequate": "15"}
    assert unit.post(f"{PAGE}grades/2019-20/", mended | {"seen": "1"}).status_code == 302
    again = unit.post(f"{PAGE}grades/2019-20/", mended | {"good": "41", "seen": "1"})
    assert again.status_code == 422
    assert "Somebody else has changed this" in again.content.decode()
    assert 'value="41"' in again.content.decode()
    assert unit.get(f"{PAGE}edit/").status_code == 200
    edited = unit.post(f"{PAGE}edit/", entry | {"seen": "1", "status": "on-hold"})
    assert "Say in the note why" in edited.content.decode()


def test_number_that_a_person_changes_is_no_longer_the_printed_one(
    audit: CaseAudit, client_of: ClientOf, business_unit: User
) -> None:
    printed = Telling("As printed.", "T-1", "report", date(2020, 10, 1))
    told = {
        "good": GradeWords(Decimal("22"), printed),
        "inadequate": GradeWords(Decimal("8"), printed),
    }
    save_result(audit=audit, period=YEAR, unit="count", grades=told, seen=1, by=business_unit)
    sent = {"unit": "count", "good": "23", "inadequate": "8", "note": "As printed.", "seen": "2"}
    assert client_of(business_unit).post(f"{PAGE}grades/2019-20/", sent).status_code == 302
    kept = AuditGrade.objects.filter(result__period__last=YEAR.last).order_by("grade")
    assert [(each.grade, each.fact_id, each.source) for each in kept] == [
        ("good", "", ""),
        ("inadequate", "T-1", "report"),
    ]


@pytest.mark.parametrize(
    ("path", "sent", "said"),
    [
        ("audits/add/", {"seen": "0"}, "Enter the period."),
        ("audits/add/", {"period": "soon", "seen": "0"}, "“soon” is not a period."),
        (
            "audits/cases/grades/add/",
            {"period": "2020-21", "unit": "percent", "seen": "0"},
            "least one",
        ),
        (
            "audits/cases/grades/add/",
            {"period": "2020-21", "unit": "count", "good": "many", "seen": "0"},
            "“many” is not a number.",
        ),
        (
            "audits/cases/grades/add/",
            {"period": "2019-20", "unit": "count", "good": "5", "seen": "0"},
            "There are grades of 2019-20 already.",
        ),
        (
            "dissemination/add/",
            {"period": "2019-20", "seen": "0"},
            "Say how learning was passed on.",
        ),
        (
            "dissemination/add/",
            {"means": "–", "period": "2019-20", "seen": "0"},
            "Say how learning was passed on.",
        ),
    ],
)
def test_form_that_cannot_be_saved_says_what_is_wrong(
    audit: CaseAudit,
    client_of: ClientOf,
    business_unit: User,
    path: str,
    sent: dict[str, str],
    said: str,
) -> None:
    before = AuditEvent.objects.count()
    answer = client_of(business_unit).post(LIST + path, sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert AuditEvent.objects.count() == before


def test_dissemination_is_kept_in_the_browser(
    client_of: ClientOf, business_unit: User, testshire: Partnership
) -> None:
    unit = client_of(business_unit)
    sent = {"means": "Seven-minute briefings", "period": "Q4 2019-20", "note": "", "seen": "0"}
    assert unit.post(f"{LIST}dissemination/add/", sent).headers["Location"] == LIST
    made = Dissemination.objects.get()
    page = f"{LIST}dissemination/{made.pk}/"
    assert 'value="Q4 2019-20"' in unit.get(page).content.decode()
    assert unit.post(page, sent | {"means": "Briefings", "seen": "1"}).status_code == 302
    made.refresh_from_db()
    assert (made.means, made.code) == ("Briefings", "seven-minute-briefings")


def test_page_of_another_partnership_s_audit_is_not_found(
    audit: CaseAudit, client_of: ClientOf, outsider: User
) -> None:
    client = client_of(outsider)
    assert client.get(PAGE).status_code == 404
    assert client.get("/p/otherton/assurance/audits/cases/").status_code == 404
    assert client.get("/p/otherton/assurance/audits/cases/edit/").status_code == 404
