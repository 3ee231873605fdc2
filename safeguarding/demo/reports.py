"""The yearly reports of the demo: planned from a file, built by their jobs, written to disk."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

from metrics.models import Dataset, Indicator
from partnerships.jobs import run_now
from partnerships.models import Job, Partnership, User
from partnerships.periods import Kind, PeriodError, Span, financial_year, parse
from reports.accounts import ACCOUNTS
from reports.accounts.tables import TABLE
from reports.editions.actions import AccountPlan, SectionPlan, ask_for_edition, plan_report
from reports.editions.assemble import ReportError
from reports.models import AnnualReport, Edition
from reports.outputs.files import write_all
from safeguarding.demo.files import Row, named, rows, rows_if_any

KINDS = ("html", "pdf", "csv", "xlsx")  # the files of a report that are written to disk
NEWEST = "newest"  # the last financial year that has ended, for figures that go with the day


def plan_reports(file: Path, *, by: User, today: date) -> int:
    """Plans every report of the file, a row for each section. Returns how many there are.

    Beside it, `report_periods.csv` may say that a report tells of other days than its year's.
    """
    reports: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows(file):
        reports[row.required("partnership"), row.required("year")].append(row)
    periods = {
        (row.required("partnership"), row.required("year")): _covered(row)
        for row in rows_if_any(file.with_name("report_periods.csv"))
    }
    for report, sections in reports.items():
        _plan(sections, covers=periods.get(report), by=by, today=today)
    return len(reports)


def build_report(report: AnnualReport, folder: Path, *, by: User) -> str:
    """Builds a report as its job does and writes its files. Returns what went wrong, or "".

    Published with the same stroke: a reconstruction says only what is public already, and the
    synthetic partnership's figures are invented.
    """
    job = run_now(ask_for_edition(report, by=by, publish=True))
    if job.state != Job.State.DONE:
        return job.error
    edition = Edition.objects.get(report=report, number=job.result["edition"])
    name = f"{report.partnership.slug}-{report.year}"
    folder.mkdir(parents=True, exist_ok=True)
    write_all({folder / f"{name}.{kind}": bytes(getattr(edition, kind)) for kind in KINDS})
    return ""


def _covered(row: Row) -> Span:
    with named(row):
        return Span(Kind.SPAN, row.first_day("first"), row.first_day("last"))


def _plan(sections: list[Row], *, covers: Span | None, by: User, today: date) -> None:
    first = sections[0]
    partnership = Partnership.objects.filter(slug=first.text("partnership")).first()
    if partnership is None:
        raise first.error(f"there is no partnership {first.text('partnership')!r}.")
    source = Dataset.objects.filter(code=first.text("source")).first()
    if source is None and first.text("source"):
        raise first.error(f"there is no dataset {first.text('source')!r}.")
    span = span_of(first, today)
    title = first.required("title")
    try:
        plan_report(
            partnership=partnership,
            span=span,
            title=title if span.key in title else f"{title} {span.key}",
            sections=[_section(row) for row in sections],
            by=by,
            reconstructed_from=source,
            covers=covers,
        )
    except ReportError as error:
        raise first.error(str(error)) from error


def span_of(row: Row, today: date) -> Span:
    """The period of the report that a row is of."""
    year = row.required("year")
    if year == NEWEST:
        ended = today.year - (1 if today.month >= 4 else 2)
        return financial_year(ended)
    try:
        return parse(year)
    except PeriodError as error:
        raise row.error(str(error)) from error


def _section(row: Row) -> SectionPlan:
    return SectionPlan(
        key=row.required("section"),
        title=row.required("heading"),
        introduction=_text(row),
        blocks=tuple(_blocks(row)),
    )


def _text(row: Row) -> str:
    """The section's text: from its file where it has one, else as it stands in the row."""
    names = (row.required("partnership"), "narrative", row.required("year"))
    file = row.file.parent.joinpath(*names, f"{row.required('section')}.md")
    if not file.exists():
        return row.text("introduction")
    if row.text("introduction"):
        raise row.error(f"introduction is filled in, and {file.as_posix()} is there too. Keep one.")
    return file.read_text(encoding="utf-8")


def _blocks(row: Row) -> list[Indicator | AccountPlan]:
    """The blocks of a section in order.

    A word is the code of an indicator, `@kind` or `@kind:subject` for anything else, or `~code`:
    an indicator that the block before it lists. Where that lists none, a table of the section does.
    """
    blocks: list[Indicator | AccountPlan] = []
    for name in row.text("blocks").split():
        if name.startswith("@"):
            kind, _, subject = name[1:].partition(":")
            blocks.append(AccountPlan(kind, subject))
        elif name.startswith("~"):
            if not blocks or not _lists(blocks[-1]):
                blocks.append(AccountPlan(TABLE.kind, row.required("section")))
            listing = blocks[-1]
            assert isinstance(listing, AccountPlan)
            line = _indicator(row, name[1:])
            blocks[-1] = replace(listing, indicators=(*listing.indicators, line))
        else:
            blocks.append(_indicator(row, name))
    return blocks


def _lists(block: Indicator | AccountPlan) -> bool:
    account = ACCOUNTS.get(block.kind) if isinstance(block, AccountPlan) else None
    return account is not None and account.lists


def _indicator(row: Row, name: str) -> Indicator:
    found = Indicator.objects.filter(code=name).first()
    if found is None:
        raise row.error(f"there is no indicator {name!r}.")
    return found
