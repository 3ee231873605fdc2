"""A review and an inspection of Testshire, made by its business unit."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from partnerships.models import Partnership, User
from reviews.models import Clock, PracticeReview
from reviews.practice.actions import ReviewWords, add_review, save_clock

MakeReview = Callable[..., PracticeReview]


def words(**told: Any) -> ReviewWords:
    """What is said of a rapid review in progress, unless told."""
    said: dict[str, Any] = {
        "kind": "rapid-review",
        "state": "in-progress",
        "publication": "not-decided",
    }
    return ReviewWords(**(said | told))


@pytest.fixture
def make_review(testshire: Partnership, business_unit: User) -> MakeReview:
    def make(code: str = "R1", **told: Any) -> PracticeReview:
        return add_review(partnership=testshire, code=code, words=words(**told), by=business_unit)

    return make


@pytest.fixture
def review(make_review: MakeReview) -> PracticeReview:
    return make_review()


@pytest.fixture
def clock(review: PracticeReview, business_unit: User) -> Clock:
    """Due on 22 July 2026."""
    return save_clock(
        review=review, kind=Clock.Kind.RAPID_REVIEW, starts=date(2026, 7, 1), by=business_unit
    )
