"""Structure charts: nothing over another, nothing off the paper, and all of it told."""

from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.charts import pictures
from metrics.charts.shapes import Box, Line, Panel
from metrics.charts.spec import SpecError
from metrics.charts.structure.layout import scene
from metrics.charts.structure.spec import Branch, Card, Group, Standing, StructureSpec
from tests.metrics.charts.charts import REFERRALS

PAGE = 1000  # units: what a page of the report has room for below a heading
SIZES = pytest.mark.parametrize("full", [640.0, 320.0])

words = st.text("abcdefghij &-ABC", min_size=1, max_size=70).filter(str.strip)
cards = st.builds(Card, words, st.just("") | words, st.sampled_from(Standing))
trees = st.recursive(
    st.builds(Branch, cards),
    lambda below: st.builds(Branch, cards, st.lists(below, max_size=6).map(tuple)),
    max_leaves=14,
)
groups = st.builds(Group, words, st.lists(cards, min_size=1, max_size=9).map(tuple))


@st.composite
def specs(draw: st.DrawFn) -> StructureSpec:
    found = draw(st.lists(trees, max_size=3)), draw(st.lists(groups, max_size=2))
    if not any(found):
        found = [Branch(draw(cards))], []
    return StructureSpec("structure", "Structure", tuple(found[0]), tuple(found[1]))


def body(number: int, *under: Branch) -> Branch:
    return Branch(Card(f"Safeguarding Assurance Subgroup {number}", "Set up in 2019-20"), under)


def chain(length: int) -> Branch:
    return body(length, chain(length - 1)) if length > 1 else body(1)


TWENTY_ONE = {
    "under one": StructureSpec("a", "A", (body(0, *map(body, range(1, 21))),)),
    "each under the one before": StructureSpec("a", "A", (chain(21),)),
    "four fives": StructureSpec(
        "a", "A", (body(0, *(body(n, *(body(10 * n + m) for m in range(4))) for n in range(4))),)
    ),
    "alone": StructureSpec(
        "a", "A", groups=(Group("Alone", tuple(body(n).card for n in range(21))),)
    ),
}


@SIZES
@given(spec=specs())
def test_cards_stay_apart_on_the_paper_and_hold_their_words(
    full: float, spec: StructureSpec
) -> None:
    drawing = scene(spec, full=full)
    panels = [item.box for item in drawing.drawn if isinstance(item, Panel)]
    assert len(panels) == len(list(spec.cards))
    assert all(box.within(Box(0, 0, drawing.width, drawing.height)) for box in panels)
    assert not any(one.meets(other) for one, other in combinations(panels, 2))
    headings = len(drawing.texts) - sum(
        any(text.box.within(box) for box in panels) for text in drawing.texts
    )
    assert headings <= 4 * len(spec.groups)  # of as many lines at most
    assert all(text.box.within(Box(0, 0, drawing.width, drawing.height)) for text in drawing.texts)
    assert not any(one.box.meets(other.box) for one, other in combinations(drawing.texts, 2))


@SIZES
@given(spec=specs())
def test_lines_run_where_no_card_is(full: float, spec: StructureSpec) -> None:
    drawing = scene(spec, full=full)
    panels = [item.box for item in drawing.drawn if isinstance(item, Panel)]
    for stretch in stretches(line for line in drawing.drawn if isinstance(line, Line)):
        assert not any(stretch.meets(panel) for panel in panels)


def stretches(lines: Iterator[Line]) -> Iterator[Box]:
    """Each straight piece of a line as a thin box, without its ends, which touch cards."""
    for line in lines:
        for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
            left, right = sorted((x1, x2))
            top, bottom = sorted((y1, y2))
            if left == right:
                yield Box(left - 0.1, top + 0.1, right + 0.1, bottom - 0.1)
            else:
                yield Box(left + 0.1, top - 0.1, right - 0.1, bottom + 0.1)


@SIZES
@pytest.mark.parametrize("spec", TWENTY_ONE.values(), ids=TWENTY_ONE.keys())
def test_names_of_twenty_one_bodies_are_whole(spec: StructureSpec, full: float) -> None:
    assert not [text.words for text in scene(spec, full=full).texts if "…" in text.words]


@pytest.mark.parametrize("shape", ["under one", "four fives", "alone"])
def test_twenty_one_bodies_fit_a_page(shape: str) -> None:
    assert scene(TWENTY_ONE[shape]).height <= PAGE


def test_chart_says_all_that_it_shows() -> None:
    learning = Branch(Card("Learning"), (Branch(Card("Audit", "from 2019.")),))
    spec = StructureSpec(
        "structure",
        "Who reports to whom",
        (Branch(Card("Executive", "", Standing.LEADS), (learning, Branch(Card("Neglect")))),),
        (Group("Outside", (Card("Court", "", Standing.OUTSIDE),)),),
    )
    assert pictures.told(spec) == (
        "Structure chart: Who reports to whom. At the head: Executive. "
        "Report to Executive: Learning; Neglect. Report to Learning: Audit (from 2019). "
        "Outside: Court."
    )


def test_chart_of_nothing_is_refused() -> None:
    with pytest.raises(SpecError, match="needs at least one card"):
        StructureSpec("structure", "Structure", groups=(Group("Nobody", ()),))


@SIZES
def test_drawing_is_well_formed_and_escaped(full: float) -> None:
    spec = StructureSpec("key", "<Title>", (Branch(Card("A & <B>")),))
    root = ElementTree.fromstring(pictures.draw(spec, width=full))
    title, desc, panel, text = list(root)
    assert (title.text, desc.text) == ("Structure chart: <Title>", "At the head: A & <B>.")
    assert title.attrib["id"] == f"key-{full:.0f}-title"
    assert (panel.tag, text.text) == ("{http://www.w3.org/2000/svg}rect", "A & <B>")


def test_every_picture_is_told_and_drawn_in_one_way() -> None:
    assert pictures.told(REFERRALS).startswith("Bar chart: Referrals to social care, Walsall")
    assert "<title" in pictures.draw(REFERRALS)
