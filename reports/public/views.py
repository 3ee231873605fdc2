"""Pages for everybody."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET
from markdown_it import MarkdownIt


@require_GET
def methodology(request: HttpRequest) -> HttpResponse:
    """How figures are worked out, as kept in docs/methodology.md."""
    context = {
        "title": "How figures are worked out",
        "body": written(settings.BASE_DIR / "docs" / "methodology.md"),
        "trail": [("Home", "/"), ("How figures are worked out", "")],
    }
    return render(request, "reports/document.html", context)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, as kept in docs/accessibility.md."""
    context = {
        "title": "Accessibility statement",
        "body": written(settings.BASE_DIR / "docs" / "accessibility.md"),
        "trail": [("Home", "/"), ("Accessibility statement", "")],
    }
    return render(request, "reports/document.html", context)


@lru_cache(maxsize=8)
def written(file: Path) -> SafeString:
    """A document of the project as HTML with the portal's classes; its own heading left out.

    Safe: the files are the project's own, and raw HTML in them is not let through.
    """
    text = file.read_text(encoding="utf-8")
    _, _, body = text.partition("\n")
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    for plain, dressed in _CLASSES.items():
        html = html.replace(plain, dressed)
    for number in range(1, html.count('aria-label="Table"') + 1):
        html = html.replace('aria-label="Table"', f'aria-label="Table {number}"', 1)
    return SafeString(html)


_CLASSES = {
    "<h2>": '<h2 class="govuk-heading-m">',
    "<h3>": '<h3 class="govuk-heading-s">',
    "<p>": '<p class="govuk-body">',
    "<ul>": '<ul class="govuk-list govuk-list--bullet">',
    "<ol>": '<ol class="govuk-list govuk-list--number">',
    "<a ": '<a class="govuk-link" ',
    "<table>": '<div class="table-scroll" role="region" aria-label="Table" tabindex="0">'
    '<table class="govuk-table">',
    "</table>": "</table></div>",
    "<th>": '<th class="govuk-table__header" scope="col">',
    "<td>": '<td class="govuk-table__cell">',
}
