"""The one door: who may come in, and as what.

A stranger learns nothing: a partnership at which somebody holds no role today looks the
same to them as one that does not exist (404). Whoever holds a role but not the right one
is told so (403). Whoever has not signed in is asked to.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from partnerships.account_forms import SignInForm
from partnerships.models import Partnership, Role, User
from partnerships.permissions import Permission, permissions_at, permissions_of
from partnerships.unsent import Unsent, unsent_of

Args = ParamSpec("Args")
Page = Callable[..., HttpResponseBase]  # what an address points to

SIGNED_OUT_WHILE_SENDING = (
    "You were signed out, so what you sent was not saved. "
    "Sign in, check the page, and send it again."
)


class SignedIn(HttpRequest):
    """The request that a view behind the door gets."""

    user: User
    permissions: frozenset[Permission]  # at the partnership of the page
    partnership: Partnership | None  # whose page it is, for the menu


def needs(
    *permissions: Permission,
) -> Callable[[Callable[Concatenate[SignedIn, Partnership, Args], HttpResponseBase]], Page]:
    """For a view of one partnership: lets in whoever has any of the permissions there.

    The address gives `slug`; the view gets the partnership in its place.
    """

    def door(view: Callable[Concatenate[SignedIn, Partnership, Args], HttpResponseBase]) -> Page:
        @wraps(view)
        def guarded(
            request: HttpRequest, slug: str, *args: Args.args, **kwargs: Args.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            here = [role for role in roles_today(request) if role.partnership.slug == slug]
            if not here:
                raise Http404
            signed_in = admit(request, here[0].partnership, *permissions)
            return view(signed_in, here[0].partnership, *args, **kwargs)

        return guarded

    return door


def needs_platform(
    permission: Permission,
) -> Callable[[Callable[Concatenate[SignedIn, Args], HttpResponseBase]], Page]:
    """For a view of what all partnerships share: platform administrators only."""

    def door(view: Callable[Concatenate[SignedIn, Args], HttpResponseBase]) -> Page:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Args.args, **kwargs: Args.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            return view(admit(request, None, permission), *args, **kwargs)

        return guarded

    return door


def signed_in(view: Callable[Concatenate[SignedIn, Args], HttpResponseBase]) -> Page:
    """For a view of the person's own, or one that finds its partnership and calls `admit`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return view(_with(request, frozenset()), *args, **kwargs)

    return guarded


def admit(
    request: HttpRequest, partnership: Partnership | None, *permissions: Permission
) -> SignedIn:
    """The request of somebody who may do any of the permissions at the partnership.

    For views whose object tells the partnership; None stands for what all of them share.
    Raises 404 for whoever holds no role at the partnership, else `PermissionDenied`.
    """
    if partnership is None:
        held = permissions_at(request.user, None, on=timezone.localdate())
    else:
        here = [r for r in roles_today(request) if r.partnership_id == partnership.pk]
        if not here:
            raise Http404
        held = permissions_of(here)
    if not held.intersection(permissions):
        raise PermissionDenied
    return _with(request, held, partnership)


def roles_today(request: HttpRequest) -> list[Role]:
    """The person's roles of today with their partnerships; one query for a request."""
    held: list[Role] | None = getattr(request, "_roles_today", None)
    if held is None:
        user = request.user
        held = []
        if isinstance(user, User) and user.is_active:
            held = list(
                user.roles.open_on(timezone.localdate()).select_related(
                    "partnership", "agency__organisation"
                )
            )
        request._roles_today = held  # type: ignore[attr-defined]
    return held


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page, and from there back to a page that can be shown.

    A form that was sent after the session ended is kept by the sign-in page and offered again
    afterwards. One that cannot be kept is not sent again: its page is shown, and a message
    says that nothing was saved.
    """
    assert isinstance(request.user, AnonymousUser)
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    if unsent := unsent_of(request, page_of_the_form):
        return _sign_in_with(request, unsent)
    messages.warning(request, SIGNED_OUT_WHILE_SENDING)
    return redirect_to_login(page_of_the_form(request))


def _sign_in_with(request: HttpRequest, unsent: Unsent) -> HttpResponseBase:
    form = SignInForm(initial={"unsent": unsent.sealed})
    answer = render(request, "account/login_unsent.html", {"form": form}, status=403)
    add_never_cache_headers(answer)  # it holds what was typed
    return answer


def page_of_the_form(request: HttpRequest) -> str:
    """Where the form stood, as the browser says; only ever a page of this portal."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        referrer, {request.get_host()}, require_https=request.is_secure()
    ):
        return request.path
    parts = urlsplit(referrer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _with(
    request: HttpRequest, permissions: frozenset[Permission], at: Partnership | None = None
) -> SignedIn:
    """The same request object, typed as what it has just become."""
    request.permissions = permissions  # type: ignore[attr-defined]
    request.partnership = at  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]
