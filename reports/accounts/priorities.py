"""A priority in a report's year: what was intended, done, led to, and what can be shown of it."""

from collections.abc import Callable
from dataclasses import dataclass

from metrics.models import Indicator
from metrics.wording import by_words, when_words
from partnerships.governance.queries import parts_of
from partnerships.models import PriorityYear
from partnerships.periods import Kind, Span
from reports.accounts.account import Account, AccountError
from reports.blocks.data import IndicatorData
from reports.blocks.figures import AccountBlock, Bullets, F, Paragraph, Part, Words
from reports.blocks.printing import change_figures, value_figure
from reports.models import AnnualReport
from reports.queries.indicators import indicators_of


@dataclass(frozen=True, slots=True)
class PointData:
    """A point and the figure that bears it out, where there is one."""

    text: str
    indicator: IndicatorData | None = None


@dataclass(frozen=True, slots=True)
class PriorityData:
    """`parts` hold a heading and its points, in the order in which they are read."""

    key: str
    name: str
    assurance: str
    assurance_why: str
    state: str
    state_why: str
    parts: tuple[tuple[str, tuple[PointData, ...]], ...]


def read(report: AnnualReport, subject: str) -> PriorityData | None:
    """What the report's year says of the priority with that code."""
    priority = report.partnership.priorities.filter(code=subject).first()
    if priority is None:
        raise AccountError(f"{report.partnership.name} has no priority {subject!r}.")
    year = (
        priority.years.filter(period__first__lte=report.last, period__last__gte=report.first)
        .prefetch_related("points")
        .order_by("-period__last")
        .first()
    )
    if year is None:
        return None
    figures = _figures(report, year)
    running = year.state == PriorityYear.State.RUNNING
    return PriorityData(
        key=PRIORITY.key(subject),
        name=priority.name,
        assurance=year.get_assurance_display(),
        assurance_why=year.assurance_why,
        state="" if running else year.get_state_display(),
        state_why=year.state_why,
        parts=tuple(
            (
                heading,
                tuple(PointData(point.text, figures.get(point.indicator)) for point in points),
            )
            for heading, points in parts_of(year)
        ),
    )


def _figures(report: AnnualReport, year: PriorityYear) -> dict[str, IndicatorData]:
    codes = {point.indicator for point in year.points.all() if point.indicator}
    indicators = list(Indicator.objects.filter(code__in=codes).order_by("code"))
    within = Span(Kind.SPAN, report.first, report.last)
    found = indicators_of(report.partnership, indicators, within=within)
    return {each.data.code: each.data for each in found}


def build(data: PriorityData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = [Paragraph((_assurance(data),))]
    for heading, points in data.parts:
        items = tuple(_point(point, make) for point in points)
        parts.append(Bullets(items, heading=heading))
    if data.state:
        parts.append(Paragraph((f"{data.state}. {data.state_why}".strip(),)))
    return AccountBlock(key=data.key, title=data.name, parts=tuple(parts))


def _assurance(data: PriorityData) -> str:
    """The assurance in a sentence, with why where it is lacking."""
    return f"{data.assurance}. {data.assurance_why}".strip()


def _point(point: PointData, make: Callable[..., F]) -> Words[F]:
    """The point, with its figure and change after it."""
    data = point.indicator
    if data is None:
        return (f"{point.text}.",)
    newest = data.newest
    value = value_figure(data, newest, make, in_words=True)
    words: list[str | F] = [f"{point.text}: {data.name}, ", value]
    words.append(f" {when_words(newest.span)}")
    move = data.move_to(newest.span)
    if move is not None and move.before is not None and move.change.absolute is not None:
        words += [", ", *change_figures(data, move, make, by_words)]  # type: ignore[list-item]
    return (*words, ".")


PRIORITY = Account(
    kind="priority",
    title="this priority",
    read=read,
    build=build,
    subject="the code of a priority",
)
