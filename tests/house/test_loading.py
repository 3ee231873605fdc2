"""Loading of files: whole or not at all, and a wrong row is named."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from metrics.entries import Entry
from metrics.models import Cell, Conflict, Indicator, Revision, StatedChange
from metrics.places import Place
from metrics.queries import whole_cells
from metrics.saving import save_entry
from partnerships.models import Partnership, User
from partnerships.people.actions import system_actor
from safeguarding.demo.figures import load_figures_of
from safeguarding.demo.files import FileError, rows
from safeguarding.demo.reference import load_reference

NOW = datetime(2026, 7, 10, 9, 30, tzinfo=UTC)

REFERENCE = {
    "partnerships.csv": "slug,name,short_name,synthetic\ntestshire,Testshire,Test,no\n",
    "local_authorities.csv": "partnership,ons_code,name\ntestshire,E99000001,Testshire\n",
    "organisations.csv": "slug,name,successor\nnew,New board,\nold,Old group,new\n",
    "agencies.csv": "partnership,organisation,standing,first,last\n"
    "testshire,new,statutory-in-law,2019-09-01,\n",
    "areas.csv": "code,name,kind,partnership,region\ntestshire,Testshire,partnership,testshire,\n",
    "area_codes.csv": "area,scheme,code\ntestshire,ons,E99000001\n",
    "datasets.csv": "code,kind,owner,title,publisher,published,published_words,url\n"
    "report,printed,testshire,Report,Testshire,2020-10-01,,\n",
    "breakdowns.csv": "breakdown,name,nature,note\nsex,Sex,partition,\n",
    "categories.csv": "breakdown,category,name,parent\nsex,female,Female,\n",
    "indicators.csv": "code,name,definition,numerator_words,denominator_words,unit,unit_words,base,"
    "decimals,polarity,kind_of_count,roll_up,disclosive,threshold,theme\n"
    "referrals,Referrals,All of them.,,,count,,1,0,neutral,clustered,sum,yes,5,front-door\n",
    "indicator_versions.csv": "indicator,partnership,first,effect,words\n"
    "referrals,testshire,2019-04-01,affects,Recording changed.\n",
    "related_indicators.csv": "indicator,other,why\n",
    "ratios.csv": "numerator,denominator,name,cohort\n",
}
OBSERVATIONS = (
    "fact_id,dataset,indicator,area,period,slice,mention,value,value_upper,numerator,denominator,"
    "decimals,qualifier,marker,marker_reason,printed_words,flags,note,denominator_period,"
    "public_since\n"
)
FIRST = "T-1,report,referrals,testshire,2018-19,all,1,5135,,,,0,exactly,,,,,,,\n"
SECOND = "T-2,report,referrals,testshire,2019-20,all,1,4368,,,,0,exactly,,,,,,,\n"
AGAIN = "T-3,report,referrals,testshire,2019-20,all,2,4386,,,,0,exactly,,,,,,,\n"
STATED = (
    "fact_id,dataset,indicator,area,period,slice,mention,amount,unit,direction,printed_words,note\n"
)
CONFLICTS = "cell,preferred,rule\n"
ADDRESS = "report:referrals:testshire:2019-20:all"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in REFERENCE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def loader(db: None) -> User:
    return system_actor()


def write(folder: Path, *, observations: str, stated: str = "", conflicts: str = "") -> None:
    (folder / "observations.csv").write_text(OBSERVATIONS + observations, encoding="utf-8")
    (folder / "stated_changes.csv").write_text(STATED + stated, encoding="utf-8")
    (folder / "conflicts.csv").write_text(CONFLICTS + conflicts, encoding="utf-8")


def test_reference_loaded_twice_is_there_once(folder: Path, loader: User) -> None:
    load_reference(folder)
    load_reference(folder)
    assert Partnership.objects.get().slug == "testshire"
    assert Indicator.objects.get().versions.get().words == "Recording changed."


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("indicators.csv", "neutral", "sideways", "line 2: the store refuses it: "),
        ("agencies.csv", "testshire,new", "testshire,gone", "line 2: organisation is 'gone'"),
        ("agencies.csv", "2019-09-01", "1 September", "line 2: first is '1 September'"),
        ("partnerships.csv", "Test,no", "Test,maybe", "line 2: synthetic is 'maybe'"),
        ("indicators.csv", "code,name", "name,code_", "line 2: there is no column 'code'"),
        ("areas.csv", "testshire,\n", "testshire,,extra\n", "line 2: the row has more or fewer"),
    ],
)
def test_reference_with_a_wrong_row_names_it_and_loads_nothing(
    folder: Path, loader: User, file: str, old: str, new: str, message: str
) -> None:
    text = REFERENCE[file]
    assert old in text
    (folder / file).write_text(new.join(text.rsplit(old, 1)), encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_reference(folder)
    assert f"{(folder / file).as_posix()}, {message}" in str(caught.value)
    assert Partnership.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("referrals,share", "referrals and share are not both counts, nor both rates on one"),
        ("in-care,referrals", "a number on one day is not set against what happens in a year"),
        ("referrals,gone", "denominator is 'gone', which no indicator has"),
        ("referrals,referrals", "ratio_is_of_two_indicators"),
    ],
)
def test_ratio_of_what_cannot_be_divided_is_refused(
    folder: Path, loader: User, row: str, message: str
) -> None:
    more = (
        "share,Share,Some of them.,,,percent,,1,0,neutral,proportion,ratio,yes,5,front-door\n"
        "in-care,In care,On one day.,,,count,,1,0,neutral,clustered,last,yes,5,front-door\n"
    )
    (folder / "indicators.csv").write_text(REFERENCE["indicators.csv"] + more, encoding="utf-8")
    (folder / "ratios.csv").write_text(
        f"{REFERENCE['ratios.csv']}{row},So many,no\n", encoding="utf-8"
    )
    with pytest.raises(FileError) as caught:
        load_reference(folder)
    assert f"{(folder / 'ratios.csv').as_posix()}, line 2: " in str(caught.value)
    assert message in str(caught.value)


def test_rows_of_a_file_that_is_missing_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"gone\.csv is missing"):
        list(rows(tmp_path / "gone.csv"))
    (tmp_path / "binary.csv").write_bytes(b"a,b\n\xff\xfe,1\n")
    with pytest.raises(FileError, match="is not UTF-8 text"):
        list(rows(tmp_path / "binary.csv"))


def test_figures_are_loaded_as_approved_by_the_system_actor(folder: Path, loader: User) -> None:
    load_reference(folder)
    write(
        folder,
        observations=FIRST + SECOND + AGAIN,
        stated="T-4,report,referrals,testshire,2019-20,all,1,15,percent,down,,\n",
        conflicts=f"{ADDRESS}:2,{ADDRESS},The first mention stands in the table.\n",
    )
    counts = load_figures_of(folder, by=loader, at=NOW)

    assert counts == {"added": 3, "changed": 0, "stated changes": 1, "conflicts": 1}
    cell = whole_cells().get(period__last="2020-03-31", mention=1)
    assert cell.approved is not None
    assert cell.approved == cell.latest
    assert (cell.approved.value, cell.approved.by, cell.approved.fact_id) == (
        Decimal(4368),
        loader,
        "T-2",
    )
    assert cell.period.year_before is not None
    assert cell.period.year_before.key == "2018-19"
    assert StatedChange.objects.get().amount == Decimal(15)
    assert Conflict.objects.get().preferred.address == ADDRESS


def test_figures_loaded_again_change_nothing_and_a_mended_one_is_a_revision(
    folder: Path, loader: User
) -> None:
    load_reference(folder)
    write(folder, observations=FIRST + SECOND)
    load_figures_of(folder, by=loader, at=NOW)
    assert load_figures_of(folder, by=loader, at=NOW)["added"] == 0
    assert Revision.objects.count() == 2

    write(folder, observations=FIRST + SECOND.replace("4368", "4369"))
    assert load_figures_of(folder, by=loader, at=NOW)["changed"] == 1
    cell = whole_cells().get(period__last="2020-03-31")
    assert cell.approved is not None
    assert (cell.approved.number, cell.approved.value) == (2, Decimal(4369))


def test_correction_by_a_person_outlives_loading_again(folder: Path, loader: User) -> None:
    load_reference(folder)
    write(folder, observations=FIRST + SECOND)
    load_figures_of(folder, by=loader, at=NOW)
    cell = whole_cells().get(period__last="2020-03-31")
    person = User.objects.create_user("unit@test.example", name="Unit")
    place = Place(cell.dataset, cell.indicator, cell.area, cell.period, cell.slice)
    save_entry(
        place=place,
        entry=Entry(value=Decimal(4400)),
        by=person,
        at=NOW,
        seen=1,
        reason="A misprint.",
    )
    load_figures_of(folder, by=loader, at=NOW)
    assert [r.value for r in cell.revisions.order_by("number")] == [Decimal(4368), Decimal(4400)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (SECOND.replace(",referrals,", ",refusals,"), "there is no indicator 'refusals'"),
        (SECOND.replace("2019-20", "2019/20"), "'2019/20' is not a period"),
        (SECOND.replace("4368", "4,368").replace("4,368", '"4,368"'), "value is '4,368'"),
        (SECOND.replace(",all,", ",sex=female;age=5,"), "is not a slice"),
        (SECOND.replace(",all,", ",sex=other,"), "the register has no category sex=other"),
        (SECOND.replace("4368", ""), "revision_is_a_value_a_marker_or_words"),
        (SECOND.replace("exactly", "between"), "between_and_only_it_has_an_upper_value"),
        (SECOND.replace("exactly", "roughly"), "'roughly' is not a valid choice"),
        (FIRST.replace("T-1", "T-9"), "the same figure stands on line 2 already"),
    ],
)
def test_figures_with_a_wrong_row_name_it_and_load_nothing(
    folder: Path, loader: User, row: str, message: str
) -> None:
    load_reference(folder)
    write(folder, observations=FIRST + row)
    with pytest.raises(FileError) as caught:
        load_figures_of(folder, by=loader, at=NOW)
    assert f"{(folder / 'observations.csv').as_posix()}, line 3: " in str(caught.value)
    assert message in str(caught.value)
    assert (Cell.objects.count(), Revision.objects.count()) == (0, 0)


def test_demo_with_official_statistics_from_nowhere_loads_nothing(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"there is no folder .*nowhere\. Nothing was imported"):
        call_command("load_demo", "--official", str(tmp_path / "nowhere"))
    assert not Partnership.objects.exists()
