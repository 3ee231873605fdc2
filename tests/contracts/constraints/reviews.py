"""How each constraint of `reviews` is broken."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from reviews.models import PracticeReview
from tests.contracts.constraints import again
from tests.kept_factories import (
    ClockFactory,
    FindingFactory,
    InspectionFactory,
    ProposedActionFactory,
    ReviewFactory,
    ReviewThemeFactory,
    ReviewTotalFactory,
    ThemeFactory,
    ThemeTotalFactory,
)

DAY = date(2026, 7, 1)
EARLIER = date(2026, 6, 1)
HELD = {"held": DAY, "held_reason": "Why.", "held_told": "Whom"}
FIELDWORK = {"first": DAY, "last": DAY, "precision": "day"}

Case = tuple[str, Callable[[], Any]]


def broken(name: str, make: Callable[..., Any], /, **told: Any) -> Case:
    return name, partial(make, **told)


def twice(name: str, make: Callable[..., Any], *same: str) -> Case:
    return name, partial(again, make, *same)


REVIEW: list[Case] = [
    twice("review_code_is_used_once_at_a_partnership", ReviewFactory, "partnership", "code"),
    broken("review_has_a_code_of_its_own", ReviewFactory, code=""),
    broken("review_has_a_code_of_its_own", ReviewFactory, code="Add"),
    broken("review_kind_is_known", ReviewFactory, kind="other"),
    broken("review_state_is_known", ReviewFactory, state="other"),
    broken("review_publication_is_known", ReviewFactory, publication="other"),
    broken("unpublished_review_says_why", ReviewFactory, publication="held"),
    broken("unpublished_review_says_why", ReviewFactory, publication="not-to-be-published"),
    broken(
        "unpublished_review_says_why",
        ReviewFactory,
        publication="not-to-be-published",
        state="completed",
    ),
    broken("published_review_is_completed", ReviewFactory, publication="published"),
    broken(
        "only_completed_review_has_a_day_of_completion",
        ReviewFactory,
        completed=DAY,
        completed_precision="day",
    ),
    broken(
        "only_published_review_has_a_day_of_publication",
        ReviewFactory,
        published=DAY,
        published_precision="day",
    ),
    broken("review_start_is_a_date_or_unknown", ReviewFactory, started=DAY),
    broken("review_start_is_a_date_or_unknown", ReviewFactory, started_precision="day"),
    broken("review_start_is_a_date_or_unknown", ReviewFactory, started=DAY, started_precision="x"),
    broken(
        "review_completion_is_a_date_or_unknown", ReviewFactory, state="completed", completed=DAY
    ),
    broken(
        "review_publication_is_a_date_or_unknown",
        ReviewFactory,
        state="completed",
        publication="published",
        published=DAY,
    ),
    broken(
        "review_completes_after_it_starts",
        ReviewFactory,
        state=PracticeReview.State.COMPLETED,
        started=DAY,
        started_precision="day",
        completed=EARLIER,
        completed_precision="day",
    ),
]
CLOCK: list[Case] = [
    twice("clock_of_a_kind_runs_once_on_a_review", ClockFactory, "review"),
    broken("clock_kind_is_known", ClockFactory, kind="other"),
    broken("clock_is_due_after_it_starts", ClockFactory, due=DAY),
    broken("clock_is_met_after_it_starts", ClockFactory, met=EARLIER),
    *(
        broken("held_clock_says_why_and_who_was_told", ClockFactory, **(HELD | missing))
        for missing in (
            {"held_reason": ""},
            {"held_told": ""},
            {"held": None},
            {"held": EARLIER},
        )
    ),
]
LEARNING: list[Case] = [
    twice("theme_is_named_once_at_a_partnership", ThemeFactory, "partnership", "code"),
    broken("theme_has_a_code_of_its_own", ThemeFactory, code="add"),
    broken("theme_has_a_code_of_its_own", ThemeFactory, code=""),
    broken("theme_says_what_was_learned", ThemeFactory, learning=""),
    twice("review_teaches_a_theme_once", ReviewThemeFactory, "review", "theme"),
    twice("review_total_is_told_once", ReviewTotalFactory, "partnership", "period"),
    broken("review_total_kind_is_known", ReviewTotalFactory, kind="law"),
    broken("review_total_event_is_known", ReviewTotalFactory, event="other"),
    twice("theme_is_counted_once_a_period", ThemeTotalFactory, "theme", "period"),
    broken("theme_comes_up_in_no_more_reviews_than_there_are", ThemeTotalFactory, value=4),
    broken("theme_is_counted_where_there_are_reviews", ThemeTotalFactory, value=0, reviews=0),
]
INSPECTION: list[Case] = [
    twice(
        "inspection_code_is_used_once_at_a_partnership", InspectionFactory, "partnership", "code"
    ),
    broken("inspection_has_a_code_of_its_own", InspectionFactory, code="add"),
    broken("inspection_has_a_code_of_its_own", InspectionFactory, code=""),
    broken("inspection_has_a_name_and_an_inspectorate", InspectionFactory, name=""),
    broken("inspection_has_a_name_and_an_inspectorate", InspectionFactory, inspectorates=""),
    broken("inspection_has_two_days_or_none", InspectionFactory, first=DAY, precision="day"),
    broken("inspection_has_two_days_or_none", InspectionFactory, first=DAY, last=DAY),
    broken("inspection_has_two_days_or_none", InspectionFactory, precision="day"),
    broken("inspection_ends_after_it_begins", InspectionFactory, **(FIELDWORK | {"last": EARLIER})),
    broken("inspection_reports_after_it_begins", InspectionFactory, **FIELDWORK, reported=EARLIER),
    twice("finding_has_one_place_in_its_letter", FindingFactory, "inspection"),
    broken("finding_kind_is_known", FindingFactory, kind="other"),
    broken("findings_count_from_one", FindingFactory, number=0),
    broken("finding_says_what_was_found", FindingFactory, words=""),
    *(
        broken("statement_says_who_does_what", ProposedActionFactory, **{name: ""})
        for name in ("prepares", "oversees", "sends", "recipient")
    ),
]

CASES = [*REVIEW, *CLOCK, *LEARNING, *INSPECTION]
