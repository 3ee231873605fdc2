"""Verbs of yearly reports: plan one, ask for an edition, keep it, publish it."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from metrics.models import Dataset, Indicator
from partnerships.audit import record
from partnerships.jobs import enqueue
from partnerships.models import Job, Partnership, User
from partnerships.periods import Span
from reports.accounts import ACCOUNTS
from reports.alerts.queries import ALERT
from reports.editions.assemble import ReportError
from reports.editions.content import ReportContent
from reports.editions.known import GivenAway, given_away_by
from reports.editions.queries import BUILD
from reports.models import (
    FILES,
    AnnualReport,
    BlockLine,
    Edition,
    PrintedFigure,
    Publication,
    Section,
    SectionBlock,
)
from reports.outputs.files import Files
from reports.prose.grammar import ProseError
from reports.prose.markdown import tokens_in


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """A block to be that is not one indicator's: a kind of `reports.accounts`, and what it is of.

    `indicators` are those that it lists, in order, where its kind lists any.
    """

    kind: str
    subject: str = ""
    indicators: tuple[Indicator, ...] = ()

    @property
    def key(self) -> str:
        return ACCOUNTS[self.kind].key(self.subject)


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section to be: its text in Markdown, and its blocks in order."""

    key: str
    title: str
    introduction: str = ""
    blocks: tuple[Indicator | AccountPlan, ...] = ()


def plan_report(
    *,
    partnership: Partnership,
    span: Span,
    title: str,
    sections: Sequence[SectionPlan],
    by: User,
    reconstructed_from: Dataset | None = None,
    covers: Span | None = None,
) -> AnnualReport:
    """The report of a period with these sections. Planning it again replaces its plan.

    `covers` are the days that it tells of, where they are not those of the period it is named by.

    Editions that were built before stay as they are. Raises `ReportError` where a block stands
    in it twice, since its address in the document would be two places, where a kind of block is
    not known, and where a text cannot be read.
    """
    for plan in sections:
        _check(plan)
    every = [_name(block) for plan in sections for block in plan.blocks]
    twice = sorted({name for name in every if every.count(name) > 1})
    if twice:
        raise ReportError(f"The report shows more than once: {', '.join(twice)}.")
    with transaction.atomic():
        report, made = AnnualReport.objects.update_or_create(
            partnership=partnership,
            year=span.key,
            defaults={
                "first": (covers or span).first,
                "last": (covers or span).last,
                "title": title,
                "reconstructed_from": reconstructed_from,
            },
        )
        _clear(report)
        for position, plan in enumerate(sections, start=1):
            _add_section(report, position, plan)
        if not by.is_system:
            verb = "report planned" if made else "report planned again"
            record(by=by, verb=verb, subject=address_of(report), partnership=partnership)
    return report


def _add_section(report: AnnualReport, position: int, plan: SectionPlan) -> None:
    section = Section.objects.create(
        report=report,
        position=position,
        key=plan.key,
        title=plan.title,
        introduction=plan.introduction,
    )
    blocks = SectionBlock.objects.bulk_create(
        SectionBlock(section=section, position=number, **_columns(block))
        for number, block in enumerate(plan.blocks, start=1)
    )
    BlockLine.objects.bulk_create(
        BlockLine(block=block, position=number, indicator=indicator)
        for block, planned in zip(blocks, plan.blocks, strict=True)
        if isinstance(planned, AccountPlan)
        for number, indicator in enumerate(planned.indicators, start=1)
    )


def _clear(report: AnnualReport) -> None:
    """Takes the plan of a report away, what points to a row before the row."""
    BlockLine.objects.filter(block__section__report=report).delete()
    SectionBlock.objects.filter(section__report=report).delete()
    report.sections.all().delete()


def _columns(block: Indicator | AccountPlan) -> dict[str, Any]:
    if isinstance(block, AccountPlan):
        return {"kind": block.kind, "subject": block.subject}
    return {"kind": SectionBlock.INDICATOR, "indicator": block}


def _name(block: Indicator | AccountPlan) -> str:
    return block.key if isinstance(block, AccountPlan) else block.name


def _check(plan: SectionPlan) -> None:
    """Whether every block is of a known kind, and the text one that can be read."""
    for block in plan.blocks:
        if isinstance(block, AccountPlan):
            _check_account(block)
    try:
        list(tokens_in(plan.introduction))
    except ProseError as error:
        raise ReportError(f"In the section “{plan.title}”: {error}") from error


def _check_account(block: AccountPlan) -> None:
    account = ACCOUNTS.get(block.kind)
    if account is None:
        known = ", ".join(ACCOUNTS)
        raise ReportError(f"There is no block of the kind {block.kind!r}. It is one of {known}.")
    if bool(account.subject) != bool(block.subject):
        what = f"names {account.subject}" if account.subject else "names nothing more"
        raise ReportError(f"A block of the kind {block.kind!r} {what}.")
    if account.lists != bool(block.indicators):
        what = "lists indicators, and this one has none" if account.lists else "lists no indicators"
        raise ReportError(f"A block of the kind {block.kind!r} {what}.")
    codes = [indicator.code for indicator in block.indicators]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ReportError(f"A block lists an indicator more than once: {', '.join(twice)}.")


def ask_for_edition(report: AnnualReport, *, by: User, publish: bool = False) -> Job:
    """The job that builds the report; asking twice is one job.

    `publish` publishes the edition with the same stroke: for reconstructions of what is public.
    """
    return enqueue(
        kind=BUILD,
        key=address_of(report).removeprefix("report:") + (":publish" if publish else ""),
        by=by,
        partnership=report.partnership,
        arguments={"report": report.pk, "publish": publish},
    )


def keep_edition(
    report: AnnualReport, content: ReportContent, files: Files, *, by: User, at: datetime
) -> Edition:
    """Stores a build as the report's next edition. Runs in the transaction that ends its job.

    A build that says the same as the newest edition, byte for byte, is that edition.
    """
    # Two builds of one report that end at once get their numbers one after the other.
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    newest = report.editions.defer(*FILES).order_by("-number").first()
    sums = {
        f"{kind}_sha256": sha256(getattr(files, kind)) for kind in ("html", "pdf", "csv", "xlsx")
    }
    same = {**sums, "inputs_sha256": content.inputs_sha256}
    if newest is not None and all(getattr(newest, name) == value for name, value in same.items()):
        return newest
    highest = report.editions.aggregate(highest=Max("number"))["highest"] or 0
    edition = Edition.objects.create(
        report=report,
        number=highest + 1,
        made_by=by,
        made_at=at,
        **asdict(files),
        **same,
    )
    PrintedFigure.objects.bulk_create(
        PrintedFigure(
            edition=edition,
            position=position,
            section=section,
            address=figure.address,
            about=figure.about,
            text=figure.text,
            value=figure.value,
            marker=figure.marker,
            unit=figure.unit,
        )
        for position, (section, figure) in enumerate(content.figures, start=1)
    )
    _record(edition, "edition built", by=by)
    return edition


class GivesAway(ReportError):
    """An edition with which a reader could say what a hidden figure is; `figures` are these."""

    def __init__(self, figures: Sequence[GivenAway]) -> None:
        self.figures = tuple(figures)
        names = "; ".join(figure.name for figure in figures)
        super().__init__(
            "Together with what is published already, this edition gives away figures that are "
            f"hidden: {names}. Build the report again without publishing it, then look at it."
        )


def publish(
    edition: Edition, *, by: User, at: datetime, despite: Collection[str] = ()
) -> Publication:
    """Makes an edition public, and has those written to who want to hear of it.

    Raises `ReportError` where a later one is public already.

    Raises `GivesAway` where it gives hidden figures away, but for those of which whoever
    publishes was told: `despite` are their addresses, which the audit record keeps.
    """
    with transaction.atomic():
        # Whoever publishes waits here for whoever publishes another report of the partnership.
        Partnership.objects.select_for_update().get(pk=edition.report.partnership_id)
        later = Publication.objects.filter(
            edition__report_id=edition.report_id, edition__number__gt=edition.number
        )
        if later.exists():
            raise ReportError("A later edition is published already. Publish the newest one.")
        known = Publication.objects.filter(edition=edition).first()
        if known is not None:
            return known
        found = given_away_by(edition, timezone.localdate(at))
        if any(figure.address not in despite for figure in found):
            raise GivesAway(found)
        publication = Publication.objects.create(edition=edition, by=by, at=at)
        enqueue(
            kind=ALERT,
            key=str(edition.pk),
            by=by,
            partnership=edition.report.partnership,
            arguments={"edition": edition.pk},
        )
        _record(edition, "edition published", by=by, gives_away=[each.address for each in found])
    return publication


def address_of(report: AnnualReport) -> str:
    """The report's natural key, as the audit record has it."""
    return f"report:{report.partnership.slug}:{report.year}"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _record(edition: Edition, verb: str, *, by: User, gives_away: Sequence[str] = ()) -> None:
    record(
        by=by,
        verb=verb,
        subject=f"{address_of(edition.report)}:{edition.number}",
        partnership=edition.report.partnership,
        detail={
            "inputs_sha256": edition.inputs_sha256,
            **({"gives_away": list(gives_away)} if gives_away else {}),
        },
    )
