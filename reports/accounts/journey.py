"""The child's journey: how many came to each step in the year, and the ratios between the steps.

Steps are counted apart: a child may be counted several times at one, and what follows may come
in the next year. So a ratio is of two counts of one year, not of the same children; where the
register says that it is of one cohort, and only there, it is called a conversion.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from metrics.wording import MARKER_WORDS
from reports.accounts.account import Account
from reports.accounts.listed import Listed, listed, missing_words
from reports.blocks.data import IndicatorData
from reports.blocks.figures import (
    AccountBlock,
    BlockTable,
    Column,
    F,
    Paragraph,
    Part,
    Row,
    Words,
)
from reports.blocks.listing import Notes, frame_of, listing, marks_of, usual_span
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport
from reports.ratios.queries import ratios
from reports.ratios.ratio import PER, RatioFigure, ratio_of

LEAD = (
    "Each step counts what happened at it in the year. A child may be counted several times, and "
    "what follows a step may come in the next year."
)
APART = (
    f"A ratio says how many there were of one for every {PER} of the other. It sets two counts of "
    "one year beside each other and does not follow the same children."
)
FOLLOWED = "Only a ratio that is called a conversion follows the same children."
NO_RATIO = "[x]"


@dataclass(frozen=True, slots=True)
class RatioData:
    """A ratio in the newest period, and in the one a year before where it can be worked out."""

    name: str
    of_cohort: bool
    after: RatioFigure
    before: RatioFigure | None

    @property
    def of_years(self) -> tuple[RatioFigure | None, RatioFigure]:
        return self.before, self.after


@dataclass(frozen=True, slots=True)
class JourneyData:
    key: str
    listed: Listed
    ratios: tuple[RatioData, ...]


def read(report: AnnualReport, subject: str) -> JourneyData | None:
    found = listed(report, JOURNEY.kind, subject)
    if not found.found:
        return None
    place = report.partnership.slug
    return JourneyData(JOURNEY.key(subject), found, tuple(_ratios(found.found, place)))


def _ratios(steps: tuple[IndicatorData, ...], place: str) -> Iterator[RatioData]:
    """Those of the register that are of two steps, in the order of the steps."""
    order = {data.code: (number, data) for number, data in enumerate(steps)}
    known = [
        (order[row.numerator.code], order[row.denominator.code], row)
        for row in ratios()
        if row.numerator.code in order and row.denominator.code in order
    ]
    for (_, above), (_, below), row in sorted(known, key=lambda each: (each[0][0], each[1][0])):
        span = above.newest.span
        after, before = (
            ratio_of(row.name, above, below, each, place=place, of_cohort=row.of_cohort)
            for each in (span, span.year_before)
        )
        if after is not None:
            yield RatioData(row.name, row.of_cohort, after, before)


def build(data: JourneyData, make: Callable[..., F]) -> AccountBlock[F]:
    steps = data.listed.found
    notes = Notes(steps, make)
    title = f"The steps, {usual_span(steps).label}"
    frame = frame_of(steps, beside=False)
    table = listing(title, steps, make, frame=frame, notes=notes)
    parts: list[Part[F]] = [Paragraph((LEAD,)), table]
    if data.ratios:
        parts += [Paragraph((_how_to_read(data),)), _between(data, make)]
    return AccountBlock(
        key=data.key,
        title="",
        parts=tuple(parts),
        marks=tuple(dict.fromkeys((*marks_of(steps, frame), *_marks(data)))),
        notes=(*notes.lines, *missing_words(data.listed.missing)),
    )


def _marks(data: JourneyData) -> Iterator[tuple[str, str]]:
    """The markers that the ratios show."""
    for each in data.ratios:
        if each.before is None and _compared(data):
            yield NO_RATIO, MARKER_WORDS["x"]
        for ratio in (each.before, each.after):
            if ratio is not None and ratio.marker:
                yield f"[{ratio.marker}]", MARKER_WORDS[ratio.marker]


def _how_to_read(data: JourneyData) -> str:
    follows = any(each.of_cohort for each in data.ratios)
    return f"{APART} {FOLLOWED}" if follows else APART


def _between(data: JourneyData, make: Callable[..., F]) -> BlockTable[F]:
    """The ratios, this year's beside the year before's."""
    span = usual_span(data.listed.found)
    spans = (span.year_before, span) if _compared(data) else (span,)
    columns = (Column(f"For every {PER}", numeric=False), *(Column(each.label) for each in spans))
    rows = (
        Row(_name(each), tuple(_figure(ratio, make) for ratio in each.of_years[-len(spans) :]))
        for each in data.ratios
    )
    return BlockTable("Between the steps", columns, tuple(rows))


def _compared(data: JourneyData) -> bool:
    """Whether there is any ratio of the year before."""
    return any(each.before is not None for each in data.ratios)


def _name(each: RatioData) -> str:
    return f"{each.name} (conversion)" if each.of_cohort else each.name


def _figure(ratio: RatioFigure | None, make: Callable[..., F]) -> Words[F]:
    return (stated_figure(ratio, make),) if ratio is not None else (NO_RATIO,)


JOURNEY = Account(
    kind="journey",
    title="the steps of the child's journey",
    read=read,
    build=build,
    lists=True,
)
