"""The partners of a report's year: who they are in law, and who took their place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from partnerships.models import Agency
from partnerships.periods import day
from reports.accounts.account import Account
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Row
from reports.models import AnnualReport


@dataclass(frozen=True, slots=True)
class AgencyData:
    """`until` is the last day, where it is one before the end of the report's year."""

    name: str
    standing: str
    successor: str
    until: date | None


@dataclass(frozen=True, slots=True)
class AgenciesData:
    agencies: tuple[AgencyData, ...]


def read(report: AnnualReport, subject: str) -> AgenciesData | None:
    """Whoever belonged to the partnership on a day of the year, statutory partners first."""
    rows = (
        report.partnership.agencies.filter(
            Q(last__isnull=True) | Q(last__gte=report.first), first__lte=report.last
        )
        .select_related("organisation__successor")
        .order_by("organisation__name", "first")
    )
    standings = list(Agency.Standing.values)
    found = sorted(rows, key=lambda agency: standings.index(agency.standing))
    if not found:
        return None
    return AgenciesData(tuple(_agency(each, report.last) for each in found))


def _agency(agency: Agency, last: date) -> AgencyData:
    successor = agency.organisation.successor
    return AgencyData(
        name=agency.organisation.name,
        standing=agency.get_standing_display(),
        successor=successor.name if successor else "",
        until=agency.last if agency.last and agency.last < last else None,
    )


def build(data: AgenciesData, make: Callable[..., F]) -> AccountBlock[F]:
    followed = any(agency.successor or agency.until for agency in data.agencies)
    columns = ("Organisation", "Standing", *(["What came after"] if followed else []))
    table: BlockTable[F] = BlockTable(
        "Statutory partners and relevant agencies",
        tuple(Column(name, numeric=False) for name in columns),
        tuple(
            Row(agency.name, ((agency.standing,), *([(_after(agency),)] if followed else [])))
            for agency in data.agencies
        ),
    )
    return AccountBlock(key=AGENCIES.kind, title="Partners", parts=(table,))


def _after(agency: AgencyData) -> str:
    until = f"Until {day(agency.until)}" if agency.until else ""
    followed = f"Followed by {agency.successor}" if agency.successor else ""
    return ". ".join(filter(None, (until, followed))) or "–"


AGENCIES = Account(kind="agencies", title="the partners", read=read, build=build)
