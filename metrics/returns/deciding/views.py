"""The page on which an approver decides on all figures of a return that wait."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from metrics import queries
from metrics.queries import ReturnRow
from metrics.returns import access
from metrics.returns.comments import comments_on
from metrics.returns.deciding.figures import (
    DecideForm,
    Waiting,
    by_theme,
    decide,
    ticked_at_first,
    waiting_in,
)
from metrics.returns.deciding.resubmitted import changed_since
from metrics.returns.partitions import off
from metrics.returns.parts.gaps import groups
from metrics.returns.queries import contexts, return_of
from metrics.returns.words import words_expected, words_of
from partnerships.door import SignedIn, needs
from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.permissions import Permission

TITLE = "Decide on all figures"


@needs(Permission.APPROVE_FIGURES)
@require_http_methods(["GET", "POST"])
def return_decide(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """Every figure that waits, with its changes and doubts: tick, then approve or send back."""
    rows, waiting, span = _waiting(request, partnership, period)
    if request.method == "GET":
        return _page(request, partnership, span, rows, waiting, DecideForm(waiting=waiting))
    form = DecideForm(request.POST, waiting=waiting)
    if not form.is_valid():
        return _page(request, partnership, span, rows, waiting, form, status=422)
    done, refused = decide(waiting, form, by=request.user, at=timezone.now())
    if done:
        what = "sent back" if form.sends_back else "approved"
        messages.success(request, f"{done} {'figure' if done == 1 else 'figures'} {what}.")
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("return_decide", partnership.slug, span.key)


def _waiting(
    request: SignedIn, partnership: Partnership, period: str
) -> tuple[list[ReturnRow], list[Waiting], Span]:
    dataset, span = access.return_or_404(partnership, period)
    owed = access.owed_for(request, partnership, span)
    rows = queries.return_rows(dataset, partnership.area, span, owed)
    held_against = contexts(dataset, partnership.area, span, owed)
    part_of = return_of(dataset, span)
    changed = changed_since(part_of, rows) if part_of else {}
    said = comments_on(rows)
    return rows, waiting_in(rows, held_against, changed, said, by=request.user), span


def _page(
    request: SignedIn,
    partnership: Partnership,
    span: Span,
    rows: list[ReturnRow],
    waiting: list[Waiting],
    form: DecideForm,
    *,
    status: int = 200,
) -> HttpResponse:
    dataset, _ = access.return_or_404(partnership, span.key)
    expected = words_expected(partnership, span)
    context = {
        "partnership": partnership,
        "before": span.quarter_before,
        "texts": words_of(dataset, span, expected),
        "trail": access.trail(request, partnership, span, TITLE),
        "title": TITLE,
        "span": span,
        "waiting": waiting,
        "themes": by_theme(waiting),
        "first": [each for each in waiting if not each.is_quiet],
        "groups": groups(off(rows), partnership, span, seen={row.key for row in rows}),
        "may_type": bool(request.permissions.intersection(access.ENTERS)),
        "form": form,
        "ticked": form.chosen or ticked_at_first(waiting, request.GET.get("tick", "")),
        "others": any(not each.is_own for each in waiting),
    }
    return render(request, "metrics/decide_all.html", context, status=status)
