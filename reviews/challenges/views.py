"""Pages of challenges, for roles that read true values; the unit keeps them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.keeping import form_page
from partnerships.models import Partnership
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page
from reviews.challenges import actions, queries
from reviews.challenges.forms import ChallengeForm


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def challenges(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """What one part of the partnership raised with another, the newest first."""
    keeps = Permission.KEEP_REVIEWS in request.permissions

    def address(code: str) -> str:
        return reverse("challenge_edit", args=[partnership.slug, code]) if keeps else ""

    context = {
        "partnership": partnership,
        "trail": [*_trail(partnership)[:2], ("Challenges", "")],
        "may_keep": keeps,
        "challenges": queries.challenges_table(queries.challenges_at(partnership), address),
    }
    return render(request, "reviews/challenges_list.html", context)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def challenge_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a challenge."""
    return _page(request, partnership, None, "Add a challenge")


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def challenge_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change a challenge, or say what came of it."""
    return _page(request, partnership, code, "Change a challenge")


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def challenge_remove(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Remove a challenge that was entered by mistake, for a reason."""
    found = get_object_or_404(partnership.challenges, code=code)
    return remove_page(
        request,
        partnership,
        found,
        actions.remove_challenge,
        what="the challenge",
        trail=_trail(partnership),
        back=reverse("challenges", args=[partnership.slug]),
    )


def _page(
    request: SignedIn, partnership: Partnership, code: str | None, title: str
) -> HttpResponse:
    found = (
        get_object_or_404(partnership.challenges.select_related("period"), code=code)
        if code
        else None
    )
    form = ChallengeForm(request.POST or None, challenge=found)

    def save() -> str:
        actions.save_challenge(
            partnership=partnership,
            code=found.code if found else form.cleaned_data["code"],
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        messages.success(request, "The challenge is saved.")
        return reverse("challenges", args=[partnership.slug])

    links = []
    if found:
        url = reverse("challenge_remove", args=[partnership.slug, found.code])
        links.append(Link("Remove this challenge", url))
    trail = _trail(partnership)
    return form_page(request, partnership, form, title=title, trail=trail, act=save, links=links)


def _trail(partnership: Partnership) -> list[tuple[str, str]]:
    slug = partnership.slug
    return [
        (partnership.short_name, reverse("dashboard", args=[slug])),
        ("Actions", reverse("actions", args=[slug])),
        ("Challenges", reverse("challenges", args=[slug])),
    ]
