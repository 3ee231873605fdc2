"""Reads of what agencies are asked for."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from metrics.models import Breakdown, CannotSupply, Expectation, ExpectedWords, Indicator
from metrics.owed import holding
from metrics.returns.cannot_supply.queries import said_on
from partnerships.models import Agency, Partnership
from partnerships.periods import Kind, Span

ASKABLE_BACK, ASKABLE_AHEAD = 8, 4  # quarters from which something can be asked for


@dataclass(frozen=True, slots=True)
class Owes:
    """An agency, and whatever it was ever asked for."""

    agency: Agency
    figures: Sequence[Expectation]
    words: Sequence[ExpectedWords]
    unable: Mapping[int, CannotSupply]  # by the indicator


def owing(
    partnership: Partnership, *, on: date, agencies: Collection[Agency] | None = None
) -> list[Owes]:
    """Every agency of the partnership, or some of them, by name; six queries."""
    here = agencies_asked(partnership, on=on)
    if agencies is not None:
        here = here.filter(pk__in=[each.pk for each in agencies])
    figures: dict[int, list[Expectation]] = defaultdict(list)
    for each in figures_of(partnership).order_by("indicator__theme", "indicator__name", "first"):
        figures[each.agency_id].append(each)
    words: dict[int, list[ExpectedWords]] = defaultdict(list)
    for text in words_of(partnership).order_by("theme", "first"):
        words[text.agency_id].append(text)
    unable: dict[int, dict[int, CannotSupply]] = defaultdict(dict)
    for said in CannotSupply.objects.filter(said_on(on), agency__partnership=partnership):
        unable[said.agency_id][said.indicator_id] = said
    return [
        Owes(agency, figures[agency.pk], words[agency.pk], unable[agency.pk]) for agency in here
    ]


def agencies_asked(partnership: Partnership, *, on: date) -> QuerySet[Agency]:
    """The agencies that stand on a day, and those that were ever asked for something."""
    stands = Q(first__lte=on) & (Q(last__isnull=True) | Q(last__gte=on))
    asked = Q(expectations__isnull=False) | Q(expected_words__isnull=False)
    found = partnership.agencies.filter(stands | asked).distinct()
    return found.select_related("organisation").order_by("organisation__name", "first")


def figures_of(partnership: Partnership) -> QuerySet[Expectation]:
    found = Expectation.objects.filter(agency__partnership=partnership)
    return found.select_related("agency__organisation", "indicator").prefetch_related(
        "breakdowns__breakdown"
    )


def words_of(partnership: Partnership) -> QuerySet[ExpectedWords]:
    found = ExpectedWords.objects.filter(agency__partnership=partnership)
    return found.select_related("agency__organisation")


def asked_of_whom(partnership: Partnership, *, on: date) -> dict[int, list[str]]:
    """The names of those who are asked for an indicator on a day, by its id; one query."""
    found = Expectation.objects.filter(holding(on=on), agency__partnership=partnership)
    names: dict[int, list[str]] = defaultdict(list)
    pairs = found.order_by("agency__organisation__name")
    for indicator, name in pairs.values_list("indicator", "agency__organisation__name"):
        names[indicator].append(name)
    return names


def indicators_to_ask_for() -> QuerySet[Indicator]:
    """The whole register, by theme."""
    return Indicator.objects.order_by("theme", "name")


def breakdowns_to_ask_for() -> QuerySet[Breakdown]:
    """Those that have categories."""
    return Breakdown.objects.filter(
        categories__parent__isnull=True, categories__isnull=False
    ).distinct()


def themes() -> list[str]:
    found = Indicator.objects.order_by("theme").values_list("theme", flat=True)
    return list(found.distinct())


def quarters_around(on: date, *, back: int, ahead: int) -> list[Span]:
    """The quarter of a day with those before and after it, the newest first."""
    made = [Span.containing(Kind.QUARTER, on)]
    for _ in range(ahead):
        made.insert(0, quarter_after(made[0]))
    for _ in range(back):
        before = made[-1].quarter_before
        assert before is not None  # each is a quarter
        made.append(before)
    return made


def quarter_after(span: Span) -> Span:
    year, month = divmod(span.first.year * 12 + span.first.month - 1 + 3, 12)
    return Span.containing(Kind.QUARTER, date(year, month + 1, 1))


def as_seen(asked: Expectation) -> str:
    """What somebody had in front of them who changes its categories: 2026-03-31 abuse,sex."""
    codes = asked.breakdowns.values_list("breakdown__code", flat=True)
    return f"{asked.last or ''} {','.join(sorted(codes))}".strip()


def first_quarter(asked: Expectation | ExpectedWords) -> Span:
    """The first return that asks for it."""
    return Span.containing(Kind.QUARTER, asked.first)


def last_quarter(asked: Expectation | ExpectedWords) -> Span | None:
    """The last return that asks for it; None where no end is known."""
    if asked.last is None:
        return None
    span = Span.containing(Kind.QUARTER, asked.last)
    return span if span.last == asked.last else span.quarter_before
