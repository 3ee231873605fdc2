"""Rows of what people keep by hand, but for figures: the least that the database accepts."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from partnerships.models import (
    Attendance,
    Body,
    Budget,
    BudgetLine,
    Meeting,
    Milestone,
    NamedFigure,
    Priority,
    PriorityPoint,
    PriorityYear,
    Promise,
    Register,
    ReportsTo,
    Risk,
    Seat,
)
from reviews.models import (
    Action,
    ActionUpdate,
    Answer,
    Challenge,
    Clock,
    Finding,
    Inspection,
    PracticeReview,
    ProposedAction,
    Recommendation,
    RecommendationSource,
    ReviewTheme,
    ReviewTotal,
    Theme,
    ThemeTotal,
)
from tests.factories import MOMENT, PartnershipFactory, PeriodFactory, UserFactory


class ReviewFactory(DjangoModelFactory[PracticeReview]):
    """A rapid review in progress."""

    class Meta:
        model = PracticeReview

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"R{n}")
    kind = PracticeReview.Kind.RAPID
    state = PracticeReview.State.IN_PROGRESS


class ClockFactory(DjangoModelFactory[Clock]):
    class Meta:
        model = Clock

    review = factory.SubFactory(ReviewFactory)
    kind = Clock.Kind.RAPID_REVIEW
    starts = date(2026, 7, 1)
    due = date(2026, 7, 22)


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"theme-{n}")
    learning = factory.Sequence(lambda n: f"Learning {n}.")


class ReviewThemeFactory(DjangoModelFactory[ReviewTheme]):
    class Meta:
        model = ReviewTheme

    review = factory.SubFactory(ReviewFactory)
    theme = factory.SubFactory(
        ThemeFactory, partnership=factory.SelfAttribute("..review.partnership")
    )


class ReviewTotalFactory(DjangoModelFactory[ReviewTotal]):
    class Meta:
        model = ReviewTotal

    partnership = factory.SubFactory(PartnershipFactory)
    kind = PracticeReview.Kind.RAPID
    event = ReviewTotal.Event.UNDERTAKEN
    period = factory.SubFactory(PeriodFactory)
    value = 1


class ThemeTotalFactory(DjangoModelFactory[ThemeTotal]):
    class Meta:
        model = ThemeTotal

    theme = factory.SubFactory(ThemeFactory)
    period = factory.SubFactory(PeriodFactory)
    value = 2
    reviews = 3


class InspectionFactory(DjangoModelFactory[Inspection]):
    class Meta:
        model = Inspection

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"inspection-{n}")
    name = "Focused visit"
    inspectorates = "Ofsted"


class FindingFactory(DjangoModelFactory[Finding]):
    class Meta:
        model = Finding

    inspection = factory.SubFactory(InspectionFactory)
    number = 1
    kind = Finding.Kind.STRENGTH
    subject = "staff"
    words = "Staff feel supported."


class ProposedActionFactory(DjangoModelFactory[ProposedAction]):
    class Meta:
        model = ProposedAction

    inspection = factory.SubFactory(InspectionFactory)
    prepares = "Council"
    oversees = "Partners"
    sends = "Partnership"
    recipient = "Ofsted"
    due = date(2026, 7, 1)


class BodyFactory(DjangoModelFactory[Body]):
    class Meta:
        model = Body

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"body-{n}")
    name = factory.Sequence(lambda n: f"Body {n}")
    kind = Body.Kind.SUBGROUP


class ReportsToFactory(DjangoModelFactory[ReportsTo]):
    class Meta:
        model = ReportsTo

    body = factory.SubFactory(BodyFactory)
    to = factory.SubFactory(BodyFactory, partnership=factory.SelfAttribute("..body.partnership"))


class PriorityFactory(DjangoModelFactory[Priority]):
    class Meta:
        model = Priority

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"priority-{n}")
    name = factory.Sequence(lambda n: f"Priority {n}")


class PriorityYearFactory(DjangoModelFactory[PriorityYear]):
    class Meta:
        model = PriorityYear

    priority = factory.SubFactory(PriorityFactory)
    period = factory.SubFactory(PeriodFactory)


class PriorityPointFactory(DjangoModelFactory[PriorityPoint]):
    class Meta:
        model = PriorityPoint

    year = factory.SubFactory(PriorityYearFactory)
    part = PriorityPoint.Part.DONE
    order = 1
    text = "Something was done."


class PromiseFactory(DjangoModelFactory[Promise]):
    """For 2020-21, by the report of 2019-20; nobody has told what became of it."""

    class Meta:
        model = Promise

    partnership = factory.SubFactory(PartnershipFactory)
    year = factory.SubFactory(PeriodFactory, key="2020-21")
    report_year = factory.SubFactory(PeriodFactory)
    code = factory.Sequence(lambda n: f"promise-{n}")
    number = 1
    in_list = "next-steps"
    where_in_report = "Next steps"
    text = "Something will be done."


class MilestoneFactory(DjangoModelFactory[Milestone]):
    class Meta:
        model = Milestone

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"milestone-{n}")
    what = "Something begins"
    first = date(2019, 9, 1)
    precision = "month"
    state = Milestone.State.PLANNED


class RiskFactory(DjangoModelFactory[Risk]):
    class Meta:
        model = Risk

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"risk-{n}")
    what = "Something may go wrong."


class NamedFigureFactory(DjangoModelFactory[NamedFigure]):
    class Meta:
        model = NamedFigure

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"figure-{n}")
    what = "Partners"
    area = "Testshire"
    period = factory.SubFactory(PeriodFactory)
    value = 3


class RecommendationSourceFactory(DjangoModelFactory[RecommendationSource]):
    class Meta:
        model = RecommendationSource

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"source-{n}")
    kind = RecommendationSource.Kind.SCRUTINY
    name = "Scrutiny meeting"


class RecommendationFactory(DjangoModelFactory[Recommendation]):
    class Meta:
        model = Recommendation

    source = factory.SubFactory(RecommendationSourceFactory)
    number = 1
    text = "Something should be done."


class AnswerFactory(DjangoModelFactory[Answer]):
    class Meta:
        model = Answer

    recommendation = factory.SubFactory(RecommendationFactory)
    told = date(2026, 7, 1)
    words = "It is being done."


class ActionFactory(DjangoModelFactory[Action]):
    """Open, owned by the business unit, without a due date."""

    class Meta:
        model = Action

    partnership = factory.SubFactory(PartnershipFactory)
    recommendation = factory.SubFactory(
        RecommendationFactory, source__partnership=factory.SelfAttribute("...partnership")
    )
    number = factory.Sequence(lambda n: n + 1)
    text = "Do something."


class ActionUpdateFactory(DjangoModelFactory[ActionUpdate]):
    class Meta:
        model = ActionUpdate

    action = factory.SubFactory(ActionFactory)
    at = MOMENT
    by = factory.SubFactory(UserFactory)
    words = "It has begun."


class ChallengeFactory(DjangoModelFactory[Challenge]):
    class Meta:
        model = Challenge

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"challenge-{n}")
    raised_by = "Board"
    raised_with = "Health partners"
    about = "Something that is missing"
    period = factory.SubFactory(PeriodFactory)


class SeatFactory(DjangoModelFactory[Seat]):
    """A filled seat that is on no body."""

    class Meta:
        model = Seat

    partnership = factory.SubFactory(PartnershipFactory)
    period = factory.SubFactory(PeriodFactory)
    code = factory.Sequence(lambda n: f"seat-{n}")
    name = factory.Sequence(lambda n: f"Office {n}")
    state = Seat.State.FILLED


class MeetingFactory(DjangoModelFactory[Meeting]):
    """Two meetings held in 2019-20."""

    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    period = factory.SubFactory(PeriodFactory)
    status = Meeting.Status.HELD
    number = 2


class RegisterFactory(DjangoModelFactory[Register]):
    class Meta:
        model = Register

    body = factory.SubFactory(BodyFactory)
    period = factory.SubFactory(PeriodFactory)


class AttendanceFactory(DjangoModelFactory[Attendance]):
    """Somebody who came to one of two meetings."""

    class Meta:
        model = Attendance

    register = factory.SubFactory(RegisterFactory)
    order = factory.Sequence(lambda n: n + 1)
    code = factory.Sequence(lambda n: f"member-{n}")
    member = factory.Sequence(lambda n: f"Member {n}")
    attended = 1
    held = 2


class BudgetFactory(DjangoModelFactory[Budget]):
    """The account of everything in 2019-20."""

    class Meta:
        model = Budget

    partnership = factory.SubFactory(PartnershipFactory)
    period = factory.SubFactory(PeriodFactory)


class BudgetLineFactory(DjangoModelFactory[BudgetLine]):
    """A cost without amounts."""

    class Meta:
        model = BudgetLine

    budget = factory.SubFactory(BudgetFactory)
    code = factory.Sequence(lambda n: f"line-{n}")
    order = factory.Sequence(lambda n: n + 1)
    label = factory.Sequence(lambda n: f"Line {n}")
    kind = BudgetLine.Kind.COST
    side = BudgetLine.Side.COSTS
