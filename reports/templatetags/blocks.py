"""Tags that draw blocks: figures with their addresses, running text, charts."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from metrics.charts import pictures, plotly_figure
from metrics.charts.layout import NARROW
from metrics.charts.pictures import Picture
from metrics.charts.spec import ChartSpec
from reports.blocks.figures import BlockTable, Column, Figure, Linked, Row, Strong, Words

register = template.Library()


@register.simple_tag(takes_context=True)
def words(context: Context, parts: str | Words[Figure]) -> SafeString:
    """Running text with its figures, each a link to where it comes from."""
    place = str(context.get("place", "portal"))
    parts = (parts,) if isinstance(parts, str) else parts
    return format_html_join("", "{}", ((_drawn_words(part, place),) for part in parts))


def _drawn_words(part: str | Strong | Linked | Figure, place: str) -> str:
    match part:
        case Figure():
            return _figure(part, place)
        case Strong():
            return format_html("<strong>{}</strong>", part.text)
        case Linked():
            return format_html('<a class="govuk-link" href="{}">{}</a>', part.url, part.text)
    if place == "file" and part.endswith(" "):
        # The PDF's renderer may break a line at its first space where a text that ends in one
        # stands before a link that just fits on it.
        return format_html("{}<span> </span>", part[:-1])
    return part


def _figure(figure: Figure, place: str) -> SafeString:
    return format_html(
        '<a class="figure" href="{}" data-address="{}" title="{}">{}</a>',
        lineage(figure.address, place),
        figure.address,
        f"Where this figure comes from: {figure.about}",
        figure.text,
    )


@register.simple_tag
def lineage(address: str, place: str) -> str:
    """Where a figure leads: on the portal to its page, in a file to its line in the sources."""
    return reverse("figure", args=[address]) if place == "portal" else f"#{anchor(address)}"


@register.filter
def cells_of(table: BlockTable[Figure], row: Row[Figure]) -> list[tuple[Column, Words[Figure]]]:
    """The cells of a row after its header, each with its column."""
    return list(zip(table.columns[1:], row.cells, strict=True))


@register.filter
def anchor(address: str) -> str:
    """The id of a figure's line in the list of sources. Addresses are safe in ids and links."""
    return f"source-{address}"


@register.filter
def drawn(picture: Picture) -> SafeString:
    """The static picture, for wide and for narrow screens; the style sheet shows one of them."""
    return mark_safe(  # noqa: S308  (our own writer escapes every text)
        f'<div class="chart-wide">{pictures.draw(picture)}</div>'
        f'<div class="chart-narrow">{pictures.draw(picture, width=NARROW)}</div>'
    )


@register.filter
def plotly(spec: ChartSpec) -> Mapping[str, Any]:
    """The Plotly figure of a chart, for `json_script`."""
    return plotly_figure.figure(spec)
