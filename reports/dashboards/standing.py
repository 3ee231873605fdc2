"""How a partnership stands today beside its figures: priorities, reviews, actions, what is next."""

from collections import Counter
from datetime import date

from django.urls import reverse

from metrics.arithmetic.target import Zone
from metrics.targets.queries import held, is_over, targets_of
from partnerships.elements import Fact, Link
from partnerships.governance.queries import priorities_at
from partnerships.models import Partnership
from reviews.calendar.queries import entries_at
from reviews.models import PracticeReview
from reviews.practice.queries import late_clocks, reviews_at
from reviews.recommendations.due import Standing
from reviews.recommendations.queries import STILL_OPEN, actions_at

NEXT = 3  # dates that the dashboard names; the calendar has all


def standing(partnership: Partnership, *, today: date) -> list[Fact]:
    """A line for each subject that is kept, with the page that shows it whole."""
    told = {
        "Targets": ("targets", _targets(partnership, today)),
        "Priorities": ("priorities", _priorities(partnership)),
        "Practice reviews": ("reviews", _reviews(partnership, today)),
        "Actions": ("actions", _actions(partnership, today)),
        "Next dates": ("calendar", _next(partnership, today)),
    }
    return [
        Fact(subject, words, links=(_link(partnership, page),))
        for subject, (page, words) in told.items()
        if words
    ]


def _targets(partnership: Partnership, today: date) -> str:
    """How many of today's targets the newest figures meet, miss and fail."""
    begun = targets_of(partnership).filter(first__lte=today)
    rows = [row for row in held(partnership, begun) if not is_over(row.target, today)]
    zones = Counter(row.newest.verdict.zone for row in rows if row.newest)
    said = {
        "met": zones[Zone.MET],
        "missed within tolerance": zones[Zone.TOLERATED],
        "missed": zones[Zone.MISSED],
        "in the failure zone": zones[Zone.FAILED],
    }
    said["cannot be told"] = len(rows) - sum(said.values())
    told = [f"{count} {words}" for words, count in said.items() if count]
    return ", ".join([f"{len(rows)} in all", *told]) if rows else ""


def _priorities(partnership: Partnership) -> str:
    """How many, and what assurance the newest account of each gives."""
    newest = [next(iter(priority.years.all()), None) for priority in priorities_at(partnership)]
    given = Counter(year.get_assurance_display() for year in newest if year)
    words = [f"{words.lower()}: {count}" for words, count in sorted(given.items())]
    return "; ".join([f"{len(newest)} in all", *words]) if newest else ""


def _reviews(partnership: Partnership, today: date) -> str:
    reviews = list(reviews_at(partnership))
    if not reviews:
        return ""
    running = sum(each.state == PracticeReview.State.IN_PROGRESS for each in reviews)
    words = [f"{running} in progress", f"{len(reviews) - running} completed"]
    if late := late_clocks(reviews, today=today):
        words.append(f"{late} late on a time that the law gives")
    return ", ".join(words)


def _actions(partnership: Partnership, today: date) -> str:
    lines = actions_at(partnership, today=today)
    if not lines:
        return ""
    still = sum(line.reading.standing in STILL_OPEN for line in lines)
    late = sum(line.reading.standing is Standing.OVERDUE for line in lines)
    return f"{still} open, of them {late} overdue" if late else f"{still} open, none overdue"


def _next(partnership: Partnership, today: date) -> str:
    coming = [each for each in entries_at(partnership, today=today) if each.when.last >= today]
    coming.sort(key=lambda each: (each.when.first, each.what))
    return "; ".join(f"{each.words}: {each.what}" for each in coming[:NEXT])


def _link(partnership: Partnership, page: str) -> Link:
    return Link("See all", reverse(page, args=[partnership.slug]), page)
