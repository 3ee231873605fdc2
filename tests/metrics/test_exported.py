"""A file of `export_observations` comes back as it was, once, or is refused by row and column."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from metrics.actions import approve
from metrics.entries import Entry
from metrics.exports import as_it_was, harmless
from metrics.intake.figures import load_figures
from metrics.intake.rows import FigureRow, PlaceRow
from metrics.models import Cell, Dataset, Revision
from metrics.saving import save_entry
from partnerships.models import AuditEvent
from partnerships.people.actions import system_actor
from tests.world import NOW, World


@pytest.fixture
def told(world: World) -> World:
    """A count that a person entered and another approved, and printed figures with all there is."""
    entry = Entry(value=Decimal(1234))
    entered = save_entry(place=world.place(), entry=entry, by=world.unit, at=NOW, seen=0)
    approve(cell=entered.cell, seen=1, by=world.approver, at=NOW)
    Dataset.objects.create(
        code="report", kind="printed", owner=world.partnership, title="Yearly report"
    )
    places = [
        PlaceRow(line, "report", "timely", "testshire", "2019-20", "all", line) for line in (1, 2)
    ]
    rows = [
        FigureRow(
            places[0],
            value=Decimal("92.5"),
            numerator=Decimal(185),
            denominator=Decimal(200),
            decimals=1,
            qualifier="about",
            flags="pr",
            note="=SUM of two, as “printed”",
            denominator_period="2018-19",
            public_since=date(2020, 9, 1),
            fact_id="T-1",
        ),
        FigureRow(places[1], marker="x", marker_reason="Not asked for."),
    ]
    load_figures(rows, by=system_actor(), at=NOW)
    return world


def exported(folder: Path) -> Path:
    out = StringIO()
    call_command("export_observations", stdout=out)
    file = folder / "figures.csv"
    file.write_text(out.getvalue(), encoding="utf-8")
    return file


def taken(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_observations", str(file), "--format", "portal", *options, stdout=out)
    return out.getvalue().strip()


def edited(file: Path, line: int, **cells: str) -> Path:
    """The file with other cells in a row, counted from 0 beneath the header."""
    rows = list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))
    rows[line].update(cells)
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return file


def test_what_was_exported_changes_nothing(told: World, tmp_path: Path) -> None:
    file = exported(tmp_path)
    said = "figures.csv: 0 added, 0 changed, 3 unchanged; without a number: 1 [x]"
    assert taken(file) == said
    assert Revision.objects.count() == 3
    assert not AuditEvent.objects.filter(verb="exported figures imported").exists()


def test_a_portal_without_the_figures_gets_them_as_they_were(told: World, tmp_path: Path) -> None:
    file = exported(tmp_path)
    before = file.read_text(encoding="utf-8")
    Dataset.objects.filter(code="report").update(code="kept-away")
    Dataset.objects.create(
        code="report", kind="printed", owner=told.partnership, title="Yearly report"
    )
    assert taken(file).startswith("figures.csv: 2 added, 0 changed, 1 unchanged")
    again = exported(tmp_path).read_text(encoding="utf-8").splitlines()
    assert [row for row in again if ",kept-away," not in row] == before.splitlines()
    assert AuditEvent.objects.get(verb="exported figures imported").detail["added"] == 2


def test_a_row_that_differs_is_a_further_revision_once(told: World, tmp_path: Path) -> None:
    file = edited(exported(tmp_path), 0, value="93.0", numerator="186")
    assert "1 changed, 2 unchanged" in taken(file, "--dry-run")
    assert Revision.objects.count() == 3
    assert "1 changed, 2 unchanged" in taken(file)
    assert "0 changed, 3 unchanged" in taken(file)
    revision = Cell.objects.get(dataset__code="report", mention=1).approved
    assert revision is not None
    assert (revision.number, revision.value) == (2, Decimal(93))
    assert revision.note == "=SUM of two, as “printed”"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"dataset": "nowhere"}, "row 2, dataset: no partnership has 'nowhere'"),
        ({"partnership": "elsewhere"}, "row 2, partnership: 'report' is not of 'elsewhere'"),
        ({"indicator": "unheard"}, "row 2, indicator: 'unheard' is not known here"),
        ({"area": "moon"}, "row 2, area: 'moon' is not known here"),
        ({"slice": "age=old"}, "row 2, slice: the register has no category age=old"),
        ({"period_kind": "week"}, "row 2, period_kind: 'week' is not known here"),
        ({"period_start": "April"}, "row 2, period_start: 'April' is not a day"),
        ({"period_end": "2020-03-30"}, "row 2, period_end: 1 April 2019 to 30 March 2020 is not"),
        ({"value": "1,5"}, "row 2, value: '1,5' is not a number"),
        ({"decimals": "9"}, "row 2, decimals: '9' is not a number from 0 to 6"),
        ({"qualifier": "roughly"}, "row 2, qualifier: 'roughly' is not known here"),
        ({"flags": "pq"}, "row 2, flags: 'pq' is not made of"),
        ({"note": "n" * 501}, "row 2, note: the text has 501 characters. It may have 500"),
        ({"unit": "count"}, "row 2, unit: timely has 'percent' here, not 'count'"),
        ({"denominator_period": "then"}, "row 2, denominator_period: 'then' is not a period"),
        ({"public_since": "soon"}, "row 2, public_since: 'soon' is not a day"),
        ({"mention": "2"}, "row 3: the figure stands in row 2 too"),
        ({"derived": "yes"}, "row 2, derived: it is '' here"),
        ({"derived": "no"}, "row 2, derived: 'no' is not known here"),
        ({"marker": "x"}, "row 2: "),
    ],
)
def test_an_unknown_cell_refuses_the_whole_file(
    told: World, tmp_path: Path, cells: dict[str, str], sentence: str
) -> None:
    file = edited(exported(tmp_path), 0, **cells)
    with pytest.raises(CommandError) as caught:
        taken(file)
    assert str(caught.value).startswith(f"figures.csv: {sentence}")
    assert str(caught.value).endswith("Nothing was imported.")
    assert Revision.objects.count() == 3


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (",mention,", ",", "row 1, mention: the column is missing"),
        (",mention,", ",mentions,mention,", "row 1, mentions: no export has this column"),
        ("fact_id", "id", "row 1, fact_id: the column is missing"),
    ],
)
def test_other_columns_are_refused(
    told: World, tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    file = exported(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        taken(file)
    assert str(caught.value).startswith(f"figures.csv: {sentence}")
    assert Revision.objects.count() == 3


def test_blank_lines_at_the_end_are_no_rows(told: World, tmp_path: Path) -> None:
    file = exported(tmp_path)
    text = file.read_text(encoding="utf-8")
    columns = text.partition("\n")[0].count(",")
    file.write_text(f"{text}\n{',' * columns}\n\n", encoding="utf-8")
    assert "3 unchanged" in taken(file)
    file.write_text(text.replace("\n", "\n\n", 2), encoding="utf-8")
    with pytest.raises(CommandError, match="row 2: there are 0 cells under 29 columns"):
        taken(file)


def test_column_without_a_name_is_refused_by_its_place(told: World, tmp_path: Path) -> None:
    file = exported(tmp_path)
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(f"{line},," for line in lines), encoding="utf-8")
    with pytest.raises(CommandError, match="row 1: column 30 has no name"):
        taken(file)


@pytest.mark.parametrize("text", ["'=1+1", "=1+1", "-5", "+ more", "plain", "", "−5", "'quoted'"])
def test_harmless_text_comes_back(text: str) -> None:
    assert as_it_was(harmless(text)) == text
