"""Reading promises, milestones, risks and single figures: plain values for pages and reports.

What a year of a yearly report needs is a function of the partnership and the year; the rows that
it returns know no database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from partnerships.event_dates import When
from partnerships.known_dates import words as known_words
from partnerships.models import Milestone, NamedFigure, Partnership, Period, Promise, Risk
from partnerships.periods import Span
from partnerships.promises.wording import named_unit
from partnerships.stated import Stated, address_of

Outcome = Promise.Outcome
COUNTED = "Counted by the portal, list by list: what stands in two lists counts twice."


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise and what became of it. `priority` is its name, or empty."""

    code: str
    text: str
    priority: str
    outcome: Outcome
    outcome_source: str


@dataclass(frozen=True, slots=True)
class PromiseList:
    """One of the report's lists, by the place where it stands."""

    code: str
    title: str
    promises: tuple[PromiseLine, ...]


@dataclass(frozen=True, slots=True)
class PromisesOfYear:
    """What was promised for a year, list by list in the report's order, and how many ended how.

    `counts` has one figure for each outcome, 0 included, in the order of `Promise.Outcome`;
    all are empty where nothing was promised. No percentages: the lists are short, and say a
    thing again.
    """

    year: Span
    report_years: tuple[Span, ...]
    lists: tuple[PromiseList, ...]
    total: int
    counts: tuple[tuple[Outcome, Stated], ...]

    def only(self, outcome: Outcome | None) -> tuple[PromiseList, ...]:
        """The lists with one outcome's promises alone, without lists that have none; None: all."""
        if outcome is None:
            return self.lists
        cut = (
            PromiseList(each.code, each.title, tuple(_with(each.promises, outcome)))
            for each in self.lists
        )
        return tuple(each for each in cut if each.promises)


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """An event. `when` says its date as far as it is told."""

    code: str
    what: str
    when: When
    state: Milestone.State
    note: str
    source: str
    fact_id: str


@dataclass(frozen=True, slots=True)
class MilestonesOfYear:
    """What was to happen or happened in a year, and what is planned for the twelve months after."""

    in_year: tuple[MilestoneLine, ...]
    coming: tuple[MilestoneLine, ...]


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk. `since` is in words; `closed` None where it is open."""

    code: str
    what: str
    since: str
    carried_over: bool
    doing: str
    note: str
    closed: date | None
    closed_why: str
    source: str


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A single figure: `stated` has its number and address, or is None where words stand for it."""

    code: str
    what: str
    area: str
    period: Span
    stated: Stated | None
    in_words: str
    note: str

    @property
    def words(self) -> str:
        return self.stated.words if self.stated else self.in_words


def promises_of(partnership: Partnership, year: Span) -> PromisesOfYear:
    """What was promised for a year: its report opens with what became of it. Two queries."""
    rows = _promises(partnership).filter(
        year__kind=year.kind, year__first=year.first, year__last=year.last
    )
    return _promised(partnership, year, list(rows))


def promises_made_in(partnership: Partnership, year: Span) -> tuple[PromisesOfYear, ...]:
    """What a year's report promises, by the year that it promises for, the nearest first."""
    rows = _promises(partnership).filter(
        report_year__kind=year.kind, report_year__first=year.first, report_year__last=year.last
    )
    by_year: dict[Span, list[Promise]] = {}
    for row in rows:
        by_year.setdefault(row.year.span, []).append(row)
    return tuple(_promised(partnership, each, by_year[each]) for each in sorted(by_year))


def promised_years(partnership: Partnership) -> list[Span]:
    """The years for which something was promised, the newest first."""
    periods = Period.objects.filter(promises__partnership=partnership).distinct()
    return [period.span for period in periods.order_by("-last")]


def milestones_of(partnership: Partnership, year: Span) -> MilestonesOfYear:
    """The events of a year in their order, and those planned for the year after. One query."""
    lines = milestones_at(partnership)
    year_after = year.last.replace(year=year.last.year + 1)
    return MilestonesOfYear(
        in_year=tuple(line for line in lines if line.when.span.overlaps(year)),
        coming=tuple(
            line
            for line in lines
            if line.state != Milestone.State.ACTUAL
            and year.last < line.when.span.first <= year_after
        ),
    )


def risks_of(partnership: Partnership, year: Span) -> tuple[RiskLine, ...]:
    """The risks of a year: begun by its end, and not closed before it. One query."""
    there = partnership.risks.filter(
        Q(since__isnull=True) | Q(since__lte=year.last),
        Q(closed__isnull=True) | Q(closed__gte=year.first),
    )
    return tuple(risk_line(each) for each in there)


def named_figures_of(partnership: Partnership, year: Span) -> tuple[NamedLine, ...]:
    """The single figures of a year, or of days and months in it. One query."""
    figures = partnership.named_figures.select_related("period").filter(
        period__first__lte=year.last, period__last__gte=year.first
    )
    return tuple(named_line(each, partnership) for each in figures)


def milestones_at(partnership: Partnership) -> list[MilestoneLine]:
    """Every milestone, the earliest first; a day stands before its month."""
    lines = [milestone_line(each) for each in partnership.milestones.all()]
    return sorted(lines, key=lambda line: (line.when.span.first, line.when.span.last, line.what))


def risks_at(partnership: Partnership) -> list[RiskLine]:
    """Every risk, the open ones first."""
    return [risk_line(each) for each in partnership.risks.all()]


def named_figures_at(partnership: Partnership) -> list[NamedLine]:
    """Every single figure, the newest first."""
    figures = partnership.named_figures.select_related("period")
    return [named_line(each, partnership) for each in figures]


def milestone_line(milestone: Milestone) -> MilestoneLine:
    return MilestoneLine(
        code=milestone.code,
        what=milestone.what,
        when=milestone.when,
        state=Milestone.State(milestone.state),
        note=milestone.note,
        source=milestone.source,
        fact_id=milestone.fact_id,
    )


def risk_line(risk: Risk) -> RiskLine:
    return RiskLine(
        code=risk.code,
        what=risk.what,
        since=known_words(risk.since_when),
        carried_over=risk.carried_over,
        doing=risk.doing,
        note=risk.note,
        closed=risk.closed,
        closed_why=risk.closed_why,
        source=risk.source,
    )


def named_line(figure: NamedFigure, partnership: Partnership) -> NamedLine:
    return NamedLine(
        code=figure.code,
        what=figure.what,
        area=figure.area,
        period=figure.period.span,
        stated=stated_of(figure, partnership),
        in_words=figure.in_words,
        note=figure.note,
    )


def stated_of(figure: NamedFigure, partnership: Partnership) -> Stated | None:
    """A single figure as whatever prints it takes it; None where words stand for a number."""
    if figure.value is None:
        return None
    return Stated(
        address=address_of("named", partnership, figure.code),
        about=f"{figure.what}, {figure.area}, {figure.period}",
        value=figure.value,
        unit=named_unit(figure.unit, figure.value),
        decimals=figure.decimals,
        qualifier=figure.qualifier,
        note=figure.note,
        fact_id=figure.fact_id,
        source=figure.source,
        of_children=figure.of_children,
        public_since=figure.public_since,
    )


def _promises(partnership: Partnership) -> QuerySet[Promise]:
    return partnership.promises.select_related("year", "report_year", "priority").order_by(
        "number", "code"
    )


def _promised(partnership: Partnership, year: Span, rows: list[Promise]) -> PromisesOfYear:
    lists: dict[str, list[Promise]] = {}
    for row in rows:
        lists.setdefault(row.in_list, []).append(row)
    return PromisesOfYear(
        year=year,
        report_years=tuple(sorted({row.report_year.span for row in rows})),
        lists=tuple(
            PromiseList(code, found[0].where_in_report, tuple(_line(each) for each in found))
            for code, found in lists.items()
        ),
        total=len(rows),
        counts=_counts(partnership, year, rows),
    )


def _line(promise: Promise) -> PromiseLine:
    return PromiseLine(
        code=promise.code,
        text=promise.text,
        priority=promise.priority.name if promise.priority else "",
        outcome=Outcome(promise.outcome),
        outcome_source=promise.outcome_source,
    )


def _with(promises: Iterable[PromiseLine], outcome: Outcome) -> Iterable[PromiseLine]:
    return (each for each in promises if each.outcome == outcome)


def _counts(
    partnership: Partnership, year: Span, rows: list[Promise]
) -> tuple[tuple[Outcome, Stated], ...]:
    """The portal counts them; where all come from one source, the figure names it."""
    if not rows:
        return ()
    sources = {row.source for row in rows}
    source = sources.pop() if len(sources) == 1 else ""
    return tuple(
        (
            outcome,
            Stated(
                address=address_of("promises", partnership, year.key, outcome.value),
                about=f"Promises for {year.label}: {outcome.label.lower()}",
                value=Decimal(sum(row.outcome == outcome for row in rows)),
                note=COUNTED,
                source=source,
            ),
        )
        for outcome in Outcome
    )
