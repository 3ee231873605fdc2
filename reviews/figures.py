"""Figures that are told of learning and assurance: as entered, as kept, as printed elsewhere."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from metrics.models import Dataset
from partnerships.amounts import number_words
from partnerships.elements import Cell
from partnerships.periods import Span
from partnerships.refusals import Refused
from partnerships.stated import QUALIFIERS, Stated
from reviews.models import Measured, Told

MOST_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Telling:
    """Who tells something: see `reviews.models.Told`."""

    note: str = ""
    fact_id: str = ""
    source: str = ""
    public_since: date | None = None

    def columns(self) -> dict[str, Any]:
        return {
            "note": self.note,
            "fact_id": self.fact_id,
            "source": self.source,
            "public_since": self.public_since,
        }


OURS = Telling()  # the partnership's own record, without a note


@dataclass(frozen=True, slots=True)
class FigureWords:
    """One figure as somebody enters it, with as many decimals as it was written with."""

    measure: str
    value: Decimal | None
    qualifier: str = "exactly"
    of_children: bool = False
    telling: Telling = OURS

    def columns(self) -> dict[str, Any]:
        """What is stored. Raises `Refused`."""
        if not self.measure:
            raise Refused("Say what is counted.", "measure")
        if self.value is None and not self.telling.note:
            raise Refused("Enter the number, or say in the note why there is none.", "value")
        if self.value is None and self.qualifier != "exactly":
            raise Refused("Enter the number that the qualifier is of.", "value")
        return {
            "measure": self.measure,
            "value": self.value,
            "decimals": decimals_of(self.value) if self.value is not None else 0,
            "qualifier": self.qualifier,
            "of_children": self.of_children,
            **self.telling.columns(),
        }


def decimals_of(value: Decimal) -> int:
    """How many decimals a number was written with. Raises `Refused` beyond what is kept."""
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else MOST_DECIMALS + 1
    if places > MOST_DECIMALS:
        raise Refused(f"Enter a number with at most {MOST_DECIMALS} decimals.", "value")
    return places


def telling_after(told: Told | None, *, note: str, same: bool) -> Telling:
    """Who tells it after a person has edited it.

    A figure whose number they have changed is no longer what the source prints: it is the
    partnership's own from then on.
    """
    if told is None or not same:
        return Telling(note=note)
    return Telling(note, told.fact_id, told.source, told.public_since)


def stated_of(row: Measured, *, address: str, about: str, unit: str) -> Stated | None:
    """A kept figure as the portal prints it; None where it has no number."""
    if row.value is None:
        return None
    return Stated(
        address=address,
        about=about,
        value=row.value,
        unit=unit,
        decimals=row.decimals,
        qualifier=row.qualifier,
        note=row.note,
        fact_id=row.fact_id,
        source=row.source,
        of_children=row.of_children,
        public_since=row.public_since,
    )


@dataclass(frozen=True, slots=True)
class FigureTold:
    """One thing counted, as it is told.

    `figure` is None where there is no number; `why` then says why there is none.
    """

    pk: int
    what: str
    period: Span
    figure: Stated | None
    why: str = ""
    told_by: str = ""

    @property
    def note(self) -> str:
        return self.figure.note if self.figure else self.why

    @property
    def source(self) -> str:
        return self.figure.source if self.figure else self.told_by


def figure_told(
    row: Measured, *, what: str, period: Span, address: str, about: str, unit: str
) -> FigureTold:
    """A kept figure as pages and reports tell it."""
    figure = stated_of(row, address=address, about=about, unit=unit)
    if figure is not None:
        return FigureTold(row.pk, what, period, figure)
    return FigureTold(row.pk, what, period, None, row.note, row.source)


def cell_words(figure: Stated | None) -> str:
    """A figure in a table whose row says what is counted: "more than 7,000", "28.7%"."""
    return QUALIFIERS[figure.qualifier] + figure.cell if figure else "No number"


def figure_cell(figure: Stated | None) -> Cell:
    """A figure in a table, which leads to where it comes from."""
    url = reverse("figure", args=[figure.address]) if figure else ""
    return Cell(cell_words(figure), numeric=True, url=url)


def as_typed(row: Measured) -> str:
    """A kept number as it stands in a form."""
    return "" if row.value is None else number_words(row.value, row.decimals)


def code_of(words: str, longest: int = 80) -> str:
    """The code of words: "Seven-minute briefings" is `seven-minute-briefings`."""
    return slugify(words)[:longest].rstrip("-")


def words_of(code: str) -> str:
    """What is counted, in words: `feedback-forms` is "feedback forms"."""
    return code.replace("-", " ")


def public_with(figures: Sequence[Stated]) -> date | None:
    """Since when what is made of several figures is public: since the last of them is."""
    days = [figure.public_since for figure in figures]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def source_of(figures: Sequence[Stated]) -> str:
    """Who says what is made of several figures, where they have one source; else nobody."""
    sources = {figure.source for figure in figures}
    return sources.pop() if len(sources) == 1 else ""


def begun(words: str) -> str:
    """Words as they stand at the beginning of a cell, with a capital."""
    return words[:1].upper() + words[1:]


def printed_in(sources: Collection[str]) -> str:
    """Which publications the figures of a page come from, in a sentence; empty where none."""
    titles = Dataset.objects.filter(code__in=set(sources) - {""}).order_by("title")
    found = [str(title) for title in titles.values_list("title", flat=True)]
    return f"As printed in: {'; '.join(found)}." if found else ""
