"""Targets."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from metrics.models import Target
from tests.factories import MOMENT, IndicatorFactory, PartnershipFactory, UserFactory


class TargetFactory(DjangoModelFactory[Target]):
    """At least 90, tolerated down to 85, failed below 80, from April 2019 on."""

    class Meta:
        model = Target

    partnership = factory.SubFactory(PartnershipFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    first = date(2019, 4, 1)
    direction = Target.Direction.AT_LEAST
    value = Decimal(90)
    tolerance = Decimal(85)
    failure = Decimal(80)
    source = "Contract indicators of 1 April 2019"
    by = factory.SubFactory(UserFactory)
    at = MOMENT
