"""The way in, the dashboard, and the page of one indicator."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from metrics.models import Dataset, Indicator
from metrics.official import disagreements as of_official
from metrics.register import pages as register
from metrics.returns.words import said_about
from metrics.targets import queries as target_queries
from metrics.targets import tables as targets
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.models import Partnership
from partnerships.permissions import Permission
from reports.dashboards import blocks, indicators, official, page, queries
from reports.dashboards.beside import beside_others
from reports.dashboards.categories import by_category
from reports.dashboards.so_far import so_far
from reports.dashboards.standing import standing
from reports.dashboards.variation import variations
from reports.editions import queries as editions

NEW = 5  # publications that the way in names


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everybody's way in: the partnerships, each with its newest report, and what is new."""
    context = {
        "partnerships": editions.with_newest(),
        "new": editions.newest_published(NEW),
    }
    return render(request, "reports/home.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def dashboard(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """One year or quarter of the partnership: what changed in words, then every figure."""
    span = queries.chosen(partnership, request.GET.get("period", ""))
    if span is None and request.GET.get("period"):
        raise Http404
    rows = queries.rows_of(partnership, span) if span else []
    context = {
        "partnership": partnership,
        "trail": [(partnership.short_name, "")],
        "span": span,
        "choices": queries.choices(partnership),
        "highlights": page.highlights(partnership, rows),
        "themes": page.themes(partnership, rows),
        "markers": page.markers(rows),
        "beside": beside_others(partnership, rows),
        "standing": standing(partnership, today=timezone.localdate()),
    }
    return render(request, "reports/dashboard.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def indicator(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One indicator at the partnership: what it is, its series, and what to hold it against."""
    found = get_object_or_404(Indicator, code=code)
    held = target_queries.held(partnership, target_queries.targets_of(partnership, found))
    official_own, official_wider = indicators.official_series(partnership, found)
    context = {
        "partnership": partnership,
        "trail": [
            (partnership.short_name, reverse("dashboard", args=[partnership.slug])),
            (found.name, ""),
        ],
        "indicator": found,
        "piece": blocks.true_block(partnership, found, held),
        "against_target": targets.judged(held),
        "targets": targets.of_indicator(held),
        "target_links": _target_links(request, partnership, found),
        "definition": register.definition(found),
        "said": said_about(partnership, found),
        "variations": variations(partnership, found),
        "so_far": so_far(partnership, found),
        "series": indicators.series(partnership, found),
        "by_category": by_category(partnership, found),
        "comparators": indicators.comparators(partnership, found),
        "official_series": official_own,
        "official_wider": official_wider,
        "official": official.official(partnership, found),
        "stated": indicators.stated(partnership, found),
        "versions": register.versions(found, partnership),
        "related": indicators.related(partnership, found),
    }
    return render(request, "reports/indicator.html", context)


def _target_links(request: SignedIn, partnership: Partnership, found: Indicator) -> list[Link]:
    links = [Link("All targets", reverse("targets", args=[partnership.slug]))]
    if Permission.ENTER_FIGURES in request.permissions:
        address = reverse("target_add", args=[partnership.slug])
        links.append(Link("Set a target", f"{address}?indicator={found.code}", found.name))
    return links


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def disagreements(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Where the partnership's own figures and official statistics differ beyond rounding."""
    pairs = list(of_official.pairs(partnership))
    context = {
        "partnership": partnership,
        "trail": [
            (partnership.short_name, reverse("dashboard", args=[partnership.slug])),
            ("Differences from official statistics", ""),
        ],
        "compared": len(pairs),
        "differences": official.differences(pairs),
        "any_official": Dataset.objects.filter(kind=Dataset.Kind.OFFICIAL).exists(),
    }
    return render(request, "reports/disagreements.html", context)
