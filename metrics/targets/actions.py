"""Verbs about targets: set, change, end. One target at a time holds for an indicator."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from metrics.models import Indicator, Target
from metrics.models.register import Polarity, RollUp, Unit
from partnerships.audit import record
from partnerships.models import Partnership, User
from partnerships.periods import day
from partnerships.refusals import Overtaken, Refused, must_fit

BY_POLARITY: Mapping[str, str] = {
    Polarity.HIGHER: Target.Direction.AT_LEAST,
    Polarity.LOWER: Target.Direction.AT_MOST,
}
AMOUNTS = {"value": "target", "tolerance": "tolerance", "failure": "failure zone"}


@dataclass(frozen=True, slots=True)
class TargetWords:
    """What is said of a target. An empty `direction` is taken from the indicator's polarity."""

    first: date
    value: Decimal
    source: str
    last: date | None = None
    direction: str = ""
    tolerance: Decimal | None = None
    failure: Decimal | None = None
    period_kind: str = ""
    note: str = ""


def set_target(
    *, partnership: Partnership, indicator: Indicator, words: TargetWords, by: User, at: datetime
) -> Target:
    """Adds a target. Raises `Refused` where the words do not fit, or one holds already."""
    columns = _columns(indicator, words)
    target = Target(partnership=partnership, indicator=indicator, **columns, by=by, at=at)
    must_fit(target)
    with transaction.atomic():
        _alone(target)
        target.save(force_insert=True)
        _record(by, "target set", target)
    return target


def change_target(
    *, target: Target, words: TargetWords, seen: int, by: User, at: datetime
) -> Target:
    """Changes the version seen; the same again is no change. Raises `Refused`, `Overtaken`."""
    columns = _columns(target.indicator, words)
    with transaction.atomic():
        found = _held(target, seen)
        before = {name: getattr(found, name) for name in columns}
        if before == columns:
            return found
        for name, value in columns.items():
            setattr(found, name, value)
        must_fit(found)
        _alone(found)
        return _saved(found, "target changed", by, at, before)


def end_target(*, target: Target, last: date, seen: int, by: User, at: datetime) -> Target:
    """Gives a target its last day. Raises `Refused`, `Overtaken`."""
    if last < target.first:
        raise Refused(f"Enter a day that is not before {day(target.first)}.", "last")
    with transaction.atomic():
        found = _held(target, seen)
        before = {"last": found.last}
        found.last = last
        _alone(found)
        return _saved(found, "target ended", by, at, before)


def _columns(indicator: Indicator, words: TargetWords) -> dict[str, Any]:
    """The fields to store, checked; the direction is worked out."""
    direction = words.direction or BY_POLARITY.get(indicator.polarity, "")
    if not direction:
        raise Refused(
            "The register does not say whether higher or lower is better here. "
            "Choose at least or at most.",
            "direction",
        )
    if words.last is not None and words.last < words.first:
        raise Refused("Enter a last day that is not before the first.", "last")
    if not words.source:
        raise Refused("Say where the target is set, such as a contract or a plan.", "source")
    if indicator.roll_up == RollUp.SUM and not words.period_kind:
        raise Refused(
            "Quarters of this figure add up to the year. Choose for which kind of period "
            "the target is.",
            "period_kind",
        )
    for name, called in AMOUNTS.items():
        _possible(getattr(words, name), indicator, name, called)
    _in_order(words, direction)
    return asdict(words) | {"direction": direction}


def _possible(amount: Decimal | None, indicator: Indicator, name: str, called: str) -> None:
    if amount is None or indicator.unit == Unit.MONEY:
        return
    if amount < 0:
        raise Refused(f"The {called} cannot be below 0.", name)
    if indicator.unit == Unit.PERCENT and amount > 100:
        raise Refused(f"The {called} is a percentage and cannot be above 100.", name)


def _in_order(words: TargetWords, direction: str) -> None:
    """Tolerance on the worse side of the target, failure no better than either."""
    at_least = direction == Target.Direction.AT_LEAST
    sign, side = (1, "below") if at_least else (-1, "above")
    bound = words.value
    if words.tolerance is not None:
        if sign * words.tolerance >= sign * words.value:
            raise Refused(f"Enter a tolerance {side} the target, or leave it empty.", "tolerance")
        bound = words.tolerance
    if words.failure is not None and sign * words.failure > sign * bound:
        better = "above" if at_least else "below"
        raise Refused(
            f"The failure zone cannot begin {better} the target or its tolerance.", "failure"
        )


def _held(target: Target, seen: int) -> Target:
    """The row as it stands behind the lock, which two people pass one after the other."""
    _lock(target.partnership)
    found = Target.objects.select_related("partnership", "indicator").get(pk=target.pk)
    if found.version != seen:
        raise Overtaken
    return found


def _alone(target: Target) -> None:
    """Raises `Refused` where another target holds on one of the days."""
    _lock(target.partnership)
    others = Target.objects.filter(partnership=target.partnership, indicator=target.indicator)
    others = others.exclude(pk=target.pk).filter(Q(last__isnull=True) | Q(last__gte=target.first))
    if target.last is not None:
        others = others.filter(first__lte=target.last)
    if other := others.first():
        until = f" until {day(other.last)}" if other.last else ""
        raise Refused(
            f"Another target holds from {day(other.first)}{until}. End that one first, "
            "or choose other days.",
            "first",
        )


def _lock(partnership: Partnership) -> None:
    Partnership.objects.select_for_update().get(pk=partnership.pk)


def _saved(found: Target, verb: str, by: User, at: datetime, before: Mapping[str, Any]) -> Target:
    found.version += 1
    found.by, found.at = by, at
    found.save()
    _record(by, verb, found, before)
    return found


def _record(by: User, verb: str, target: Target, before: Mapping[str, Any] | None = None) -> None:
    """What the target says now; of a change, what it said before too."""
    names = ("first", "last", "period_kind", "direction", "value", "tolerance", "failure")
    detail: dict[str, Any] = {name: _plain(getattr(target, name)) for name in names}
    if before:
        detail["before"] = {
            name: _plain(value) for name, value in before.items() if value != getattr(target, name)
        }
    record(
        by=by,
        verb=verb,
        subject=f"target:{target.indicator.code}:{target.first}",
        partnership=target.partnership,
        detail=detail,
    )


def _plain(value: date | Decimal | str | None) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)
