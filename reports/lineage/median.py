"""The page of a median of statistical neighbours: how it was worked out, from whose figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from metrics.official.median import MedianFigure
from metrics.wording import join_words, unit_header
from partnerships.elements import Cell, Column, Fact, Table, table
from partnerships.models import Partnership
from reports.blocks.origins import source_of_median
from reports.lineage import public
from reports.models import PrintedFigure

HOW = (
    "Each neighbour's figure is put in order, as exact as its numerator and denominator give it. "
    "The median is the one in the middle, or the average of the two in the middle. "
    "Neighbours without a figure are left out."
)


def median_page(
    request: HttpRequest,
    partnership: Partnership,
    figure: MedianFigure,
    printed: list[PrintedFigure],
) -> HttpResponse:
    """For everybody: nothing but official statistics is in it."""
    context = {
        "partnership": partnership,
        "caption": partnership.short_name,
        "trail": [("Figures", ""), (figure.about, "")],
        "headline": f"{figure.about}: {figure.words}",
        "lead": "",
        "what": _what(figure, printed),
        "source": _source(figure),
        "table": _members(figure),
        "places": public.places(printed),
    }
    return render(request, "reports/figure_printed.html", context)


def _what(figure: MedianFigure, printed: list[PrintedFigure]) -> list[Fact]:
    """The figure and how it is worked out; what reports print, where that was another number."""
    facts = [
        Fact("Figure", figure.words),
        Fact("Indicator", figure.indicator),
        Fact("Definition", figure.definition),
        Fact("Period", figure.span.label),
        Fact("How it is worked out", HOW),
        Fact("Neighbours", f"Those of the {figure.model} model"),
        Fact("Figures used", f"{len(figure.used)} of {len(figure.members)}"),
        Fact("Without a figure", join_words(figure.missing)),
    ]
    if any(each.value != figure.value for each in printed):
        facts += public.printed_facts(printed)
    return [fact for fact in facts if fact.value]


def _source(figure: MedianFigure) -> list[Fact]:
    told = source_of_median(figure)
    facts = [
        Fact("Source", told.title, url=told.url),
        Fact("Publisher", told.publisher),
        Fact("Published", told.published),
        Fact("Neighbours from", figure.model_source),
        Fact("Address of this figure", figure.address),
    ]
    return [fact for fact in facts if fact.value]


def _members(figure: MedianFigure) -> Table:
    return table(
        "neighbours",
        f"Statistical neighbours in the {figure.model} model, {figure.span.label}",
        ["Authority", "How alike", Column(f"Figure ({unit_header(figure.measure)})", numeric=True)],
        (
            [
                f"{each.rank}. {each.name}",
                each.closeness or "–",
                Cell(each.text, numeric=True, url=reverse("figure", args=[each.address]))
                if each.address
                else "–",
            ]
            for each in figure.members
        ),
    )
