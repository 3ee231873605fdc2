"""How each constraint of `reports` is broken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.contracts.constraints import again
from tests.factories import IndicatorFactory, PartnershipFactory
from tests.report_factories import (
    YEAR,
    AnnualReportFactory,
    BlockLineFactory,
    EditionFactory,
    GuidanceEditionFactory,
    PrintedFigureFactory,
    PublicationFactory,
    RatioFactory,
    RequirementAnswerFactory,
    RequirementFactory,
    SectionBlockFactory,
    SectionFactory,
    TermFactory,
)


def _told_twice() -> None:
    section = SectionFactory()
    for _ in range(2):
        SectionBlockFactory(section=section, kind="priority", subject="neglect", indicator=None)


def _with_itself() -> None:
    indicator = IndicatorFactory()
    RatioFactory(numerator=indicator, denominator=indicator)


def _explained_twice() -> None:
    place = PartnershipFactory()
    for _ in range(2):
        TermFactory(partnership=place, term="MASH")


PLANS: list[tuple[str, Callable[[], Any]]] = [
    (
        "partnership_reports_on_a_year_once",
        lambda: again(AnnualReportFactory, "partnership", "year"),
    ),
    (
        "report_ends_after_it_begins",
        lambda: AnnualReportFactory(last=YEAR.first - timedelta(days=1)),
    ),
    ("report_has_a_year", lambda: AnnualReportFactory(year="")),
    ("report_has_a_title", lambda: AnnualReportFactory(title="")),
    ("sections_of_a_report_are_numbered", lambda: again(SectionFactory, "report", "position")),
    ("section_has_an_address_of_its_own", lambda: again(SectionFactory, "report", "key")),
    ("sections_count_from_one", lambda: SectionFactory(position=0)),
    ("section_has_a_title", lambda: SectionFactory(title="")),
    ("section_has_a_key", lambda: SectionFactory(key="")),
    (
        "blocks_of_a_section_are_numbered",
        lambda: again(SectionBlockFactory, "section", "position"),
    ),
    ("section_shows_an_indicator_once", lambda: again(SectionBlockFactory, "section", "indicator")),
    ("blocks_count_from_one", lambda: SectionBlockFactory(position=0)),
    ("indicator_blocks_name_an_indicator", lambda: SectionBlockFactory(indicator=None)),
    ("indicator_blocks_name_an_indicator", lambda: SectionBlockFactory(kind="x")),
    ("indicator_blocks_name_an_indicator", lambda: SectionBlockFactory(subject="x")),
    ("block_has_a_kind", lambda: SectionBlockFactory(kind="", indicator=None)),
    ("section_tells_of_a_subject_once", _told_twice),
    ("lines_of_a_block_are_numbered", lambda: again(BlockLineFactory, "block", "position")),
    ("block_lists_an_indicator_once", lambda: again(BlockLineFactory, "block", "indicator")),
    ("lines_count_from_one", lambda: BlockLineFactory(position=0)),
]

EDITIONS: list[tuple[str, Callable[[], Any]]] = [
    ("editions_of_a_report_are_numbered", lambda: again(EditionFactory, "report", "number")),
    ("editions_count_from_one", lambda: EditionFactory(number=0)),
    ("edition_has_its_check_sums", lambda: EditionFactory(html_sha256="")),
    ("edition_has_its_check_sums", lambda: EditionFactory(pdf_sha256="")),
    ("edition_has_its_check_sums", lambda: EditionFactory(inputs_sha256="")),
    (
        "edition_has_its_figures_in_both_forms_or_in_none",
        lambda: EditionFactory(csv_sha256=""),
    ),
    (
        "edition_has_its_figures_in_both_forms_or_in_none",
        lambda: EditionFactory(xlsx_sha256=""),
    ),
    (
        "figures_of_an_edition_are_numbered",
        lambda: again(PrintedFigureFactory, "edition", "position"),
    ),
    ("printed_figure_is_a_number_or_a_marker", lambda: PrintedFigureFactory(marker="c")),
    ("Publication.edition", lambda: again(PublicationFactory, "edition")),
]

RATIOS: list[tuple[str, Callable[[], Any]]] = [
    (
        "ratio_of_two_indicators_is_kept_once",
        lambda: again(RatioFactory, "numerator", "denominator"),
    ),
    ("ratio_is_of_two_indicators", _with_itself),
    ("ratio_has_a_name", lambda: RatioFactory(name="")),
]

REQUIREMENTS: list[tuple[str, Callable[[], Any]]] = [
    ("GuidanceEdition.code", lambda: again(GuidanceEditionFactory, "code")),
    ("guidance_has_a_code", lambda: GuidanceEditionFactory(code="")),
    ("guidance_has_a_title", lambda: GuidanceEditionFactory(title="")),
    (
        "requirements_of_an_edition_are_numbered",
        lambda: again(RequirementFactory, "edition", "position"),
    ),
    (
        "requirement_code_is_used_once_in_an_edition",
        lambda: again(RequirementFactory, "edition", "code"),
    ),
    ("requirements_count_from_one", lambda: RequirementFactory(position=0)),
    ("requirement_has_a_code", lambda: RequirementFactory(code="")),
    ("requirement_says_where_it_stands", lambda: RequirementFactory(reference="")),
    ("requirement_says_what_it_asks", lambda: RequirementFactory(wording="")),
    (
        "section_answers_a_requirement_once",
        lambda: again(RequirementAnswerFactory, "report", "requirement", "section"),
    ),
    ("answer_is_a_section_or_says_why_not", lambda: RequirementAnswerFactory(section="")),
    (
        "answer_is_a_section_or_says_why_not",
        lambda: RequirementAnswerFactory(why_not="Nothing is kept of it."),
    ),
]

TERMS: list[tuple[str, Callable[[], Any]]] = [
    ("shared_term_is_explained_once", lambda: again(TermFactory, "term")),
    ("term_is_explained_once_at_a_partnership", _explained_twice),
    ("term_is_a_word", lambda: TermFactory(term="")),
    ("term_has_a_meaning", lambda: TermFactory(meaning="")),
]

CASES = PLANS + EDITIONS + RATIOS + REQUIREMENTS + TERMS
