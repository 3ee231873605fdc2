"""An attack on a release: nobody reckons a small number from a total and its other parts."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import product
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.intake.figures import load_figures
from metrics.intake.rows import FigureRow, PlaceRow
from metrics.models import (
    Area,
    Breakdown,
    Category,
    Dataset,
    Indicator,
    Slice,
    SlicePart,
)
from partnerships.models import Partnership
from partnerships.people.actions import system_actor
from partnerships.periods import financial_year
from partnerships.stated_figure import Stated
from reports.attack import Whole
from reports.blocks.figures import AccountBlock, Bullets
from reports.blocks.printing import stated_figure
from reports.disclosure import PublicFigure, public_account
from reports.editions.actions import SectionPlan, plan_report
from reports.editions.assemble import content_of
from reports.editions.content import ReportContent
from reports.models import AnnualReport
from reports.outputs.csv_file import csv_of
from reports.outputs.html import standing_alone
from reports.outputs.xlsx import xlsx_of
from reports.secondary import further
from tests.factories import IndicatorFactory
from tests.reports.planned import NOW, work_out

TODAY = date(2026, 11, 21)
LONG_AGO = date(2020, 9, 1)
SOURCE = "testshire-report"
AGES = ("young", "middle", "old")


def reckoned(whole: Whole, printed: dict[str, Decimal]) -> set[str]:
    """The parts that the attacker knows to be small: every way to fill the gaps makes them so."""
    if whole.total not in printed:
        return set()
    gaps = [part for part in whole.parts if part not in printed]
    if not gaps or len(gaps) == len(whole.parts):
        return set()
    rest = int(printed[whole.total] - sum(printed[p] for p in whole.parts if p in printed))
    ways = [
        way
        for way in product(range(1, rest + 1), repeat=len(gaps))
        if sum(way) == rest and any(each <= whole.threshold for each in way)
    ]
    if len(gaps) == 1:
        ways = [(rest,)] if rest > 0 else []
    return {
        gap
        for at, gap in enumerate(gaps)
        if (ways and all(0 < way[at] < whole.threshold for way in ways))
        or (ways and len(gaps) == 1 and rest <= whole.threshold)
    }


numbers = st.lists(st.integers(0, 14), min_size=2, max_size=4)


@given(numbers, st.sets(st.integers(0, 3)), st.integers(1, 5))
def test_no_gap_is_known_to_be_small(values: list[int], public: set[int], threshold: int) -> None:
    parts = tuple(f"part-{at}" for at in range(len(values)))
    known = frozenset(part for at, part in enumerate(parts) if at in public)
    whole = Whole("total", parts, threshold, known)
    printed = {
        part: Decimal(value)
        for part, value in zip(parts, values, strict=True)
        if part in known or not 0 < value <= threshold
    }
    if not 0 < sum(values) <= threshold:
        printed["total"] = Decimal(sum(values))
    hidden = further([whole], printed)
    assert not hidden & known
    assert all(printed[place] for place in hidden)  # none is hidden that was 0
    left = {place: value for place, value in printed.items() if place not in hidden}
    assert not reckoned(whole, left)


def test_the_smallest_other_part_goes_and_the_total_only_where_none_is_left() -> None:
    whole = Whole("year", ("q1", "q2", "q3", "q4"), 5)
    printed = {"q1": Decimal(12), "q2": Decimal(9), "q4": Decimal(14), "year": Decimal(38)}
    assert further([whole], printed) == {"q2"}
    public = Whole("year", whole.parts, 5, frozenset({"q1", "q2", "q4"}))
    assert further([public], printed) == {"year"}
    assert not further([Whole("year", whole.parts, 5, frozenset(printed))], printed)
    assert not further([whole], {**printed, "q3": Decimal(3)})  # nothing is hidden
    assert not further([whole], {"year": Decimal(38)})  # nothing to take off


@pytest.fixture
def missing(db: None) -> Indicator:
    partnership = Partnership.objects.create(
        slug="testshire", name="Testshire Safeguarding Partnership", short_name="Testshire"
    )
    Area.objects.create(
        code="testshire", name="Testshire", kind="partnership", partnership=partnership
    )
    Dataset.objects.create(code=SOURCE, kind="printed", owner=partnership, title="Returns")
    found: Indicator = IndicatorFactory(
        code="missing", name="Children missing", unit="count", roll_up="sum", disclosive=True
    )
    return found


def load(
    figures: Iterable[tuple[str, str, int]], *, public: Iterable[tuple[str, str]] = ()
) -> None:
    rows = [
        FigureRow(
            PlaceRow(1, SOURCE, "missing", "testshire", period, key, 1),
            value=Decimal(value),
            public_since=LONG_AGO if (period, key) in set(public) else None,
        )
        for period, key, value in figures
    ]
    load_figures(rows, by=system_actor(), at=NOW)
    work_out(Partnership.objects.get())


def planned(text: str, *indicators: Indicator) -> AnnualReport:
    return plan_report(
        partnership=Partnership.objects.get(),
        span=financial_year(2019),
        title="Yearly report 2019-20",
        sections=[SectionPlan("missing", "Missing children", text, indicators)],
        by=system_actor(),
    )


def everything(content: ReportContent) -> str:
    """The words of every form of a report that holds figures; the PDF is drawn from the HTML."""
    book = openpyxl.load_workbook(BytesIO(xlsx_of(content)), read_only=True)
    cells = [
        str(each) for sheet in book for row in sheet.values for each in row if each is not None
    ]
    return " ".join([standing_alone(content), csv_of(content), *cells])


@pytest.fixture
def ages(missing: Indicator) -> None:
    breakdown = Breakdown.objects.create(code="age", name="Age", nature="partition")
    for code in AGES:
        category = Category.objects.create(breakdown=breakdown, code=code, name=code.capitalize())
        made = Slice.objects.create(key=f"age={code}")
        SlicePart.objects.create(slice=made, breakdown=breakdown, category=category)


def figures(*values: int) -> list[tuple[str, str, int]]:
    """The categories in their order, then the total."""
    parts = [("2019-20", f"age={age}", value) for age, value in zip(AGES, values, strict=True)]
    return [*parts, ("2019-20", "all", sum(values))]


TEXT = "{{ missing where age=young }}, {{ missing where age=middle }}, {{ missing 2019-20 }}."
KNOWN = [("2019-20", "age=young"), ("2019-20", "age=middle")]


def test_a_total_does_not_give_back_a_hidden_category(missing: Indicator, ages: None) -> None:
    """Two categories were public before, so that with the total a third one would be told."""
    load(figures(312, 209, 3), public=KNOWN)
    content = content_of(planned(TEXT, missing), on=TODAY)
    said = everything(content)
    assert "524" not in said
    assert "312" in said
    assert "209" in said
    printed = {row["address"]: row["value"] for row in csv.DictReader(StringIO(csv_of(content)))}
    assert printed[f"{SOURCE}:missing:testshire:2019-20:all@1"] == ""


def test_a_total_stays_where_what_is_left_is_no_small_number(
    missing: Indicator, ages: None
) -> None:
    load(figures(312, 209, 30), public=KNOWN)
    assert "551" in everything(content_of(planned(TEXT, missing), on=TODAY))


def test_a_total_that_was_public_with_its_parts_stays(missing: Indicator, ages: None) -> None:
    load(figures(312, 209, 3), public=[*KNOWN, ("2019-20", "all")])
    assert "524" in everything(content_of(planned(TEXT, missing), on=TODAY))


def test_a_total_of_overlapping_categories_stays(missing: Indicator, ages: None) -> None:
    Breakdown.objects.update(nature="overlapping")
    load(figures(312, 209, 3), public=KNOWN)
    assert "524" in everything(content_of(planned(TEXT, missing), on=TODAY))


def test_what_is_left_of_a_whole_is_hidden_with_it() -> None:
    """60 of 62 children tells of 2."""
    told = Stated(
        "audit:x:y", "Children", Decimal(60), out_of=Decimal(62), of_children=True, said=""
    )

    def build(data: tuple[Stated, ...], make: Any) -> AccountBlock[PublicFigure]:
        cells = tuple((stated_figure(each, make),) for each in data)
        return AccountBlock(key="x", title="X", parts=(Bullets(cells),))

    shown = public_account((told, replace(told, out_of=Decimal(70))), build, sources={}, on=TODAY)
    assert [figure.text for figure in shown.figures] == ["[c]", "60 of 70"]
