"""Reading inspections, as their pages show them."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from partnerships.elements import Column, Fact, Link, Table, table
from partnerships.known_dates import words
from partnerships.models import Partnership
from partnerships.periods import day, how_long
from reviews.inspections.printed_dates import misprint, weekday
from reviews.models import Finding, Inspection, ProposedAction

TO_IMPROVE = (Finding.Kind.PRIORITY_ACTION, Finding.Kind.IMPROVEMENT)


def inspections_at(partnership: Partnership) -> QuerySet[Inspection]:
    """The newest first, with how much was found and is to be improved."""
    counted = partnership.inspections.annotate(
        to_improve=Count("findings", filter=Q(findings__kind__in=TO_IMPROVE)),
        found=Count("findings"),
    )
    # Said here too: a query that counts does not follow the model's own order.
    return counted.order_by(F("first").desc(nulls_last=True), "name")


def inspections_table(rows: list[tuple[Inspection, str]]) -> Table:
    """The inspections, each with the address of its page."""
    return table(
        "inspections",
        "Inspections, the newest first",
        [
            "Inspection",
            "Inspectorates",
            "Fieldwork",
            "Judgement",
            Column("Findings kept", numeric=True),
            Column("To improve", numeric=True),
        ],
        [
            (
                Link(each.name, url),
                each.inspectorates,
                words(each.when),
                each.judgement or "None kept",
                str(getattr(each, "found", 0)),
                str(getattr(each, "to_improve", 0)),
            )
            for each, url in rows
        ],
        notes=["To improve: priority actions and areas for improvement."],
    )


def facts_of(inspection: Inspection) -> list[Fact]:
    facts = [
        Fact("Inspectorates", inspection.inspectorates),
        Fact("Theme", inspection.theme or "Not said"),
        Fact("Fieldwork", words(inspection.when)),
        Fact("Letter or report", day(inspection.reported) if inspection.reported else "Not known"),
    ]
    if inspection.judgement or inspection.previous_judgement:
        facts.append(Fact("Judgement", judged(inspection)))
    if inspection.note:
        facts.append(Fact("Note", inspection.note))
    return facts


def judged(of: Inspection | Finding) -> str:
    """The grade with the one before: "Good, before that inadequate"; empty where neither is."""
    if not of.previous_judgement:
        return of.judgement
    return f"{of.judgement or 'Not graded'}, before that {of.previous_judgement.lower()}"


def findings_tables(rows: list[tuple[Finding, str]]) -> list[Table]:
    """A table for each kind of finding that there is, the gravest first, in the letter's order."""
    tables = []
    for kind in Finding.Kind:
        of_kind = [(finding, url) for finding, url in rows if finding.kind == kind]
        if of_kind:
            tables.append(_findings_table(kind, of_kind))
    return tables


def _findings_table(kind: Finding.Kind, rows: list[tuple[Finding, str]]) -> Table:
    return table(
        kind.value,
        kind.label,
        [Column("Number"), "Finding, in our words", "About", "Note"],
        [
            (
                Link(str(finding.number), url) if url else str(finding.number),
                finding.words,
                str(finding.organisation) if finding.organisation else "The partnership",
                _note(finding),
            )
            for finding, url in rows
        ],
    )


def _note(finding: Finding) -> str:
    parts = [
        f"Judgement: {judged(finding)}." if judged(finding) else "",
        f"How many, as the letter says: {finding.quantifier}." if finding.quantifier else "",
        "Acted on while the inspectors were there." if finding.acted_on_during else "",
        finding.note,
    ]
    return " ".join(part for part in parts if part) or "–"


def statement_facts(statement: ProposedAction, *, today: date) -> list[Fact]:
    """Who does what by when; and the date as printed, where that is not what it is."""
    facts = [
        Fact("Prepares it", statement.prepares),
        Fact("Oversees it", statement.oversees),
        Fact("Sends it", statement.sends),
        Fact("Receives it", statement.recipient),
        Fact("Due", f"{weekday(statement.due)} {day(statement.due)}"),
    ]
    wrong = misprint(statement.due_as_printed, statement.due)
    if wrong:
        facts.append(Fact("Due, as printed", wrong))
    facts.append(Fact("Sent", _sent(statement, today)))
    if statement.note:
        facts.append(Fact("Note", statement.note))
    return facts


def _sent(statement: ProposedAction, today: date) -> str:
    if statement.sent is None:
        return "Not known" if statement.due < today else "Not yet"
    is_late = statement.sent > statement.due
    over = f", {how_long(statement.due, statement.sent)} late" if is_late else ""
    return f"{day(statement.sent)}{over}"
