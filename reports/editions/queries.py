"""Reads of reports and their editions. Files are read one at a time, by those who show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Length

from partnerships.models import Job, Partnership
from reports.alerts.queries import Told, told_of_alerts
from reports.models import FILES, AnnualReport, Edition, PrintedFigure

BUILD = "reports.build_edition"  # the kind of the job that builds one


def report_named(slug: str, year: str) -> AnnualReport | None:
    """The report of a partnership and a year, with what its cover needs."""
    return (
        AnnualReport.objects.select_related("partnership", "reconstructed_from")
        .filter(partnership__slug=slug, year=year)
        .first()
    )


def editions() -> QuerySet[Edition]:
    """Editions without their files, newest first."""
    return (
        Edition.objects.defer(*FILES)
        .select_related("report__partnership", "made_by", "publication__by")
        .order_by("-number")
    )


def sizes(edition: Edition) -> dict[str, int]:
    """How many bytes each file of an edition has, without reading the files."""
    lengths = Edition.objects.filter(pk=edition.pk).values_list(*(Length(file) for file in FILES))
    return dict(zip(FILES, lengths.get(), strict=True))


def published() -> QuerySet[Edition]:
    """Editions that everybody may read, newest first."""
    return editions().filter(publication__isnull=False)


def current(slug: str, year: str) -> Edition | None:
    """The published edition that counts: the newest one."""
    return published().filter(report__partnership__slug=slug, report__year=year).first()


def current_by_partnership() -> dict[int, list[Edition]]:
    """For each partnership's id the published edition of each of its reports, newest year first."""
    # Only what stands before the files in a row: SQLite reads through them to what follows.
    shown = Edition.objects.only("number", "report").select_related("report__partnership")
    newest: dict[int, Edition] = {}
    for edition in shown.filter(publication__isnull=False).order_by("-number"):
        newest.setdefault(edition.report_id, edition)
    found: dict[int, list[Edition]] = {}
    for edition in sorted(newest.values(), key=lambda e: e.report.last, reverse=True):
        found.setdefault(edition.report.partnership_id, []).append(edition)
    return found


def newest_published(count: int) -> list[Edition]:
    """The editions published last, newest first, without those of synthetic partnerships."""
    real = published().filter(report__partnership__synthetic=False)
    return list(real.order_by("-publication__at", "-pk")[:count])


def current_editions(partnership: Partnership | None = None) -> QuerySet[Edition]:
    """The published edition of each report that counts, newest year first; of one or of all."""
    later = Edition.objects.filter(
        report=OuterRef("report"), number__gt=OuterRef("number"), publication__isnull=False
    )
    found = published().filter(~Exists(later))
    if partnership is not None:
        found = found.filter(report__partnership=partnership)
    return found.order_by(
        "-report__last", "report__partnership__synthetic", "report__partnership__name", "-pk"
    )


@dataclass(frozen=True, slots=True)
class WithNewest:
    """A partnership with the published report of its newest year, and how many it has."""

    partnership: Partnership
    edition: Edition | None
    reports: int


def with_newest() -> list[WithNewest]:
    """Every partnership, invented ones last; two queries, and no more editions than it names."""
    newest = Edition.objects.filter(
        report__partnership=OuterRef("pk"), publication__isnull=False
    ).order_by("-report__last", "-report__first", "-number")
    public = Q(annual_reports__editions__publication__isnull=False)
    partnerships = Partnership.objects.annotate(
        newest=Subquery(newest.values("pk")[:1]),
        reports=Count("annual_reports", filter=public, distinct=True),
    ).order_by("synthetic", "name")
    held = list(partnerships)
    editions_named = published().in_bulk([each.newest for each in held if each.newest])
    return [WithNewest(each, editions_named.get(each.newest), each.reports) for each in held]


@dataclass(frozen=True, slots=True)
class Listed:
    """A report with its newest editions, the one that everybody reads, and how many there are.

    `build` is the job that builds another one and has not ended; `alert` is what is to be known of
    the e-mails about the one that everybody reads.
    """

    report: AnnualReport
    editions: tuple[Edition, ...]
    current: Edition | None
    count: int
    build: Job | None
    alert: Told | None

    @property
    def has_more(self) -> bool:
        return self.count > len(self.editions)


def reports_at(partnership: Partnership) -> QuerySet[AnnualReport]:
    """The reports of a partnership, newest period first."""
    return partnership.annual_reports.select_related("partnership").order_by("-last", "-first")


def listed(reports: Iterable[AnnualReport], most: int) -> list[Listed]:
    """Reports with the newest of their editions, `most` of each; five queries."""
    found = AnnualReport.objects.filter(pk__in=[each.pk for each in reports])
    public = editions().filter(publication__isnull=False)
    rows = (
        found.select_related("partnership")
        .annotate(count=Count("editions"))
        .order_by("-last", "-first")
        .prefetch_related(
            Prefetch("editions", queryset=editions()[:most], to_attr="newest"),
            Prefetch("editions", queryset=public[:1], to_attr="public"),
        )
    )
    builds = _under_way({each.partnership_id for each in rows})
    public_ones = {each.pk: next(iter(each.public), None) for each in rows}
    alerts = told_of_alerts(each for each in public_ones.values() if each)
    return [
        Listed(
            report=each,
            editions=tuple(each.newest),
            current=current,
            count=each.count,
            build=builds.get(each.pk),
            alert=alerts.get(current.pk) if current else None,
        )
        for each, current in zip(rows, public_ones.values(), strict=True)
    ]


def _under_way(partnerships: Iterable[int]) -> dict[int, Job]:
    """By report the job that builds an edition of it, waiting or at work."""
    states = [Job.State.WAITING, Job.State.RUNNING]
    jobs = Job.objects.filter(kind=BUILD, state__in=states, partnership__in=partnerships)
    return {job.arguments["report"]: job for job in jobs.order_by("pk")}


def published_figures(address: str) -> list[PrintedFigure]:
    """Where published editions print a figure of this address, newest edition first.

    An address without a revision finds those of every revision.
    """
    figures = PrintedFigure.objects.filter(edition__publication__isnull=False)
    of_address = Q(address=address)
    if "@" not in address:
        of_address |= Q(address__startswith=f"{address}@")
    return list(
        figures.filter(of_address)
        .select_related("edition__report__partnership", "edition__publication")
        .defer(*(f"edition__{file}" for file in FILES))
        .order_by("-edition__publication__at", "-edition__number", "position")
    )
