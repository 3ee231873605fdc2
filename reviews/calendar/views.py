"""The calendar of a partnership, for roles that read true values."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from partnerships.door import SignedIn, needs
from partnerships.models import Partnership
from partnerships.periods import Kind, PeriodError, Span, parse
from partnerships.permissions import Permission
from reviews.calendar import queries


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def calendar(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """What is due and what happens in a financial year, month by month."""
    today = timezone.localdate()
    found = queries.calendar_of(partnership, _year(request, today), today=today)
    context = {
        "partnership": partnership,
        "trail": [
            (partnership.short_name, reverse("dashboard", args=[partnership.slug])),
            ("Calendar", ""),
        ],
        "calendar": found,
        "late": queries.entries_table("late", "Late today", found.late),
        "months": [
            queries.entries_table(month.key, month.title, month.entries) for month in found.months
        ],
    }
    return render(request, "reviews/calendar.html", context)


def _year(request: SignedIn, today: date) -> Span:
    """The financial year asked for; this one unless told."""
    key = request.GET.get("year", "")
    if not key:
        return Span.containing(Kind.YEAR, today)
    try:
        year = parse(key)
    except PeriodError:
        raise Http404 from None
    if year.kind is not Kind.YEAR:
        raise Http404
    return year
