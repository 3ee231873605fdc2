"""The return that an uploaded file is for, and what the person may fill in of it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from metrics.models import ImportBatch
from metrics.returns.access import return_or_404, trail
from metrics.upload.scopes import Scope, agencies_at, scopes_of
from partnerships.door import SignedIn, roles_today
from partnerships.models import Agency, Partnership
from partnerships.periods import Span


@dataclass(frozen=True, slots=True)
class Here:
    """The return that a page is about, and what the person may fill in."""

    partnership: Partnership
    span: Span
    scopes: tuple[Scope, ...]
    agencies: tuple[Agency, ...]

    @property
    def arguments(self) -> list[str]:
        return [self.partnership.slug, self.span.key]


def here_or_404(request: SignedIn, partnership: Partnership, period: str) -> Here:
    """The return and the person's part in it, or 404: ended quarters only."""
    _, span = return_or_404(partnership, period)
    today = timezone.localdate()
    roles = roles_today(request)
    scopes = scopes_of(request.user, partnership, roles, span, on=today)
    if not scopes or scopes[0].partnership != partnership:
        raise Http404
    agencies = agencies_at(request.user, scopes[0], roles, on=today)
    return Here(partnership, span, scopes, tuple(agencies))


def batch_or_404(request: SignedIn, here: Here, pk: int) -> ImportBatch:
    """The person's own file of this return; anybody else's is a 404."""
    own = own_batches(request, here).select_related("period", "partnership")
    return get_object_or_404(own, pk=pk)


def own_batches(request: SignedIn, here: Here) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(
        partnership=here.partnership,
        by=request.user,
        period__kind=here.span.kind,
        period__first=here.span.first,
        period__last=here.span.last,
    )


def trail_to(request: SignedIn, here: Here, file: str = "") -> list[tuple[str, str]]:
    """The breadcrumbs to the page for uploading, or to that of a file."""
    made = trail(request, here.partnership, here.span, "Upload a file")
    if not file:
        return made
    name, _ = made[-1]
    return [*made[:-1], (name, reverse("return_upload", args=here.arguments)), (file, "")]
