"""The page of one job: how far it is, and the way to stop it or to ask for it again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from partnerships.context import first_page
from partnerships.door import SignedIn, admit, signed_in
from partnerships.jobs import actions
from partnerships.jobs.errors import JobError
from partnerships.jobs.registry import title_of
from partnerships.jobs.wording import facts_of, page_of_result, progress_of, tag_of, waits_long
from partnerships.models import Job
from partnerships.permissions import Permission

CANCELLED = "The job is cancelled. Nothing was changed."
STOPPING = "The job was asked to stop. It will stop at its next step and change nothing."
TOO_LATE = "The job had ended before it could be cancelled."


@signed_in
@require_GET
def job(request: SignedIn, pk: int) -> HttpResponse:
    """How far the job is; whoever asked for it sees it, and whoever runs jobs there."""
    shown = _job(request, pk, asker_may=True)
    trail = _trail(shown, request.permissions)
    ended = shown.finished_at is not None
    context = {
        "partnership": shown.partnership,
        "trail": trail,
        "back": trail[0],
        "job": shown,
        "title": title_of(shown.kind),
        "tag": tag_of(shown),
        "facts": facts_of(shown),
        "waits_long": waits_long(shown, at=timezone.now()),
        "progress": progress_of(shown),
        "result_page": page_of_result(shown),
        "ended": ended,
        "may_cancel": not ended and not shown.cancel_requested,
        "may_ask_again": (
            shown.state in actions.CAN_BE_ASKED_AGAIN and Permission.RUN_JOBS in request.permissions
        ),
    }
    return render(request, "partnerships/job.html", context)


@signed_in
@require_POST
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    """Stop the job: at once where it waits, at its next step where it runs."""
    stopped = actions.cancel(_job(request, pk, asker_may=True), by=request.user)
    if stopped.state == Job.State.CANCELLED:
        messages.success(request, CANCELLED)
    else:
        messages.info(request, STOPPING if stopped.state == Job.State.RUNNING else TOO_LATE)
    return redirect("job", pk=stopped.pk)


@signed_in
@require_POST
def ask_again(request: SignedIn, pk: int) -> HttpResponse:
    """Ask anew for work that failed or was cancelled, and go to the new job."""
    ended = _job(request, pk, asker_may=False)
    try:
        again = actions.ask_again(ended, by=request.user)
    except JobError as error:
        messages.error(request, str(error))
        return redirect("job", pk=ended.pk)
    return redirect("job", pk=again.pk)


def _job(request: HttpRequest, pk: int, *, asker_may: bool) -> Job:
    """The job, if the person may deal with it; 404 for a job of a partnership not theirs."""
    found = get_object_or_404(Job.objects.select_related("partnership", "asked_by"), pk=pk)
    asker = asker_may and found.asked_by == request.user
    if found.partnership is not None:
        # Whoever asked may watch as long as they hold any role there.
        rights = [Permission.RUN_JOBS, *([Permission.READ_PUBLIC_FORM] if asker else [])]
        admit(request, found.partnership, *rights)
    elif request.user.is_authenticated and request.user.is_platform_administrator:
        admit(request, None, Permission.RUN_JOBS)
    elif not asker:
        raise Http404
    return found


def _trail(shown: Job, held: frozenset[Permission]) -> list[tuple[str, str]]:
    """The way back: to where the person begins at the partnership, or to their own page."""
    if shown.partnership is None:
        return [("My work", reverse("my")), (title_of(shown.kind), "")]
    start = first_page(shown.partnership, held)
    return [(shown.partnership.short_name, start), (title_of(shown.kind), "")]
