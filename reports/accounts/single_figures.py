"""The single figures of a report's time: those that no indicator measures."""

from collections.abc import Callable
from dataclasses import dataclass

from partnerships.promises.queries import NamedLine, named_figures_of
from reports.accounts.account import Account
from reports.accounts.notes import notes_once
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Row, Words
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport


@dataclass(frozen=True, slots=True)
class SingleFiguresData:
    figures: tuple[NamedLine, ...]


def read(report: AnnualReport, subject: str) -> SingleFiguresData | None:
    found = named_figures_of(report.partnership, report.covers)
    return SingleFiguresData(found) if found else None


def build(data: SingleFiguresData, make: Callable[..., F]) -> AccountBlock[F]:
    table: BlockTable[F] = BlockTable(
        "Figures that no indicator measures",
        (
            Column("What", numeric=False),
            Column("Where", numeric=False),
            Column("When", numeric=False),
            Column("Figure"),
        ),
        tuple(
            Row(each.what, ((each.area,), (each.period.label,), _figure(each, make)))
            for each in data.figures
        ),
    )
    return AccountBlock(
        key=SINGLE_FIGURES.kind,
        title="Single figures",
        parts=(table,),
        notes=tuple(notes_once((each.what, each.note) for each in data.figures)),
    )


def _figure(line: NamedLine, make: Callable[..., F]) -> Words[F]:
    """The number with its unit, or the words that stand for one."""
    if line.stated is None:
        return (line.in_words,)
    return (stated_figure(line.stated, make, in_words=True),)


SINGLE_FIGURES = Account(kind="single-figures", title="single figures", read=read, build=build)
