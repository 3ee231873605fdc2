"""The forms of a figure in prose: what each prints, with its address, and what it refuses."""

from dataclasses import replace
from decimal import Decimal

import pytest

from partnerships.periods import financial_year
from partnerships.stated import Stated
from reports.blocks.data import IndicatorData, Instead, Series
from reports.blocks.figures import Figure, Paragraph, figures_in, text_of
from reports.disclosure import public_account
from reports.prose.block import Known, KnownBreakdown, KnownChange, Prose, prose_block
from reports.prose.grammar import ProseError
from reports.prose.sentences import Category
from tests.reports.data import (
    COUNT,
    PERCENT,
    PRINTED,
    TODAY,
    compared,
    count,
    hidden,
    indicator,
    observed,
    quotient,
    referrals,
    rounded,
)

PLANS = replace(
    compared(),
    own=replace(compared().own, code="walsall"),
    others=tuple(
        replace(each, code=f"{each.area.lower()}-code", kind=kind)
        for each, kind in zip(compared().others, ("neighbours", "country"), strict=True)
    ),
)
SAID = Stated(
    "stated-change:walsall:yearly-report:calls:walsall:2019-20:all",
    "Change of calls",
    value=count(-12).value,
    unit="% change",
    said="down 12%",
)
AGAIN = replace(SAID, address=f"{SAID.address}:2", said="down 10%")
AMOUNT = Stated("budget:walsall:2019-20:total:actual", "Total", value=count(381328).value, unit="£")


def shares() -> tuple[Category, ...]:
    named = (
        ("Emotional abuse", "30", ""),
        ("Neglect", "42", ""),
        ("At home", "40", "neg"),
        ("GP concerns", "5", ""),
    )
    return tuple(
        Category(
            name[:3].lower(),
            name,
            indicator(PERCENT, observed(rounded(value), 2019, code=name[:3]), disclosive=False),
            within,
        )
        for name, value, within in named
    )


def percentage() -> IndicatorData:
    """A percentage with its counts, of which the source gives another value too."""
    data = indicator(PERCENT, observed(quotient(285, 4531), 2019, code="repeat"), disclosive=False)
    other = observed(rounded("6"), 2019, code="again")
    seen = replace(data.newest, instead=(Instead(other, "The finer one counts."),))
    return replace(data, own=replace(data.own, observations=(seen,)), name="Repeat requests")


def prose(text: str) -> Prose:
    return Prose(
        key="text",
        place="walsall",
        text=text,
        known=(
            Known("referrals", "all", referrals()),
            Known("plans", "all", PLANS),
            Known("missing", "all", hidden()),
            Known("repeat", "all", percentage()),
            Known("old", "all", replace(referrals(), is_older=True)),
            Known("counted", "all", replace(PLANS, measure=COUNT)),
        ),
        breakdowns=(KnownBreakdown("share", "abuse", shares()),),
        area="walsall",
        changes=(
            KnownChange("calls", "all", "walsall", financial_year(2019), 1, SAID),
            KnownChange("calls", "all", "walsall", financial_year(2019), 2, AGAIN),
        ),
        stated=(AMOUNT,),
    )


def words_of(text: str) -> tuple[str, list[str]]:
    """What a text prints, and the addresses of the figures in it."""
    source = prose(text)
    if "share" in text:
        source = replace(source, known=(*source.known, Known("share", "all", shares()[0].data)))
    block = prose_block(source, Figure)
    part = block.parts[0]
    assert isinstance(part, Paragraph)
    return text_of(part.words), [figure.address for figure in figures_in(part.words)]


NOW = "yearly-report:referrals:walsall:2019-20:all@1"
BEFORE = "yearly-report:referrals:walsall:2018-19:all@1"


@pytest.mark.parametrize(
    ("text", "said", "addresses"),
    [
        ("{{ referrals }}", "4,368", [NOW]),
        ("{{ referrals 2018-19 }}", "5,135", [BEFORE]),
        ("{{ referrals change }}", "down 767 (14.9%)", [NOW, NOW]),
        ("{{ referrals moved }}", "fell from 5,135 to 4,368", [BEFORE, NOW]),
        (
            "{{ plans in england-code }}",
            "56 per 10,000",
            ["yearly-report:plans:england:2019-20:all@1"],
        ),
        (
            "{{ plans versus england-code }}",
            "above England (56)",
            ["yearly-report:plans:england:2019-20:all@1"],
        ),
        (
            "{{ plans versus neighbours }}",
            "above the statistical neighbours (64)",
            ["yearly-report:plans:neighbours:2019-20:all@1"],
        ),
        (
            "{{ plans range }}",
            "between 56 (England) and 65 (Walsall) per 10,000",
            [
                "yearly-report:plans:england:2019-20:all@1",
                "yearly-report:plans:walsall:2019-20:all@1",
            ],
        ),
        (
            "{{ plans rank }}",
            "65 per 10,000, highest of 3",
            ["yearly-report:plans:walsall:2019-20:all@1"],
        ),
        (
            "{{ share list abuse }}",
            "neglect 42%, emotional abuse 30% and GP concerns 5%",
            [
                "returns:Neg:walsall:2019-20:all@1",
                "returns:Emo:walsall:2019-20:all@1",
                "returns:GP :walsall:2019-20:all@1",
            ],
        ),
        ("{{ repeat of }}", "285 of 4,531 (6.3%)", ["returns:repeat:walsall:2019-20:all@1"]),
        ("{{ repeat other }}", "6%", ["returns:again:walsall:2019-20:all@1"]),
        (
            "{{ plans tested }}",
            "cannot be tested against the year before, since the counts behind it are not known",
            [],
        ),
        ("{{ calls stated }}", "down 12%", [SAID.address]),
        ("{{ calls stated 2 }}", "down 10%", [AGAIN.address]),
        ("{{ old 2018-19 }}", "5,135", [BEFORE]),
        (
            "{{ counted in england-code }}",
            "56",
            ["yearly-report:plans:england:2019-20:all@1"],
        ),
        ("{{ budget/2019-20/total/actual }}", "£381,328", [AMOUNT.address]),
    ],
)
def test_form_prints_words_with_their_addresses(text: str, said: str, addresses: list[str]) -> None:
    assert words_of(text) == (said, addresses)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ nothing }}", "There is no figure of the indicator nothing up to this year."),
        ("{{ referrals where a=b }}", "There is no figure of the indicator referrals where a=b"),
        ("{{ referrals 2017-18 }}", "has no figure for Walsall, 2017-18"),
        ("{{ referrals 2018-19 change }}", "has no change for 2018-19"),
        (
            "{{ plans in wales }}",
            "of the area “wales”. Others it has: neighbours, england-code",
        ),
        ("{{ plans 2018-19 range }}", "too few areas for a range"),
        ("{{ plans in england-code change }}", "“change” is told of Walsall only"),
        ("{{ counted range }}", "areas differ in size: compare a rate or a percentage"),
        ("{{ counted rank }}", "areas differ in size"),
        ("{{ counted versus england-code }}", "areas differ in size"),
        ("{{ plans of }}", "is known without the numbers behind it"),
        ("{{ plans other }}", "the source gives no other figure"),
        ("{{ old }}", "no figure of the report's own period. The newest is of 2019-20: write"),
        ("{{ calls stated 3 }}", "No source states a change of calls by itself for time 3"),
        ("{{ calls 2018-19 stated }}", "No source states a change of calls by itself."),
        ("{{ calls in england-code stated }}", "No source states a change of calls by itself."),
        ("{{ share list age }}", "There are no figures by “age”"),
        ("{{ budget/2019-20/total/planned }}", "no figure budget/2019-20/total/planned"),
    ],
)
def test_figure_that_there_is_not_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(ProseError, match=words) as refused:
        words_of(f"{text}")
    assert refused.value.line == 1


def test_name_that_holds_the_digits_of_its_figure_does_not_take_its_place() -> None:
    data = indicator(COUNT, observed(count(2), 2019), disclosive=False)
    source = replace(
        prose("{{ taken list months }}"),
        breakdowns=(
            KnownBreakdown("taken", "months", (Category("long", "More than 12 months", data),)),
        ),
    )
    (part,) = prose_block(source, Figure).parts
    assert isinstance(part, Paragraph)
    assert part.words[0] == "more than 12 months "
    assert text_of(part.words[1:]) == "2"


def test_public_text_hides_what_its_table_hides() -> None:
    source = prose("Missing: {{ missing }}, {{ referrals }}.")
    block = public_account(source, prose_block, sources={}, on=TODAY)
    part = block.parts[0]
    assert isinstance(part, Paragraph)
    assert text_of(part.words) == "Missing: confidential, 4,368."
    assert [figure.value for figure in block.figures] == [None, count(4368).value]


def test_public_text_may_not_tell_a_hidden_change() -> None:
    with pytest.raises(ProseError, match="Children missing has no change for 2019-20"):
        public_account(prose("{{ missing change }}"), prose_block, sources={}, on=TODAY)


def test_sources_of_a_text_are_those_of_its_figures() -> None:
    source = replace(prose("{{ referrals change }} {{ budget/2019-20/total/actual }}"))
    stated = replace(AMOUNT, source="yearly-report")
    block = public_account(
        replace(source, stated=(stated,)), prose_block, sources={PRINTED.code: PRINTED}, on=TODAY
    )
    assert [(o.address, o.stated, o.source) for o in block.origins] == [
        (NOW, "4,368", PRINTED),
        (AMOUNT.address, "£381,328", PRINTED),
    ]


def test_rank_counts_only_areas_with_a_figure() -> None:
    nobody = Series("Nowhere", (), "nowhere")
    source = replace(
        prose("{{ plans rank }}"),
        known=(Known("plans", "all", replace(PLANS, others=(*PLANS.others, nobody))),),
    )
    (figure,) = prose_block(source, Figure).figures
    assert figure.text == "65 per 10,000, highest of 3"


@pytest.mark.parametrize(
    ("form", "value", "qualifier", "text"),
    [
        ("", 4, "exactly", "4 partners"),
        ("number", 4, "exactly", "4"),
        ("number", 4, "at-least", "at least 4"),
        ("written", 4, "exactly", "four"),
        ("written", 0, "exactly", "none"),
        ("written", 12, "exactly", "12"),
        ("written", 4, "at-most", "at most 4"),
        ("Written", 3, "exactly", "Three"),
        ("times", 1, "exactly", "once"),
        ("times", 2, "exactly", "twice"),
        ("times", 3, "exactly", "3 times"),
        ("times", 2, "at-most", "at most 2 times"),
    ],
)
def test_figure_that_is_no_indicators_is_printed_in_its_form(
    form: str, value: int, qualifier: str, text: str
) -> None:
    address = "named:walsall:partners"
    figure = Stated(address, "Partners", value=Decimal(value), unit="partners", qualifier=qualifier)
    source = replace(prose(f"There are {{{{ named/partners {form} }}}}."), stated=(figure,))
    block = prose_block(source, Figure)
    assert [(each.text, each.value, each.address) for each in block.figures] == [
        (text, Decimal(value), address)
    ]


def test_hidden_figure_that_is_no_indicators_is_hidden_in_every_form() -> None:
    hidden = Stated("named:walsall:x", "X", value=None, marker="c", unit="children")
    source = replace(prose("{{ named/x written }} {{ named/x times }}"), stated=(hidden,))
    assert [each.text for each in prose_block(source, Figure).figures] == ["[c]", "[c]"]
