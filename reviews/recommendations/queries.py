"""Reading recommendations and actions: plain values for pages and reports."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Q, QuerySet

from partnerships.models import Agency, Partnership
from reviews.models import Action, ActionUpdate, Recommendation, RecommendationSource
from reviews.recommendations.due import Reading, Standing, read_action

BUSINESS_UNIT = "The business unit"
UNIT = "business-unit"  # in the place of an agency's slug
STILL_OPEN = {Standing.OVERDUE, Standing.OPEN}
ENDED = {Standing.DONE, Standing.DONE_LATE, Standing.DROPPED}


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action and how it stands. `agency` is the slug of the one that owns it, or `UNIT`."""

    number: int
    text: str
    recommendation: str  # `3a`, in its source
    source: str
    agency: str
    owner: str
    reading: Reading
    last_told: date | None

    @property
    def is_overdue(self) -> bool:
        return self.reading.standing is Standing.OVERDUE


def actions_at(
    partnership: Partnership, *, today: date, agencies: Collection[Agency] | None = None
) -> list[ActionLine]:
    """Every action with how it stands today, the soonest due first; of some agencies only. One
    query."""
    found = _actions(partnership)
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    return [action_line(each, today=today) for each in found]


def action_line(action: Action, *, today: date) -> ActionLine:
    recommendation = action.recommendation
    last: date | None = getattr(action, "last_told", None)
    return ActionLine(
        number=action.number,
        text=action.text,
        recommendation=recommendation.label,
        source=recommendation.source.name,
        agency=action.agency.organisation.slug if action.agency else UNIT,
        owner=owner_of(action),
        reading=read(action, today=today),
        last_told=last,
    )


def owner_of(action: Action) -> str:
    return action.agency.organisation.name if action.agency else BUSINESS_UNIT


def read(action: Action, *, today: date) -> Reading:
    """How an action stands on a day; what was done after it was open then."""
    done = action.done if action.done and action.done <= today else None
    return read_action(
        due=action.due, done=done, dropped=action.state == Action.State.DROPPED, today=today
    )


def action_at(partnership: Partnership, number: int) -> QuerySet[Action]:
    """The action of a number, with what its page shows."""
    return _actions(partnership).filter(number=number)


def updates_of(action: Action) -> QuerySet[ActionUpdate]:
    """What was told of an action, the newest first."""
    return action.updates.select_related("by", "agency__organisation")


def sources_at(partnership: Partnership) -> QuerySet[RecommendationSource]:
    """The sources, the newest first, with how many recommendations and open actions each has."""
    counted = partnership.recommendation_sources.annotate(
        recommended=Count("recommendations", distinct=True),
        acted_on=Count("recommendations__actions", distinct=True),
        still_open=Count(
            "recommendations__actions",
            filter=Q(recommendations__actions__state=Action.State.OPEN),
            distinct=True,
        ),
    )
    # Said here too: a query that counts does not follow the model's own order.
    return counted.order_by(F("told").desc(nulls_last=True), "name")


def recommendations_of(source: RecommendationSource) -> QuerySet[Recommendation]:
    """The recommendations in their order, with the actions and answers to each."""
    return source.recommendations.prefetch_related("actions__agency__organisation", "answers")


def recommendations_at(partnership: Partnership) -> QuerySet[Recommendation]:
    """Every recommendation, for choosing one."""
    found = Recommendation.objects.filter(source__partnership=partnership)
    return found.select_related("source").order_by("source__name", "number", "part")


def _actions(partnership: Partnership) -> QuerySet[Action]:
    found = partnership.actions.select_related(
        "partnership", "recommendation__source", "agency__organisation"
    ).annotate(last_told=Max("updates__at"))
    # Said here too: a query that counts does not follow the model's own order.
    return found.order_by(F("due").asc(nulls_last=True), "number")
