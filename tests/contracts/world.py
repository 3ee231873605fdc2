"""What the permission walk walks through: one small partnership, and what its addresses need.

Who adds an address with a part that is new gives the part a value here: in `PARTS` where its
name says enough, in `OWN_PARTS` where the same name means another thing at another address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from metrics.models import CannotSupply, Cell, Expectation, ExpectedWords, ImportBatch, Target
from partnerships.models import Agency, Job, Partnership, Role, RoleName, User
from reports.models import Requirement
from tests.contracts import kept
from tests.factories import (
    AgencyFactory,
    AreaFactory,
    CellFactory,
    DatasetFactory,
    ExpectationFactory,
    ImportBatchFactory,
    IndicatorFactory,
    JobFactory,
    PartnershipFactory,
    PeriodFactory,
    RoleFactory,
    UserFactory,
    figure,
)
from tests.report_factories import PublicationFactory, RequirementAnswerFactory
from tests.return_factories import CannotSupplyFactory, ExpectedWordsFactory, ReturnFactory
from tests.target_factories import TargetFactory


@dataclass(frozen=True)
class World:
    """Testshire, its people by role, Otherton's people by role, and one thing of each kind."""

    here: Partnership
    people: Mapping[str, User]
    strangers: Mapping[str, User]
    role: Role
    job: Job
    cell: Cell
    batch: ImportBatch
    target: Target
    asked: Expectation
    words: ExpectedWords
    unable: CannotSupply


PARTS: dict[str, Callable[[World], Any]] = {
    "slug": lambda world: world.here.slug,
    "period": lambda world: world.cell.period.key,
    "code": lambda world: world.cell.indicator.code,
    "year": lambda world: "2019-20",
    "number": lambda world: 1,
    "address": lambda world: world.cell.address,
    "uidb36": lambda world: "1",
    "key": lambda world: "no-such-key",
}

OWN_PARTS: dict[tuple[str, str], Callable[[World], Any]] = {
    **kept.OWN_PARTS,
    **{
        (page, "agency"): lambda world: (
            Agency.objects.get(expectations__isnull=False).organisation.slug
        )
        for page in ("return_part", "return_step")
    },
    **{
        (name, "agency"): lambda world: world.asked.agency.organisation.slug
        for name in ("owing_ask", "owing_ask_words")
    },
    **{
        (name, "pk"): lambda world: world.asked.pk
        for name in ("owing_figure", "owing_categories", "owing_figure_back")
    },
    **{(name, "pk"): lambda world: world.words.pk for name in ("owing_words", "owing_words_back")},
    ("cannot_supply_back", "pk"): lambda world: world.unable.pk,
    ("people_end", "pk"): lambda world: world.role.pk,
    ("people_invite", "pk"): lambda world: world.role.pk,
    ("job", "pk"): lambda world: world.job.pk,
    ("job_cancel", "pk"): lambda world: world.job.pk,
    ("job_again", "pk"): lambda world: world.job.pk,
    ("target", "pk"): lambda world: world.target.pk,
    ("target_end", "pk"): lambda world: world.target.pk,
    ("return_upload_preview", "pk"): lambda world: world.batch.pk,
    ("return_upload_columns", "pk"): lambda world: world.batch.pk,
    ("return_upload_drop", "pk"): lambda world: world.batch.pk,
}


def build() -> World:
    """The rows, made once for each address of the walk."""
    here = PartnershipFactory(slug="testshire", name="Testshire SCP", short_name="Testshire")
    there = PartnershipFactory(slug="otherton", name="Otherton SCP", short_name="Otherton")
    police = AgencyFactory(partnership=here)
    people: dict[str, User] = {
        "nobody": UserFactory(),
        "platform": UserFactory(is_platform_administrator=True),
        **{role.value: _person(role, here, agency=police) for role in RoleName},
    }
    area = AreaFactory(partnership=here, code="testshire", name="Testshire")
    cell = CellFactory(
        area=area,
        dataset=DatasetFactory(owner=here, code="testshire-returns"),
        indicator=IndicatorFactory(code="referrals"),
        period=PeriodFactory(key="2019-20-q3"),
    )
    figure(cell=cell, by=people["business-unit"])
    ReturnFactory(dataset=cell.dataset, period=cell.period)
    kept.build_kept(here, police)
    publication = PublicationFactory(edition__report__partnership=here, edition__number=1)
    RequirementAnswerFactory(
        report=publication.edition.report, requirement=Requirement.objects.get()
    )
    return World(
        here=here,
        people=people,
        strangers={role.value: _person(role, there) for role in RoleName},
        role=people["partner"].roles.get(),
        job=JobFactory(partnership=here, asked_by=people["business-unit"]),
        cell=cell,
        batch=ImportBatchFactory(
            partnership=here, period=cell.period, by=people["business-unit"], at=timezone.now()
        ),
        target=TargetFactory(partnership=here, indicator=cell.indicator),
        asked=ExpectationFactory(agency=police, indicator=cell.indicator),
        words=ExpectedWordsFactory(agency=police, theme=cell.indicator.theme),
        unable=CannotSupplyFactory(agency=police, indicator=cell.indicator),
    )


def _person(role: RoleName, partnership: Partnership, **more: Any) -> User:
    if role != RoleName.CONTRIBUTOR:
        more = {}
    user: User = RoleFactory(partnership=partnership, name=role, **more).user
    return user
