"""The files of an edition as they are downloaded: what a link says, and what answers it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from reports.editions.queries import sizes
from reports.models import Edition


@dataclass(frozen=True, slots=True)
class Format:
    """A file of an edition: its field and ending, what a link to it says, its type."""

    kind: str
    offer: str
    content_type: str


PDF = Format("pdf", "Download the report", "application/pdf")
CSV = Format("csv", "Download the figures", "text/csv; charset=utf-8")
XLSX = Format(
    "xlsx",
    "Download the figures as a spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
FORMATS = (PDF, CSV, XLSX)


def offered(edition: Edition, url: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The links to the files that an edition has, as words and address; `url` makes it of a kind.

    Format and size stand in the link, so that nobody begins a download they cannot use.
    """
    found = sizes(edition)
    for file in FORMATS:
        if file is PDF or edition.has_data:
            words = f"{file.offer} ({file.kind.upper()}, {size_words(found[file.kind])})"
            yield words, url(file.kind)


def download(request: HttpRequest, edition: Edition, file: Format) -> HttpResponseBase:
    """The file, or 304 for a program that has it already. 404 where the edition has none."""
    check_sum: str = getattr(edition, f"{file.kind}_sha256")
    if not check_sum:
        raise Http404
    etag = quote_etag(check_sum)
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    content = bytes(getattr(edition, file.kind))
    report = edition.report
    name = f"{report.partnership.slug}-{report.year}-edition-{edition.number}.{file.kind}"
    return HttpResponse(
        content,
        content_type=file.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(len(content)),
            "ETag": etag,
        },
    )


def size_words(size: int) -> str:
    """A size as a link says it: 18 KB, 1.2 MB. Never less than it is."""
    kilobytes = -(-size // 1024)
    if kilobytes < 1024:
        return f"{kilobytes} KB"
    tenths = -(-kilobytes * 10 // 1024)
    return f"{tenths / 10:.1f} MB"
