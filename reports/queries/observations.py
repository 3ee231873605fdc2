"""One approved figure with what is printed beneath it."""

from collections.abc import Iterator
from dataclasses import replace

from metrics.addresses import Address
from metrics.models import Cell
from metrics.readings import measure_of, reading_of
from reports.blocks.data import IndicatorData, Instead, Observation, Series
from reports.queries.sources import source_of


def observation_of(cell: Cell) -> Observation:
    """The approved figure of a cell that has one (`metrics.queries.whole_cells`)."""
    return replace(_bare(cell), notes=tuple(_notes(cell)), instead=tuple(_instead(cell)))


def only_figure(cell: Cell) -> IndicatorData:
    """An indicator of which nothing but the figure of one cell is told."""
    indicator, seen = cell.indicator, observation_of(cell)
    return IndicatorData(
        code=indicator.code,
        name=indicator.name,
        definition=indicator.definition,
        measure=measure_of(indicator),
        disclosive=indicator.disclosive,
        threshold=indicator.threshold,
        spans=(seen.span,),
        own=Series(cell.area.name, (seen,), cell.area.code),
    )


def _bare(cell: Cell) -> Observation:
    """The same without what stands beneath it."""
    revision = cell.approved
    assert revision is not None
    return Observation(
        address=Address.of(cell, revision.number).text,
        span=cell.period.span,
        area=cell.area.name,
        source=source_of(cell.dataset),
        reading=reading_of(revision),
        public_since=revision.public_since,
    )


def _instead(cell: Cell) -> Iterator[Instead]:
    """The figures that gave way to this one, those in its own measure."""
    for conflict in cell.preferred_over.all():
        if conflict.cell.indicator_id == cell.indicator_id and conflict.cell.approved is not None:
            yield Instead(_bare(conflict.cell), _sentence(conflict.rule))


def _notes(cell: Cell) -> Iterator[str]:
    """What is printed beneath a figure, each a sentence of its own."""
    revision = cell.approved
    assert revision is not None
    if revision.marker_reason:
        yield _sentence(revision.marker_reason)
    if revision.note:
        yield _sentence(revision.note)
    if revision.denominator_period is not None:
        yield f"The denominator is that of {revision.denominator_period.span.label}."
    for conflict in cell.preferred_over.all():
        if conflict.cell.indicator_id != cell.indicator_id:
            yield f"The source also says this in another measure. {_sentence(conflict.rule)}"
    decision = getattr(revision, "decision", None)
    if decision is not None and decision.own_entry:
        yield f"Approved by the person who entered it: {_sentence(decision.reason)}"


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
