"""Changes of official figures: by the rules of any other, and only of what an import moved.

The figures of the four authorities are as published; what is expected of them was worked out by
hand (differences, percentages) and with statsmodels (intervals of differences of shares).
"""

from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Max
from statsmodels.stats.proportion import confint_proportions_2indep

from metrics.actions import OFFICIAL, ask_for_changes
from metrics.models import Area, AreaCode, Cell, Change, Touched
from metrics.official.intake import import_file
from partnerships.jobs import run_now
from partnerships.models import Job
from partnerships.people.actions import system_actor
from tests.metrics.official.files import (
    AUTHORITIES,
    ENGLAND,
    REGION,
    Row,
    in_care,
    in_need,
    register,
    repeat,
    write,
)
from tests.world import NOW

REAL = {
    "walsall": "E08000030",
    "worcestershire": "E10000034",
    "sandwell": "E08000028",
    "solihull": "E08000029",
}


@pytest.fixture
def areas(db: None) -> dict[str, Area]:
    made = register()
    for name, code in REAL.items():
        made[name] = Area.objects.create(code=name, name=name.capitalize(), kind="authority")
        AreaCode.objects.create(area=made[name], scheme="ons", code=code)
    return made


def take(folder: Path, rows: list[Row]) -> None:
    import_file(write(folder / "file.csv", rows), by=system_actor(), at=NOW)


def work() -> int:
    """Does what waits, if anything does; returns how many changes were stored."""
    waiting = Job.objects.filter(key=OFFICIAL, state=Job.State.WAITING).first()
    if waiting is None:
        return 0
    job = run_now(waiting)
    assert job.state == Job.State.DONE, job.error
    assert not Touched.objects.exists()
    count: int = job.result["changes"]
    return count


def change(indicator: str, area: str, last: str) -> Change:
    return Change.objects.select_related("from_revision", "to_revision").get(
        cell__indicator__code=indicator,
        cell__area__code=area,
        cell__period__last=last,
        against=Change.Against.YEAR_BEFORE,
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "absolute", "percent"),
    [
        ("walsall", "2483", "2939", 456, "18.364881"),
        ("worcestershire", "3841", "3638", -203, "-5.285082"),
        ("sandwell", "2898", "2775", -123, "-4.244306"),
        ("solihull", "2150", "1836", -314, "-14.604651"),
    ],
)
def test_children_in_need_of_the_four_authorities_change_as_by_hand(
    areas: dict[str, Area],
    tmp_path: Path,
    name: str,
    before: str,
    after: str,
    absolute: int,
    percent: str,
) -> None:
    rows = [in_need(REAL[name], before, "2024"), in_need(REAL[name], after, "2025")]
    take(tmp_path, rows)
    assert work() == 2
    found = change("children-in-need", name, "2025-03-31")
    assert found.absolute == absolute
    assert found.percent == Decimal(percent)
    assert found.rounding_low is None  # authorities are exact
    assert found.rounding_high is None
    assert found.state == "not-tested"  # clustered, and too few earlier figures
    assert change("children-in-need", name, "2024-03-31").reason == (
        "There is no figure for the year before."
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "printed", "state"),
    [
        ("walsall", (168, 687), (110, 579), ("24.5", "19"), "clearly-lower"),
        ("worcestershire", (202, 753), (223, 711), ("26.8", "31.4"), "no-clear-change"),
        ("sandwell", (157, 526), (129, 418), ("29.8", "30.9"), "no-clear-change"),
        ("solihull", (76, 260), (50, 243), ("29.2", "20.6"), "clearly-lower"),
    ],
)
def test_shares_of_repeat_plans_are_tested_by_their_counts(
    areas: dict[str, Area],
    tmp_path: Path,
    name: str,
    before: tuple[int, int],
    after: tuple[int, int],
    printed: tuple[str, str],
    state: str,
) -> None:
    years = [
        repeat(REAL[name], str(again), str(of), share, year)
        for (again, of), share, year in zip((before, after), printed, ("2018", "2019"), strict=True)
    ]
    take(tmp_path, years)
    work()
    found = change("cpp-repeat", name, "2019-03-31")
    points = (Decimal(after[0]) / after[1] - Decimal(before[0]) / before[1]) * 100
    assert found.points == round(points, 6)
    low, high = confint_proportions_2indep(*after, *before, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx((low * 100, high * 100), abs=1e-6)
    assert found.state == state


def test_rates_of_children_in_care_change_by_their_counts(
    areas: dict[str, Area], tmp_path: Path
) -> None:
    """81 and 94 are printed; 578 of 71,799 and 665 of 70,547 are −14.6%, and not −13.8%."""
    take(
        tmp_path,
        [
            in_care(REAL["walsall"], "665", "70547", "94", "2024"),
            in_care(REAL["walsall"], "578", "71799", "81", "2025"),
        ],
    )
    work()
    found = change("children-in-care-rate", "walsall", "2025-03-31")
    assert found.percent is not None
    assert round(found.percent, 2) == Decimal("-14.60")
    assert found.rule.startswith("unrounded:")
    assert change("children-in-care", "walsall", "2025-03-31").absolute == -87


def test_counts_of_wide_areas_change_within_their_rounding(
    areas: dict[str, Area], tmp_path: Path
) -> None:
    """From 399,455–399,465 to 402,395–402,405."""
    take(tmp_path, [in_need(ENGLAND, "399460", "2024"), in_need(ENGLAND, "402400", "2025")])
    work()
    found = change("children-in-need", "anyland", "2025-03-31")
    assert found.absolute == 2940
    assert (found.rounding_low, found.rounding_high) == (
        Decimal("0.733481"),
        Decimal("0.738506"),
    )
    assert found.rule.startswith("rounded:")


def test_a_share_of_rounded_counts_keeps_what_is_printed(
    areas: dict[str, Area], tmp_path: Path
) -> None:
    """14,090 of 63,830 may be 22.07%, printed 22.1; 14,550 of 64,390 cannot be 22.7%."""
    take(
        tmp_path,
        [
            repeat(ENGLAND, "14090", "63830", "22.1", "2021"),
            repeat(ENGLAND, "14550", "64390", "22.7", "2022"),
        ],
    )
    work()
    found = change("cpp-repeat", "anyland", "2022-03-31")
    assert found.points == Decimal("0.6")
    assert (found.rounding_low, found.rounding_high) == (Decimal("0.5"), Decimal("0.7"))
    assert found.caution == "This figure is not what its numerator and denominator give."


def test_what_is_held_back_has_no_change_and_no_neighbour_of_it_has(
    areas: dict[str, Area], tmp_path: Path
) -> None:
    years = {"2018": "30", "2019": "c", "2020": "40"}
    take(tmp_path, [in_need(AUTHORITIES[0], value, year) for year, value in years.items()])
    work()
    reasons = [change("children-in-need", "council-0", f"{year}-03-31").reason for year in years]
    assert reasons == [
        "There is no figure for the year before.",
        "This figure is confidential.",
        "The figure for the year before is confidential.",
    ]


def test_only_what_an_import_moved_is_worked_out_again(
    areas: dict[str, Area], tmp_path: Path
) -> None:
    first = [
        in_need(code, "100", year) for code in AUTHORITIES for year in ("2018", "2019", "2020")
    ]
    take(tmp_path, first)
    assert work() == 18
    kept = {row.pk: row.cell_id for row in Change.objects.all()}
    take(tmp_path, first)  # the same file again
    assert not Touched.objects.exists()
    assert Job.objects.filter(key=OFFICIAL).count() == 1
    revised = [*first[:1], in_need(AUTHORITIES[0], "90", "2019"), *first[2:]]
    take(tmp_path, revised)
    assert Touched.objects.count() == 1
    assert work() == 2  # of that year and of the next one
    anew = Change.objects.exclude(pk__in=kept)
    assert {row.cell.area.code for row in anew} == {"council-0"}
    assert change("children-in-need", "council-0", "2019-03-31").absolute == -10
    assert change("children-in-need", "council-0", "2020-03-31").absolute == 10


def _said() -> set[tuple[Any, ...]]:
    fields = [field.attname for field in Change._meta.concrete_fields if not field.primary_key]
    return set(Change.objects.values_list(*fields))


def test_increments_leave_what_a_full_rebuild_gives(areas: dict[str, Area], tmp_path: Path) -> None:
    for years in (("2015", "2016", "2018"), ("2017", "2016")):
        rows = [
            repeat(
                code, str(10 + at * int(year[-1])), "200", str((10 + at * int(year[-1])) / 2), year
            )
            for at, code in enumerate((*AUTHORITIES, REGION, ENGLAND))
            for year in years
        ]
        take(tmp_path, rows)
        work()
    before = _said()
    assert len(before) == Cell.objects.count() == 64
    assert run_now(ask_for_changes(None, by=system_actor())).state == Job.State.DONE
    assert _said() == before


def test_a_dry_run_asks_for_nothing(areas: dict[str, Area], tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [in_need(AUTHORITIES[0], "5")])
    import_file(file, by=system_actor(), at=NOW, dry_run=True)
    assert not Touched.objects.exists()
    assert not Job.objects.exists()


def test_the_command_works_out_what_it_imported(areas: dict[str, Area], tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [in_need(code, "100") for code in AUTHORITIES])
    out = StringIO()
    call_command("import_observations", str(file), stdout=out)
    assert out.getvalue().splitlines()[-1] == "official statistics: 6 changes worked out"
    newest = Change.objects.aggregate(Max("pk"))
    again = StringIO()
    call_command("import_observations", str(file), stdout=again)
    assert "worked out" not in again.getvalue()
    assert Change.objects.aggregate(Max("pk")) == newest
    call_command("compute_changes", stdout=out)
    assert out.getvalue().splitlines()[-1] == "official statistics: 0 years, 6 changes"
