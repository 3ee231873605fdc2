"""Setting, changing and ending targets: what is refused, what is recorded."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from metrics.models import Indicator, Target
from metrics.targets.actions import TargetWords, change_target, end_target, set_target
from partnerships.models import AuditEvent
from partnerships.refusals import Overtaken, Refused
from tests.world import NOW, World

WORDS = TargetWords(
    first=date(2025, 4, 1),
    value=Decimal(90),
    source="Contract of 1 April 2025",
    direction="at-least",
    tolerance=Decimal(85),
    failure=Decimal(80),
)


def put(world: World, words: TargetWords = WORDS, indicator: Indicator | None = None) -> Target:
    return set_target(
        partnership=world.partnership,
        indicator=indicator or world.timely,
        words=words,
        by=world.unit,
        at=NOW,
    )


def test_a_target_is_set_changed_and_ended_and_each_is_recorded(world: World) -> None:
    target = put(world)
    changed = change_target(
        target=target, words=replace(WORDS, value=Decimal(92)), seen=1, by=world.second, at=NOW
    )
    ended = end_target(target=changed, last=date(2026, 3, 31), seen=2, by=world.unit, at=NOW)
    assert (ended.value, ended.last, ended.version) == (Decimal(92), date(2026, 3, 31), 3)
    events = AuditEvent.objects.filter(subject="target:timely:2025-04-01").order_by("pk")
    assert [each.verb for each in events] == ["target set", "target changed", "target ended"]
    assert events[1].actor == world.second
    assert events[1].detail["before"] == {"value": "90"}
    assert events[2].detail["before"] == {"last": None}


def test_the_same_words_again_are_no_change(world: World) -> None:
    target = put(world)
    same = change_target(target=target, words=WORDS, seen=1, by=world.second, at=NOW)
    assert (same.version, same.by) == (1, world.unit)
    assert AuditEvent.objects.filter(verb="target changed").count() == 0


def test_who_saw_an_older_version_changes_nothing(world: World) -> None:
    target = put(world)
    end_target(target=target, last=date(2026, 3, 31), seen=1, by=world.unit, at=NOW)
    with pytest.raises(Overtaken):
        change_target(target=target, words=WORDS, seen=1, by=world.second, at=NOW)
    assert Target.objects.get().last == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("polarity", "direction", "levels"),
    [
        ("higher-is-better", "at-least", (90, 85, 80)),
        ("lower-is-better", "at-most", (20, 22, 25)),
    ],
)
def test_the_register_gives_the_direction_and_it_stays(
    world: World, polarity: str, direction: str, levels: tuple[int, int, int]
) -> None:
    Indicator.objects.filter(pk=world.timely.pk).update(polarity=polarity)
    world.timely.refresh_from_db()
    value, tolerance, failure = map(Decimal, levels)
    words = replace(WORDS, direction="", value=value, tolerance=tolerance, failure=failure)
    target = put(world, words)
    Indicator.objects.filter(pk=world.timely.pk).update(polarity="neutral")
    target.refresh_from_db()
    assert target.direction == direction


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("direction", {"direction": ""}),
        ("last", {"last": date(2025, 3, 31)}),
        ("source", {"source": ""}),
        ("value", {"value": Decimal(101)}),
        ("failure", {"failure": Decimal(-1)}),
        ("tolerance", {"tolerance": Decimal(90)}),
        ("tolerance", {"direction": "at-most"}),
        ("failure", {"failure": Decimal(86)}),
        ("failure", {"tolerance": None, "failure": Decimal(91)}),
        ("source", {"source": "x" * 301}),
    ],
)
def test_words_that_do_not_fit_are_refused_at_their_field(
    world: World, field: str, change: dict[str, object]
) -> None:
    with pytest.raises(Refused) as refused:
        put(world, replace(WORDS, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert Target.objects.count() == 0


def test_of_a_figure_that_adds_up_the_kind_of_period_is_asked_for(world: World) -> None:
    with pytest.raises(Refused, match="add up to the year"):
        put(world, indicator=world.referrals)
    quarterly = replace(WORDS, period_kind="quarter", value=Decimal(1200))
    assert put(world, quarterly, world.referrals).period_kind == "quarter"


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        (date(2024, 4, 1), date(2025, 3, 31), True),
        (date(2024, 4, 1), date(2025, 4, 1), False),
        (date(2024, 4, 1), None, False),
        (date(2025, 6, 1), date(2025, 7, 1), False),
        (date(2026, 3, 31), None, False),
        (date(2026, 4, 1), None, True),
    ],
)
def test_one_target_at_a_time_holds(
    world: World, first: date, last: date | None, fits: bool
) -> None:
    put(world, replace(WORDS, last=date(2026, 3, 31)))
    words = replace(WORDS, first=first, last=last)
    if fits:
        put(world, words)
    else:
        with pytest.raises(Refused, match="from 1 April 2025 until 31 March 2026"):
            put(world, words)
    assert Target.objects.count() == 1 + fits


def test_a_target_that_is_ended_later_does_not_reach_into_the_next(world: World) -> None:
    older = put(world, replace(WORDS, last=date(2026, 3, 31)))
    put(world, replace(WORDS, first=date(2026, 4, 1)))
    with pytest.raises(Refused, match="from 1 April 2026"):
        end_target(target=older, last=date(2026, 4, 1), seen=1, by=world.unit, at=NOW)
    with pytest.raises(Refused, match="not before 1 April 2025"):
        end_target(target=older, last=date(2025, 3, 31), seen=1, by=world.unit, at=NOW)
