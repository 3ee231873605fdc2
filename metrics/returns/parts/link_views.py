"""The page that the link of a reminder leads to."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from metrics.models import Return
from metrics.returns import access
from metrics.returns.parts import links
from partnerships.door import SignedIn, roles_today, signed_in
from partnerships.permissions import permissions_of

BROKEN = (
    "This link cannot be read. Part of it may be missing: copy all of it out of the e-mail, or "
    "find the return among what waits for you."
)
EXPIRED = "This link is more than 14 days old, and no longer works. The return has not gone away."
OTHERS = (
    "This link was written for somebody else. You are signed in as {name}. If the e-mail was sent "
    "to you, sign out, then sign in as yourself and follow the link again."
)
NOT_ANY_MORE = "You no longer enter figures at the partnership that this link was written for."


@signed_in
@require_GET
def return_open(request: SignedIn) -> HttpResponse:
    """Leads to the return that a reminder was about, if it was written to this person."""
    try:
        opens = links.read(request.GET.get("link", ""))
    except links.LinkExpired:
        return _sorry(request, EXPIRED, status=410)
    except links.LinkError:
        return _sorry(request, BROKEN, status=404)
    if opens.person != request.user.pk:
        return _sorry(request, OTHERS.format(name=request.user.name), status=403)
    found = Return.objects.select_related("dataset__owner", "period").filter(pk=opens.part_of)
    part_of = found.first()
    if part_of is None:
        return _sorry(request, BROKEN, status=404)
    owner = part_of.dataset.owner
    assert owner is not None  # returns are of a partnership
    here = [role for role in roles_today(request) if role.partnership_id == owner.pk]
    if not permissions_of(here).intersection(access.ENTERS):
        return _sorry(request, NOT_ANY_MORE, status=403)
    return redirect("return_grid", owner.slug, part_of.period.key)


def _sorry(request: SignedIn, sentence: str, *, status: int) -> HttpResponse:
    return render(request, "metrics/return_link.html", {"sentence": sentence}, status=status)
