"""The commands that compute and export, as people at the machine use them."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from metrics.exports import CHANGE_COLUMNS, OBSERVATION_COLUMNS, plain
from metrics.intake.conflicts import load_conflicts
from metrics.intake.figures import load_figures
from metrics.intake.rows import ConflictRow, FigureRow, PlaceRow
from metrics.models import Dataset
from partnerships.people.actions import system_actor
from tests.world import NOW, World

HERE = "testshire-report:referrals:testshire:2019-20:all"


@pytest.fixture
def printed(world: World) -> World:
    """Two years as printed, the second said twice and differently; changes worked out."""
    Dataset.objects.create(
        code="testshire-report", kind="printed", owner=world.partnership, title="Yearly report"
    )
    values = [("2018-19", 1, "5135"), ("2019-20", 1, "4368"), ("2019-20", 2, "4386")]
    rows = [
        FigureRow(
            PlaceRow(line, "testshire-report", "referrals", "testshire", period, "all", mention),
            value=Decimal(value),
            note="As in the table." if mention == 1 else "",
            fact_id=f"T-{line}",
        )
        for line, (period, mention, value) in enumerate(values, 1)
    ]
    load_figures(rows, by=system_actor(), at=NOW)
    load_conflicts([ConflictRow(1, f"{HERE}:2", HERE, "The table is preferred.")])
    call_command("compute_changes", "--partnership", "testshire", stdout=StringIO())
    return world


def exported(command: str) -> list[dict[str, str]]:
    out = StringIO()
    call_command(command, "--partnership", "testshire", stdout=out)
    return list(csv.DictReader(StringIO(out.getvalue())))


def test_observations_are_every_approved_figure_in_one_order(printed: World) -> None:
    rows = exported("export_observations")
    assert list(rows[0]) == OBSERVATION_COLUMNS
    assert [(row["fact_id"], row["value"], row["conflict"]) for row in rows] == [
        ("T-1", "5135", ""),
        ("T-2", "4368", ""),
        ("T-3", "4386", HERE),
    ]
    assert rows[1] == {
        "fact_id": "T-2",
        "partnership": "testshire",
        "dataset": "testshire-report",
        "indicator": "referrals",
        "area": "testshire",
        "slice": "all",
        "period_kind": "year",
        "period_start": "2019-04-01",
        "period_end": "2020-03-31",
        "value": "4368",
        "value_upper": "",
        "qualifier": "exactly",
        "decimals": "0",
        "numerator": "",
        "denominator": "",
        "marker": "",
        "printed_words": "",
        "flags": "",
        "unit": "count",
        "base": "1",
        "conflict": "",
        "revision": "1",
        "source": "Yearly report",
        "note": "As in the table.",
        "mention": "1",
        "marker_reason": "",
        "public_since": "",
        "denominator_period": "",
        "derived": "",
    }


def test_changes_are_year_on_year_or_say_why_there_is_none(printed: World) -> None:
    rows = exported("export_changes")
    assert list(rows[0]) == CHANGE_COLUMNS
    first, second = rows
    assert (first["absolute"], first["reason"]) == ("", "There is no figure for the year before.")
    told = [second[name] for name in ("from_value", "to_value", "absolute", "percent", "points")]
    assert told == ["5135", "4368", "-767", "-14.936709", ""]
    assert second["reason"] == ""


@pytest.mark.parametrize("command", ["compute_changes", "export_observations", "export_changes"])
def test_command_for_a_partnership_that_is_not_there_says_which_are(
    world: World, command: str
) -> None:
    with pytest.raises(CommandError, match=r"no partnership 'nowhere'\. Known: testshire\."):
        call_command(command, "--partnership", "nowhere", stdout=StringIO())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("4368.000000"), "4368"),
        (Decimal("100"), "100"),
        (Decimal("-0.500000"), "-0.5"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_plain_is_a_number_without_ornament(value: Decimal | None, text: str) -> None:
    assert plain(value) == text
