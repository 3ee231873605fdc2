"""Pages where a file of figures is made, uploaded, looked at and taken."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metrics import queries
from metrics.actions import FigureError
from metrics.models import ImportBatch
from metrics.owed import Owed
from metrics.upload import actions, jobs, tables, template, template_workbook
from metrics.upload.forms import ColumnsForm, ConfirmForm, UploadForm
from metrics.upload.reading import is_longer
from metrics.upload.refusals import ColumnsUnknown, FileRefused
from metrics.upload.scopes import Scope, agencies_at, layouts_of, scopes_of
from partnerships.context import first_page
from partnerships.door import SignedIn, needs, roles_today
from partnerships.elements import Link
from partnerships.models import Agency, Partnership
from partnerships.periods import Kind, PeriodError, Span, parse
from partnerships.permissions import Permission

ENTERS = (Permission.ENTER_FIGURES, Permission.ENTER_OWN_AGENCY_FIGURES)
LARGE = 250_000  # bytes; for a file whose rows are counted only once its columns are named
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


@needs(*ENTERS)
@require_safe
def template_csv(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """The template of this return as CSV."""
    here = _here(request, partnership, period)
    return _download(here, template.csv_of(_template(here)), "csv", "text/csv; charset=utf-8")


@needs(*ENTERS)
@require_safe
def template_xlsx(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """The template of this return as a workbook."""
    here = _here(request, partnership, period)
    return _download(here, template_workbook.xlsx_of(_template(here)), "xlsx", XLSX)


@needs(*ENTERS)
@require_http_methods(["GET", "POST"])
def upload(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """Takes a file in, and leads on to what it would do."""
    here = _here(request, partnership, period)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return _upload_page(request, here, UploadForm())
    if not form.is_valid():
        return _upload_page(request, here, form, status=422)
    file = form.cleaned_data["file"]
    content = file.read()
    is_large = len(content) > LARGE
    try:
        table = actions.table_by(content, file.name, [{}, *layouts_of(here.agencies)])
        is_large = is_longer(table, actions.MOST_AT_ONCE)
        onwards = "return_upload_preview"
    except ColumnsUnknown as error:
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
    here = _here(request, partnership, period)
    batch = _batch(request, here, pk)
    if batch.content is None:
        return _ended(request, here, batch)
    form = ColumnsForm(
        request.POST or None,
        headings=actions.headings_of(bytes(batch.content), batch.name),
        agencies=here.agencies,
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
        "trail": _trail(request, here, batch.name),
        "span": here.span,
        "batch": batch,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "metrics/upload_columns.html", context, status=status)


@needs(*ENTERS)
@require_http_methods(["GET", "POST"])
def preview(request: SignedIn, partnership: Partnership, period: str, pk: int) -> HttpResponse:
    """Everything that a file would do; sent, it is done, all of it or nothing."""
    here = _here(request, partnership, period)
    batch = _batch(request, here, pk)
    if batch.state != ImportBatch.State.WAITING:
        return _ended(request, here, batch)
    form = ConfirmForm(request.POST or None)
    if batch.is_large:
        return _large(request, here, batch, form)
    if request.method == "GET" or not form.is_valid():
        return _preview_page(request, here, batch, form)
    try:
        batch = actions.confirm(
            batch,
            here.scopes,
            layouts_of(here.agencies),
            said=form.confirmed(),
            by=request.user,
            at=timezone.now(),
        )
    except actions.Unsaid as error:
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
    here = _here(request, partnership, period)
    actions.drop(_batch(request, here, pk), by=request.user, at=timezone.now())
    messages.success(request, "The file was dropped. Nothing of it was saved.")
    return redirect("return_upload", *here.arguments)


def _here(request: SignedIn, partnership: Partnership, period: str) -> Here:
    """The return and the person's part in it, or 404: ended quarters only."""
    today = timezone.localdate()
    try:
        span = parse(period)
    except PeriodError as error:
        raise Http404 from error
    scopes = scopes_of(request.user, partnership, roles_today(request), on=today)
    if not scopes or scopes[0].partnership != partnership:
        raise Http404  # the partnership collects no returns
    if span.kind is not Kind.QUARTER or span.last >= today:
        raise Http404
    agencies = agencies_at(request.user, scopes[0], roles_today(request), on=today)
    return Here(partnership, span, scopes, tuple(agencies))


def _batch(request: SignedIn, here: Here, pk: int) -> ImportBatch:
    """The person's own file of this return; anybody else's is a 404."""
    return get_object_or_404(_mine(request, here).select_related("period", "partnership"), pk=pk)


def _mine(request: SignedIn, here: Here) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(
        partnership=here.partnership,
        by=request.user,
        period__kind=here.span.kind,
        period__first=here.span.first,
        period__last=here.span.last,
    )


def _template(here: Here) -> template.Template:
    scope = here.scopes[0]
    indicators = {each.pk: each for each in scope.indicators.values()}
    ordered = sorted(indicators.values(), key=lambda each: (each.theme, each.name))
    rows = queries.return_rows(scope.dataset, scope.area, here.span, map(Owed, ordered))
    return template.template_of(here.partnership, here.span, rows)


def _download(here: Here, content: str | bytes, ending: str, kind: str) -> HttpResponse:
    name = f"{here.partnership.slug}-{here.span.key}-figures.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _upload_page(
    request: SignedIn, here: Here, form: UploadForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "partnership": here.partnership,
        "span": here.span,
        "trail": _trail(request, here),
        "form": form,
        "waiting": _waiting(request, here),
        "several": [scope.partnership.short_name for scope in here.scopes[1:]],
    }
    return render(request, "metrics/upload.html", context, status=status)


def _waiting(request: SignedIn, here: Here) -> list[Link]:
    """The person's files that are neither taken nor dropped, told apart by their times."""
    waiting = _mine(request, here).filter(state=ImportBatch.State.WAITING).defer("content")
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
        found = actions.preview(batch, here.scopes, layouts_of(here.agencies))
    except ColumnsUnknown:
        return redirect("return_upload_columns", *here.arguments, batch.pk)
    except FileRefused as error:
        return _upload_page(request, here, UploadForm.refused(str(error)), status=422)
    except actions.Gone:
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
        "trail": _trail(request, here, batch.name),
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


def _trail(request: SignedIn, here: Here, file: str = "") -> list[tuple[str, str]]:
    """The breadcrumbs; the last is the page itself and has no address."""
    slug = here.partnership.slug
    trail = [
        (here.partnership.short_name, first_page(here.partnership, request.permissions)),
        ("Returns", reverse("returns", args=[slug])),
        (here.span.label, reverse("return_period", args=here.arguments)),
        ("Upload a file", reverse("return_upload", args=here.arguments) if file else ""),
    ]
    return [*trail, (file, "")] if file else trail
