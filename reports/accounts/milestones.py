"""What was to happen in a report's year, and what is planned for the year after."""

from collections.abc import Callable, Iterator

from partnerships.promises.queries import MilestoneLine, MilestonesOfYear, milestones_of
from reports.accounts.account import Account
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Part, Row
from reports.models import AnnualReport


def read(report: AnnualReport, subject: str) -> MilestonesOfYear | None:
    found = milestones_of(report.partnership, report.covers)
    return found if found.in_year or found.coming else None


def build(data: MilestonesOfYear, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = [
        *_told("Milestones of the year", data.in_year),
        *_told("Planned for the twelve months after", data.coming),
    ]
    return AccountBlock(key=MILESTONES.kind, title="Milestones", parts=tuple(parts))


def _told(caption: str, lines: tuple[MilestoneLine, ...]) -> Iterator[Part[F]]:
    if not lines:
        return
    noted = any(line.note for line in lines)
    columns = ("What", "When", "Planned or happened", *(["Note"] if noted else []))
    yield BlockTable(
        caption,
        tuple(Column(name, numeric=False) for name in columns),
        tuple(
            Row(
                line.what,
                (
                    (_capital(line.when.words),),
                    (line.state.label,),
                    *([(line.note or "–",)] if noted else []),
                ),
            )
            for line in lines
        ),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


MILESTONES = Account(kind="milestones", title="milestones", read=read, build=build)
