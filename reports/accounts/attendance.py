"""Who came to the meetings of a body in a report's year, of how many, and why not."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from metrics.wording import when_words
from partnerships.governance.meetings.queries import AttendanceOf, AttendanceRow, attendances_of
from partnerships.periods import parse
from reports.accounts.account import Account, AccountError
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Paragraph, Part, Row
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport


@dataclass(frozen=True, slots=True)
class AttendanceData:
    key: str
    body: str
    registers: tuple[AttendanceOf, ...]


def read(report: AnnualReport, subject: str) -> AttendanceData | None:
    """The registers of the body with that code that lie within the year, the earliest first."""
    bodies = report.partnership.bodies.select_related("partnership")
    body = bodies.filter(code=subject).first()
    if body is None:
        raise AccountError(f"{report.partnership.name} has no body {subject!r}.")
    found = [
        register
        for register in reversed(attendances_of(body))
        if report.first <= (span := parse(register.period_key)).first and span.last <= report.last
    ]
    if not found:
        return None
    return AttendanceData(ATTENDANCE.key(subject), body.name, tuple(found))


def build(data: AttendanceData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = []
    for register in data.registers:
        parts += _register(register, make)
    notes = tuple(note for register in data.registers for note in _notes(register.rows))
    return AccountBlock(
        key=data.key,
        title=f"Attendance: {data.body}",
        parts=tuple(parts),
        notes=tuple(dict.fromkeys(notes)),
    )


def _register(register: AttendanceOf, make: Callable[..., F]) -> Iterator[Part[F]]:
    span = parse(register.period_key)
    if register.held is not None:
        figure = stated_figure(register.held, make, in_words=True)
        yield Paragraph((f"{_upper_first(when_words(span))} there were ", figure, "."))
    yield BlockTable(
        f"Meetings attended, {register.period}",
        (
            Column("Member", numeric=False),
            Column("Attended"),
            Column("Share"),
            Column("Why absent", numeric=False),
        ),
        tuple(
            Row(
                row.member,
                (
                    (stated_figure(row.attended, make),),
                    (stated_figure(row.percentage, make),),
                    (row.absence or "–",),
                ),
            )
            for row in register.rows
        ),
    )


def _upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def _notes(rows: tuple[AttendanceRow, ...]) -> Iterator[str]:
    """Each note once, with the members that it is about; without one that repeats the reason."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.note and row.note.rstrip(".") != row.absence:
            found[row.note].append(row.member)
    for note, members in found.items():
        yield f"{'; '.join(members)}: {note}"


ATTENDANCE = Account(
    kind="attendance",
    title="attendance",
    read=read,
    build=build,
    subject="the code of a body",
)
