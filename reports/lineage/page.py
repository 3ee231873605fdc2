"""What the page of one figure shows, as plain values for the component templates."""

from collections.abc import Callable, Iterable

from django.urls import reverse

from metrics.arithmetic.reading import Reading
from metrics.models import Cell, Change, Conflict, Dataset, Revision
from metrics.queries import history_of, whole_cells
from metrics.readings import measure_of, reading_of
from metrics.wording import (
    FLAG_WORDS,
    change_cell,
    over_time_words,
    parts_words,
    value_words,
    when_words,
)
from partnerships.amounts import number_words
from partnerships.elements import Column, Fact, Link, Table, table
from partnerships.periods import Kind, Span, day, quarter
from reports.dashboards.changed import said


def headline(cell: Cell, revision: Revision) -> str:
    """The figure in a sentence of its own: "4,368 in 2019-20, Walsall"."""
    words = value_words(reading_of(revision), measure_of(cell.indicator))
    return f"{words} {when_words(cell.period.span)}, {cell.area.name}"


def what_it_is(cell: Cell, revision: Revision) -> list[Fact]:
    """The figure as stated, what it counts, and all that qualifies it."""
    indicator = cell.indicator
    facts = [
        Fact("Indicator", indicator.name),
        Fact("Definition", indicator.definition),
        Fact("Area", cell.area.name),
        Fact("Period", cell.period.span.label),
        Fact("Breakdown", slice_words(cell)),
        Fact("Figure", value_words(reading_of(revision), measure_of(indicator))),
    ]
    if revision.marker_reason:
        facts.append(Fact("Why there is no number", revision.marker_reason))
    for words, what, value in (
        ("Numerator", indicator.numerator_words, revision.numerator),
        ("Denominator", indicator.denominator_words, revision.denominator),
    ):
        if value is not None:
            number = number_words(value, 0)
            facts.append(Fact(words, f"{number} ({what})" if what else number))
    if revision.denominator_period is not None:
        facts.append(Fact("Denominator of", revision.denominator_period.span.label))
    if parts_words(reading_of(revision)):
        facts.append(Fact("Made of", parts_words(reading_of(revision))))
    for flag in revision.flags:
        facts.append(Fact(f"Marked [{flag}]", FLAG_WORDS[flag]))
    if revision.note:
        facts.append(Fact("Note", revision.note))
    if indicator.disclosive:
        facts.append(
            Fact("Disclosure", f"Counts from 1 to {indicator.threshold} are not published.")
        )
    return facts


def source(cell: Cell, revision: Revision) -> list[Fact]:
    """Where the figure comes from, and how to name it."""
    dataset = cell.dataset
    facts = [Fact("Source", dataset.title, url=dataset.url)]
    if dataset.publisher:
        facts.append(Fact("Publisher", dataset.publisher))
    if dataset.published:
        facts.append(Fact("Published", day(dataset.published)))
    elif dataset.published_words:
        facts.append(Fact("Published", dataset.published_words))
    facts.append(Fact("Kind of source", dataset.get_kind_display()))
    if cell.mention > 1:
        facts.append(
            Fact("Mention", f"The source gives it more than once; this is number {cell.mention}.")
        )
    if revision.fact_id:
        facts.append(Fact("Reference", revision.fact_id))
    facts.append(Fact("Address of this figure", cell.address))
    return facts


def others(cell: Cell, may_be_read: Callable[[Cell, Revision], bool]) -> list[Link]:
    """The same thing said elsewhere: further mentions and other sources, oldest source first."""
    same = (
        whole_cells()
        .filter(
            indicator=cell.indicator,
            area=cell.area,
            period=cell.period,
            slice=cell.slice,
            approved__isnull=False,
        )
        .filter(dataset__kind__in=[Dataset.Kind.PRINTED, Dataset.Kind.OFFICIAL])
        .exclude(pk=cell.pk)
        .order_by("dataset__code", "mention")
    )
    return [
        _link(other)
        for other in same
        if other.approved is not None and may_be_read(other, other.approved)
    ]


def conflict(cell: Cell) -> tuple[str, list[Link]] | None:
    """The figures that contradict this one, with the rule that chose between them."""
    against = list(Conflict.objects.filter(cell=cell) | Conflict.objects.filter(preferred=cell))
    if not against:
        return None
    ids = {row.cell_id for row in against} | {row.preferred_id for row in against}
    cells = whole_cells().filter(pk__in=ids - {cell.pk}).order_by("pk")
    return " ".join(dict.fromkeys(row.rule for row in against)), [_link(other) for other in cells]


def parts(cell: Cell) -> list[Link]:
    """The quarters that a derived year is made of."""
    span: Span = cell.period.span
    if not cell.derived or span.kind is not Kind.YEAR:
        return []
    first = [quarter(span.first.year, number) for number in (1, 2, 3, 4)]
    cells = whole_cells().filter(
        dataset=cell.dataset,
        indicator=cell.indicator,
        area=cell.area,
        slice=cell.slice,
        mention=cell.mention,
        approved__isnull=False,
        period__kind=Kind.QUARTER,
        period__first__in=[each.first for each in first],
    )
    return [_link(other) for other in cells.order_by("period__first")]


def changes(cell: Cell) -> Table:
    """What changed, whether that can be said, and the rule that says so."""
    rows = cell.changes.select_related("from_revision", "to_revision").order_by("-against")
    return table(
        "changes",
        "What changed",
        ["Against", Column("Change", numeric=True), "In words", "Can we say so?", "Rule"],
        (_change(cell, row) for row in rows),
    )


def history(cell: Cell, *, names: bool) -> Table:
    """Every version of the figure, newest first. `names` says who, for those who may know."""
    measure = measure_of(cell.indicator)
    who = ["Entered by"] if names else []
    return table(
        "history",
        "Every version of this figure, newest first",
        ["Version", Column("Figure", numeric=True), *who, "On", "Why", "Decision"],
        (
            [
                str(revision.number),
                value_words(reading_of(revision), measure),
                *([str(revision.by)] if names else []),
                day(revision.at.date()),
                revision.reason or ("First loaded." if revision.by.is_system else "First entered."),
                decision_words(revision, names=names),
            ]
            for revision in history_of(cell)
        ),
    )


def decision_words(revision: Revision, *, names: bool) -> str:
    """What was decided about a version, and by whom for those who may know."""
    decision = getattr(revision, "decision", None)
    if decision is None:
        if revision.by.is_system:
            return "Loaded or worked out by the portal, which counts as approved."
        return "Not decided on."
    by = f" by {decision.by}" if names else ""
    own = " Own entry." if decision.own_entry else ""
    words = f"{decision.get_outcome_display()}{by}, {day(decision.at.date())}.{own}"
    return f"{words} {decision.reason}".strip()


def slice_words(cell: Cell) -> str:
    """The breakdown in words: "All", or "Sex: female"."""
    found: Iterable[str] = (
        f"{part.breakdown.name}: {part.category.name}"
        for part in cell.slice.parts.select_related("breakdown", "category")
    )
    return "; ".join(found) or "All"


def _change(cell: Cell, row: Change) -> list[str]:
    measure = measure_of(cell.indicator)
    after = reading_of(row.to_revision)
    before: Reading | None = reading_of(row.from_revision) if row.from_revision else None
    span = cell.period.span
    earlier = span.year_before if row.against == "year-before" else span.quarter_before
    assert earlier is not None
    words = over_time_words(row, before, after, measure, (when_words(earlier), when_words(span)))
    state = said(row, cell.indicator) if row.state else ""
    return [
        f"{row.get_against_display().capitalize()} ({earlier.label})",
        change_cell(row, before, after, measure),
        f"{words}.",
        f"{state.removesuffix('.')}." if state else "No.",
        row.rule,
    ]


def _link(cell: Cell) -> Link:
    assert cell.approved is not None
    where = cell.dataset.title + (f", mention {cell.mention}" if cell.mention > 1 else "")
    return Link(f"{headline(cell, cell.approved)}: {where}", reverse("figure", args=[cell.address]))
