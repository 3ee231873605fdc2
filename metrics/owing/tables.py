"""What the page of who owes what shows, as plain values for its template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.urls import reverse

from metrics.models import Expectation, ExpectedWords
from metrics.owing.asking import Asking, in_words
from metrics.owing.queries import Owes, first_quarter, last_quarter
from metrics.returns.cannot_supply.queries import until_and_why
from metrics.returns.words import theme_words
from partnerships.elements import Column, Link, Table, table
from partnerships.models import Partnership
from partnerships.periods import Span

IN_ALL, NO_QUESTION = "No", "The usual one"
A = TypeVar("A", Expectation, ExpectedWords)
Line = list[Link | str]


@dataclass(frozen=True, slots=True)
class Section:
    """One agency on the page; `before` holds what returns before the newest one asked for."""

    name: str
    slug: str
    figures: Table
    words: Table
    before: Table

    @property
    def is_empty(self) -> bool:
        return not (self.figures.rows or self.words.rows or self.before.rows)


def sections(
    partnership: Partnership, owing: Iterable[Owes], newest: Span, *, may_change: bool
) -> list[Section]:
    return [_section(partnership, each, newest, may_change) for each in owing]


def _section(partnership: Partnership, owes: Owes, newest: Span, may_change: bool) -> Section:
    name, slug = str(owes.agency.organisation), owes.agency.organisation.slug
    figures, past_figures = _parted(owes.figures, newest)
    words, past_words = _parted(owes.words, newest)
    change = ["Change"] if may_change else []
    unable = any(each.indicator_id in owes.unable for each in figures)
    return Section(
        name=name,
        slug=slug,
        figures=table(
            f"figures-{slug}",
            f"Figures of {name}",
            [
                Column("Figure", long=True),
                "By category",
                Column("Returns", whole=True),
                *([Column("Cannot be supplied", long=True)] if unable else []),
                *change,
            ],
            (
                [
                    *_figure(each),
                    *([_unable(each, owes)] if unable else []),
                    *_link(partnership, each, may_change),
                ]
                for each in figures
            ),
        ),
        words=table(
            f"words-{slug}",
            f"Words of {name}",
            [
                Column("Theme", long=True),
                Column("Question", long=True),
                Column("Returns", whole=True),
                *change,
            ],
            ([*_words(each), *_link(partnership, each, may_change)] for each in words),
        ),
        before=table(
            f"before-{slug}",
            f"No longer asked of {name}",
            [
                Column("Figure or theme", long=True),
                "By category, or question",
                Column("Returns", whole=True),
                *change,
            ],
            [
                *([*_figure(each), *_link(partnership, each, may_change)] for each in past_figures),
                *([*_words(each), *_link(partnership, each, may_change)] for each in past_words),
            ],
        ),
    )


def _parted(asked: Sequence[A], newest: Span) -> tuple[list[A], list[A]]:
    """What the newest return or one to come asks for, and what only earlier ones did."""
    over = [each.last is not None and each.last < newest.last for each in asked]
    return (
        [each for each, is_over in zip(asked, over, strict=True) if not is_over],
        [each for each, is_over in zip(asked, over, strict=True) if is_over],
    )


def _figure(asked: Expectation) -> Line:
    categories = ", ".join(each.breakdown.name for each in asked.breakdowns.all())
    return [asked.indicator.name, categories or IN_ALL, _from_to(asked)]


def _unable(asked: Expectation, owes: Owes) -> str:
    said = owes.unable.get(asked.indicator_id)
    return until_and_why(said) if said else ""


def _words(asked: ExpectedWords) -> Line:
    return [theme_words(asked.theme), asked.question or NO_QUESTION, _from_to(asked)]


def _from_to(asked: Asking) -> str:
    first, last = first_quarter(asked).label, last_quarter(asked)
    if last is None:
        return f"From {first}"
    return f"{first} only" if last.label == first else f"{first} to {last.label}"


def _link(partnership: Partnership, asked: Asking, may_change: bool) -> Line:
    if not may_change:
        return []
    page = "owing_figure" if isinstance(asked, Expectation) else "owing_words"
    about = f"{in_words(asked)}, from {first_quarter(asked).label}, {asked.agency.organisation}"
    what = "Change, end or take back" if isinstance(asked, Expectation) else "End or take back"
    return [Link(what, reverse(page, args=[partnership.slug, asked.pk]), about)]
