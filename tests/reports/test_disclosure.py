"""The gate: what it hides, what it shows, and that nothing hidden can be worked out again."""

import copy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.arithmetic.reading import Measure, Reading
from partnerships.stated import Stated
from reports.blocks.data import IndicatorData, Instead, Observation, Series
from reports.blocks.figures import AccountBlock, Bullets, Figure, figures_in, text_of
from reports.blocks.indicator import indicator_block
from reports.blocks.printing import stated_figure
from reports.disclosure import NotPublic, PublicFigure, public_account, public_form, require_public
from reports.prose.block import Prose, prose_block
from tests.reports.data import (
    COUNT,
    LONG_AGO,
    OFFICIAL,
    PERCENT,
    RATE,
    TODAY,
    count,
    indicator,
    observed,
    quotient,
    referrals,
    rounded,
)


def shown(data: IndicatorData) -> list[str]:
    """The own figures and changes of the table in public form."""
    return [text_of(cell) for row in public_form(data, on=TODAY).table.rows for cell in row.cells]


def alone(measure: Measure, reading: Reading, **more: object) -> str:
    return shown(indicator(measure, observed(reading, 2019, **more)))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1, "[c]"), (5, "[c]"), (6, "6"), (1200, "1,200")]
)
def test_counts_up_to_the_threshold_are_hidden_and_zero_stays(value: int, text: str) -> None:
    assert alone(COUNT, count(value)) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (20, 40, "50.0"),
        (0, 40, "0.0"),
        (40, 40, "100.0"),
        (3, 40, "[c]"),  # a small numerator
        (37, 40, "[c]"),  # a small complement
        (2, 4, "[c]"),  # a small denominator
        (0, 4, "[c]"),
        (0, 0, "[z]"),
    ],
)
def test_percentage_goes_with_a_small_count_behind_it(
    numerator: int, denominator: int, text: str
) -> None:
    assert alone(PERCENT, quotient(numerator, denominator)) == text


def test_rate_goes_with_a_small_numerator() -> None:
    assert alone(RATE, quotient(4, 60_000, RATE)) == "[c]"
    assert alone(RATE, quotient(12, 60_000, RATE)) == "2.0"


def test_percentage_whose_counts_are_not_known_cannot_be_shown_to_be_safe() -> None:
    assert alone(PERCENT, rounded("33")) == "[c]"
    assert alone(PERCENT, rounded("33"), public_since=LONG_AGO) == "33"


@pytest.mark.parametrize(
    ("qualifier", "value", "upper", "text"),
    [
        ("between", 2, 7, "[c]"),
        ("between", 7, 12, "between 7 and 12"),
        ("fewer-than", 3, None, "[c]"),
        ("fewer-than", 6, None, "fewer than 6"),
        ("about", 4, None, "[c]"),
        ("about", 100, None, "about 100"),
    ],
)
def test_bounds_that_say_more_than_c_are_hidden(
    qualifier: str, value: int, upper: int | None, text: str
) -> None:
    reading = replace(
        count(value), qualifier=qualifier, value_upper=Decimal(upper) if upper else None
    )
    assert alone(COUNT, reading) == text


def test_words_may_say_anything_and_are_hidden() -> None:
    assert alone(COUNT, Reading(words="two brothers")) == "[c]"
    assert alone(COUNT, Reading(words="two brothers"), public_since=LONG_AGO) == "two brothers"


def test_note_and_flags_go_with_a_hidden_figure() -> None:
    hidden = observed(replace(count(2), flags="r"), 2019, notes=("Both were brothers.",))
    block = public_form(indicator(COUNT, observed(count(40), 2018), hidden), on=TODAY)
    assert block.notes == ()
    assert block.marks == (("[c]", "confidential"),)
    assert text_of(block.table.rows[-1].cells[0]) == "[c]"


def test_figure_that_gave_way_goes_with_the_one_that_counts_and_by_itself() -> None:
    small, large = (observed(count(n), 2019, code="again") for n in (3, 41))
    for number, other, texts in (
        (2, large, []),
        (40, small, ["confidential"]),
        (40, large, ["41"]),
    ):
        seen = replace(observed(count(number), 2019), instead=(Instead(other, "A rule."),))
        block = public_form(indicator(COUNT, seen), on=TODAY)
        assert [figure.text for note in block.notes for figure in figures_in(note)] == texts


def test_stated_change_of_few_children_is_hidden_in_words_too() -> None:
    few = Stated("a:b:c", "Change", Decimal(-3), of_children=True, said="down 3")
    many = replace(few, value=Decimal(-101), said="down 101")
    prose = Prose("text", "b", "{{ a/c }}", stated=(few,))
    for stated, text in ((few, "[c]"), (many, "down 101")):
        block = public_account(replace(prose, stated=(stated,)), prose_block, sources={}, on=TODAY)
        assert [figure.text for figure in block.figures] == [text]


def test_change_goes_with_either_of_its_figures() -> None:
    data = indicator(
        COUNT,
        *(observed(count(n), year) for year, n in ((2016, 40), (2017, 3), (2018, 12), (2019, 15))),
    )
    assert shown(data) == [
        "40", "not compared", "[c]", "not compared", "12", "not compared", "15", "+3 (+25.0%)",
    ]  # fmt: skip


def test_reason_for_a_hidden_change_is_said_without_the_figure() -> None:
    data = indicator(COUNT, observed(count(3), 2018), observed(count(12), 2019))
    sentences = [text_of(each) for each in public_form(data, on=TODAY).sentences]
    assert sentences == [
        "Referrals: 12 in 2019-20.",
        "The figure for the year before is confidential.",
    ]


def test_what_was_public_before_stays_from_its_day() -> None:
    assert alone(COUNT, count(3), public_since=TODAY) == "3"
    assert alone(COUNT, count(3), public_since=TODAY + timedelta(days=1)) == "[c]"
    assert alone(COUNT, count(3), source=OFFICIAL) == "3"


def test_indicator_that_is_not_disclosive_is_shown_whole() -> None:
    data = indicator(COUNT, observed(count(3), 2018), observed(count(4), 2019), disclosive=False)
    assert shown(data) == ["3", "not compared", "4", "+1 (+33.3%)"]


def test_the_known_figures_pass_unchanged() -> None:
    public = [(f.text, f.value, f.address) for f in public_form(referrals(), on=TODAY).figures]
    true = [(f.text, f.value, f.address) for f in indicator_block(referrals(), Figure).figures]
    assert public == true


def test_comparators_pass_the_gate_too() -> None:
    other = Series("Neighbours", (observed(quotient(2, 50), 2019, "Neighbours"),))
    data = indicator(PERCENT, observed(quotient(30, 50), 2019), others=(other,))
    assert shown(data)[-1] == "[c]"


def test_only_the_gate_makes_public_figures() -> None:
    made = next(public_form(referrals(), on=TODAY).figures)
    assert type(made) is PublicFigure
    fields = {"text": "1", "address": "a", "about": "b", "unit": "number"}
    with pytest.raises(NotPublic):
        PublicFigure(**fields)  # type: ignore[arg-type]
    with pytest.raises(NotPublic):
        PublicFigure(**fields, seal=object())  # type: ignore[arg-type]
    with pytest.raises(NotPublic):
        replace(made, text="1")
    assert copy.copy(made) == made


def test_what_has_not_come_through_the_gate_is_refused() -> None:
    require_public([public_form(referrals(), on=TODAY)])
    with pytest.raises(NotPublic) as error:
        require_public([indicator_block(referrals(), Figure)])  # type: ignore[arg-type]
    assert "Referrals to children's social care, Walsall, 2018-19" in str(error.value)


# What is hidden cannot be told apart from any other value it may have: whichever small count
# stands in its place, all that leaves is the same, to the last word and the last point drawn.

SMALL = st.integers(1, 5)
ANY = st.integers(0, 400)


def _with(data: IndicatorData, index: int, reading: Reading) -> IndicatorData:
    own = list(data.own.observations)
    own[index] = replace(own[index], reading=reading)
    return indicator(data.measure, *own, others=data.others)


@given(others=st.lists(ANY, min_size=1, max_size=5), place=st.integers(0, 5), one=SMALL, two=SMALL)
def test_hidden_count_cannot_be_worked_out(
    others: list[int], place: int, one: int, two: int
) -> None:
    place = min(place, len(others))
    values = [*others[:place], one, *others[place:]]
    own = [observed(count(value), 2010 + n) for n, value in enumerate(values)]
    data = indicator(COUNT, *own)
    assert public_form(data, on=TODAY) == public_form(_with(data, place, count(two)), on=TODAY)


@st.composite
def quotients(draw: st.DrawFn) -> list[tuple[int, int]]:
    bases = draw(st.lists(st.integers(1, 60_000), min_size=2, max_size=5))
    return [(draw(st.integers(0, base)), base) for base in bases]


@given(
    measure=st.sampled_from([PERCENT, RATE]),
    pairs=quotients(),
    one=SMALL,
    two=SMALL,
    of_complement=st.booleans(),
)
def test_hidden_numerator_or_complement_cannot_be_worked_out(
    measure: Measure, pairs: list[tuple[int, int]], one: int, two: int, of_complement: bool
) -> None:
    _, base = pairs[-1]
    assume(base >= 10)

    def reading(small: int) -> Reading:
        return quotient(base - small if of_complement else small, base, measure)

    own: list[Observation] = [
        observed(quotient(top, bottom, measure), 2010 + n) for n, (top, bottom) in enumerate(pairs)
    ]
    own[-1] = replace(own[-1], reading=reading(one))
    data = indicator(measure, *own)
    other = _with(data, len(own) - 1, reading(two))
    assert public_form(data, on=TODAY) == public_form(other, on=TODAY)


@given(
    values=st.lists(ANY, min_size=1, max_size=6),
    since=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_no_small_count_is_printed_unless_it_was_public(values: list[int], since: date) -> None:
    own = [observed(count(value), 2010 + n) for n, value in enumerate(values)]
    own[0] = replace(own[0], public_since=since)
    block = public_form(indicator(COUNT, *own), on=TODAY)
    small = {
        figure.address
        for figure in block.figures
        if figure.part == "value" and figure.value is not None and 0 < figure.value <= 5
    }
    assert small <= ({own[0].address} if since <= TODAY else set())
    if block.chart is not None:
        drawn = [p.value for p in block.chart.series[0].points if p.value is not None]
        printed = [f.value for f in block.figures if f.value is not None and f.part == "value"]
        assert set(drawn) <= set(printed)


def test_category_of_a_breakdown_is_hidden_unless_it_was_public() -> None:
    data = replace(indicator(COUNT, observed(count(40), 2019)), of_breakdown=True)
    assert shown(data) == ["[c]"]
    since = observed(count(40), 2019, public_since=LONG_AGO)
    assert shown(replace(indicator(COUNT, since), of_breakdown=True)) == ["40"]


def test_account_hides_small_counts_of_children_alone() -> None:
    few = Stated("audit:walsall:cases", "Cases", count(3).value, of_children=True, note="Brothers.")
    stated = (
        few,
        replace(few, value=count(6).value),
        replace(few, value=count(0).value),
        replace(few, public_since=LONG_AGO),
        replace(few, of_children=False),
    )

    def build(data: tuple[Stated, ...], make: Any) -> AccountBlock[PublicFigure]:
        items = tuple((stated_figure(each, make), each.note) for each in data)
        return AccountBlock("cases", "Cases", (Bullets(items),))

    block = public_account(stated, build, sources={}, on=TODAY)
    assert [(figure.text, figure.value) for figure in block.figures] == [
        ("[c]", None),
        *((text, count(int(text)).value) for text in ("6", "0", "3", "3")),
    ]
    assert block.parts == (
        Bullets(
            tuple(
                (figure, note)
                for figure, note in zip(block.figures, ("", *["Brothers."] * 4), strict=True)
            )
        ),
    )


def test_account_of_data_that_can_change_is_refused() -> None:
    with pytest.raises(TypeError, match="tuples, not lists"):
        public_account([], lambda data, make: AccountBlock("a", "A", ()), sources={}, on=TODAY)
