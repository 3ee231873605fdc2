"""What is out already: the figures of published editions, and what a further one gives away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from metrics.models import Indicator
from metrics.queries import cell_at
from partnerships.models import Partnership
from reports.attack import exposed
from reports.models import Edition, PrintedFigure
from reports.ratios.ratio import KIND
from reports.secondary import further
from reports.telling import Telling, Told, place_of, spread, telling_of
from reports.wholes import parsed, wholes_of


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A hidden figure of which a reader can say what it is, or nearly; `name` is for people."""

    address: str
    name: str


def published_tellings(partnership: Partnership) -> list[Telling]:
    """What each published edition of any report of a partnership tells, oldest first; a query.

    Figures of children alone: of what is not disclosive nothing is hidden.
    """
    rows = PrintedFigure.objects.filter(
        edition__report__partnership=partnership, edition__publication__isnull=False
    )
    return _tellings(rows.order_by("edition__publication__at", "edition__number", "position"))


def given_away(
    partnership: Partnership, before: Sequence[Telling], candidate: Telling, on: date
) -> frozenset[str]:
    """What a further edition has to hide besides, by addresses; see `reports.secondary`."""
    out = frozenset(address for each in before for address in each.shown)
    tellings = [*before, candidate]
    wholes = spread(wholes_of(partnership, _places(tellings), on), tellings)
    return further(wholes, _shown(tellings), marked=_marked(tellings), out=out)


def given_away_by(edition: Edition, on: date) -> list[GivenAway]:
    """The hidden figures that this edition gives away beside what is out already, by name."""
    partnership = edition.report.partnership
    before = published_tellings(partnership)
    own = _tellings(edition.figures.order_by("position"))
    tellings = [*before, *own]
    wholes = wholes_of(partnership, _places(tellings), on)
    already = exposed(spread(wholes, before), _shown(before), _marked(before))
    found = exposed(spread(wholes, tellings), _shown(tellings), _marked(tellings))
    places = (place_of(each) for each in found if not {each, place_of(each)} & set(already))
    return [GivenAway(place, _name(place)) for place in sorted(set(places))]


def hidden_before(tellings: Iterable[Telling]) -> frozenset[str]:
    """The addresses that published editions hide: they stay hidden while the figure is the same."""
    return _marked(tellings)


def _tellings(figures: QuerySet[PrintedFigure]) -> list[Telling]:
    disclosive = Indicator.objects.filter(disclosive=True).values("code")
    rows = figures.filter(Q(indicator__in=disclosive) | Q(address__startswith=f"{KIND}:"))
    by_edition: dict[int, list[Told]] = {}
    columns = rows.values_list("edition_id", "address", "about", "unit", "value", "marker")
    for edition, address, about, unit, value, marker in columns:
        told = Told(address, about, unit, value, marker)
        by_edition.setdefault(edition, []).append(told)
    return [telling_of(each) for each in by_edition.values()]


def _places(tellings: Iterable[Telling]) -> set[str]:
    return {place for each in tellings for place in each.names}


def _shown(tellings: Iterable[Telling]) -> dict[str, Decimal]:
    return {address: value for each in tellings for address, value in each.shown.items()}


def _marked(tellings: Iterable[Telling]) -> frozenset[str]:
    return frozenset(address for each in tellings for address in each.marked)


def _name(place: str) -> str:
    """A figure as people call it, without its number; two queries."""
    address = parsed(place)
    cell = cell_at(address) if address else None
    if cell is None:
        return place
    parts = cell.slice.parts.select_related("category").order_by("breakdown__code")
    categories = ", ".join(part.category.name for part in parts)
    of = f" ({categories})" if categories else ""
    return f"{cell.indicator.name}{of}, {cell.area.name}, {cell.period.span.label}"
