"""A partnership's groups and priorities, from its folder of files.

Loading again mends what differs, and leaves alone what a person has changed since; a priority
keeps the name and number under which it was first loaded.
"""

from itertools import groupby
from pathlib import Path

from django.db import transaction

from partnerships.calendar import store_period
from partnerships.governance.actions import (
    BodyWords,
    Point,
    YearWords,
    add_priority,
    save_body,
    save_year,
)
from partnerships.known_dates import read
from partnerships.models import Body, Partnership, PriorityPoint, PriorityYear, User
from partnerships.periods import Kind, Span, parse
from safeguarding.demo.files import Row, known, named, rows_if_any
from safeguarding.demo.kept import kept_by_people

RETAINED = "Its work goes on after this year: the report lists what is still to do."
DAY_NOT_KNOWN = ("the day is not stated", "meetings are counted from")


def load_governance_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads bodies and priorities, all or none. Returns how many rows were read."""
    kept = kept_by_people(partnership)
    with transaction.atomic():
        bodies = rows_if_any(folder / "bodies.csv")
        # First all of them, then what points from one to another, so that order is free.
        for linked in (False, True):
            for row in bodies:
                with named(row):
                    _body(row, partnership, kept, by, linked=linked)
        priorities = rows_if_any(folder / "priorities.csv")
        points = rows_if_any(folder / "priority_points.csv")
        for row in priorities:
            code = row.required("priority")
            own = [point for point in points if point.required("priority") == code]
            with named(row):
                _priority(row, own, partnership, kept, by)
        named_here = {row.text("priority") for row in priorities}
        for point in points:
            if point.text("priority") not in named_here:
                raise point.error(f"there is no priority {point.text('priority')!r}.")
    return {
        "bodies": len(bodies),
        "priorities": len(priorities),
        "points of priorities": len(points),
    }


def _body(
    row: Row, partnership: Partnership, kept: frozenset[str], by: User, *, linked: bool
) -> None:
    code = row.required("body")
    found = partnership.bodies.filter(code=code).first()
    if found and (found.key in kept or not linked):
        return
    kind, chaired = row.required("kind"), row.text("chaired") or "unknown"
    if kind not in Body.Kind.values:
        raise row.error(f"kind is {kind!r}. It is one of {', '.join(Body.Kind.values)}.")
    if chaired not in Body.Chaired.values:
        raise row.error(f"chaired is {chaired!r}. It is one of {', '.join(Body.Chaired.values)}.")
    follows = _other(row, "follows", row.text("follows"), partnership) if linked else None
    targets = [each.strip() for each in row.text("reports_to").split(";") if each.strip()]
    words = BodyWords(
        name=row.required("name"),
        kind=kind,
        remit=row.text("remit"),
        rhythm=row.text("rhythm"),
        shared_by=row.text("shared_by"),
        chair=row.text("chair"),
        chaired=chaired,
        first=_when(row, "first"),
        last=_when(row, "last"),
        dates_note=row.text("dates_note"),
        follows=follows,
        note=row.text("note"),
    )
    above = [_other(row, "reports_to", code, partnership) for code in targets] if linked else []
    save_body(
        partnership=partnership,
        code=code,
        words=words,
        reports_to=[each for each in above if each],
        seen=found.version if found else 0,
        by=by,
    )


def _when(row: Row, column: str) -> Span | None:
    """The day, or its month where the row says that the day itself is not known."""
    span = read(row.text(column))
    note = row.text("dates_note").lower()
    if span and span.kind is Kind.SNAPSHOT and any(words in note for words in DAY_NOT_KNOWN):
        return Span.containing(Kind.MONTH, span.first)
    return span


def _other(row: Row, column: str, code: str, partnership: Partnership) -> Body | None:
    if not code:
        return None
    found = partnership.bodies.filter(code=code).first()
    if found is None:
        raise row.error(f"{column} is {code!r}, which is no body of this file.")
    return found


def _priority(
    row: Row, points: list[Row], partnership: Partnership, kept: frozenset[str], by: User
) -> None:
    code = row.required("priority")
    priority = partnership.priorities.filter(code=code).first() or add_priority(
        partnership=partnership,
        code=code,
        number=row.whole("number", 1),
        name=row.required("name"),
        by=by,
    )
    first, last = (parse(row.required(column)) for column in ("first_year", "last_year"))
    period = store_period(first)
    goes_on = last.first > first.first
    state, why = ("retained", RETAINED) if goes_on else ("running", "")
    words = YearWords(
        points=_points(points),
        assurance=row.required("assurance"),
        assurance_why=row.text("note"),
        state=known(row, "state", PriorityYear.State.values, state),
        state_why=row.cells.get("state_why", "").strip() or why,
    )
    year = priority.years.filter(period=period).first()
    if year and year.key in kept:
        return
    save_year(
        priority=priority, period=period, words=words, seen=year.version if year else 0, by=by
    )


def _points(points: list[Row]) -> dict[str, list[Point]]:
    """The points by part, in the order that their rows give."""
    for row in points:
        if row.required("part") not in PriorityPoint.Part.values:
            raise row.error(f"part is {row.text('part')!r}, which is not known.")
    in_order = sorted(points, key=lambda row: (row.text("part"), row.whole("order", 0)))
    return {
        part: [Point(row.required("text"), row.text("indicator")) for row in found]
        for part, found in groupby(in_order, key=lambda row: row.text("part"))
    }
