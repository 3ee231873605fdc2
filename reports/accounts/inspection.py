"""An inspection: what was found, and the statement that must answer it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from partnerships.amounts import written_words
from partnerships.known_dates import words as when_words
from partnerships.periods import Span, day
from partnerships.stated_figure import Stated
from reports.accounts.account import Account, AccountError
from reports.blocks.figures import (
    AccountBlock,
    Bullets,
    F,
    Paragraph,
    Part,
    Subheading,
    Words,
)
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport
from reviews.inspections.printed_dates import misprint, weekday
from reviews.inspections.queries import judged
from reviews.inspections.stated import PLURALS, stated_count, stated_value
from reviews.models import Finding, Inspection, ProposedAction

AFTER_THE_YEAR = (
    "It took place after the year of this report, and is told here because it judges what became "
    "of the work."
)
BEFORE_THE_YEAR = "It took place before the year of this report."
SINGULARS = {
    Finding.Kind.PRIORITY_ACTION: "priority action",
    Finding.Kind.IMPROVEMENT: "area for improvement",
    Finding.Kind.WEAKNESS: "weakness",
    Finding.Kind.STRENGTH: "strength",
}
HEADINGS = {
    Finding.Kind.PRIORITY_ACTION: "Priority actions",
    Finding.Kind.IMPROVEMENT: "Areas for improvement",
    Finding.Kind.WEAKNESS: "Weaknesses that are not listed as areas for improvement",
    Finding.Kind.STRENGTH: "Strengths",
}


@dataclass(frozen=True, slots=True)
class FindingData:
    """`value` is the number that the words name, where they name one."""

    words: str
    organisation: str
    quantifier: str
    judgement: str
    acted_on_during: bool
    note: str
    value: Stated | None


@dataclass(frozen=True, slots=True)
class KindData:
    """The findings of a kind, and how many there are."""

    kind: Finding.Kind
    count: Stated
    findings: tuple[FindingData, ...]


@dataclass(frozen=True, slots=True)
class StatementData:
    """Who answers the inspectors and by when; `misprint` says what is wrong with the date."""

    prepares: str
    oversees: str
    sends: str
    recipient: str
    due: str
    misprint: str
    sent: str


@dataclass(frozen=True, slots=True)
class InspectionData:
    key: str
    name: str
    lead: str
    remarks: tuple[str, ...]
    kinds: tuple[KindData, ...]
    statement: StatementData | None


def read(report: AnnualReport, subject: str) -> InspectionData:
    """The inspection with that code, also one of another year, which says so."""
    inspection = (
        report.partnership.inspections.select_related("partnership", "statement")
        .prefetch_related("findings__organisation")
        .filter(code=subject)
        .first()
    )
    if inspection is None:
        raise AccountError(f"{report.partnership.name} has no inspection {subject!r}.")
    statement = getattr(inspection, "statement", None)
    return InspectionData(
        key=INSPECTION.key(subject),
        name=_name(inspection),
        lead=_lead(inspection),
        remarks=tuple(_remarks(inspection, report)),
        kinds=tuple(_kinds(inspection)),
        statement=_statement(statement) if statement else None,
    )


def _name(inspection: Inspection) -> str:
    when = inspection.when
    if when is None or str(when.first.year) in inspection.name:
        return inspection.name
    return f"{inspection.name}, {when.first.year}"


def _lead(inspection: Inspection) -> str:
    bodies = [name.strip() for name in inspection.inspectorates.split(";")]
    by = " and ".join(filter(None, (", ".join(bodies[:-1]), bodies[-1])))
    said = [f"Inspected by {by}."]
    if inspection.theme:
        said.append(f"Theme: {inspection.theme}.")
    said.append(f"Fieldwork: {_lower_first(when_words(inspection.when))}.")
    if inspection.reported:
        said.append(f"Letter or report of {day(inspection.reported)}.")
    if judged(inspection):
        said.append(f"Judgement: {judged(inspection)}.")
    return " ".join(said)


def _remarks(inspection: Inspection, report: AnnualReport) -> Iterator[str]:
    when: Span | None = inspection.when
    if when is not None and when.first > report.last:
        yield AFTER_THE_YEAR
    if when is not None and when.last < report.first:
        yield BEFORE_THE_YEAR
    if inspection.note:
        yield inspection.note


def _kinds(inspection: Inspection) -> Iterator[KindData]:
    """The gravest first, each in the order of the inspectors' letter."""
    every = list(inspection.findings.all())
    for kind in Finding.Kind:
        found = [finding for finding in every if finding.kind == kind]
        if found:
            count = stated_count(inspection, kind, len(found))
            yield KindData(kind, count, tuple(_finding(inspection, each) for each in found))


def _finding(inspection: Inspection, finding: Finding) -> FindingData:
    return FindingData(
        words=finding.words,
        organisation=_other_agency(inspection, finding),
        quantifier=finding.quantifier,
        judgement=judged(finding),
        acted_on_during=finding.acted_on_during,
        note=finding.note,
        value=stated_value(inspection, finding),
    )


def _other_agency(inspection: Inspection, finding: Finding) -> str:
    """Whom a finding is about, unless the name of the inspection says it."""
    name = finding.organisation.name if finding.organisation else ""
    return "" if name in inspection.name else name


def _statement(statement: ProposedAction) -> StatementData:
    return StatementData(
        prepares=statement.prepares,
        oversees=statement.oversees,
        sends=statement.sends,
        recipient=statement.recipient,
        due=f"{weekday(statement.due)} {day(statement.due)}",
        misprint=misprint(statement.due_as_printed, statement.due),
        sent=day(statement.sent) if statement.sent else "",
    )


def build(data: InspectionData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = [Paragraph((" ".join((data.lead, *data.remarks)),))]
    if data.kinds:
        parts.append(Paragraph(_counts(data.kinds, make)))
    for told in data.kinds:
        items = tuple(_item(finding, make) for finding in told.findings)
        parts.append(Bullets(items, heading=HEADINGS[told.kind]))
    if data.statement is not None:
        parts += _answer(data.statement)
    return AccountBlock(key=data.key, title=data.name, parts=tuple(parts))


def _counts(kinds: tuple[KindData, ...], make: Callable[..., F]) -> Words[F]:
    """How many findings of each kind are told, in a sentence."""
    words: list[Any] = ["Told here in our own words: "]
    for index, told in enumerate(kinds):
        if index:
            words.append(" and " if index == len(kinds) - 1 else ", ")
        nouns = SINGULARS if told.count.value == 1 else PLURALS
        words += [stated_figure(told.count, make), f" {nouns[told.kind]}"]
    return (*words, ".")


def _item(finding: FindingData, make: Callable[..., F]) -> Words[F]:
    """What was found, with its number where the words name it, then what must be known of it."""
    more = [
        f"Agency: {finding.organisation}." if finding.organisation else "",
        f"Judgement: {finding.judgement}." if finding.judgement else "",
        f"The inspectors said “{finding.quantifier}”." if finding.quantifier else "",
        "Acted on while the inspectors were there." if finding.acted_on_during else "",
        finding.note,
    ]
    rest = "".join(f" {words}" for words in more if words)
    if finding.value is None:
        return (finding.words + rest,)
    text = _named(finding.words, finding.value)
    if not text:
        return (f"{finding.words} Number: ", stated_figure(finding.value, make), f".{rest}")
    before, _, after = re.split(rf"\b({re.escape(text)})\b", finding.words, maxsplit=1)
    return (before, stated_figure(finding.value, make, written=text), after + rest)


def _named(words: str, stated: Stated) -> str:
    """How the words name the number, in digits or written out; empty where they do not."""
    value = stated.value
    if value is None:
        return ""
    ways = [way for way in (stated.cell, written_words(value)) if way]
    return next((way for way in ways if re.search(rf"\b{re.escape(way)}\b", words)), "")


def _answer(statement: StatementData) -> Iterator[Part[Any]]:
    yield Subheading("Written statement of proposed action")
    due = f"Due: {statement.due}."
    yield Bullets(
        tuple(
            (words,)
            for words in (
                f"Prepared by: {statement.prepares}.",
                f"Overseen by: {statement.oversees}.",
                f"Sent by: {statement.sends}, to {statement.recipient}.",
                " ".join(filter(None, (due, statement.misprint))),
                f"Sent on: {statement.sent}."
                if statement.sent
                else "Whether it was sent: not known.",
            )
        )
    )


def _lower_first(words: str) -> str:
    """ "Not known" within a sentence; the name of a month stays."""
    return "not known" if words == "Not known" else words


INSPECTION = Account(
    kind="inspection",
    title="this inspection",
    read=read,
    build=build,
    subject="the code of an inspection",
)
