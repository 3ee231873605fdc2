"""Every indicator of the report, section by section, in tables with the columns that each needs.

For whoever looks a figure up. The figures are those of the sections, with the same addresses;
what must be known of them stands there, so that no note is printed twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from metrics.models import Indicator
from reports.accounts.account import Account
from reports.accounts.listed import figures_of
from reports.blocks.data import IndicatorData
from reports.blocks.figures import AccountBlock, F, Paragraph
from reports.blocks.listing import Frame, frame_of, listing, marks_of_all
from reports.models import AnnualReport, Section

LEAD = (
    "Every indicator of this report, by the section that tells of it first. What must be known of "
    "a figure stands in its section."
)
MOST_UPRIGHT = 7  # columns that an upright page has room for
MOST_LOOSE = 6  # columns that need not be set closely


@dataclass(frozen=True, slots=True)
class SectionData:
    """A section by its number and title, with the indicators that it tells of first."""

    caption: str
    found: tuple[IndicatorData, ...]


@dataclass(frozen=True, slots=True)
class AppendixData:
    key: str
    sections: tuple[SectionData, ...]


def read(report: AnnualReport, subject: str) -> AppendixData | None:
    planned = list(_planned(report))
    codes = {each.code: each for _, indicators in planned for each in indicators}
    data = {each.code: each for each in figures_of(report, list(codes.values())).found}
    sections = (
        SectionData(
            f"{section.position}. {section.title}",
            tuple(data[each.code] for each in indicators if each.code in data),
        )
        for section, indicators in planned
    )
    found = tuple(each for each in sections if each.found)
    return AppendixData(APPENDIX.kind, found) if found else None


def _planned(report: AnnualReport) -> Iterator[tuple[Section, list[Indicator]]]:
    """The indicators of each section in order, each where it is first told of.

    Headlines and the journey only pick: an indicator is put with them where no section tells of it.
    """
    sections = list(
        report.sections.order_by("position").prefetch_related(
            "blocks__indicator", "blocks__lines__indicator"
        )
    )
    first: dict[str, tuple[Section, Indicator]] = {}
    for picks in (False, True):
        for section in sections:
            for indicator in _of_section(section, picks=picks):
                first.setdefault(indicator.code, (section, indicator))
    for section in sections:
        yield section, [indicator for where, indicator in first.values() if where == section]


def _of_section(section: Section, *, picks: bool) -> Iterator[Indicator]:
    for block in section.blocks.all():
        if (block.kind in PICKING) != picks:
            continue
        if block.indicator is not None:
            yield block.indicator
        yield from (line.indicator for line in block.lines.all())


def build(data: AppendixData, make: Callable[..., F]) -> AccountBlock[F]:
    tables, framed = [], []
    for section in data.sections:
        frame = frame_of(section.found)
        tables.append(listing(section.caption, section.found, make, frame=frame, look=_look(frame)))
        framed.append((section.found, frame))
    return AccountBlock(
        key=data.key, title="", parts=(Paragraph((LEAD,)), *tables), marks=marks_of_all(framed)
    )


def _look(frame: Frame) -> str:
    columns = 2 + frame.compared + frame.moved + frame.tested + len(frame.areas)
    if columns > MOST_UPRIGHT:
        return "wide"
    return "close" if columns > MOST_LOOSE else "loose"


PICKING = frozenset({"year-in-figures", "journey"})  # kinds that pick from what sections tell

APPENDIX = Account(kind="appendix", title="the indicators of the report", read=read, build=build)
