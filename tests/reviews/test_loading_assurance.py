"""Loading of audits, self-assessments, training and voice: Walsall's, and the invented ones."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from partnerships.models import AuditEvent, Partnership, User
from partnerships.periods import financial_year
from partnerships.stated import find
from reviews.assurance.actions import AuditWords, save_audit
from reviews.assurance.assessment_queries import self_assessments_of
from reviews.assurance.queries import audit_of, audits_of, dissemination_of
from reviews.models import (
    AssessmentMeasure,
    AssessmentStep,
    AssuranceArea,
    AuditGrade,
    CaseAudit,
    SelfAssessment,
    TrainingActivity,
    TrainingMeasure,
    VoiceActivity,
    VoiceMeasure,
)
from reviews.training.queries import training_of
from reviews.training.totals import totals_of
from reviews.voice.queries import voice_of
from safeguarding.demo.assurance import load_assurance_of
from safeguarding.demo.files import FileError, rows
from safeguarding.demo.governance import load_governance_of
from safeguarding.demo.invented_assurance import load_invented_assurance
from safeguarding.demo.training import load_training_of
from safeguarding.demo.voice import load_voice_of
from tests.factories import (
    AreaFactory,
    DatasetFactory,
    PartnershipFactory,
    RoleFactory,
    UserFactory,
)

WALSALL = settings.BASE_DIR / "fixtures" / "walsall"
REPORT = "walsall-yearly-report-2019-20"
YEAR = financial_year(2019)
LOADERS = (load_assurance_of, load_training_of, load_voice_of)


@pytest.fixture
def walsall(db: None) -> Partnership:
    """With the areas that its files name and the report that they were read off."""
    made = PartnershipFactory(slug="walsall", name="Walsall", short_name="Walsall")
    AreaFactory(partnership=made, code="walsall", name="Walsall")
    AreaFactory(partnership=None, kind="sub-region", code="black-country", name="Black Country")
    DatasetFactory(code=REPORT, kind="printed", owner=made, title="Annual Report")
    return made


@pytest.fixture
def loaded(walsall: Partnership, system: User) -> Partnership:
    load_governance_of(WALSALL, walsall, by=system)
    for load in LOADERS:
        load(WALSALL, walsall, by=system)
    return walsall


def facts(*names: str) -> list[str]:
    """The facts that the files name."""
    found = [row.text("fact_id") for name in names for row in rows(WALSALL / name)]
    return sorted(fact for fact in found if fact)


def test_every_fact_of_the_files_is_kept_once_with_its_source(loaded: Partnership) -> None:
    told = [
        (each.fact_id, each.source, each.public_since)
        for rows_of in (
            CaseAudit.objects.all(),
            AuditGrade.objects.all(),
            AssessmentStep.objects.all(),
            AssessmentMeasure.objects.all(),
            TrainingMeasure.objects.all(),
            VoiceActivity.objects.all(),
            VoiceMeasure.objects.all(),
        )
        for each in rows_of
        if each.fact_id
    ]
    assert sorted(fact for fact, _, _ in told) == facts(
        *("audits.csv", "audit_grades.csv", "self_assessment.csv", "training.csv", "voice.csv")
    )
    assert {(source, day) for _, source, day in told} == {(REPORT, date(2026, 11, 1))}


def test_audits_of_walsall_stand_as_the_report_tells(loaded: Partnership) -> None:
    told = {each.code: each for each in audits_of(loaded, YEAR)}
    assert {code: each.status for code, each in told.items()} == {
        "multi-agency-cases": "reported",
        "neglect-2019-20": "undertaken-not-reported",
        "strategy-meetings": "undertaken",
    }
    cases = told["multi-agency-cases"]
    grades = [
        (result.period.key, [each.figure.words for each in result.own.shares], result.gap)
        for result in cases.results
    ]
    assert grades == [
        ("2017-18", ["32%", "45%", "23%"], ""),
        ("2018-19", ["37.5%", "45%", "17.5%"], ""),
        ("2019-20", ["23%", "62%", "15%"], ""),
    ]
    comparison = cases.results[-1].comparison
    assert comparison is not None
    assert comparison.verdict == "Mixed"
    found = find("audit:walsall:multi-agency-cases:2019-20:good")
    assert found is not None
    assert (found[1].words, found[1].fact_id) == ("23%", "WAL-350")


def test_section_11_of_walsall_stands_as_the_report_tells(loaded: Partnership) -> None:
    (cycle,) = self_assessments_of(loaded, YEAR)
    assert [each.period.key for each in cycle.steps] == [
        *("2019-m03", "2019-m07", "2019-20", "2019-m11", "2019-20", "2019-m11", "2019-20")
    ]
    figures = [figure.words for figure in cycle.figures]
    assert figures == [
        "4 areas for further assurance",
        "384 responses",
        "7 visits",
        "6 organisations",
        "17 feedback forms",
        "6 months between checks",
    ]
    assert [each.answered_by for each in cycle.areas] == [
        *("challenge event", "challenge event", "visits by young people", "visits by young people")
    ]
    assert len(dissemination_of(loaded, YEAR)) == 7


def test_training_of_walsall_stands_as_the_report_tells(loaded: Partnership) -> None:
    told = {each.code: each for each in training_of(loaded, YEAR)}
    assert sum(len(each.figures) for each in told.values()) == 35
    programme = told["impactful-partnership-programme"]
    assert [each.code for each in programme.priorities] == ["transition", "exploitation"]
    assert [(row.mention, row.value) for row in programme.figures] == [
        (1, Decimal(3)),
        (2, Decimal(3)),
    ]
    assert told["conference-of-young-people-on-health-services"].area == "Black Country"
    for address, words in (
        ("right-help-right-time-training:2019-20:attended", "437 people"),
        ("education-and-prevention-in-schools:2019-20:attended", "more than 7,000 people"),
        ("impactful-partnership-programme:2019-20:days:2", "3 days"),
        ("all-training:2019-20:change-percent", "28.7%"),
    ):
        found = find(f"training:walsall:{address}")
        assert found is not None
        assert found[1].words == words
    held = told["large-briefing-on-learning-from-reviews"].figures[0].told
    assert (held.figure, held.note) == (None, "Attendance is not printed.")
    totals = totals_of(loaded, YEAR, list(told.values()))
    assert [(each.of, each.measure, each.missing) for each in totals if each.made] == [
        ("All training", "sessions", Decimal(51)),
        ("Practice reflection workshops developed", "sessions", Decimal(3)),
        ("Conferences", "attended", Decimal(100)),
        ("All training", "completed", Decimal(1014)),
    ]


def test_voice_of_walsall_stands_as_the_report_tells(loaded: Partnership) -> None:
    told = {each.code: each for each in voice_of(loaded, YEAR)}
    assert len(told) == 6
    strategy = told["joint-engagement-strategy"]
    assert strategy.period.label == "1 January 2020 to 31 December 2022"
    (steps,) = strategy.figures
    assert (steps.told.figure and steps.told.figure.fact_id) == "WAL-301"
    assert steps.of_what == "Consultation, representation, shared decisions and co-production"
    assert VoiceActivity.objects.get(code="joint-engagement-strategy").fact_id == "WAL-300"
    conference = told["conference-of-young-people-on-health-services"]
    assert [each.told.figure and each.told.figure.words for each in conference.figures] == [
        "127 pledges",
        "4 areas",
    ]
    assert [code for code, each in told.items() if each.changed] == ["visits-by-young-people"]


def test_pages_of_walsall_show_what_was_loaded(
    loaded: Partnership, client_of: Callable[[User], Client]
) -> None:
    reader = UserFactory()
    RoleFactory(user=reader, partnership=loaded)
    client = client_of(reader)
    for path, words in (
        ("assurance/", "2019-20: good 23%, requires improvement 62% and inadequate 15%"),
        ("assurance/audits/multi-agency-cases/", "Neither better nor worse as a whole"),
        ("assurance/self-assessments/section-11-2019/", "4 of 4 answered"),
        ("training/", "No: the activities make 1,014 fewer"),
        ("training/impactful-partnership-programme/", "Told again: not added up."),
        ("voice/", "What changed is not said for 5 of 6."),
    ):
        page = client.get(f"/p/walsall/{path}").content.decode()
        assert words in page
    assert "As printed in: Annual Report." in client.get("/p/walsall/voice/").content.decode()


def test_loading_again_changes_nothing_and_leaves_what_people_changed(
    loaded: Partnership, system: User
) -> None:
    before = AuditEvent.objects.count()
    for load in LOADERS:
        load(WALSALL, loaded, by=system)
    assert AuditEvent.objects.count() == before

    words = AuditWords("Ours", "multi-agency", "reported", YEAR)
    save_audit(partnership=loaded, code="multi-agency-cases", words=words, seen=1, by=UserFactory())
    AuditGrade.objects.filter(fact_id="WAL-344").update(value=33)
    TrainingMeasure.objects.filter(fact_id="WAL-211").update(value=438)
    for load in LOADERS:
        load(WALSALL, loaded, by=system)
    told = audit_of(loaded, "multi-agency-cases")
    assert told is not None
    assert (told.name, told.results[0].own.shares[0].figure.value) == ("Ours", Decimal(33))
    assert TrainingMeasure.objects.get(fact_id="WAL-211").value == 437


AUDITS = "audit,fact_id,name,kind,theme,period,status,cases,note\n"
AUDIT = "a,,Audit,multi-agency,,2019-20,reported,,\n"
GRADES = "fact_id,audit,period,grade,value,decimals,note\n"
CYCLES = "assessment,name,kind,note\nc,Cycle,section-11,\n"
STEPS = "fact_id,assessment,step,period,measure,value,note\n"
AREAS = "assessment,area_for_assurance,answered_by\n"
MOVES = "fact_id,assessment,period,was,became,value,note\n"
MEANS = "means,period,note\n"
TRAINING = (
    "fact_id,activity,kind,total_of,provider,priority,area,period,measure,value,qualifier,note\n"
)
VOICE = "activity,period,area,who,said_or_done,changed,told_back,fact_id,measure,value,note\n"


@pytest.mark.parametrize(
    ("file", "rows_", "message"),
    [
        ("audits.csv", "b,,B,other,,2019-20,reported,,", "line 3: kind is 'other'."),
        ("audits.csv", "b,,B,multi-agency,,soon,reported,,", "line 3: 'soon' is not a period."),
        ("audits.csv", "b,,B,multi-agency,,2019-20,on-hold,,", "line 3: Say in the note why"),
        ("audits.csv", "b,,B,multi-agency,,2019-20,reported,few,", "line 3: cases is 'few'"),
        ("audit_grades.csv", ",gone,2019-20,good,5,0,", "line 2: there is no audit 'gone'."),
        ("audit_grades.csv", ",a,2019-20,fine,5,0,", "line 2: grade is 'fine'."),
        ("audit_grades.csv", ",a,2019-20,good,,0,", "line 2: value is empty."),
        ("audit_grades.csv", ",a,2019-20,good,5.5,0,", "line 2: value is 5.5, which has more"),
        (
            "audit_grades.csv",
            ",a,2019-20,good,5,0,\n,a,2019-20,inadequate,140,0,",
            "line 3: A percentage cannot be above 100.",
        ),
        (
            "audit_grades.csv",
            ",a,2019-20,good,5,0,\n,a,2019-20,good,6,0,",
            "line 3: good stands on line 2 already.",
        ),
        ("self_assessment.csv", ",gone,Survey,2019-20,,,", "line 2: there is no self-assessment"),
        ("self_assessment.csv", ",c,Survey,2019-20,answers,,", "line 2: Enter the number, or say"),
        ("self_assessment.csv", ",c,–,2019-20,,,", "line 2: Say what was done"),
        ("self_assessment_areas.csv", "gone,Area,", "line 2: there is no self-assessment 'gone'."),
        ("grade_moves.csv", ",c,2019-20,good,better,3,", "line 2: became is 'better'."),
        ("grade_moves.csv", ",c,2019-20,good,inadequate,,", "line 2: value is ''"),
        ("dissemination.csv", "News,2019/20,", "line 2: '2019/20' is not a period."),
    ],
)
def test_wrong_row_of_assurance_is_named_and_nothing_is_loaded(
    walsall: Partnership, system: User, tmp_path: Path, file: str, rows_: str, message: str
) -> None:
    headers = {
        "audits.csv": AUDITS + AUDIT,
        "audit_grades.csv": GRADES,
        "self_assessments.csv": CYCLES,
        "self_assessment.csv": STEPS,
        "self_assessment_areas.csv": AREAS,
        "grade_moves.csv": MOVES,
        "dissemination.csv": MEANS,
    }
    for name, header in headers.items():
        text = header + (f"{rows_}\n" if name == file else "")
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_assurance_of(tmp_path, walsall, by=system)
    assert f"{(tmp_path / file).as_posix()}, {message}" in str(caught.value)
    assert (CaseAudit.objects.count(), SelfAssessment.objects.count()) == (0, 0)


def test_moves_between_grades_are_loaded_where_a_file_tells_them(
    walsall: Partnership, system: User, tmp_path: Path
) -> None:
    (tmp_path / "self_assessments.csv").write_text(CYCLES, encoding="utf-8")
    told = (("all", 11), ("good-or-outstanding", 3), ("requires-improvement", 6), ("inadequate", 2))
    lines = [f",c,2019-20,inadequate,{became},{number}," for became, number in told]
    (tmp_path / "grade_moves.csv").write_text(MOVES + "\n".join(lines) + "\n", encoding="utf-8")
    for _ in range(2):
        counts = load_assurance_of(tmp_path, walsall, by=system)
    assert counts["moves between grades"] == 4
    (cycle,) = self_assessments_of(walsall, YEAR)
    assert [(each.was, each.gap, len(each.became)) for each in cycle.moves] == [
        ("Inadequate", "", 3)
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",T,talk,,p,,,2019-20,attended,3,exactly,", "line 3: kind is 'talk'."),
        (",T,total,,p,,,2019-20,attended,3,exactly,", "line 3: Say what it is a total of."),
        (",T,course,,p,gone,,2019-20,attended,3,exactly,", "line 3: priority is 'gone'"),
        (",T,course,,p,,mars,2019-20,attended,3,exactly,", "line 3: area is 'mars'"),
        (",T,course,,p,,,2019-20,pupils,3,exactly,", "line 3: 'pupils' is not counted."),
        (",T,course,,p,,,2019-20,attended,many,exactly,", "line 3: value is 'many'"),
        (",T,course,,p,,,2019-20,attended,3,between,", "line 3: qualifier is 'between'."),
        (
            ",First,workshop,,p,,,2019-20,days,3,exactly,",
            "line 3: kind is 'workshop', and 'course'",
        ),
    ],
)
def test_wrong_row_of_training_is_named_and_nothing_is_loaded(
    walsall: Partnership, system: User, tmp_path: Path, row: str, message: str
) -> None:
    good = ",First,course,,p,,walsall,2019-20,attended,3,exactly,\n"
    (tmp_path / "training.csv").write_text(f"{TRAINING}{good}{row}\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_training_of(tmp_path, walsall, by=system)
    assert f"{(tmp_path / 'training.csv').as_posix()}, {message}" in str(caught.value)
    assert TrainingActivity.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("V,2019-20,mars,youth,Said,,,,,,", "line 3: area is 'mars'"),
        ("V,2019-20,,,Said,,,,,,", "line 3: who is empty."),
        ("V,2019-20,,youth,Said,,Told,,,,", "line 3: Say what changed"),
        ("First,2019-20,,parents,Said,,,,,,", "line 3: who is 'parents', and 'youth' on line 2"),
        ("First,2019-20,,youth,More,,,,,,", "line 3: measure is empty, and line 2 tells"),
        ("First,2019-20,,youth,More,,,,answers,,", "line 3: Enter the number, or say"),
    ],
)
def test_wrong_row_of_voice_is_named_and_nothing_is_loaded(
    walsall: Partnership, system: User, tmp_path: Path, row: str, message: str
) -> None:
    good = "First,2019-20,,youth,Said,,,,,,\n"
    (tmp_path / "voice.csv").write_text(f"{VOICE}{good}{row}\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_voice_of(tmp_path, walsall, by=system)
    assert f"{(tmp_path / 'voice.csv').as_posix()}, {message}" in str(caught.value)
    assert VoiceActivity.objects.count() == 0


def test_row_may_name_another_printed_source_and_no_other(
    walsall: Partnership, system: User, tmp_path: Path
) -> None:
    folder = tmp_path / "walsall"
    folder.mkdir()
    (tmp_path / "datasets.csv").write_text(
        f"code,kind,owner,published,public_by\n{REPORT},printed,walsall,,2026-11-01\n"
        "papers,printed,walsall,2024-03-25,\nelsewhere,printed,sandwell,,\n",
        encoding="utf-8",
    )
    header, row = VOICE.replace("fact_id,", "fact_id,source,"), "V,2019-20,,youth,Said,,,,{},,,\n"
    file = folder / "voice.csv"
    file.write_text(header + row.format("papers"), encoding="utf-8")
    load_voice_of(folder, walsall, by=system)
    told = VoiceActivity.objects.get()
    assert (told.source, told.public_since) == ("papers", date(2024, 3, 25))
    file.write_text(header + row.format("elsewhere"), encoding="utf-8")
    with pytest.raises(FileError, match="source is 'elsewhere', which is no printed dataset"):
        load_voice_of(folder, walsall, by=system)


def test_invented_assurance_is_made_once_and_adds_up(
    testshire: Partnership, business_unit: User
) -> None:
    today = date(2026, 7, 10)
    assert load_invented_assurance(testshire, by=business_unit, today=today) == 10
    assert load_invented_assurance(testshire, by=business_unit, today=today) == 0
    year = financial_year(2025)
    verdicts = {
        each.code: [result.comparison and result.comparison.verdict for result in each.results]
        for each in audits_of(testshire, year)
    }
    assert verdicts == {
        "babies": [],
        "neglect": [None, "No clear change", "Better"],
        "strategy-discussions": [None, "Mixed"],
    }
    (cycle,) = self_assessments_of(testshire, year)
    assert [each.gap for each in cycle.moves] == ["", ""]
    assert AssuranceArea.objects.filter(answered_by="").count() == 1
    totals = totals_of(testshire, year, training_of(testshire, year))
    assert [(each.measure, each.made and each.made.cell) for each in totals] == [
        ("sessions", "12"),
        ("places", "200"),
        ("allocated", "192"),
        ("attended", "332"),
        ("no-shows", "24"),
    ]
    assert [bool(each.told_back) for each in voice_of(testshire, year)] == [False, True]
