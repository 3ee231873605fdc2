"""Official figures on their way into the store: whole or not at all, and only once."""

from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from metrics.models import (
    Area,
    AreaCode,
    Cell,
    Dataset,
    Neighbour,
    NeighbourSet,
    Revision,
)
from metrics.official import intake
from metrics.official.intake import import_file, known_files
from metrics.official.opening import FileRefused
from metrics.official.outcome import Outcome
from partnerships.models import AuditEvent
from partnerships.people.actions import system_actor
from tests.metrics.official.files import (
    AUTHORITIES,
    ENGLAND,
    REGION,
    in_care,
    in_need,
    population,
    register,
    repeat,
    write,
)

NOW = datetime(2026, 7, 10, 9, 30, tzinfo=UTC)
HERE, THERE = AUTHORITIES[:2]


@pytest.fixture
def areas(db: None) -> dict[str, Area]:
    return register()


def take(file: Path, *, dry_run: bool = False, model_year: int | None = None) -> Outcome:
    return import_file(file, by=system_actor(), at=NOW, dry_run=dry_run, model_year=model_year)


def told(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged


def test_figures_enter_approved_with_source_note_and_audit_row(
    areas: dict[str, Area], tmp_path: Path
) -> None:
    file = write(
        tmp_path / "care.csv",
        [in_care(ENGLAND, "81770", "12183016", "67"), in_care(HERE, "796", "83000", "96")],
    )
    assert told(take(file)) == (4, 0, 0)
    dataset = Dataset.objects.get()
    assert (dataset.kind, dataset.owner, dataset.publisher) == (
        "official",
        None,
        "Department for Education",
    )
    cell = Cell.objects.get(indicator__code="children-in-care-rate", area__code="council-0")
    assert (
        cell.address == "dfe-children-looked-after:children-in-care-rate:council-0:2020-03-31:all"
    )
    assert cell.approved == cell.latest == cell.revisions.get()
    revision = cell.revisions.get()
    assert (revision.value, revision.numerator, revision.denominator) == (
        Decimal(96),
        Decimal(796),
        Decimal(83_000),
    )
    assert revision.denominator_period is not None
    assert revision.denominator_period.key == "2019-06-30"
    assert (revision.by, revision.at, revision.qualifier) == (system_actor(), NOW, "exactly")
    notes = Revision.objects.exclude(note="").values_list("cell__area__code", "note")
    assert list(notes) == [
        ("anyland", "Counts of regions and of England are published rounded to the nearest 10.")
    ]
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject) == (
        "official statistics imported",
        "dfe-children-looked-after",
    )
    assert (event.detail["file"], event.detail["added"]) == ("care.csv", 4)


def test_the_same_file_twice_changes_nothing(areas: dict[str, Area], tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [repeat(HERE, "c", "c", "c"), repeat(THERE, "1", "4", "25.5")])
    take(file)
    before = list(Revision.objects.order_by("pk").values())
    assert told(take(file)) == (0, 0, 4)
    assert list(Revision.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.count() == 1


def test_a_revised_figure_is_a_further_revision_that_says_so(
    areas: dict[str, Area], tmp_path: Path
) -> None:
    take(write(tmp_path / "a.csv", [in_need(HERE, "2109"), in_need(THERE, "c")]))
    later = write(
        tmp_path / "b.csv", [in_need(HERE, "2110"), in_need(THERE, "c"), in_need(REGION, "90")]
    )
    assert told(take(later, dry_run=True)) == (1, 1, 1)
    assert Revision.objects.count() == 2
    assert told(take(later)) == (1, 1, 1)
    cell = Cell.objects.get(area__code="council-0")
    assert cell.approved is not None
    assert (cell.approved_id, cell.approved.number) == (cell.latest_id, 2)
    assert (cell.approved.value, cell.approved.flags) == (Decimal(2110), "r")
    assert cell.approved.reason == "The published file gives another figure than before."
    marked = Cell.objects.get(area__code="council-1")
    assert marked.approved is not None
    assert (marked.approved.value, marked.approved.marker) == (None, "c")


def test_a_dry_run_stores_nothing_at_all(areas: dict[str, Area], tmp_path: Path) -> None:
    outcome = take(write(tmp_path / "a.csv", [in_need(HERE, "2109")]), dry_run=True)
    assert told(outcome) == (1, 0, 0)
    assert not Dataset.objects.exists()
    assert not Cell.objects.exists()
    assert not AuditEvent.objects.exists()


def test_batches_are_stored_as_one_file(
    areas: dict[str, Area], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        in_need(code, str(n), str(year)) for year in (2019, 2020) for n, code in enumerate(areas)
    ]
    file = write(tmp_path / "a.csv", rows)
    monkeypatch.setattr(intake, "BATCH", 3)
    assert told(take(file)) == (16, 0, 0)
    assert told(take(file)) == (0, 0, 16)
    assert Cell.objects.filter(approved__cell=None).count() == 0
    assert {(cell.area.code, int(cell.approved.value)) for cell in Cell.objects.all()} == {  # type: ignore[union-attr,arg-type]
        (area.code, n) for n, area in enumerate(areas.values())
    }


@pytest.mark.parametrize("batch", [1, 4000])
def test_a_wrong_row_refuses_the_whole_file(
    areas: dict[str, Area], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(intake, "BATCH", batch)
    for wrong, message in (
        (in_need(THERE, "some"), "row 3, At31_episodes: 'some' is neither"),
        (in_need(HERE, "6"), f"row 3: children-in-need of {HERE} for 31 March 2020 stands"),
        (in_need("E08111111", "6"), "row 3, new_la_code: no area has the code 'E08111111'."),
    ):
        with pytest.raises(FileRefused) as caught:
            take(write(tmp_path / "a.csv", [in_need(HERE, "5"), wrong]))
        assert str(caught.value).startswith(message)
        assert not Cell.objects.exists()
        assert not Dataset.objects.exists()


def test_a_council_with_a_new_code_stays_one_area(areas: dict[str, Area], tmp_path: Path) -> None:
    AreaCode.objects.create(area=areas[HERE], scheme="ons", code="E10999999")
    rows = [in_need("E10999999", "5", "2019"), in_need(HERE, "6", "2020")]
    take(write(tmp_path / "a.csv", rows))
    cells = Cell.objects.filter(area=areas[HERE]).order_by("period__last")
    assert [cell.period.key for cell in cells] == ["2019-03-31", "2020-03-31"]


def test_a_register_without_the_indicator_is_told(db: None, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="the register has no indicator children-in-need"):
        take(write(tmp_path / "a.csv", [in_need(HERE, "5")]))


NEIGHBOURS = "old_la_code,la_name,region_ind,region_name,SN_1,SN_1P,SN_2,SN_2P\n"
SETS = (
    NEIGHBOURS + "900,Council 0,1,R,902,Very close,901,Close \n901,Council 1,1,R,900,Close,902,\n"
)


def test_neighbours_are_stored_by_rank_and_year(areas: dict[str, Area], tmp_path: Path) -> None:
    file = tmp_path / "sn_model_2025_wide.csv"
    file.write_text(SETS, encoding="utf-8-sig")
    assert told(take(file)) == (2, 0, 0)
    assert told(take(file)) == (0, 0, 2)
    found = NeighbourSet.objects.get(authority=areas[HERE])
    assert (found.year, found.source) == (
        2025,
        "Statistical neighbours model 2025, Department for Education",
    )
    members = found.members.values_list("rank", "area__code", "closeness")
    assert list(members) == [(1, "council-2", "Very close"), (2, "council-1", "Close")]


def test_a_later_file_of_a_year_mends_its_sets(areas: dict[str, Area], tmp_path: Path) -> None:
    file = tmp_path / "neighbours.csv"
    file.write_text(SETS, encoding="utf-8")
    take(file, model_year=2025)
    file.write_text(SETS.replace("902,Very", "903,Very"), encoding="utf-8")
    assert told(take(file, model_year=2025)) == (0, 1, 1)
    assert told(take(file, model_year=2026)) == (2, 0, 0)
    mended = Neighbour.objects.get(
        neighbour_set__year=2025, neighbour_set__authority=areas[HERE], rank=1
    )
    assert mended.area.code == "council-3"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("902,Very", "777,Very", "row 2, SN_1: no authority has the number '777'"),
        ("902,Very", "900,Very", "row 2, SN_1: a neighbour is the authority itself"),
        ("902,Very", "901,Very", "row 2, SN_2: a neighbour is the authority itself, or stands"),
        ("901,Council 1", "900,Council 1", "row 3, old_la_code: the authority stands twice"),
        ("region_ind", "indicator", "row 1, indicator: the column is not known"),
    ],
)
def test_wrong_neighbours_are_refused(
    areas: dict[str, Area], tmp_path: Path, old: str, new: str, message: str
) -> None:
    file = tmp_path / "neighbours.csv"
    file.write_text(SETS.replace(old, new), encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        take(file, model_year=2025)
    assert str(caught.value).startswith(message)
    assert not NeighbourSet.objects.exists()


def test_the_year_of_neighbours_is_asked_for(areas: dict[str, Area], tmp_path: Path) -> None:
    file = tmp_path / "neighbours.csv"
    file.write_text(SETS, encoding="utf-8")
    with pytest.raises(FileRefused, match="--model-year 2025"):
        take(file)


def test_a_folder_gives_its_known_files(tmp_path: Path) -> None:
    need = write(tmp_path / "a.csv", [in_need(HERE, "5")])
    people = write(tmp_path / "b.csv", [population(HERE, "5")])
    (tmp_path / "c.csv").write_text("something,else\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("Notes", encoding="utf-8")
    assert known_files(tmp_path) == [people, need]
    with pytest.raises(FileRefused, match="there is no folder"):
        known_files(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileRefused, match="has no file that can be imported"):
        known_files(tmp_path / "empty")


def test_the_command_says_what_was_stored_and_what_was_refused(
    areas: dict[str, Area], tmp_path: Path
) -> None:
    file = write(tmp_path / "a.csv", [in_need(HERE, "5"), in_need(THERE, "c")])
    out = StringIO()
    call_command("import_observations", str(file), "--dry-run", stdout=out)
    call_command("import_observations", str(file), stdout=out)
    said = "dfe-children-in-need: 2 added, 0 changed, 0 unchanged; without a number: 1 [c]"
    assert out.getvalue().splitlines() == [
        f"{said} (dry run: nothing was stored)",
        said,
        "official statistics: 2 changes worked out",
    ]
    write(file, [in_need(HERE, "?")])
    with pytest.raises(CommandError, match=r"^a\.csv: row 2, .* Nothing was imported\.$"):
        call_command("import_observations", str(file))
