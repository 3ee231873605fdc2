"""The search page, for everybody; what it looks through depends on who asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from partnerships.context import partnerships_open_to
from partnerships.permissions import Permission
from reports.search import queries
from reports.search.forms import SearchForm


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Indicators and published reports; reviews and priorities of the person's partnerships."""
    form = SearchForm(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    at = partnerships_open_to(request, Permission.READ_TRUE_VALUES)
    context = {
        "trail": [("Home", reverse("home")), ("Search", "")],
        "form": form,
        "text": text,
        "found": queries.search(text, at),
        "at": at,
    }
    return render(request, "reports/search.html", context)
