"""Bars of places: in alphabetical order, with a mark where there is no figure, all in words."""

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.charts.layout import NARROW, WIDTH
from metrics.charts.pictures import draw, told
from metrics.charts.places.layout import scene
from metrics.charts.places.spec import Place, PlacesSpec
from metrics.charts.shapes import Bar
from metrics.charts.spec import SpecError
from metrics.charts.style import PAPER

SPEC = PlacesSpec(
    key="places",
    title="Repeat plans, 2019-20",
    unit="%",
    places=(
        Place("Ashby", Decimal(20), "20.0", Decimal(13), Decimal(29), "13.0 to 29.0"),
        Place("Barton", None, "[c]"),
        Place("Corby (chosen)", Decimal(24), "24.0 [p]", chosen=True, hollow=True),
    ),
)
NUMBERS = st.decimals(0, 10**6, places=1)


@st.composite
def specs(draw: st.DrawFn) -> PlacesSpec:
    names = sorted(draw(st.lists(st.text(max_size=40), min_size=1, max_size=18)), key=str.casefold)
    places = []
    for name in names:
        value = draw(NUMBERS)
        spare = draw(st.none() | NUMBERS)
        bounds = (None, None) if spare is None else (max(Decimal(0), value - spare), value + spare)
        places.append(Place(name, value, f"{value:,}", *bounds))
    return PlacesSpec("places", draw(st.text(max_size=40)), "per 10,000", tuple(places))


def test_words_say_every_figure_as_it_is_printed() -> None:
    assert told(SPEC) == (
        "Bar chart: Repeat plans, 2019-20. Shown in: %. Places stand in alphabetical order. "
        "Lines show 95% intervals. Ashby: 20.0 (interval 13.0 to 29.0). Barton: [c]. "
        "Corby (chosen): 24.0 [p]."
    )


@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_a_mark_has_no_bar_and_a_provisional_figure_is_an_outline(width: float) -> None:
    bars = [item for item in scene(SPEC, full=width).drawn if isinstance(item, Bar)]
    drawn = [bar for bar in bars if bar.colour != PAPER]
    assert [bar.hollow for bar in drawn] == [False, True]
    assert len({bar.colour for bar in drawn}) == 2
    lengths = [bar.box.right - bar.box.left for bar in drawn]
    assert lengths[0] / lengths[1] == pytest.approx(20 / 24)
    assert "[c]" in {text.words for text in scene(SPEC, full=width).texts}


@pytest.mark.parametrize("width", [WIDTH, NARROW])
@given(spec=specs())
def test_all_stays_within_the_paper_and_is_well_formed(width: float, spec: PlacesSpec) -> None:
    made = scene(spec, full=width)
    for text in made.texts:
        assert text.box.right <= made.width + 1
        assert text.box.bottom <= made.height + 1
    root = ElementTree.fromstring(draw(spec, width=width))
    assert root[0].tag.endswith("title")


def test_another_order_than_that_of_names_is_refused() -> None:
    with pytest.raises(SpecError, match="in alphabetical order"):
        replace(SPEC, places=SPEC.places[::-1])
    with pytest.raises(SpecError, match="needs at least one figure"):
        replace(SPEC, places=SPEC.places[1:2])
