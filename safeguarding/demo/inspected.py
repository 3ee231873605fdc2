"""A partnership's inspections, from its folder of files.

Loading again mends what differs, and leaves alone what a person has changed since.
"""

from datetime import date
from pathlib import Path

from django.db import transaction

from partnerships.models import Organisation, Partnership, User
from partnerships.periods import Kind, Span
from reviews.inspections.actions import (
    FindingWords,
    InspectionWords,
    StatementWords,
    save_finding,
    save_inspection,
    save_statement,
)
from reviews.models import Finding, Inspection, ProposedAction
from safeguarding.demo.files import Row, named, rows_if_any
from safeguarding.demo.kept import kept_by_people
from safeguarding.demo.printed import printed_source


def load_inspections_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads inspections, findings and statements, all or none. Returns how many rows were read."""
    kept = kept_by_people(partnership)
    counts = {}
    with transaction.atomic():
        for words, name, load in (
            ("inspections", "inspections.csv", _inspection),
            ("findings", "findings.csv", _finding),
            ("statements of action", "written_statements.csv", _statement),
        ):
            found = rows_if_any(folder / name)
            for row in found:
                code = row.required("inspection")
                if f"inspection:{partnership.slug}:{code}" in kept:
                    continue
                with named(row):
                    load(row, partnership, code, by)
            counts[words] = len(found)
    return counts


def _inspection(row: Row, partnership: Partnership, code: str, by: User) -> None:
    first, last = _fieldwork(row)
    words = InspectionWords(
        name=row.required("name"),
        inspectorates=row.required("inspectorates"),
        theme=row.text("theme"),
        first=first,
        last=last,
        reported=row.day("reported"),
        judgement=row.cells.get("judgement", "").strip(),
        previous_judgement=row.cells.get("previous_judgement", "").strip(),
        judgement_fact_id=row.cells.get("judgement_fact_id", "").strip(),
        note=row.text("note"),
        fact_id=row.text("fact_id"),
        source=row.cells.get("source", "").strip() or printed_source(partnership),
    )
    seen = _version(partnership.inspections.filter(code=code).first())
    save_inspection(partnership=partnership, code=code, words=words, seen=seen, by=by)


def _fieldwork(row: Row) -> tuple[Span | None, Span | None]:
    """Two days. A whole month, months or calendar year mean that only they are known."""
    first, last = row.day("first"), row.day("last")
    if first is None or last is None:
        return None, None
    for kind in (Kind.MONTH, Kind.CALENDAR_YEAR):
        whole = Span.containing(kind, first)
        if (whole.first, whole.last) == (first, last):
            return whole, None
    ends = Span.containing(Kind.MONTH, last)
    if first.day == 1 and last == ends.last:
        return Span.containing(Kind.MONTH, first), ends
    return _day(first), _day(last)


def _day(on: date) -> Span:
    return Span.containing(Kind.SNAPSHOT, on)


def _finding(row: Row, partnership: Partnership, code: str, by: User) -> None:
    inspection = _stored(row, partnership, code)
    kind = row.required("kind")
    if kind not in Finding.Kind.values:
        raise row.error(f"kind is {kind!r}. It is one of {', '.join(Finding.Kind.values)}.")
    words = FindingWords(
        kind=kind,
        subject=row.required("subject"),
        words=row.required("finding"),
        quantifier=row.text("quantifier"),
        value=row.number("value"),
        judgement=row.cells.get("judgement", "").strip(),
        previous_judgement=row.cells.get("previous_judgement", "").strip(),
        organisation=_organisation(row, "agency"),
        acted_on_during=row.yes("acted_on_during"),
        note=row.text("note"),
        fact_id=row.text("fact_id"),
    )
    number = row.whole("number", 0)
    seen = _version(inspection.findings.filter(number=number).first())
    save_finding(inspection=inspection, number=number, words=words, seen=seen, by=by)


def _statement(row: Row, partnership: Partnership, code: str, by: User) -> None:
    inspection = _stored(row, partnership, code)
    prepares = _organisation(row, "prepares")
    words = StatementWords(
        prepares=prepares.name if prepares else "",
        oversees=row.required("oversees"),
        sends=row.required("sends"),
        recipient=row.required("recipient"),
        due=row.first_day("due"),
        due_as_printed=row.text("due_as_printed"),
        note=row.text("note"),
        fact_id=row.text("fact_id"),
    )
    seen = _version(ProposedAction.objects.filter(inspection=inspection).first())
    save_statement(inspection=inspection, words=words, seen=seen, by=by)


def _stored(row: Row, partnership: Partnership, code: str) -> Inspection:
    inspection = partnership.inspections.select_related("partnership").filter(code=code).first()
    if inspection is None:
        raise row.error(f"there is no inspection {code!r}. Add it to inspections.csv first.")
    return inspection


def _organisation(row: Row, column: str) -> Organisation | None:
    slug = row.text(column)
    if not slug:
        return None
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise row.error(f"{column} is {slug!r}, which is not in organisations.csv.")
    return found


def _version(found: Inspection | Finding | ProposedAction | None) -> int:
    return found.version if found else 0
