"""What reviews taught: themes of learning, with whom they were raised, how often they came up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from partnerships.stated_figure import Stated
from reports.accounts.account import Account
from reports.blocks.figures import (
    AccountBlock,
    BlockTable,
    Bullets,
    Column,
    F,
    Paragraph,
    Part,
    Row,
)
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport
from reviews.models import Theme, ThemeTotal
from reviews.practice.queries import in_order, reviews_in, themes_at
from reviews.practice.stated import stated_theme

OVERLAP = "Several themes come up in one review, so these numbers do not add up to a whole."
NONE_NAMED = "It is not recorded which review taught which of these."


@dataclass(frozen=True, slots=True)
class ThemeData:
    learning: str
    raised_with: str
    note: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountData:
    """In how many reviews of a period each theme came up."""

    period: str
    themes: tuple[tuple[str, Stated], ...]


@dataclass(frozen=True, slots=True)
class LearningData:
    themes: tuple[ThemeData, ...]
    counts: tuple[CountData, ...] = ()


def read(report: AnnualReport, subject: str) -> LearningData | None:
    """The learning of the year's reviews, and learning of which no review is named.

    Counts of themes are those of a period that shares days with the year.
    """
    of_year = {review.pk for review in reviews_in(report.partnership, report.covers)[0]}
    found = [
        theme
        for theme in themes_at(report.partnership)
        if not (own := {review.pk for review in theme.reviews.all()}) or own & of_year
    ]
    counts = tuple(_counts(report))
    return LearningData(tuple(map(_theme, found)), counts) if found else None


def _counts(report: AnnualReport) -> Iterator[CountData]:
    within = ThemeTotal.objects.filter(
        theme__partnership=report.partnership,
        period__first__lte=report.last,
        period__last__gte=report.first,
    ).select_related("theme", "period")
    for period, found in groupby(within, key=lambda total: total.period):
        stated = ((each.theme.learning, stated_theme(report.partnership, each)) for each in found)
        yield CountData(period.span.label, tuple(stated))


def _theme(theme: Theme) -> ThemeData:
    codes = tuple(review.name for review in in_order(theme.reviews.all()))
    return ThemeData(theme.learning, theme.raised_with, theme.note, codes)


def build(data: LearningData, make: Callable[..., F]) -> AccountBlock[F]:
    counted = {name for each in data.counts for name, _ in each.themes}
    points = tuple((_point(theme),) for theme in data.themes if theme.learning not in counted)
    parts: list[Part[F]] = [Bullets(points)] if points else []
    parts += [_counts_table(each, make) for each in data.counts]
    if data.counts:
        parts.append(Paragraph((OVERLAP,)))
    if not any(theme.reviews for theme in data.themes):
        parts.append(Paragraph((NONE_NAMED,)))
    return AccountBlock(key=LEARNING.kind, title="What was learned", parts=tuple(parts))


def _counts_table(counts: CountData, make: Callable[..., F]) -> BlockTable[F]:
    return BlockTable(
        f"Reviews in which each theme came up, {counts.period}",
        (Column("Theme", numeric=False), Column("Reviews")),
        tuple(Row(name, ((stated_figure(count, make),),)) for name, count in counts.themes),
    )


def _point(theme: ThemeData) -> str:
    said = [
        f"{theme.learning.rstrip('.')}.",
        f"Raised with: {theme.raised_with}." if theme.raised_with else "",
        f"Reviews: {', '.join(theme.reviews)}." if theme.reviews else "",
        theme.note,
    ]
    return " ".join(filter(None, said))


LEARNING = Account(kind="learning", title="learning from reviews", read=read, build=build)
