"""What one edition tells of figures, and the sums that several of them tell together. Pure.

A figure that was corrected is another number from then on, so figures count here by address with
revision. Where an edition does not print a part of a sum, what the nearest other edition prints
of it stands in its place: that is what a reader would put there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from metrics.addresses import Address, AddressError
from partnerships.periods import PeriodError, parse
from reports.attack import Whole
from reports.ratios.ratio import KIND, PER

CHANGE = "Change of "  # how print names the figures of a change
PERCENT = "% change"


@dataclass(frozen=True, slots=True)
class Told:
    """One printed figure or change, as `reports.models.PrintedFigure` has it."""

    address: str
    about: str
    unit: str
    value: Decimal | None
    marker: str = ""

    @property
    def is_change(self) -> bool:
        return self.about.startswith(CHANGE)


@dataclass(frozen=True, slots=True)
class Telling:
    """The numbers of an edition by address with revision, and the addresses marked as hidden."""

    shown: Mapping[str, Decimal] = field(default_factory=dict)
    marked: frozenset[str] = frozenset()

    @property
    def names(self) -> dict[str, str]:
        """Addresses with their revision, by those without."""
        return {place_of(each): each for each in (*sorted(self.marked), *self.shown)}


def place_of(address: str) -> str:
    """An address without its revision."""
    return address.partition("@")[0]


def telling_of(figures: Iterable[Told]) -> Telling:
    """What figures tell, with what follows from changes and ratios of which one side is printed."""
    figures = list(figures)
    shown = {f.address: f.value for f in figures if f.value is not None and not f.is_change}
    marked = frozenset(f.address for f in figures if f.marker == "c" and not f.is_change)
    names = Telling(shown, marked).names
    for each in figures:
        for place, value in _implied(each, {p: shown.get(n) for p, n in names.items()}):
            shown.setdefault(names.get(place, place), value)
    return Telling(shown, marked - set(shown))


def _implied(figure: Told, known: Mapping[str, Decimal | None]) -> Iterator[tuple[str, Decimal]]:
    """The figures that another one gives with what is known."""
    if figure.value is None:
        return
    if figure.is_change:
        yield from _other_end(figure, figure.value, known)
    elif figure.address.startswith(f"{KIND}:"):
        yield from _other_side(figure.address, figure.value / PER, known)


def _other_end(
    figure: Told, change: Decimal, known: Mapping[str, Decimal | None]
) -> Iterator[tuple[str, Decimal]]:
    """Of a change and the figure at one end of it, the one at the other."""
    try:
        after = Address.parse(figure.address).current
        key = parse(after.period).year_before.key
    except (AddressError, PeriodError):
        return
    before = replace(after, period=key)
    new, old = known.get(after.text), known.get(before.text)
    factor = 1 + change / 100
    if figure.unit == PERCENT:
        if new is not None and factor:
            yield before.text, round(new / factor, 0)
        elif old is not None:
            yield after.text, round(old * factor, 0)
    elif new is not None:
        yield before.text, new - change
    elif old is not None:
        yield after.text, old + change


def _other_side(
    address: str, share: Decimal, known: Mapping[str, Decimal | None]
) -> Iterator[tuple[str, Decimal]]:
    """Of a ratio and one of its two figures, the other."""
    _, slug, dataset, numerator, denominator, period = address.split(":")
    above, below = (Address(dataset, code, slug, period).text for code in (numerator, denominator))
    new, old = known.get(above), known.get(below)
    if old is not None:
        yield above, round(old * share, 0)
    elif new is not None and share:
        yield below, round(new / share, 0)


def spread(wholes: Sequence[Whole], tellings: Sequence[Telling]) -> list[Whole]:
    """The sums as each edition, oldest first, tells them: by addresses with revision."""
    found: dict[Whole, None] = {}
    for at in range(len(tellings)):
        # Of what it does not print itself, the nearest earlier word counts before a later one.
        nearest = [*reversed(tellings[: at + 1]), *tellings[at + 1 :]]
        names: dict[str, str] = {}
        for telling in nearest:
            names = telling.names | names
        found |= dict.fromkeys(_named(whole, names) for whole in wholes)
    return list(found)


def _named(whole: Whole, names: Mapping[str, str]) -> Whole:
    return Whole(
        names.get(whole.total, whole.total),
        tuple(names.get(part, part) for part in whole.parts),
        whole.threshold,
        frozenset(names.get(place, place) for place in whole.public),
    )
