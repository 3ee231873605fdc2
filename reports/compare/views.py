"""The page that compares places, for everybody; which figures it holds depends on who asks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from metrics.models import Indicator
from metrics.register.pages import related
from partnerships.context import partnerships_open_to
from partnerships.permissions import Permission
from reports.compare import page, queries


@require_GET
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator in one period: true values of the person's own partnerships, else public."""
    indicator = get_object_or_404(Indicator, code=code)
    at = partnerships_open_to(request, Permission.READ_TRUE_VALUES)
    choice = queries.chosen(
        indicator, at, request.GET.get("partnership", ""), request.GET.get("period", "")
    )
    if choice is None:
        raise Http404
    found = page.compared(indicator, choice, at) if choice.span else None
    context = {
        "trail": [
            ("Home", reverse("home")),
            ("Indicators", reverse("indicators")),
            (indicator.name, reverse("indicator_definition", args=[indicator.code])),
            ("Compare places", ""),
        ],
        "indicator": indicator,
        "partnership": choice.area.partnership if choice.area else None,
        "choice": choice,
        "found": found,
        "at": at,
        "related": related(indicator),
    }
    return render(request, "reports/compare.html", context)
