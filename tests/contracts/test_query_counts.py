"""A list page costs the same number of queries with one row and with three.

Who adds a list page adds it to `PAGES`: its address, who looks, what adds one row to it, and
the number, counted once and written down.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from metrics.models import Dataset
from partnerships.models import Partnership, RoleName, User
from tests.factories import (
    AgencyFactory,
    AreaFactory,
    AuditEventFactory,
    CellFactory,
    DatasetFactory,
    ExpectationFactory,
    IndicatorFactory,
    PeriodFactory,
    RoleFactory,
    figure,
)
from tests.kept_factories import (
    ActionFactory,
    ActionUpdateFactory,
    ChallengeFactory,
    ClockFactory,
    MilestoneFactory,
    NamedFigureFactory,
    PriorityFactory,
    PromiseFactory,
    ProposedActionFactory,
    RecommendationFactory,
    RecommendationSourceFactory,
    RiskFactory,
)
from tests.report_factories import EditionFactory, PrintedFigureFactory, PublicationFactory
from tests.return_factories import (
    ExpectedBreakdownFactory,
    ExpectedWordsFactory,
    ReturnFactory,
    ReturnStepFactory,
)
from tests.target_factories import TargetFactory
from tests.told_factories import (
    AssessmentMeasureFactory,
    AssessmentStepFactory,
    AssuranceAreaFactory,
    AuditGradeFactory,
    DisseminationFactory,
    GradeMoveFactory,
    TrainingActivityFactory,
    TrainingMeasureFactory,
    TrainingPriorityFactory,
    VoiceMeasureFactory,
)


@dataclass(frozen=True)
class ListPage:
    url: str
    role: RoleName
    add: Callable[[Partnership, User], object]
    queries: int


def add_role(here: Partnership, user: User) -> None:
    """Of somebody who is yet to be invited, which asks for the most."""
    RoleFactory(partnership=here, user__password=None)
    RoleFactory(partnership=here, name=RoleName.CONTRIBUTOR)


def add_event(here: Partnership, user: User) -> None:
    AuditEventFactory(partnership=here, detail={"person": user.pk})


def add_partnership(here: Partnership, user: User) -> None:
    RoleFactory(user=user)


def add_work(here: Partnership, user: User) -> None:
    """A partnership at which the person does everything, and something of each kind waits."""
    area = AreaFactory()
    there = area.partnership
    agency = AgencyFactory(partnership=there)
    for name in (RoleName.BUSINESS_UNIT, RoleName.APPROVER, RoleName.SIGNATORY):
        RoleFactory(user=user, partnership=there, name=name)
    RoleFactory(user=user, partnership=there, name=RoleName.CONTRIBUTOR, agency=agency)
    today = timezone.localdate()
    part_of = ReturnFactory(
        dataset=DatasetFactory(owner=there), due=today, closed_to_new=today, closed_to_edits=today
    )
    ReturnStepFactory(part_of=part_of, agency=agency, kind="returned", reason="Look again.")
    cell = CellFactory(area=area, dataset=part_of.dataset, period=part_of.period)
    for indicator in (cell.indicator, IndicatorFactory()):
        ExpectationFactory(agency=agency, indicator=indicator)
    edition = EditionFactory(report__partnership=there)
    PublicationFactory(edition=edition)
    figure(cell=cell, number=1)
    figure(cell=cell, number=2, reason="A week was missed.", at=timezone.now())
    PrintedFigureFactory(edition=edition, address=f"{cell.address}@1")
    waits = CellFactory(area=area, dataset=part_of.dataset, period=part_of.period)
    figure(cell=waits, approved=False)
    ExpectationFactory(agency=agency, indicator=waits.indicator)
    EditionFactory(report=edition.report, number=edition.number + 1)
    ActionFactory(partnership=there, agency=agency, due=today)


def add_figure(here: Partnership, user: User) -> None:
    """An indicator that is asked for, with a figure of one quarter."""
    dataset = Dataset.objects.filter(owner=here).first() or DatasetFactory(owner=here)
    cell = CellFactory(area=here.area, dataset=dataset, period=PeriodFactory(key="2019-20-q3"))
    figure(cell=cell)
    ExpectationFactory(agency=AgencyFactory(partnership=here), indicator=cell.indicator)


def add_promise(here: Partnership, user: User) -> None:
    PromiseFactory(partnership=here, priority=PriorityFactory(partnership=here))


def add_dated(here: Partnership, user: User) -> None:
    """A milestone, an action with an update, a clock and a statement."""
    MilestoneFactory(partnership=here, first=timezone.localdate())
    action = ActionFactory(
        partnership=here, agency=AgencyFactory(partnership=here), due=timezone.localdate()
    )
    ActionUpdateFactory(action=action)
    ClockFactory(review__partnership=here)
    ProposedActionFactory(inspection__partnership=here)


def add_answer(here: Partnership, user: User) -> None:
    """A recommendation of one source with two actions."""
    source = here.recommendation_sources.filter(code="one").first()
    source = source or RecommendationSourceFactory(partnership=here, code="one")
    number = source.recommendations.count() + 1
    recommendation = RecommendationFactory(source=source, number=number)
    agency = AgencyFactory(partnership=here)
    ActionFactory.create_batch(2, partnership=here, recommendation=recommendation, agency=agency)


def add_update(here: Partnership, user: User) -> None:
    """An update of action 1 by an agency."""
    action = here.actions.filter(number=1).first() or ActionFactory(partnership=here, number=1)
    ActionUpdateFactory(action=action, agency=AgencyFactory(partnership=here))


def add_told(here: Partnership, user: User) -> None:
    for make in (RiskFactory, NamedFigureFactory, ChallengeFactory):
        make(partnership=here)


def add_audit(here: Partnership, user: User) -> None:
    """An audit with its grades, a cycle with its figures and areas, and a newsletter."""
    AuditGradeFactory(result__audit__partnership=here)
    step = AssessmentStepFactory(assessment__partnership=here)
    AssessmentMeasureFactory(step=step)
    AssuranceAreaFactory(assessment=step.assessment)
    GradeMoveFactory(assessment=step.assessment)
    DisseminationFactory(partnership=here)


def add_training(here: Partnership, user: User) -> None:
    activity = TrainingActivityFactory(partnership=here, area=AreaFactory())
    TrainingPriorityFactory(activity=activity)
    TrainingMeasureFactory(activity=activity)


def add_target(here: Partnership, user: User) -> None:
    TargetFactory(partnership=here)


def add_owed(here: Partnership, user: User) -> None:
    """A figure by category, and words."""
    agency = AgencyFactory(partnership=here)
    asked = ExpectationFactory(agency=agency)
    ExpectedBreakdownFactory(expectation=asked)
    ExpectedWordsFactory(agency=agency)


def add_voice(here: Partnership, user: User) -> None:
    VoiceMeasureFactory(activity__partnership=here, activity__area=AreaFactory())


# Each begins with two queries for the session and its user, and one for the roles of today.
PAGES = [
    ListPage("/my/", RoleName.PARTNER, add_partnership, 3),
    # Seven for the returns, one for actions, one for editions, three for corrected figures.
    ListPage("/my/", RoleName.PARTNER, add_work, 20),
    ListPage("/p/testshire/people/", RoleName.ADMINISTRATOR, add_role, 5),
    ListPage("/p/testshire/audit/", RoleName.ADMINISTRATOR, add_event, 6),
    ListPage("/p/testshire/returns/", RoleName.BUSINESS_UNIT, add_figure, 11),
    ListPage("/p/testshire/returns/2019-20-q3/", RoleName.BUSINESS_UNIT, add_figure, 13),
    ListPage("/p/testshire/", RoleName.PARTNER, add_figure, 17),
    ListPage("/p/testshire/returns/owed/", RoleName.BUSINESS_UNIT, add_owed, 9),
    ListPage("/p/testshire/targets/", RoleName.BUSINESS_UNIT, add_target, 5),
    ListPage("/p/testshire/promises/", RoleName.BUSINESS_UNIT, add_promise, 5),
    ListPage("/p/testshire/promises/risks/", RoleName.BUSINESS_UNIT, add_told, 4),
    ListPage("/p/testshire/promises/figures/", RoleName.BUSINESS_UNIT, add_told, 4),
    ListPage("/p/testshire/calendar/", RoleName.BUSINESS_UNIT, add_dated, 7),
    ListPage("/p/testshire/calendar/milestones/", RoleName.BUSINESS_UNIT, add_dated, 4),
    ListPage("/p/testshire/actions/", RoleName.BUSINESS_UNIT, add_dated, 4),
    ListPage("/p/testshire/actions/1/", RoleName.BUSINESS_UNIT, add_update, 5),
    ListPage("/p/testshire/actions/challenges/", RoleName.BUSINESS_UNIT, add_told, 4),
    ListPage("/p/testshire/actions/recommendations/", RoleName.BUSINESS_UNIT, add_answer, 4),
    ListPage("/p/testshire/actions/recommendations/one/", RoleName.PARTNER, add_answer, 9),
    ListPage("/p/testshire/assurance/", RoleName.BUSINESS_UNIT, add_audit, 12),
    ListPage("/p/testshire/training/", RoleName.BUSINESS_UNIT, add_training, 6),
    ListPage("/p/testshire/voice/", RoleName.BUSINESS_UNIT, add_voice, 5),
]


@pytest.mark.parametrize("listed", PAGES, ids=lambda listed: listed.url)
@pytest.mark.parametrize("rows", [1, 3])
def test_list_page_costs_the_same_with_one_row_and_with_three(
    listed: ListPage,
    rows: int,
    testshire: Partnership,
    client_of: Callable[[User], Client],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    AreaFactory(partnership=testshire)
    user = RoleFactory(partnership=testshire, name=listed.role).user
    for _ in range(rows):
        listed.add(testshire, user)
    client = client_of(user)
    with django_assert_num_queries(listed.queries):
        assert client.get(listed.url).status_code == 200
