"""What guidance asks for, in a report: where each thing is told, and why what is not."""

import pytest

from partnerships.models import AuditEvent, Partnership, User
from partnerships.people.actions import system_actor
from reports.accounts import AccountError
from reports.accounts.contents_map import CONTENTS_MAP, NOT_ANSWERED
from reports.blocks.figures import BlockTable, Linked
from reports.editions.assemble import ReportError
from reports.models import AnnualReport, Requirement
from reports.requirements.actions import Answer, Asked, answer_requirements, keep_requirements
from tests.report_factories import AnnualReportFactory, SectionFactory
from tests.reports.accounts.told import block_of, told

EDITION = "guidance-2018"
ASKED = (
    Asked("done", "Chapter 3", "What was done"),
    Asked("impact", "Chapter 3", "What it changed"),
    Asked("restraint", "Chapter 3", "How restraint is used"),
    Asked("updates", "Section 16G", "What changed in the arrangements"),
)


@pytest.fixture
def asked(report: AnnualReport) -> AnnualReport:
    """Of four requirements two are answered, one only in part; one has a reason, one nothing."""
    for position, (key, title) in enumerate(
        (("reviews", "Reviews"), ("early-help", "Early help"), ("priorities", "Priorities")), 1
    ):
        SectionFactory(report=report, position=position, key=key, title=title)
    keep_requirements(edition=EDITION, title="Guidance 2018", asked=ASKED)
    answer(
        report,
        Answer("done", "priorities"),
        Answer("done", "early-help"),
        Answer("impact", "early-help"),
        Answer("impact", why_not="Of care leavers nothing is kept."),
        Answer("restraint", why_not="There is no secure establishment."),
    )
    return report


def answer(report: AnnualReport, *answers: Answer, by: User | None = None) -> int:
    by = by or system_actor()
    return answer_requirements(report=report, edition=EDITION, answers=answers, by=by)


def test_each_requirement_leads_to_its_sections_or_says_why_not(asked: AnnualReport) -> None:
    block = block_of(CONTENTS_MAP, asked, EDITION)
    assert told(block) == [
        "# Guidance 2018: what a yearly report is to tell",
        "What a report is to tell | Where it stands | Asked for in",
        "What was done | 2. Early help; 3. Priorities | Chapter 3",
        "What it changed | 2. Early help. Of care leavers nothing is kept. | Chapter 3",
        "How restraint is used | There is no secure establishment. | Chapter 3",
        f"What changed in the arrangements | {NOT_ANSWERED} | Section 16G",
    ]
    assert block.key == f"contents-map-{EDITION}"
    (table,) = block.parts
    assert isinstance(table, BlockTable)
    links = [part for part in table.rows[0].cells[0] if isinstance(part, Linked)]
    assert [link.url for link in links] == ["#early-help", "#priorities"]


def test_answers_of_another_report_are_not_told(asked: AnnualReport) -> None:
    other = AnnualReportFactory()
    assert [line for line in told(block_of(CONTENTS_MAP, other, EDITION)) if "2." in line] == []


def test_section_that_has_gone_since_is_named(asked: AnnualReport) -> None:
    asked.sections.get(key="early-help").delete()
    with pytest.raises(AccountError, match="done is said to be answered in early-help, which"):
        CONTENTS_MAP.read(asked, EDITION)


def test_edition_that_there_is_not_is_refused(report: AnnualReport) -> None:
    with pytest.raises(AccountError, match="no edition of guidance 'guidance-1999'"):
        CONTENTS_MAP.read(report, "guidance-1999")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (Answer("nothing", "reviews"), "guidance-2018 has no requirement 'nothing'."),
        (Answer("done", "gone"), "has no section 'gone'."),
        (Answer("done"), "done: name the section that answers it, or say why none does."),
        (Answer("done", "reviews", "Not."), "done: name the section that answers it"),
    ],
)
def test_answer_that_is_none_is_refused_and_the_others_stay(
    asked: AnnualReport, wrong: Answer, sentence: str
) -> None:
    with pytest.raises(ReportError, match=sentence):
        answer(asked, Answer("done", "reviews"), wrong)
    assert asked.answers.count() == 5


def test_answering_again_replaces_and_is_recorded(
    testshire: Partnership, business_unit: User
) -> None:
    report = AnnualReportFactory(partnership=testshire)
    SectionFactory(report=report, key="reviews")
    keep_requirements(edition=EDITION, title="Guidance 2018", asked=ASKED)
    assert answer(report, Answer("done", why_not="Not yet.")) == 1
    assert answer(report, Answer("impact", "reviews"), by=business_unit) == 1
    assert [str(each) for each in report.answers.all()] == ["reviews"]
    event = AuditEvent.objects.get(verb="requirements answered")
    assert (event.actor, event.subject) == (business_unit, "report:testshire:2019-20")


def test_edition_that_asks_in_another_order_is_kept_in_it(asked: AnnualReport) -> None:
    turned = (ASKED[3], Asked("done", "Chapter 4", "What was done"), ASKED[1], ASKED[2])
    keep_requirements(edition=EDITION, title="Guidance, again", asked=turned)
    kept = Requirement.objects.filter(edition__code=EDITION)
    assert [each.code for each in kept] == ["updates", "done", "impact", "restraint"]
    assert kept.get(code="done").reference == "Chapter 4"
    assert asked.answers.count() == 5
