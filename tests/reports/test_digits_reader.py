"""The reading of digits, proven able to fail: a digit that somebody types is named."""

from dataclasses import replace

import pytest

from metrics.charts.style import INK, QUIET
from reports.blocks.figures import IndicatorBlock
from reports.editions.content import ReportContent
from reports.outputs.html import page_of, standing_alone
from tests.reports.data import narrative, report
from tests.reports.digits import (
    FIGURE,
    HEADING,
    IN_CHART,
    IN_SOURCES,
    NOTE,
    SCALE,
    TYPED,
    Known,
    Run,
    runs_in,
    typed_by_hand,
)


def known_of(content: ReportContent) -> Known:
    return Known(
        units=("per 10,000",),
        charts={
            chart.key: {figure.text for figure in block.figures}
            for section in content.sections
            for block in section.blocks
            for chart in block.charts
        },
        abouts={f"Where this figure comes from: {f.about}" for _, f in content.figures},
        sources={f"{o.about}: {o.stated} {o.address}" for o in content.origins},
    )


def found(html: str, known: Known | None = None) -> list[tuple[str, str]]:
    return [(run.digits, run.kind) for run in runs_in(html, known or Known())]


def test_every_digit_of_a_sound_report_is_explained() -> None:
    content = report()
    for html in (standing_alone(content), page_of(content)):
        runs = runs_in(html, known_of(content))
        assert [run for run in runs if run.kind == TYPED] == []
        assert {FIGURE, IN_CHART, IN_SOURCES, SCALE, HEADING, "period", "unit", "date"} <= {
            run.kind for run in runs
        }


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("Referrals fell to 4,368.", ["4", "368"]),
        ("Up 12% on the year before.", ["12"]),
        ("There were 7 reviews in 2019-20.", ["7"]),
        ("It was 2,019 in 2019.", ["2", "019"]),
        ("It cost £2019.", ["2019"]),
        ("65 per 10,000, while {{ referrals }} came.", ["65"]),
    ],
)
def test_digit_typed_into_a_narrative_is_named_with_its_section(
    typed: str, digits: list[str]
) -> None:
    content = report()
    section = replace(content.sections[1], blocks=(narrative("plans-text", typed),))
    planted = replace(content, sections=(content.sections[0], section))
    runs = typed_by_hand(standing_alone(planted), known_of(planted))
    assert [run.digits for run in runs] == digits
    assert {run.section for run in runs} == {"plans"}
    assert all(run.words[:5] in typed for run in runs)


def test_digit_typed_into_a_cover_a_note_or_an_attribute_is_named() -> None:
    content = report()
    cover = replace(content.cover, notice="This holds 588 figures.")
    text, block = content.sections[0].blocks
    assert isinstance(block, IndicatorBlock)
    noted = replace(block, notes=(("Printed as 18%.",),))
    section = replace(content.sections[0], blocks=(text, noted))
    planted = replace(content, cover=cover, sections=(section, *content.sections[1:]))
    html = standing_alone(planted).replace('aria-labelledby="plans"', 'aria-label="All 9"')
    assert typed_by_hand(html, known_of(content)) == [
        Run(
            "588",
            f"{cover.title}, {cover.period}. {cover.notice}",
            "cover",
            TYPED,
        ),
        Run("588", "This holds 588 figures.", "cover", TYPED),
        Run("18", "Printed as 18%.", "front-door", TYPED),
        Run("9", "All 9", "front-door", TYPED),
    ]


def test_figure_in_a_chart_that_its_block_does_not_have_is_named() -> None:
    content = report()
    chart = content.sections[0].blocks[1].charts[0]
    known = replace(known_of(content), charts={chart.key: {"5,135"}})
    runs = typed_by_hand(page_of(content), known)
    assert {run.digits for run in runs} >= {"4", "368"}


def test_link_of_a_figure_that_says_another_number_is_named() -> None:
    content = report()
    html = page_of(content).replace("England, 2019-20", "England, 56 in 2019-20")
    assert {run.digits for run in typed_by_hand(html, known_of(content))} >= {"56"}


def test_source_whose_line_was_changed_is_named() -> None:
    content = report()
    html = standing_alone(content).replace("2018-19: 5,135", "2018-19: 5,136")
    assert {run.digits for run in typed_by_hand(html, known_of(content))} >= {"136"}


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ("<p>On 31 March 2020, by 5 May, in July 2019</p>", ["date"] * 4),
        ("<p>Q3 2019-20, 2019/20, 2019–2020, 2019</p>", ["period"] * 8),
        ("<p>Working Together 2018, section 47, Children Act 1989</p>", ["law or guidance"] * 3),
        ("<p>Referrals [note 1, 2]</p>", [NOTE] * 2),
        ("<p>Note 12: Read off 3 charts.</p>", [NOTE, TYPED]),
        ("<p>Priority 4, still to do: 4</p>", ["number of a priority", TYPED]),
        ("<p>aged 10 to 15</p>", ["age"] * 2),
        ("<h2 id=a>3. The front door</h2>", [HEADING]),
        ("<p>3. The front door</p>", [TYPED]),
        (f'<svg><text fill="{QUIET}">2,500</text></svg>', [SCALE, SCALE]),
        (f'<svg><text fill="{INK}">2,500</text></svg>', [TYPED, TYPED]),
        ("<style>p { margin: 3px }</style><script>4</script>", []),
        ('<a href="#x" data-address="a:b">4,368</a>', [FIGURE, FIGURE]),
        ('<a href="#x">4,368</a>', [TYPED, TYPED]),
        ('<meta name="viewport" content="initial-scale=1">', []),
    ],
)
def test_digits_are_of_the_kind_that_they_look_like(html: str, kinds: list[str]) -> None:
    assert [kind for _, kind in found(html)] == kinds


def test_names_explain_digits_only_where_the_whole_name_stands() -> None:
    known = Known(names=("Conceptions under 18", "W9"))
    assert found("<p>conceptions under 18</p>", known) == [("18", "name")]
    assert found("<p>Conceptions under 180, W91 and W9.</p>", known) == [
        ("9", "name"),
        ("180", TYPED),
        ("91", TYPED),
    ]
