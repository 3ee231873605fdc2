"""Recommendations and actions: what is refused, what is recorded, what reports read."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from partnerships.known_dates import read
from partnerships.models import Agency, AuditEvent, Partnership, User
from partnerships.refusals import Overtaken, Refused
from reviews.models import Action, ActionUpdate, PracticeReview, Recommendation
from reviews.recommendations.actions import (
    ActionWords,
    SourceWords,
    save_action,
    save_recommendation,
    save_source,
    update_action,
)
from reviews.recommendations.queries import actions_at
from tests.factories import AgencyFactory
from tests.kept_factories import (
    ActionFactory,
    InspectionFactory,
    RecommendationFactory,
    RecommendationSourceFactory,
)

NOW = datetime(2026, 7, 10, 9, 30, tzinfo=UTC)
TODAY = date(2026, 7, 10)
MakeAction = Callable[..., Action]


@pytest.fixture
def recommendation(testshire: Partnership) -> Recommendation:
    source = RecommendationSourceFactory(partnership=testshire, code="meeting", name="Meeting")
    return RecommendationFactory(source=source, number=3, part="a")


@pytest.fixture
def make(testshire: Partnership, business_unit: User, recommendation: Recommendation) -> MakeAction:
    def save(number: int | None = None, *, seen: int = 0, **told: Any) -> Action:
        said: dict[str, Any] = {"recommendation": recommendation, "text": "Do it."}
        words = ActionWords(**(said | told))
        return save_action(
            partnership=testshire, number=number, words=words, seen=seen, by=business_unit
        )

    return save


def test_source_is_tied_to_a_review_that_has_no_other(
    testshire: Partnership, business_unit: User, review: PracticeReview
) -> None:
    words = SourceWords(kind="review", name="Review R1", review=review, told=read("May 2026"))

    def save(code: str, seen: int = 0) -> Any:
        return save_source(
            partnership=testshire, code=code, words=words, seen=seen, by=business_unit
        )

    made = save("r1")
    assert (made.told, made.told_precision) == (date(2026, 5, 1), "month")
    assert save("r1", seen=1).version == 1
    with pytest.raises(Refused, match="are kept under “Review R1”") as refused:
        save("again")
    assert refused.value.field == "review"
    events = AuditEvent.objects.filter(subject="recommendations:testshire:r1")
    assert [event.verb for event in events] == ["source of recommendations added"]


def test_source_of_another_kind_or_of_another_partnership_is_refused(
    testshire: Partnership, otherton: Partnership, business_unit: User, review: PracticeReview
) -> None:
    elsewhere = InspectionFactory(partnership=otherton)
    for words, field in (
        (SourceWords(kind="scrutiny", name="Meeting", review=review), "review"),
        (SourceWords(kind="inspection", name="Visit", inspection=elsewhere), "inspection"),
    ):
        with pytest.raises(Refused) as refused:
            save_source(partnership=testshire, code="x", words=words, by=business_unit)
        assert refused.value.field == field


def test_recommendation_has_parts_and_is_changed_over_the_version_seen_only(
    business_unit: User, recommendation: Recommendation
) -> None:
    def save(part: str, text: str, seen: int = 0) -> Recommendation:
        return save_recommendation(
            source=recommendation.source,
            number=3,
            part=part,
            text=text,
            seen=seen,
            by=business_unit,
        )

    assert save("b", "Also this.").label == "3b"
    with pytest.raises(Refused, match="There is a recommendation 3a already"):
        save("a", "Another.")
    assert save("a", "Changed.", seen=1).version == 2
    with pytest.raises(Overtaken):
        save("a", "Mine.", seen=1)
    labels = [each.label for each in recommendation.source.recommendations.all()]
    assert labels == ["3a", "3b"]


def test_actions_are_numbered_and_recorded(make: MakeAction, testshire_police: Agency) -> None:
    first, second = make(), make(text="Do more.", agency=testshire_police)
    assert (first.number, second.number) == (1, 2)
    assert make(2, text="Do more.", agency=testshire_police, seen=1).version == 1
    changed = make(2, text="Do less.", agency=testshire_police, seen=1)
    assert changed.version == 2
    with pytest.raises(Overtaken):
        make(2, text="Mine.", seen=1)
    of_police = {"state": "open", "agency": "testshire-police"}
    events = AuditEvent.objects.order_by("id")
    assert [(event.verb, event.subject, event.detail) for event in events] == [
        ("action added", "action:testshire:1", {"state": "open"}),
        ("action added", "action:testshire:2", of_police),
        ("action changed", "action:testshire:2", of_police),
    ]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"state": "done"}, "done"),
        ({"done": TODAY}, "done"),
        ({"state": "dropped"}, "dropped_why"),
        ({"dropped_why": "No need."}, "dropped_why"),
    ],
)
def test_action_that_is_half_ended_is_refused(
    make: MakeAction, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        make(**told)
    assert refused.value.field == field
    assert Action.objects.count() == 0


def test_action_of_another_partnership_s_agency_or_recommendation_is_refused(
    make: MakeAction,
) -> None:
    for told in ({"agency": AgencyFactory()}, {"recommendation": RecommendationFactory()}):
        with pytest.raises(Refused) as refused:
            make(**told)
        assert refused.value.field == next(iter(told))


def test_update_is_added_once_and_marks_the_action_done(
    make: MakeAction, testshire_police: Agency, contributor: User
) -> None:
    action = make(agency=testshire_police)
    told: dict[str, Any] = {"agency": testshire_police, "at": NOW, "by": contributor}
    begun = update_action(action=action, words="It has begun.", **told)
    assert update_action(action=action, words="It has begun.", **told) == begun
    done = update_action(action=action, words="It is done.", done=date(2026, 7, 9), **told)
    action.refresh_from_db()
    assert (action.state, action.done, action.version) == ("done", date(2026, 7, 9), 2)
    # A second press, when the first has ended the action.
    again = update_action(action=action, words="It is done.", done=date(2026, 7, 9), **told)
    assert again == done
    with pytest.raises(Refused, match="is not open any more"):
        update_action(action=action, words="More.", **told)
    assert ActionUpdate.objects.count() == 2
    events = AuditEvent.objects.filter(actor=contributor).order_by("id")
    assert [(event.verb, event.detail) for event in events] == [
        ("action reported on", {"agency": "testshire-police"}),
        ("action reported done", {"agency": "testshire-police"}),
    ]


def test_update_for_another_agency_or_of_a_day_to_come_is_refused(
    make: MakeAction, testshire: Partnership, testshire_police: Agency, contributor: User
) -> None:
    other = make(agency=AgencyFactory(partnership=testshire))
    told: dict[str, Any] = {"action": other, "at": NOW, "by": contributor}
    with pytest.raises(Refused, match="another agency's"):
        update_action(words="Mine.", agency=testshire_police, **told)
    with pytest.raises(Refused) as refused:
        update_action(words="Done.", done=date(2026, 7, 11), **told)
    assert refused.value.field == "done"
    assert ActionUpdate.objects.count() == 0


def test_actions_stand_as_today_says_the_soonest_due_first(
    testshire: Partnership, testshire_police: Agency
) -> None:
    ActionFactory(partnership=testshire, number=1)
    ActionFactory(partnership=testshire, number=2, due=date(2026, 8, 1), agency=testshire_police)
    ActionFactory(partnership=testshire, number=3, due=date(2026, 7, 1))
    lines = actions_at(testshire, today=TODAY)
    assert [(line.number, line.reading.words, line.owner) for line in lines] == [
        (3, "Due 1 July 2026: 9 days overdue", "The business unit"),
        (2, "Due 1 August 2026: 22 days left", "Testshire Police"),
        (1, "No due date", "The business unit"),
    ]
    own = actions_at(testshire, today=TODAY, agencies=[testshire_police])
    assert [line.number for line in own] == [2]
