"""A table of many indicators of a section: each with the year before, its change, and others.

For what is better compared in one place than drawn one by one. The plan of a section names them:
`~code` in `fixtures/report_sections.csv`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from metrics.wording import when_words
from reports.accounts.account import Account, AccountError
from reports.accounts.listed import Listed, listed, missing_words
from reports.blocks.figures import AccountBlock, F
from reports.blocks.listing import Notes, frame_of, listing, marks_of
from reports.models import AnnualReport


@dataclass(frozen=True, slots=True)
class TableData:
    key: str
    title: str
    listed: Listed


def read(report: AnnualReport, subject: str) -> TableData | None:
    """The table of the section with that key."""
    section = report.sections.filter(key=subject).first()
    if section is None:
        raise AccountError(f"The report has no section {subject!r} for a table.")
    found = listed(report, TABLE.kind, subject)
    if not found.found:
        return None
    return TableData(TABLE.key(subject), f"{section.title} in figures", found)


def build(data: TableData, make: Callable[..., F]) -> AccountBlock[F]:
    found = data.listed.found
    notes, frame = Notes(found, make), frame_of(found)
    when = when_words(frame.span)
    caption = when[:1].upper() + when[1:] + (", beside the year before" if frame.compared else "")
    return AccountBlock(
        key=data.key,
        title=data.title,
        parts=(listing(caption, found, make, frame=frame, notes=notes),),
        marks=marks_of(found, frame),
        notes=(*notes.lines, *missing_words(data.listed.missing)),
    )


TABLE = Account(
    kind="table",
    title="the indicators of a table",
    read=read,
    build=build,
    subject="the key of a section",
    lists=True,
)
