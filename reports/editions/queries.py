"""Reads of reports and their editions. Files are read one at a time, by those who show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Length

from partnerships.models import Partnership
from reports.models import FILES, AnnualReport, Edition, PrintedFigure


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


@dataclass(frozen=True, slots=True)
class Listed:
    """A report with its editions, newest first, and the one that everybody reads."""

    report: AnnualReport
    editions: tuple[Edition, ...]

    @property
    def current(self) -> Edition | None:
        return next((e for e in self.editions if hasattr(e, "publication")), None)


def listed(partnerships: Iterable[Partnership]) -> list[Listed]:
    """The reports of partnerships with their editions, newest period first; two queries."""
    reports = (
        AnnualReport.objects.filter(partnership__in=partnerships)
        .select_related("partnership")
        .order_by("partnership__name", "-last", "-first")
        .prefetch_related(Prefetch("editions", queryset=editions()))
    )
    return [Listed(report, tuple(report.editions.all())) for report in reports]


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
