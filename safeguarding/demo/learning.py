"""A partnership's practice reviews, learning and inspections, from its folder of files.

Loading again mends what differs, and leaves alone what a person has changed since.
"""

from pathlib import Path

from partnerships.calendar import store_period
from partnerships.known_dates import read
from partnerships.models import Partnership, User
from partnerships.periods import Span, parse
from reviews.models import PracticeReview, ReviewTotal
from reviews.practice.actions import (
    ReviewWords,
    add_review,
    change_review,
    save_theme,
)
from reviews.practice.totals import save_theme_total, save_total
from safeguarding.demo.files import Row, known, load_each
from safeguarding.demo.kept import kept_by_people
from safeguarding.demo.printed import said_by

Kind = PracticeReview.Kind
# How the files name what the portal names otherwise.
PUBLICATION = {"will-not-be-published": "not-to-be-published", "in-progress": "not-decided"}
KINDS = {"serious-case-review-elsewhere": Kind.OUT_OF_AREA}
NOT_COUNTS = {"law"}  # the share of a year under one guidance: said of the year, no count


def load_learning_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads reviews, their counts and themes, all or none. Returns how many rows were read."""
    files = (
        ("reviews", "reviews.csv", _review),
        ("counts of reviews", "review_totals.csv", _total),
        ("themes", "learning.csv", _theme),
        ("counts of themes", "theme_totals.csv", _theme_total),
    )
    return load_each(folder, files, partnership, kept_by_people(partnership), by)


def _review(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("review")
    publication = row.required("publication")
    completed = read(row.text("completed"))
    words = ReviewWords(
        kind=known(row, "kind", Kind.values),
        guidance=row.text("law"),
        # A review with a publication to decide on is done, also where its day is not told.
        state="in-progress" if publication == "in-progress" else "completed",
        publication=PUBLICATION.get(publication, publication),
        why_not_published=row.text("reason"),
        started=read(row.text("commenced")),
        completed=completed,
        published=read(row.cells.get("published", "")),
        summary=row.text("note"),
    )
    review = partnership.practice_reviews.filter(code=code).first()
    if review is None:
        add_review(partnership=partnership, code=code, words=words, by=by)
    elif review.key not in kept:
        themes = list(review.themes.all())
        change_review(review=review, seen=review.version, words=words, themes=themes, by=by)


def _total(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    if row.required("kind") in NOT_COUNTS:
        return
    save_total(
        partnership=partnership,
        kind=Kind(KINDS.get(row.text("kind")) or known(row, "kind", Kind.values)),
        event=ReviewTotal.Event(known(row, "event", ReviewTotal.Event.values)),
        period=store_period(_span(row)),
        value=row.whole("value", 0),
        note=row.text("note"),
        fact_id=row.text("fact_id"),
        source=said_by(row, partnership),
        by=by,
    )


def _theme(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("theme")
    if f"theme:{partnership.slug}:{code}" in kept:
        return
    theme = partnership.learning_themes.filter(code=code).first()
    save_theme(
        partnership=partnership,
        code=code,
        learning=row.required("learning"),
        raised_with=row.text("raised_with"),
        note=row.text("note"),
        seen=theme.version if theme else 0,
        by=by,
    )


def _theme_total(row: Row, partnership: Partnership, kept: frozenset[str], by: User) -> None:
    code = row.required("theme")
    theme = partnership.learning_themes.select_related("partnership").filter(code=code).first()
    if theme is None:
        raise row.error(f"there is no theme {code!r}. Add it to learning.csv first.")
    save_theme_total(
        theme=theme,
        period=store_period(_span(row)),
        value=row.whole("value", 0),
        reviews=row.whole("reviews", 0),
        note=row.text("note"),
        fact_id=row.text("fact_id"),
        source=said_by(row, partnership),
        by=by,
    )


def _span(row: Row) -> Span:
    return parse(row.required("period"))
