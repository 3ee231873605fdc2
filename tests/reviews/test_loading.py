"""Loading of reviews and inspections: Walsall's from its files, and the invented ones."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from partnerships.models import AuditEvent, Partnership, User
from reviews.models import Finding, Inspection, PracticeReview, ProposedAction, ReviewTotal, Theme
from reviews.practice.actions import change_review
from reviews.practice.clocks import Standing
from reviews.practice.queries import clocks_of
from safeguarding.demo.files import FileError, rows
from safeguarding.demo.inspected import load_inspections_of
from safeguarding.demo.invented_reviews import load_invented_reviews
from safeguarding.demo.learning import load_learning_of
from tests.factories import (
    DatasetFactory,
    OrganisationFactory,
    PartnershipFactory,
    RoleFactory,
    UserFactory,
)
from tests.reviews.conftest import words

WALSALL = settings.BASE_DIR / "fixtures" / "walsall"


@pytest.fixture
def walsall(db: None) -> Partnership:
    """With the organisations that its files name."""
    named = {row.text("agency") for row in rows(WALSALL / "findings.csv")}
    named |= {row.text("prepares") for row in rows(WALSALL / "written_statements.csv")}
    for slug in sorted(named - {""}):
        OrganisationFactory(slug=slug, name=slug.replace("-", " ").title())
    return PartnershipFactory(slug="walsall", name="Walsall", short_name="Walsall")


def test_reviews_of_walsall_stand_as_the_report_tells(walsall: Partnership, system: User) -> None:
    counts = load_learning_of(WALSALL, walsall, by=system)
    assert counts == {"reviews": 4, "counts of reviews": 7, "themes": 6, "counts of themes": 0}
    told = {
        review.code: (review.state, review.publication, review.completed_precision)
        for review in PracticeReview.objects.all()
    }
    assert told == {
        "W9": ("completed", "not-to-be-published", "financial-year"),
        "W10": ("completed", "held", "financial-year"),
        "W11": ("completed", "held", "financial-year"),
        "W12": ("in-progress", "not-decided", "unknown"),
    }
    assert all(r.why_not_published for r in PracticeReview.objects.exclude(code="W12"))
    counted = ReviewTotal.objects.values_list("fact_id", "kind", "event", "value")
    assert sorted(counted) == [
        ("WAL-311", "serious-case-review", "commenced", 1),
        ("WAL-312", "serious-case-review", "completed", 3),
        ("WAL-313", "serious-case-review", "published", 0),
        ("WAL-314", "out-of-area-review", "contributed", 2),
        ("WAL-315", "rapid-review", "undertaken", 1),
        ("WAL-316", "learning-review", "undertaken", 2),
    ]


def test_inspections_of_walsall_stand_as_their_sources_tell(
    walsall: Partnership, system: User
) -> None:
    counts = load_inspections_of(WALSALL, walsall, by=system)
    assert counts == {"inspections": 4, "findings": 52, "statements of action": 1}
    when = {each.code: each.when.label for each in Inspection.objects.all() if each.when}
    assert when == {
        "focused-visit-2017": "2017",
        "focused-visit-2019": "October 2019",
        "joint-inspection-2022": "7 November 2022 to 11 November 2022",
    }
    letter = Inspection.objects.get(code="joint-inspection-2022")
    to_improve = letter.findings.filter(kind=Finding.Kind.IMPROVEMENT)
    assert [finding.number for finding in to_improve] == [1, 2, 3, 4]
    statement = ProposedAction.objects.get()
    assert (statement.due, statement.due_as_printed) == (
        date(2023, 4, 18),
        "Friday 18 April 2023",
    )


def test_pages_of_walsall_show_what_was_loaded(
    walsall: Partnership, system: User, client_of: Callable[[User], Client]
) -> None:
    load_learning_of(WALSALL, walsall, by=system)
    load_inspections_of(WALSALL, walsall, by=system)
    reader = UserFactory()
    RoleFactory(user=reader, partnership=walsall)
    client = client_of(reader)
    page = client.get("/p/walsall/inspections/joint-inspection-2022/").content.decode()
    assert "Tuesday 18 April 2023" in page
    assert "Printed as “Friday 18 April 2023”. 18 April 2023 is a Tuesday." in page
    assert "Will not be published" in client.get("/p/walsall/reviews/W9/").content.decode()


def test_lists_of_walsall_stand_in_the_order_in_which_people_count(
    walsall: Partnership, system: User, client_of: Callable[[User], Client]
) -> None:
    load_learning_of(WALSALL, walsall, by=system)
    load_inspections_of(WALSALL, walsall, by=system)
    reader = UserFactory()
    RoleFactory(user=reader, partnership=walsall)
    client = client_of(reader)
    reviews = client.get("/p/walsall/reviews/").content.decode()
    assert re.findall(r"/reviews/(W\d+)/", reviews) == ["W9", "W10", "W11", "W12"]
    inspections = client.get("/p/walsall/inspections/").content.decode()
    assert re.findall(r"/inspections/([a-z]+-[a-z0-9-]+)/", inspections) == [
        "joint-inspection-2022",
        "focused-visit-2019",
        "focused-visit-2017",
        "youth-offending",
    ]


def test_loading_again_changes_nothing(walsall: Partnership, system: User) -> None:
    for _ in range(2):
        load_learning_of(WALSALL, walsall, by=system)
        load_inspections_of(WALSALL, walsall, by=system)
    assert AuditEvent.objects.count() == 4 + 6 + 6 + 4 + 52 + 1
    assert set(Theme.objects.values_list("version", flat=True)) == {1}


def test_what_a_person_has_changed_outlives_loading_again(
    walsall: Partnership, system: User
) -> None:
    load_learning_of(WALSALL, walsall, by=system)
    review = walsall.practice_reviews.get(code="W12")
    changed = words(kind="serious-case-review", summary="Ours.")
    change_review(review=review, seen=1, words=changed, themes=[], by=UserFactory())
    load_learning_of(WALSALL, walsall, by=system)
    review.refresh_from_db()
    assert (review.summary, review.version) == ("Ours.", 2)


REVIEWS = "review,kind,law,commenced,completed,publication,reason,note\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A1,other,,,,in-progress,,", "kind is 'other'. It is one of serious-case-review,"),
        ("A1,rapid-review,,soon,,in-progress,,", "“soon” is not a date."),
        ("A1,rapid-review,,,,held,,", "Say why the review is not published."),
        (",rapid-review,,,,in-progress,,", "review is empty."),
    ],
)
def test_wrong_row_of_reviews_is_named_and_nothing_is_loaded(
    walsall: Partnership, system: User, tmp_path: Path, row: str, message: str
) -> None:
    good = "A0,rapid-review,,,,in-progress,,\n"
    (tmp_path / "reviews.csv").write_text(f"{REVIEWS}{good}{row}\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_learning_of(tmp_path, walsall, by=system)
    assert f"{(tmp_path / 'reviews.csv').as_posix()}, line 3: {message}" in str(caught.value)
    assert PracticeReview.objects.count() == 0


INSPECTIONS = "inspection,fact_id,name,inspectorates,theme,first,last,reported,note\n"
FINDINGS = (
    "fact_id,inspection,number,kind,subject,finding,quantifier,value,agency,acted_on_during,note\n"
)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",gone,1,strength,staff,Well.,,,,no,", "there is no inspection 'gone'."),
        (",i1,1,other,staff,Well.,,,,no,", "kind is 'other'. It is one of priority-action,"),
        (",i1,1,strength,staff,Well.,,,nowhere,no,", "agency is 'nowhere'"),
    ],
)
def test_wrong_row_of_findings_is_named_and_nothing_is_loaded(
    walsall: Partnership, system: User, tmp_path: Path, row: str, message: str
) -> None:
    (tmp_path / "inspections.csv").write_text(
        f"{INSPECTIONS}i1,,Visit,Ofsted,,,,,\n", encoding="utf-8"
    )
    (tmp_path / "findings.csv").write_text(f"{FINDINGS}{row}\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"findings\.csv, line 2: ") as caught:
        load_inspections_of(tmp_path, walsall, by=system)
    assert message in str(caught.value)
    assert Inspection.objects.count() == 0


@pytest.mark.parametrize(
    ("columns", "cells", "source"),
    [("", "", "walsall-yearly-report-2019-20"), (",source", ",letter", "letter")],
)
def test_inspection_names_the_document_that_tells_of_it(
    walsall: Partnership, system: User, tmp_path: Path, columns: str, cells: str, source: str
) -> None:
    DatasetFactory(code="walsall-yearly-report-2019-20", kind="printed", owner=walsall)
    (tmp_path / "inspections.csv").write_text(
        f"{INSPECTIONS.strip()}{columns}\ni1,,Visit,Ofsted,,,,,{cells}\n", encoding="utf-8"
    )
    load_inspections_of(tmp_path, walsall, by=system)
    assert Inspection.objects.get().source == source


@pytest.mark.parametrize("today", [date(2026, 7, 10), date(2026, 12, 28), date(2027, 4, 2)])
def test_invented_reviews_show_each_state_of_a_clock_on_any_day(
    testshire: Partnership, business_unit: User, today: date
) -> None:
    assert load_invented_reviews(testshire, by=business_unit, today=today) == 5
    assert load_invented_reviews(testshire, by=business_unit, today=today) == 0
    standings = {
        review.code: [each.reading.standing for each in clocks_of(review, today=today)]
        for review in PracticeReview.objects.all()
    }
    assert standings == {
        "D1": [Standing.MET],
        "D2": [Standing.HELD],
        "D3": [Standing.LATE],
        "D4": [Standing.RUNNING],
        "L1": [],
    }
