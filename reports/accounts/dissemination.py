"""By what means learning was passed on in a report's year."""

from collections.abc import Callable
from dataclasses import dataclass

from partnerships.periods import Span
from reports.accounts.account import Account
from reports.blocks.figures import AccountBlock, Bullets, F
from reports.models import AnnualReport
from reviews.assurance.queries import Means, dissemination_of
from reviews.figures import begun


@dataclass(frozen=True, slots=True)
class DisseminationData:
    span: Span
    means: tuple[Means, ...]


def read(report: AnnualReport, subject: str) -> DisseminationData | None:
    """Means that share days with the year: first those of all of it, then by their date."""
    found = dissemination_of(report.partnership, report.span)
    ordered = sorted(
        found, key=lambda each: (each.period != report.span, each.period.first, each.means)
    )
    return DisseminationData(report.span, tuple(ordered)) if found else None


def build(data: DisseminationData, make: Callable[..., F]) -> AccountBlock[F]:
    items = tuple((_point(each, data.span),) for each in data.means)
    return AccountBlock(
        key=DISSEMINATION.kind, title="How learning was passed on", parts=(Bullets(items),)
    )


def _point(means: Means, year: Span) -> str:
    """The means; with its date where it is not of the whole year."""
    when = "" if means.period == year else f", {means.period.label}"
    note = f" {means.note}" if means.note else ""
    return f"{begun(means.means)}{when}.{note}"


DISSEMINATION = Account(
    kind="dissemination", title="how learning was passed on", read=read, build=build
)
