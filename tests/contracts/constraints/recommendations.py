"""How each constraint of recommendations, actions and challenges is broken."""

from datetime import date

from tests.contracts.constraints.reviews import Case, broken, twice
from tests.kept_factories import (
    ActionFactory,
    ActionUpdateFactory,
    AnswerFactory,
    ChallengeFactory,
    InspectionFactory,
    RecommendationFactory,
    RecommendationSourceFactory,
    ReviewFactory,
)

DAY = date(2026, 7, 1)


def one_review_twice() -> None:
    review = ReviewFactory()
    for _ in range(2):
        RecommendationSourceFactory(kind="review", review=review)


def one_inspection_twice() -> None:
    inspection = InspectionFactory()
    for _ in range(2):
        RecommendationSourceFactory(kind="inspection", inspection=inspection)


def inspection_that_is_a_review() -> None:
    RecommendationSourceFactory(kind="inspection", review=ReviewFactory())


def review_that_is_an_inspection() -> None:
    RecommendationSourceFactory(kind="review", inspection=InspectionFactory())


SOURCE: list[Case] = [
    ("RecommendationSource.review", one_review_twice),
    ("RecommendationSource.inspection", one_inspection_twice),
    twice(
        "recommendation_source_code_is_used_once_at_a_partnership",
        RecommendationSourceFactory,
        *("partnership", "code"),
    ),
    broken("recommendation_source_has_a_code_of_its_own", RecommendationSourceFactory, code=""),
    broken("recommendation_source_has_a_code_of_its_own", RecommendationSourceFactory, code="add"),
    broken("recommendation_source_has_a_name", RecommendationSourceFactory, name=""),
    broken("recommendation_source_kind_is_known", RecommendationSourceFactory, kind="rumour"),
    ("only_a_review_is_tied_to_a_review", inspection_that_is_a_review),
    ("only_an_inspection_is_tied_to_an_inspection", review_that_is_an_inspection),
    broken("recommendation_source_is_dated_or_unknown", RecommendationSourceFactory, told=DAY),
    broken(
        "recommendation_source_is_dated_or_unknown",
        RecommendationSourceFactory,
        told_precision="day",
    ),
]
RECOMMENDATION: list[Case] = [
    twice("recommendation_is_answered_once_a_day", AnswerFactory, "recommendation", "told"),
    broken("answer_says_something", AnswerFactory, words=""),
    broken("answer_promises_by_a_date_or_none", AnswerFactory, promised=DAY),
    broken("answer_promises_by_a_date_or_none", AnswerFactory, promised_precision="day"),
    twice("recommendation_has_one_place_in_its_source", RecommendationFactory, "source"),
    broken("recommendations_count_from_one", RecommendationFactory, number=0),
    broken("recommendation_part_is_a_small_letter", RecommendationFactory, part="A"),
    broken("recommendation_says_what_is_recommended", RecommendationFactory, text=""),
]
ACTION: list[Case] = [
    twice("actions_of_a_partnership_are_numbered", ActionFactory, "partnership", "number"),
    broken("actions_count_from_one", ActionFactory, number=0),
    broken("action_says_what_is_to_be_done", ActionFactory, text=""),
    broken("action_state_is_known", ActionFactory, state="overdue"),
    broken("done_actions_and_only_they_have_a_day", ActionFactory, state="done"),
    broken("done_actions_and_only_they_have_a_day", ActionFactory, done=DAY),
    broken("dropped_actions_and_only_they_say_why", ActionFactory, state="dropped"),
    broken("dropped_actions_and_only_they_say_why", ActionFactory, dropped_why="No need."),
    broken("action_update_says_something", ActionUpdateFactory, words=""),
]
CHALLENGE: list[Case] = [
    twice("challenge_code_is_used_once_at_a_partnership", ChallengeFactory, "partnership", "code"),
    broken("challenge_has_a_code_of_its_own", ChallengeFactory, code=""),
    broken("challenge_has_a_code_of_its_own", ChallengeFactory, code="add"),
    *(
        broken("challenge_says_who_raised_what_with_whom", ChallengeFactory, **{name: ""})
        for name in ("raised_by", "raised_with", "about")
    ),
]

CASES = [*SOURCE, *RECOMMENDATION, *ACTION, *CHALLENGE]
