"""The risks of a report's year: since when, and what is done about them."""

from collections.abc import Callable
from dataclasses import dataclass

from partnerships.periods import day
from partnerships.promises.queries import RiskLine, risks_of
from reports.accounts.account import Account
from reports.blocks.figures import AccountBlock, Bullets, F, Strong, Words
from reports.models import AnnualReport


@dataclass(frozen=True, slots=True)
class RisksData:
    risks: tuple[RiskLine, ...]


def read(report: AnnualReport, subject: str) -> RisksData | None:
    found = risks_of(report.partnership, report.covers)
    return RisksData(found) if found else None


def build(data: RisksData, make: Callable[..., F]) -> AccountBlock[F]:
    points: Bullets[F] = Bullets(tuple(_point(risk) for risk in data.risks))
    return AccountBlock(key=RISKS.kind, title="Risks", parts=(points,))


def _point(risk: RiskLine) -> Words[F]:
    carried = ", carried over from the year before" if risk.carried_over else ""
    said = [
        f"Since: {_lower_first(risk.since)}{carried}.",
        f"What is done: {risk.doing.rstrip('.')}." if risk.doing else "What is done is not said.",
        f"Closed on {day(risk.closed)}: {risk.closed_why.rstrip('.')}." if risk.closed else "",
        risk.note,
    ]
    return (Strong(f"{risk.what.rstrip('.')}."), " " + " ".join(filter(None, said)))


def _lower_first(words: str) -> str:
    """ "Not known" within a sentence; the name of a month stays."""
    return "not known" if words == "Not known" else words


RISKS = Account(kind="risks", title="risks", read=read, build=build)
