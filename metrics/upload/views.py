"""Pages where a file of figures is uploaded, looked at and taken."""

from collections import ChainMap

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from metrics.actions import FigureError
from metrics.models import ImportBatch
from metrics.returns.access import ENTERS
from metrics.upload import actions, jobs, tables, taking
from metrics.upload.access import Here, batch_or_404, here_or_404, own_batches, trail_to
from metrics.upload.forms import ColumnsForm, ConfirmForm, UploadForm
from metrics.upload.reading import headings_of, is_longer, table_by
from metrics.upload.refusals import ColumnsUnknown, FileRefused
from metrics.upload.scopes import layouts_of, sideways
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.models import Partnership

LARGE = 250_000  # bytes; for a file whose rows are counted only once its columns are named


@needs(*ENTERS)
@require_http_methods(["GET", "POST"])
def upload(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """Takes a file in, and leads on to what it would do."""
    here = here_or_404(request, partnership, period)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return _upload_page(request, here, UploadForm())
    if not form.is_valid():
        return _upload_page(request, here, form, status=422)
    file = form.cleaned_data["file"]
    content = file.read()
    is_large = len(content) > LARGE
    try:
        table = table_by(content, file.name, [{}, *layouts_of(here.agencies)], here.span)
        is_large = is_longer(table, actions.MOST_AT_ONCE)
        onwards = "return_upload_preview"
    except ColumnsUnknown as error:
        if why := sideways(error.headings, here.scopes):
            return _upload_page(request, here, UploadForm.refused(why), status=422)
        if not any(error.headings):
            return _upload_page(request, here, UploadForm.refused(str(error)), status=422)
        onwards = "return_upload_columns"
    except FileRefused as error:
        return _upload_page(request, here, UploadForm.refused(str(error)), status=422)
    batch = actions.keep(
        partnership=partnership,
        span=here.span,
        content=content,
        name=file.name,
        is_large=is_large,
        by=request.user,
        at=timezone.now(),
    )
    return redirect(onwards, *here.arguments, batch.pk)


@needs(*ENTERS)
@require_http_methods(["GET", "POST"])
def columns(request: SignedIn, partnership: Partnership, period: str, pk: int) -> HttpResponse:
    """Asks which column of a file is which, where its headings do not say it."""
    here = here_or_404(request, partnership, period)
    batch = batch_or_404(request, here, pk)
    if batch.content is None:
        return _ended(request, here, batch)
    headings = headings_of(bytes(batch.content), batch.name)
    form = ColumnsForm(
        request.POST or None,
        headings=headings,
        agencies=here.agencies,
        told=ChainMap(*layouts_of(here.agencies)),
    )
    if request.method == "POST" and form.is_valid():
        actions.name_columns(
            batch,
            form.columns(),
            organisation=form.organisation(),
            by=request.user,
            at=timezone.now(),
        )
        return redirect("return_upload_preview", *here.arguments, batch.pk)
    context = {
        "partnership": partnership,
        "trail": trail_to(request, here, batch.name),
        "span": here.span,
        "batch": batch,
        "form": form,
        "unnamed": not all(headings),
    }
    status = 422 if form.errors else 200
    return render(request, "metrics/upload_columns.html", context, status=status)


@needs(*ENTERS)
@require_http_methods(["GET", "POST"])
def preview(request: SignedIn, partnership: Partnership, period: str, pk: int) -> HttpResponse:
    """Everything that a file would do; sent, it is done, all of it or nothing."""
    here = here_or_404(request, partnership, period)
    batch = batch_or_404(request, here, pk)
    if batch.state != ImportBatch.State.WAITING:
        return _ended(request, here, batch)
    form = ConfirmForm(request.POST or None)
    if batch.is_large:
        return _large(request, here, batch, form)
    if request.method == "GET" or not form.is_valid():
        return _preview_page(request, here, batch, form)
    try:
        batch = taking.confirm(
            batch,
            here.scopes,
            layouts_of(here.agencies),
            said=form.confirmed(),
            by=request.user,
            at=timezone.now(),
        )
    except taking.Gone:
        batch.refresh_from_db()
        return _ended(request, here, batch)
    except taking.Unsaid as error:
        form.ask(error.fields)
        return _preview_page(request, here, batch, form)
    except (FigureError, FileRefused) as error:
        form.add_error(None, str(error))
        return _preview_page(request, here, batch, form)
    return _ended(request, here, batch)


@needs(*ENTERS)
@require_POST
def drop(request: SignedIn, partnership: Partnership, period: str, pk: int) -> HttpResponse:
    """Drops a file that was not taken."""
    here = here_or_404(request, partnership, period)
    actions.drop(batch_or_404(request, here, pk), by=request.user, at=timezone.now())
    messages.success(request, "The file was dropped. Nothing of it was saved.")
    return redirect("return_upload", *here.arguments)


def _upload_page(
    request: SignedIn, here: Here, form: UploadForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "partnership": here.partnership,
        "span": here.span,
        "trail": trail_to(request, here),
        "form": form,
        "waiting": _waiting(request, here),
        "several": [scope.partnership.short_name for scope in here.scopes[1:]],
    }
    return render(request, "metrics/upload.html", context, status=status)


def _waiting(request: SignedIn, here: Here) -> list[Link]:
    """The person's files that are neither taken nor dropped, told apart by their times."""
    waiting = own_batches(request, here).filter(state=ImportBatch.State.WAITING).defer("content")
    return [
        Link(
            f"{each.name}, {tables.moment(each.at)}",
            reverse("return_upload_preview", args=[*here.arguments, each.pk]),
        )
        for each in waiting
    ]


def _preview_page(
    request: SignedIn, here: Here, batch: ImportBatch, form: ConfirmForm
) -> HttpResponse:
    """What the file would do now; 422 where the form says that something is wrong."""
    try:
        found = taking.preview(batch, here.scopes, layouts_of(here.agencies))
    except ColumnsUnknown:
        return redirect("return_upload_columns", *here.arguments, batch.pk)
    except FileRefused as error:
        return _upload_page(request, here, UploadForm.refused(str(error)), status=422)
    except taking.Gone:
        batch.refresh_from_db()
        return _ended(request, here, batch)
    return _shown_page(request, here, batch, form, tables.shown_of(found))


def _large(request: SignedIn, here: Here, batch: ImportBatch, form: ConfirmForm) -> HttpResponse:
    """The same page for a file that a worker looks at: to its job, until there is something."""
    if request.method == "POST" and "check" in request.POST:
        actions.forget_check(batch)
    if not batch.checked:
        return redirect("job", jobs.ask_check(batch, by=request.user).pk)
    shown = tables.Shown(**batch.checked)
    if request.method == "POST" and form.is_valid():
        said = form.confirmed()
        unsaid = said.unsaid(changed=shown.counts["changed"], asked=shown.counts["asked"])
        if not unsaid:
            return redirect("job", jobs.ask_take(batch, said=said, by=request.user).pk)
        form.ask(unsaid)
    return _shown_page(request, here, batch, form, shown)


def _shown_page(
    request: SignedIn, here: Here, batch: ImportBatch, form: ConfirmForm, shown: tables.Shown
) -> HttpResponse:
    form.show(shown)
    context = {
        "partnership": here.partnership,
        "span": here.span,
        "trail": trail_to(request, here, batch.name),
        "batch": batch,
        "shown": shown,
        "form": form,
        "nothing": not (shown.to_save or shown.counts["refused"]),
        "sent_back": shown.counts["sent-back"],
        "counts": tables.counts(shown),
        "refused": tables.refused(shown),
        "asked": tables.asked(shown),
        "changed": tables.changed(shown),
        "added": tables.added(shown),
    }
    status = 422 if form.errors else 200
    return render(request, "metrics/upload_preview.html", context, status=status)


def _ended(request: SignedIn, here: Here, batch: ImportBatch) -> HttpResponse:
    """On from a file that was taken or dropped, with what became of it."""
    if batch.state == ImportBatch.State.DROPPED:
        messages.info(request, "The file is no longer kept. Upload it again.")
        return redirect("return_upload", *here.arguments)
    result = batch.result
    messages.success(
        request,
        f"{batch.name} is saved: {result['added']:,} new, {result['changed']:,} changed, "
        f"{result['unchanged']:,} as they were.",
    )
    return redirect("return_period", *here.arguments)
