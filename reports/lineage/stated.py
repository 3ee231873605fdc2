"""The page of a figure that is no indicator's: what it is, who says it, where it is printed."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from metrics.official.median import MedianFigure
from partnerships.door import roles_today, sign_in_first
from partnerships.elements import Fact
from partnerships.models import Partnership
from partnerships.permissions import Permission, permissions_of
from partnerships.stated import Stated, find
from reports.blocks.data import Source
from reports.blocks.origins import OWN_RECORDS, WORKED_OUT
from reports.blocks.printing import about
from reports.editions.queries import published_figures
from reports.lineage import public
from reports.lineage.median import median_page
from reports.models import PrintedFigure
from reports.queries.sources import sources_of
from reports.ratios.ratio import RatioFigure


def stated_figure(request: HttpRequest, address: str) -> HttpResponseBase:
    """For those who see true values; what a published report prints of it for everybody."""
    found = find(address)
    if found is None:
        return _nothing(request)
    partnership, stated = found
    roles = [role for role in roles_today(request) if role.partnership_id == partnership.pk]
    printed = published_figures(address)
    if isinstance(stated, MedianFigure):
        return median_page(request, partnership, stated, printed)
    if Permission.READ_TRUE_VALUES in permissions_of(roles):
        return _page(request, partnership, stated, printed)
    if printed:
        return _printed(request, partnership, stated, printed)
    if roles:
        raise PermissionDenied
    return _nothing(request)


def _nothing(request: HttpRequest) -> HttpResponseBase:
    """The same for what is not there and what is not theirs."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    raise Http404


def _page(
    request: HttpRequest, partnership: Partnership, stated: Stated, printed: list[PrintedFigure]
) -> HttpResponse:
    facts = [Fact("Figure", stated.words), Fact("Note", stated.note), *_parts(stated)]
    context = {
        "partnership": partnership,
        "caption": partnership.short_name,
        "trail": [("Figures", ""), (stated.about, "")],
        "headline": f"{stated.about}: {stated.words}",
        "lead": "",
        "what": [fact for fact in facts if fact.value],
        "source": _source(partnership, stated, reference=True),
        "places": public.places(printed),
    }
    return render(request, "reports/figure_printed.html", context)


def _printed(
    request: HttpRequest, partnership: Partnership, stated: Stated, printed: list[PrintedFigure]
) -> HttpResponse:
    """In the public form of the editions that print it: never read from the figure itself."""
    context = {
        "partnership": partnership,
        "caption": partnership.short_name,
        "trail": [("Figures", ""), (printed[0].about, "")],
        "headline": printed[0].about,
        "lead": public.LEAD,
        "what": [*public.printed_facts(printed), *_parts(stated)],
        "source": _source(partnership, stated, reference=False),
        "places": public.places(printed),
    }
    return render(request, "reports/figure_printed.html", context)


def _parts(stated: Stated) -> Iterable[Fact]:
    """What a ratio is worked out from, each with the way to its own page; no figure is said."""
    if not isinstance(stated, RatioFigure):
        return
    for what, part in (("How many", stated.numerator), ("For every 100 of", stated.denominator)):
        url = reverse("figure", args=[part.newest.address])
        yield Fact(what, about(part, part.newest), url=url)


def _source(partnership: Partnership, stated: Stated, *, reference: bool) -> Iterable[Fact]:
    own = WORKED_OUT if isinstance(stated, RatioFigure) else OWN_RECORDS
    source: Source = sources_of(partnership).get(stated.source, own)
    facts = [
        Fact("Source", source.title, url=source.url),
        Fact("Publisher", source.publisher),
        Fact("Published", source.published),
        Fact("Reference", stated.fact_id if reference else ""),
        Fact("Address of this figure", stated.address),
    ]
    return [fact for fact in facts if fact.value]
