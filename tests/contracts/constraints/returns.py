"""How each constraint of the returns is broken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.contracts.constraints import again
from tests.factories import MOMENT
from tests.return_factories import (
    DUE,
    CannotSupplyFactory,
    CommentaryFactory,
    CommentFactory,
    ExpectedBreakdownFactory,
    ExpectedWordsFactory,
    ReturnFactory,
    ReturnNoticeFactory,
    ReturnStepFactory,
)

EARLIER = DUE - timedelta(days=1)

CASES: list[tuple[str, Callable[[], Any]]] = [
    ("quarter_has_one_return_in_a_dataset", lambda: again(ReturnFactory, "dataset", "period")),
    ("return_closes_after_it_is_due", lambda: ReturnFactory(closed_to_new=EARLIER)),
    ("return_closes_after_it_is_due", lambda: ReturnFactory(closed_to_edits=DUE)),
    ("step_of_a_return_is_known", lambda: ReturnStepFactory(kind="x")),
    ("giving_or_taking_a_return_back_says_why", lambda: ReturnStepFactory(kind="returned")),
    ("giving_or_taking_a_return_back_says_why", lambda: ReturnStepFactory(kind="withdrawn")),
    (
        "agency_is_written_to_once_a_day",
        lambda: again(ReturnNoticeFactory, "part_of", "agency"),
    ),
    ("notice_of_a_return_is_known", lambda: ReturnNoticeFactory(kind="x")),
    (
        "agency_says_once_a_day_what_it_cannot_supply",
        lambda: again(CannotSupplyFactory, "agency", "indicator"),
    ),
    ("what_cannot_be_supplied_has_an_end", lambda: CannotSupplyFactory(until=EARLIER)),
    (
        "what_is_taken_back_says_by_whom_and_when",
        lambda: CannotSupplyFactory(taken_back_at=MOMENT),
    ),
    (
        "what_is_taken_back_says_by_whom_and_when",
        lambda: CannotSupplyFactory(taken_back_because="A slip."),
    ),
    (
        "breakdown_is_asked_for_once",
        lambda: again(ExpectedBreakdownFactory, "expectation", "breakdown"),
    ),
    (
        "agency_is_asked_for_words_on_a_theme_once_a_day",
        lambda: again(ExpectedWordsFactory, "agency"),
    ),
    (
        "words_are_expected_to_an_end_after_the_beginning",
        lambda: ExpectedWordsFactory(last=EARLIER),
    ),
    ("expected_words_have_a_theme", lambda: ExpectedWordsFactory(theme="")),
    (
        "versions_of_words_are_numbered",
        lambda: again(CommentaryFactory, "dataset", "period", "agency"),
    ),
    ("versions_of_words_count_from_one", lambda: CommentaryFactory(number=0)),
    ("commentary_has_words", lambda: CommentaryFactory(words="")),
    ("commentary_has_a_theme", lambda: CommentaryFactory(theme="")),
    ("versions_of_a_comment_are_numbered", lambda: again(CommentFactory, "cell")),
    ("versions_of_a_comment_count_from_one", lambda: CommentFactory(number=0)),
    ("a_comment_begins_with_words", lambda: CommentFactory(words="")),
    (
        "what_is_to_be_followed_up_is_said",
        lambda: CommentFactory(number=2, words="", follow_up=True),
    ),
    ("what_cannot_be_supplied_says_why", lambda: CannotSupplyFactory(because="")),
]
