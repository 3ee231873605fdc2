"""What keeps an agency's part from being submitted, as links to where each can be put right."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from metrics.entries import asks_for_two
from metrics.queries import ReturnRow
from metrics.readings import measure_of
from metrics.returns.partitions import Off
from metrics.returns.parts.standing import Part
from metrics.returns.tables import STATE_TAGS, words
from metrics.returns.words import theme_words
from partnerships.elements import Column, Link, Table, Tag, table
from partnerships.models import Partnership
from partnerships.periods import Span

Address = Callable[[ReturnRow], str]


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of thing that is missing, by theme: what it is called, and a link for each."""

    title: str
    themes: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A total and categories that do not go together, and where they can be entered as one."""

    why: str
    figures: Table
    together: str  # the form of all figures at this group; empty for who cannot use it


def addresses(partnership: Partnership, span: Span, typed: Collection[str]) -> Address:
    """Where a figure can be put right: its box in the form of all figures, else its own page.

    `typed` are the keys of the figures that the person has a box for.
    """

    def address(row: ReturnRow) -> str:
        if row.key in typed and not row.is_approved:
            return box(partnership, span, row)
        return reverse("return_cell", args=[partnership.slug, span.key, row.key])

    return address


def box(partnership: Partnership, span: Span, row: ReturnRow) -> str:
    """The form of all figures, at the first box of one of them."""
    field = "numerator" if asks_for_two(measure_of(row.indicator)) else "value"
    return f"{_form(partnership, span)}#id_{row.key}-{field}"


def gaps(part: Part, span: Span, partnership: Partnership, address: Address) -> list[Gap]:
    """Figures to enter, figures that were sent back, and texts to write; none where all is there.

    Texts are written in the form of all figures alone.
    """
    made = [
        Gap(f"Figures to enter: {len(part.lacks)}", _by_theme(part.lacks, address)),
        Gap(f"Figures sent back: {len(part.back)}", _by_theme(part.back, address, reasons=True)),
    ]
    texts = tuple(
        Link(theme_words(each.theme), f"{_form(partnership, span)}#id_{each.key}-words")
        for each in part.unsaid
    )
    if texts:
        made.append(Gap(f"Texts to write: {len(texts)}", (("", texts),)))
    return [each for each in made if each.themes]


def groups(
    found: Iterable[Off], partnership: Partnership, span: Span, *, seen: Collection[str]
) -> list[Group]:
    """Groups of figures that do not add up. `seen` are the keys of those that may be looked at."""
    return [
        Group(
            each.why,
            table(
                f"off-{each.keys[1]}",
                _known_as(each),
                ["Figure", Column(span.label, numeric=True), "State"],
                (_figure(row, partnership, span, seen) for row in each.rows),
            ),
            box(partnership, span, each.rows[1]),
        )
        for each in found
    ]


def _known_as(group: Off) -> str:
    total, first = group.rows[0], group.rows[1].owed.category
    assert first is not None  # the parts of a group are of categories
    return f"{total.name} by {first.breakdown.name.lower()}"


def _figure(
    row: ReturnRow, partnership: Partnership, span: Span, seen: Collection[str]
) -> list[Link | Tag | str]:
    page = reverse("return_cell", args=[partnership.slug, span.key, row.key])
    name = Link(row.name, page) if row.key in seen else row.name
    return [name, words(row.latest, row.indicator), STATE_TAGS[row.state]]


def _by_theme(
    rows: Iterable[ReturnRow], address: Address, *, reasons: bool = False
) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    ordered = sorted(rows, key=lambda row: row.indicator.theme)
    return tuple(
        (
            theme_words(theme),
            tuple(Link(_called(row, reasons), address(row)) for row in some),
        )
        for theme, some in groupby(ordered, key=lambda row: row.indicator.theme)
    )


def _called(row: ReturnRow, reasons: bool) -> str:
    if not reasons or row.latest is None:
        return row.name
    return f"{row.name}: {row.latest.decision.reason}"


def _form(partnership: Partnership, span: Span) -> str:
    return reverse("return_grid", args=[partnership.slug, span.key])
