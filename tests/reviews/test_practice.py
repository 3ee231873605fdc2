"""Practice reviews: their states, clocks and learning, and who changed what."""

from datetime import date

import pytest

from partnerships.known_dates import read
from partnerships.models import AuditEvent, Partnership, User
from partnerships.refusals import Overtaken, Refused
from reviews.models import Clock, PracticeReview, ReviewCircumstances, Theme
from reviews.practice.actions import (
    Hold,
    add_review,
    change_review,
    save_clock,
    save_theme,
)
from reviews.practice.restricted import read_circumstances, save_circumstances
from tests.reviews.conftest import MakeReview, words


def trace(partnership: Partnership) -> list[tuple[str, str]]:
    """What the record says, oldest first."""
    events = AuditEvent.objects.filter(partnership=partnership).order_by("id")
    return list(events.values_list("verb", "subject"))


def test_review_is_added_and_recorded(make_review: MakeReview, testshire: Partnership) -> None:
    review = make_review("W9", started=read("2019-20"))
    assert (review.started, review.started_precision) == (date(2019, 4, 1), "financial-year")
    assert review.started_when is not None
    assert review.started_when.label == "2019-20"
    assert trace(testshire) == [("review added", "review:testshire:W9")]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"publication": "held"}, "why_not_published"),
        ({"publication": "not-to-be-published", "state": "completed"}, "why_not_published"),
        ({"publication": "published"}, "state"),
        ({"completed": read("2020")}, "completed"),
        ({"published": read("2020")}, "published"),
        (
            {"state": "completed", "started": read("May 2020"), "completed": read("April 2020")},
            "completed",
        ),
        (
            {
                "state": "completed",
                "publication": "published",
                "completed": read("2021"),
                "published": read("2020"),
            },
            "published",
        ),
    ],
)
def test_review_that_contradicts_itself_is_refused(
    make_review: MakeReview, testshire: Partnership, told: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        make_review(**told)
    assert refused.value.field == field
    assert PracticeReview.objects.count() == 0
    assert trace(testshire) == []


def test_review_in_the_same_year_may_be_completed(make_review: MakeReview) -> None:
    review = make_review(
        state="completed", started=read("5 October 2019"), completed=read("2019-20")
    )
    assert review.completed_precision == "financial-year"


@pytest.mark.parametrize("code", ["R1", "r1", "add", "ADD"])
def test_review_with_a_code_that_is_taken_is_refused(
    review: PracticeReview, testshire: Partnership, business_unit: User, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_review(partnership=testshire, code=code, words=words(), by=business_unit)
    assert refused.value.field == "code"


def test_code_may_be_used_at_another_partnership(
    review: PracticeReview, otherton: Partnership, outsider: User
) -> None:
    add_review(partnership=otherton, code=review.code, words=words(), by=outsider)
    assert PracticeReview.objects.count() == 2


def test_change_names_what_changed(review: PracticeReview, business_unit: User) -> None:
    theme = save_theme(
        partnership=review.partnership, code="history", learning="Ask.", by=business_unit
    )
    changed = change_review(
        review=review,
        seen=1,
        words=words(state="completed", completed=read("2026"), summary="Done."),
        themes=[theme],
        by=business_unit,
    )
    assert (changed.version, changed.state, list(changed.themes.all())) == (
        2,
        "completed",
        [theme],
    )
    event = AuditEvent.objects.get(verb="review changed")
    assert event.detail == {
        "changed": "completed, completed_precision, state, summary, themes",
        "state": "completed",
    }


def test_change_that_changes_nothing_leaves_no_trace(
    review: PracticeReview, business_unit: User, testshire: Partnership
) -> None:
    change_review(review=review, seen=1, words=words(), themes=[], by=business_unit)
    review.refresh_from_db()
    assert review.version == 1
    assert trace(testshire) == [("review added", "review:testshire:R1")]


def test_second_of_two_changes_is_told_of_the_first(
    review: PracticeReview, business_unit: User
) -> None:
    first = words(summary="First.")
    change_review(review=review, seen=1, words=first, themes=[], by=business_unit)
    with pytest.raises(Overtaken):
        change_review(
            review=review, seen=1, words=words(summary="Second."), themes=[], by=business_unit
        )
    review.refresh_from_db()
    assert review.summary == "First."


def test_clock_is_due_by_its_start_and_a_hold_leaves_it_so(
    review: PracticeReview, clock: Clock, business_unit: User
) -> None:
    assert clock.due == date(2026, 7, 22)
    held = save_clock(
        review=review,
        kind=Clock.Kind.RAPID_REVIEW,
        starts=clock.starts,
        hold=Hold(date(2026, 7, 6), "The coroner asked for it.", "The National Panel"),
        seen=1,
        by=business_unit,
    )
    assert (held.pk, held.due, held.held_told) == (clock.pk, clock.due, "The National Panel")
    assert [event[0] for event in trace(review.partnership)] == [
        "review added",
        "clock started",
        "clock changed",
    ]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"met": date(2026, 6, 30)}, "met"),
        ({"hold": Hold(date(2026, 6, 30), "Why.", "Whom")}, "held"),
        ({"hold": Hold(date(2026, 7, 2), "", "Whom")}, "held_reason"),
        ({"hold": Hold(date(2026, 7, 2), "Why.", "")}, "held_reason"),
    ],
)
def test_clock_that_contradicts_itself_is_refused(
    review: PracticeReview, business_unit: User, told: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        save_clock(
            review=review,
            kind=Clock.Kind.PUBLICATION,
            starts=date(2026, 7, 1),
            by=business_unit,
            **told,  # type: ignore[arg-type]
        )
    assert refused.value.field == field
    assert Clock.objects.count() == 0


def test_theme_is_saved_over_the_version_seen_only(
    testshire: Partnership, business_unit: User
) -> None:
    def save(learning: str, seen: int) -> Theme:
        return save_theme(
            partnership=testshire, code="history", learning=learning, seen=seen, by=business_unit
        )

    save("Ask.", 0)
    assert save("Ask twice.", 1).version == 2
    with pytest.raises(Overtaken):
        save("Ask thrice.", 1)
    with pytest.raises(Refused, match="There is a theme history already"):
        save("Ask once.", 0)
    assert Theme.objects.get().learning == "Ask twice."


def test_reading_what_is_restricted_is_recorded_also_where_nothing_is_kept(
    review: PracticeReview, business_unit: User, testshire: Partnership
) -> None:
    assert read_circumstances(review=review, by=business_unit) == ("", 0)
    save_circumstances(review=review, text="SECRET", seen=0, by=business_unit)
    assert read_circumstances(review=review, by=business_unit) == ("SECRET", 1)
    assert trace(testshire)[1:] == [
        ("restricted details read", review.key),
        ("restricted details changed", review.key),
        ("restricted details read", review.key),
    ]
    assert "SECRET" not in str(list(AuditEvent.objects.values()))


def test_restricted_text_is_saved_over_the_version_seen_only_and_can_be_removed(
    review: PracticeReview, business_unit: User
) -> None:
    save_circumstances(review=review, text="SECRET", seen=0, by=business_unit)
    with pytest.raises(Overtaken):
        save_circumstances(review=review, text="OTHER", seen=0, by=business_unit)
    save_circumstances(review=review, text="", seen=1, by=business_unit)
    assert ReviewCircumstances.objects.count() == 0
