"""From a report's plan to its content: figures are read, pass the gate, and become blocks."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from partnerships.periods import Kind, Span, day
from reports.accounts import ACCOUNTS, AccountError
from reports.blocks.data import Source
from reports.blocks.figures import AccountBlock, Block
from reports.blocks.saying import texts_of
from reports.disclosure import PublicFigure, Release, public_account, public_form
from reports.editions.content import Cover, ReportContent, ReportSection
from reports.editions.known import given_away, hidden_before, published_tellings
from reports.models import AnnualReport, Section, SectionBlock
from reports.prose.block import prose_block
from reports.prose.grammar import ProseError
from reports.prose.queries import read_prose
from reports.queries.indicators import NotSettled, indicators_of, settled
from reports.queries.sources import sources_of
from reports.telling import Telling, Told, telling_of


class ReportError(Exception):
    """A sentence for the person who wanted the report."""


def content_of(
    report: AnnualReport,
    *,
    on: date,
    told: Callable[[int, int, str], None] = lambda done, total, words: None,
) -> ReportContent:
    """The report in the public form of a day.

    What published editions hide stays hidden. Where its figures, together with those that are out
    already, give a small one away it is made again with more of them hidden.
    `told(done, total, words)` hears of each section before it is made; it may raise to stop.
    Raises `ReportError` where the plan is empty, nothing in it has a figure, or changes of its
    figures are still being worked out.
    """
    before = published_tellings(report.partnership)
    release = Release(on, hidden_before(before))
    made = _made(report, release, told)
    while more := _given_away(report, before, made, release):
        release = Release(on, release.hidden | more)
        made = _made(report, release, told)
    if not any(_says_something(section) for section in made):
        raise ReportError(
            f"{report.partnership.name} has no figures for {report.year}. "
            "Load or approve figures of that year, then build the report again."
        )
    return ReportContent(report.partnership.slug, report.year, cover_of(report), tuple(made))


def _made(
    report: AnnualReport, release: Release, told: Callable[[int, int, str], None]
) -> list[ReportSection]:
    sections = list(report.sections.order_by("position").prefetch_related("blocks__indicator"))
    sources = sources_of(report.partnership)
    made = []
    for number, section in enumerate(sections, start=1):
        told(number - 1, len(sections), section.title)
        made.append(_section(report, section, number, sources, release))
    return _listening(report, sections, made, sources, release)


def _given_away(
    report: AnnualReport, before: Sequence[Telling], made: Sequence[ReportSection], release: Release
) -> frozenset[str]:
    """The figures to be hidden besides, out of all that the report and earlier ones print."""
    figures = (f for section in made for block in section.blocks for f in block.figures)
    telling = telling_of(Told(f.address, f.about, f.unit, f.value, f.marker) for f in figures)
    return given_away(report.partnership, before, telling, release.on) - release.hidden


def _listening(
    report: AnnualReport,
    sections: Sequence[Section],
    made: Sequence[ReportSection],
    sources: Mapping[str, Source],
    release: Release,
) -> list[ReportSection]:
    """The sections with those of their blocks that depend on what all the others say."""
    texts = {text for section in made for text in _texts(section)}
    return [
        _section(report, section, each.number, sources, release, texts)
        if _listens(section)
        else each
        for section, each in zip(sections, made, strict=True)
    ]


def _listens(section: Section) -> bool:
    return any(_kind_listens(block) for block in section.blocks.all())


def _kind_listens(block: SectionBlock) -> bool:
    return block.indicator_id is None and ACCOUNTS[block.kind].heard is not None


def _texts(section: ReportSection) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        yield from texts_of(block)


def _says_something(section: ReportSection) -> bool:
    """Whether it has more than words without figures."""
    return bool(section.titled) or any(True for block in section.blocks for _ in block.figures)


def cover_of(report: AnnualReport) -> Cover:
    """What the cover and the foot of each page say."""
    partnership, source = report.partnership, report.reconstructed_from
    notice = running = ""
    if source is not None:
        by = f" of {source.publisher}" if source.publisher else ""
        notice = (
            f"This is not a publication of {partnership.name}. It is a reconstruction from "
            f"figures published in “{source.title}”{by}. Its words are not the partnership's."
        )
        running = f"Reconstruction from published figures, not a publication of {partnership.name}"
    elif partnership.synthetic:
        notice = "This partnership does not exist. Its figures and people are invented."
        running = "Synthetic: this partnership does not exist, its figures are invented"
    return Cover(
        partnership=partnership.name,
        title=report.title,
        period=f"{day(report.first)} to {day(report.last)}",
        notice=notice,
        running=running,
    )


def _section(
    report: AnnualReport,
    section: Section,
    number: int,
    sources: Mapping[str, Source],
    release: Release,
    texts: Collection[str] | None = None,
) -> ReportSection:
    """A section; `texts` are those of all others, for blocks that depend on them, if known yet."""
    indicators = [block.indicator for block in section.blocks.all() if block.indicator is not None]
    # Of several kinds of period in it, each figure has its own: see `reports.queries.choosing`.
    within = Span(Kind.SPAN, report.first, report.last)
    found = indicators_of(report.partnership, indicators, within=within)
    try:
        data = {each.code: each for each in settled(found)}
    except NotSettled as error:
        raise ReportError(str(error)) from error
    blocks: list[Block[PublicFigure]] = [*_prose(report, section, within, sources, release)]
    missing, not_kept = [], []
    for planned in section.blocks.all():
        if planned.indicator is None:
            if texts is None and _kind_listens(planned):
                continue
            told = _account(report, planned, sources, release, texts or ())
            if told is not None:
                blocks.append(told)
            elif title := ACCOUNTS[planned.kind].title:
                not_kept.append(title)
        elif planned.indicator.code in data:
            blocks.append(
                public_form(data[planned.indicator.code], on=release.on, hidden=release.hidden)
            )
        else:
            missing.append(planned.indicator.name)
    return ReportSection(
        key=section.key,
        number=number,
        title=section.title,
        blocks=tuple(blocks),
        missing=tuple(missing),
        not_kept=tuple(not_kept),
    )


def _prose(
    report: AnnualReport,
    section: Section,
    within: Span,
    sources: Mapping[str, Source],
    release: Release,
) -> Iterator[AccountBlock[PublicFigure]]:
    """The section's narrative, where it has any."""
    if not section.introduction.strip():
        return
    key = f"{section.key}-text"
    try:
        prose = read_prose(report.partnership, key, section.introduction, within=within)
        yield public_account(
            prose, prose_block, sources=sources, on=release.on, hidden=release.hidden
        )
    except ProseError as error:
        raise ReportError(f"In the section “{section.title}”: {error}") from error


def _account(
    report: AnnualReport,
    planned: SectionBlock,
    sources: Mapping[str, Source],
    release: Release,
    texts: Collection[str],
) -> AccountBlock[PublicFigure] | None:
    account = ACCOUNTS[planned.kind]
    try:
        data = account.read(report, planned.subject)
    except (AccountError, NotSettled) as error:
        raise ReportError(str(error)) from error
    if data is not None and account.heard is not None:
        data = account.heard(data, texts)
    if data is None:
        return None
    block: AccountBlock[PublicFigure] = public_account(
        data, account.build, sources=sources, on=release.on, hidden=release.hidden
    )
    return block
