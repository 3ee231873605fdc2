"""Verbs that change the groups of a partnership and its priorities."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from partnerships.audit import record
from partnerships.known_dates import certainly_after, stored
from partnerships.models import (
    Body,
    Partnership,
    Period,
    Priority,
    PriorityPoint,
    PriorityYear,
    ReportsTo,
    User,
)
from partnerships.periods import Kind, Span
from partnerships.refusals import Overtaken, Refused

Assurance = PriorityYear.Assurance
State = PriorityYear.State


@dataclass(frozen=True, slots=True)
class BodyWords:
    """What is known of a body. `chair` is an office, never a person."""

    name: str
    kind: str
    remit: str = ""
    rhythm: str = ""
    shared_by: str = ""
    chair: str = ""
    chaired: str = "unknown"
    first: Span | None = None
    last: Span | None = None
    dates_note: str = ""
    follows: Body | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a priority's account, and the code of the figure that bears it out."""

    text: str
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class YearWords:
    """What a year says of a priority: its points by part, its assurance, what became of it."""

    points: Mapping[str, Sequence[Point]]
    assurance: str = Assurance.NOT_SAID
    assurance_why: str = ""
    state: str = State.RUNNING
    state_why: str = ""


def save_body(
    *,
    partnership: Partnership,
    code: str,
    words: BodyWords,
    reports_to: Collection[Body] = (),
    seen: int = 0,
    by: User,
) -> Body:
    """Adds a body (`seen` 0) or changes the version seen; the same again is no change.

    Raises `Refused` and `Overtaken`.
    """
    columns = _body_columns(words)
    if code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        found = partnership.bodies.filter(code=code).first()
        if found and not seen:
            raise Refused(f"There is a body {code} already. Choose another name.", "code")
        if found:
            _must_not_go_round(found, words.follows, reports_to)
        if found and _says(found, columns) and _targets(found) == {each.pk for each in reports_to}:
            return found
        if (found.version if found else 0) != seen:
            raise Overtaken
        columns["version"] = seen + 1
        body, made = Body.objects.update_or_create(
            partnership=partnership, code=code, defaults=columns
        )
        ReportsTo.objects.filter(body=body).exclude(to__in=reports_to).delete()
        for to in reports_to:
            ReportsTo.objects.get_or_create(body=body, to=to)
        record(
            by=by,
            verb="body added" if made else "body changed",
            subject=body.key,
            partnership=partnership,
        )
    return body


def add_priority(
    *, partnership: Partnership, code: str, number: int, name: str, by: User
) -> Priority:
    """Adds a priority. Raises `Refused` where its short name is taken."""
    if code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        if partnership.priorities.filter(code=code).exists():
            raise Refused(f"There is a priority {code} already. Choose another name.", "code")
        priority = Priority.objects.create(
            partnership=partnership, code=code, number=number, name=name
        )
        record(
            by=by,
            verb="priority added",
            subject=f"priority:{partnership.slug}:{code}",
            partnership=partnership,
        )
    return priority


def save_year(
    *, priority: Priority, period: Period, words: YearWords, seen: int = 0, by: User
) -> PriorityYear:
    """Adds what a financial year says of a priority, or changes the version seen.

    Raises `Refused` and `Overtaken`.
    """
    columns = _year_columns(period, words)
    with transaction.atomic():
        Priority.objects.select_for_update(of=("self",)).get(pk=priority.pk)
        found = priority.years.filter(period=period).first()
        if found and not seen:
            raise Refused(f"There is an account of {period} already. Open it.", "year")
        if found and _says(found, columns) and _points(found) == _wanted(words):
            return found
        if (found.version if found else 0) != seen:
            raise Overtaken
        columns["version"] = seen + 1
        year, made = PriorityYear.objects.update_or_create(
            priority=priority, period=period, defaults=columns
        )
        year.points.all().delete()
        PriorityPoint.objects.bulk_create(
            PriorityPoint(year=year, part=part, order=order, text=text, indicator=indicator)
            for part, order, text, indicator in sorted(_wanted(words))
        )
        record(
            by=by,
            verb="priority's year added" if made else "priority's year changed",
            subject=year.key,
            partnership=priority.partnership,
            detail={"assurance": words.assurance, "state": words.state},
        )
    return year


def _body_columns(words: BodyWords) -> dict[str, Any]:
    if certainly_after(words.first, words.last):
        raise Refused("The body ends before it begins.", "last")
    columns: dict[str, Any] = {name: getattr(words, name) for name in _TAKEN_AS_THEY_ARE}
    for name in ("first", "last"):
        first, precision = stored(getattr(words, name))
        columns[name], columns[f"{name}_precision"] = first, precision.value
    return columns


_TAKEN_AS_THEY_ARE = (
    *("name", "kind", "remit", "rhythm", "shared_by"),
    *("chair", "chaired", "dates_note", "follows", "note"),
)


def _must_not_go_round(body: Body, follows: Body | None, reports_to: Collection[Body]) -> None:
    """A chart of who reports to whom, or who followed whom, must come to an end."""
    if follows and body.pk in _all_before(follows):
        raise Refused(f"{body} cannot follow a body that follows it.", "follows")
    for to in reports_to:
        if body.pk in _all_above(to):
            raise Refused(
                f"{to} reports to {body} itself, straight or through others.", "reports_to"
            )


def _all_before(body: Body) -> set[int]:
    """The body, the one it followed, and so on; read anew, for the one given may be stale."""
    followed = dict(
        Body.objects.filter(partnership=body.partnership_id).values_list("pk", "follows_id")
    )
    seen: set[int] = set()
    at: int | None = body.pk
    while at and at not in seen:
        seen.add(at)
        at = followed.get(at)
    return seen


def _all_above(body: Body) -> set[int]:
    """The body and all that it reports to, straight or through others."""
    pairs = ReportsTo.objects.filter(body__partnership=body.partnership_id)
    above: dict[int, set[int]] = {}
    for one, to in pairs.values_list("body_id", "to_id"):
        above.setdefault(one, set()).add(to)
    seen: set[int] = set()
    waiting = {body.pk}
    while waiting:
        seen |= waiting
        waiting = set().union(*(above.get(each, set()) for each in waiting)) - seen
    return seen


def _targets(body: Body) -> set[int]:
    return set(ReportsTo.objects.filter(body=body).values_list("to_id", flat=True))


def _year_columns(period: Period, words: YearWords) -> dict[str, Any]:
    if period.kind != Kind.YEAR:
        raise Refused("Enter a financial year, like 2019-20.", "year")
    if words.assurance in {Assurance.PARTLY, Assurance.NOT_YET} and not words.assurance_why:
        raise Refused("Say why the effect cannot be shown in full.", "assurance_why")
    if words.state != State.RUNNING and not words.state_why:
        raise Refused("Say why this was decided.", "state_why")
    names = ("assurance", "assurance_why", "state", "state_why")
    return {name: getattr(words, name) for name in names}


def _points(year: PriorityYear) -> set[tuple[str, int, str, str]]:
    return set(year.points.values_list("part", "order", "text", "indicator"))


def _wanted(words: YearWords) -> set[tuple[str, int, str, str]]:
    return {
        (part, order, point.text, point.indicator)
        for part, points in words.points.items()
        for order, point in enumerate(points, 1)
    }


def _says(found: Body | PriorityYear, columns: dict[str, Any]) -> bool:
    return all(getattr(found, name) == value for name, value in columns.items())
