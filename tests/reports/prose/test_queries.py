"""What a text names is read from the store: figures, categories, conflicts, stated changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from metrics.intake.conflicts import load_conflicts
from metrics.intake.figures import load_figures
from metrics.intake.rows import ConflictRow, FigureRow, PlaceRow, StatedChangeRow
from metrics.intake.stated_changes import load_stated_changes
from metrics.models import Breakdown, Category, Slice, SlicePart
from partnerships.people.actions import system_actor
from partnerships.periods import Kind, Span
from partnerships.stated import find
from reports.blocks.figures import Figure, Paragraph, text_of
from reports.prose.block import prose_block
from reports.prose.grammar import ProseError
from reports.prose.queries import read_prose
from tests.reports.planned import NOW, SOURCE, Planned, row, work_out

YEAR = Span(Kind.SPAN, date(2019, 4, 1), date(2020, 3, 31))


def place(
    code: str, *, area: str = "testshire", slice_key: str = "all", mention: int = 1
) -> PlaceRow:
    return PlaceRow(1, SOURCE, code, area, "2019-20", slice_key, mention)


def printed(planned: Planned, text: str) -> tuple[str, list[str]]:
    """What a text prints in the report on 2019-20, and the addresses in it."""
    block = prose_block(read_prose(planned.partnership, "text", text, within=YEAR), Figure)
    (part,) = block.parts
    assert isinstance(part, Paragraph)
    return text_of(part.words), [figure.address for figure in block.figures]


def test_figures_are_read_with_their_changes_and_comparators(planned: Planned) -> None:
    said, addresses = printed(planned, "{{ plans moved }}, {{ plans versus england }}")
    assert said == "fell from 86 to 65 per 10,000, above England (56)"
    assert addresses == [
        f"{SOURCE}:plans:testshire:2018-19:all@1",
        f"{SOURCE}:plans:testshire:2019-20:all@1",
        f"{SOURCE}:plans:england:2019-20:all@1",
    ]


def test_count_of_another_area_can_be_named_and_is_not_compared(planned: Planned) -> None:
    load_figures([row("referrals", "2019-20", 640_000, area="england")], by=system_actor(), at=NOW)
    assert printed(planned, "{{ referrals in england }}")[0] == "640,000"
    with pytest.raises(ProseError, match="areas differ in size"):
        printed(planned, "{{ referrals versus england }}")


def test_figure_that_gave_way_is_read_with_the_one_that_counts(planned: Planned) -> None:
    again = replace(row("plans", "2019-20", 66), place=place("plans", mention=2))
    load_figures([again], by=system_actor(), at=NOW)
    address = f"{SOURCE}:plans:testshire:2019-20:all"
    load_conflicts([ConflictRow(1, f"{address}:2", address, "The first counts.")])
    said, addresses = printed(planned, "{{ plans }}, {{ plans other }}")
    assert (said, addresses) == (
        "65 per 10,000, 66 per 10,000",
        [f"{address}@1", f"{address}:2@1"],
    )


def test_change_that_a_source_states_has_an_address_of_its_own(planned: Planned) -> None:
    rows = [
        StatedChangeRow(place("missing", mention=n), Decimal(amount), "percent", "down", note="So.")
        for n, amount in ((1, 12), (2, 10))
    ]
    load_stated_changes(rows, by=system_actor(), at=NOW)
    address = f"stated-change:testshire:{SOURCE}:missing:testshire:2019-20:all"
    said, addresses = printed(planned, "{{ missing stated }}, {{ missing stated 2 }}")
    assert (said, addresses) == ("down 12%, down 10%", [address, f"{address}:2"])
    found = find(addresses[1])
    assert found is not None
    assert (found[1].value, found[1].unit, found[1].words) == (
        Decimal(-10),
        "% change",
        "down 10%",
    )
    assert find(f"{address}:3") is None
    assert find(f"stated-change:testshire:{SOURCE}:missing") is None


def test_stated_change_of_a_later_year_is_not_known_to_the_report(planned: Planned) -> None:
    later = replace(place("missing"), period="2020-21")
    rows = [StatedChangeRow(later, Decimal(12), "percent", "down")]
    load_stated_changes(rows, by=system_actor(), at=NOW)
    with pytest.raises(ProseError, match="No source states a change of missing"):
        printed(planned, "{{ missing stated }}")


def test_categories_are_listed_without_those_within_others(planned: Planned) -> None:
    sector = Breakdown.objects.create(code="sector", name="Sector", nature="overlapping")
    schools = Category.objects.create(breakdown=sector, code="schools", name="Schools")
    Category.objects.create(breakdown=sector, code="primary", name="Primary", parent=schools)
    Category.objects.create(breakdown=sector, code="gp", name="GPs")
    for category in sector.categories.all():
        slice_ = Slice.objects.create(key=f"sector={category.code}")
        SlicePart.objects.create(slice=slice_, breakdown=sector, category=category)
    counts = {"schools": 20, "primary": 15, "gp": 30}
    load_figures(
        [
            FigureRow(place("referrals", slice_key=f"sector={code}"), value=Decimal(count))
            for code, count in counts.items()
        ],
        by=system_actor(),
        at=NOW,
    )
    work_out(planned.partnership)
    assert printed(planned, "{{ referrals list sector }}")[0] == "GPs 30 and schools 20"


def test_older_figure_is_refused_until_its_period_is_written(planned: Planned) -> None:
    load_figures([row("none", "2016-17", 9)], by=system_actor(), at=NOW)
    work_out(planned.partnership)
    with pytest.raises(ProseError, match="has no figure of the report's own period"):
        printed(planned, "{{ none }}")
    assert printed(planned, "{{ none 2016-17 }}")[0] == "9"
