"""Reading the groups of a partnership and its priorities, as their pages show them."""

from collections.abc import Iterable, Set

from django.db.models import Prefetch, QuerySet

from partnerships.elements import Colour, Column, Fact, Link, Table, Tag, table
from partnerships.known_dates import words
from partnerships.models import Body, Partnership, Priority, PriorityPoint, PriorityYear
from partnerships.periods import Span

COLOURS: dict[str, Colour] = {
    PriorityYear.Assurance.SHOWN: "green",
    PriorityYear.Assurance.PARTLY: "yellow",
    PriorityYear.Assurance.NOT_YET: "orange",
    PriorityYear.Assurance.NOT_SAID: "grey",
}


def bodies_at(partnership: Partnership) -> QuerySet[Body]:
    return partnership.bodies.select_related("follows").prefetch_related("reports_to")


def bodies_in(partnership: Partnership, span: Span) -> tuple[list[Body], list[Body]]:
    """The bodies of a period, by kind and name: those that stood, and those that may not have.

    Of the latter no beginning is known, and they took the place of one that was still there at
    the end of the period, or report only to such bodies. Left out are those that certainly
    began after it or ended before it.
    """
    kinds = list(Body.Kind.values)
    bodies = [each for each in bodies_at(partnership) if not _is_out_of(each, span)]
    bodies.sort(key=lambda body: (kinds.index(body.kind), body.name))
    doubtful = {each.pk for each in bodies if _may_have_come_later(each, span)}
    found = -1
    while found != len(doubtful):
        found = len(doubtful)
        doubtful |= {each.pk for each in bodies if _reports_only_to(each, doubtful)}
    return (
        [each for each in bodies if each.pk not in doubtful],
        [each for each in bodies if each.pk in doubtful],
    )


def _is_out_of(body: Body, span: Span) -> bool:
    first, last = body.first_when, body.last_when
    return (first is not None and first.first > span.last) or (
        last is not None and last.last < span.first
    )


def _may_have_come_later(body: Body, span: Span) -> bool:
    before = body.follows
    if before is None or body.first_when is not None:
        return False
    return before.last_when is None or before.last_when.last > span.last


def _reports_only_to(body: Body, doubtful: Set[int]) -> bool:
    above = {each.pk for each in body.reports_to.all()}
    return body.first_when is None and bool(above) and above <= doubtful


def bodies_tables(bodies: Iterable[tuple[Body, str]]) -> list[Table]:
    """A table for each kind of body that there is, each body with the address of its page."""
    rows = list(bodies)
    tables = []
    for kind in Body.Kind:
        of_kind = [(body, url) for body, url in rows if body.kind == kind]
        if of_kind:
            tables.append(_bodies_table(kind, of_kind))
    return tables


def _bodies_table(kind: Body.Kind, rows: list[tuple[Body, str]]) -> Table:
    return table(
        kind.value,
        kind.label,
        ["Name", "Chair", Column("Meets", long=True), "Reports to"],
        [
            (
                Link(body.name, url),
                body.chair or "Not known",
                body.rhythm or "Not known",
                ", ".join(each.name for each in body.reports_to.all()) or "Not known",
            )
            for body, url in rows
        ],
    )


def body_facts(body: Body) -> list[Fact]:
    """What is known of a body; what is not known is said where a reader looks for it."""
    successors = ", ".join(each.name for each in body.successors.all())
    facts = [
        Fact("Kind", body.get_kind_display()),
        Fact("Remit", body.remit or "Not known"),
        Fact("Chair", body.chair or "Not known"),
        Fact("Chaired", body.get_chaired_display()),
        Fact("Meets", body.rhythm or "Not known"),
        Fact("Reports to", ", ".join(each.name for each in body.reports_to.all()) or "Not known"),
        Fact("Began", words(body.first_when)),
        Fact("Ended", words(body.last_when) if body.last else "No end is known"),
    ]
    more = (
        ("About these dates", body.dates_note),
        ("Shared by", body.shared_by),
        ("Followed", body.follows.name if body.follows else ""),
        ("Followed by", successors),
        ("Note", body.note),
    )
    return facts + [Fact(key, value) for key, value in more if value]


def priorities_at(partnership: Partnership) -> QuerySet[Priority]:
    """Priorities with their years, the newest year first."""
    years = PriorityYear.objects.select_related("period").order_by("-period__last")
    return partnership.priorities.prefetch_related(Prefetch("years", queryset=years))


def priorities_table(rows: Iterable[tuple[Priority, str]]) -> Table:
    """The priorities as their newest year leaves them, each with the address of its page."""
    return table(
        "priorities",
        "Priorities, as the newest account of each leaves them",
        ["Priority", "Year", "Assurance", "What became of it"],
        [(Link(priority.name, url), *_newest(priority)) for priority, url in rows],
    )


def _newest(priority: Priority) -> tuple[str, Tag | str, str]:
    year = next(iter(priority.years.all()), None)
    if year is None:
        return "No account yet", "–", "–"
    return str(year.period), assurance_tag(year), year.get_state_display()


def assurance_tag(year: PriorityYear) -> Tag:
    return Tag(year.get_assurance_display(), COLOURS[year.assurance])


def parts_of(year: PriorityYear) -> list[tuple[str, list[PriorityPoint]]]:
    """The parts of a year's account that say something, in the order of reading."""
    points = list(year.points.all())
    return [
        (part.label, found)
        for part in PriorityPoint.Part
        if (found := [point for point in points if point.part == part])
    ]
