"""Rows of yearly reports and their editions."""

import factory
from factory.django import DjangoModelFactory

from partnerships.periods import financial_year
from reports.models import (
    AnnualReport,
    BlockLine,
    Edition,
    GuidanceEdition,
    PrintedFigure,
    Publication,
    Ratio,
    Requirement,
    RequirementAnswer,
    Section,
    SectionBlock,
    Term,
)
from tests.factories import MOMENT, IndicatorFactory, PartnershipFactory, UserFactory

YEAR = financial_year(2019)


class AnnualReportFactory(DjangoModelFactory[AnnualReport]):
    class Meta:
        model = AnnualReport

    partnership = factory.SubFactory(PartnershipFactory)
    year = YEAR.key
    first = YEAR.first
    last = YEAR.last
    title = "Yearly report 2019-20"


class SectionFactory(DjangoModelFactory[Section]):
    class Meta:
        model = Section

    report = factory.SubFactory(AnnualReportFactory)
    position = factory.Sequence(lambda n: n + 1)
    key = factory.Sequence(lambda n: f"section-{n}")
    title = factory.Sequence(lambda n: f"Section {n}")


class SectionBlockFactory(DjangoModelFactory[SectionBlock]):
    class Meta:
        model = SectionBlock

    section = factory.SubFactory(SectionFactory)
    position = factory.Sequence(lambda n: n + 1)
    indicator = factory.SubFactory(IndicatorFactory)


class BlockLineFactory(DjangoModelFactory[BlockLine]):
    class Meta:
        model = BlockLine

    block = factory.SubFactory(SectionBlockFactory)
    position = factory.Sequence(lambda n: n + 1)
    indicator = factory.SubFactory(IndicatorFactory)


class RatioFactory(DjangoModelFactory[Ratio]):
    class Meta:
        model = Ratio

    numerator = factory.SubFactory(IndicatorFactory)
    denominator = factory.SubFactory(IndicatorFactory)
    name = "Referrals for every 100 contacts"


class EditionFactory(DjangoModelFactory[Edition]):
    """A small edition that nobody built."""

    class Meta:
        model = Edition

    report = factory.SubFactory(AnnualReportFactory)
    number = factory.Sequence(lambda n: n + 1)
    html = b"<p>Report</p>"
    page = b"<p>Report</p>"
    pdf = b"%PDF-1.7"
    csv = b"address\n"
    xlsx = b"PK"
    html_sha256 = pdf_sha256 = csv_sha256 = xlsx_sha256 = inputs_sha256 = "0" * 64
    made_by = factory.SubFactory(UserFactory)
    made_at = MOMENT


class PrintedFigureFactory(DjangoModelFactory[PrintedFigure]):
    class Meta:
        model = PrintedFigure

    edition = factory.SubFactory(EditionFactory)
    position = factory.Sequence(lambda n: n + 1)
    section = "Front door"
    address = "returns:referrals:place:2019-20:all"
    about = "Referrals"
    text = "4,368"
    value = 4368
    unit = "number"


class PublicationFactory(DjangoModelFactory[Publication]):
    class Meta:
        model = Publication

    edition = factory.SubFactory(EditionFactory)
    by = factory.SubFactory(UserFactory)
    at = MOMENT


class GuidanceEditionFactory(DjangoModelFactory[GuidanceEdition]):
    class Meta:
        model = GuidanceEdition

    code = factory.Sequence(lambda n: f"guidance-{n}")
    title = factory.Sequence(lambda n: f"Guidance {n}")


class RequirementFactory(DjangoModelFactory[Requirement]):
    class Meta:
        model = Requirement

    edition = factory.SubFactory(GuidanceEditionFactory)
    position = factory.Sequence(lambda n: n + 1)
    code = factory.Sequence(lambda n: f"requirement-{n}")
    reference = "Chapter 3"
    wording = "What was done in the year"


class RequirementAnswerFactory(DjangoModelFactory[RequirementAnswer]):
    class Meta:
        model = RequirementAnswer

    report = factory.SubFactory(AnnualReportFactory)
    requirement = factory.SubFactory(RequirementFactory)
    section = "reviews"


class TermFactory(DjangoModelFactory[Term]):
    """A shared term."""

    class Meta:
        model = Term

    term = factory.Sequence(lambda n: f"Term {n}")
    meaning = "What it means."
