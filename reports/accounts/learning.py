"""What reviews taught: the themes of learning, and with whom they were raised."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.accounts.account import Account
from reports.blocks.figures import AccountBlock, Bullets, F, Paragraph, Part
from reports.models import AnnualReport
from reviews.models import Theme
from reviews.practice.queries import in_order, reviews_in, themes_at

NONE_NAMED = "Which review taught which of these is not kept."


@dataclass(frozen=True, slots=True)
class ThemeData:
    learning: str
    raised_with: str
    note: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LearningData:
    themes: tuple[ThemeData, ...]


def read(report: AnnualReport, subject: str) -> LearningData | None:
    """The learning of the year's reviews, and learning of which no review is named."""
    of_year = {review.pk for review in reviews_in(report.partnership, report.covers)[0]}
    found = [
        theme
        for theme in themes_at(report.partnership)
        if not (own := {review.pk for review in theme.reviews.all()}) or own & of_year
    ]
    return LearningData(tuple(map(_theme, found))) if found else None


def _theme(theme: Theme) -> ThemeData:
    codes = tuple(review.code for review in in_order(theme.reviews.all()))
    return ThemeData(theme.learning, theme.raised_with, theme.note, codes)


def build(data: LearningData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = [Bullets(tuple((_point(theme),) for theme in data.themes))]
    if not any(theme.reviews for theme in data.themes):
        parts.append(Paragraph((NONE_NAMED,)))
    return AccountBlock(key=LEARNING.kind, title="What was learned", parts=tuple(parts))


def _point(theme: ThemeData) -> str:
    said = [
        f"{theme.learning.rstrip('.')}.",
        f"Raised with: {theme.raised_with}." if theme.raised_with else "",
        f"Reviews: {', '.join(theme.reviews)}." if theme.reviews else "",
        theme.note,
    ]
    return " ".join(filter(None, said))


LEARNING = Account(kind="learning", title="learning from reviews", read=read, build=build)
