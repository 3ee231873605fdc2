"""What was to happen in a report's year, and what is planned for the year after."""

from collections.abc import Callable, Iterator

from partnerships.models import Milestone
from partnerships.promises.queries import MilestoneLine, MilestonesOfYear, milestones_of
from reports.accounts.account import Account
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Part, Row
from reports.models import AnnualReport

State = Milestone.State
IN_YEAR, COMING = "Milestones of the year", "Planned for the twelve months after"


def read(report: AnnualReport, subject: str) -> MilestonesOfYear | None:
    found = milestones_of(report.partnership, report.covers)
    return found if found.in_year or found.coming else None


def build(data: MilestonesOfYear, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = [
        *_told(IN_YEAR, data.in_year, State.ACTUAL, f"{IN_YEAR}, all of which happened"),
        *_told(COMING, data.coming, State.PLANNED, COMING),
    ]
    return AccountBlock(key=MILESTONES.kind, title="Milestones", parts=tuple(parts))


def _told(
    caption: str, lines: tuple[MilestoneLine, ...], usual: Milestone.State, of_all: str
) -> Iterator[Part[F]]:
    """A table of events; `of_all` is its caption where all of them stand in the usual way."""
    if not lines:
        return
    noted = any(line.note for line in lines)
    alike = len(lines) > 1 and all(line.state == usual for line in lines)
    columns = (
        *("What", "When"),
        *([] if alike else ["How it stands"]),
        *(["Note"] if noted else []),
    )
    yield BlockTable(
        of_all if alike else caption,
        tuple(Column(name, numeric=False) for name in columns),
        tuple(
            Row(
                line.what,
                (
                    (_capital(line.when.words),),
                    *([] if alike else [(line.state.label,)]),
                    *([(line.note or "–",)] if noted else []),
                ),
            )
            for line in lines
        ),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


MILESTONES = Account(kind="milestones", title="milestones", read=read, build=build)
