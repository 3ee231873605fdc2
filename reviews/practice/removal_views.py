"""Pages on which a review, a clock or a theme of learning is removed for a reason."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from partnerships.door import SignedIn, needs
from partnerships.models import Partnership
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page
from reviews.practice import actions, queries
from reviews.practice.views import trail


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def review_remove(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Remove a review that nothing else stands on."""
    found = get_object_or_404(queries.reviews_at(partnership), code=code)
    return remove_page(
        request,
        partnership,
        found,
        actions.remove_review,
        what=f"the review {found.code}",
        trail=trail(partnership),
        back=reverse("reviews", args=[partnership.slug]),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def review_clock_remove(
    request: SignedIn, partnership: Partnership, code: str, kind: str
) -> HttpResponse:
    """Remove a clock that was started by mistake."""
    found = get_object_or_404(queries.reviews_at(partnership), code=code)
    clock = get_object_or_404(found.clocks, kind=kind)
    return remove_page(
        request,
        partnership,
        clock,
        actions.remove_clock,
        what=f"the clock “{clock.get_kind_display()}”",
        trail=trail(partnership),
        back=reverse("review", args=[partnership.slug, found.code]),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def theme_remove(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Remove a theme of learning that no review and no count has."""
    theme = get_object_or_404(partnership.learning_themes, code=code)
    return remove_page(
        request,
        partnership,
        theme,
        actions.remove_theme,
        what="the theme of learning",
        trail=trail(partnership),
        back=reverse("reviews", args=[partnership.slug]),
    )
