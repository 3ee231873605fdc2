"""Rows for tests. Each factory makes the least that the database accepts, and nothing by chance.

Names are of offices and places that do not exist; codes and slugs count up, so that any
number of rows may be made.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import factory
import factory.django
from factory.django import DjangoModelFactory

from metrics.models import (
    Area,
    AreaCode,
    Breakdown,
    Category,
    Cell,
    Change,
    ColumnNames,
    Conflict,
    Dataset,
    Decision,
    Expectation,
    ImportBatch,
    Indicator,
    IndicatorVersion,
    Neighbour,
    NeighbourSet,
    RelatedIndicator,
    Revision,
    Slice,
    SlicePart,
    StatedChange,
)
from partnerships.models import (
    Agency,
    AuditEvent,
    Digest,
    Job,
    LocalAuthority,
    Organisation,
    Partnership,
    Period,
    Role,
    RoleName,
    User,
)
from partnerships.periods import Span, parse

LONG_AGO = date(2015, 4, 1)
PASSWORD = "three-unrelated-words"  # everybody's
MOMENT = datetime(2020, 7, 1, 9, 0, tzinfo=UTC)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Officer {n}")
    email = factory.Sequence(lambda n: f"officer-{n}@portal.invalid")
    password = factory.django.Password(PASSWORD)


class PartnershipFactory(DjangoModelFactory[Partnership]):
    class Meta:
        model = Partnership

    slug = factory.Sequence(lambda n: f"place-{n}")
    name = factory.Sequence(lambda n: f"Place {n} Safeguarding Children Partnership")
    short_name = factory.Sequence(lambda n: f"Place {n}")


class LocalAuthorityFactory(DjangoModelFactory[LocalAuthority]):
    class Meta:
        model = LocalAuthority

    partnership = factory.SubFactory(PartnershipFactory)
    ons_code = factory.Sequence(lambda n: f"E99{n:06d}")
    name = factory.Sequence(lambda n: f"Council {n}")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    partnership = factory.SubFactory(PartnershipFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    standing = Agency.Standing.RELEVANT
    first = LONG_AGO


class RoleFactory(DjangoModelFactory[Role]):
    """An open role. A contributor gets an agency of the same partnership."""

    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    partnership = factory.SubFactory(PartnershipFactory)
    name = RoleName.PARTNER
    agency = factory.Maybe(
        factory.LazyAttribute(lambda role: role.name == RoleName.CONTRIBUTOR),
        yes_declaration=factory.SubFactory(
            AgencyFactory, partnership=factory.SelfAttribute("..partnership")
        ),
        no_declaration=None,
    )
    first = LONG_AGO


class PeriodFactory(DjangoModelFactory[Period]):
    """`PeriodFactory(key="2019-20-q3")`; the financial year 2019-20 unless told."""

    class Meta:
        model = Period
        django_get_or_create = ("kind", "first", "last")
        exclude = ("key", "span")

    key = "2019-20"
    span: Any = factory.LazyAttribute(lambda period: _span(period.key))
    kind = factory.LazyAttribute(lambda period: period.span.kind.value)
    first = factory.LazyAttribute(lambda period: period.span.first)
    last = factory.LazyAttribute(lambda period: period.span.last)


def _span(key: str) -> Span:
    return parse(key)


class AuditEventFactory(DjangoModelFactory[AuditEvent]):
    class Meta:
        model = AuditEvent

    at = MOMENT
    actor = factory.SubFactory(UserFactory)
    partnership = factory.SubFactory(PartnershipFactory)
    verb = "role given"
    subject = "role:place:partner:1"


class JobFactory(DjangoModelFactory[Job]):
    """A waiting job; its kind has no handler."""

    class Meta:
        model = Job

    kind = "tests.nothing"
    key = factory.Sequence(lambda n: f"key-{n}")
    partnership = factory.SubFactory(PartnershipFactory)
    asked_by = factory.SubFactory(UserFactory)
    asked_at = MOMENT
    not_before = MOMENT


class DigestFactory(DjangoModelFactory[Digest]):
    class Meta:
        model = Digest

    person = factory.SubFactory(UserFactory)
    year = 2020
    week = 14


class DatasetFactory(DjangoModelFactory[Dataset]):
    """A partnership's returns. Official statistics: `kind="official", owner=None`."""

    class Meta:
        model = Dataset

    code = factory.Sequence(lambda n: f"returns-{n}")
    kind = Dataset.Kind.RETURNS
    owner = factory.SubFactory(PartnershipFactory)
    title = factory.Sequence(lambda n: f"Returns {n}")


class AreaFactory(DjangoModelFactory[Area]):
    """The area of a partnership. Elsewhere: `kind="country", partnership=None`."""

    class Meta:
        model = Area

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"area-{n}")
    name = factory.Sequence(lambda n: f"Area {n}")
    kind = Area.Kind.PARTNERSHIP


class AreaCodeFactory(DjangoModelFactory[AreaCode]):
    class Meta:
        model = AreaCode

    area = factory.SubFactory(AreaFactory)
    scheme = AreaCode.Scheme.ONS
    code = factory.Sequence(lambda n: f"E99{n:06d}")


class NeighbourSetFactory(DjangoModelFactory[NeighbourSet]):
    class Meta:
        model = NeighbourSet

    authority = factory.SubFactory(AreaFactory)
    year = 2025
    source = "A model of likeness"


class NeighbourFactory(DjangoModelFactory[Neighbour]):
    class Meta:
        model = Neighbour

    neighbour_set = factory.SubFactory(NeighbourSetFactory)
    rank = factory.Sequence(lambda n: n + 1)
    area = factory.SubFactory(AreaFactory)


class IndicatorFactory(DjangoModelFactory[Indicator]):
    """A count of clustered events that adds up over quarters and may be disclosive."""

    class Meta:
        model = Indicator

    code = factory.Sequence(lambda n: f"indicator-{n}")
    name = factory.Sequence(lambda n: f"Indicator {n}")
    definition = "What is counted, and when."
    unit = "count"
    polarity = "neutral"
    kind_of_count = "clustered"
    roll_up = "sum"
    theme = "Front door"


class IndicatorVersionFactory(DjangoModelFactory[IndicatorVersion]):
    class Meta:
        model = IndicatorVersion

    indicator = factory.SubFactory(IndicatorFactory)
    first = LONG_AGO
    effect = IndicatorVersion.Effect.BREAKS
    words = "The definition changed."


class RelatedIndicatorFactory(DjangoModelFactory[RelatedIndicator]):
    class Meta:
        model = RelatedIndicator

    indicator = factory.SubFactory(IndicatorFactory)
    other = factory.SubFactory(IndicatorFactory)
    why = "One counts children, the other counts families."


class ExpectationFactory(DjangoModelFactory[Expectation]):
    class Meta:
        model = Expectation

    agency = factory.SubFactory(AgencyFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    first = LONG_AGO


class SliceFactory(DjangoModelFactory[Slice]):
    class Meta:
        model = Slice
        django_get_or_create = ("key",)

    key = "all"


class BreakdownFactory(DjangoModelFactory[Breakdown]):
    class Meta:
        model = Breakdown

    code = factory.Sequence(lambda n: f"breakdown-{n}")
    name = factory.Sequence(lambda n: f"Breakdown {n}")
    nature = Breakdown.Nature.PARTITION


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    breakdown = factory.SubFactory(BreakdownFactory)
    code = factory.Sequence(lambda n: f"category-{n}")
    name = factory.Sequence(lambda n: f"Category {n}")


class SlicePartFactory(DjangoModelFactory[SlicePart]):
    class Meta:
        model = SlicePart

    slice = factory.SubFactory(SliceFactory)
    category = factory.SubFactory(CategoryFactory)
    breakdown = factory.SelfAttribute("category.breakdown")


class CellFactory(DjangoModelFactory[Cell]):
    """An empty place: the area and the dataset are of one partnership."""

    class Meta:
        model = Cell

    area = factory.SubFactory(AreaFactory)
    dataset = factory.SubFactory(DatasetFactory, owner=factory.SelfAttribute("..area.partnership"))
    indicator = factory.SubFactory(IndicatorFactory)
    period = factory.SubFactory(PeriodFactory)
    slice = factory.SubFactory(SliceFactory)


class RevisionFactory(DjangoModelFactory[Revision]):
    """The first revision of a cell; the cell's pointers are left alone (see `figure`)."""

    class Meta:
        model = Revision

    cell = factory.SubFactory(CellFactory)
    number = 1
    value = Decimal(100)
    by = factory.SubFactory(UserFactory)
    at = MOMENT


class DecisionFactory(DjangoModelFactory[Decision]):
    """An approval by somebody else than whoever entered it."""

    class Meta:
        model = Decision

    revision = factory.SubFactory(RevisionFactory)
    outcome = Decision.Outcome.APPROVED
    by = factory.SubFactory(UserFactory)
    at = MOMENT


class StatedChangeFactory(DjangoModelFactory[StatedChange]):
    class Meta:
        model = StatedChange

    area = factory.SubFactory(AreaFactory)
    dataset = factory.SubFactory(
        DatasetFactory, kind="printed", owner=factory.SelfAttribute("..area.partnership")
    )
    indicator = factory.SubFactory(IndicatorFactory)
    slice = factory.SubFactory(SliceFactory)
    period = factory.SubFactory(PeriodFactory)
    amount = Decimal(12)
    unit = StatedChange.Unit.PERCENT
    direction = "up"
    by = factory.SubFactory(UserFactory)
    at = MOMENT


class ConflictFactory(DjangoModelFactory[Conflict]):
    class Meta:
        model = Conflict

    cell = factory.SubFactory(CellFactory)
    preferred = factory.SubFactory(CellFactory)
    rule = "The table is preferred to the text."


class ChangeFactory(DjangoModelFactory[Change]):
    """No change of an amount, and the reason for it."""

    class Meta:
        model = Change

    to_revision = factory.SubFactory(RevisionFactory)
    cell = factory.SelfAttribute("to_revision.cell")
    against = Change.Against.YEAR_BEFORE
    reason = "There is no figure of the year before."
    rule = "amounts"


class ImportBatchFactory(DjangoModelFactory[ImportBatch]):
    """A file that waits; its one row is of an indicator `referrals`."""

    class Meta:
        model = ImportBatch

    partnership = factory.SubFactory(PartnershipFactory)
    period = factory.SubFactory(PeriodFactory, key="2019-20-q3")
    by = factory.SubFactory(UserFactory)
    at = MOMENT
    name = "return.csv"
    content = b"Code,Value\r\nreferrals,12\r\n"
    size = factory.LazyAttribute(lambda batch: len(batch.content))
    sha256 = factory.LazyAttribute(lambda batch: sha256(batch.content).hexdigest())


class ColumnNamesFactory(DjangoModelFactory[ColumnNames]):
    class Meta:
        model = ColumnNames

    organisation = factory.SubFactory(OrganisationFactory)
    columns = factory.LazyFunction(lambda: {"ref no": "code", "this quarter": "value"})
    by = factory.SubFactory(UserFactory)
    at = MOMENT


def figure(*, approved: bool = True, cell: Cell | None = None, **revision: Any) -> Cell:
    """A cell with one revision that its pointers name, as if entered and approved."""
    cell = cell or CellFactory()
    made = RevisionFactory(cell=cell, **revision)
    cell.latest = made
    cell.approved = made if approved else None
    cell.save(update_fields=["latest", "approved"])
    return cell
