"""The words of the field that a report uses, and what they mean."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from reports.accounts.account import Account
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Row
from reports.glossary.queries import terms_of
from reports.glossary.used import TermData, terms_used
from reports.models import AnnualReport


@dataclass(frozen=True, slots=True)
class GlossaryData:
    terms: tuple[TermData, ...]


def read(report: AnnualReport, subject: str) -> GlossaryData | None:
    found = terms_of(report.partnership)
    return GlossaryData(found) if found else None


def heard(data: GlossaryData, texts: Collection[str]) -> GlossaryData | None:
    """What is left of it: the terms that the other blocks of the report use."""
    used = terms_used(data.terms, texts)
    return replace(data, terms=used) if used else None


def build(data: GlossaryData, make: Callable[..., F]) -> AccountBlock[F]:
    table: BlockTable[F] = BlockTable(
        "Words that this report uses",
        (Column("Word", numeric=False), Column("What it means", numeric=False)),
        tuple(Row(each.term, ((each.meaning,),)) for each in data.terms),
    )
    return AccountBlock(key=GLOSSARY.kind, title="", parts=(table,))


GLOSSARY = Account(kind="glossary", title="words explained", read=read, build=build, heard=heard)
