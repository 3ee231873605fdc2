"""Reports: the public pages, and the list where a partnership builds and publishes them."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST, require_safe

from partnerships.context import first_page
from partnerships.door import SignedIn, needs
from partnerships.models import Partnership
from partnerships.permissions import Permission
from reports.editions import actions, queries, tables
from reports.editions.assemble import ReportError
from reports.editions.downloads import CSV, PDF, XLSX, download, offered
from reports.editions.known import GivenAway
from reports.models import AnnualReport, Edition, GuidanceEdition

REPORTS_ON_A_PAGE = 25
REPORTS_WITH_EDITIONS = 5
EDITIONS_OF_EACH = 5
MOST_EDITIONS = 200  # of one report: a build a day for most of a year


@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """Every published report, newest year first; those of one partnership where it is named."""
    slug = request.GET.get("partnership", "")
    of = get_object_or_404(Partnership, slug=slug) if slug else None
    current = Paginator(queries.current_editions(of), REPORTS_ON_A_PAGE)
    page = current.get_page(request.GET.get("page"))
    context = {
        "of": of,
        "trail": [("Home", reverse("home")), ("Published reports", "")],
        "page": page,
        "table": tables.published_table(page.object_list),
    }
    return render(request, "reports/published.html", context)


@require_GET
def report(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    """The published report, for everybody."""
    edition = _current(slug, year)
    trail = [
        ("Home", reverse("home")),
        (f"{edition.report.partnership.short_name}, {edition.report.title}", ""),
    ]
    files = offered(edition, lambda kind: reverse(f"report_{kind}", args=[slug, year]))
    return _page(request, edition, trail, list(files))


@require_safe
def report_pdf(request: HttpRequest, slug: str, year: str) -> HttpResponseBase:
    """The published report's PDF, for everybody."""
    return download(request, _current(slug, year), PDF)


@require_safe
def report_csv(request: HttpRequest, slug: str, year: str) -> HttpResponseBase:
    """The published report's figures as CSV, for everybody."""
    return download(request, _current(slug, year), CSV)


@require_safe
def report_xlsx(request: HttpRequest, slug: str, year: str) -> HttpResponseBase:
    """The published report's figures as a workbook, for everybody."""
    return download(request, _current(slug, year), XLSX)


@needs(Permission.READ_PUBLIC_FORM)
@require_GET
def reports(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The partnership's reports and their newest editions; drafts for those who may read them.

    `?report=` shows one report with all its editions.
    """
    year = request.GET.get("report", "")
    found = queries.reports_at(partnership)
    if year:
        found = found.filter(pk=_planned(partnership, year).pk)
    page = Paginator(found, REPORTS_WITH_EDITIONS).get_page(request.GET.get("page"))
    drafts = Permission.READ_DRAFTS in request.permissions
    context = {
        "partnership": partnership,
        "trail": [
            (partnership.short_name, first_page(partnership, request.permissions)),
            ("Reports", ""),
        ],
        "page": page,
        "listed": queries.listed(page.object_list, MOST_EDITIONS if year else EDITIONS_OF_EACH),
        "drafts": drafts,
        "guidance": GuidanceEdition.objects.all() if drafts else (),
        "may_build": Permission.BUILD_REPORTS in request.permissions,
        "may_publish": Permission.SIGN_REPORTS in request.permissions,
        "may_see_alerts": Permission.RUN_JOBS in request.permissions,
    }
    return render(request, "reports/editions.html", context)


@needs(Permission.BUILD_REPORTS)
@require_POST
def report_build(request: SignedIn, partnership: Partnership, year: str) -> HttpResponse:
    """Asks for an edition to be built, and shows the job that does it."""
    job = actions.ask_for_edition(_planned(partnership, year), by=request.user)
    return redirect("job", job.pk)


@needs(Permission.READ_DRAFTS)
@require_GET
def edition(request: SignedIn, partnership: Partnership, year: str, number: int) -> HttpResponse:
    """One edition as it will read, published or not."""
    found = _edition(partnership, year, number)
    trail = [
        (partnership.short_name, first_page(partnership, request.permissions)),
        ("Reports", reverse("reports", args=[partnership.slug])),
        (f"{found.report.title}, edition {number}", ""),
    ]
    place = [partnership.slug, year, number]
    files = offered(found, lambda kind: reverse(f"edition_{kind}", args=place))
    return _page(request, found, trail, list(files))


@needs(Permission.READ_DRAFTS)
@require_safe
def edition_pdf(
    request: SignedIn, partnership: Partnership, year: str, number: int
) -> HttpResponseBase:
    """One edition's PDF, published or not."""
    return download(request, _edition(partnership, year, number), PDF)


@needs(Permission.READ_DRAFTS)
@require_safe
def edition_csv(
    request: SignedIn, partnership: Partnership, year: str, number: int
) -> HttpResponseBase:
    """One edition's figures as CSV, published or not."""
    return download(request, _edition(partnership, year, number), CSV)


@needs(Permission.READ_DRAFTS)
@require_safe
def edition_xlsx(
    request: SignedIn, partnership: Partnership, year: str, number: int
) -> HttpResponseBase:
    """One edition's figures as a workbook, published or not."""
    return download(request, _edition(partnership, year, number), XLSX)


@needs(Permission.SIGN_REPORTS)
@require_POST
def edition_publish(
    request: SignedIn, partnership: Partnership, year: str, number: int
) -> HttpResponseBase:
    """Makes an edition public; asks first where it would give hidden figures away."""
    found = _edition(partnership, year, number)
    despite = request.POST.getlist("despite")
    try:
        actions.publish(found, by=request.user, at=timezone.now(), despite=despite)
    except actions.GivesAway as error:
        return _ask(request, found, error.figures)
    except ReportError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{found.report.title}: edition {number} is published.")
    return redirect("reports", partnership.slug)


def _page(
    request: HttpRequest,
    shown: Edition,
    trail: list[tuple[str, str]],
    files: list[tuple[str, str]],
) -> HttpResponse:
    context = {
        "partnership": shown.report.partnership,
        "trail": trail,
        "edition": shown,
        "is_public": hasattr(shown, "publication"),
        "files": files,
        # Our own template drew it, escaping every text: reports.outputs.html.page_of.
        "body": mark_safe(bytes(shown.page).decode()),  # noqa: S308
    }
    return render(request, "reports/report.html", context)


def _ask(request: SignedIn, found: Edition, figures: Sequence[GivenAway]) -> HttpResponse:
    """The figures by name, and both ways on, for whoever is about to publish."""
    partnership = found.report.partnership
    context = {
        "partnership": partnership,
        "trail": [
            (partnership.short_name, first_page(partnership, request.permissions)),
            ("Reports", reverse("reports", args=[partnership.slug])),
            ("Before you publish", ""),
        ],
        "edition": found,
        "figures": figures,
        "may_build": Permission.BUILD_REPORTS in request.permissions,
    }
    return render(request, "reports/gives_away.html", context)


def _current(slug: str, year: str) -> Edition:
    found = queries.current(slug, year)
    if found is None:
        raise Http404
    return found


def _planned(partnership: Partnership, year: str) -> AnnualReport:
    found = queries.report_named(partnership.slug, year)
    if found is None:
        raise Http404
    return found


def _edition(partnership: Partnership, year: str, number: int) -> Edition:
    found = queries.editions().filter(
        report__partnership=partnership, report__year=year, number=number
    )
    edition = found.first()
    if edition is None:
        raise Http404
    return edition
