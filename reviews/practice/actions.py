"""Verbs that change practice reviews, their clocks and their learning."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from partnerships.audit import record
from partnerships.known_dates import certainly_after, stored
from partnerships.models import Partnership, User
from partnerships.periods import Span
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out
from reviews.models import Clock, PracticeReview, ReviewTheme, Theme
from reviews.practice.clocks import publication_due, rapid_review_due

Publication = PracticeReview.Publication
State = PracticeReview.State

DUE = {
    Clock.Kind.RAPID_REVIEW: rapid_review_due,
    Clock.Kind.PUBLICATION: publication_due,
}


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """What the unit says of a review. Days are known to the day, month or year, or not at all."""

    kind: str
    state: str
    publication: str
    why_not_published: str = ""
    guidance: str = ""
    started: Span | None = None
    completed: Span | None = None
    published: Span | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """Since when a clock is held, why, and who was told. It runs on all the same."""

    since: date
    reason: str
    told: str


def add_review(
    *,
    partnership: Partnership,
    code: str,
    words: ReviewWords,
    themes: Collection[Theme] = (),
    by: User,
) -> PracticeReview:
    """Adds a review under a code. Raises `Refused`."""
    _must_hold_together(words)
    if code.lower() == "add":
        raise Refused("“add” cannot be a code. Choose another.", "code")
    with transaction.atomic():
        # One at a time: W9 and w9 are the same code, which the store alone would not know.
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        if partnership.practice_reviews.filter(code__iexact=code).exists():
            raise Refused(f"There is a review {code} already. Choose another code.", "code")
        review = PracticeReview.objects.create(
            partnership=partnership, code=code, **_columns(words)
        )
        _teach(review, themes)
        _record(by, "review added", review, kind=words.kind, state=words.state)
    return review


def change_review(
    *,
    review: PracticeReview,
    seen: int,
    words: ReviewWords,
    themes: Collection[Theme],
    by: User,
) -> PracticeReview:
    """Changes what is said of a review; saying the same again changes nothing.

    `seen` is the version that the person had before them. Raises `Refused` and
    `Overtaken`.
    """
    _must_hold_together(words)
    with transaction.atomic():
        current = PracticeReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        columns = _columns(words)
        changed = sorted(name for name in columns if getattr(current, name) != columns[name])
        if {theme.pk for theme in themes} != set(current.themes.values_list("pk", flat=True)):
            changed.append("themes")
        if not changed:
            return current
        if current.version != seen:
            raise Overtaken
        PracticeReview.objects.filter(pk=current.pk).update(version=seen + 1, **columns)
        _teach(current, themes)
        _record(by, "review changed", current, changed=", ".join(changed), state=words.state)
    current.refresh_from_db()
    return current


def save_clock(
    *,
    review: PracticeReview,
    kind: Clock.Kind,
    starts: date,
    met: date | None = None,
    hold: Hold | None = None,
    seen: int = 0,
    by: User,
) -> Clock:
    """Starts a clock (`seen` 0), or corrects its days, meets it or holds the version seen.

    A hold does not stop it. The due date follows from the start and is never typed. Raises
    `Refused` and `Overtaken`.
    """
    if met and met < starts:
        raise Refused("The clock cannot be met before it starts. Check the two days.", "met")
    if hold and hold.since < starts:
        raise Refused("The hold cannot begin before the clock starts.", "held")
    if hold and not (hold.reason and hold.told):
        raise Refused("Say why the clock is held and who was told.", "held_reason")
    columns: dict[str, Any] = {
        "starts": starts,
        "due": DUE[kind](starts),
        "met": met,
        "held": hold.since if hold else None,
        "held_reason": hold.reason if hold else "",
        "held_told": hold.told if hold else "",
    }
    with transaction.atomic():
        # Two people on one clock come one after the other.
        PracticeReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        clock = Clock.objects.filter(review=review, kind=kind).first()
        if clock and all(getattr(clock, name) == value for name, value in columns.items()):
            return clock
        if (clock.version if clock else 0) != seen:
            raise Overtaken
        verb = "clock changed" if clock else "clock started"
        clock, _ = Clock.objects.update_or_create(
            review=review, kind=kind, defaults=columns | {"version": seen + 1}
        )
        days = {name: str(value) for name, value in columns.items() if isinstance(value, date)}
        _record(by, verb, review, clock=kind.value, **days)
    return clock


def save_theme(
    *,
    partnership: Partnership,
    code: str,
    learning: str,
    raised_with: str = "",
    note: str = "",
    seen: int = 0,
    by: User,
) -> Theme:
    """Adds a theme (`seen` 0) or changes the version seen. Raises `Refused`, `Overtaken`."""
    columns = {"learning": learning, "raised_with": raised_with, "note": note}
    if code == "add":
        raise Refused("“add” cannot be a code. Choose another.", "code")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        theme = Theme.objects.filter(partnership=partnership, code=code).first()
        if theme and all(getattr(theme, name) == value for name, value in columns.items()):
            return theme
        if theme and not seen:
            raise Refused(f"There is a theme {code} already. Choose another code.", "code")
        if theme and theme.version != seen:
            raise Overtaken
        theme, made = Theme.objects.update_or_create(
            partnership=partnership, code=code, defaults={**columns, "version": seen + 1}
        )
        record(
            by=by,
            verb="theme added" if made else "theme changed",
            subject=f"theme:{partnership.slug}:{code}",
            partnership=partnership,
        )
    return theme


def remove_review(review: PracticeReview, why: Removal) -> None:
    """Takes a review out with its clocks and the themes that it is ticked for.

    Raises `Overtaken`, and `Refused` while recommendations or restricted details of it are kept.
    """
    take_out(
        review,
        why,
        verb="review removed",
        subject=review.key,
        parts=[review.clocks.all(), ReviewTheme.objects.filter(review=review)],
    )


def remove_clock(clock: Clock, why: Removal) -> None:
    """Takes a clock out that was started by mistake. Raises `Overtaken`."""
    take_out(clock, why, verb="clock removed", subject=clock.review.key)


def remove_theme(theme: Theme, why: Removal) -> None:
    """Takes a theme out. Raises `Overtaken`, and `Refused` while a review or a count has it."""
    take_out(
        theme, why, verb="theme removed", subject=f"theme:{theme.partnership.slug}:{theme.code}"
    )


def _must_hold_together(words: ReviewWords) -> None:
    """The store's own constraints, and what several days say together, each in a sentence."""
    unpublished = {Publication.HELD, Publication.NOT_TO_BE_PUBLISHED}
    if words.publication in unpublished and not words.why_not_published:
        raise Refused("Say why the review is not published.", "why_not_published")
    if words.publication == Publication.PUBLISHED and words.state != State.COMPLETED:
        raise Refused("A published review is completed. Change its state too.", "state")
    if words.completed and words.state != State.COMPLETED:
        raise Refused(
            "A review in progress has no day of completion. Change its state, or clear the day.",
            "completed",
        )
    if words.published and words.publication != Publication.PUBLISHED:
        raise Refused(
            "Only a published review has a day of publication. Clear the day, or choose Published.",
            "published",
        )
    if certainly_after(words.started, words.completed):
        raise Refused("The review is completed before it starts.", "completed")
    if certainly_after(words.completed, words.published):
        raise Refused("The review is published before it is completed.", "published")


def _columns(words: ReviewWords) -> dict[str, Any]:
    columns = asdict(words)
    for name in ("started", "completed", "published"):
        first, precision = stored(getattr(words, name))
        columns[name], columns[f"{name}_precision"] = first, precision.value
    return columns


def _teach(review: PracticeReview, themes: Collection[Theme]) -> None:
    ReviewTheme.objects.filter(review=review).exclude(theme__in=themes).delete()
    for theme in themes:
        ReviewTheme.objects.get_or_create(review=review, theme=theme)


def _record(by: User, verb: str, review: PracticeReview, **detail: str) -> None:
    partnership = review.partnership
    record(by=by, verb=verb, subject=review.key, partnership=partnership, detail={**detail})
