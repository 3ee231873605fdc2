"""What official statistics hold a partnership against, and where they contradict it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.intake.figures import load_figures
from metrics.intake.rows import FigureRow, PlaceRow
from metrics.models import Area, Dataset, Indicator
from metrics.official.comparators import comparators_of, population_day
from metrics.official.disagreements import pairs
from metrics.official.intake import import_file
from partnerships.models import Partnership
from partnerships.people.actions import system_actor
from partnerships.periods import parse
from tests.metrics.official.files import (
    AUTHORITIES,
    ENGLAND,
    REGION,
    SETS,
    Row,
    in_care,
    in_need,
    population,
    register,
    repeat,
    write,
)
from tests.world import NOW, World

HERE = AUTHORITIES[0]


@pytest.fixture
def here(world: World) -> Partnership:
    """Testshire is the first of the authorities: its area has that authority's codes."""
    areas = register()
    mine: Area = world.area
    areas[HERE].codes.update(area=mine)
    Area.objects.filter(pk=mine.pk).update(region=areas[REGION])
    return world.partnership


def take(folder: Path, *rows: Row) -> None:
    import_file(write(folder / "official.csv", rows), by=system_actor(), at=NOW)


def with_neighbours(folder: Path) -> None:
    file = folder / "sn_2025.csv"
    file.write_text(SETS, encoding="utf-8")
    import_file(file, by=system_actor(), at=NOW)


def shares(*values: str, year: str = "2020") -> list[Row]:
    """Repeat plans of the authorities in their order, of 100 or as a mark."""
    return [
        repeat(code, value, "100", value, year)
        for code, value in zip(AUTHORITIES, values, strict=False)
    ]


def test_each_area_has_its_own_newest_period_and_source(here: Partnership, tmp_path: Path) -> None:
    with_neighbours(tmp_path)
    take(
        tmp_path,
        *shares("20", "10", "c", "40", "20", year="2021"),
        *shares("25", "11", "13", "41", "21", year="2020"),
        repeat(REGION, "220", "1000", "22", "2021"),
        repeat(ENGLAND, "2300", "10000", "23", "2020"),
    )
    found = comparators_of(here, Indicator.objects.get(code="cpp-repeat"))
    assert found is not None
    assert [
        (area.code, [(each.cell.period.key, each.reading.value) for each in series])
        for area, series in found.areas
    ] == [
        ("testshire", [("2020-21", Decimal(20)), ("2019-20", Decimal(25))]),
        ("the-region", [("2020-21", Decimal(22))]),
        ("anyland", [("2019-20", Decimal(23))]),
    ]
    newest = found.newest
    assert newest.span.key == "2020-21"
    assert [(each.rank, each.name) for each in newest.members] == [
        (1, "Council 1"),
        (2, "Council 2"),
        (3, "Council 3"),
    ]
    assert (newest.median.value, newest.median.missing) == (Decimal(25), ("Council 2",))
    assert newest.among_neighbours is not None
    assert newest.among_authorities is not None
    assert (newest.among_neighbours.position, newest.among_neighbours.of) == (2, 3)
    place = newest.among_authorities
    assert (place.position, place.of, place.level, place.first) == (2, 4, 1, "lowest")
    assert newest.authorities == 5
    earlier = found.medians[parse("2019-20")]
    assert (earlier.value, earlier.missing) == (Decimal(13), ())


def test_numbers_are_compared_by_population_of_the_june_before(
    here: Partnership, tmp_path: Path
) -> None:
    with_neighbours(tmp_path)
    take(tmp_path, *(in_need(code, "100") for code in (*AUTHORITIES[:4], ENGLAND)))
    take(
        tmp_path,
        population(HERE, "10000"),
        population(AUTHORITIES[1], "20000"),
        population(AUTHORITIES[2], "5000"),
        population(AUTHORITIES[3], "x"),
        population(HERE, "1", "2020"),
    )
    found = comparators_of(here, Indicator.objects.get(code="children-in-need"))
    assert found is not None
    own, england = (series[0] for _, series in found.areas)
    assert own.compared is not None
    assert (own.reading.value, own.compared.value) == (Decimal(100), Decimal(100))
    assert england.compared is None
    assert found.newest.median.value == Decimal(125)
    assert found.newest.median.missing == ("Council 3",)
    assert found.newest.among_authorities is not None
    assert (found.newest.among_authorities.position, found.newest.among_authorities.of) == (2, 3)


def test_an_area_that_the_files_do_not_know_has_no_comparators(
    world: World, tmp_path: Path
) -> None:
    register()
    take(tmp_path, *shares("20", "10"))
    assert comparators_of(world.partnership, Indicator.objects.get(code="cpp-repeat")) is None


def test_the_population_of_a_year_is_that_of_the_june_before_it_ends() -> None:
    days = [population_day(parse(key)) for key in ("2019-20", "2020-03-31", "2020-06-30")]
    assert [each.key for each in days if each] == ["2019-06-30", "2019-06-30", "2020-06-30"]
    assert population_day(parse("2019-20-q1")) is None


def printed(
    world: World, *figures: tuple[str, str, str, str, int], public_since: date | None = None
) -> None:
    """Figures of a printed report: indicator, area, period, value, decimals."""
    Dataset.objects.create(
        code="report", kind="printed", owner=world.partnership, title="Yearly report"
    )
    rows = [
        FigureRow(
            PlaceRow(line, "report", indicator, area, period, "all", 1),
            value=Decimal(value),
            decimals=decimals,
            public_since=public_since,
        )
        for line, (indicator, area, period, value, decimals) in enumerate(figures, 1)
    ]
    load_figures(rows, by=system_actor(), at=NOW)


def test_only_what_rounding_cannot_explain_is_a_disagreement(
    world: World, here: Partnership, tmp_path: Path
) -> None:
    take(tmp_path, in_care(HERE, "796", "83000", "96"), in_care(ENGLAND, "80850", "12000000", "67"))
    printed(
        world,
        ("children-in-care", "testshire", "2020-03-31", "802", 0),
        ("children-in-care", "anyland", "2020-03-31", "80848", 0),
        ("children-in-care-rate", "testshire", "2020-03-31", "95.8", 1),
        ("children-in-care-rate", "anyland", "2020-03-31", "70", 0),
        ("children-in-care", "testshire", "2019-03-31", "1", 0),
        ("children-in-need", "testshire", "2020-03-31", "1", 0),
    )
    assert [
        (pair.own.indicator.code, pair.own.area.code, pair.difference, pair.agrees)
        for pair in pairs(here)
    ] == [
        ("children-in-care", "anyland", Decimal(-2), True),
        ("children-in-care", "testshire", Decimal(6), False),
        ("children-in-care-rate", "anyland", Decimal(3), False),
        ("children-in-care-rate", "testshire", Decimal("-0.2"), True),
    ]
