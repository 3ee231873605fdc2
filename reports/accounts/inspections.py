"""Every inspection that is known, with its judgement and the one before it, in one table."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F as Field

from partnerships.known_dates import words as when_words
from reports.accounts.account import Account
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Row
from reports.models import AnnualReport
from reviews.models import Inspection

LATER = "after the year of this report"
NOT_KNOWN = "Not known"


@dataclass(frozen=True, slots=True)
class InspectionLine:
    name: str
    inspectorates: str
    when: str
    judgement: str
    before: str
    note: str


def read(report: AnnualReport, subject: str) -> tuple[InspectionLine, ...] | None:
    """The newest first; one of after the report's year says so."""
    found = report.partnership.inspections.order_by(Field("first").desc(nulls_last=True), "name")
    return tuple(_line(each, report) for each in found) or None


def _line(inspection: Inspection, report: AnnualReport) -> InspectionLine:
    when = when_words(inspection.when)
    if inspection.first and inspection.first > report.last:
        when = f"{when}, {LATER}"
    return InspectionLine(
        inspection.name,
        inspection.inspectorates.replace(";", ","),
        when,
        inspection.judgement or NOT_KNOWN,
        inspection.previous_judgement or NOT_KNOWN,
        inspection.note,
    )


def build(data: tuple[InspectionLine, ...], make: Callable[..., F]) -> AccountBlock[F]:
    columns = ("Inspection", "By", "When", "Judgement", "Judgement before")
    table: BlockTable[F] = BlockTable(
        "Inspections and their judgements",
        tuple(Column(name, numeric=False) for name in columns),
        tuple(
            Row(
                line.name,
                ((line.inspectorates,), (line.when,), (line.judgement,), (line.before,)),
            )
            for line in data
        ),
    )
    notes = tuple(f"{line.name}: {line.note}" for line in data if line.note)
    return AccountBlock(
        key=INSPECTIONS.kind, title="Inspections and judgements", parts=(table,), notes=notes
    )


INSPECTIONS = Account(
    kind="inspections", title="inspections and their judgements", read=read, build=build
)
