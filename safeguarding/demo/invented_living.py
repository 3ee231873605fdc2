"""What the demo's people did with the returns of a synthetic partnership, as on the pages.

Older quarters came whole, were approved and are locked, apart from what `planted.csv` says.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product

from django.db.models import QuerySet
from django.utils import timezone

from metrics.actions import approve, send_back
from metrics.entries import Entry
from metrics.models import (
    Area,
    CannotSupply,
    Category,
    Cell,
    Dataset,
    Indicator,
    Return,
    Slice,
)
from metrics.places import Place
from metrics.returns.cannot_supply.actions import say_cannot_supply, take_back
from metrics.returns.cannot_supply.queries import said_on
from metrics.returns.comments import save_comment
from metrics.returns.parts.actions import set_dates, take_step
from metrics.returns.parts.standing import parts
from metrics.returns.queries import return_of
from metrics.saving import save_entry
from metrics.slices import stored_slice, whole_slice
from partnerships.calendar import store_period
from partnerships.models import Agency, User
from partnerships.periods import Span
from safeguarding.demo.invented_events import STEPS, Event
from safeguarding.demo.invented_series import Invention, Series

POLICE = "police"  # whose part the demo's contributor works on
EVENTFUL = 3  # the newest quarters, of which `living.csv` may tell
CLOSED = 7  # quarters before the newest two that have dates, as many as the page of returns shows

# Days from the day on which a return is due.
DUE_AFTER = timedelta(days=28)
ENTERED, SUBMITTED, DECIDED, LOCKED, CORRECTED = (timedelta(days=n) for n in (-6, -4, 12, 16, 30))
CLOSED_TO_NEW, CLOSED_TO_EDITS = timedelta(days=21), timedelta(days=49)
MORNING = time(10)


@dataclass(frozen=True, slots=True)
class Cast:
    """The demo's people who work on the returns."""

    unit: User
    police: User
    approver: User
    loader: User


def usual_day(span: Span, after: timedelta) -> datetime:
    """The morning of a day counted from the day on which a quarter's return is usually due."""
    return _morning(span.last + DUE_AFTER + after)


def _morning(on: date) -> datetime:
    return datetime.combine(on, MORNING, tzinfo=timezone.get_current_timezone())


class Living:
    """What the demo's people do with the returns, through the actions of the pages.

    `quarters` are the newest first; nothing is done after the moment `at`.
    """

    def __init__(
        self,
        dataset: Dataset,
        cast: Cast,
        invented: Invention,
        figures: Mapping[tuple[str, Span], Entry],
        by_category: Mapping[tuple[tuple[str, str, str], Span], Entry],
        quarters: Sequence[Span],
        *,
        today: date,
        at: datetime,
    ) -> None:
        assert dataset.owner is not None  # returns are of a partnership
        self._dataset, self._cast, self._at, self._today = dataset, cast, at, today
        self._invented, self._figures, self._quarters = invented, figures, quarters
        self._area = Area.objects.get(partnership=dataset.owner)
        self._whole = whole_slice()
        self._categories: dict[tuple[str, Span], list[tuple[Slice, Entry]]] = defaultdict(list)
        for ((code, breakdown, category), span), entry in by_category.items():
            if span in quarters[:EVENTFUL]:
                self._categories[code, span].append((_slice(breakdown, category), entry))
        self._indicators = Indicator.objects.in_bulk(field_name="code")
        agencies = Agency.objects.filter(partnership=dataset.owner).select_related("organisation")
        self._agencies = {each.organisation.slug: each for each in agencies}

    def correct_the_past(self, quarters: Sequence[Span]) -> None:
        """Figures that were wrong or provisional when they came, settled by two people."""
        for series, span in product(self._invented.series, quarters):
            later = self._invented.changed_later(series, span)
            if later:
                entry = self._figures[series.code, span]
                at = self._moment(span, CORRECTED)
                self._save(series, span, self._whole, entry, at=at, seen=1, reason=later.words)
                self._approve(series, span, self._whole, at=at)

    def close_the_past(self, quarters: Sequence[Span]) -> None:
        """Older quarters have their dates; each agency submitted, and the approver locked."""
        for span, agency in product(quarters[:CLOSED], self._invented.agencies):
            if not self._invented.planted_at(agency, span, "unsent"):
                self._step(agency, span, "submitted")
                self._step(agency, span, "locked")

    def play(self, events: Sequence[Event]) -> None:
        """What happened in the newest quarters, one after the other."""
        for span in self._quarters[: 1 + max((each.quarter for each in events), default=0)]:
            self._return(span)
        for each in events:
            span = self._quarters[each.quarter]
            if each.state in STEPS:
                self._step(each.subject, span, each.state, reason=each.words)
            else:
                for series in self._of(each.subject, span):
                    self._happen(each, series, span)

    def _of(self, subject: str, span: Span) -> list[Series]:
        wanted = (s for s in self._invented.series if subject in {s.code, s.agency})
        return [series for series in wanted if (series.code, span) in self._figures]

    def _comment(self, event: Event, series: Series, span: Span) -> None:
        flagged = event.state == "flagged"
        save_comment(
            place=self._place(series, span, self._whole),
            words=event.words,
            follow_up=flagged,
            seen=0,
            by=self._cast.approver if flagged else self._cast.unit,
            at=self._moment(span, DECIDED),
        )

    def _happen(self, event: Event, series: Series, span: Span) -> None:
        """One event of one figure."""
        entered, decided, corrected = (
            self._moment(span, after) for after in (ENTERED, DECIDED, CORRECTED)
        )
        pieces = [
            (self._whole, self._figures[series.code, span]),
            *self._categories[series.code, span],
        ]
        match event.state:
            case "commented" | "flagged":
                self._comment(event, series, span)
            case "cannot-supply" | "taken-back":
                self._say(event, series, at=entered)
            case "entered" if self._cannot_supply(series, on=timezone.localdate(entered)):
                pass
            case "entered":
                for piece, entry in pieces:
                    self._save(series, span, piece, entry, at=entered)
            case "approved":
                for piece, _ in pieces:
                    self._approve(series, span, piece, at=decided)
            case "sent-back":
                cell, by = self._cell(series, span, self._whole), self._cast.approver
                send_back(cell=cell, seen=_number(cell), by=by, at=decided, reason=event.words)
            case "corrected" | "revised":
                moved = dict([pieces[0], pieces[-1]])
                for piece, entry in moved.items():
                    self._add(event, series, span, piece, entry, at=corrected)
                for piece in moved if event.state == "revised" else ():
                    self._approve(series, span, piece, at=corrected)

    def _say(self, event: Event, series: Series, *, at: datetime) -> None:
        """What an agency says of a figure that it cannot supply."""
        by, first = self._who(series.agency), timezone.localdate(at)
        if event.state == "taken-back":
            for said in self._said(series).filter(taken_back_at__isnull=True):
                take_back(said=said, reason=event.words, by=by, at=at)
            return
        say_cannot_supply(
            agency=self._agencies[series.agency],
            indicator=self._indicators[series.code],
            because=event.words,
            first=first,
            until=first + timedelta(weeks=event.amount),
            by=by,
            at=at,
        )

    def _cannot_supply(self, series: Series, *, on: date) -> bool:
        return self._said(series).filter(said_on(on)).exists()

    def _said(self, series: Series) -> QuerySet[CannotSupply]:
        return CannotSupply.objects.filter(
            agency=self._agencies[series.agency], indicator=self._indicators[series.code]
        )

    def _add(
        self, event: Event, series: Series, span: Span, piece: Slice, entry: Entry, *, at: datetime
    ) -> None:
        """A correction of an approved figure by the amount of an event."""
        assert entry.value is not None, f"{series.code} is no count, and cannot be added to"
        seen, more = (
            _number(self._cell(series, span, piece)),
            Entry(value=entry.value + event.amount),
        )
        self._save(series, span, piece, more, at=at, seen=seen, reason=event.words)

    def _step(self, agency: str, span: Span, state: str, reason: str = "") -> None:
        """A step of an agency's part; submitted as late as planted."""
        part_of, here = self._return(span), self._agencies[agency]
        planted = self._invented.planted_at(agency, span, "late")
        late = timedelta(days=planted.amount) if planted else SUBMITTED
        after = {"submitted": late, "given-back": DECIDED, "locked": LOCKED}[state]
        at = self._moment(span, after)
        (part,) = parts(part_of, on=timezone.localdate(at), agencies=[here])
        by = self._who(agency) if state == "submitted" else self._cast.approver
        take_step(part=part, part_of=part_of, kind=STEPS[state], by=by, at=at, reason=reason)

    def _return(self, span: Span) -> Return:
        """The quarter's return; the newest is due in a week, whenever the demo is first loaded."""
        found = return_of(self._dataset, span)
        if found is not None:
            return found
        due = self._due(span)
        return set_dates(
            dataset=self._dataset,
            span=span,
            due=due,
            closed_to_new=due + CLOSED_TO_NEW,
            closed_to_edits=due + CLOSED_TO_EDITS,
            by=self._cast.unit,
        )

    def _moment(self, span: Span, after: timedelta) -> datetime:
        return min(_morning(self._due(span) + after), self._at)

    def _due(self, span: Span) -> date:
        newest = span == self._quarters[0]
        return self._today + timedelta(weeks=1) if newest else span.last + DUE_AFTER

    def _who(self, agency: str) -> User:
        return self._cast.police if agency.endswith(POLICE) else self._cast.unit

    def _save(
        self,
        series: Series,
        span: Span,
        piece: Slice,
        entry: Entry,
        *,
        at: datetime,
        seen: int = 0,
        reason: str = "",
    ) -> None:
        by = self._cast.unit if seen else self._who(series.agency)
        place = self._place(series, span, piece)
        save_entry(place=place, entry=entry, by=by, at=at, seen=seen, reason=reason)

    def _place(self, series: Series, span: Span, piece: Slice) -> Place:
        return Place(
            dataset=self._dataset,
            indicator=self._indicators[series.code],
            area=self._area,
            period=store_period(span),
            slice=piece,
        )

    def _approve(self, series: Series, span: Span, piece: Slice, *, at: datetime) -> None:
        cell = self._cell(series, span, piece)
        approve(cell=cell, seen=_number(cell), by=self._cast.approver, at=at)

    def _cell(self, series: Series, span: Span, piece: Slice) -> Cell:
        return Cell.objects.select_related("latest").get(
            dataset=self._dataset,
            indicator__code=series.code,
            period__kind=span.kind,
            period__first=span.first,
            period__last=span.last,
            slice=piece,
            mention=1,
        )


def _slice(breakdown: str, category: str) -> Slice:
    found = Category.objects.get(breakdown__code=breakdown, code=category)
    return stored_slice(f"{breakdown}={category}", [found])


def _number(cell: Cell) -> int:
    return cell.latest.number if cell.latest else 0
