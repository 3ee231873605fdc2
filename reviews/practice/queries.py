"""Reading practice reviews. What is restricted is read by `reviews.practice.restricted` only."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from partnerships.elements import Cell, Colour, Column, Fact, Link, Table, Tag, table
from partnerships.known_dates import words
from partnerships.models import Partnership
from partnerships.periods import Span, day
from reviews.models import Clock, PracticeReview, ReviewTotal, Theme, ThemeTotal
from reviews.practice.clocks import Reading, Standing, read_clock
from reviews.practice.totals import do_not_add_up

COLOURS: dict[Standing, Colour] = {
    Standing.MET: "green",
    Standing.MET_LATE: "orange",
    Standing.RUNNING: "blue",
    Standing.LATE: "red",
    Standing.HELD: "yellow",
    Standing.HELD_LATE: "red",
}


@dataclass(frozen=True, slots=True)
class ReadClock:
    """A clock and how it stands today."""

    clock: Clock
    reading: Reading

    @property
    def tag(self) -> Tag:
        return Tag(self.reading.standing.value, COLOURS[self.reading.standing])

    @property
    def title(self) -> str:
        return self.clock.get_kind_display()

    @property
    def hold(self) -> str:
        """Since when it is held, why and who was told; empty where it is not."""
        clock = self.clock
        if clock.held is None:
            return ""
        return f"Since {day(clock.held)}: {clock.held_reason} Told: {clock.held_told}."


def reviews_at(partnership: Partnership) -> QuerySet[PracticeReview]:
    """Reviews with their clocks and themes."""
    return partnership.practice_reviews.prefetch_related("clocks", "themes")


def reviews_in(
    partnership: Partnership, span: Span
) -> tuple[list[PracticeReview], list[PracticeReview]]:
    """The reviews that ran, or were published, in a period; and those of which no date is known.

    One in progress runs on; a completed one whose start is not known is of the period in which
    it was completed.
    """
    reviews = in_order(reviews_at(partnership))
    dated = [each for each in reviews if _dates(each)]
    return (
        [each for each in dated if _ran_in(each, span)],
        [each for each in reviews if not _dates(each)],
    )


def _dates(review: PracticeReview) -> list[Span]:
    known = (review.started_when, review.completed_when, review.published_when)
    return [when for when in known if when]


def _ran_in(review: PracticeReview, span: Span) -> bool:
    dates = _dates(review)
    first = min(when.first for when in dates)
    last = max(when.last for when in dates)
    runs_on = review.state == PracticeReview.State.IN_PROGRESS
    return first <= span.last and (runs_on or last >= span.first)


def in_order(reviews: Iterable[PracticeReview]) -> list[PracticeReview]:
    """By code as people count: W9 before W10."""
    return sorted(reviews, key=lambda review: _numbered(review.code))


def _numbered(code: str) -> list[tuple[int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", code.lower())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def clocks_of(review: PracticeReview, *, today: date) -> list[ReadClock]:
    return [ReadClock(clock, read(clock, today=today)) for clock in review.clocks.all()]


def read(clock: Clock, *, today: date) -> Reading:
    return read_clock(
        due=clock.due,
        met=clock.met,
        held=clock.held,
        today=today,
        in_working_days=clock.kind == Clock.Kind.RAPID_REVIEW,
    )


def reviews_table(reviews: list[tuple[PracticeReview, str]], *, today: date) -> Table:
    """The reviews, each with the address of its page."""
    return table(
        "reviews",
        "Practice reviews",
        ["Code", "Kind", "State", "Publication", "Clocks"],
        [
            (
                Link(review.name, url),
                review.get_kind_display(),
                review.get_state_display(),
                review.get_publication_display(),
                "; ".join(clock.reading.words for clock in clocks_of(review, today=today))
                or "None kept",
            )
            for review, url in reviews
        ],
    )


def late_clocks(reviews: list[PracticeReview], *, today: date) -> int:
    """How many clocks are late and still run."""
    late = {Standing.LATE, Standing.HELD_LATE}
    readings = [clock.reading for each in reviews for clock in clocks_of(each, today=today)]
    return sum(reading.standing in late for reading in readings)


def totals_table(partnership: Partnership) -> Table:
    """Reviews that a source counts, named by it or not."""
    totals: QuerySet[ReviewTotal] = partnership.review_totals.select_related("period")
    return table(
        "totals",
        "Reviews as counted in the published report",
        ["Kind", "What happened", "Period", Column("Number", numeric=True), "Note"],
        [
            (
                PracticeReview.Kind(each.kind).label,
                each.get_event_display(),
                str(each.period),
                str(each.value),
                each.note or "–",
            )
            for each in totals
        ],
        notes=list(do_not_add_up(totals)),
    )


def theme_totals_table(
    partnership: Partnership, address: Callable[[ThemeTotal], str] = lambda total: ""
) -> Table:
    """In how many reviews each theme came up; several come up in one.

    `address` is where each is changed, or empty.
    """
    totals = ThemeTotal.objects.filter(theme__partnership=partnership)
    return table(
        "theme-totals",
        "In how many reviews each theme came up",
        ["Theme", "Period", Column("Reviews", numeric=True), Column("Of how many", numeric=True)],
        [
            (
                Cell(each.theme.learning, url=address(each)),
                str(each.period),
                str(each.value),
                str(each.reviews),
            )
            for each in totals.select_related("theme", "period")
        ],
        notes=["Several themes come up in one review, so the numbers do not add up to a whole."],
    )


def themes_table(themes: list[tuple[Theme, str]]) -> Table:
    """The learning; with the address of the page where each is changed, or no address."""
    return table(
        "themes",
        "Themes of learning",
        ["Learning", "Raised with", "Reviews"],
        [
            (
                Cell(theme.learning, url=url),
                theme.raised_with or "–",
                ", ".join(review.name for review in theme.reviews.all()) or "The source names none",
            )
            for theme, url in themes
        ],
    )


def themes_at(partnership: Partnership) -> QuerySet[Theme]:
    return partnership.learning_themes.prefetch_related("reviews")


def facts_of(review: PracticeReview) -> list[Fact]:
    """What is known of a review, as a summary list says it."""
    facts = [
        Fact("Kind", review.get_kind_display()),
        Fact("Guidance", review.guidance or "Not said"),
        Fact("State", review.get_state_display()),
        Fact("Started", words(review.started_when)),
    ]
    if review.state == PracticeReview.State.COMPLETED:
        facts.append(Fact("Completed", words(review.completed_when)))
    facts.append(Fact("Publication", review.get_publication_display()))
    if review.publication == PracticeReview.Publication.PUBLISHED:
        facts.append(Fact("Published", words(review.published_when)))
    if review.why_not_published:
        facts.append(Fact("Why not published", review.why_not_published))
    return facts
