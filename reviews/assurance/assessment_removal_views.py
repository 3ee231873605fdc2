"""Pages on which a self-assessment, or something of it, is removed for a reason."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from partnerships.door import SignedIn, needs
from partnerships.models import Partnership
from partnerships.permissions import Permission
from partnerships.removing.actions import Removal
from partnerships.removing.views import remove_page
from reviews.assurance import assessment_actions
from reviews.assurance.assessment_views import beneath, cycle_page, find_assessment, find_step
from reviews.models import SelfAssessment

M = TypeVar("M", bound=Model)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def self_assessment_remove(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Remove a cycle of which nothing else is kept."""
    found = find_assessment(partnership, code)
    return remove_page(
        request,
        partnership,
        found,
        assessment_actions.remove_assessment,
        what=f"the self-assessment “{found.name}”",
        trail=beneath(found),
        back=reverse("assurance", args=[partnership.slug]),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_step_remove(
    request: SignedIn, partnership: Partnership, code: str, number: int
) -> HttpResponse:
    """Remove a step of which nothing is counted."""
    found = find_assessment(partnership, code)
    step = find_step(found, number)
    return _page(request, found, step, assessment_actions.remove_step, f"step {number}")


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_figure_remove(
    request: SignedIn, partnership: Partnership, code: str, number: int, pk: int
) -> HttpResponse:
    """Remove a figure of a step."""
    found = find_assessment(partnership, code)
    figure = get_object_or_404(find_step(found, number).measures, pk=pk)
    what = f"the figure of step {number}"
    return _page(request, found, figure, assessment_actions.remove_step_figure, what)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_area_remove(
    request: SignedIn, partnership: Partnership, code: str, number: int
) -> HttpResponse:
    """Remove an area for further assurance."""
    found = find_assessment(partnership, code)
    area = get_object_or_404(found.areas, number=number)
    what = f"area {number} for further assurance"
    return _page(request, found, area, assessment_actions.remove_area, what)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def assessment_move_remove(
    request: SignedIn, partnership: Partnership, code: str, pk: int
) -> HttpResponse:
    """Remove how many standards moved from one grade to another."""
    found = find_assessment(partnership, code)
    move = get_object_or_404(found.moves.select_related("period"), pk=pk)
    what = f"the move between grades in {move.period}"
    return _page(request, found, move, assessment_actions.remove_move, what)


def _page(
    request: SignedIn,
    found: SelfAssessment,
    row: M,
    act: Callable[[M, Removal], None],
    what: str,
) -> HttpResponse:
    """Removes something of a cycle; back to the cycle's page."""
    return remove_page(
        request,
        found.partnership,
        row,
        act,
        what=what,
        trail=beneath(found),
        back=cycle_page(found),
    )
