"""The synthetic partnership's reviews: invented, entered by the demo's unit as in the browser.

They are dated from today, so that a running clock runs and a late one is late whenever the
demo is loaded for the first time. Loading again changes nothing.
"""

from datetime import date, timedelta

from django.db import transaction

from partnerships.calendar import store_period
from partnerships.known_dates import read
from partnerships.models import Partnership, User
from partnerships.periods import Kind, Span
from reviews.models import Clock, PracticeReview, ReviewTotal
from reviews.practice.actions import (
    Hold,
    ReviewWords,
    add_review,
    change_review,
    save_clock,
    save_theme,
)
from reviews.practice.totals import save_total

INVENTED = "Invented for the demonstration."


def load_invented_reviews(partnership: Partnership, *, by: User, today: date) -> int:
    """A rapid review on time, one late, a local review held, one published, and last year's.

    Returns how many were added: none where the partnership has reviews.
    """
    if partnership.practice_reviews.exists():
        return 0
    _rapid(partnership, "D4", today - timedelta(days=8), by)
    _rapid(partnership, "D3", today - timedelta(days=40), by)
    held = _local(partnership, "D2", today - timedelta(days=150), by)
    save_clock(
        review=held,
        kind=Clock.Kind.PUBLICATION,
        starts=today - timedelta(days=150),
        hold=Hold(
            today - timedelta(days=30),
            "Criminal proceedings have begun; the prosecutor asked to wait.",
            "The National Panel",
        ),
        by=by,
    )
    _published(partnership, "D1", by)
    _learning(partnership, "L1", Span.containing(Kind.YEAR, today).year_before, by)
    return 5


def _rapid(partnership: Partnership, code: str, known: date, by: User) -> None:
    words = ReviewWords(
        kind=PracticeReview.Kind.RAPID,
        guidance="Working Together 2023",
        state="in-progress",
        publication="not-decided",
        started=Span.containing(Kind.SNAPSHOT, known),
        summary=INVENTED,
    )
    review = add_review(partnership=partnership, code=code, words=words, by=by)
    save_clock(review=review, kind=Clock.Kind.RAPID_REVIEW, starts=known, by=by)


def _local(partnership: Partnership, code: str, decided: date, by: User) -> PracticeReview:
    words = ReviewWords(
        kind=PracticeReview.Kind.LOCAL,
        guidance="Working Together 2023",
        state="in-progress",
        publication="held",
        why_not_published="Criminal proceedings go on.",
        started=Span.containing(Kind.SNAPSHOT, decided),
        summary=INVENTED,
    )
    return add_review(partnership=partnership, code=code, words=words, by=by)


def _published(partnership: Partnership, code: str, by: User) -> None:
    """Completed and published within its time, with learning that another review may share."""
    words = ReviewWords(
        kind=PracticeReview.Kind.LOCAL,
        guidance="Working Together 2018",
        state="completed",
        publication="published",
        started=read("4 April 2022"),
        completed=read("August 2022"),
        published=read("29 September 2022"),
        summary=INVENTED,
    )
    review = add_review(partnership=partnership, code=code, words=words, by=by)
    save_clock(
        review=review,
        kind=Clock.Kind.PUBLICATION,
        starts=date(2022, 4, 4),
        met=date(2022, 9, 29),
        by=by,
    )
    theme = save_theme(
        partnership=partnership,
        code="information-sharing",
        learning="Say what is known early, also where it seems small.",
        by=by,
    )
    change_review(review=review, seen=1, words=words, themes=[theme], by=by)


def _learning(partnership: Partnership, code: str, year: Span, by: User) -> None:
    """A learning review of the year of the newest report, with what it taught, and the count."""
    words = ReviewWords(
        kind=PracticeReview.Kind.LEARNING,
        guidance="Working Together 2023",
        state="completed",
        publication="not-to-be-published",
        why_not_published="It did not meet the criteria; its learning went to all agencies.",
        started=Span.containing(Kind.MONTH, year.first + timedelta(days=40)),
        completed=Span.containing(Kind.MONTH, year.first + timedelta(days=200)),
        summary=INVENTED,
    )
    review = add_review(partnership=partnership, code=code, words=words, by=by)
    theme = save_theme(
        partnership=partnership,
        code="missed-appointments",
        learning="Ask why a child is not brought, and tell the other agencies.",
        raised_with="The health commissioner",
        by=by,
    )
    change_review(review=review, seen=1, words=words, themes=[theme], by=by)
    with transaction.atomic():
        save_total(
            partnership=partnership,
            kind=PracticeReview.Kind.LEARNING,
            event=ReviewTotal.Event.UNDERTAKEN,
            period=store_period(year),
            value=1,
            by=by,
        )
