"""What everybody may know of a figure that a published report prints: what was printed."""

from collections.abc import Iterable

from django.urls import reverse

from metrics.models import Cell
from metrics.wording import MARKER_WORDS
from partnerships.elements import Fact, Link
from reports.models import PrintedFigure
from reports.queries.sources import source_of

LEAD = "This is what published reports print. Its history is for those who work with it."


def printed_facts(printed: Iterable[PrintedFigure]) -> list[Fact]:
    """Each printed form of the figure and of its change, once."""
    said = dict.fromkeys((figure.about, _text(figure)) for figure in printed)
    return [Fact(about, text) for about, text in said]


def what_is_printed(cell: Cell, printed: Iterable[PrintedFigure]) -> list[Fact]:
    """What is printed, and what is counted."""
    facts = printed_facts(printed)
    facts.append(Fact("Definition", cell.indicator.definition))
    if cell.indicator.disclosive:
        words = f"Counts from 1 to {cell.indicator.threshold} are not published."
        facts.append(Fact("Disclosure", words))
    return facts


def source(cell: Cell) -> list[Fact]:
    """Where the figure comes from, and how to name it."""
    told = source_of(cell.dataset)
    facts = [
        Fact("Source", told.title, url=told.url),
        Fact("Publisher", told.publisher),
        Fact("Published", told.published),
        Fact("Kind of source", cell.dataset.get_kind_display()),
        Fact("Address of this figure", cell.address),
    ]
    return [fact for fact in facts if fact.value]


def places(printed: Iterable[PrintedFigure]) -> list[Link]:
    """The published reports that print it, newest first."""
    reports = {figure.edition.report_id: figure.edition.report for figure in printed}
    return [
        Link(
            f"{report.title}, {report.partnership.name}",
            reverse("report", args=[report.partnership.slug, report.year]),
        )
        for report in reports.values()
    ]


def _text(figure: PrintedFigure) -> str:
    """As printed; a marker with its meaning."""
    return f"{figure.text} ({MARKER_WORDS[figure.marker]})" if figure.marker else figure.text
