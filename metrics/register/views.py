"""The register of indicators, for everybody: it holds definitions and no figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from metrics.models import Indicator
from metrics.register import pages, queries


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator by theme, and how many of them partnerships have in common."""
    rows = queries.register()
    context = {
        "trail": [("Home", reverse("home")), ("Indicators", "")],
        "total": len(rows),
        "themes": pages.themes(rows),
        "sharing": pages.sharing(rows),
    }
    return render(request, "metrics/indicators.html", context)


@require_GET
def indicator_definition(request: HttpRequest, code: str) -> HttpResponse:
    """What one indicator counts, how its counting changed, and what only looks like it."""
    indicator = get_object_or_404(Indicator, code=code)
    context = {
        "trail": [
            ("Home", reverse("home")),
            ("Indicators", reverse("indicators")),
            (indicator.name, ""),
        ],
        "indicator": indicator,
        "definition": pages.definition(indicator),
        "versions": pages.versions(indicator),
        "printed_by": queries.partnerships_printing(indicator),
        "related": pages.related(indicator),
    }
    return render(request, "metrics/indicator_definition.html", context)
