"""The child's journey: steps, and the ratios between them, without rendering."""

from dataclasses import replace
from decimal import Decimal

from reports.accounts.journey import JourneyData, RatioData, build
from reports.accounts.listed import Listed
from reports.blocks.data import IndicatorData
from reports.blocks.figures import AccountBlock, Figure, Paragraph, text_of
from reports.disclosure import PublicFigure, public_account
from reports.ratios.ratio import RatioFigure, ratio_of
from tests.reports.data import COUNT, TODAY, count, indicator, observed


def step(code: str, before: int | None, after: int) -> IndicatorData:
    years = [(value, 2018 + n) for n, value in enumerate((before, after)) if value is not None]
    own = [observed(count(value), year, code=code) for value, year in years]
    return replace(indicator(COUNT, *own, name=code.capitalize()), code=code)


def journey(above: IndicatorData, below: IndicatorData, *, of_cohort: bool = False) -> JourneyData:
    def made(span: object) -> RatioFigure | None:
        return ratio_of(
            "Referrals for every 100 contacts",
            above,
            below,
            span,  # type: ignore[arg-type]
            place="walsall",
            of_cohort=of_cohort,
        )

    span = above.newest.span
    after = made(span)
    assert after is not None
    ratio = RatioData("Referrals for every 100 contacts", of_cohort, after, made(span.year_before))
    return JourneyData("journey", Listed((below, above), ()), (ratio,))


def between(block: AccountBlock[Figure] | AccountBlock[PublicFigure]) -> list[list[str]]:
    return [[row.header, *map(text_of, row.cells)] for row in block.tables[1].rows]


def said(block: AccountBlock[Figure]) -> str:
    return " ".join(text_of(part.words) for part in block.parts if isinstance(part, Paragraph))


def test_journey_shows_its_steps_and_what_lies_between_them() -> None:
    block = build(journey(step("referrals", 5135, 4368), step("contacts", 9760, 10178)), Figure)
    assert [[row.header, *map(text_of, row.cells)] for row in block.tables[0].rows] == [
        ["Contacts (number)", "9,760", "10,178", "+418 (+4.3%)"],
        ["Referrals (number)", "5,135", "4,368", "−767 (−14.9%)"],
    ]
    assert between(block) == [["Referrals for every 100 contacts", "53", "43"]]


def test_ratio_has_an_address_and_the_number_behind_it() -> None:
    block = build(journey(step("referrals", 5135, 4368), step("contacts", 9760, 10178)), Figure)
    [_, after] = [figure for figure in block.figures if figure.address.startswith("ratio:")]
    assert after.address == "ratio:walsall:returns:referrals:contacts:2019-20"
    assert after.value == Decimal("42.916094")
    assert after.unit == "for every 100"


def test_only_a_ratio_of_one_cohort_is_called_a_conversion() -> None:
    steps = step("plans", 150, 140), step("conferences", 190, 180)
    apart, followed = (build(journey(*steps, of_cohort=each), Figure) for each in (False, True))
    assert "conversion" not in said(apart) + between(apart)[0][0]
    assert between(followed)[0][0].endswith("(conversion)")
    assert said(followed).endswith("Only a ratio that is called a conversion follows the same "
                                   "children.")  # fmt: skip


def test_year_without_a_ratio_shows_that_there_is_none() -> None:
    data = journey(step("referrals", 5135, 4368), step("contacts", 9760, 10178))
    block = build(
        replace(data, ratios=(*data.ratios, replace(data.ratios[0], before=None))), Figure
    )
    assert between(block) == [
        ["Referrals for every 100 contacts", "53", "43"],
        ["Referrals for every 100 contacts", "[x]", "43"],
    ]
    assert ("[x]", "not available") in block.marks


def test_year_before_has_no_column_where_no_ratio_is_of_it() -> None:
    block = build(journey(step("referrals", None, 4368), step("contacts", 9760, 10178)), Figure)
    assert [column.text for column in block.tables[1].columns] == ["For every 100", "2019-20"]
    assert between(block) == [["Referrals for every 100 contacts", "43"]]


def test_ratio_of_a_small_count_goes_with_it() -> None:
    data = journey(step("referrals", 40, 3), step("contacts", 90, 80))
    block: AccountBlock[PublicFigure] = public_account(data, build, sources={}, on=TODAY)
    assert between(block) == [["Referrals for every 100 contacts", "44", "[c]"]]
    assert "3" not in "".join(text_of(cell) for row in block.tables[0].rows for cell in row.cells)
    assert ("[c]", "confidential") in block.marks
    assert [origin.stated for origin in block.origins if origin.address.endswith("2019-20")] == [
        "[c]"
    ]


def test_origin_of_a_ratio_says_what_was_divided() -> None:
    data = journey(step("referrals", None, 4368), step("contacts", None, 10178))
    block: AccountBlock[PublicFigure] = public_account(data, build, sources={}, on=TODAY)
    [origin] = [each for each in block.origins if each.address.startswith("ratio:")]
    assert origin.stated == "43 for every 100. Referrals: 4,368. Contacts: 10,178."
    assert origin.source.title == "Worked out by the portal from other figures of the partnership"
