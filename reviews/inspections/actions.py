"""Verbs that change inspections, their findings and the statement that answers them."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from partnerships.audit import record
from partnerships.known_dates import stored
from partnerships.models import Organisation, Partnership, User
from partnerships.periods import Span
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out
from partnerships.stated import address_of
from reviews.models import Finding, Inspection, ProposedAction
from reviews.versions import write


@dataclass(frozen=True, slots=True)
class InspectionWords:
    """What is known of an inspection. `last` is None where it is the same as `first`."""

    name: str
    inspectorates: str
    theme: str = ""
    first: Span | None = None
    last: Span | None = None
    reported: date | None = None
    judgement: str = ""
    previous_judgement: str = ""
    judgement_fact_id: str = ""
    note: str = ""
    fact_id: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding, in our words."""

    kind: str
    subject: str
    words: str
    quantifier: str = ""
    value: Decimal | None = None
    judgement: str = ""
    previous_judgement: str = ""
    organisation: Organisation | None = None
    acted_on_during: bool = False
    note: str = ""
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class StatementWords:
    """Who prepares, oversees and sends the statement, to whom, and by when."""

    prepares: str
    oversees: str
    sends: str
    recipient: str
    due: date
    due_as_printed: str = ""
    sent: date | None = None
    note: str = ""
    fact_id: str = ""


def save_inspection(
    *, partnership: Partnership, code: str, words: InspectionWords, seen: int = 0, by: User
) -> Inspection:
    """Adds an inspection (`seen` 0) or changes the version seen; the same again is no change.

    Raises `Refused` and `Overtaken`.
    """
    columns = _inspection_columns(words)
    if code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        found = partnership.inspections.filter(code=code).first() if seen else None
        saved = write(
            Inspection,
            {"partnership": partnership, "code": code},
            columns,
            found=found,
            seen=seen,
            taken=Refused(f"There is an inspection {code} already. Choose another name.", "code"),
        )
        if saved:
            _record(by, "inspection changed" if found else "inspection added", saved)
    return saved or partnership.inspections.get(code=code)


def save_finding(
    *, inspection: Inspection, number: int | None, words: FindingWords, seen: int = 0, by: User
) -> Finding:
    """Adds a finding (`seen` 0; without a number it comes last) or changes the version seen.

    Raises `Refused` where the number is taken, and `Overtaken`.
    """
    columns: dict[str, Any] = {
        name: getattr(words, name) for name in FindingWords.__dataclass_fields__
    }
    with transaction.atomic():
        Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
        if number is None:
            last = inspection.findings.order_by("number").last()
            number = last.number + 1 if last else 1
        found = inspection.findings.filter(number=number).first() if seen else None
        saved = write(
            Finding,
            {"inspection": inspection, "number": number},
            columns,
            found=found,
            seen=seen,
            taken=Refused(f"There is a finding {number} already.", "number"),
        )
        if saved:
            verb = "finding changed" if found else "finding added"
            _record(by, verb, inspection, number=number, kind=words.kind)
    return saved or inspection.findings.get(number=number)


def save_statement(
    *, inspection: Inspection, words: StatementWords, seen: int = 0, by: User
) -> ProposedAction:
    """Adds the statement of proposed action or changes the version seen.

    Raises `Refused` where it is due or sent before the inspectors report, and `Overtaken`.
    """
    columns: dict[str, Any] = asdict(words)
    for name, day in (("due", words.due), ("sent", words.sent)):
        if inspection.reported and day and day < inspection.reported:
            raise Refused("This day is before the inspectors' letter. Check the year.", name)
    with transaction.atomic():
        Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
        found = ProposedAction.objects.filter(inspection=inspection).first()
        saved = write(
            ProposedAction,
            {"inspection": inspection},
            columns,
            found=found,
            seen=seen,
            taken=Overtaken(),
        )
        if saved:
            verb = "statement of action changed" if found else "statement of action added"
            _record(by, verb, inspection, due=words.due.isoformat())
    return saved or ProposedAction.objects.get(inspection=inspection)


def remove_inspection(inspection: Inspection, why: Removal) -> None:
    """Takes an inspection out.

    Raises `Overtaken`, and `Refused` while findings or a statement of it are kept, or a report
    is to tell of it.
    """
    take_out(
        inspection,
        why,
        verb="inspection removed",
        subject=inspection.key,
        figures=[_figures(inspection)],
    )


def remove_finding(finding: Finding, why: Removal) -> None:
    """Takes a finding out; the others keep their numbers.

    Raises `Overtaken`, and `Refused` where a report prints its number.
    """
    inspection = finding.inspection
    take_out(
        finding,
        why,
        verb="finding removed",
        subject=inspection.key,
        figures=[_figures(inspection)],
    )


def remove_statement(statement: ProposedAction, why: Removal) -> None:
    """Takes the statement of proposed action out. Raises `Overtaken`."""
    take_out(statement, why, verb="statement of action removed", subject=statement.inspection.key)


def _figures(inspection: Inspection) -> str:
    return address_of("findings", inspection.partnership, inspection.code, "")


def _inspection_columns(words: InspectionWords) -> dict[str, Any]:
    first, last = words.first, words.last or words.first
    if last and not first:
        raise Refused("Enter the first day too, or clear the last.", "first")
    if first and last and first.kind != last.kind:
        raise Refused("Write the first and the last day in the same way.", "last")
    if first and last and last.last < first.first:
        raise Refused("The inspection ends before it begins.", "last")
    if words.reported and first and words.reported < first.first:
        raise Refused("The letter cannot come before the inspection.", "reported")
    begins, precision = stored(first)
    return {
        "name": words.name,
        "inspectorates": words.inspectorates,
        "theme": words.theme,
        "first": begins,
        "last": last.last if last else None,
        "precision": precision.value,
        "reported": words.reported,
        "judgement": words.judgement,
        "previous_judgement": words.previous_judgement,
        "judgement_fact_id": words.judgement_fact_id,
        "note": words.note,
        "fact_id": words.fact_id,
        "source": words.source,
    }


def _record(by: User, verb: str, inspection: Inspection, **detail: Any) -> None:
    partnership = inspection.partnership
    record(by=by, verb=verb, subject=inspection.key, partnership=partnership, detail=detail)
