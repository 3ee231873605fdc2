"""What is held against its series is held against the part of it since the last break."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from metrics.checks import warnings
from metrics.entries import Entry
from metrics.intake.figures import load_figures
from metrics.intake.rows import FigureRow, PlaceRow
from metrics.models import Indicator, IndicatorVersion
from metrics.owed import Owed
from metrics.queries import quarters_to
from metrics.returns.queries import contexts
from partnerships.models import Partnership
from partnerships.people.actions import system_actor
from partnerships.periods import Span
from tests.factories import PartnershipFactory
from tests.world import NOW, World

TODAY = date(2026, 7, 10)
NEWEST, *EARLIER = quarters_to(TODAY, 9)  # April to June 2026, and eight before it
BREAKS = IndicatorVersion.Effect.BREAKS


def load(world: World, code: str, *, flagged: Span | None = None) -> None:
    """Eight quarters of 100 referrals, or of 90 in 100 conferences."""
    rows = [
        FigureRow(
            PlaceRow(line, "testshire-returns", code, "testshire", span.key, "all", 1),
            value=Decimal(100 if code == "referrals" else 90),
            numerator=None if code == "referrals" else Decimal(90),
            denominator=None if code == "referrals" else Decimal(100),
            flags="b" if span == flagged else "",
        )
        for line, span in enumerate(EARLIER, 1)
    ]
    load_figures(rows, by=system_actor(), at=NOW)


def version(
    indicator: Indicator,
    first: date,
    effect: str = BREAKS,
    partnership: Partnership | None = None,
) -> None:
    IndicatorVersion.objects.create(
        indicator=indicator,
        partnership=partnership,
        first=first,
        effect=effect,
        words="Counted in another way.",
    )


def earlier(world: World) -> int:
    found = contexts(world.dataset, world.area, NEWEST, [Owed(world.referrals)])
    return len(found["referrals"].earlier)


def asked(world: World) -> list[str]:
    context = contexts(world.dataset, world.area, NEWEST, [Owed(world.referrals)])["referrals"]
    return [each.code for each in warnings(Entry(value=Decimal(500)), context)]


def test_series_without_a_break_is_held_against_all_of_it(world: World) -> None:
    load(world, "referrals")
    assert earlier(world) == 8
    assert asked(world) == ["far-from-series"]


@pytest.mark.parametrize(
    ("first", "left"),
    [
        (EARLIER[2].first, 3),
        (EARLIER[2].first + timedelta(days=1), 2),  # within a quarter: it is of two minds
        (NEWEST.first, 0),
        (NEWEST.last, 0),
        (NEWEST.last + timedelta(days=1), 8),
    ],
)
def test_nothing_is_compared_across_a_break(world: World, first: date, left: int) -> None:
    load(world, "referrals")
    version(world.referrals, first)
    assert earlier(world) == left
    assert asked(world) == (["far-from-series"] if left else [])


@pytest.mark.parametrize("effect", ["affects", "continues"])
def test_change_that_does_not_break_the_series_leaves_it_whole(world: World, effect: str) -> None:
    load(world, "referrals")
    version(world.referrals, EARLIER[0].first, effect)
    assert earlier(world) == 8


def test_break_at_another_partnership_or_of_another_indicator_does_not_count(world: World) -> None:
    load(world, "referrals")
    version(world.referrals, EARLIER[0].first, partnership=PartnershipFactory())
    version(world.timely, EARLIER[0].first)
    assert earlier(world) == 8
    version(world.referrals, EARLIER[1].first, partnership=world.partnership)
    assert earlier(world) == 2


def test_break_marked_with_a_figure_begins_the_series_anew(world: World) -> None:
    load(world, "referrals", flagged=EARLIER[3])
    assert earlier(world) == 4


def test_number_in_all_is_not_compared_across_a_break(world: World) -> None:
    load(world, "timely")
    entry = Entry(numerator=Decimal(180), denominator=Decimal(200))

    def codes() -> list[str]:
        context = contexts(world.dataset, world.area, NEWEST, [Owed(world.timely)])["timely"]
        return [each.code for each in warnings(entry, context)]

    assert codes() == ["denominator-changed"]
    version(world.timely, NEWEST.first)
    assert codes() == []
