"""What an indicator's block is made of, as the database has it: true values, nothing worded.

Pure. `reports.queries` reads it; `reports.disclosure` makes its public form before anything is
printed from it.
"""

from dataclasses import dataclass
from datetime import date

from metrics.arithmetic.change import ChangeResult
from metrics.arithmetic.reading import Measure, Reading
from partnerships.periods import Span

REGION, COUNTRY = "region", "country"  # kinds of area
NEIGHBOURS = "neighbours"  # the kind of such an area
MEDIAN = "median"  # in its place, the median of the neighbours in official statistics


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset: where figures come from. `published` is worded, since some know only a season."""

    code: str
    title: str
    publisher: str = ""
    published: str = ""
    url: str = ""
    official: bool = False


@dataclass(frozen=True, slots=True)
class Observation:
    """One approved figure. `address` names its revision; `notes` are printed beneath it.

    `public_since` is the day from which it was public before the portal had it. `instead` are
    figures that the same source gives for the same thing, which do not count.
    """

    address: str
    span: Span
    area: str
    source: Source
    reading: Reading
    notes: tuple[str, ...] = ()
    public_since: date | None = None
    instead: tuple["Instead", ...] = ()


@dataclass(frozen=True, slots=True)
class Instead:
    """A figure that gave way to another of the same thing, and by which rule."""

    seen: Observation
    rule: str


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one area in order of time. Periods without a figure are left out.

    `code` and `kind` are the area's. `place` is where it stands among comparators: neighbours
    before a region, that before a country.
    """

    area: str
    observations: tuple[Observation, ...]
    code: str = ""
    place: int = 0
    kind: str = ""

    @property
    def said(self) -> str:
        """The area as running text names it: whose neighbours they are, the text has said."""
        if self.kind == MEDIAN:
            return "the median of the statistical neighbours"
        return "the statistical neighbours" if self.kind == NEIGHBOURS else self.area

    def at(self, span: Span) -> Observation | None:
        return next((each for each in self.observations if each.span == span), None)


@dataclass(frozen=True, slots=True)
class Moved:
    """The change of one figure against the year before; `before` is None where none is known."""

    before: Observation | None
    after: Observation
    change: ChangeResult

    @property
    def is_compared(self) -> bool:
        """Whether there is a change to print, and not only why there is none."""
        return self.before is not None and self.change.absolute is not None


@dataclass(frozen=True, slots=True)
class Version:
    """A change of definition or recording. `breaks` says that figures before it do not compare."""

    first: date
    words: str
    breaks: bool


@dataclass(frozen=True, slots=True)
class IndicatorData:
    """One indicator of one partnership: its own series, those of others, its changes.

    `spans` are the periods shown, without gaps where the kind of period allows to count them.
    `moved` has the change of each own figure, by its period. `is_older`: none of them is of the
    report's own period. `of_breakdown`: these are figures of one category, which together with
    others may give a hidden one away.
    """

    code: str
    name: str
    definition: str
    measure: Measure
    disclosive: bool
    threshold: int
    spans: tuple[Span, ...]
    own: Series
    others: tuple[Series, ...] = ()
    moved: tuple[Moved, ...] = ()
    versions: tuple[Version, ...] = ()
    is_older: bool = False
    of_breakdown: bool = False

    @property
    def newest(self) -> Observation:
        return self.own.observations[-1]

    def move_to(self, span: Span) -> Moved | None:
        return next((each for each in self.moved if each.after.span == span), None)
