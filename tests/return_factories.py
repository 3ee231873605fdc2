"""Rows about returns as wholes."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from metrics.models import (
    CannotSupply,
    Comment,
    Commentary,
    ExpectedBreakdown,
    ExpectedWords,
    Return,
    ReturnNotice,
    ReturnStep,
)
from tests.factories import (
    MOMENT,
    AgencyFactory,
    BreakdownFactory,
    CellFactory,
    DatasetFactory,
    ExpectationFactory,
    IndicatorFactory,
    PeriodFactory,
    UserFactory,
)

DUE = date(2020, 1, 31)


class ReturnFactory(DjangoModelFactory[Return]):
    """Of October to December 2019: due in January, closed in February and March 2020."""

    class Meta:
        model = Return

    dataset = factory.SubFactory(DatasetFactory)
    period = factory.SubFactory(PeriodFactory, key="2019-20-q3")
    due = DUE
    closed_to_new = DUE + timedelta(days=28)
    closed_to_edits = DUE + timedelta(days=56)


class ReturnStepFactory(DjangoModelFactory[ReturnStep]):
    class Meta:
        model = ReturnStep

    part_of = factory.SubFactory(ReturnFactory)
    agency = factory.SubFactory(AgencyFactory)
    kind = ReturnStep.Kind.SUBMITTED
    by = factory.SubFactory(UserFactory)
    at = MOMENT


class ReturnNoticeFactory(DjangoModelFactory[ReturnNotice]):
    class Meta:
        model = ReturnNotice

    part_of = factory.SubFactory(ReturnFactory)
    agency = factory.SubFactory(AgencyFactory)
    kind = ReturnNotice.Kind.CHASED
    on = DUE


class CannotSupplyFactory(DjangoModelFactory[CannotSupply]):
    class Meta:
        model = CannotSupply

    agency = factory.SubFactory(AgencyFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    because = "The system does not count it yet."
    first = DUE
    until = DUE + timedelta(days=365)
    by = factory.SubFactory(UserFactory)
    at = MOMENT


class ExpectedBreakdownFactory(DjangoModelFactory[ExpectedBreakdown]):
    class Meta:
        model = ExpectedBreakdown

    expectation = factory.SubFactory(ExpectationFactory)
    breakdown = factory.SubFactory(BreakdownFactory)


class ExpectedWordsFactory(DjangoModelFactory[ExpectedWords]):
    class Meta:
        model = ExpectedWords

    agency = factory.SubFactory(AgencyFactory)
    theme = "Front door"
    first = DUE


class CommentaryFactory(DjangoModelFactory[Commentary]):
    class Meta:
        model = Commentary

    dataset = factory.SubFactory(DatasetFactory)
    period = factory.SubFactory(PeriodFactory, key="2019-20-q3")
    agency = factory.SubFactory(AgencyFactory)
    theme = "Front door"
    number = 1
    words = "Steady."
    by = factory.SubFactory(UserFactory)
    at = MOMENT


class CommentFactory(DjangoModelFactory[Comment]):
    class Meta:
        model = Comment

    cell = factory.SubFactory(CellFactory)
    number = 1
    words = "The December file is still to come."
    by = factory.SubFactory(UserFactory)
    at = MOMENT
