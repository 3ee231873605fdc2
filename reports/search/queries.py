"""Search in what somebody may read: indicators, published reports, and work at partnerships.

Every word must occur, in any case and in any of a thing's fields; part of a word is enough.
What could point to a child is in tables of its own and is never looked into.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Case, IntegerField, Min, Model, Q, QuerySet, Value, When
from django.urls import reverse

from metrics.models import Indicator
from partnerships.models import Partnership, Priority
from reports.editions.queries import current_by_partnership
from reports.models import AnnualReport, PrintedFigure
from reviews.models import PracticeReview, Theme

Row = TypeVar("Row", bound=Model)

WORDS = 8  # of a search; more are left out
SHOWN = 20  # of each kind; the page says how many more there are


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `where` says whose it is, `words` what it is about."""

    text: str
    url: str
    where: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The things of one kind, the first `SHOWN` of `total`."""

    key: str
    title: str
    hits: tuple[Hit, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.hits)


def search(text: str, at: Iterable[Partnership]) -> list[Found]:
    """What holds every word of `text`: public things, and those of the partnerships `at`.

    `at` are the partnerships whose true values the person may read. Kinds without a hit are
    left out; so is everything where `text` holds no word.
    """
    words = text.split()[:WORDS]
    if not words:
        return []
    here = list(at)
    found = [_indicators(words), _figures(words), _reviews(words, here), _themes(words, here)]
    found.append(_priorities(words, here))
    return [each for each in found if each.total]


def _indicators(words: Sequence[str]) -> Found:
    rows = _holding(Indicator.objects.all(), words, "name", "code", "definition", "theme")
    rows = rows.order_by(_nearness(words), "name")
    return _found(
        "indicators",
        "Indicators",
        rows,
        lambda row: Hit(
            row.name, reverse("indicator_definition", args=[row.code]), row.theme, row.definition
        ),
    )


def _figures(words: Sequence[str]) -> Found:
    """Figures as the published reports print them; of each report the edition that counts."""
    editions = {e.pk: e for each in current_by_partnership().values() for e in each}
    rows = PrintedFigure.objects.filter(edition__in=editions).order_by()
    for word in words:
        # The few reports are looked at here, so that no figure is read together with its report.
        named = [pk for pk, edition in editions.items() if _names(edition.report, word)]
        rows = rows.filter(
            Q(about__icontains=word) | Q(section__icontains=word) | Q(edition__in=named)
        )
    # A report may print a figure in several places: it is found once, where it stands first.
    once = rows.values("edition", "address").annotate(first=Min("pk"))
    places = list(once.values_list("edition", "first"))
    places.sort(key=lambda place: place[1])
    places.sort(key=lambda place: editions[place[0]].report.last, reverse=True)
    shown = PrintedFigure.objects.in_bulk([first for _, first in places[:SHOWN]])

    def hit(row: PrintedFigure) -> Hit:
        report = editions[row.edition_id].report
        return Hit(
            f"{row.about}: {row.text}",
            reverse("figure", args=[row.address]),
            f"{report.title}, {report.partnership.short_name}",
            row.section,
        )

    hits = tuple(hit(shown[first]) for _, first in places[:SHOWN])
    return Found("figures", "Figures in published reports", hits, len(places))


def _names(report: AnnualReport, word: str) -> bool:
    """Whether a word occurs in the name of a report or of its partnership."""
    texts = (report.title, report.partnership.name)
    return any(word.casefold() in text.casefold() for text in texts)


def _reviews(words: Sequence[str], at: Sequence[Partnership]) -> Found:
    rows = _holding(
        PracticeReview.objects.filter(partnership__in=at).select_related("partnership"),
        words,
        "code",
        "kind",
        "summary",
        "guidance",
        "why_not_published",
    )
    return _found(
        "reviews",
        "Practice reviews",
        rows,
        lambda row: Hit(
            str(row),
            reverse("review", args=[row.partnership.slug, row.code]),
            row.partnership.short_name,
            row.summary,
        ),
    )


def _themes(words: Sequence[str], at: Sequence[Partnership]) -> Found:
    rows = _holding(
        Theme.objects.filter(partnership__in=at).select_related("partnership"),
        words,
        "learning",
        "raised_with",
        "note",
    )
    return _found(
        "learning",
        "Learning from reviews",
        rows,
        lambda row: Hit(
            row.learning,
            f"{reverse('reviews', args=[row.partnership.slug])}#learning",
            row.partnership.short_name,
        ),
    )


def _priorities(words: Sequence[str], at: Sequence[Partnership]) -> Found:
    rows = _holding(
        Priority.objects.filter(partnership__in=at).select_related("partnership"),
        words,
        "name",
        "years__points__text",
    )
    return _found(
        "priorities",
        "Priorities",
        rows.distinct(),
        lambda row: Hit(
            row.name,
            reverse("priority", args=[row.partnership.slug, row.code]),
            row.partnership.short_name,
        ),
    )


def _holding(rows: QuerySet[Row], words: Sequence[str], *fields: str) -> QuerySet[Row]:
    """The rows in whose fields, taken together, every word occurs."""
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(anywhere)
    return rows


def _nearness(words: Sequence[str]) -> Case:
    """How near an indicator's name is to what was typed, the nearest least.

    What is called just that comes first, and last what only speaks of it: in the order of the
    alphabet alone "Children in care" stood behind all that is counted of children in care.
    """
    typed = " ".join(words)
    every = Q(*(Q(name__icontains=word) for word in words))
    near = (Q(name__iexact=typed), Q(name__istartswith=typed), Q(name__icontains=typed), every)
    whens = [When(condition, then=Value(place)) for place, condition in enumerate(near)]
    return Case(*whens, default=Value(len(near)), output_field=IntegerField())


def _found(key: str, title: str, rows: QuerySet[Row], hit: Callable[[Row], Hit]) -> Found:
    return Found(key, title, tuple(hit(row) for row in rows[:SHOWN]), rows.count())
