"""Pages of the returns: the quarters, and one quarter's figures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from metrics import queries
from metrics.queries import State
from metrics.returns import access, tables
from metrics.returns.cannot_supply.queries import entered_in_words, excused_on
from metrics.returns.comments import comments_on
from metrics.returns.quarters import quarters_of
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.permissions import Permission

QUARTERS_SHOWN = 9  # two years and the quarter now being entered


@needs(*access.WORKS_ON_RETURNS)
@require_GET
def returns(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The quarters, and how far each one's return has come."""
    dataset = queries.returns_dataset(partnership)
    today = timezone.localdate()
    own = access.own_agencies(request, partnership)
    spans = queries.quarters_to(today, QUARTERS_SHOWN)
    quarters = quarters_of(dataset, spans, on=today, agencies=own) if dataset else []
    context = {
        "partnership": partnership,
        "trail": access.trail(request, partnership),
        "dataset": dataset,
        "quarters": tables.quarters(partnership, quarters),
        "dates": tables.dates(partnership, quarters, on=today),
        "may_enter": bool(request.permissions.intersection(access.ENTERS)),
        "may_read_targets": Permission.READ_TRUE_VALUES in request.permissions,
    }
    return render(request, "metrics/returns.html", context)


@needs(*access.WORKS_ON_RETURNS)
@require_GET
def return_period(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """One quarter's return: every figure that this person may see in it, and its state."""
    dataset, span = access.return_or_404(partnership, period)
    owed = access.owed_for(request, partnership, span)
    rows = queries.return_rows(dataset, partnership.area, span, owed)
    done = sum(row.state is not State.NOT_ENTERED for row in rows)
    known = excused_on(
        partnership,
        span,
        on=timezone.localdate(),
        agencies=access.own_agencies(request, partnership),
    )
    excused = sum(row.state is State.NOT_ENTERED and row.indicator.pk in known for row in rows)
    said = comments_on(rows)
    context = {
        "partnership": partnership,
        "trail": access.trail(request, partnership, span),
        "span": span,
        "follow_ups": tables.follow_ups(partnership, span, rows, said),
        "figures": tables.figures(partnership, span, rows, known),
        "markers": tables.flags_told(
            revision
            for row in rows
            for revision in (row.latest, row.quarter_before, row.year_before)
            if revision
        ),
        "done": entered_in_words(done, len(rows), excused),
        "links": _links(request, partnership, span),
    }
    return render(request, "metrics/return_period.html", context)


def _links(request: SignedIn, partnership: Partnership, span: Span) -> list[Link]:
    """What this person can do with the whole return."""
    pages = [
        ("return_grid", "Enter all figures", access.ENTERS),
        ("return_upload", "Upload a file of figures", access.ENTERS),
        ("return_decide", "Decide on all figures", (Permission.APPROVE_FIGURES,)),
        ("return_agencies", _parts_words(request), access.WORKS_ON_RETURNS),
    ]
    made = []
    for name, text, permissions in pages:
        if not request.permissions.intersection(permissions):
            continue
        made.append(Link(text, reverse(name, args=[partnership.slug, span.key])))
    return made


def _parts_words(request: SignedIn) -> str:
    """What the page of parts is for, for this person: a contributor has one and submits it."""
    whole = {Permission.ENTER_FIGURES, Permission.APPROVE_FIGURES}
    if request.permissions.intersection(whole):
        return "Agencies: what is missing, submit, give back, chase, lock"
    return "Your part: what is missing, submit"
