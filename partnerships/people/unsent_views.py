"""The page that offers a form again which was sent when nobody was signed in any more."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from partnerships.door import SignedIn, signed_in
from partnerships.unsent import IN_SESSION, opened


@signed_in
@never_cache
@require_GET
def unsent(request: SignedIn) -> HttpResponse:
    """What was typed before, to be sent as it was; to what waits, where there is nothing."""
    form = opened(request.session.get(IN_SESSION, ""))
    if form is None:
        return redirect("my")
    return render(request, "account/unsent.html", {"unsent": form})
