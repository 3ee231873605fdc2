"""The median of the statistical neighbours as a figure with an address."""

from decimal import Decimal
from pathlib import Path

import pytest

from metrics.models import Area, Indicator, NeighbourSet
from metrics.official.comparators import comparators_of
from metrics.official.intake import import_file
from metrics.official.median import MedianFigure
from metrics.official.medians import medians_of
from partnerships.people.actions import system_actor
from partnerships.periods import parse
from partnerships.stated import find
from tests.metrics.official.files import AUTHORITIES, fill, population, repeat, write
from tests.world import NOW, World

ADDRESS = "median:testshire:cpp-repeat:2019-20"


@pytest.fixture
def filled(world: World, tmp_path: Path) -> World:
    fill(world, tmp_path)
    return world


def found(address: str) -> MedianFigure:
    pair = find(address)
    assert pair is not None
    figure = pair[1]
    assert isinstance(figure, MedianFigure)
    return figure


def test_a_median_says_from_whom_it_was_worked_out(filled: World, tmp_path: Path) -> None:
    earlier = [repeat(code, "61", "200", "30.5", "2019") for code in AUTHORITIES[:2]]
    earlier.append(repeat(AUTHORITIES[2], "35", "100", "35", "2019"))
    earlier.append(repeat(AUTHORITIES[3], "c", "c", "c", "2019"))
    import_file(write(tmp_path / "earlier.csv", earlier), by=system_actor(), at=NOW)
    figure = found("median:testshire:cpp-repeat:2018-19")
    assert figure.value == Decimal("32.75")
    assert figure.words == "32.8%"
    assert (figure.used, figure.missing) == (("Council 1", "Council 2"), ("Council 3",))
    assert figure.model == 2025
    assert [(each.rank, each.name, each.text) for each in figure.members] == [
        (1, "Council 1", "30.5"),
        (2, "Council 2", "35.0"),
        (3, "Council 3", "[c]"),
    ]
    assert figure.members[0].address == "dfe-repeat-plans:cpp-repeat:council-1:2018-19:all"
    assert figure.how.endswith("of the neighbours in the 2025 model, without Council 3: no figure.")


def test_the_median_of_the_page_is_that_of_the_address(filled: World) -> None:
    indicator = Indicator.objects.get(code="cpp-repeat")
    here = comparators_of(filled.partnership, indicator)
    span = parse("2019-20")
    medians = medians_of(filled.partnership, Indicator.objects.all())
    assert here is not None
    assert set(medians) == {("cpp-repeat", span)}
    figure = medians["cpp-repeat", span]
    assert figure.address == f"{ADDRESS}@2025"
    assert here.newest.median.value == figure.value == found(ADDRESS).value == Decimal(24)
    assert found(figure.address) == figure


def test_a_named_model_stays_when_there_is_a_newer_one(filled: World) -> None:
    later = NeighbourSet.objects.create(authority=filled.area, year=2026, source="Neighbours 2026")
    later.members.create(rank=1, area=Area.objects.get(code="council-1"))
    assert (found(ADDRESS).model, found(ADDRESS).value) == (2026, Decimal(22))
    assert (found(f"{ADDRESS}@2025").model, found(f"{ADDRESS}@2025").value) == (2025, Decimal(24))


def test_reading_every_median_takes_four_queries(
    filled: World, django_assert_num_queries: object
) -> None:
    indicators = list(Indicator.objects.all())
    with django_assert_num_queries(4):  # type: ignore[operator]
        medians_of(filled.partnership, indicators)


@pytest.mark.parametrize(
    "address",
    [
        "median:testshire:cpp-repeat:2001-02",
        "median:testshire:cpp-repeat:never",
        f"{ADDRESS}@2024",
        f"{ADDRESS}@",
        f"{ADDRESS}@２０２５",
        f"{ADDRESS}:all",
        "median:testshire:unheard-of:2019-20",
        "median:testshire:children-in-need:2020-03-31",
        "median:elsewhere:cpp-repeat:2019-20",
    ],
)
def test_there_is_no_median_of_what_is_not_known_or_of_numbers(
    filled: World, tmp_path: Path, address: str
) -> None:
    people = [population(code, "10000") for code in AUTHORITIES[:4]]
    import_file(write(tmp_path / "people.csv", people), by=system_actor(), at=NOW)
    assert find(address) is None


def test_without_neighbours_there_is_no_median(world: World) -> None:
    assert medians_of(world.partnership, Indicator.objects.all()) == {}
    assert find("median:testshire:timely:2019-20") is None
