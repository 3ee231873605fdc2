"""The template of a return, to be filled in and uploaded."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from metrics import queries
from metrics.returns.access import ENTERS
from metrics.upload import template, template_workbook
from metrics.upload.access import Here, here_or_404
from partnerships.door import SignedIn, needs
from partnerships.models import Partnership

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(*ENTERS)
@require_safe
def template_csv(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """The template of this return as CSV."""
    here = here_or_404(request, partnership, period)
    return _download(here, template.csv_of(_template(here)), "csv", "text/csv; charset=utf-8")


@needs(*ENTERS)
@require_safe
def template_xlsx(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """The template of this return as a workbook."""
    here = here_or_404(request, partnership, period)
    return _download(here, template_workbook.xlsx_of(_template(here)), "xlsx", XLSX)


def _template(here: Here) -> template.Template:
    scope = here.scopes[0]
    rows = queries.return_rows(scope.dataset, scope.area, here.span, scope.owed)
    return template.template_of(here.partnership, here.span, rows)


def _download(here: Here, content: str | bytes, ending: str, kind: str) -> HttpResponse:
    name = f"{here.partnership.slug}-{here.span.key}-figures.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
