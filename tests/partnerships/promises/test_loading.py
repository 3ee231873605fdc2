"""Loading of promises, milestones, risks, single figures and challenges; and the invented ones."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from partnerships.models import (
    Agency,
    AuditEvent,
    Milestone,
    NamedFigure,
    Partnership,
    Promise,
    Risk,
    User,
)
from partnerships.periods import parse
from partnerships.promises.actions import RiskWords, save_risk
from partnerships.promises.queries import milestones_of, promises_of
from partnerships.stated import find
from reviews.models import Action, ActionUpdate, Challenge
from reviews.recommendations.due import Standing
from reviews.recommendations.queries import actions_at
from safeguarding.demo.files import FileError, rows
from safeguarding.demo.governance import load_governance_of
from safeguarding.demo.invented_actions import load_invented_actions
from safeguarding.demo.invented_governance import load_invented_governance
from safeguarding.demo.invented_promises import load_invented_promises
from safeguarding.demo.invented_reviews import load_invented_reviews
from safeguarding.demo.promised import load_promises_of
from tests.factories import (
    AgencyFactory,
    AreaFactory,
    DatasetFactory,
    PartnershipFactory,
    RoleFactory,
    UserFactory,
)

FIXTURES = settings.BASE_DIR / "fixtures"
REPORT = "walsall-yearly-report-2019-20"
LETTER = "walsall-inspection-letter-2023-01-06"
TODAY = date(2026, 7, 10)
NOW = datetime(2026, 7, 10, 9, 30, tzinfo=UTC)


def place(slug: str, *sources: str) -> Partnership:
    """A partnership with its publications, and the areas that its files name."""
    partnership: Partnership = PartnershipFactory(slug=slug, short_name=slug.title())
    for code in sources:
        DatasetFactory(code=code, kind="printed", owner=partnership)
    AreaFactory(code=slug, name=slug.title(), partnership=partnership)
    for code in ("england", "black-country"):
        name = code.replace("-", " ").title()
        AreaFactory(code=code, name=name, kind="country", partnership=None)
    return partnership


@pytest.fixture
def walsall(db: None, system: User) -> Partnership:
    """With its priorities, which its promises name."""
    partnership = place("walsall", REPORT, LETTER)
    load_governance_of(FIXTURES / "walsall", partnership, by=system)
    return partnership


def test_promises_of_walsall_stand_as_its_report_and_the_letter_tell(
    walsall: Partnership, system: User
) -> None:
    counts = load_promises_of(FIXTURES / "walsall", walsall, by=system)
    assert counts == {
        "promises": 50,
        "milestones": 9,
        "risks": 1,
        "single figures": 15,
        "challenges": 2,
    }
    found = promises_of(walsall, parse("2020-21"))
    assert [(outcome.value, int(stated.value or 0)) for outcome, stated in found.counts] == [
        ("kept", 4),
        ("partly", 7),
        ("not-kept", 3),
        ("not-told", 36),
    ]
    assert [(each.code, len(each.promises)) for each in found.lists] == [
        ("rhrt", 7),
        ("neglect", 3),
        ("exploitation", 4),
        ("voice", 5),
        ("training", 3),
        ("safety", 6),
        ("partnership", 8),
        ("learning", 5),
        ("next-steps", 9),
    ]
    assert set(Promise.objects.values_list("source", flat=True)) == {REPORT}
    told = Promise.objects.exclude(outcome="not-told")
    assert {each.outcome_source.partition(":")[0] for each in told} == {
        "Inspection letter of 6 January 2023"
    }


def test_milestones_and_risk_of_walsall_stand_as_its_report_tells(
    walsall: Partnership, system: User
) -> None:
    load_promises_of(FIXTURES / "walsall", walsall, by=system)
    found = milestones_of(walsall, parse("2019-20"))
    assert [(line.when.words, line.fact_id) for line in found.in_year] == [
        ("1 April 2019", "WAL-457"),
        ("summer 2019", "WAL-467"),
        ("1 September 2019", "WAL-003"),
        ("September 2019", "WAL-439"),
        ("September 2019", "WAL-461"),
        ("September 2019", "WAL-466"),
        ("March 2020", "WAL-460"),
    ]
    assert [(line.when.words, line.state.value) for line in found.coming] == [
        ("April 2020", "planned"),
        ("October 2020", "revised"),
    ]
    risk = Risk.objects.get()
    assert (str(risk.since_when and risk.since_when.label), risk.carried_over, risk.closed) == (
        "2018-19",
        True,
        None,
    )


def test_single_figures_of_walsall_have_addresses_and_none_is_of_single_children(
    walsall: Partnership, system: User
) -> None:
    load_promises_of(FIXTURES / "walsall", walsall, by=system)
    found = find("named:walsall:procedures-contract-extension")
    assert found is not None
    assert (found[1].words, found[1].fact_id, found[1].source) == ("1 year", "WAL-328", REPORT)
    assert find("named:walsall:police-cadet-ages") is None
    assert NamedFigure.objects.get(code="police-cadet-ages").in_words == "aged 13 to 17"
    of_children = NamedFigure.objects.filter(of_children=True)
    assert [(each.fact_id, int(each.value or 0)) for each in of_children] == [("WAL-240", 100)]
    assert not NamedFigure.objects.filter(fact_id="WAL-232").exists()


def test_challenges_of_walsall_name_who_tells_of_each(walsall: Partnership, system: User) -> None:
    load_promises_of(FIXTURES / "walsall", walsall, by=system)
    told = Challenge.objects.values_list("code", "source", "outcome")
    assert sorted(told) == [
        ("health-at-the-front-door", REPORT, ""),
        ("health-visitors", LETTER, "School nurses fill part of the gap"),
    ]


def test_figures_of_sandwell_name_the_publication_that_prints_them(db: None, system: User) -> None:
    report, papers = "sandwell-yearly-report-2022-23", "sandwell-scrutiny-papers-2024-03-25"
    sandwell = place("sandwell", report, papers)
    load_governance_of(FIXTURES / "sandwell", sandwell, by=system)
    counts = load_promises_of(FIXTURES / "sandwell", sandwell, by=system)
    assert (counts["milestones"], counts["single figures"]) == (33, 119)
    for file, model in (("other_figures.csv", NamedFigure), ("milestones.csv", Milestone)):
        told = {
            (row.text("fact_id"), row.text("source") or report)
            for row in rows(FIXTURES / "sandwell" / file)
        }
        assert {source for _, source in told} == {report, papers}
        assert set(model.objects.values_list("fact_id", "source")) == told
    more_than = find("named:sandwell:inadequate-years")
    assert more_than is not None
    assert more_than[1].words == "more than 10 years"
    found = find("named:sandwell:in-need-as-classes")
    assert found is not None
    assert found[1].words == "about 2.5 classes"


def test_pages_of_walsall_show_what_was_loaded(
    walsall: Partnership, system: User, client_of: Callable[[User], Client]
) -> None:
    load_promises_of(FIXTURES / "walsall", walsall, by=system)
    reader = UserFactory()
    RoleFactory(user=reader, partnership=walsall)
    client = client_of(reader)
    page = client.get("/p/walsall/promises/").content.decode()
    assert "50 promises: 4 kept, 7 kept in part, 3 not kept, 36 not told." in page
    assert "%" not in page.partition("<main")[2].partition("</main")[0]
    page = client.get("/p/walsall/promises/figures/").content.decode()
    assert "/figures/named:walsall:procedures-contract-extension/" in page
    page = client.get("/figures/promises:walsall:2020-21:kept/").content.decode()
    assert "Promises for 2020-21: kept: 4" in page
    page = client.get("/p/walsall/calendar/?year=2019-20").content.decode()
    assert "Summer 2019" in page
    assert "Was planned" in page


def test_loading_again_changes_nothing_and_leaves_what_people_changed(
    walsall: Partnership, system: User
) -> None:
    load_promises_of(FIXTURES / "walsall", walsall, by=system)
    before = AuditEvent.objects.count()
    load_promises_of(FIXTURES / "walsall", walsall, by=system)
    assert AuditEvent.objects.count() == before

    risk = Risk.objects.get()
    words = RiskWords(what="Ours.")
    save_risk(partnership=walsall, code=risk.code, words=words, seen=1, by=UserFactory())
    Milestone.objects.filter(code="plans-published").update(what="A slip")
    load_promises_of(FIXTURES / "walsall", walsall, by=system)
    risk.refresh_from_db()
    assert risk.what == "Ours."
    mended = Milestone.objects.get(code="plans-published")
    assert mended.what == "Plans for the new arrangements published"


HEADS = {
    "promises.csv": "promise,list,where_in_report,priority,report_year,year,text,outcome,"
    "outcome_source",
    "milestones.csv": "milestone,fact_id,what,when,precision,planned_or_actual,note",
    "risks.csv": "code,risk,since,carried_over,note",
    "other_figures.csv": "figure,fact_id,what,area,period,value,in_words,unit,qualifier,"
    "of_children,public_since,note",
    "challenges.csv": "challenge,raised_by,raised_with,about,period,outcome,note,source",
}
GOOD = {
    "promises.csv": "a,next,Next steps,,2019-20,2020-21,Do it,not-known,",
    "milestones.csv": "a,,Launch,2019-06-01,season,planned,",
    "risks.csv": "a,It may fail,2018-19,yes,",
    "other_figures.csv": "a,,Partners,walsall,2019-20,3,,number,exactly,no,,",
    "challenges.csv": "a,Board,Health,Too few,2019-20,,,",
}


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("promises.csv", "not-known,", "met,", "Say who tells the outcome"),
        ("promises.csv", "not-known,", "lost,Who", "Outcome: Value 'lost' is not a valid choice."),
        ("promises.csv", "steps,,", "steps,gone,", "there is no priority 'gone'."),
        ("promises.csv", "2020-21", "2020/21", "'2020/21' is not a period"),
        ("promises.csv", "2020-21", "2018-19", "A report cannot promise for a year before"),
        ("promises.csv", "Do it", "x" * 301, "Text: Ensure this value has at most 300"),
        ("milestones.csv", "season", "soon", "precision is 'soon'. It is one of day, month,"),
        ("milestones.csv", "2019-06-01", "June", "when is 'June'. Write days like"),
        ("milestones.csv", "planned", "missed", "State: Value 'missed' is not a valid choice."),
        ("risks.csv", "yes", "perhaps", "carried_over is 'perhaps'. Write yes or no."),
        ("risks.csv", "2018-19", "long ago", "“long ago” is not a date."),
        ("other_figures.csv", "walsall", "gone", "area is 'gone', which is not in areas.csv."),
        ("other_figures.csv", ",3,,", ",,,", "Enter a number, or words where no number is told"),
        ("other_figures.csv", ",3,,", ",three,,", "value is 'three', which is not a number."),
        ("other_figures.csv", "exactly", "nearly", "Qualifier: Value 'nearly' is not a valid"),
        ("challenges.csv", "Board", "", "raised_by is empty."),
        ("challenges.csv", "2019-20,,,", "2019-20,,,gone", "source is 'gone', which is no"),
    ],
)
def test_wrong_row_is_named_and_nothing_is_loaded(
    walsall: Partnership,
    system: User,
    tmp_path: Path,
    file: str,
    old: str,
    new: str,
    message: str,
) -> None:
    for name, head in HEADS.items():
        wrong = GOOD[name].replace("a,", "b,", 1).replace(old, new) if name == file else ""
        text = f"{head}\n{GOOD[name]}\n{wrong}\n" if wrong else f"{head}\n{GOOD[name]}\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_promises_of(tmp_path, walsall, by=system)
    assert f"{(tmp_path / file).as_posix()}, line 3: " in str(caught.value)
    assert message in str(caught.value)
    for model in (Promise, Milestone, Risk, NamedFigure, Challenge):
        assert model._default_manager.count() == 0


def test_invented_promises_have_each_outcome_and_are_made_once(
    testshire: Partnership, business_unit: User
) -> None:
    load_invented_governance(testshire, by=business_unit, today=TODAY)
    assert load_invented_promises(testshire, by=business_unit, today=TODAY) == 12
    assert load_invented_promises(testshire, by=business_unit, today=TODAY) == 0
    found = promises_of(testshire, parse("2025-26"))
    assert [stated.value for _, stated in found.counts] == [2, 2, 1, 1]
    assert found.report_years == (parse("2024-25"),)
    assert {line.priority for each in found.lists for line in each.promises} == {
        "",
        "Help early",
        "See neglect",
    }
    assert [(risk.code, risk.closed is None) for risk in Risk.objects.all()] == [
        ("no-trainer", True),
        ("contacts-wait", False),
    ]


@pytest.mark.parametrize("today", [TODAY, date(2026, 12, 28), date(2027, 4, 2)])
def test_invented_actions_are_overdue_open_and_done_on_any_day(
    testshire: Partnership,
    testshire_police: Agency,
    business_unit: User,
    contributor: User,
    today: date,
) -> None:
    health, council = (
        AgencyFactory(partnership=testshire, organisation__slug=f"testshire-{name}")
        for name in ("icb", "council")
    )
    load_invented_reviews(testshire, by=business_unit, today=today)
    at = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    for added in (4, 0):
        assert added == load_invented_actions(
            testshire, unit=business_unit, police=contributor, today=today, at=at
        )
    lines = actions_at(testshire, today=today)
    assert [(line.agency, line.reading.standing) for line in lines] == [
        ("testshire-council", Standing.DONE),
        ("testshire-icb", Standing.OVERDUE),
        ("testshire-police", Standing.OPEN),
        ("business-unit", Standing.OPEN),
    ]
    assert set(Action.objects.exclude(agency=None).values_list("agency", flat=True)) == {
        health.pk,
        council.pk,
        testshire_police.pk,
    }
    updates = ActionUpdate.objects.order_by("id").values_list("by", "agency")
    assert list(updates) == [(contributor.pk, testshire_police.pk), (business_unit.pk, None)]
    assert Challenge.objects.get().raised_by == "Independent scrutineer"
