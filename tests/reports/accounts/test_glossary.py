"""The glossary of a report: the terms that its other blocks use, and no others."""

from collections.abc import Callable

import pytest

from metrics.charts.spec import ChartSpec
from partnerships.people.actions import system_actor
from partnerships.periods import financial_year
from reports.accounts.glossary import GLOSSARY, GlossaryData, build, heard
from reports.blocks.figures import Figure
from reports.blocks.saying import texts_of
from reports.disclosure import public_form
from reports.editions.actions import AccountPlan, SectionPlan, plan_report
from reports.editions.assemble import content_of
from reports.glossary.queries import terms_of
from reports.glossary.used import TermData, terms_used
from reports.models import AnnualReport
from tests.factories import PartnershipFactory
from tests.report_factories import TermFactory
from tests.reports.accounts.told import told
from tests.reports.data import TODAY, compared, narrative
from tests.reports.planned import Planned


def term(words: str, *spellings: str) -> TermData:
    return TermData(words, spellings, "What it means.")


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (term("MASH"), "The MASH answers."),
        (term("GP"), "For GPs there is no figure."),
        (term("GCP2"), "trained in GCP2,"),
        (term("Child protection plan"), "child protection plans ended"),
        (term("Conference"), "The conference met"),
        (term("Front door", "MASH"), "the MASH"),
        (term("Section 11"), "a section 11 audit"),
        (term("Private fostering", "privately fostered"), "are privately\n  fostered."),
    ],
)
def test_term_is_found_in_each_of_its_forms(one: TermData, text: str) -> None:
    assert terms_used([one], ["Nothing.", text]) == (one,)


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (term("MASH"), "mash and SMASH"),
        (term("Contact"), "contacted and contactless"),
        (term("NHS"), "NHSPCC"),
        (term("Front door"), "the front of a door"),
        (term("Section 1"), "Section 11"),
        (term("Early help"), "too early. Help came"),
    ],
)
def test_term_is_not_found_in_other_words(one: TermData, text: str) -> None:
    assert terms_used([one], [text]) == ()


def test_terms_of_a_partnership_come_before_shared_ones_of_that_name(db: None) -> None:
    place = PartnershipFactory()
    TermFactory(term="front door", meaning="Shared.", spellings="MASH; hub ;")
    TermFactory(term="Right Help", partnership=place, meaning="Its guidance.")
    TermFactory(term="Contact", meaning="Shared.")
    TermFactory(term="Contact", partnership=place, meaning="Its own.")
    TermFactory(term="Elsewhere", partnership=PartnershipFactory())
    assert terms_of(place) == (
        TermData("Contact", (), "Its own."),
        TermData("front door", ("MASH", "hub"), "Shared."),
        TermData("Right Help", (), "Its guidance."),
    )


def test_block_lists_what_the_texts_use_and_is_none_without(report: AnnualReport) -> None:
    data = GlossaryData((term("Contact"), term("Referral")))
    left = heard(data, ["Two referrals."])
    assert left is not None
    assert told(build(left, Figure)) == [
        "# Words that this report uses",
        "Word | What it means",
        "Referral | What it means.",
    ]
    assert heard(data, ["Nothing."]) is None
    assert GLOSSARY.read(report, "") is None


def test_texts_of_a_block_are_all_that_a_reader_meets() -> None:
    block = public_form(compared(), on=TODAY)
    (chart,) = block.charts
    assert isinstance(chart, ChartSpec)
    texts = list(texts_of(block))
    assert texts[0] == "Plans started"
    assert {"Neighbours", "England", block.table.caption} <= set(texts)
    assert set(texts_of(narrative("x", "Plain *words* and {{ referrals }}."))) >= {
        "Plain words and 4,368."
    }


@pytest.fixture
def planned_with(planned: Planned) -> Callable[..., AnnualReport]:
    def plan(*sections: SectionPlan) -> AnnualReport:
        return plan_report(
            partnership=planned.partnership,
            span=financial_year(2019),
            title="Yearly report 2019-20",
            sections=sections,
            by=system_actor(),
        )

    return plan


def test_glossary_at_the_front_knows_what_comes_after_it(
    planned: Planned, planned_with: Callable[..., AnnualReport]
) -> None:
    for words in ("Referral", "Front door", "Glossary word", "Never said"):
        TermFactory(term=words, meaning="Also a glossary word.")
    report = planned_with(
        SectionPlan("words", "Words", "First.", (AccountPlan("glossary"),)),
        SectionPlan("front-door", "The front door", "What came in.", (planned.referrals,)),
    )
    content = content_of(report, on=TODAY)
    text, glossary = content.sections[0].blocks
    assert text.key == "words-text"
    (table,) = glossary.tables
    assert [row.header for row in table.rows] == ["Front door", "Referral"]


def test_report_that_uses_no_term_says_that_nothing_is_recorded(
    planned: Planned, planned_with: Callable[..., AnnualReport]
) -> None:
    TermFactory(term="Never said")
    report = planned_with(
        SectionPlan("front-door", "The front door", "", (planned.referrals,)),
        SectionPlan("words", "Words", "", (AccountPlan("glossary"),)),
    )
    section = content_of(report, on=TODAY).sections[1]
    assert (section.blocks, section.not_kept) == ((), ("words explained",))
